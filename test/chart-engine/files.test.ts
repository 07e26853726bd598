// The files of a chart of any constructs: what people read in them, and how they get into their folder.
import { join } from 'node:path';
import Ajv from 'ajv';
import { ApiObject, App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { HelmChart } from '../../lib/chart-engine/helm-chart';
import { contentsOf, fill, newFolder } from '../support/folder';
import { DEFAULTS, declare, valuesOf, web } from './web-chart';

const files = declare(web()).toFiles();

test('twice the same', () => {
  expect(declare(web()).toFiles()).toEqual(files);
});

test('values.yaml has the defaults of the manifests, with comments', () => {
  expect(parse(files['values.yaml'] ?? '')).toEqual({
    nameOverride: '',
    fullnameOverride: '',
    ...valuesOf(DEFAULTS),
    password: '',
  });
  expect(files['values.yaml']).toContain(
    '\n\n# What the team says.\nmotto: Ship it\n\n# Pods.\nreplicaCount: 2\n',
  );
  expect(files['values.yaml']).toContain(
    '\nlog:\n  # /data/config.yml of the ConfigMap web-config.\n  level: info\n',
  );
});

describe('values.schema.json', () => {
  const accepts = new Ajv({ strict: false }).compile(JSON.parse(files['values.schema.json'] ?? ''));

  test.each([{}, { replicaCount: 3 }, { log: { level: 'debug' } }, { global: { any: 1 } }, { ui: {} }])(
    'accepts %j',
    (values) => {
      expect(accepts(values)).toBe(true);
    },
  );

  test.each([
    { replicaCount: '3' },
    { replicaCount: -1 },
    { log: { format: 'x' } },
    { typo: 1 },
    { args: 'a' },
  ])('refuses %j', (values) => {
    expect(accepts(values)).toBe(false);
  });
});

test('README.md has a table of the values', () => {
  expect(files['README.md']).toContain('# web\n\nA web server.\n\n## Values\n\n| Key |');
  expect(files['README.md']).toContain('| `replicaCount` | integer | `2` | Pods. |');
});

test('Chart.yaml has what the props say', () => {
  const chart = new Chart(new App(), 'web');
  const helm = new HelmChart(chart, {
    name: 'web',
    version: '1.0.0-rc.1+build',
    description: 'A web server: fast',
    appVersion: '7',
    kubeVersion: '>=1.30.0-0',
    metadata: { icon: 'https://example.com/icon.svg', keywords: ['yes'] },
  });
  expect(parse(helm.toFiles()['Chart.yaml'] ?? '', { version: '1.1' })).toEqual({
    apiVersion: 'v2',
    type: 'application',
    name: 'web',
    version: '1.0.0-rc.1+build',
    appVersion: '7',
    description: 'A web server: fast',
    kubeVersion: '>=1.30.0-0',
    icon: 'https://example.com/icon.svg',
    keywords: ['yes'],
  });
});

test('a template is the manifest, with the values in their places', () => {
  expect(files['templates/deployment.yaml']).toContain(
    [
      'spec:',
      '  replicas: {{ int64 .Values.replicaCount }}',
      '  selector:',
      '    matchLabels:',
      '      app: web',
      '      app.kubernetes.io/instance: {{ .Release.Name | quote }}',
    ].join('\n'),
  );
  expect(files['templates/deployment.yaml']).toContain(
    [
      '            - name: URL',
      '              value: {{ printf "http://%v-service:%v" (include "web.fullname" .) (int64 .Values.port) | quote }}',
    ].join('\n'),
  );
  expect(files['templates/deployment.yaml']).toContain(
    '      nodeSelector:\n        {{- toYaml .Values.nodeSelector | nindent 8 }}\n',
  );
  expect(files['templates/ui-configmap.yaml']).toMatch(
    /^\{\{- \/\* Generated .* From web\/ui\/page\. \*\/\}\}\n\{\{- if \.Values\.ui\.enabled \}\}\n[\s\S]*\n\{\{- end \}\}\n$/,
  );
});

test('a file for each object, also where two have the same kind and name', () => {
  const chart = new Chart(new App(), 'web');
  for (const namespace of ['a', 'b'])
    new ApiObject(chart, namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web', namespace },
    });
  const helm = new HelmChart(chart, { name: 'web', version: '1.0.0', description: 'A web server.' });
  helm.name(chart);
  expect(
    Object.keys(helm.toFiles()).filter((name) => name.endsWith('configmap.yaml') || name.endsWith('-2.yaml')),
  ).toEqual(['templates/configmap.yaml', 'templates/configmap-2.yaml']);
});

test('a selector of the pods of others stays as it is', () => {
  const { chart } = web();
  const policy = (name: string, from: object) =>
    new ApiObject(chart, name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `web-${name}` },
      spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [from] }] },
    });
  policy('other', { podSelector: { matchLabels: { app: 'proxy' } } });
  policy('apart', {
    podSelector: { matchLabels: { app: 'web' } },
    namespaceSelector: { matchLabels: { app: 'web' } },
  });
  policy('same', { podSelector: { matchLabels: { app: 'web' } } });
  const helm = new HelmChart(chart, { name: 'web', version: '1.0.0', description: 'A web server.' });
  helm.name(chart);
  const count = (name: string) =>
    helm.toFiles()[`templates/${name}-networkpolicy.yaml`]?.split('app.kubernetes.io/instance').length;
  // One in the labels of the object, one in its own selector.
  expect([count('other'), count('apart'), count('same')]).toEqual([3, 3, 4]);
});

describe('write', () => {
  test('makes the folder, and writes the same again', () => {
    const folder = join(newFolder(), 'charts', 'web');
    declare(web()).write(folder);
    const written = contentsOf(folder);
    expect(written).toMatchObject(files);
    declare(web()).write(folder);
    expect(contentsOf(folder)).toEqual(written);
  });

  test('removes the template of an object that is gone, and nothing else', () => {
    const folder = newFolder();
    declare(web()).write(folder);
    fill(folder, {
      'templates/own.yaml': 'own',
      'charts/other/Chart.yaml': 'name: other',
      'values-prod.yaml': '',
    });
    const chart = new Chart(new App(), 'web');
    new HelmChart(chart, { name: 'web', version: '1.0.0', description: 'Nothing.' }).write(folder);
    expect(Object.keys(contentsOf(folder)).filter((name) => !name.endsWith('/'))).toEqual([
      '.helmignore',
      'Chart.yaml',
      'README.md',
      'charts/other/Chart.yaml',
      'templates/_helpers.tpl',
      'templates/own.yaml',
      'templates/validation.yaml',
      'values-prod.yaml',
      'values.schema.json',
      'values.yaml',
    ]);
  });

  test("overwrites no file that isn't of this library", () => {
    const folder = newFolder();
    fill(folder, { 'values.yaml': 'own: true\n', 'templates/deployment.yaml/file': '' });
    const before = contentsOf(folder);
    expect(() => declare(web()).write(folder)).toThrow(
      [
        "The chart can't be written; nothing was:",
        `  ${join(folder, 'values.yaml')}: is not of a chart that this library wrote; move it away, or write the chart to another folder [file-not-of-this-chart]`,
        `  ${join(folder, 'templates/deployment.yaml')}: is not of a chart that this library wrote; move it away, or write the chart to another folder [file-not-of-this-chart]`,
      ].join('\n'),
    );
    expect(contentsOf(folder)).toEqual(before);
  });

  test('overwrites no file where a folder is needed', () => {
    const folder = newFolder();
    fill(folder, { templates: 'a file' });
    expect(() => declare(web()).write(folder)).toThrow(`${join(folder, 'templates')}: is not of a chart`);
    expect(contentsOf(folder)).toEqual({ templates: 'a file' });
  });

  test('writes nothing where declarations are wrong', () => {
    const folder = newFolder();
    const all = web();
    const helm = declare(all);
    helm.value(all.chart, '/none', 'none');
    expect(() => helm.write(folder)).toThrow("The chart can't be written; nothing was:");
    expect(contentsOf(folder)).toEqual({});
  });
});
