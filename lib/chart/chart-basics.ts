// What every chart has: Chart.yaml, .helmignore, the names of a release.
import { Yaml } from 'cdk8s';
import type { HelmChartProps } from './helm-chart';
import type { Setting } from './values-files';

/** Settings of every chart. */
export const NAMES: readonly Setting[] = [
  ['nameOverride', "Used in the place of the chart's name, in labels and in names of objects."],
  [
    'fullnameOverride',
    'Name of the objects, in the place of one that is made from the names of the release and the chart. At most 50 characters.',
  ],
].map(([path, about]) => ({
  value: '',
  about: about as string,
  parameter: {
    path: path as string,
    type: 'string',
    cases: [],
    derivations: [],
    schema: { pattern: '^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$' },
    required: true,
    plain: true,
    replaces: false,
    emptyRemoves: false,
    deep: false,
    beneath: false,
  },
}));

export function names(chart: string): string {
  return `{{- define "${chart}.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* At most 50 characters, since names of Services are made from it. */}}
{{- define "${chart}.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "${chart}.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}
`;
}

export function chartFile({
  name,
  version,
  appVersion,
  description,
  kubeVersion,
  metadata,
}: HelmChartProps): string {
  return Yaml.stringify({
    apiVersion: 'v2',
    name,
    version,
    appVersion: appVersion ?? version,
    description,
    type: 'application',
    kubeVersion: kubeVersion ?? '>=1.27.0-0',
    ...metadata,
  });
}

export const HELMIGNORE = [
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
  '',
].join('\n');
