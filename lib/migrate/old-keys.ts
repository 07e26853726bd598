// How the keys of the old charts are described: what kind of value each takes, and what becomes of it where that can be said in a table.

/** What stands behind a key. `any` is what the old charts hand on to Kubernetes unseen. */
export type Kind = 'text' | 'number' | 'flag' | 'map' | 'list' | 'any';

/** The keywords of JSON Schema that a value must fit to be carried over. */
export interface Fits {
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly not?: { readonly const?: string; readonly enum?: readonly string[]; readonly pattern?: string };
}

/** A key of the old charts. */
export interface OldKey {
  readonly kind: Kind;
  /** Where the value goes as it is. */
  readonly to?: string;
  readonly fits?: Fits;
  /** Why it can't be carried over, and what to do instead. */
  readonly lost?: string;
  /** Values that change nothing here, such as the old charts' own; empty ones never do. */
  readonly same?: readonly unknown[];
}

/** Keys by their paths. */
export type OldKeys = Readonly<Record<string, OldKey>>;

/** The value goes to another place as it is. */
export function moved(kind: Kind, to: string, fits: Fits = {}): OldKey {
  return { kind, to, fits };
}

/** There is no such setting. */
export function lost(kind: Kind, why: string, ...same: unknown[]): OldKey {
  return { kind, lost: why, same };
}

/** Code of its group deals with it. */
export function used(kind: Kind): OldKey {
  return { kind };
}

/** Does a value fit? */
export function fitsIn(value: unknown, { pattern, maxLength, minimum, maximum, not, ...fits }: Fits): boolean {
  if (typeof value === 'number') return value >= (minimum ?? value) && value <= (maximum ?? value);
  if (typeof value !== 'string') return true;
  const refused =
    not && (not.const === value || not.enum?.includes(value) || (not.pattern !== undefined && new RegExp(not.pattern).test(value)));
  const matches = (pattern === undefined || new RegExp(pattern).test(value)) && (fits.enum?.includes(value) ?? true);
  return matches && value.length <= (maxLength ?? value.length) && !refused;
}

/** What a table has for a name that people wrote, which may be that of something that every object has. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Is there nothing in it? */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

/** Are they the same, in whatever order their keys stand? */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isSame(one[key], other[key]));
}

/** A map, not a list. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
