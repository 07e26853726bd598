// What metrics are read by, and who may. That they are there, and nowhere else, is in
// test/e2e/metrics.test.ts.
import { Duration } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  Registry,
  RegistryAuth,
  RegistryDeployment,
  RegistryMetrics,
  type RegistryProps,
  RegistryStorage,
} from '../../lib';
import { type Manifest as FileManifest, filesOf } from '../../lib/app/file-table';
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { objectsOf } from '../catalogue/kind';
import { METRICS, MONITORED } from '../catalogue/metrics';
import { manifest, manifestsIn, namesIn, newChart, problemsIn } from '../support/synth';

function made(props: RegistryProps) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', props);
  expect(problemsIn(chart)).toEqual([]);
  const { ports } = manifest(chart, 'Deployment/registry').spec.template.spec.containers[0];
  return { chart, registry, ports, debug: parse(registry.deployment.configuration.toYaml()).http.debug };
}

const podsOf = (component: string) => ({
  'app.kubernetes.io/name': 'registry',
  'app.kubernetes.io/instance': 'registry',
  'app.kubernetes.io/component': component,
});
const monitorOf = (serviceMonitor: object) =>
  manifest(made({ metrics: { serviceMonitor } }).chart, 'ServiceMonitor/registry-metrics');

test('without them there is no debug server, no port and no object', () => {
  const { chart, registry, ports, debug } = made({});
  expect(debug).toBeUndefined();
  expect(ports).toEqual([{ name: 'https', containerPort: 5000 }]);
  expect(registry.metrics).toBeUndefined();
  expect(namesIn(chart).filter((name) => name.endsWith('-metrics'))).toEqual([]);
});

test.each(['registry:3.1.1', 'registry:2.8.3'])('{} switches them on for %s', (image) => {
  // WHEN
  const { chart, registry, ports, debug } = made({ image, metrics: {} });

  // THEN
  expect(debug).toEqual({ addr: ':5001', prometheus: { enabled: true, path: '/metrics' } });
  expect(ports).toEqual([
    { name: 'https', containerPort: 5000 },
    { name: 'metrics', containerPort: 5001 },
  ]);
  expect(namesIn(chart).filter((name) => name.endsWith('-metrics'))).toEqual([
    'NetworkPolicy/registry-metrics',
    'Service/registry-metrics',
  ]);
  expect(manifest(chart, 'Service/registry-metrics').spec).toEqual({
    type: 'ClusterIP',
    selector: podsOf('registry'),
    ports: [{ name: 'metrics', port: 5001, targetPort: 'metrics', protocol: 'TCP' }],
  });
  const { metrics } = registry;
  expect({ serviceName: metrics?.serviceName, port: metrics?.port, path: metrics?.path }).toEqual({
    serviceName: 'registry-metrics',
    port: 5001,
    path: '/metrics',
  });
});

test("the registry's own Service and NetworkPolicy are as they are without metrics", () => {
  const [on, off] = [made({ metrics: {} }).chart, made({}).chart];
  for (const name of ['Service/registry', 'NetworkPolicy/registry'])
    expect(manifest(on, name)).toEqual(manifest(off, name));
});

test('the pods are rolled when metrics are switched on', () => {
  const checksum = ({ chart }: ReturnType<typeof made>) =>
    manifest(chart, 'Deployment/registry').spec.template.metadata.annotations['checksum/config'];
  expect(checksum(made({ metrics: {} }))).not.toBe(checksum(made({})));
});

describe('who may read them', () => {
  const policyOf = (props: RegistryProps) =>
    manifest(made(props).chart, 'NetworkPolicy/registry-metrics').spec;

  test('unless told otherwise, pods that are called prometheus, wherever they are', () => {
    expect(policyOf({ metrics: {} })).toEqual({
      podSelector: { matchLabels: podsOf('registry') },
      policyTypes: ['Ingress'],
      ingress: [
        {
          ports: [{ port: 'metrics', protocol: 'TCP' }],
          from: [
            {
              namespaceSelector: {},
              podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
            },
          ],
        },
      ],
    });
  });

  test('those who are named, and nobody who may reach the registry itself', () => {
    // GIVEN
    const monitoring: k8s.NetworkPolicyPeer = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
    };
    const controller: k8s.NetworkPolicyPeer = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
    };

    // WHEN
    const { chart } = made({
      networkPolicy: { allowFrom: [controller] },
      metrics: { allowFrom: [monitoring] },
    });

    // THEN
    const rules = (name: string) => manifest(chart, `NetworkPolicy/${name}`).spec.ingress;
    expect(rules('registry-metrics')).toEqual([
      { ports: [{ port: 'metrics', protocol: 'TCP' }], from: [monitoring] },
    ]);
    expect(rules('registry')).toEqual([{ ports: [{ port: 'https', protocol: 'TCP' }], from: [controller] }]);
  });

  test('everybody where that was accepted: a policy for metrics alone would close the registry', () => {
    const { chart, registry } = made({
      networkPolicy: { enabled: false },
      metrics: { insecureWithoutNetworkPolicy: true },
    });
    expect(namesIn(chart).filter((name) => name.startsWith('NetworkPolicy/'))).toEqual([]);
    expect(registry.metrics?.networkPolicy).toBeUndefined();
  });
});

describe('the ServiceMonitor', () => {
  test('selects the Service of the metrics alone', () => {
    const { chart } = made({ metrics: { serviceMonitor: {} } });
    const { spec } = manifest(chart, 'ServiceMonitor/registry-metrics');
    expect(spec).toEqual({
      selector: { matchLabels: podsOf('metrics') },
      endpoints: [{ port: 'metrics', path: '/metrics' }],
    });
    const selected = manifestsIn(chart).filter(
      ({ kind, metadata }) =>
        kind === 'Service' &&
        Object.entries(spec.selector.matchLabels).every(([key, value]) => metadata.labels[key] === value),
    );
    expect(selected.map(({ metadata }) => metadata.name)).toEqual(['registry-metrics']);
  });

  test('has the labels that an operator looks for, and those of all objects', () => {
    const { metadata } = monitorOf({ labels: { release: 'kube-prometheus-stack' } });
    expect(metadata.labels).toMatchObject({ ...podsOf('metrics'), release: 'kube-prometheus-stack' });
  });

  test('says how often, and how long that may take', () => {
    const [endpoint] = monitorOf({ interval: Duration.minutes(1), scrapeTimeout: Duration.seconds(60) }).spec
      .endpoints;
    expect(endpoint).toMatchObject({ interval: '60s', scrapeTimeout: '60s' });
  });
});

test('RegistryMetrics serves a RegistryDeployment of its own', () => {
  // GIVEN
  const chart = newChart();
  const [auth, storage] = [new RegistryAuth(chart, 'auth'), new RegistryStorage(chart, 'storage')];
  const deployment = new RegistryDeployment(chart, 'deployment', { auth, storage, metrics: true });

  // WHEN
  new RegistryMetrics(chart, 'metrics', { deployment });

  // THEN
  expect(problemsIn(chart)).toEqual([]);
  expect(policyProblems(manifestsIn(chart))).toEqual([]);
});

test('what is patched is written', () => {
  const { chart, registry } = made({ metrics: {} });
  registry.metrics?.service.metadata.addAnnotation('prometheus.io/scrape', 'true');
  expect(manifest(chart, 'Service/registry-metrics').metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
  });
});

test.each(Object.entries(METRICS))('%s: what they are read by has a file', (_, kind) => {
  const files = filesOf(objectsOf(kind) as FileManifest[]);
  expect(files.get('840-registry-metrics.yaml')?.map(({ kind }) => kind)).toEqual([
    'Service',
    'NetworkPolicy',
    'ServiceMonitor',
  ]);
});

test.each<[string, (spec: any) => void, string]>([
  [
    'that selects no Service',
    (spec) => Object.assign(spec.selector.matchLabels, { app: 'none' }),
    'selector matches no Service',
  ],
  [
    'of a port that no Service has',
    (spec) => Object.assign(spec.endpoints[0], { port: 'http' }),
    'endpoint port http is on no Service',
  ],
])('the checks notice a ServiceMonitor %s', (_, change, says) => {
  const objects = manifestsIn(made(MONITORED).chart);
  change(objects.find(({ kind }) => kind === 'ServiceMonitor')?.spec);
  expect(policyProblems(objects)).toEqual([expect.stringContaining(says)]);
});

test('the schema check notices a field that the ServiceMonitor does not have', () => {
  const objects = manifestsIn(made(MONITORED).chart);
  Object.assign(objects.find(({ kind }) => kind === 'ServiceMonitor')?.spec.endpoints[0], { timeout: '10s' });
  expect(schemaProblems(objects, ALL_MODELS)).toEqual([
    'ServiceMonitor/registry-metrics: spec.endpoints[0].timeout is not a field of the API [unknown-field]',
  ]);
});
