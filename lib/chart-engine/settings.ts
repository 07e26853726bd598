// The values of a chart: what was declared with the same path is one value, and must be declared alike.
import { type Problem, problemOf } from '../core/problem';

/** What a value is in YAML and in JSON Schema. */
export type SettingType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';

/** A value as its users see it. */
export interface Setting {
  readonly path: string;
  readonly type: SettingType;
  readonly default: unknown;
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One declaration of a value. */
export interface Use {
  readonly path: string;
  /** What declared it, for messages: `/spec/replicas of web/deployment`. */
  readonly by: string;
  /** Its description, if there is no other. */
  readonly fallback: string;
  /** `text` is a string, or the text of whatever type another declaration says. */
  readonly type: SettingType | 'text' | 'generated';
  readonly default: unknown;
  readonly description?: string;
  readonly schema?: { [key: string]: unknown };
}

/** Where something is found wrong, it is added here. */
export type Problems = Problem[];

const PATH = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/;
const TAKEN = /^(global|nameOverride|fullnameOverride)(\.|$)/;
const GENERATED = 'Generated at the first install and kept, unless it is set.';

/** The values that declarations make, in their order. */
export function settingsOf(uses: readonly Use[], problems: Problems): Setting[] {
  const byPath = new Map<string, Use[]>();
  for (const use of uses) byPath.set(use.path, [...(byPath.get(use.path) ?? []), use]);
  const paths = [...byPath.keys()];
  for (const path of paths) {
    if (!PATH.test(path) || TAKEN.test(path))
      problems.push(problemOf('value-path-unusable', 'path', { value: path }));
    const child = paths.find((other) => other.startsWith(`${path}.`));
    if (child !== undefined) problems.push(problemOf('value-and-parent', `values ${path}`, { child, path }));
  }
  return [...byPath].map(([path, used]) => settingOf(path, used, problems));
}

function settingOf(path: string, uses: readonly Use[], problems: Problems): Setting {
  const [first] = uses as [Use];
  // What a part of a string is, the whole value elsewhere says.
  const main = uses.find(({ type }) => type !== 'text') ?? first;
  for (const use of uses) {
    if (use.schema && 'type' in use.schema)
      problems.push(problemOf('value-type-in-schema', `values ${path}`));
    if (use !== main) compare(main, use, problems);
  }
  const description = uses.find((use) => use.description !== undefined)?.description;
  const about = description ?? main.fallback;
  return {
    path,
    type: main.type === 'text' || main.type === 'generated' ? 'string' : main.type,
    default: main.default,
    description: main.type === 'generated' ? `${about} ${GENERATED}` : about,
    schema: uses.find((use) => use.schema !== undefined)?.schema ?? {},
  };
}

function compare(main: Use, use: Use, problems: Problems): void {
  const differs = (what: string, here: unknown, there: unknown) =>
    problems.push(
      problemOf('value-declared-differently', `values ${main.path}`, {
        what,
        here: textOf(here),
        one: main.by,
        there: textOf(there),
        other: use.by,
      }),
    );
  if (main.type === 'generated' && use.type === 'generated')
    problems.push(
      problemOf('secret-generated-twice', `values ${main.path}`, { one: main.by, other: use.by }),
    );
  else if (!typesMatch(main, use)) differs('type', main.type, use.type);
  else if (defaultOf(main, use) !== defaultOf(use, main)) differs('default', main.default, use.default);
  if (bothDiffer(main.description, use.description))
    differs('description', main.description, use.description);
  if (bothDiffer(main.schema, use.schema)) differs('schema', main.schema, use.schema);
}

function typesMatch(main: Use, use: Use): boolean {
  if (use.type === 'text') return ['text', 'string', 'integer', 'number', 'boolean'].includes(main.type);
  return use.type === main.type;
}

/** A part of a string has the text of the other's default. */
function defaultOf(use: Use, other: Use): string {
  return use.type === 'text' || other.type === 'text' ? String(use.default) : JSON.stringify(use.default);
}

function bothDiffer(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && JSON.stringify(one) !== JSON.stringify(other);
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A scalar value in templates, which prints it as it is. */
export function expressionOf(path: string, type: SettingType): string {
  const value = `.Values.${path}`;
  if (type === 'integer') return `int64 ${value}`;
  return type === 'number' ? `toJson ${value}` : value;
}

/** The type of a value in a manifest. */
export function typeOf(value: unknown): SettingType {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  return typeof value as SettingType;
}
