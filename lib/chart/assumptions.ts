// What is known already at a place of a template, because of the conditions around it: nothing is asked
// twice.
import { Decision, sameDecision } from './decision';

/** Cases that a setting can still be of. */
type Known = ReadonlyMap<number, readonly number[]>;

export class Assumptions {
  private known: Known = new Map();

  /** @param facts how each fact is decided: facts are the first of the settings */
  constructor(private readonly facts: readonly Decision<number>[]) {}

  /** Writes something under a condition: that this decision is for one of these. */
  public when<T, R>(decision: Decision<T>, accepts: (take: T) => boolean, write: () => R): R {
    const before = this.known;
    this.known = merged(before, this.impliedBy(decision, accepts));
    try {
      return write();
    } finally {
      this.known = before;
    }
  }

  /** Writes something under a condition: that a setting is of one of these cases. */
  public of<R>(setting: number, cases: readonly number[], write: () => R): R {
    const one: Decision<boolean> = { setting, branches: [{ cases, next: { take: true } }] };
    return this.when(one, (take) => take, write);
  }

  /** What is left of a decision. */
  public left<T>(decision: Decision<T>): Decision<T> {
    return this.reduce(decision, this.known);
  }

  private reduce<T>(decision: Decision<T>, known: Known): Decision<T> {
    if ('take' in decision) return decision;
    const { setting } = decision;
    const possible = this.possible(setting, known);
    const branches: { cases: readonly number[]; next: Decision<T> }[] = [];
    for (const branch of decision.branches) {
      const cases = possible ? branch.cases.filter((one) => possible.includes(one)) : branch.cases;
      if (cases.length === 0) continue;
      const next = this.reduce(branch.next, merged(known, new Map([[setting, cases]])));
      const same = branches.findIndex((other) => sameDecision(other.next, next));
      if (same >= 0) branches[same] = { cases: [...(branches[same]?.cases ?? []), ...cases], next };
      else branches.push({ cases, next });
    }
    const [first] = branches;
    if (first === undefined) return decision;
    return branches.length === 1 ? first.next : { setting, branches };
  }

  /** The cases that a setting can be of; for a fact also by what is known of what decides it. */
  private possible(setting: number, known: Known): readonly number[] | undefined {
    const fact = this.facts[setting];
    if (!fact) return known.get(setting);
    const words = leaves(this.reduce(fact, known));
    const told = known.get(setting);
    return told ? words.filter((word) => told.includes(word)) : words;
  }

  /** What must be so where a decision is for one of what is accepted. */
  private impliedBy<T>(decision: Decision<T>, accepts: (take: T) => boolean): Known {
    const paths = pathsTo(decision, accepts);
    const [first, ...more] = paths.map((path) => this.explained(path));
    if (!first) return new Map();
    const shared = [...first].filter(([setting]) => more.every((path) => path.has(setting)));
    return new Map(
      shared.map(([setting, cases]) => [
        setting,
        [...new Set([cases, ...more.map((path) => path.get(setting) ?? [])].flat())],
      ]),
    );
  }

  /** With what must be so where facts are as they are. */
  private explained(path: Known): Known {
    return [...path].reduce<Known>((all, [setting, cases]) => {
      const fact = this.facts[setting];
      return fact
        ? merged(
            all,
            this.impliedBy(fact, (word) => cases.includes(word)),
          )
        : all;
    }, path);
  }
}

function merged(one: Known, other: Known): Known {
  const all = new Map(one);
  for (const [setting, cases] of other) {
    const known = all.get(setting);
    all.set(setting, known ? known.filter((each) => cases.includes(each)) : cases);
  }
  return all;
}

function leaves<T>(decision: Decision<T>): T[] {
  return 'take' in decision
    ? [decision.take]
    : [...new Set(decision.branches.flatMap(({ next }) => leaves(next)))];
}

/** The conditions on the ways to what is accepted. */
function pathsTo<T>(decision: Decision<T>, accepts: (take: T) => boolean): Known[] {
  if ('take' in decision) return accepts(decision.take) ? [new Map()] : [];
  return decision.branches.flatMap(({ cases, next }) =>
    pathsTo(next, accepts).map((path) => merged(new Map([[decision.setting, cases]]), path)),
  );
}
