// A chart is learned from the code that makes the manifests: where values go, what they are by default, which
// parts depend on them, what is refused.
import { ApiObject, type Chart } from 'cdk8s';
import { parse } from 'yaml';
import { HelmChart } from '../../lib/chart/helm-chart';
import type { HelmValues } from '../../lib/chart/helm-values';

/** One ConfigMap and, if wanted, a second one. */
class SmallChart extends HelmChart {
  constructor() {
    super({ name: 'small', version: '1.2.3', description: 'Two maps' });
  }

  protected compose(chart: Chart, values: HelmValues): void {
    const port = values.integer('port', { description: 'A port.', schema: { minimum: 1 } }) ?? 8080;
    const host = values.text('host', { description: 'A host.' });
    const extra = values.flag('extra.enabled', { description: 'The second map?' });
    const labels = values.map('labels', { description: 'More labels.' });
    chart.node.addValidation({
      validate: () => (extra && host === undefined ? ['host: is missing; write e.g. "example.com"'] : []),
    });
    const data = { port: String(port), address: `${host ?? 'nobody'}:${port}`, template: '{{ this stays }}' };
    new ApiObject(chart, 'one', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: values.name, namespace: values.namespace, labels: { own: 'yes', ...labels } },
      data,
    });
    if (!extra) return;
    new ApiObject(chart, 'two', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${values.name}-two` },
      data: { host: host ?? '' },
    });
  }
}

const files = new SmallChart().toFiles();

test('values.yaml has each setting with what the manifests have where nothing is given', () => {
  expect(parse(files['values.yaml'] ?? '')).toEqual({
    nameOverride: '',
    fullnameOverride: '',
    port: 8080,
    host: '',
    extra: { enabled: false },
    labels: {},
  });
});

test('values.schema.json refuses typos and wrong types', () => {
  const schema = JSON.parse(files['values.schema.json'] ?? '');
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.port).toEqual({ description: 'A port.', type: 'integer', minimum: 1 });
  expect(schema.properties.extra.properties.enabled.type).toBe('boolean');
});

test('a template has the values in their places, and what looks like a template stays as it is', () => {
  expect(files['templates/configmap.yaml']?.split('\n')).toEqual([
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  labels:',
    '    {{- if not (hasKey .Values.labels "own") }}',
    '    own: "yes"',
    '    {{- end }}',
    '    {{- if .Values.labels }}',
    '    {{- toYaml .Values.labels | nindent 4 }}',
    '    {{- end }}',
    '  name: {{ include "small.fullname" . }}',
    '  namespace: {{ .Release.Namespace }}',
    'data:',
    '  {{- if not .Values.host }}',
    '  address: {{ printf "nobody:%v" (int64 .Values.port) | quote }}',
    '  {{- else }}',
    '  address: {{ printf "%v:%v" .Values.host (int64 .Values.port) | quote }}',
    '  {{- end }}',
    '  port: {{ int64 .Values.port | quote }}',
    '  template: "{{ "{{" }} this stays {{ "}}" }}"',
    '',
  ]);
});

test('an object that is not always there has its condition around it', () => {
  expect(files['templates/two-configmap.yaml']).toMatch(
    /^\{\{- if \.Values\.extra\.enabled \}\}\n[\s\S]*\{\{- end \}\}\n$/,
  );
});

test('what the code refuses, the chart refuses with the same words', () => {
  expect(files['templates/_helpers.tpl']).toContain('host: is missing; write e.g. \\"example.com\\"');
});

test('twice the same', () => {
  expect(new SmallChart().toFiles()).toEqual(files);
});
