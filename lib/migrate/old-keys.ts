// Describes the keys of the old charts: each one's type, and its translation if a table can express it.

/** The type of a key's value. `any`: the old charts pass it on to Kubernetes unchecked. */
export type Kind = 'string' | 'number' | 'boolean' | 'map' | 'list' | 'any';

/** The JSON Schema keywords that a value must satisfy to be translated. */
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
  /** The setting that takes the value unchanged. */
  readonly to?: string;
  readonly fits?: Fits;
  /** Why it can't be translated, and the alternative. */
  readonly lost?: string;
  /** Values that change nothing here, such as the old charts' own; empty ones never do. */
  readonly same?: readonly unknown[];
}

/** Keys by their paths. */
export type OldKeys = Readonly<Record<string, OldKey>>;

/** The value moves to another key unchanged. */
export function moved(kind: Kind, to: string, fits: Fits = {}): OldKey {
  return { kind, to, fits };
}

/** There is no such setting. */
export function lost(kind: Kind, why: string, ...same: unknown[]): OldKey {
  return { kind, lost: why, same };
}

/** Handled by the code of its group. */
export function used(kind: Kind): OldKey {
  return { kind };
}

/** Whether a value satisfies the keywords. */
export function fitsIn(
  value: unknown,
  { pattern, maxLength, minimum, maximum, not, ...fits }: Fits,
): boolean {
  if (typeof value === 'number') return value >= (minimum ?? value) && value <= (maximum ?? value);
  if (typeof value !== 'string') return true;
  const refused =
    not &&
    (not.const === value ||
      not.enum?.includes(value) ||
      (not.pattern !== undefined && new RegExp(not.pattern).test(value)));
  const matches =
    (pattern === undefined || new RegExp(pattern).test(value)) && (fits.enum?.includes(value) ?? true);
  return matches && value.length <= (maxLength ?? value.length) && !refused;
}

/**
 * The table's own entry for a user-provided name, which may be that of a property that every object inherits.
 */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether it is empty. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

/** Whether they are equal, in any order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return (
    Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isSame(one[key], other[key]))
  );
}

/** A map, not a list. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
