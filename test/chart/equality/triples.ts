// Values that together hold every triple of settings: a greedy covering array. What stands in one row mostly
// does not go together, so each row is given twice: as it is, for the messages, and mended step by step until
// the constructs accept it.
import type { Values } from '../value-sets/value-set';
import { nested } from '../value-sets/value-set';
import { chance } from './combinations';
import { completed, need, SETTINGS } from './kinds';

/** What the constructs find wrong with values. */
export type Problems = (values: Values) => readonly string[];

/** Pairs that are looked at to choose one of a setting's kinds. */
const LOOKED_AT = 300;
const MENDINGS = 40;

interface Level {
  readonly path: string;
  readonly value: unknown;
  readonly isDefault: boolean;
  readonly index: number;
}

const LEVELS: readonly (readonly Level[])[] = levels();
const COUNT = LEVELS.flat().length;

function levels(): Level[][] {
  let index = 0;
  return SETTINGS.map(({ path, kinds }) =>
    kinds.map((value, kind) => ({ path, value, isDefault: kind === 0, index: index++ })),
  );
}

/** Which triples of values stood together. */
class Triples {
  private readonly bits = new Uint8Array(Math.ceil(COUNT ** 3 / 8));
  count = 0;

  has(one: number, other: number, third: number): boolean {
    const at = place(one, other, third);
    return ((this.bits[at >> 3] as number) & (1 << (at & 7))) !== 0;
  }

  /** All triples of a row. Answers how many are new. */
  add(row: readonly number[]): number {
    const before = this.count;
    const sorted = [...row].sort((a, b) => a - b);
    for (let i = 0; i < sorted.length; i++)
      for (let j = i + 1; j < sorted.length; j++)
        for (let k = j + 1; k < sorted.length; k++) {
          const at = ((sorted[i] as number) * COUNT + (sorted[j] as number)) * COUNT + (sorted[k] as number);
          const bit = 1 << (at & 7);
          if (((this.bits[at >> 3] as number) & bit) !== 0) continue;
          this.bits[at >> 3] = (this.bits[at >> 3] as number) | bit;
          this.count++;
        }
    return this.count - before;
  }
}

function place(one: number, other: number, third: number): number {
  const [i, j, k] = [one, other, third].sort((a, b) => a - b) as [number, number, number];
  return (i * COUNT + j) * COUNT + k;
}

/** How many triples there are of values of three settings. */
export function tripleCount(): number {
  const sizes = LEVELS.map(({ length }) => length);
  const [sums, pairs, triples] = sizes.reduce(
    ([one, two, three], size) => [one + size, two + one * size, three + two * size],
    [0, 0, 0],
  ) as [number, number, number];
  return sums > 0 && pairs > 0 ? triples : 0;
}

export class CoveringArray {
  private readonly accepted = new Triples();
  private readonly refused = new Triples();
  private readonly random: () => number;

  constructor(
    private readonly problems: Problems,
    seed: number,
  ) {
    this.random = chance(seed);
  }

  /** How many triples stood in values that were accepted, and in any. */
  get covered(): { readonly accepted: number; readonly refused: number } {
    return { accepted: this.accepted.count, refused: this.refused.count };
  }

  /** So many rows: each as it came, and mended. */
  *rows(count: number): Iterable<Values> {
    for (let row = 0; row < count; row++) {
      const full = this.fill();
      const seeds = [...full.keys()].slice(0, 3);
      yield valuesOf(full);
      this.refused.add(indexesOf(full));
      const mended = this.mend(full, seeds);
      if (mended === undefined) continue;
      yield valuesOf(mended);
      this.accepted.add(indexesOf(mended));
    }
  }

  /** A row with a triple that was not there yet, and as many others as a few looks find. */
  private fill(): Map<string, unknown> {
    const row = new Map<string, unknown>();
    const chosen: Level[] = [];
    const take = (level: Level) => {
      row.set(level.path, level.value);
      chosen.push(level);
    };
    for (const level of this.seed()) take(level);
    for (const { path } of [...chosen]) need(row, path);
    completed(row);
    for (const [path, value] of row) {
      const level = LEVELS.flat().find((one) => one.path === path && same(one.value, value));
      if (level && !chosen.includes(level)) chosen.push(level);
    }
    const rest = LEVELS.filter(([first]) => !row.has((first as Level).path));
    for (const kinds of shuffled(rest, this.random)) take(this.best(kinds, chosen));
    return row;
  }

  /** Three values that were never accepted together, if a few looks find any. */
  private seed(): Level[] {
    const pick = () => {
      const kinds = LEVELS[Math.floor(this.random() * LEVELS.length)] as readonly Level[];
      return kinds[Math.floor(this.random() * kinds.length)] as Level;
    };
    for (let look = 0; ; look++) {
      const three = [pick(), pick(), pick()];
      const [one, other, third] = three as [Level, Level, Level];
      if (new Set(three.map(({ path }) => path)).size < 3) continue;
      if (look > LOOKED_AT || !this.accepted.has(one.index, other.index, third.index)) return three;
    }
  }

  private best(kinds: readonly Level[], chosen: readonly Level[]): Level {
    const scores = kinds.map(() => this.random());
    for (let look = 0; look < LOOKED_AT / 10; look++) {
      const one = chosen[Math.floor(this.random() * chosen.length)] as Level;
      const other = chosen[Math.floor(this.random() * chosen.length)] as Level;
      if (one === other) continue;
      kinds.forEach((kind, index) => {
        if (!this.accepted.has(one.index, other.index, kind.index)) scores[index] = (scores[index] ?? 0) + 1;
      });
    }
    return kinds[scores.indexOf(Math.max(...scores))] as Level;
  }

  /** Takes back what the messages name, and never the seeds, until nothing is wrong. */
  private mend(
    row: ReadonlyMap<string, unknown>,
    seeds: readonly string[],
  ): Map<string, unknown> | undefined {
    const mended = new Map(row);
    for (let step = 0; step < MENDINGS; step++) {
      const problems = this.problems(valuesOf(mended));
      if (problems.length === 0) return mended;
      let changed = false;
      for (const problem of problems) changed = this.takeBack(mended, problem, seeds) || changed;
      if (!changed) return undefined;
    }
    return undefined;
  }

  private takeBack(row: Map<string, unknown>, problem: string, seeds: readonly string[]): boolean {
    const named = LEVELS.map(([first]) => first as Level).filter(
      ({ path, value }) =>
        !seeds.includes(path) && row.has(path) && !same(row.get(path), value) && isNamed(problem, path),
    );
    if (named.length === 0) return false;
    // The one that the message begins with, or else any that it names.
    const [first] = named.filter(({ path }) => problem.startsWith(path));
    const { path } = first ?? (named[Math.floor(this.random() * named.length)] as Level);
    row.delete(path);
    completed(row);
    return true;
  }
}

function isNamed(problem: string, path: string): boolean {
  const [start = ''] = problem.split(':');
  return problem.includes(path) || path.startsWith(`${start}.`) || problem.includes(`${path.split('.')[0]}:`);
}

function indexesOf(row: ReadonlyMap<string, unknown>): number[] {
  return LEVELS.flatMap((kinds) => {
    const [usual] = kinds as [Level];
    const value = row.has(usual.path) ? row.get(usual.path) : usual.value;
    const level = kinds.find((kind) => same(kind.value, value));
    return level ? [level.index] : [];
  });
}

/** Defaults are left out. */
function valuesOf(row: ReadonlyMap<string, unknown>): Values {
  const usual = new Map(LEVELS.map(([first]) => [(first as Level).path, (first as Level).value]));
  return nested(Object.fromEntries([...row].filter(([path, value]) => !same(value, usual.get(path)))));
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
