// The settings of a chart as its author's code asks for them. What was asked for becomes values.yaml; each
// answer is a sample.
import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Case, Derivation, Parameter, UNSET, unset, ValueType } from './parameter';

/** What a setting is, besides its place. */
export interface HelmParameterOptions {
  /**
   * The member of this library's API that the setting is for, e.g. `RegistryServiceOptions.port`: its
   * description becomes the setting's.
   *
   * @default - none; then give a description
   */
  readonly property?: string;

  /**
   * What the setting is for, in the words of people who have only values.yaml.
   *
   * @default - that of the property
   */
  readonly description?: string;

  /**
   * The value in values.yaml.
   *
   * @default - what the manifests have where nothing is given
   */
  readonly defaultValue?: any;

  /**
   * Must it be given, where it is asked for at all?
   *
   * @default false
   */
  readonly required?: boolean;

  /**
   * Keywords of JSON Schema for its value, besides type and description: `pattern`, `minimum`, …
   *
   * @default - none
   */
  readonly schema?: { [key: string]: any };

  /**
   * Two valid values that occur nowhere else in the manifests, by which the writer finds where the value
   * goes. Needed for maps and lists, and where not every word or number is valid.
   *
   * @default - words and numbers that are made up
   */
  readonly samples?: any[];
}

/** More about a setting into which the library looks. @internal */
export interface _KindsOptions extends HelmParameterOptions {
  /**
   * Kinds of values that make a difference, each with two samples of it, or one that it is exactly.
   * Expressions get the value as `value`.
   */
  readonly kinds?: Readonly<
    Record<string, { readonly samples: readonly unknown[]; readonly test: (value: string) => string }>
  >;
  readonly derivations?: readonly Derivation[];
}

/** More about a text or a number. @internal */
export interface _ScalarOptions extends _KindsOptions {
  readonly plain?: boolean;
  readonly computed?: string;
}

/** More about a map. @internal */
export interface _MapOptions extends _KindsOptions {
  readonly replaces?: boolean | readonly string[];
  readonly emptyRemoves?: boolean;
  readonly deep?: boolean;
  readonly beneath?: boolean;
}

/** How an assignment answers: by the key of the case that is to be taken. @internal */
export interface _Chooser {
  choose(parameter: Parameter): string;
  readonly generation: 0 | 1;
}

/**
 * The settings of a chart. The code that makes the manifests asks for them, is given samples, and is run with
 * many of them, so it must not do anything but make manifests.
 *
 * @example
 * class MottoChart extends HelmChart {
 *   constructor() {
 *     super({ name: 'motto', version: '1.0.0', description: 'A motto.' });
 *   }
 *
 *   protected compose(chart: Chart, values: HelmValues): void {
 *     if (!values.flag('enabled', { description: 'Whether there is one.', defaultValue: true })) return;
 *     const motto = values.choice('motto', ['Ship it', 'Measure twice'], { description: 'Which one.', required: true });
 *     new ConfigMap(chart, 'config', { metadata: { name: values.name }, data: { motto } });
 *   }
 * }
 *
 * new MottoChart().write('chart/motto');
 */
export class HelmValues {
  /** What was asked for in this run, in order, with the case that was taken. @internal */
  public readonly _asked = new Map<string, string>();

  /** What was told in this run. @internal */
  public readonly _facts = new Map<string, string>();

  /**
   * Settings that answer as the chooser says. What is asked for the first time is added to those that are
   * known. @internal
   */
  public static _of(known: Map<string, Parameter>, chooser: _Chooser): HelmValues {
    return new HelmValues(known, chooser);
  }

  private constructor(
    private readonly known: Map<string, Parameter>,
    private readonly chooser: _Chooser,
  ) {}

  /** Name of the release's objects, to be used as the registry's name. */
  public get name(): string {
    return NAME_SAMPLES[this.chooser.generation];
  }

  /** The release's namespace. */
  public get namespace(): string {
    return NAMESPACE_SAMPLES[this.chooser.generation];
  }

  /**
   * A switch.
   *
   * @param path where it stands in values.yaml, e.g. `ingress.enabled`
   * @param options what it is
   */
  public flag(path: string, options: HelmParameterOptions = {}): boolean | undefined {
    const cases = [
      exactly('false', false, (value) => `not ${value}`),
      exactly('true', true, (value) => value),
    ];
    return this.ask(path, 'boolean', options, () => ({ cases: given(options, cases) }));
  }

  /**
   * One of several words.
   *
   * @param path where it stands in values.yaml
   * @param choices the words
   * @param options what it is
   */
  public choice(path: string, choices: string[], options: HelmParameterOptions = {}): any {
    const cases = choices.map((choice) =>
      exactly(choice, choice, (value) => `eq ${value} ${JSON.stringify(choice)}`),
    );
    return this.ask(path, 'string', options, () => ({
      cases: given(options, cases),
      schema: { enum: choices },
    }));
  }

  /**
   * A text.
   *
   * @param path where it stands in values.yaml
   * @param options what it is
   */
  public text(path: string, options: HelmParameterOptions = {}): string | undefined {
    return this.ask(path, 'string', options, (id) => this.scalar(options, [`zq${id}aq`, `zq${id}bq`]));
  }

  /**
   * A whole number.
   *
   * @param path where it stands in values.yaml
   * @param options what it is
   */
  public integer(path: string, options: HelmParameterOptions = {}): number | undefined {
    return this.ask(path, 'integer', options, (id) => ({
      plain: true,
      ...this.scalar(options, [31_007 + 97 * id, 31_010 + 97 * id]),
    }));
  }

  /**
   * A size in powers of two, such as `10Gi`.
   *
   * @param path where it stands in values.yaml
   * @param options what it is
   */
  public size(path: string, options: HelmParameterOptions = {}): Size | undefined {
    const text = this.ask<string>(path, 'string', options, (id) => ({
      plain: true,
      ...this.scalar(options, [`${31_007 + 97 * id}Mi`, `${31_010 + 97 * id}Mi`]),
      schema: { pattern: '^[1-9][0-9]*(Ki|Mi|Gi|Ti|Pi)$' },
    }));
    return text === undefined ? undefined : Size.mebibytes(Number.parseInt(text, 10));
  }

  /**
   * An amount of CPU, such as `100m`.
   *
   * @param path where it stands in values.yaml
   * @param options what it is
   */
  public cpu(path: string, options: HelmParameterOptions = {}): Cpu | undefined {
    const text = this.ask<string>(path, 'string', options, (id) => ({
      plain: true,
      ...this.scalar(options, [`${31_007 + 97 * id}m`, `${31_010 + 97 * id}m`]),
      schema: { pattern: '^([0-9]+m|[0-9]+(\\.[0-9]{1,3})?)$' },
    }));
    return text === undefined ? undefined : Cpu.millis(Number.parseInt(text, 10));
  }

  /**
   * A map, such as labels.
   *
   * @param path where it stands in values.yaml
   * @param options what it is; for other maps than of texts to texts with samples
   */
  public map(path: string, options: HelmParameterOptions = {}): any {
    const { replaces = true, emptyRemoves = false, deep = false, beneath = false } = options as _MapOptions;
    return this.ask(path, 'object', options, (id) => ({
      ...this.scalar(options, [{ [`zq${id}aq`]: `zq${id}av` }, { [`zq${id}bq`]: `zq${id}bv` }]),
      replaces,
      emptyRemoves,
      deep,
      beneath,
      schema: options.samples ? {} : { additionalProperties: { type: 'string' } },
    }));
  }

  /**
   * A list.
   *
   * @param path where it stands in values.yaml
   * @param options what it is, with two samples
   */
  public list(path: string, options: HelmParameterOptions = {}): any {
    return this.ask(path, 'array', options, (id) => ({
      ...this.scalar(options, [[`zq${id}aq`], [`zq${id}bq`]]),
      schema: options.samples ? {} : { items: { type: 'string' } },
    }));
  }

  /**
   * Tells something that the code worked out from its settings and that many parts of the manifests depend
   * on, such as where TLS ends. It becomes a template of its own, and what depends on it asks it by its name.
   * Must be told in every run.
   *
   * @param name what the template is called, e.g. `tlsInPod`
   * @param value true or false, or one of a few words
   */
  public fact(name: string, value: any): void {
    this._facts.set(name, String(value));
  }

  private scalar(options: _ScalarOptions, madeUp: readonly unknown[]): Partial<Parameter> {
    const kinds = Object.entries(options.kinds ?? {}).map(
      ([key, { samples, test }]): Case => ({
        key,
        value: samples.length > 1 ? samples : samples[0],
        sample: samples.length > 1,
        test,
      }),
    );
    const cases = kinds.length > 0 ? kinds : sampled(options.samples ?? madeUp);
    return {
      cases: given(options, cases),
      derivations: options.derivations ?? [],
      ...(options.plain !== undefined && { plain: options.plain }),
      ...(options.computed !== undefined && { computed: options.computed }),
    };
  }

  private ask<T>(
    path: string,
    type: ValueType,
    options: HelmParameterOptions,
    make: (id: number) => Partial<Parameter>,
  ): T | undefined {
    let parameter = this.known.get(path);
    if (!parameter) {
      const made = make(this.known.size + 1);
      parameter = {
        path,
        type,
        cases: [],
        derivations: [],
        property: options.property,
        description: options.description,
        required: options.required ?? false,
        plain: false,
        replaces: true,
        emptyRemoves: false,
        deep: false,
        beneath: false,
        ...('defaultValue' in options && { given: { value: options.defaultValue } }),
        ...made,
        schema: { ...made.schema, ...options.schema },
      };
      this.known.set(path, parameter);
    }
    const key = this._asked.get(path) ?? this.chooser.choose(parameter);
    this._asked.set(path, key);
    const found = parameter.cases.find((one) => one.key === key);
    if (!found && key !== UNSET) throw new Error(`${path} has no case ${key}`);
    return found && (sampleOf(found, this.chooser.generation) as T | undefined);
  }
}

/** Samples of the release's name and namespace, of both generations. */
export const NAME_SAMPLES = ['zqname', 'zqtitle'] as const;
export const NAMESPACE_SAMPLES = ['zqspace', 'zqplace'] as const;

/** The value of a case in one of the two generations of samples. */
export function sampleOf({ sample, value }: Case, generation: 0 | 1): unknown {
  return sample ? (value as readonly unknown[])[generation] : value;
}

function exactly(key: string, value: unknown, test: (value: string) => string): Case {
  return { key, value, sample: false, test };
}

function sampled(samples: readonly unknown[]): Case[] {
  return [{ key: 'set', value: samples, sample: true, test: (value) => value }];
}

/**
 * Where a default is given, it is never left out, and others are looked at with it. What is required is left
 * out only to learn what is said then.
 */
function given(options: HelmParameterOptions, cases: readonly Case[]): readonly Case[] {
  if ('defaultValue' in options) {
    const isDefault = ({ value, sample }: Case) => !sample && value === options.defaultValue;
    return [...cases.filter(isDefault), ...cases.filter((one) => !isDefault(one))];
  }
  return options.required ? [...cases, unset()] : [unset(), ...cases];
}
