// Helm 3 and Helm 4 as the chart's tests use them: a chart of one ConfigMap is linted, rendered, packed,
// installed and upgraded against the API server.

import { join } from 'node:path';
import { parse } from 'yaml';
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith } from '../../tools/programs';
import { fill } from '../support/folder';
import { HELM_PROGRAMS, Helm } from './helm';

const CHART = {
  'Chart.yaml':
    'apiVersion: v2\nname: trial\nversion: 1.2.3\nkubeVersion: ">=1.30.0-0"\nicon: https://example.com/icon.svg\n',
  'values.yaml': 'text: hello\n',
  'values.schema.json': JSON.stringify({
    type: 'object',
    properties: { text: { type: 'string' } },
    additionalProperties: false,
  }),
  'templates/map.yaml': [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }',
    'data: { text: {{ .Values.text | quote }} }',
    '',
  ].join('\n'),
};

for (const [program, title] of HELM_PROGRAMS) {
  describeWith(title, [...API_PROGRAMS, program], () => {
    let machine: Machine | undefined;
    let server: ApiServer;
    let helm: Helm;
    let chart: string;
    beforeAll(async () => {
      machine = await Machine.start();
      server = await ApiServer.start(machine);
      helm = new Helm(program, server);
      chart = machine.makeFolder('trial');
      fill(chart, CHART);
    });
    afterAll(() => machine?.stop());

    const namespace = 'charts';
    const version = async () =>
      await server.must([
        'get',
        'configmap',
        'first',
        '-n',
        namespace,
        '-o',
        'jsonpath={.data.text} {.metadata.resourceVersion}',
      ]);

    test('lints strictly', async () => {
      expect(await helm.lint(chart)).toContain('1 chart(s) linted, 0 chart(s) failed');
      fill(chart, { 'templates/broken.yaml': '{{ .Values.text' });
      await expect(helm.lint(chart)).rejects.toThrow('unclosed action');
      await server.machine.must(['rm', join(chart, 'templates', 'broken.yaml')]);
    });

    test('renders with values, for the Kubernetes that it is made for', async () => {
      const rendered = parse(await helm.template('first', chart, { namespace, values: { text: 'other' } }));
      expect(rendered).toEqual({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'first', namespace },
        data: { text: 'other' },
      });
    });

    test('refuses values that the schema does not know', async () => {
      const result = await helm.run(['template', 'first', chart], { values: { txt: 'typo' } });
      expect(result).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/additional properties 'txt' not allowed/i),
      });
    });

    test('installs a packed chart, changes nothing the second time, and something the third', async () => {
      const packed = await helm.package(chart, server.machine.makeFolder('packed'));
      await helm.install('first', packed, { namespace, args: ['--create-namespace'] });
      const installed = await version();
      expect(installed).toMatch(/^hello \d+$/);
      await helm.upgrade('first', packed, { namespace });
      expect(await version()).toBe(installed);
      await helm.upgrade('first', packed, { namespace, values: { text: 'changed' } });
      expect(await version()).toMatch(/^changed \d+$/);
      expect(parse(await helm.manifest('first', { namespace })).data).toEqual({ text: 'changed' });
      await helm.uninstall('first', { namespace });
      expect(await server.kubectl(['get', 'configmap', 'first', '-n', namespace])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('not found'),
      });
    });

    test('reaches nothing outside', async () => {
      const result = await helm.run([
        'pull',
        'oci://registry.example.com/charts/trial',
        '--version',
        '1.2.3',
      ]);
      expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/no such host|dial|lookup/) });
    });
  });
}
