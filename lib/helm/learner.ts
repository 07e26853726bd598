// Learns from many runs how manifests depend on settings, and asks for more runs until what it learned foretells what the code makes.
import { Outcome, Question, taken } from './decision';
import { Entry, Form, Hole, Item, textOf } from './forms';
import { Parameter, UNSET, unset } from './parameter';
import { Assignment, Maker, Run, Runs } from './runs';
import { evaluate, Layer, Node, Overlay, Settings } from './template-tree';

/** How manifests depend on settings. */
export interface Learned {
  readonly parameters: readonly Parameter[];
  /** Values in values.yaml, by path; absent for settings that are left empty there. */
  readonly defaults: ReadonlyMap<string, string | number | boolean>;
  readonly manifests: Node;
  /** Which messages there are for which settings. */
  readonly problems: Node;
  /** How often the code was run. */
  readonly runs: number;
}

/** How many runs with settings by chance have to be foretold in a row. */
const PROOFS = 150;
/** So many of them are made before what they show is learned, which takes longer than they do. */
const TOGETHER = 30;
/** More than this many corrections mean that the code depends on something else than its settings. */
const MOST_CORRECTIONS = 4_000;

/**
 * Learns how manifests depend on settings.
 *
 * @throws where they depend on them in a way that no template can follow
 */
export function learn(maker: Maker): Learned {
  return new Learner(maker).learn();
}

class Learner {
  private readonly runs: Runs;
  /** The settings with which a setting is asked for. */
  private readonly homes = new Map<string, Assignment>();
  private readonly defaults = new Map<string, string | number | boolean>();
  /** Cases that made others fine, the last one first: it is likely to do so again. */
  private helpers: [path: string, key: string][] = [];
  /** Settings with which one is fine that is refused by itself. */
  private readonly witnesses = new Map<string, Assignment>();
  private samples: Run[] = [];
  private manifests!: Node;
  private problems!: Node;

  constructor(maker: Maker) {
    this.runs = new Runs(maker);
  }

  public learn(): Learned {
    this.explore(new Map());
    this.findDefaults();
    this.collect();
    this.prove();
    return {
      parameters: [...this.runs.parameters.values()],
      defaults: this.defaults,
      manifests: this.manifests,
      problems: this.problems,
      runs: this.runs.count,
    };
  }

  /** Finds all settings, and with which others each is asked for. */
  private explore(given: Assignment, changed?: string): void {
    this.runs.run(given);
    const context = this.accepted(given);
    if (changed !== undefined && context !== given) {
      this.witnesses.set(changed, new Map([...context].filter(([path]) => path !== changed)));
    }
    const { asked } = this.runs.run(context);
    const fresh = [...asked.keys()].filter((path) => !this.homes.has(path));
    for (const path of fresh) this.homes.set(path, context);
    for (const path of fresh) {
      for (const { key } of this.parameter(path).cases.slice(1)) this.explore(new Map([...context, [path, key]]), path);
    }
  }

  /** Settings that are refused by themselves, such as a page without a way in, with one more that makes them fine. */
  private accepted(context: Assignment): Assignment {
    // Nothing makes up for what must be given.
    const missing = [...context].some(([path, key]) => key === UNSET && this.parameter(path).required);
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
      const [first, ...others] = cases.map(({ key }) => this.runs.run(new Map([...context, [path, key]])).manifests);
      return first !== undefined && others.some((other) => other && normal(other) !== normal(first));
    };
    if (tells(home)) return home;
    const witness = this.witnesses.get(path);
    if (witness && tells(witness)) {
      this.homes.set(path, witness);
      return witness;
    }
    for (const other of [...this.runs.parameters.values()]) {
      if (other.path === path || home.has(other.path) || this.homes.get(other.path)?.size !== 0) continue;
      for (const { key } of other.cases.slice(1)) {
        const more = new Map([...home, [other.path, key]]);
        if (!tells(more)) continue;
        this.homes.set(path, more);
        return more;
      }
    }
    return home;
  }

  /** Takes each setting's default instead of nothing, once all are found: that changes all runs. */
  private findDefaults(): void {
    const found = [...this.runs.parameters.values()].flatMap((parameter): [Parameter, string][] => {
      const key = this.findDefault(parameter);
      return key === undefined ? [] : [[parameter, key]];
    });
    for (const [parameter, key] of found) {
      const rest = parameter.cases.slice(1);
      this.runs.change(parameter, [...rest.filter((one) => one.key === key), ...rest.filter((one) => one.key !== key)]);
    }
  }

  /** What a setting is where nothing is given: the case or the value that makes the same manifests. Answers the case. */
  private findDefault(parameter: Parameter): string | undefined {
    const { path, cases } = parameter;
    if (parameter.given) {
      const { value } = parameter.given;
      if (value !== undefined && value !== null && typeof value !== 'object') this.defaults.set(path, value as string);
      return undefined;
    }
    if (cases[0].key !== UNSET) return undefined;
    const first = this.homes.get(path) as Assignment;
    const home = this.telling(parameter);
    const nothing = this.runs.run(home);
    if (!nothing.manifests) return undefined;
    for (const { key, value, sample } of cases.slice(1)) {
      const { manifests } = this.runs.run(new Map([...home, [path, key]]));
      // It must be fine wherever nothing is, too.
      if (!manifests || (this.runs.run(first).manifests && !this.runs.run(new Map([...first, [path, key]])).manifests)) continue;
      const constant = sample ? constantFor(path, manifests, nothing.manifests) : (value as string | number | boolean);
      if (constant === undefined || constant === '') continue;
      const found = parameter.type === 'integer' ? Number(constant) : constant;
      const fill = ({ of, by }: Hole) => (of !== path ? undefined : by ? derived(parameter, by, found) : found);
      if (normal(sample ? filled(manifests, fill) : manifests) !== normal(nothing.manifests)) continue;
      this.defaults.set(path, found);
      return key;
    }
    return undefined;
  }

  /** The runs that show each setting's own effect. */
  private collect(): void {
    this.samples = [];
    const contexts = new Map([...this.homes.values()].map((home) => [textOfAssignment(home), home]));
    for (const [id, home] of contexts) {
      const origin = this.add(this.runs.run(home));
      this.compareGenerations(home, origin);
      for (const [path, key] of origin.asked) {
        if (textOfAssignment(this.homes.get(path) as Assignment) !== id) continue;
        for (const one of this.parameter(path).cases) {
          if (one.key === key) continue;
          const changed = new Map([...home, [path, one.key]]);
          const run = this.add(this.runs.run(changed), origin);
          if (one.sample) this.compareGenerations(changed, run);
        }
      }
    }
    this.rebuild();
  }

  /** Other samples of the same kinds must make the same manifests, but for the samples. */
  private compareGenerations(assignment: Assignment, run: Run): void {
    const other = this.runs.run(assignment, 1);
    const place = difference(run.manifests ?? run.problems, other.manifests ?? other.problems);
    if (place === undefined) return;
    const given = [...assignment].map((pair) => pair.join(': ')).join(', ');
    throw new Error(
      `with ${given || 'nothing given'}, ${place} is made from a setting in a way that no template knows; declare a derivation, or kinds of values`,
    );
  }

  /** Until settings by chance are foretold. */
  private prove(): void {
    const chance = random(2_026);
    let corrections = 0;
    for (let proofs = 0; proofs < PROOFS; ) {
      const mistakes = this.mistakes(chance);
      proofs = mistakes.size === 0 ? proofs + TOGETHER : 0;
      corrections += mistakes.size;
      if (corrections > MOST_CORRECTIONS) throw new Error(`the manifests can't be foretold: ${[...mistakes.keys()][0]}`);
      for (const run of mistakes.values()) {
        // With other cases, what was learned means nothing until it is laid over each other again.
        if (this.correct(run)) break;
      }
      if (mistakes.size > 0) this.rebuild();
    }
  }

  /** Runs with settings by chance that are not foretold, one for each place. */
  private mistakes(chance: () => number): Map<string, Run> {
    const found = new Map<string, Run>();
    for (let number = 0; number < TOGETHER; number++) {
      for (let run: Run | undefined = this.byChance(chance); run; run = run.manifests ? undefined : this.eased(run, chance)) {
        const wrong = this.wrong(run);
        if (wrong !== undefined && !found.has(wrong)) found.set(wrong, run);
      }
    }
    return found;
  }

  /** A run that was refused, without one of the settings that were the reason. */
  private eased(run: Run, chance: () => number): Run | undefined {
    const reasons = reasonsFor(this.problems, run.cases);
    const paths = [...this.runs.parameters.keys()];
    const changed = [...run.asked].filter(([path, key]) => reasons.has(paths.indexOf(path)) && this.parameter(path).cases[0].key !== key);
    if (changed.length === 0) return undefined;
    const [dropped] = changed[Math.floor(chance() * changed.length)];
    return this.runs.run(new Map([...run.asked].filter(([path]) => path !== dropped)));
  }

  private byChance(chance: () => number): Run {
    return this.runs.choosing(({ cases, path, given }) => {
      // Mostly the first case, so that parts which need each other's absence are seen too.
      if (chance() < 0.6) return cases[0].key;
      if (this.defaults.has(path) && !given && chance() < 0.3) return UNSET;
      return cases[Math.floor(chance() * cases.length)].key;
    });
  }

  /** Where a run is not as foretold. */
  private wrong(run: Run): string | undefined {
    const compare = (tree: Node, form: Form) => difference(this.concrete(evaluate(tree, run.cases), run), this.concrete(form, run));
    const problems = compare(this.problems, run.problems);
    if (problems !== undefined) return `problems${problems}`;
    return run.manifests && compare(this.manifests, run.manifests);
  }

  /** Holes that are known exactly in this run, filled. */
  private concrete(form: Form, { asked }: Run): Form {
    return filled(form, ({ of, by }) => {
      const key = asked.get(of);
      if (key === undefined) return undefined;
      const parameter = this.parameter(of);
      const found = parameter.cases.find((one) => one.key === key);
      if (found) return found.sample || by ? undefined : ((found.value ?? '') as string);
      const value = this.defaults.get(of) as string;
      return by ? derived(parameter, by, value) : value;
    });
  }

  /**
   * Goes back from a run that was not foretold to the first settings, as far as it still is not; and takes it and its neighbours to learn from. Did the cases
   * of a setting change?
   */
  private correct(run: Run): boolean {
    let assignment = new Map(run.asked);
    let smallest = run;
    for (const [path, key] of [...assignment].reverse()) {
      if (this.parameter(path).cases[0].key === key) continue;
      const fewer = new Map(assignment);
      fewer.delete(path);
      const tried = this.runs.run(fewer);
      if (this.wrong(tried) === undefined) continue;
      assignment = new Map([...fewer].filter(([one]) => tried.asked.has(one)));
      smallest = tried;
    }
    const withoutDefault = [...smallest.asked].filter(([path, key]) => key === UNSET && this.defaults.has(path));
    if (withoutDefault.length > 0) {
      // What nothing given means depends on other settings, so it is a case of its own.
      for (const [path] of withoutDefault) this.dropDefault(path);
    }
    const added = this.add(smallest);
    for (const [path, key] of smallest.asked) {
      if (this.parameter(path).cases[0].key === key) continue;
      const fewer = new Map(assignment);
      fewer.delete(path);
      this.add(this.runs.run(fewer), added);
    }
    return withoutDefault.length > 0;
  }

  private dropDefault(path: string): void {
    const parameter = this.parameter(path);
    this.defaults.delete(path);
    this.runs.change(parameter, [unset(), ...parameter.cases]);
    for (const run of this.samples) Object.assign(run, { cases: this.runs.casesOf(run.asked) });
  }

  private add(run: Run, origin?: Outcome): Run {
    const added = { ...run, cases: this.runs.casesOf(run.asked), origin };
    this.samples.push(added);
    return added;
  }

  /** Lays the runs over each other, and makes those that are missing. */
  private rebuild(): void {
    for (let rounds = 0; ; rounds++) {
      const overlay = new Overlay(this.settings());
      this.pad();
      this.problems = overlay.tree(this.samples.map((run): Layer => ({ run, form: run.problems })));
      this.manifests = overlay.tree(this.samples.flatMap((run): Layer[] => (run.manifests ? [{ run, form: run.manifests }] : [])));
      const known = new Set(this.samples.map((run) => run.cases.join()));
      const fresh = overlay.questions.flatMap((question) => this.answer(question, known));
      if (fresh.length === 0 || rounds > 20) return;
    }
  }

  private answer({ like, setting, to }: Question, known: Set<string>): Run[] {
    const run = this.samples.find((one) => one === like) as Run;
    const path = [...this.runs.parameters.keys()][setting];
    const assignment = new Map([...run.asked, [path, this.parameter(path).cases[to].key]]);
    const answer = this.runs.run(assignment);
    const id = this.runs.casesOf(answer.asked).join();
    if (known.has(id)) return [];
    known.add(id);
    return [this.add(answer, run)];
  }

  /** Settings that were first asked for later are not asked for in earlier runs. */
  private pad(): void {
    const { size } = this.runs.parameters;
    this.samples.forEach((run) => {
      if (run.cases.length !== size) Object.assign(run, { cases: this.runs.casesOf(run.asked) });
    });
  }

  private settings(): Settings {
    const all = [...this.runs.parameters.values()];
    return {
      sizes: all.map(({ cases }) => cases.length),
      paths: all.map(({ path }) => path),
      exact: (setting, value) => {
        const { sample, value: exact } = all[setting].cases[value];
        return sample || exact === undefined ? undefined : (exact as string);
      },
    };
  }

  private parameter(path: string): Parameter {
    const found = this.runs.parameters.get(path);
    if (!found) throw new Error(`${path} was never asked for`);
    return found;
  }
}

function textOfAssignment(assignment: Assignment): string {
  return [...assignment].map((pair) => pair.join('=')).join(' ');
}

/** The settings by which messages are there in a run. */
function reasonsFor(problems: Node, cases: Int16Array): Set<number> {
  const reasons = new Set<number>();
  for (const { when } of problems.kind === 'map' ? problems.entries : []) {
    if (!taken(when, cases)) continue;
    for (let decision = when; 'setting' in decision; ) {
      const { setting, branches } = decision;
      reasons.add(setting);
      decision = (branches.find((branch) => branch.cases.includes(cases[setting])) ?? branches[0]).next;
    }
  }
  return reasons;
}

function derived({ derivations }: Parameter, name: string, value: string | number | boolean): string | number | undefined {
  return derivations.find((one) => one.name === name)?.apply(value) as string | number | undefined;
}

/** Where two manifests differ, or undefined. The order of a map's entries makes no difference. */
function difference(one: Form, other: Form, at = ''): string | undefined {
  if (normal(one) === normal(other)) return undefined;
  if (one.kind === 'yaml' && other.kind === 'yaml') return difference(one.document, other.document, `${at}|`);
  if (one.kind === 'map' && other.kind === 'map') {
    const id = (entry: Entry) => ('spread' in entry ? textOf(entry) : textOf(entry.key));
    const [mine, others] = [one, other].map(({ entries }) => new Map(entries.map((entry) => [id(entry), entry])));
    for (const key of new Set([...mine.keys(), ...others.keys()])) {
      const [a, b] = [mine.get(key), others.get(key)];
      if (!a || !b) return `${at}/${key} (${a ? 'only foretold' : 'not foretold'})`;
      const inner = 'value' in a && 'value' in b ? difference(a.value, b.value, `${at}/${key}`) : undefined;
      if (inner) return inner;
    }
  }
  if (one.kind === 'list' && other.kind === 'list' && one.items.length === other.items.length) {
    for (const [index, item] of one.items.entries()) {
      const counterpart = other.items[index];
      const inner = 'value' in item && 'value' in counterpart ? difference(item.value, counterpart.value, `${at}/${index}`) : undefined;
      if (inner) return inner;
    }
  }
  return `${at}: ${textOf(one).slice(0, 300)} and ${textOf(other).slice(0, 300)}`;
}

const normals = new WeakMap<object, string>();
const numbers = new Map<string, string>();
/** A text that is the same for manifests that mean the same: the number of what they look like. */
function normal(form: Form): string {
  const known = normals.get(form);
  if (known !== undefined) return known;
  const text = looks(form);
  const number = numbers.get(text) ?? `#${numbers.size}`;
  numbers.set(text, number);
  normals.set(form, number);
  return number;
}

function looks(form: Form): string {
  switch (form.kind) {
    case 'map':
      return `{${form.entries
        .map((entry) => ('spread' in entry ? `*${textOf(entry)}` : `${textOf(entry.key)}:${normal(entry.value)}`))
        .sort()
        .join()}}`;
    case 'list':
      return `[${form.items.map((item) => ('spread' in item ? `*${textOf(item)}` : normal(item.value))).join()}]`;
    case 'yaml':
      return `|${normal(form.document)}`;
    default:
      return textOf(form);
  }
}

/** Fills holes whose values are known. */
function filled(form: Form, valueAt: (hole: Hole) => string | number | boolean | undefined): Form {
  switch (form.kind) {
    case 'hole': {
      const value = valueAt(form.hole);
      return value === undefined ? form : { kind: 'constant', value };
    }
    case 'text': {
      const parts = form.parts.map((part) =>
        typeof part === 'string' ? part : String(valueAt(part) ?? '\0') === '\0' ? part : String(valueAt(part)),
      );
      const joined = parts.reduce<(string | Hole)[]>((all, part) => {
        const last = all.at(-1);
        if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
        else all.push(part);
        return all;
      }, []);
      return joined.every((part) => typeof part === 'string')
        ? { kind: 'constant', value: joined.join('') }
        : { kind: 'text', parts: joined };
    }
    case 'yaml':
      return { kind: 'yaml', document: filled(form.document, valueAt) };
    case 'map':
      return {
        kind: 'map',
        entries: form.entries.map(
          (entry): Entry => ('spread' in entry ? entry : { key: filled(entry.key, valueAt), value: filled(entry.value, valueAt) }),
        ),
      };
    case 'list':
      return { kind: 'list', items: form.items.map((item): Item => ('spread' in item ? item : { value: filled(item.value, valueAt) })) };
    default:
      return form;
  }
}

/** What stands in other manifests where these have a setting's value. */
function constantFor(path: string, manifests: Form, other: Form): string | number | boolean | undefined {
  if (manifests.kind === 'hole' && manifests.hole.of === path && !manifests.hole.by) {
    return other.kind === 'constant' && other.value !== null ? other.value : undefined;
  }
  if (manifests.kind === 'text')
    return constantIn(path, manifests.parts, other.kind === 'text' ? other.parts : other.kind === 'constant' ? [String(other.value)] : []);
  if (manifests.kind === 'yaml' && other.kind === 'yaml') return constantFor(path, manifests.document, other.document);
  if (manifests.kind === 'map' && other.kind === 'map') {
    const others = new Map(other.entries.flatMap((entry) => ('key' in entry ? [[textOf(entry.key), entry.value] as const] : [])));
    for (const entry of manifests.entries) {
      const counterpart = 'key' in entry ? others.get(textOf(entry.key)) : undefined;
      const found = 'key' in entry && counterpart ? constantFor(path, entry.value, counterpart) : undefined;
      if (found !== undefined) return found;
    }
  }
  if (manifests.kind === 'list' && other.kind === 'list' && manifests.items.length === other.items.length) {
    for (const [index, item] of manifests.items.entries()) {
      const counterpart = other.items[index];
      const found = 'value' in item && 'value' in counterpart ? constantFor(path, item.value, counterpart.value) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The text in one place of another text's parts: what lies between what the two begin and end with. */
function constantIn(path: string, parts: readonly (string | Hole)[], other: readonly (string | Hole)[]): string | undefined {
  const index = parts.findIndex((part) => typeof part !== 'string' && part.of === path && !part.by);
  if (index < 0) return undefined;
  const write = (some: readonly (string | Hole)[]) =>
    some.map((part) => (typeof part === 'string' ? part : `\0${JSON.stringify(part)}\0`)).join('');
  const [whole, before, after] = [write(other), write(parts.slice(0, index)), write(parts.slice(index + 1))];
  if (!whole.startsWith(before) || !whole.endsWith(after) || whole.length < before.length + after.length) return undefined;
  const between = whole.slice(before.length, whole.length - after.length);
  return between.includes('\0') ? undefined : between;
}

/** The same numbers from 0 to below 1 each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
