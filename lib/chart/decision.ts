// Which settings a difference between manifests comes from: the smallest decision over them that agrees with
// every run so far.

/**
 * A run as decisions see it: for each setting the index of its case, or -1 where it was not asked for and
 * makes no difference.
 */
export interface Outcome {
  readonly cases: Int16Array;
  /** The run that this one was made from by changing one setting. */
  readonly origin?: Outcome;
}

/** What to take, by the cases of settings. */
export type Decision<T> =
  | { readonly take: T }
  | {
      readonly setting: number;
      readonly branches: readonly { readonly cases: readonly number[]; readonly next: Decision<T> }[];
    };

/** A run that is missing: like another one, but for one setting. */
export interface Question {
  /** Any of these will do: some may be refused with the other case. */
  readonly likes: readonly Outcome[];
  readonly setting: number;
  readonly to: number;
}

/** Two runs that differ in nothing that was asked for, and yet in their manifests. */
export class Undecidable extends Error {}

/** What decisions are made with. */
export interface Ground {
  /** How many cases each setting has. */
  readonly sizes: readonly number[];
  /**
   * So many of the first ones are no settings, but facts that the settings decide and that may be asked
   * here...
   */
  readonly facts: number;
  /** ... of all these. */
  readonly allFacts: number;
  /** Is added to where a branch has no run yet. */
  readonly questions: Question[];
  /**
   * A run like the first one, with the other's cases of these settings, and its group. Undefined where there
   * is no such thing.
   */
  readonly between: (
    one: Outcome,
    other: Outcome,
    settings: readonly number[],
  ) => { outcome: Outcome; group: number } | undefined;
}

/**
 * The decision by which runs fall into their groups.
 *
 * @param groups the group of each run
 * @throws Undecidable where no setting tells two groups apart
 */
export function decide(
  runs: readonly Outcome[],
  groups: readonly number[],
  ground: Ground,
): Decision<number> {
  if (groups.every((group) => group === groups[0])) return { take: groups[0] };
  const groupOf = new Map(runs.map((run, index) => [run, groups[index]]));
  const matters = new Set<number>();
  // Neighbours that differ in one setting prove that it matters, or a fact that changes with it.
  for (const run of runs) {
    const { origin } = run;
    const other = origin && groupOf.get(origin);
    if (!origin || other === undefined || other === groupOf.get(run)) continue;
    const differing = differences(run, origin, ground.allFacts);
    if (differing.length !== 1) continue;
    const facts = flipping(run, origin, ground);
    if (facts.some((fact) => matters.has(fact))) continue;
    matters.add(facts.length > 0 ? best(facts, runs, groups) : differing[0]);
  }
  for (;;) {
    const result = split(runs, groups, inOrder(matters), ground);
    if (!Array.isArray(result)) return simplest(matters, runs, groups, ground) ?? result;
    const [one, other] = result;
    const open = differences(one, other, ground.allFacts).filter((setting) => !matters.has(setting));
    const facts = flipping(one, other, ground).filter((fact) => !matters.has(fact));
    const pair = culprit(one, other, groupOf.get(one) as number, ground);
    const told = pair ? flipping(...pair, ground).filter((fact) => facts.includes(fact)) : [];
    const [changed] = pair ? differences(...pair, ground.allFacts) : [];
    if (told.length > 0) matters.add(best(told, runs, groups));
    else if (changed !== undefined && !matters.has(changed)) matters.add(changed);
    else if (open.length > 0) matters.add(best(open, runs, groups));
    else if (facts.length > 0) matters.add(best(facts, runs, groups));
    else throw new Undecidable();
  }
}

/** The same by as few settings as can be, and by facts rather than by what they are decided by. */
function simplest(
  matters: ReadonlySet<number>,
  runs: readonly Outcome[],
  groups: readonly number[],
  ground: Ground,
): Decision<number> {
  let settings = inOrder(matters);
  for (const setting of [...settings].reverse()) {
    const fewer = settings.filter((one) => one !== setting);
    if (!Array.isArray(split(runs, groups, fewer, { ...ground, questions: [] }))) settings = fewer;
  }
  return split(runs, groups, settings, ground) as Decision<number>;
}

/** Facts that differ. */
function flipping(one: Outcome, other: Outcome, { facts }: Ground): number[] {
  const found: number[] = [];
  for (let fact = 0; fact < facts; fact++) {
    const [a, b] = [one.cases[fact], other.cases[fact]];
    if (a >= 0 && b >= 0 && a !== b) found.push(fact);
  }
  return found;
}

function inOrder(settings: ReadonlySet<number>): number[] {
  return [...settings].sort((a, b) => a - b);
}

/** Two neighbours, found between two runs, that come into different groups. */
function culprit(
  one: Outcome,
  other: Outcome,
  group: number,
  { between, allFacts }: Ground,
): [Outcome, Outcome] | undefined {
  let [near, far] = [one, other];
  for (;;) {
    const open = differences(near, far, allFacts);
    if (open.length === 0) return undefined;
    if (open.length === 1) return [near, far];
    const half = Math.ceil(open.length / 2);
    const ways = [
      open.slice(0, half),
      open.slice(half),
      ...(open.length > 3 ? open.map((setting) => [setting]) : []),
    ];
    let middle: ReturnType<typeof between>;
    for (const way of ways) {
      middle = between(near, far, way);
      if (middle) break;
    }
    if (!middle) return undefined;
    if (middle.group === group) near = middle.outcome;
    else far = middle.outcome;
  }
}

/**
 * The setting that tells most of the groups apart by itself; the first of equals, since settings are asked
 * for before what depends on them.
 */
function best(candidates: readonly number[], runs: readonly Outcome[], groups: readonly number[]): number {
  let [chosen] = candidates;
  let most = -1;
  for (const setting of candidates) {
    const seen = new Map<number, Map<number, number>>();
    runs.forEach((run, index) => {
      const counts = seen.get(run.cases[setting]) ?? new Map<number, number>();
      seen.set(run.cases[setting], counts.set(groups[index], (counts.get(groups[index]) ?? 0) + 1));
    });
    const right = [...seen.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
    if (right > most) [chosen, most] = [setting, right];
  }
  return chosen;
}

/** Settings that differ. */
function differences(one: Outcome, other: Outcome, allFacts: number): number[] {
  const found: number[] = [];
  for (let setting = allFacts; setting < one.cases.length; setting++) {
    const [a, b] = [one.cases[setting], other.cases[setting] ?? -1];
    if (a >= 0 && b >= 0 && a !== b) found.push(setting);
  }
  return found;
}

/** So many are tried. */
const LIKES = 12;

/**
 * Splits by the settings in turn. Two runs that end together, but belong apart, are the answer where there
 * are some.
 */
function split(
  runs: readonly Outcome[],
  groups: readonly number[],
  settings: readonly number[],
  ground: Ground,
): Decision<number> | [Outcome, Outcome] {
  const { sizes, questions, allFacts } = ground;
  const apart = groups.findIndex((group) => group !== groups[0]);
  if (apart < 0) return { take: groups[0] };
  const index = settings.findIndex((setting) => runs.some((run) => run.cases[setting] >= 0));
  if (index < 0) return [runs[0], runs[apart]];
  const setting = settings[index];
  const rest = settings.slice(index + 1);
  const branches: { cases: number[]; next: Decision<number> }[] = [];
  const empty: number[] = [];
  const likes = runs.filter((run) => run.cases[setting] >= 0).slice(0, LIKES);
  for (let value = 0; value < sizes[setting]; value++) {
    // Where it was not asked for, it makes no difference: such runs agree with every case.
    const inside = runs.flatMap((run, at) =>
      run.cases[setting] === value || run.cases[setting] === -1 ? [at] : [],
    );
    if (!inside.some((at) => runs[at].cases[setting] === value)) {
      if (setting >= allFacts) questions.push({ likes, setting, to: value });
      empty.push(value);
      continue;
    }
    const next = split(
      inside.map((at) => runs[at]),
      inside.map((at) => groups[at]),
      rest,
      ground,
    );
    if (Array.isArray(next)) return next;
    const same = branches.find((branch) => sameDecision(branch.next, next));
    if (same) same.cases.push(value);
    else branches.push({ cases: [value], next });
  }
  if (branches.length === 1) return branches[0].next;
  branches[0].cases.push(...empty);
  return { setting, branches };
}

export function sameDecision<T>(one: Decision<T>, other: Decision<T>): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What is taken for a run. */
export function taken<T>(decision: Decision<T>, cases: Int16Array): T {
  let current = decision;
  while (!('take' in current)) {
    const { setting, branches } = current;
    const value = cases[setting];
    current = (branches.find((branch) => branch.cases.includes(value)) ?? branches[0]).next;
  }
  return current.take;
}

/** The same decision about other things. */
export function mapDecision<T, R>(decision: Decision<T>, change: (take: T) => R): Decision<R> {
  if ('take' in decision) return { take: change(decision.take) };
  const { setting, branches } = decision;
  return {
    setting,
    branches: branches.map(({ cases, next }) => ({ cases, next: mapDecision(next, change) })),
  };
}
