// All files of a chart, from its plan.
import type { Plan, PlannedObject } from './plan';
import type { HelmChartProps } from './props';
import { generatedTemplate } from './secrets';
import { comment, MARK, templateOf } from './template';
import { nameSettings, readme, valuesSchema, valuesYaml } from './values-files';
import { documentOf, textOf } from './yaml-text';

/** Texts by their paths in the chart's folder. */
export type ChartFiles = { readonly [file: string]: string };

/** The files of a chart without problems. */
export function filesOf(props: HelmChartProps, plan: Plan): ChartFiles {
  const { name, description } = props;
  const settings = [...nameSettings(plan.nameLength), ...plan.settings];
  const stems = stemsOf(plan.objects, props.namePrefix ?? name);
  return {
    '.helmignore': `# ${MARK}\n${IGNORED.join('\n')}\n`,
    'Chart.yaml': `# ${MARK}\n${chartYaml(props)}`,
    'README.md': readme(name, description, settings),
    'values.schema.json': valuesSchema(settings),
    'values.yaml': valuesYaml(settings),
    'templates/_helpers.tpl': helpers(props, plan),
    ...(plan.notes !== undefined && { 'templates/NOTES.txt': plan.notes }),
    'templates/validation.yaml': `${comment('the values')}{{- include "${name}.validation" . }}\n`,
    ...Object.fromEntries(
      plan.objects.map(({ object, places, conditions }, index) => [
        `templates/${stems[index]}.yaml`,
        templateOf({
          manifest: object.manifest,
          places,
          conditions,
          name: `${name}.${stems[index]}`,
          id: object.id,
        }),
      ]),
    ),
  };
}

/** Files that are no part of the chart; the first are of a `write` that was killed. */
const IGNORED = [
  '.cdk8s-registry-next-*',
  '.DS_Store',
  '.git/',
  '.gitignore',
  '*.swp',
  '*.bak',
  '*.tmp',
  '*.orig',
  '*~',
  '.idea/',
  '.vscode/',
];

/** Names of files: what an object's name has besides the prefix, and its kind. */
function stemsOf(objects: readonly PlannedObject[], prefix: string): string[] {
  const taken = new Set(['validation']);
  return objects.map(({ object: { manifest } }) => {
    const { name } = manifest.metadata;
    const rest = (name.startsWith(prefix) ? name.slice(prefix.length) : name)
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    const kind = manifest.kind.toLowerCase();
    const stem = rest === '' ? kind : `${rest}-${kind}`;
    let free = stem;
    for (let number = 2; taken.has(free); number++) free = `${stem}-${number}`;
    taken.add(free);
    return free;
  });
}

function chartYaml({
  name,
  version,
  appVersion,
  description,
  kubeVersion,
  metadata,
}: HelmChartProps): string {
  return textOf(
    documentOf({
      apiVersion: 'v2',
      type: 'application',
      ...metadata,
      name,
      version,
      appVersion: appVersion ?? version,
      description,
      kubeVersion: kubeVersion ?? '>=1.27.0-0',
    }),
  );
}

function helpers({ name }: HelmChartProps, { nameLength, settings, generates }: Plan): string {
  const short = `trunc ${nameLength} | trimSuffix "-"`;
  const paths = settings.map(({ path }) => JSON.stringify(path)).join(' ');
  return `${comment('its names')}
{{- /* What names of objects begin with. ${nameLength} characters leave room for what follows. */}}
{{- define "${name}.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | ${short} }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | ${short} }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | ${short} }}
{{- end }}
{{- end }}

{{- define "${name}.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* null in a values file deletes a default, and templates would write nothing in its place. */}}
{{- define "${name}.validation" -}}
{{- $missing := list }}
{{- range $path := list ${paths} }}
{{- $value := $.Values }}
{{- range splitList "." $path }}
{{- $value = index ($value | default dict) . }}
{{- end }}
{{- if kindIs "invalid" $value }}
{{- $missing = append $missing $path }}
{{- end }}
{{- end }}
{{- if $missing }}
{{- fail (printf "\\nthese values can't be null: %s" (join ", " $missing)) }}
{{- end }}
{{- end }}
${generates ? generatedTemplate(name) : ''}`;
}
