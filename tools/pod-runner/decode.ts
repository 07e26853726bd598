// Decoders that turn parsed YAML into typed values and refuse everything else: a manifest may hold no field
// that the runner would silently pass over.

export type Decoder<T> = (value: unknown, path: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;
type Shape = Readonly<Record<string, Decoder<unknown>>>;

function refuse(path: string, expected: string, value: unknown): never {
  throw new Error(`${path}: expected ${expected}, got ${JSON.stringify(value)}`);
}

export const string: Decoder<string> = (value, path) =>
  typeof value === 'string' ? value : refuse(path, 'a string', value);

export const integer: Decoder<number> = (value, path) =>
  typeof value === 'number' && Number.isInteger(value) ? value : refuse(path, 'an integer', value);

/** Accepted and without effect: for fields that mean nothing on a single machine. Each use says why. */
export const noEffect: Decoder<unknown> = (value) => value;

/** Exactly one of these values: anything else would need code in the runner. */
export function only<const T extends string | number | boolean>(...allowed: T[]): Decoder<T> {
  return (value, path) => {
    const found = allowed.find((candidate) => candidate === value);
    return found ?? refuse(path, allowed.map((candidate) => JSON.stringify(candidate)).join(' or '), value);
  };
}

/** The first decoder that accepts the value. */
export function either<A, B>(first: Decoder<A>, second: Decoder<B>): Decoder<A | B> {
  return (value, path) => {
    try {
      return first(value, path);
    } catch {
      return second(value, path);
    }
  };
}

export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined ? undefined : decoder(value, path));
}

/** What the API server fills in where the field is missing. */
export function defaulted<T>(decoder: Decoder<T>, fallback: T): Decoder<T> {
  return (value, path) => (value === undefined ? fallback : decoder(value, path));
}

export function list<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.map((entry, index) => item(entry, `${path}[${index}]`))
      : refuse(path, 'a list', value);
}

export function map<T>(item: Decoder<T>): Decoder<Record<string, T>> {
  return (value, path) =>
    Object.fromEntries(entriesOf(value, path).map(([key, entry]) => [key, item(entry, `${path}.${key}`)]));
}

export function object<S extends Shape>(shape: S): Decoder<{ readonly [K in keyof S]: Decoded<S[K]> }> {
  return (value, path) => {
    const entries = new Map(entriesOf(value, path));
    for (const key of entries.keys()) {
      if (!Object.hasOwn(shape, key))
        throw new Error(`${path}.${key}: the runner does not understand this field`);
    }
    const decoded = Object.entries(shape).map(([key, decoder]) => [
      key,
      decoder(entries.get(key), `${path}.${key}`),
    ]);
    return Object.fromEntries(decoded) as { readonly [K in keyof S]: Decoded<S[K]> };
  };
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(path, 'an object', value);
  return Object.entries(value);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity of bytes, such as 10Gi. */
export const bytes: Decoder<number> = (value, path) => {
  const match = /^(\d+)(|k|M|G|T|Ki|Mi|Gi|Ti)$/.exec(String(value));
  const [, number, unit] = match ?? refuse(path, 'a size such as 10Gi', value);
  return Number(number) * UNITS[unit];
};
