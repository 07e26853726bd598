// What is wrong with an app, as data: a code, where, and what was given. The words for it are in words/, in two voices.
import type { IConstruct } from 'constructs';
import { type Code, WORDS, type Words } from './words';

/** One mistake. */
export interface Problem {
  /** What is wrong, e.g. `replicas-need-shared-storage`. Stable, and explained in docs/errors.md. */
  readonly code: Code;
  /** The property, variable or file that is wrong. */
  readonly path: string;
  /** What was given there, where it may be shown. */
  readonly value?: unknown;
  /** What else the words name. */
  readonly details?: Readonly<Record<string, string | number>>;
}

type Names<Text extends string> = Text extends `${string}<${infer Name}>${infer Rest}` ? Name | Names<Rest> : never;
type Texts<W> = W extends { readonly says: infer Says; readonly instead: infer Instead } ? Says | Instead | InValues<W> : never;
type InValues<W> = W extends { readonly values: infer Values } ? Values[keyof Values] : never;
type NamesOf<C extends Code> = Names<Texts<(typeof WORDS)[C]> & string>;

/** What the words of a code need to know: `<value>` is what was given. */
export type Details<C extends Code> = { readonly [Name in NamesOf<C>]: Name extends 'value' ? unknown : string | number };

/** Details, left out where the words need none. */
export type DetailsIfAny<C extends Code> = [NamesOf<C>] extends [never] ? [] : [details: Details<C>];

/** A mistake with all that its words need. */
export function problemOf<C extends Code>(code: C, path: string, ...[given]: DetailsIfAny<C>): Problem {
  const { value, ...details } = (given ?? {}) as { readonly value?: unknown } & Record<string, string | number>;
  return {
    code,
    path,
    ...(given !== undefined && 'value' in given && { value }),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

/** How a mistake is said: where, what and what to write instead, and the code to look up. */
export interface Voice {
  readonly path: (path: string) => string;
  readonly words: (words: Words) => Pick<Words, 'says' | 'instead'> & { readonly path?: string };
  readonly value: (value: unknown) => unknown;
}

const PROPS: Voice = { path: (path) => path, words: ({ says, instead }) => ({ says, instead }), value: (value) => value };

/** A mistake as a sentence about props, or in another voice. */
export function messageOf(problem: Problem, voice: Voice = PROPS): string {
  const { says, instead, path = voice.path(problem.path) } = voice.words(WORDS[problem.code]);
  const named = { ...problem, value: voice.value(problem.value) };
  return `${path}: ${filled(says, named)}; ${filled(instead, named)} [${problem.code}]`;
}

/** The words of a mistake alone, for where its place is said otherwise. */
export function saidOf<C extends Code>(code: C, ...details: DetailsIfAny<C>): string {
  const problem = problemOf(code, '', ...details);
  return `${filled(WORDS[code].says, problem)}; ${filled(WORDS[code].instead, problem)}`;
}

/** Words with the values that they name. */
export function filled(text: string, { value, details = {} }: Pick<Problem, 'value' | 'details'>): string {
  return text.replace(/<(\w+)>/g, (_, name: string) => (name === 'value' ? shown(value) : String(details[name])));
}

/** Shows a wrong value in a message; long ones cut, objects by their class. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return isPlainObject(value) ? 'an object' : `a ${value.constructor.name}`;
  return typeof value === 'function' ? 'a function' : String(value);
}

/** An object without a class of its own. */
export function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (value.constructor === undefined || value.constructor.name === 'Object')
  );
}

const sources = new WeakMap<IConstruct, (() => readonly Problem[])[]>();

/** Has the synth of an app ask a construct for its mistakes. */
export function addProblems(construct: IConstruct, ask: () => readonly Problem[]): void {
  sources.set(construct, [...(sources.get(construct) ?? []), ask]);
  construct.node.addValidation({ validate: () => ask().map((problem) => messageOf(problem)) });
}

/** All mistakes of a construct, as data. */
function problemsOf(construct: IConstruct): readonly Problem[] {
  return (sources.get(construct) ?? []).flatMap((ask) => ask());
}

/** What an app is told of a construct: its mistakes as data, and the sentences of others that validate it. */
export function mistakesOf(construct: IConstruct): readonly (Problem | string)[] {
  const known = new Map(problemsOf(construct).map((problem) => [messageOf(problem), problem]));
  return construct.node.validate().map((message) => known.get(message) ?? message);
}
