// A chart as people have it, with everything that can be declared, for what its settings are; and what is
// declared about it.
import { ApiObject, App, Chart } from 'cdk8s';
import { HelmChart } from '../../lib/chart-engine/helm-chart';

/** What the constructs are made with, and values set. */
export interface WebSettings {
  readonly motto: string;
  readonly replicas: number;
  readonly weight: number;
  readonly debug: boolean;
  readonly logLevel: string;
  readonly port: number;
  readonly title: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly ui: boolean;
}

export const DEFAULTS: WebSettings = {
  motto: 'Ship it',
  replicas: 2,
  weight: 0.5,
  debug: false,
  logLevel: 'info',
  port: 8080,
  title: 'Web',
  nodeSelector: {},
  args: ['--verbose'],
  ui: true,
};

/** What is the same whatever is set, and hard to write in a template or in YAML. */
export const HARD = {
  braces: '{{ .Values.motto }} }} {{{ {{{{',
  several: 'a: {{ b }}\n{\n\n  "c": \'d\'\n',
  trailing: 'a \nb\n\n',
  leading: '\n  a\n',
  tab: '\ta\r\nb',
  word: 'yes',
  number: '0123',
  exponent: '1e3',
  date: '2020-01-01',
  empty: '',
  percent: '100%s',
  unicode: 'Grüße 🙂 \u2028 \u0085 \u0007',
  colon: 'a: b # c',
  dash: '- a',
};

export interface Web {
  readonly chart: Chart;
  readonly objects: Record<'config' | 'secret' | 'deployment' | 'service' | 'account' | 'binding', ApiObject>;
  readonly ui: Chart;
}

const LABELS = { app: 'web' };

/** The constructs. The prefix of names and the namespace are the release's. */
export function web(given: Partial<WebSettings> = {}, prefix = 'web', namespace = 'team'): Web {
  const settings = { ...DEFAULTS, ...given };
  const chart = new Chart(new App(), 'web', { namespace });
  const add = (id: string, kind: string, apiVersion: string, name: string, rest: object, scope = chart) =>
    new ApiObject(scope, id, { kind, apiVersion, metadata: { name }, ...rest });
  const config = add('config', 'ConfigMap', 'v1', `${prefix}-config`, {
    data: {
      ...HARD,
      motto: settings.motto,
      'config.yml': `log:\n  level: ${settings.logLevel}\n  braces: "{{ info }}"\nport: ${settings.port}\n`,
      title: `<h1>${settings.title}</h1> at {{ http://${prefix}-service:${settings.port}/ 100% {`,
      host: `${prefix}-service.${namespace}.svc`,
      twice: `web http://${prefix}.${namespace}.svc/team?of=web`,
    },
  });
  const secret = add('secret', 'Secret', 'v1', `${prefix}-secret`, {
    stringData: { 'pass.word': '', user: 'web' },
  });
  const account = add('account', 'ServiceAccount', 'v1', prefix, {});
  const binding = add('binding', 'RoleBinding', 'rbac.authorization.k8s.io/v1', prefix, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: prefix, namespace }],
  });
  const deployment = add('deployment', 'Deployment', 'apps/v1', prefix, {
    spec: {
      replicas: settings.replicas,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: prefix,
          nodeSelector: settings.nodeSelector,
          containers: [
            {
              name: 'web',
              image: 'web:1',
              args: settings.args,
              env: [
                { name: 'PORT', value: String(settings.port) },
                { name: 'DEBUG', value: `debug=${settings.debug}` },
                { name: 'URL', value: `http://${prefix}-service:${settings.port}` },
                {
                  name: 'PASSWORD',
                  valueFrom: { secretKeyRef: { name: `${prefix}-secret`, key: 'pass.word' } },
                },
              ],
              envFrom: [{ configMapRef: { name: `${prefix}-config` } }],
              ports: [{ containerPort: settings.port }],
              tty: settings.debug,
            },
          ],
        },
      },
    },
  });
  const service = add('service', 'Service', 'v1', `${prefix}-service`, {
    spec: { selector: LABELS, ports: [{ port: 80, targetPort: settings.port }] },
  });
  const ui = new Chart(chart, 'ui', { namespace });
  if (settings.ui) {
    add('page', 'ConfigMap', 'v1', `${prefix}-ui`, { data: { weight: `${settings.weight}` } }, ui);
    add(
      'weights',
      'Weights',
      'example.com/v1',
      `${prefix}-weights`,
      { spec: { weight: settings.weight, 'key with {{ braces }}': 1 } },
      ui,
    );
  }
  return { chart, objects: { config, secret, deployment, service, account, binding }, ui };
}

/** What is declared about it. */
export function declare({ chart, objects, ui }: Web): HelmChart {
  const { config, secret, deployment, service, account } = objects;
  const helm = new HelmChart(chart, { name: 'web', version: '1.2.3', description: 'A web server.' });
  helm.name(chart);
  helm.value(config, '/data/motto', 'motto', { description: 'What the team says.' });
  helm.value(deployment, '/spec/replicas', 'replicaCount', { description: 'Pods.', schema: { minimum: 0 } });
  helm.text(config, '/data/config.yml', 'log.level', { inside: 'info', around: 'level: info' });
  helm.text(config, '/data/config.yml', 'port', { inside: '8080' });
  helm.text(config, '/data/title', 'port', { inside: '8080' });
  helm.text(config, '/data/title', 'title', { inside: 'Web', around: 'Web<' });
  helm.reference(config, '/data/title', service);
  helm.reference(config, '/data/host', service);
  helm.namespace(config, '/data/host');
  helm.reference(config, '/data/twice', account, { around: '/web.' });
  helm.namespace(config, '/data/twice', { around: 'team.svc' });
  const container = '/spec/template/spec/containers/0';
  helm.value(deployment, `${container}/ports/0/containerPort`, 'port');
  helm.text(deployment, `${container}/env/0/value`, 'port', { inside: '8080' });
  helm.text(deployment, `${container}/env/1/value`, 'debug', { inside: 'false' });
  helm.text(deployment, `${container}/env/2/value`, 'port', { inside: '8080' });
  helm.reference(deployment, `${container}/env/2/value`, service);
  helm.value(deployment, `${container}/tty`, 'debug');
  helm.value(deployment, `${container}/args`, 'args');
  helm.value(deployment, '/spec/template/spec/nodeSelector', 'nodeSelector');
  helm.value(service, '/spec/ports/0/targetPort', 'port');
  const [page, weights] = ui.node.children as [ApiObject, ApiObject];
  helm.value(weights, '/spec/weight', 'ui.weight');
  helm.text(page, '/data/weight', 'ui.weight', { inside: '0.5' });
  helm.optional(ui, 'ui.enabled', { description: 'Is there a page?' });
  helm.secret(secret, '/stringData/pass.word', 'password', { length: 24 });
  return helm;
}

/** The values that set what the constructs are made with. */
export function valuesOf({ replicas, logLevel, ui, weight, ...same }: Partial<WebSettings>): object {
  return {
    ...same,
    ...(replicas !== undefined && { replicaCount: replicas }),
    ...(logLevel !== undefined && { log: { level: logLevel } }),
    ...((ui !== undefined || weight !== undefined) && {
      ui: { ...(ui !== undefined && { enabled: ui }), ...(weight !== undefined && { weight }) },
    }),
  };
}
