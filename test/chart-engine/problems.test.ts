// Everything that can be wrong with declarations, each with its whole message, and all of it at once.
import { ApiObject, App, Chart } from 'cdk8s';
import { HelmChart } from '../../lib/chart-engine/helm-chart';
import type { HelmChartProps } from '../../lib/chart-engine/props';

interface Given {
  readonly chart: Chart;
  readonly config: ApiObject;
  readonly deployment: ApiObject;
  readonly secret: ApiObject;
  readonly helm: HelmChart;
}

const NAMES = {
  secret: 'web-secret',
  config: 'web-config',
  deployment: 'web',
};

function given(names: Partial<typeof NAMES> = {}, props: Partial<HelmChartProps> = {}, named = true): Given {
  const { secret: s, config: c, deployment: d } = { ...NAMES, ...names };
  const chart = new Chart(new App(), 'web', { namespace: 'team' });
  const secret = new ApiObject(chart, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: s },
    stringData: { password: '', other: '' },
  });
  const config = new ApiObject(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: c, labels: { team: 'a' } },
    data: {
      motto: 'a b a',
      port: '80',
      url: 'http://web:80',
      webhook: 'webhook.my-web.example.com',
      twice: 'http://web.web.svc',
    },
  });
  const deployment = new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: d },
    spec: {
      replicas: 2,
      paused: null,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', envFrom: [{ configMapRef: { name: c } }] }] },
      },
    },
  });
  const helm = new HelmChart(chart, {
    name: 'web',
    version: '1.0.0',
    description: 'A web server.',
    ...props,
  });
  if (named) helm.name(chart);
  return { chart, config, deployment, secret, helm };
}

function problems(helm: HelmChart): string[] {
  try {
    helm.toFiles();
  } catch (error) {
    const [first, ...rest] = (error as Error).message.split('\n');
    expect(first).toBe("The chart can't be written; nothing was:");
    return rest.map((line) => line.trim());
  }
  return [];
}

const CASES: Readonly<Record<string, readonly [(all: Given) => void, ...string[]]>> = {
  'nothing wrong': [({ helm, deployment }) => helm.value(deployment, '/spec/replicas', 'replicaCount')],
  'a pointer to nothing': [
    ({ helm, deployment }) => helm.value(deployment, '/spec/template/replica', 'replicaCount'),
    'web/deployment: "/spec/template/replica" leads no further than to /spec/template, with metadata, spec; write a JSON pointer to something in the manifest, e.g. "/metadata/name" [pointer-to-nothing]',
  ],
  'an index behind the end': [
    ({ helm, deployment }) => helm.value(deployment, '/spec/template/spec/containers/1/image', 'image'),
    'web/deployment: "/spec/template/spec/containers/1/image" leads no further than to /spec/template/spec/containers, a list of 1; write a JSON pointer to something in the manifest, e.g. "/metadata/name" [pointer-to-nothing]',
  ],
  'no pointer': [
    ({ helm, deployment }) => helm.value(deployment, 'spec.replicas', 'replicaCount'),
    'web/deployment: "spec.replicas" leads no further than to the manifest, with apiVersion, kind, metadata, spec; write a JSON pointer to something in the manifest, e.g. "/metadata/name" [pointer-to-nothing]',
  ],
  'two types': [
    ({ helm, deployment, config }) => {
      helm.value(deployment, '/spec/replicas', 'count');
      helm.value(config, '/data/port', 'count');
    },
    'values count: has the type "integer" for /spec/replicas of web/deployment, and "string" for /data/port of web/config; use two paths, or declare the same [value-declared-differently]',
  ],
  'two defaults': [
    ({ helm, deployment, config }) => {
      helm.text(config, '/data/url', 'replicas', { inside: '80' });
      helm.value(deployment, '/spec/replicas', 'replicas');
    },
    'values replicas: has the default 2 for /spec/replicas of web/deployment, and "80" for /data/url of web/config; use two paths, or declare the same [value-declared-differently]',
  ],
  'two schemas and two descriptions': [
    ({ helm, config }) => {
      helm.value(config, '/data/port', 'port', { description: 'One.', schema: { minLength: 1 } });
      helm.text(config, '/data/url', 'port', { inside: '80', description: 'Two.', schema: { minLength: 2 } });
    },
    'values port: has the description "One." for /data/port of web/config, and "Two." for /data/url of web/config; use two paths, or declare the same [value-declared-differently]',
    'values port: has the schema {"minLength":1} for /data/port of web/config, and {"minLength":2} for /data/url of web/config; use two paths, or declare the same [value-declared-differently]',
  ],
  'a type in a schema': [
    ({ helm, config }) => helm.value(config, '/data/port', 'port', { schema: { type: 'integer' } }),
    'values port: has a type in its schema; leave it out: the type is that of the default [value-type-in-schema]',
  ],
  'a value and a parent': [
    ({ helm, config, secret }) => {
      helm.value(config, '/data/port', 'ui');
      helm.optional(secret, 'ui.enabled');
    },
    'values ui: is a value itself, and ui.enabled is inside it; rename one of them, e.g. "ui.enabled" [value-and-parent]',
  ],
  'paths that are none': [
    ({ helm, config }) => {
      helm.value(config, '/data/port', 'ui-port');
      helm.value(config, '/data/url', 'global.url');
      helm.value(config, '/data/motto', 'Motto');
    },
    ...['ui-port', 'global.url', 'Motto'].map(
      (path) =>
        `path: "${path}" can not be the path of a value; write names in camelCase with dots between, e.g. "ui.enabled" [value-path-unusable]`,
    ),
  ],
  'one place twice': [
    ({ helm, config }) => {
      helm.value(config, '/data/port', 'port');
      helm.text(config, '/data/port', 'number', { inside: '80' });
    },
    'web/config: /data/port is declared twice, as port and as number; leave one of them out [pointer-declared-twice]',
  ],
  'a place inside another': [
    ({ helm, config }) => {
      helm.value(config, '/data/port', 'port');
      helm.value(config, '/data', 'data');
    },
    'web/config: /data/port, declared as port, is inside /data, declared as data; leave one of them out [pointer-inside-another]',
  ],
  'what the release sets': [
    ({ helm, config, deployment }) => {
      helm.value(config, '/metadata/name', 'name');
      helm.value(config, '/metadata/labels', 'labels');
      helm.value(deployment, '/spec/template/spec/containers', 'containers');
    },
    'web/config: /metadata/name, declared as name, conflicts with /metadata/name (its name), which the release sets; leave it out, or declare parts beside it, e.g. "/metadata/labels/team" [pointer-set-by-release]',
    ...[
      ['helm.sh~1chart', "Helm's label"],
      ['app.kubernetes.io~1managed-by', "Helm's label"],
      ['app.kubernetes.io~1instance', 'the name of the release'],
    ].map(
      ([label, by]) =>
        `web/config: /metadata/labels, declared as labels, conflicts with /metadata/labels/${label} (${by}), which the release sets; leave it out, or declare parts beside it, e.g. "/metadata/labels/team" [pointer-set-by-release]`,
    ),
    'web/deployment: /spec/template/spec/containers, declared as containers, conflicts with /spec/template/spec/containers/0/envFrom/0/configMapRef/name (the name of web/config), which the release sets; leave it out, or declare parts beside it, e.g. "/metadata/labels/team" [pointer-set-by-release]',
  ],
  null: [
    ({ helm, deployment }) => helm.value(deployment, '/spec/paused', 'paused'),
    'web/deployment: "/spec/paused" leads no further than to /spec, with replicas, selector, template; write a JSON pointer to something in the manifest, e.g. "/metadata/name" [pointer-to-nothing]',
  ],
  'a part of a number': [
    ({ helm, deployment }) => helm.text(deployment, '/spec/replicas', 'count', { inside: '2' }),
    'web/deployment: /spec/replicas leads to 2, not to a string; use value(...) [pointer-not-a-string]',
  ],
  'a part that is there twice or never': [
    ({ helm, config }) => {
      helm.text(config, '/data/motto', 'one', { inside: 'a' });
      helm.text(config, '/data/motto', 'two', { inside: 'c' });
      helm.text(config, '/data/motto', 'three', { inside: 'b', around: 'a b c' });
    },
    'web/config: "a" occurs 2 times in /data/motto; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
    'web/config: "c" occurs 0 times in /data/motto; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
    'web/config: "a b c" occurs 0 times in /data/motto; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
  ],
  'names that are pieces of longer ones, or are there twice': [
    ({ helm, config, deployment }) => {
      helm.reference(config, '/data/webhook', deployment);
      helm.reference(config, '/data/twice', deployment);
      helm.reference(config, '/data/twice', deployment, { around: 'web:' });
      helm.namespace(config, '/data/twice', { around: 'web' });
    },
    'web/config: "web" occurs 0 times in /data/webhook; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
    'web/config: "web" occurs 2 times in /data/twice; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
    'web/config: "web:" occurs 0 times in /data/twice; write a string that occurs exactly once: around: "..." with more of the text [text-not-once]',
  ],
  'notes of what is not there, and of secrets': [
    ({ helm, config, deployment, secret }) => {
      helm.value(deployment, '/spec/replicas', 'replicaCount');
      helm.value(config, '/data', 'labels');
      helm.secret(secret, '/stringData/password', 'password');
      helm.note('{value:replicaCount} {release:name} {other:thing} {value}');
      helm.note('{value:replicas} {value: replicaCount} {release:revision}');
      helm.note('{value:labels} {value:password}', { when: 'replicaCount' });
      helm.note('', { when: 'ui.enabled' });
    },
    'note 2: has "{value:replicas}", which is no declared value and nothing of the release; write e.g. "{value:replicaCount}", "{release:name}", "{release:namespace}" or "{release:fullname}" [note-placeholder-unknown]',
    'note 2: has "{value: replicaCount}", which is no declared value and nothing of the release; write e.g. "{value:replicaCount}", "{release:name}", "{release:namespace}" or "{release:fullname}" [note-placeholder-unknown]',
    'note 2: has "{release:revision}", which is no declared value and nothing of the release; write e.g. "{value:replicaCount}", "{release:name}", "{release:namespace}" or "{release:fullname}" [note-placeholder-unknown]',
    'note 3: is printed with "replicaCount", which is not a declared boolean value; write the path of one, e.g. of an optional construct: "ui.enabled" [note-condition-unknown]',
    'note 3: prints "labels", which is of the type object; print a string, a number or a boolean [note-value-not-a-text]',
    'note 3: prints "password", which is a generated secret; print the command that reads it from its Secret [note-prints-secret]',
    'note 4: is printed with "ui.enabled", which is not a declared boolean value; write the path of one, e.g. of an optional construct: "ui.enabled" [note-condition-unknown]',
  ],
  'parts that overlap': [
    ({ helm, config, deployment }) => {
      helm.text(config, '/data/url', 'host', { inside: 'web:80' });
      helm.reference(config, '/data/url', deployment);
    },
    'web/config: /data/url: the parts for host and for the name of web/deployment overlap; declare parts that are apart [text-overlaps]',
  ],
  'constructs of another chart': [
    ({ helm, config }) => {
      const { chart, config: other } = given();
      helm.value(other, '/data/port', 'port');
      helm.optional(chart, 'all');
      helm.reference(config, '/data/url', other);
    },
    'web: is not in the chart web; add it to that chart, or declare nothing about it [construct-not-in-chart]',
    'web/config: is not in the chart web; add it to that chart, or declare nothing about it [construct-not-in-chart]',
  ],
  'constructs without objects': [
    ({ helm, chart }) => {
      const empty = new Chart(chart, 'empty');
      helm.value(empty, '/data/port', 'port');
      helm.optional(empty, 'empty');
    },
    'web/empty: has no object; pass an ApiObject, or a construct that has one [construct-without-objects]',
  ],
  'a secret elsewhere, or too short': [
    ({ helm, config, secret }) => {
      helm.secret(config, '/data/motto', 'motto');
      helm.secret(secret, '/stringData/password', 'password', { length: 8 });
    },
    'web/config: /data/motto is not in stringData of a Secret; declare it where a Secret has it, e.g. "/stringData/password" [secret-not-in-secret]',
    'web/secret /stringData/password: 8 is not a whole number between 16 and 256; write e.g. 32 [secret-length-unusable]',
  ],
  'one secret in two places': [
    ({ helm, secret }) => {
      helm.secret(secret, '/stringData/password', 'password');
      helm.secret(secret, '/stringData/other', 'password');
    },
    'values password: is generated for /stringData/password of web/secret and for /stringData/other of web/secret; use two paths, or read both from one Secret [secret-generated-twice]',
  ],
};

test.each(Object.entries(CASES))('%s', (_, [declare, ...expected]) => {
  const all = given();
  declare(all);
  expect(problems(all.helm).sort()).toEqual([...expected].sort());
});

test('names that two releases would share', () => {
  const { helm, secret, config, deployment } = given({ secret: 'fixed', config: 'other' }, {}, false);
  helm.fixedName(secret);
  helm.name(config);
  expect(problems(helm)).toEqual([
    'web/config: the name "other" does not begin with "web"; write "web", "web-…", or another namePrefix [name-without-prefix]',
    'web/deployment: the name "web" would be shared by two releases; declare name(...), or fixedName(...) if one release in the cluster is enough [name-shared-by-releases]',
  ]);
  expect(deployment.name).toBe('web');
});

test('names that leave no room for the release', () => {
  const { helm } = given({ config: `web-${'x'.repeat(43)}` });
  expect(problems(helm)).toEqual([
    `web/config: the name "web-${'x'.repeat(43)}" leaves 19 characters for the name of the release; write one that is 1 characters shorter [name-too-long-for-release]`,
  ]);
});

test('a label that only the release sets', () => {
  const { helm, config } = given();
  config.metadata.addLabel('app.kubernetes.io/instance', 'first');
  expect(problems(helm)).toEqual([
    'web/config: /metadata/labels/app.kubernetes.io~1instance is "first", and Helm sets it to the name of the release; use another label, e.g. "app.kubernetes.io/component" [instance-label-fixed]',
  ]);
});

test('a namespace that the chart does not have', () => {
  const chart = new Chart(new App(), 'web');
  const config = new ApiObject(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { host: 'a.team' },
  });
  const helm = new HelmChart(chart, { name: 'web', version: '1.0.0', description: 'A web server.' });
  helm.name(chart);
  helm.namespace(config, '/data/host');
  expect(problems(helm)).toEqual([
    'web: has no namespace; write new Chart(app, "web", { namespace: "web" }) [chart-without-namespace]',
  ]);
});

test('props', () => {
  expect(problems(given({}, { name: 'Web', version: '1', namePrefix: 'web' }).helm)).toEqual([
    'name: "Web" is not lower-case letters, digits and "-", beginning with a letter, at most 40 characters; write e.g. "web" [chart-name-unusable]',
    'version: "1" is not a semantic version; write e.g. "1.0.0" [chart-version-unusable]',
  ]);
});

test('what constructs find wrong themselves', () => {
  const { helm, config } = given();
  config.node.addValidation({ validate: () => ['data is too long'] });
  expect(problems(helm)).toEqual(['[web/config] data is too long']);
});

test('all of it at once', () => {
  const { helm, config, deployment } = given();
  helm.value(config, '/data/none', 'none');
  helm.value(deployment, '/spec/none', 'none');
  expect(problems(helm)).toHaveLength(2);
});
