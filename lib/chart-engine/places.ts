// Places in the manifest of one object that templates fill: by values, by what the release sets, or by both in
// parts of one string.
import { problemOf } from '../core/problem';
import { pointerOf } from './pointer';
import type { Problems } from './settings';

/** What a template writes at a place. */
export type Content =
  /** A scalar, as a pipeline that prints YAML. */
  | { readonly kind: 'scalar'; readonly pipeline: string }
  /** A map or a list, as a pipeline that `toYaml` prints. */
  | { readonly kind: 'block'; readonly pipeline: string }
  /** A part of a string, from one character to another, as an expression of any scalar type. */
  | { readonly kind: 'part'; readonly from: number; readonly to: number; readonly expression: string };

/** A place, and who wants it. */
export interface Place {
  readonly keys: readonly string[];
  readonly content: Content;
  /** The value's path, or what the release sets. */
  readonly by: string;
  /** Set by the release: nobody declared it. */
  readonly release: boolean;
}

/** Reports places that are the same or inside one another. `at` is what messages call the object. */
export function checkPlaces(at: string, places: readonly Place[], problems: Problems): void {
  places.forEach((place, index) => {
    for (const other of places.slice(index + 1)) {
      // What the release sets never conflicts with itself.
      if (place.release && other.release) continue;
      checkTwo(at, place, other, problems);
    }
  });
}

function checkTwo(at: string, one: Place, other: Place, problems: Problems): void {
  const [outer, inner] = one.keys.length <= other.keys.length ? [one, other] : [other, one];
  if (!outer.keys.every((key, index) => inner.keys[index] === key)) return;
  const same = outer.keys.length === inner.keys.length;
  const pointer = pointerOf(inner.keys);
  if (same && one.content.kind === 'part' && other.content.kind === 'part') {
    if (one.content.from < other.content.to && other.content.from < one.content.to)
      problems.push(problemOf('text-overlaps', at, { pointer, one: one.by, other: other.by }));
  } else if (one.release || other.release) {
    const [declared, set] = one.release ? [other, one] : [one, other];
    problems.push(
      problemOf('pointer-set-by-release', at, {
        pointer: pointerOf(declared.keys),
        one: declared.by,
        other: `${pointerOf(set.keys)} (${set.by})`,
      }),
    );
  } else if (same) {
    problems.push(problemOf('pointer-declared-twice', at, { pointer, one: one.by, other: other.by }));
  } else {
    problems.push(
      problemOf('pointer-inside-another', at, {
        pointer,
        one: inner.by,
        outer: pointerOf(outer.keys),
        other: outer.by,
      }),
    );
  }
}
