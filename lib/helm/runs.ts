// Runs of the code that makes the manifests: each with other settings, each with its samples recognised.
import { Outcome } from './decision';
import { Form, Hole, Recogniser, Sample, Sharing } from './forms';
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
  /** Undefined where something was wrong with the settings. */
  readonly manifests?: Form;
  readonly problems: Form;
}

export class Runs {
  /** All settings that were asked for so far, in the order of their first asking. */
  public readonly parameters = new Map<string, Parameter>();
  public count = 0;
  private readonly made = new Map<string, Run>();
  private readonly sharing = new Sharing();

  constructor(private readonly maker: Maker) {}

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
      run = this.choosing((parameter) => assignment.get(parameter.path) ?? parameter.cases[0].key, generation);
      this.made.set(id, run);
    }
    return run;
  }

  /** Runs the code with whatever is chosen. */
  public choosing(choose: (parameter: Parameter) => string, generation: 0 | 1 = 0): Run {
    this.count++;
    const values = new HelmValues(this.parameters, { generation, choose });
    const { manifests, problems } = this.maker.make(values);
    const recogniser = new Recogniser(this.samplesOf(values._asked, generation));
    return {
      asked: values._asked,
      cases: this.casesOf(values._asked),
      ...(problems.length === 0 && { manifests: this.sharing.share(this.maker.adapt(recogniser.recognise(manifests))) }),
      // By their texts, since their order means nothing.
      problems: recogniser.recognise(Object.fromEntries(problems.map((problem) => [problem, true]))),
    };
  }

  /** For each setting the index of its case. */
  public casesOf(asked: ReadonlyMap<string, string>): Int16Array {
    const cases = new Int16Array(this.parameters.size).fill(-1);
    let index = 0;
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
        if (derived !== undefined && derived !== value) samples.push({ hole: { of: path, by: name } satisfies Hole, value: derived });
      }
    }
    return samples;
  }
}
