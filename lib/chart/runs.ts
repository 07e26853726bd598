// Runs of the code that makes the manifests: each with other settings, each with its samples recognised.
import { Outcome } from './decision';
import { Form, Hole, Recogniser, Sample, Seen, Sharing } from './forms';
import { HelmValues, NAME_SAMPLES, NAMESPACE_SAMPLES, sampleOf } from './helm-values';
import { Case, Parameter } from './parameter';

/** What the code made of some settings: manifests, and what was wrong with the settings, if anything. */
export interface Made {
  readonly manifests: unknown;
  readonly problems: readonly string[];
}

/** The code that makes the manifests, and how to look at what it made. */
export interface Maker {
  make(values: HelmValues): Made;
  /** Samples that are no setting's, such as stand-ins for generated secrets. */
  readonly samples: readonly Sample[];
  /** Changes what was recognised where Helm has its own ways, such as labels. */
  adapt(form: Form): Form;
}

/** Cases of settings by their paths; what is not named is left to the first case. */
export type Assignment = ReadonlyMap<string, string>;

export interface Run extends Outcome {
  readonly asked: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, string>;
  /** Undefined where something was wrong with the settings. */
  readonly manifests?: Form;
  readonly problems: Form;
}

/** A fact, as decisions see it. */
function factVariable(name: string, words: readonly string[]): Parameter {
  const cases = words.map((word) => ({
    key: word,
    value: word,
    sample: false,
    test: (value: string) =>
      word === 'true' ? value : word === 'false' ? `not (${value})` : `eq (${value}) "${word}"`,
  }));
  return {
    path: `@${name}`,
    type: 'string',
    cases,
    derivations: [],
    schema: {},
    required: false,
    plain: true,
    replaces: false,
    emptyRemoves: false,
    deep: false,
    beneath: false,
  };
}

export class Runs {
  /** All settings that were asked for so far, in the order of their first asking. */
  public readonly parameters = new Map<string, Parameter>();
  /**
   * What else the code told of its runs: names, and the words that it told. Decisions number them before the
   * settings.
   */
  public readonly facts = new Map<string, string[]>();
  public count = 0;
  private readonly made = new Map<string, Run>();
  private readonly sharing = new Sharing();
  private seen?: { readonly count: number; readonly samples: Seen };

  constructor(private readonly maker: Maker) {}

  /** A setting. */
  public parameter(path: string): Parameter {
    const found = this.parameters.get(path);
    if (!found) throw new Error(`${path} was never asked for`);
    return found;
  }

  /** What decisions number: facts, then settings. */
  public get variables(): readonly Parameter[] {
    return [
      ...[...this.facts].map(([name, words]) => factVariable(name, words)),
      ...this.parameters.values(),
    ];
  }

  /** A run like one, with the other's cases of these settings. */
  public between(one: Run, other: Run, settings: readonly number[]): Run {
    const assignment = new Map([...other.asked, ...one.asked]);
    const { variables } = this;
    for (const setting of settings) {
      const { path } = variables[setting] as Parameter;
      assignment.set(path, other.asked.get(path) as string);
    }
    return this.run(assignment);
  }

  /** Takes a setting's other cases from now on. */
  public change(parameter: Parameter, cases: readonly Case[]): void {
    this.parameters.set(parameter.path, { ...parameter, cases });
    this.made.clear();
  }

  /** Runs the code. Equal runs are made once. */
  public run(assignment: Assignment, generation: 0 | 1 = 0): Run {
    const id = `${generation} ${[...assignment]
      .map((pair) => pair.join('='))
      .sort()
      .join(' ')}`;
    let run = this.made.get(id);
    if (!run) {
      run = this.choosing(
        (parameter) => assignment.get(parameter.path) ?? parameter.cases[0].key,
        generation,
      );
      this.made.set(id, run);
    }
    return run;
  }

  /** Runs the code with whatever is chosen. */
  public choosing(choose: (parameter: Parameter) => string, generation: 0 | 1 = 0): Run {
    this.count++;
    const values = HelmValues._of(this.parameters, { generation, choose });
    const { manifests, problems } = this.maker.make(values);
    const recogniser = new Recogniser(this.samplesOf(values._asked, generation), this.seenSamples());
    return {
      asked: values._asked,
      facts: values._facts,
      cases: this.casesOf(values._asked, values._facts),
      ...(problems.length === 0 && {
        manifests: this.sharing.share(this.maker.adapt(recogniser.recognise(manifests))),
      }),
      // By their texts, since their order means nothing.
      problems: recogniser.recognise(Object.fromEntries(problems.map((problem) => [problem, true]))),
    };
  }

  /** For each fact and each setting the index of its case. */
  public casesOf(asked: ReadonlyMap<string, string>, told: ReadonlyMap<string, string>): Int16Array {
    for (const [name, word] of told) {
      const words = this.facts.get(name) ?? [];
      if (!words.includes(word)) this.facts.set(name, [...words, word]);
    }
    const cases = new Int16Array(this.facts.size + this.parameters.size).fill(-1);
    let index = 0;
    for (const [name, words] of this.facts) cases[index++] = words.indexOf(told.get(name) ?? '');
    for (const parameter of this.parameters.values()) {
      const key = asked.get(parameter.path);
      // Nothing given is the first case, where it is no case of its own: that is the one with the default.
      if (key !== undefined)
        cases[index] = Math.max(
          0,
          parameter.cases.findIndex((one) => one.key === key),
        );
      index++;
    }
    return cases;
  }

  /** Looks texts through for any sample that there is. */
  private seenSamples(): Seen {
    const count = this.parameters.size;
    if (this.seen?.count === count) return this.seen.samples;
    const all = [...this.parameters.values()].flatMap(({ cases, derivations }) =>
      cases
        .filter(({ sample }) => sample)
        .flatMap(({ value }) =>
          (value as unknown[]).flatMap((one) => [one, ...derivations.map(({ apply }) => apply(one))]),
        ),
    );
    const samples = new Seen([
      ...NAME_SAMPLES,
      ...NAMESPACE_SAMPLES,
      ...this.maker.samples.map(({ value }) => value),
      ...all,
    ]);
    this.seen = { count, samples };
    return samples;
  }

  private samplesOf(asked: ReadonlyMap<string, string>, generation: 0 | 1): Sample[] {
    const samples: Sample[] = [
      { hole: { of: '@name' }, value: NAME_SAMPLES[generation] },
      { hole: { of: '@namespace' }, value: NAMESPACE_SAMPLES[generation] },
      ...this.maker.samples,
    ];
    for (const [path, key] of asked) {
      const parameter = this.parameters.get(path) as Parameter;
      const found = parameter.cases.find((one) => one.key === key);
      if (!found?.sample) continue;
      const value = sampleOf(found, generation);
      samples.push({ hole: { of: path }, value });
      for (const { name, apply } of parameter.derivations) {
        const derived = apply(value);
        if (derived !== undefined && derived !== value)
          samples.push({ hole: { of: path, by: name } satisfies Hole, value: derived });
      }
    }
    return samples;
  }
}
