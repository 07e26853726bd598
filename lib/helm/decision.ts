// Which settings a difference between manifests comes from: the smallest decision over them that agrees with every run so far.

/** A run as decisions see it: for each setting the index of its case, or -1 where it was not asked for and makes no difference. */
export interface Outcome {
  readonly cases: Int16Array;
  /** The run that this one was made from by changing one setting. */
  readonly origin?: Outcome;
}

/** What to take, by the cases of settings. */
export type Decision<T> =
  | { readonly take: T }
  | { readonly setting: number; readonly branches: readonly { readonly cases: readonly number[]; readonly next: Decision<T> }[] };

/** A run that is missing: like another one, but for one setting. */
export interface Question {
  readonly like: Outcome;
  readonly setting: number;
  readonly to: number;
}

/** Two runs that differ in nothing that was asked for, and yet in their manifests. */
export class Undecidable extends Error {}

/**
 * The decision by which runs fall into their groups.
 *
 * @param groups the group of each run
 * @param sizes how many cases each setting has
 * @param questions is added to where a branch has no run yet
 */
export function decide(
  runs: readonly Outcome[],
  groups: readonly number[],
  sizes: readonly number[],
  questions: Question[],
): Decision<number> {
  if (groups.every((group) => group === groups[0])) return { take: groups[0] };
  const groupOf = new Map(runs.map((run, index) => [run, groups[index]]));
  const settings = new Set<number>();
  // Neighbours that differ in one setting prove that it matters.
  for (const run of runs) {
    const { origin } = run;
    const other = origin && groupOf.get(origin);
    if (!origin || other === undefined || other === groupOf.get(run)) continue;
    const differing = differences(run, origin);
    if (differing.length === 1) settings.add(differing[0]);
  }
  for (;;) {
    const asked: Question[] = [];
    const result = split(
      runs,
      groups,
      [...settings].sort((a, b) => a - b),
      sizes,
      asked,
    );
    if (!Array.isArray(result)) {
      questions.push(...asked);
      return result;
    }
    const [one, other] = result;
    const candidates = differences(one, other).filter((setting) => !settings.has(setting));
    if (candidates.length === 0) throw new Undecidable();
    settings.add(best(candidates, runs, groups));
  }
}

/** The setting that tells most of the groups apart by itself; the first of equals, since settings are asked for before what depends on them. */
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

function differences(one: Outcome, other: Outcome): number[] {
  const found: number[] = [];
  for (let setting = 0; setting < one.cases.length; setting++) {
    const [a, b] = [one.cases[setting], other.cases[setting] ?? -1];
    if (a >= 0 && b >= 0 && a !== b) found.push(setting);
  }
  return found;
}

/** Splits by the settings in turn. Two runs that end together, but belong apart, are the answer where there are some. */
function split(
  runs: readonly Outcome[],
  groups: readonly number[],
  settings: readonly number[],
  sizes: readonly number[],
  questions: Question[],
): Decision<number> | [Outcome, Outcome] {
  const apart = groups.findIndex((group) => group !== groups[0]);
  if (apart < 0) return { take: groups[0] };
  const index = settings.findIndex((setting) => runs.some((run) => run.cases[setting] >= 0));
  if (index < 0) return [runs[0], runs[apart]];
  const setting = settings[index];
  const rest = settings.slice(index + 1);
  const branches: { cases: number[]; next: Decision<number> }[] = [];
  const empty: number[] = [];
  const like = runs.find((run) => run.cases[setting] >= 0) as Outcome;
  for (let value = 0; value < sizes[setting]; value++) {
    // Where it was not asked for, it makes no difference: such runs agree with every case.
    const inside = runs.flatMap((run, at) => (run.cases[setting] === value || run.cases[setting] === -1 ? [at] : []));
    if (!inside.some((at) => runs[at].cases[setting] === value)) {
      questions.push({ like, setting, to: value });
      empty.push(value);
      continue;
    }
    const next = split(
      inside.map((at) => runs[at]),
      inside.map((at) => groups[at]),
      rest,
      sizes,
      questions,
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
  return { setting, branches: branches.map(({ cases, next }) => ({ cases, next: mapDecision(next, change) })) };
}
