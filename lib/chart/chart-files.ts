// All files of a chart, from what was learned of its manifests.

import { App } from 'cdk8s';
import { CHART_TEXTS } from '../core/chart-mode';
import { type Problem } from '../core/problem';
import { chartFile, HELMIGNORE, NAMES, names } from './chart-basics';
import { CERTIFICATE, CHECKSUMS, ChartMaker, NOTES, SLOW_CHECKSUMS, TEXTS, TITLE, USER } from './chart-maker';
import { GENERATED } from './chart-store';
import { Decision, mapDecision } from './decision';
import { Form, textOf } from './forms';
import {
  authoritySecret,
  GeneratedPlaces,
  generatedExpression,
  generatedTemplates,
  loginSecret,
} from './generated-templates';
import type { HelmChartProps } from './helm-chart';
import { HelmValues } from './helm-values';
import { Learned, learn } from './learner';
import type { Lessons } from './lessons';
import { Parameter } from './parameter';
import { Node, NodeEntry } from './template-tree';
import { BuiltIn, TemplateWriter } from './template-writer';
import { Groups, Setting, schemaFile, settingsOf, valuesFile, valuesTable } from './values-files';

/** Texts by their paths in the chart's folder. */
export type ChartFiles = { readonly [file: string]: string };

/** What the author of a chart adds to what was learned. */
export interface ChartTexts {
  /** Comments of groups in values.yaml. */
  readonly groups: Groups;
  /** README.md, around the table of values. */
  readonly readme: (table: string) => string;
  /** A template of their own that answers further problems, a line for each. */
  readonly checks?: string;
  /** More files, such as a test. `chart` is what names of templates begin with. */
  readonly more: ChartFiles;
}

type Keyed = Extract<NodeEntry, { key: Form }>;

/** A chart, and what the next time is quicker with. */
export interface ChartMade {
  readonly files: ChartFiles;
  readonly lessons: Lessons;
}

/** The code that a chart is learned from. */
export interface ChartCode {
  readonly compose: (values: HelmValues) => App;
  /** A problem of the constructs in the words of values.yaml. */
  readonly say: (problem: Problem, values: HelmValues) => string;
}

/** Makes a chart. */
export function makeChart(
  props: HelmChartProps,
  texts: ChartTexts,
  lessons: Lessons | undefined,
  code: ChartCode,
): ChartMade {
  const learned = learn(new ChartMaker(props.name, code.compose, code.say), lessons);
  const settings = [...NAMES, ...settingsOf(learned.parameters, learned.defaults)];
  return {
    files: new ChartWriter(props, learned, texts.checks).files(settings, texts),
    lessons: learned.lessons,
  };
}

class ChartWriter {
  private readonly writer: TemplateWriter;
  private readonly entries: readonly Keyed[];

  constructor(
    private readonly props: HelmChartProps,
    private readonly learned: Learned,
    private readonly checks?: string,
  ) {
    this.writer = new TemplateWriter(
      props.name,
      learned.variables,
      builtIns(props.name, learned.variables),
      factDecisions(learned),
    );
    const { manifests } = learned;
    if (manifests.kind !== 'map') throw new Error('there are no manifests');
    this.entries = manifests.entries.filter((entry): entry is Keyed => 'key' in entry);
  }

  public files(settings: readonly Setting[], { groups, readme, more }: ChartTexts): ChartFiles {
    const objects = this.entries.filter(({ key }) => !idOf(key).startsWith('@'));
    return {
      'Chart.yaml': chartFile(this.props),
      'values.yaml': valuesFile(settings, groups),
      'values.schema.json': schemaFile(settings, groups),
      'README.md': readme(valuesTable(settings)),
      '.helmignore': HELMIGNORE,
      'templates/_helpers.tpl': this.helpers(),
      'templates/_generated.tpl': this.generated(),
      'templates/NOTES.txt': this.notes(),
      'templates/validation.yaml': `{{- include "${this.props.name}.validation" . }}\n`,
      ...Object.fromEntries(
        objects.map((entry) => [
          `templates/${fileOf(entry.key)}`,
          this.writer.document(entry.when, entry.value),
        ]),
      ),
      ...this.secrets(),
      ...more,
    };
  }

  private entry(id: string): Keyed | undefined {
    return this.entries.find(({ key }) => idOf(key) === id);
  }

  private helpers(): string {
    const { name } = this.props;
    return [names(name), ...this.facts(), ...this.texts(), this.checksum(), this.validation()]
      .filter((text) => text !== undefined)
      .join('\n');
  }

  /** What many templates depend on. */
  private facts(): string[] {
    const { facts, variables } = this.learned;
    return facts.map((decision, index) => {
      const name = factName(this.props.name, variables[index] as Parameter);
      return `{{- define "${name}" -}}\n${this.writer.word(decision).join('\n')}\n{{- end }}\n`;
    });
  }

  /** Texts that the notes repeat. */
  private texts(): string[] {
    const entry = this.entry(TEXTS);
    return (entry?.value.kind === 'map' ? entry.value.entries : []).flatMap((one) =>
      'key' in one
        ? [
            `{{- define "${this.props.name}.${idOf(one.key)}" -}}\n${this.writer.alone(one.value).join('\n')}\n{{- end }}\n`,
          ]
        : [],
    );
  }

  /** What pods are replaced for: the contents of ConfigMaps and Secrets, as they were rendered. */
  private checksum(): string | undefined {
    const parts = this.contents(CHECKSUMS, '$parts');
    const secrets = this.contents(SLOW_CHECKSUMS, '$secrets');
    if (parts.length + secrets.length === 0) return undefined;
    // Whoever sees the pods could try out passwords on the digest, so it is slow to make: by scrypt.
    const slow = [
      '{{- if $secrets }}',
      `{{- $parts = append $parts (derivePassword 1 "maximum" ($secrets | join "\\n") (include "${this.props.name}.fullname" .) .Release.Namespace) }}`,
      '{{- end }}',
    ];
    return [
      `{{- define "${this.props.name}.checksum" -}}`,
      '{{- $parts := list }}',
      '{{- $secrets := list }}',
      ...parts,
      ...secrets,
      ...(secrets.length > 0 ? slow : []),
      '{{- $parts | join "\\n" | sha256sum }}',
      '{{- end }}',
      '',
    ].join('\n');
  }

  /** Adds what ConfigMaps and Secrets hold, as they were rendered, to a list. */
  private contents(entryId: string, name: string): string[] {
    const entry = this.entry(entryId);
    if (entry?.value.kind !== 'map') return [];
    return entry.value.entries.flatMap((one) => {
      if (!('key' in one)) return [];
      const rendered = `include (print $.Template.BasePath "/${fileOf(one.key)}") $ | fromYaml`;
      const part = `{{- ${name} = append ${name} (pick (${rendered}) "data" "stringData" | toJson) }}`;
      // The whole may come and go with its parts.
      return this.writer.when(entry.when, 0, () => this.writer.when(one.when, 0, () => [part]));
    });
  }

  /** The constructs' own messages, all at once. */
  private validation(): string {
    const { problems } = this.learned;
    const lines = (problems.kind === 'map' ? problems.entries : []).flatMap((entry) => {
      if (!('key' in entry)) return [];
      const text =
        entry.key.kind === 'text'
          ? `(${this.writer.text(entry.key.parts)})`
          : entry.key.kind === 'constant'
            ? JSON.stringify(entry.key.value)
            : '""';
      return this.writer.when(entry.when, 0, () => [`{{- $problems = append $problems ${text} }}`]);
    });
    return [
      `{{- define "${this.props.name}.validation" -}}`,
      '{{- $problems := list }}',
      ...lines,
      ...(this.checks === undefined
        ? []
        : [`{{- $problems = concat $problems (include "${this.checks}" . | splitList "\\n" | compact) }}`]),
      '{{- if $problems }}',
      `{{- fail (printf "these values can't be used:\\n  %s" (join "\\n  " $problems)) }}`,
      '{{- end }}',
      '{{- end }}',
      '',
    ].join('\n');
  }

  private generated(): string {
    const { name } = this.props;
    const request = this.entry(CERTIFICATE);
    const user = this.entry(USER)?.value;
    const places: GeneratedPlaces = {
      ...(user && { login: { secret: this.secretWith('@login'), user: this.expressionOf(user) } }),
      ...(request && { certificate: { secret: this.secretWith('@certificate') } }),
      ...(this.holderOf('@httpSecret') && { httpSecret: { secret: this.secretWith('@httpSecret') } }),
    };
    const asked = request
      ? [
          `{{- define "${name}.certificateRequest" -}}`,
          ...this.writer.block(request.value, 0),
          '{{- end }}',
          '',
        ].join('\n')
      : '';
    return `${generatedTemplates(name, places)}\n${asked}`;
  }

  /** Secrets for people and for later upgrades alone, which no pod reads. */
  private secrets(): ChartFiles {
    const { name } = this.props;
    const [user, request] = [this.entry(USER), this.entry(CERTIFICATE)].map(
      (entry) => entry && { ...entry, condition: this.writer.condition(entry.when) },
    );
    return {
      ...(user && {
        'templates/login-secret.yaml': loginSecret(name, user.condition, this.expressionOf(user.value)),
      }),
      ...(request && { 'templates/ca-secret.yaml': authoritySecret(name, request.condition) }),
    };
  }

  private expressionOf(node: Node): string {
    if (node.kind === 'text') return this.writer.text(node.parts);
    if (node.kind === 'constant') return JSON.stringify(node.value);
    throw new Error(`a ${node.kind} is no expression`);
  }

  /** The Secret that holds something generated. */
  private holderOf(of: string): Keyed | undefined {
    return this.entries.find(
      ({ key, value }) =>
        idOf(key).startsWith('Secret ') && textOf(value as Form).includes(JSON.stringify(of)),
    );
  }

  /** Name of the Secret that holds something generated. */
  private secretWith(of: string): string {
    const found = this.holderOf(of);
    if (found?.key.kind !== 'text') throw new Error(`${of} is in no Secret`);
    const [first, ...rest] = found.key.parts;
    return this.writer.text(
      [...(typeof first === 'string' ? [first.replace(/^Secret /, '')] : [first]), ...rest].filter(
        (part) => part !== '',
      ),
    );
  }

  private notes(): string {
    const entry = this.entry(NOTES);
    if (entry?.value.kind !== 'map') return '';
    const lines = entry.value.entries.flatMap((step) => {
      if (!('key' in step) || step.value.kind !== 'list') return [];
      const title = idOf(step.key) === TITLE;
      const { items } = step.value;
      const body = () =>
        items.flatMap((item) =>
          'value' in item
            ? this.writer.when(item.when, 0, () => this.noteLine(item.value, title ? '' : '  '))
            : [],
        );
      return this.writer.when(step.when, 0, () =>
        title ? body() : ['', ...this.writer.prose(step.key as Node, '* '), ...body()],
      );
    });
    return `${lines.join('\n')}\n`;
  }

  private noteLine(node: Node, pad: string): string[] {
    return this.writer.each(node, 0, () => this.writer.prose(node, pad));
  }
}

function idOf(key: Form): string {
  if (key.kind === 'constant') return String(key.value);
  return key.kind === 'text' ? key.parts.map((part) => (typeof part === 'string' ? part : '')).join('') : '';
}

/** The file of an object: its kind, behind what its name has besides the release's. */
function fileOf(key: Form): string {
  const [, kind, rest] = /^(\w+) (.*)$/.exec(idOf(key)) ?? [];
  if (kind === undefined) throw new Error(`${textOf(key)} is no object`);
  const suffix = (rest ?? '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `${suffix === '' ? '' : `${suffix}-`}${kind.toLowerCase()}.yaml`;
}

const TAKEN = [
  'name',
  'fullname',
  'chart',
  'checksum',
  'validation',
  ...Object.keys(CHART_TEXTS),
  ...GENERATED.map(({ hole }) => hole.of.slice(1)),
];

/** Facts by the numbers of their words. */
function factDecisions({ facts, variables }: Learned): Decision<number>[] {
  return facts.map((decision, index) =>
    mapDecision(decision, (word) =>
      (variables[index] as Parameter).cases.findIndex(({ key }) => key === word),
    ),
  );
}

function factName(chart: string, { path }: Parameter): string {
  if (TAKEN.includes(path.slice(1)))
    throw new Error(`the chart has a template called ${path.slice(1)} already; call the fact something else`);
  return `${chart}.${path.slice(1)}`;
}

function builtIns(chart: string, variables: readonly Parameter[]): Map<string, BuiltIn> {
  const generated = GENERATED.map(({ hole }) => hole.of);
  return new Map<string, BuiltIn>([
    ['@name', { expression: `include "${chart}.fullname" .`, plain: true }],
    ['@namespace', { expression: '.Release.Namespace', plain: true }],
    ['@release', { expression: '.Release.Name', plain: false }],
    ['@service', { expression: '.Release.Service', plain: true }],
    ['@chartName', { expression: `include "${chart}.name" .`, plain: true }],
    ['@chart', { expression: `include "${chart}.chart" .`, plain: true }],
    ['@appVersion', { expression: '.Chart.AppVersion', plain: false }],
    ...Object.keys(CHART_TEXTS).map((name): [string, BuiltIn] => [
      `@${name}`,
      { expression: `include "${chart}.${name}" .`, plain: false },
    ]),
    ...variables
      .filter(({ path }) => path.startsWith('@'))
      .map((fact): [string, BuiltIn] => [
        fact.path,
        { expression: `include "${factName(chart, fact)}" .`, plain: true },
      ]),
    ...generated.map((of): [string, BuiltIn] => [
      of,
      { expression: generatedExpression(chart, of), plain: false },
    ]),
  ]);
}
