// Makes the registry of the chart's settings, without Helm: the code that the chart is learned from, given
// values instead of samples.
import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { _Chooser, HelmParameterOptions, HelmValues } from '../../lib/chart/helm-values';
import { Parameter } from '../../lib/chart/parameter';
import { registryFromValues } from '../../lib/chart/registry-chart-values';
import { Manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

/** Only charts make them, else. */
const Values = HelmValues as unknown as new (known: Map<string, Parameter>, chooser: _Chooser) => HelmValues;

/** Answers with values that are given by path, and keeps what was asked for. */
class GivenValues extends Values {
  public readonly parameters: Map<string, Parameter>;

  constructor(private readonly values: ReadonlyMap<string, unknown>) {
    const parameters = new Map<string, Parameter>();
    super(parameters, { generation: 0, choose: ({ cases }) => cases[0]?.key as string });
    this.parameters = parameters;
  }

  public override get name(): string {
    return String(this.values.get('fullnameOverride') ?? 'registry');
  }

  public override get namespace(): string {
    return 'registry';
  }

  public override flag(path: string, options?: HelmParameterOptions) {
    super.flag(path, options);
    return this.given(path);
  }

  public override choice(path: string, choices: string[], options?: HelmParameterOptions) {
    super.choice(path, choices, options);
    return this.given(path);
  }

  public override text(path: string, options?: HelmParameterOptions) {
    super.text(path, options);
    return this.given(path);
  }

  public override integer(path: string, options?: HelmParameterOptions) {
    super.integer(path, options);
    return this.given(path);
  }

  public override size(path: string, options?: HelmParameterOptions) {
    super.size(path, options);
    const [, amount, unit] = /^(\d+)(Ki|Mi|Gi|Ti|Pi)$/.exec(this.given(path) ?? '') ?? [];
    const kibibytes = { Ki: 1, Mi: 1024, Gi: 1024 ** 2, Ti: 1024 ** 3, Pi: 1024 ** 4 }[unit ?? ''];
    return kibibytes === undefined ? undefined : Size.kibibytes(Number(amount) * kibibytes);
  }

  public override cpu(path: string, options?: HelmParameterOptions) {
    super.cpu(path, options);
    const text: string | undefined = this.given(path);
    return text === undefined
      ? undefined
      : Cpu.millis(text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000);
  }

  public override map(path: string, options?: HelmParameterOptions) {
    super.map(path, options);
    return this.given(path);
  }

  public override list(path: string, options?: HelmParameterOptions) {
    super.list(path, options);
    return this.given(path);
  }

  private given(path: string): any {
    return this.values.get(path) ?? this.parameters.get(path)?.given?.value;
  }
}

/** What the chart makes of values, by path. */
export interface MadeOfValues {
  readonly manifests: readonly Manifest[];
  /** What the constructs refuse. */
  readonly problems: readonly string[];
  /** Given, but asked for by nothing. */
  readonly unasked: readonly string[];
  /** Given, and not what the chart's schema takes. */
  readonly misfits: readonly string[];
}

/** Makes the registry. */
export function madeOf(values: ReadonlyMap<string, unknown>): MadeOfValues {
  const chart = newChart();
  const given = new GivenValues(values);
  registryFromValues(chart, given);
  const problems = problemsIn(chart);
  const settings = [...values].filter(([path]) => !['nameOverride', 'fullnameOverride'].includes(path));
  return {
    problems,
    manifests: problems.length > 0 ? [] : manifestsIn(chart),
    unasked: settings.map(([path]) => path).filter((path) => !given.parameters.has(path)),
    misfits: settings
      .filter(([path, value]) => !fits(value, given.parameters.get(path)))
      .map(([path]) => path),
  };
}

function fits(value: unknown, parameter: Parameter | undefined): boolean {
  if (!parameter) return true;
  const {
    pattern,
    enum: words,
    minimum = -Infinity,
    maximum = Infinity,
    maxLength = Infinity,
    not,
  } = parameter.schema as Record<string, any>;
  switch (parameter.type) {
    case 'string': {
      const refused =
        not &&
        ((not.pattern !== undefined && new RegExp(not.pattern).test(String(value))) || not.const === value);
      const matches =
        typeof value === 'string' &&
        (pattern === undefined || new RegExp(pattern).test(value)) &&
        value.length <= maxLength;
      return matches && !refused && (words?.includes(value) ?? true);
    }
    case 'integer':
      return typeof value === 'number' && value >= minimum && value <= maximum;
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
  }
}
