// Settings by chance, to see whether what was learned foretells what the code makes of them. Always the same
// ones.
import { Decision, taken } from './decision';
import { Parameter, UNSET } from './parameter';
import { randomNumbers } from './random';
import { Assignment, Run, Runs } from './runs';
import { Node } from './template-tree';

/** How long a walk is, about. */
const STEPS = 100;
const SEED = 2_026;

/** What was learned so far. */
export interface Foretold {
  readonly facts: readonly Decision<number>[];
  readonly problems: Node;
}

export class Chance {
  private readonly next = randomNumbers(SEED);
  private walk: Assignment = new Map();

  constructor(
    private readonly runs: Runs,
    private readonly homes: ReadonlyMap<string, Assignment>,
    private readonly defaults: ReadonlyMap<string, unknown>,
    private readonly foretold: () => Foretold,
  ) {}

  /**
   * Some settings with what they need to be asked for, and others besides: seldom, so that what needs their
   * absence is seen too, or often.
   */
  public settings(accepted: boolean): Assignment {
    const all = [...this.runs.parameters.values()];
    const one = <T>(from: readonly T[]): T => from[Math.floor(this.next() * from.length)] as T;
    const kind = ({ cases, path, given }: Parameter): string =>
      this.defaults.has(path) && !given && this.next() < 0.3 ? UNSET : one(cases).key;
    const often = one([0.02, 0.1, 0.4]);
    const settings = new Map(
      all.map((parameter) => [
        parameter.path,
        this.next() < often ? kind(parameter) : parameter.cases[0].key,
      ]),
    );
    for (let looked = 0; looked < 5; looked++) {
      const parameter = one(all);
      for (const [home, key] of this.homes.get(parameter.path) ?? []) settings.set(home, key);
      settings.set(parameter.path, kind(parameter));
    }
    // Most of what is made by chance is refused, which tells of nothing but messages.
    return accepted ? this.eased(settings) : settings;
  }

  /**
   * One more step of a walk, on which one setting after the other changes, and nothing is refused: so it
   * comes to what needs many settings.
   */
  public walked(): Run {
    const all = [...this.runs.parameters.values()];
    if (this.next() < 1 / STEPS) this.walk = new Map();
    const asked = this.runs.run(this.walk).asked;
    const open = all.filter(({ path }) => asked.has(path));
    const { path, cases } = open[Math.floor(this.next() * open.length)] as Parameter;
    const next = new Map([...this.walk, [path, cases[Math.floor(this.next() * cases.length)].key]]);
    const run = this.runs.run(next);
    if (run.manifests) this.walk = next;
    return run;
  }

  /** Without settings for which a message is foretold. */
  private eased(settings: Map<string, string>): Map<string, string> {
    const eased = new Map(settings);
    for (;;) {
      const cases = this.runs.casesOf(eased, new Map());
      for (const [fact, decision] of this.foretold().facts.entries()) cases[fact] = taken(decision, cases);
      const reasons = this.reasonsFor(cases);
      const changed = [...eased].filter(
        ([path, key]) => reasons.has(path) && this.runs.parameter(path).cases[0].key !== key,
      );
      const dropped = changed[Math.floor(this.next() * changed.length)]?.[0];
      if (dropped === undefined) return eased;
      eased.set(dropped, this.runs.parameter(dropped).cases[0].key);
    }
  }

  /** Paths of the settings by which messages are there in a run. */
  private reasonsFor(cases: Int16Array): Set<string> {
    const { variables } = this.runs;
    const { problems } = this.foretold();
    const reasons = new Set<string>();
    const follow = (decision: Decision<unknown>): void => {
      if ('take' in decision) return;
      const { setting, branches } = decision;
      const fact = this.foretold().facts[setting];
      if (fact) follow(fact);
      else reasons.add(variables[setting].path);
      follow((branches.find((branch) => branch.cases.includes(cases[setting])) ?? branches[0]).next);
    };
    for (const { when } of problems.kind === 'map' ? problems.entries : []) {
      if (taken(when, cases)) follow(when);
    }
    return reasons;
  }
}
