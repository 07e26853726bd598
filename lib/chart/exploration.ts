// Finds a chart's settings: which there are, with which others each is asked for, and what each is where
// nothing is given.
import { normal } from './comparing';
import { constantFor, derived, filled } from './filling';
import { Hole } from './forms';
import { Lessons, read } from './lessons';
import { Parameter, UNSET } from './parameter';
import { Assignment, Runs } from './runs';

export class Exploration {
  /** The settings with which a setting is asked for. */
  public readonly homes = new Map<string, Assignment>();
  /** Values of settings where nothing is given. */
  public readonly defaults = new Map<string, string | number | boolean>();
  /** Settings whose homes were told. */
  private readonly known = new Set<string>();
  /** Cases that made others fine, the last one first: it is likely to do so again. */
  private helpers: [path: string, key: string][] = [];
  /** Settings with which one is fine that is refused by itself. */
  private readonly witnesses = new Map<string, Assignment>();

  /** Where a setting was asked for first, if that shows nothing of it. */
  public readonly origins = new Map<string, Assignment>();

  constructor(
    private readonly runs: Runs,
    { homes, origins }: Lessons,
  ) {
    for (const [path, text] of Object.entries(homes)) {
      const home = read(text);
      if (!runs.run(home).asked.has(path)) continue;
      this.homes.set(path, home);
      this.known.add(path);
      const origin = origins[path];
      if (origin !== undefined) this.origins.set(path, read(origin));
    }
    this.explore(new Map());
    this.findDefaults();
  }

  /** Finds all settings, and with which others each is asked for. */
  private explore(given: Assignment, changed?: string): void {
    const context = this.accepted(given);
    if (changed !== undefined && context !== given) {
      this.witnesses.set(changed, new Map([...context].filter(([path]) => path !== changed)));
    }
    const { asked } = this.runs.run(context);
    const fresh = [...asked.keys()].filter((path) => !this.homes.has(path));
    for (const path of fresh) this.homes.set(path, context);
    for (const path of fresh) {
      for (const { key } of this.runs.parameter(path).cases.slice(1))
        this.explore(new Map([...context, [path, key]]), path);
    }
  }

  /**
   * Settings that are refused by themselves, such as a page without a way in, with one more that makes them
   * fine.
   */
  private accepted(context: Assignment): Assignment {
    // Nothing makes up for what must be given.
    const missing = [...context].some(([path, key]) => key === UNSET && this.runs.parameter(path).required);
    if (missing || this.runs.run(context).manifests) return context;
    const all = [...this.runs.parameters.values()].flatMap(({ path, cases }) =>
      cases.slice(1).map(({ key }): [string, string] => [path, key]),
    );
    for (const [path, key] of [...this.helpers, ...all]) {
      if (context.has(path)) continue;
      const more = new Map([...context, [path, key]]);
      if (!this.runs.run(more).manifests) continue;
      this.helpers = [[path, key], ...this.helpers.filter(([one, case_]) => one !== path || case_ !== key)];
      return more;
    }
    return context;
  }

  /** Settings with which a setting makes a difference. */
  private telling({ path, cases }: Parameter): Assignment {
    const home = this.homes.get(path) as Assignment;
    const tells = (context: Assignment) => {
      const [first, ...others] = cases.map(
        ({ key }) => this.runs.run(new Map([...context, [path, key]])).manifests,
      );
      return first !== undefined && others.some((other) => other && normal(other) !== normal(first));
    };
    if (tells(home)) return home;
    const witness = this.witnesses.get(path);
    if (witness && tells(witness)) {
      this.move(path, witness);
      return witness;
    }
    // An earlier exploration looked for one in vain.
    if (this.known.has(path)) return home;
    for (const other of [...this.runs.parameters.values()]) {
      if (other.path === path || home.has(other.path) || this.homes.get(other.path)?.size !== 0) continue;
      for (const { key } of other.cases.slice(1)) {
        const more = new Map([...home, [other.path, key]]);
        if (!tells(more)) continue;
        this.move(path, more);
        return more;
      }
    }
    return home;
  }

  private move(path: string, home: Assignment): void {
    this.origins.set(path, this.homes.get(path) as Assignment);
    this.homes.set(path, home);
  }

  /** Takes each setting's default instead of nothing, once all are found: that changes all runs. */
  private findDefaults(): void {
    const found = [...this.runs.parameters.values()].flatMap((parameter): [Parameter, string][] => {
      const key = this.findDefault(parameter);
      return key === undefined ? [] : [[parameter, key]];
    });
    for (const [parameter, key] of found) {
      const rest = parameter.cases.slice(1);
      this.runs.change(parameter, [
        ...rest.filter((one) => one.key === key),
        ...rest.filter((one) => one.key !== key),
      ]);
    }
  }

  /**
   * What a setting is where nothing is given: the case or the value that makes the same manifests. Answers
   * the case.
   */
  private findDefault(parameter: Parameter): string | undefined {
    const { path, cases } = parameter;
    if (parameter.given) {
      const { value } = parameter.given;
      if (value !== undefined && value !== null && typeof value !== 'object')
        this.defaults.set(path, value as string);
      return undefined;
    }
    if (cases[0].key !== UNSET) return undefined;
    const first = this.origins.get(path) ?? (this.homes.get(path) as Assignment);
    const home = this.telling(parameter);
    const nothing = this.runs.run(home);
    if (!nothing.manifests) return undefined;
    for (const { key, value, sample } of cases.slice(1)) {
      const { manifests } = this.runs.run(new Map([...home, [path, key]]));
      // It must be fine wherever nothing is, too.
      if (
        !manifests ||
        (this.runs.run(first).manifests && !this.runs.run(new Map([...first, [path, key]])).manifests)
      )
        continue;
      const constant = sample
        ? constantFor(path, manifests, nothing.manifests)
        : (value as string | number | boolean);
      if (constant === undefined || constant === '') continue;
      const found = parameter.type === 'integer' ? Number(constant) : constant;
      const fill = ({ of, by }: Hole) =>
        of !== path ? undefined : by ? derived(parameter, by, found) : found;
      if (normal(sample ? filled(manifests, fill) : manifests) !== normal(nothing.manifests)) continue;
      this.defaults.set(path, found);
      return key;
    }
    return undefined;
  }
}
