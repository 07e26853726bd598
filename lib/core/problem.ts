// Problems of an app as data: a code, a property, and a value. Their messages are in messages/, in two
// formats (see `Voice`).
import type { IConstruct } from 'constructs';
import { type Code, WORDS, type Words } from './messages';

/** One problem. */
export interface Problem {
  /** Error code, e.g. `replicas-need-shared-storage`. Stable, and explained in docs/errors.md. */
  readonly code: Code;
  /** The invalid property, variable or file. */
  readonly path: string;
  /** The given value, if it may be shown. */
  readonly value?: unknown;
  /** Further values for the message. */
  readonly details?: Readonly<Record<string, string | number>>;
}

type Names<Text extends string> = Text extends `${string}<${infer Name}>${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Texts<W> = W extends { readonly says: infer Says; readonly instead: infer Instead }
  ? Says | Instead | InValues<W>
  : never;
type InValues<W> = W extends { readonly values: infer Values } ? Values[keyof Values] : never;
type NamesOf<C extends Code> = Names<Texts<(typeof WORDS)[C]> & string>;

/** Values for a code's message; `<value>` is the given one. */
export type Details<C extends Code> = {
  readonly [Name in NamesOf<C>]: Name extends 'value' ? unknown : string | number;
};

/** Details, optional if the message needs none. */
export type DetailsIfAny<C extends Code> = [NamesOf<C>] extends [never] ? [] : [details: Details<C>];

/** A problem with all values for its message. */
export function problemOf<C extends Code>(code: C, path: string, ...[given]: DetailsIfAny<C>): Problem {
  const { value, ...details } = (given ?? {}) as { readonly value?: unknown } & Record<
    string,
    string | number
  >;
  return {
    code,
    path,
    ...(given !== undefined && 'value' in given && { value }),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

/** A format of problems: property, message, correction, and the code to look up. */
export interface Voice {
  readonly path: (path: string) => string;
  readonly words: (words: Words) => Pick<Words, 'says' | 'instead'> & { readonly path?: string };
  readonly value: (value: unknown) => unknown;
}

const PROPS: Voice = {
  path: (path) => path,
  words: ({ says, instead }) => ({ says, instead }),
  value: (value) => value,
};

/** Formats a problem as a sentence about props, or in another `Voice`. */
export function messageOf(problem: Problem, voice: Voice = PROPS): string {
  const { says, instead, path } = voice.words(WORDS[problem.code]);
  const named = { ...problem, value: voice.value(problem.value) };
  const at = path === undefined ? voice.path(problem.path) : filled(path, named);
  return `${at}: ${filled(says, named)}; ${filled(instead, named)} [${problem.code}]`;
}

/** The message without the property, for callers that show the property elsewhere. */
export function saidOf<C extends Code>(code: C, ...details: DetailsIfAny<C>): string {
  const problem = problemOf(code, '', ...details);
  return `${filled(WORDS[code].says, problem)}; ${filled(WORDS[code].instead, problem)}`;
}

/** Fills values into a message. */
export function filled(text: string, { value, details = {} }: Pick<Problem, 'value' | 'details'>): string {
  return text.replace(/<(\w+)>/g, (_, name: string) =>
    name === 'value' ? shown(value) : String(details[name]),
  );
}

/** Formats an invalid value for a message: long ones are cut, objects are shown by class. */
export function shown(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return isPlainObject(value) ? 'an object' : `a ${value.constructor.name}`;
  return typeof value === 'function' ? 'a function' : String(value);
}

/** A plain object. */
export function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (value.constructor === undefined || value.constructor.name === 'Object')
  );
}

const sources = new WeakMap<IConstruct, (() => readonly Problem[])[]>();

/** Reports a construct's problems at synthesis. */
export function addProblems(construct: IConstruct, ask: () => readonly Problem[]): void {
  sources.set(construct, [...(sources.get(construct) ?? []), ask]);
  construct.node.addValidation({ validate: () => ask().map((problem) => messageOf(problem)) });
}

/** All problems of a construct, as data. */
function ownProblemsOf(construct: IConstruct): readonly Problem[] {
  return (sources.get(construct) ?? []).flatMap((ask) => ask());
}

/** Validation results of a construct: its problems as data, and the sentences of other validations. */
export function problemsOf(construct: IConstruct): readonly (Problem | string)[] {
  const known = new Map(ownProblemsOf(construct).map((problem) => [messageOf(problem), problem]));
  return construct.node.validate().map((message) => known.get(message) ?? message);
}
