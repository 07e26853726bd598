// JSON pointers (RFC 6901): places in a manifest, such as `/spec/template/spec/containers/0/image`.

/** The keys of a pointer; undefined if it is none. */
export function keysOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** The pointer of keys. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** What is in a manifest at some keys; undefined if nothing is. */
export function valueAt(manifest: unknown, keys: readonly string[]): unknown {
  return keys.reduce<any>((inside, key) => (hasKey(inside, key) ? inside[key] : undefined), manifest);
}

function hasKey(inside: unknown, key: string): boolean {
  if (Array.isArray(inside)) return /^(0|[1-9]\d*)$/.test(key) && Number(key) < inside.length;
  return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key);
}

/** Sets what is at some keys, and makes the maps above it. */
export function setAt(manifest: any, keys: readonly string[], value: unknown): void {
  let inside = manifest;
  for (const key of keys.slice(0, -1)) {
    if (!hasKey(inside, key)) inside[key] = {};
    inside = inside[key];
  }
  inside[keys.at(-1) as string] = value;
}

/** The longest part of a pointer that leads somewhere, and what is there: for messages. */
export function nearestOf(manifest: unknown, keys: readonly string[]): string {
  const length = keys.findIndex((_, index) => nothing(valueAt(manifest, keys.slice(0, index + 1))));
  const found = keys.slice(0, length);
  const value = valueAt(manifest, found);
  const place = found.length === 0 ? 'the manifest' : pointerOf(found);
  if (Array.isArray(value)) return `${place}, a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return `${place}, which is ${JSON.stringify(value)}`;
  return `${place}, with ${Object.keys(value).join(', ')}`;
}

/** All strings and maps below a value, with their keys. */
export function visit(
  value: unknown,
  see: (value: unknown, keys: readonly string[]) => void,
  keys: readonly string[] = [],
): void {
  see(value, keys);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) visit(inside, see, [...keys, key]);
}

function nothing(value: unknown): boolean {
  return value === undefined || value === null;
}
