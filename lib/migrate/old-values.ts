// The values of an old release, checked against the types that the old charts expect. All problems are
// reported at once.
import { nameOf, ValuesError } from './documents';
import { readInput } from './input';
import { Input } from './objects';
import { entryOf, isMap, Kind, OldKeys } from './old-keys';
import { decides, isFilledIn } from './placeholders';

/** The values of an old release, read by path. Null means not set, as in Helm. */
export class OldValues {
  /**
   * @param text the file's content
   * @param keys the keys of the old charts
   * @throws ValuesError
   */
  public static parse(text: string, keys: OldKeys): OldValues {
    const input = readInput(text);
    const { tree, path, object } = input;
    const names = Object.keys(tree);
    const around = names.find((name) => /(^|-)registry$/.test(name) && isMap(tree[name]));
    if (around !== undefined && !names.some((name) => entryOf(keys, name) || isGroup(name, keys))) {
      throw new ValuesError(
        `holds the values below "${around}:", as a chart around the old one has them; give what stands below it alone`,
      );
    }
    const problems = problemsIn(tree, '', keys);
    const where = path === undefined ? '' : `${path} of ${object}:`;
    if (problems.length > 0)
      throw new ValuesError(where + problems.map((problem) => `\n  ${problem}`).join(''));
    return new OldValues(input, keys);
  }

  private readonly tree: Readonly<Record<string, unknown>>;

  private constructor(
    /** Where they were found. */
    public readonly input: Input,
    private readonly keys: OldKeys,
  ) {
    this.tree = input.tree;
  }

  /** A string; numbers are formatted as Helm does. */
  public string(path: string): string | undefined {
    const value = this.get(path);
    return value === undefined || value === '' ? undefined : String(value);
  }

  public number(path: string): number | undefined {
    const value = this.get(path);
    return value === undefined || value === '' ? undefined : Number(value);
  }

  public boolean(path: string): boolean {
    return this.get(path) === true;
  }

  public map(path: string): Readonly<Record<string, unknown>> {
    return (this.get(path) ?? {}) as Record<string, unknown>;
  }

  public list(path: string): readonly unknown[] {
    return (this.get(path) ?? []) as unknown[];
  }

  /** The value, or undefined. */
  public get(path: string): unknown {
    let inside: unknown = this.tree;
    for (const key of path.split('.')) inside = isMap(inside) ? inside[key] : undefined;
    return inside ?? undefined;
  }

  /** All given values: by known keys, and by paths that no chart knows. */
  public given(): { readonly path: string; readonly value: unknown; readonly known: boolean }[] {
    return givenIn(this.tree, '', this.keys);
  }
}

function givenIn(
  tree: Readonly<Record<string, unknown>>,
  at: string,
  keys: OldKeys,
): ReturnType<OldValues['given']> {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    if (value === null) return [];
    if (entryOf(keys, path)) return [{ path, value, known: true }];
    return isMap(value) && isGroup(path, keys) ? givenIn(value, path, keys) : [{ path, value, known: false }];
  });
}

function isGroup(path: string, keys: OldKeys): boolean {
  return Object.keys(keys).some((key) => key.startsWith(`${path}.`));
}

const NAMES: Readonly<Record<Kind, string>> = {
  string: 'a string',
  number: 'a whole number',
  boolean: 'true or false',
  map: 'a map',
  list: 'a list',
  any: 'anything',
};

function problemsIn(tree: Readonly<Record<string, unknown>>, at: string, keys: OldKeys): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const known = entryOf(keys, path);
    if (value === null) return [];
    if (known && isFilledIn(value, path) && decides(path, known.kind))
      return [
        `${path}: ${JSON.stringify(value)} is filled in later by another tool, but what else is written hangs on it; give what it will be`,
      ];
    if (known)
      return isOf(known.kind, value)
        ? []
        : [
            `${path}: is ${nameOf(value)}, but the old charts take ${NAMES[known.kind]} there${hint(known.kind, value)}`,
          ];
    if (!isGroup(path, keys)) return [];
    return isMap(value)
      ? problemsIn(value, path, keys)
      : [`${path}: is ${nameOf(value)}, but the old charts take a map there`];
  });
}

function hint(kind: Kind, value: unknown): string {
  if (kind !== 'boolean' || (value !== 'true' && value !== 'false')) return '';
  return `; write it without quotation marks${value === 'false' ? ' (with them, Helm takes it for true)' : ''}`;
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'string':
      return ['string', 'number', 'boolean'].includes(typeof value);
    case 'number':
      return Number.isInteger(value) || (typeof value === 'string' && /^\d*$/.test(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'map':
      return isMap(value);
    case 'list':
      return Array.isArray(value);
    case 'any':
      return true;
  }
}
