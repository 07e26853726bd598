// Products of settings: every combination of what is given for each of them, or a sample of it by a number.
import { nested, type Values } from '../value-sets/value-set';

/** Values by their paths. */
export type ByPath = Readonly<Record<string, unknown>>;

/** For each axis what may stand on it. Of two axes with a path, the later one wins. */
export type Axes = Readonly<Record<string, readonly ByPath[]>>;

export class Product {
  readonly size: number;

  constructor(
    readonly name: string,
    private readonly axes: Axes,
  ) {
    this.size = Object.values(axes).reduce((size, { length }) => size * length, 1);
  }

  /** One after the other. */
  at(index: number): Values {
    let rest = index;
    const chosen = Object.values(this.axes).map((axis) => {
      const one = axis[rest % axis.length] as ByPath;
      rest = Math.floor(rest / axis.length);
      return one;
    });
    return nested(Object.assign({}, ...chosen));
  }

  /** All, or so many by chance that come from the seed. */
  *values(most: number, seed: number): Iterable<Values> {
    if (this.size <= most) {
      for (let index = 0; index < this.size; index++) yield this.at(index);
      return;
    }
    const random = chance(seed);
    const seen = new Set<number>();
    while (seen.size < most) {
      const index = Math.floor(random() * this.size);
      if (seen.has(index)) continue;
      seen.add(index);
      yield this.at(index);
    }
  }
}

/** The same numbers from 0 to below 1 for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Nothing, and each of these alone. */
export function noneOr(...all: readonly ByPath[]): ByPath[] {
  return [{}, ...all];
}

/** A setting that is left out, and each of these values for it. */
export function unsetOr(path: string, ...values: readonly unknown[]): ByPath[] {
  return noneOr(...values.map((value) => ({ [path]: value })));
}

/** Each with each. */
export function all(...groups: readonly (readonly ByPath[])[]): ByPath[] {
  return groups.reduce<ByPath[]>(
    (made, group) => made.flatMap((one) => group.map((other) => ({ ...one, ...other }))),
    [{}],
  );
}
