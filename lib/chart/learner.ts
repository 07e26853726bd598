// Learns from many runs how manifests depend on settings, and asks for more runs until what it learned
// foretells what the code makes.
import { Chance } from './chance';
import { difference } from './comparing';
import { Decision, mapDecision, Outcome, Question, taken } from './decision';
import { Exploration } from './exploration';
import { derived, filled } from './filling';
import { Form } from './forms';
import { Lessons, NO_LESSONS, read, write } from './lessons';
import { Parameter, UNSET, unset } from './parameter';
import { Assignment, Maker, Run, Runs } from './runs';
import { Earlier, evaluate, Layer, Node, Overlay, Settings } from './template-tree';

/** How manifests depend on settings. */
export interface Learned {
  readonly parameters: readonly Parameter[];
  /** Values in values.yaml, by path; absent for settings that are left empty there. */
  readonly defaults: ReadonlyMap<string, string | number | boolean>;
  /** What decisions number: facts, then settings. */
  readonly variables: readonly Parameter[];
  /** The word of each fact, by settings and the facts before it. */
  readonly facts: readonly Decision<string>[];
  readonly manifests: Node;
  /** Which messages there are for which settings. */
  readonly problems: Node;
  /** How often the code was run. */
  readonly runs: number;
  /** What the next time is quicker with. */
  readonly lessons: Lessons;
}

/** How many runs with settings by chance have to be foretold in a row. */
const PROOFS = 600;
/** So many of them are made before what they show is learned, which takes longer than they do. */
const TOGETHER = 150;
/** More than this many corrections mean that the code depends on something else than its settings. */
const MOST_CORRECTIONS = 4_000;
/** So often are runs laid over each other again for what was missing; then by chance it goes on. */
const ROUNDS = 20;

/**
 * Learns how manifests depend on settings.
 *
 * @throws where they depend on them in a way that no template can follow
 */
export function learn(maker: Maker, lessons = NO_LESSONS): Learned {
  return new Learner(new Runs(maker), lessons).learn();
}

class Learner {
  private readonly homes: ReadonlyMap<string, Assignment>;
  private readonly origins: ReadonlyMap<string, Assignment>;
  private readonly defaults: Map<string, string | number | boolean>;
  private samples: Run[] = [];
  private readonly earlier: Earlier[] = [new Map(), new Map(), new Map()];
  public facts: readonly Decision<number>[] = [];
  public problems!: Node;
  private manifests!: Node;

  private readonly withoutDefault = new Set<string>();
  private readonly surprises: string[] = [];

  constructor(
    private readonly runs: Runs,
    lessons: Lessons,
  ) {
    const { homes, origins, defaults } = new Exploration(runs, lessons);
    this.homes = homes;
    this.origins = origins;
    this.defaults = defaults;
    for (const path of lessons.withoutDefault) if (defaults.has(path)) this.dropDefault(path);
    this.collect();
    for (const text of lessons.runs) {
      this.add(this.runs.run(this.known(read(text))));
      this.surprises.push(text);
    }
    this.rebuild();
  }

  /** Cases that there still are. */
  private known(assignment: Assignment): Assignment {
    const { parameters } = this.runs;
    return new Map(
      [...assignment].filter(
        ([path, key]) => parameters.get(path)?.cases.some((one) => one.key === key) ?? key === UNSET,
      ),
    );
  }

  public learn(): Learned {
    this.prove();
    const { runs, defaults, manifests, problems } = this;
    const words = [...runs.facts.values()];
    return {
      parameters: [...runs.parameters.values()],
      defaults,
      variables: runs.variables,
      facts: this.facts.map((decision, fact) => mapDecision(decision, (word) => words[fact][word])),
      manifests,
      problems,
      runs: runs.count,
      lessons: {
        homes: written(this.homes),
        origins: written(this.origins),
        withoutDefault: [...this.withoutDefault],
        runs: this.surprises,
      },
    };
  }

  /** The runs that show each setting's own effect. */
  private collect(): void {
    const contexts = new Map([...this.homes.values()].map((home) => [write(home), home]));
    for (const [id, home] of contexts) {
      const origin = this.add(this.runs.run(home));
      this.compareGenerations(home, origin);
      for (const [path, key] of origin.asked) {
        if (write(this.homes.get(path) as Assignment) !== id) continue;
        for (const one of this.runs.parameter(path).cases) {
          if (one.key === key) continue;
          const changed = new Map([...home, [path, one.key]]);
          const run = this.add(this.runs.run(changed), origin);
          if (one.sample) this.compareGenerations(changed, run);
        }
      }
    }
  }

  /** Other samples of the same kinds must make the same manifests, but for the samples. */
  private compareGenerations(assignment: Assignment, run: Run): void {
    const other = this.runs.run(assignment, 1);
    const place = difference(run.manifests ?? run.problems, other.manifests ?? other.problems);
    if (place === undefined) return;
    const given = [...assignment].map((pair) => pair.join(': ')).join(', ');
    throw new Error(
      `with ${given || 'nothing given'}, ${readable(place)} is made from a setting in a way that no template knows; declare a derivation, or kinds of values`,
    );
  }

  /** Until settings by chance are foretold. */
  private prove(): void {
    const chance = new Chance(this.runs, this.homes, this.defaults, () => this);
    let corrections = 0;
    for (let proofs = 0; proofs < PROOFS; ) {
      const mistakes = this.mistakes(chance);
      proofs = mistakes.size === 0 ? proofs + TOGETHER : 0;
      corrections += mistakes.size;
      if (corrections > MOST_CORRECTIONS)
        throw new Error(`the manifests can't be foretold: ${[...mistakes.keys()][0]}`);
      for (const run of mistakes.values()) {
        // With other cases, what was learned means nothing until it is laid over each other again.
        if (this.correct(run)) break;
      }
      if (mistakes.size > 0) this.rebuild();
    }
  }

  /** Runs with settings by chance that are not foretold, one for each place. */
  private mistakes(chance: Chance): Map<string, Run> {
    const found = new Map<string, Run>();
    for (let number = 0; number < TOGETHER; number++) {
      const run = number % 3 === 0 ? chance.walked() : this.runs.run(chance.settings(number % 3 === 1));
      const wrong = this.wrong(run);
      if (wrong !== undefined && !found.has(wrong)) found.set(wrong, run);
    }
    return found;
  }

  /** Where a run is not as foretold. */
  private wrong(run: Run): string | undefined {
    const compare = (tree: Node, form: Form) =>
      difference(this.concrete(evaluate(tree, run.cases), run), this.concrete(form, run));
    const fact = this.facts.findIndex(
      (decision, index) => run.cases[index] >= 0 && taken(decision, run.cases) !== run.cases[index],
    );
    if (fact >= 0) return `fact ${fact}`;
    const problems = compare(this.problems, run.problems);
    if (problems !== undefined) return `problems${problems}`;
    return run.manifests && compare(this.manifests, run.manifests);
  }

  /** Holes that are known exactly in this run, filled. */
  private concrete(form: Form, { asked }: Run): Form {
    return filled(form, ({ of, by }) => {
      const key = asked.get(of);
      if (key === undefined) return undefined;
      const parameter = this.runs.parameter(of);
      const found = parameter.cases.find((one) => one.key === key);
      if (found) return found.sample || by ? undefined : ((found.value ?? '') as string);
      const value = this.defaults.get(of) as string;
      return by ? derived(parameter, by, value) : value;
    });
  }

  /**
   * Goes back from a run that was not foretold to the first settings, as far as it still is not; and takes it
   * and its neighbours to learn from. Did the cases of a setting change?
   */
  private correct(run: Run): boolean {
    const smallest = this.reduced(run);
    const withoutDefault = [...smallest.asked].filter(
      ([path, key]) => key === UNSET && this.defaults.has(path),
    );
    // What nothing given means depends on other settings, so it is a case of its own.
    for (const [path] of withoutDefault) this.dropDefault(path);
    this.addWithNeighbours(smallest);
    return withoutDefault.length > 0;
  }

  private addWithNeighbours(run: Run): void {
    const added = this.add(run);
    const changed = new Map(
      [...run.asked].filter(([path, key]) => this.runs.parameter(path).cases[0].key !== key),
    );
    this.surprises.push(write(changed));
    for (const path of changed.keys())
      this.add(this.runs.run(new Map([...changed].filter(([one]) => one !== path))), added);
  }

  /** The first settings in the place of as many as can be, while the run is still not as foretold. */
  private reduced(run: Run): Run {
    let assignment = new Map(run.asked);
    let smallest = run;
    const others = [...assignment]
      .filter(([path, key]) => this.runs.parameter(path).cases[0].key !== key)
      .map(([path]) => path);
    const reduce = (paths: readonly string[]): void => {
      const there = paths.filter((path) => assignment.has(path));
      if (there.length === 0) return;
      const fewer = new Map([...assignment].filter(([path]) => !there.includes(path)));
      const tried = this.runs.run(fewer);
      if (this.wrong(tried) !== undefined) {
        assignment = new Map([...fewer].filter(([path]) => tried.asked.has(path)));
        smallest = tried;
      } else if (there.length > 1) {
        const half = Math.ceil(there.length / 2);
        reduce(there.slice(half));
        reduce(there.slice(0, half));
      }
    };
    reduce(others);
    return smallest;
  }

  private dropDefault(path: string): void {
    const parameter = this.runs.parameter(path);
    this.defaults.delete(path);
    this.withoutDefault.add(path);
    this.runs.change(parameter, [unset(), ...parameter.cases]);
    for (const run of this.samples) this.renumber(run);
    for (const decisions of this.earlier) decisions.clear();
  }

  private renumber(run: Run): void {
    Object.assign(run, { cases: this.runs.casesOf(run.asked, run.facts) });
  }

  private add(run: Run, origin?: Outcome): Run {
    const added = { ...run, cases: this.runs.casesOf(run.asked, run.facts), origin };
    this.samples.push(added);
    return added;
  }

  /** Lays the runs over each other, and makes those that are missing. */
  private rebuild(): void {
    for (let round = 0; round < ROUNDS; round++) {
      this.pad();
      const known = new Set(this.samples.map((run) => run.cases.join()));
      const fresh: Run[] = [];
      const overlay = (earlier: Earlier, formOf: (run: Run) => Form | undefined) => {
        const between: Settings['between'] = (one, other, settings) => {
          const run = this.runs.between(one as Run, other as Run, settings);
          const made = { ...run, cases: this.runs.casesOf(run.asked, run.facts), origin: one };
          const id = made.cases.join();
          if (!known.has(id)) fresh.push(made);
          known.add(id);
          const form = formOf(made);
          return form && { run: made, form };
        };
        return new Overlay(this.settings(between, earlier));
      };
      const [ofFacts, ofProblems, ofManifests] = this.earlier;
      const problems = overlay(ofProblems, (run) => run.problems);
      const manifests = overlay(ofManifests, (run) => run.manifests);
      const decided = [...this.runs.facts.keys()].map((_, fact) => {
        const word = (run: Run): Form => ({ kind: 'constant', value: run.cases[fact] });
        const of = overlay(ofFacts, word);
        const layers = this.samples
          .filter((run) => run.cases[fact] >= 0)
          .map((run): Layer => ({ run, form: word(run) }));
        return { decision: of.fact(fact, layers), questions: of.questions };
      });
      this.facts = decided.map(({ decision }) => decision);
      this.problems = problems.tree(this.samples.map((run): Layer => ({ run, form: run.problems })));
      this.manifests = manifests.tree(
        this.samples.flatMap((run): Layer[] => (run.manifests ? [{ run, form: run.manifests }] : [])),
      );
      this.samples.push(...fresh);
      const questions = [
        ...decided.flatMap((one) => one.questions),
        ...problems.questions,
        ...manifests.questions,
      ];
      const answers = questions.flatMap((question) => this.answer(question, known));
      if (fresh.length + answers.length === 0) return;
    }
  }

  private answer({ likes, setting, to }: Question, known: Set<string>): Run[] {
    const { path, cases } = this.runs.variables[setting] as Parameter;
    for (const like of likes as readonly Run[]) {
      const answer = this.runs.run(new Map([...like.asked, [path, cases[to].key]]));
      const id = this.runs.casesOf(answer.asked, answer.facts).join();
      const fresh = !known.has(id);
      known.add(id);
      if (fresh) return [this.add(answer, like)];
      if (answer.manifests) return [];
    }
    return [];
  }

  /** Settings that were first asked for later are not asked for in earlier runs. */
  private pad(): void {
    const { length } = this.runs.variables;
    for (const run of this.samples) if (run.cases.length !== length) this.renumber(run);
  }

  private settings(between: Settings['between'], earlier: Earlier): Settings {
    const { variables } = this.runs;
    return {
      between,
      earlier,
      facts: this.runs.facts.size,
      sizes: variables.map(({ cases }) => cases.length),
      paths: variables.map(({ path }) => path),
      exact: (setting, value) => {
        const { sample, value: exact } = variables[setting].cases[value];
        return sample || exact === undefined ? undefined : (exact as string);
      },
    };
  }
}

/** A place without the words that only this code has for it. */
function readable(place: string): string {
  return place
    .replace(/\{"kind":"(?:constant|text)","(?:value|parts)":("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[\w.]+)\}/g, '$1')
    .replace(/\{"of":"([^"]*)"(?:,"by":"[^"]*")?\}/g, '<$1>');
}

function written(runs: ReadonlyMap<string, Assignment>): Record<string, string> {
  return Object.fromEntries([...runs].map(([path, run]) => [path, write(run)]));
}
