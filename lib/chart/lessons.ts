// What earlier learning of a chart found out, so that the next one need not search for it again. It holds no result: what is learned from it is proven anew.
import { Assignment } from './runs';

/** Runs are written as `path=case path=case`; what is not named is left to the first case. */
export interface Lessons {
  /** For each setting the run in which it shows. */
  readonly homes: Readonly<Record<string, string>>;
  /** For some settings the run in which they are asked for first, if nothing shows there. */
  readonly origins: Readonly<Record<string, string>>;
  /** Settings for which nothing given means other things in other runs. */
  readonly withoutDefault: readonly string[];
  /** Runs that were not as foretold. */
  readonly runs: readonly string[];
}

export const NO_LESSONS: Lessons = { homes: {}, origins: {}, withoutDefault: [], runs: [] };

/** A run as a text. */
export function write(assignment: Assignment): string {
  return [...assignment].map((pair) => pair.join('=')).join(' ');
}

/** A run that was written. */
export function read(text: string): Assignment {
  return new Map(
    text === ''
      ? []
      : text
          .split(' ')
          .map((pair): [string, string] => [
            pair.slice(0, pair.indexOf('=')),
            pair.slice(pair.indexOf('=') + 1),
          ]),
  );
}
