// What all constructs share, and that each of them can be used alone: its objects have the name, namespace,
// labels and annotations that it was told.
import { type Chart } from 'cdk8s';
import {
  RegistryAuth,
  RegistryConfiguration,
  RegistryDeployment,
  RegistryIngress,
  RegistryMetrics,
  RegistryNetworkPolicy,
  type RegistryPartProps,
  RegistryService,
  RegistryStorage,
  RegistryTls,
  RegistryUI,
} from '../../lib';
import { manifestsIn, newChart, problemsIn } from '../support/synth';

const ABOUT: RegistryPartProps = {
  name: 'images',
  namespace: 'team-a',
  labels: { 'example.com/team': 'a' },
  annotations: { 'example.com/owner': 'Team A' },
};

const auth = (chart: Chart) => new RegistryAuth(chart, 'auth', ABOUT);
const storage = (chart: Chart) => new RegistryStorage(chart, 'storage', ABOUT);
const tls = (chart: Chart) => new RegistryTls(chart, 'tls', ABOUT);
const deployment = (chart: Chart) =>
  new RegistryDeployment(chart, 'deployment', {
    ...ABOUT,
    auth: auth(chart),
    storage: storage(chart),
    tls: tls(chart),
    metrics: true,
  });
const service = (chart: Chart) =>
  new RegistryService(chart, 'service', { ...ABOUT, deployment: deployment(chart) });
const ingress = (chart: Chart) => {
  const front = service(chart);
  return new RegistryIngress(chart, 'ingress', { ...ABOUT, service: front, tls: front.deployment.tls });
};

const PARTS: readonly [string, (chart: Chart) => unknown, readonly string[]][] = [
  ['RegistryAuth', auth, ['Secret/images-auth']],
  ['RegistryTls', tls, ['Secret/images-tls']],
  ['RegistryStorage', storage, ['PersistentVolumeClaim/images']],
  [
    'RegistryConfiguration',
    (chart) =>
      new RegistryConfiguration(chart, 'configuration', {
        ...ABOUT,
        auth: auth(chart),
        storage: storage(chart),
      }),
    ['ConfigMap/images-config'],
  ],
  [
    'RegistryNetworkPolicy',
    (chart) =>
      new RegistryNetworkPolicy(chart, 'policy', {
        ...ABOUT,
        component: 'registry',
        objectName: 'images',
        portName: 'http',
      }),
    ['NetworkPolicy/images'],
  ],
  [
    'RegistryDeployment',
    deployment,
    ['ConfigMap/images-config', 'Deployment/images', 'NetworkPolicy/images', 'Secret/images-http'],
  ],
  ['RegistryService', service, ['Service/images']],
  ['RegistryIngress', ingress, ['Ingress/images']],
  [
    'RegistryMetrics',
    (chart) =>
      new RegistryMetrics(chart, 'metrics', { ...ABOUT, deployment: deployment(chart), serviceMonitor: {} }),
    ['NetworkPolicy/images-metrics', 'Service/images-metrics', 'ServiceMonitor/images-metrics'],
  ],
  [
    'RegistryUI',
    (chart) => new RegistryUI(chart, 'ui', { ...ABOUT, route: ingress(chart) }),
    ['Deployment/images-ui', 'Ingress/images-ui', 'NetworkPolicy/images-ui', 'Service/images-ui'],
  ],
];

test.each(PARTS)('%s', (_, make, own) => {
  // WHEN
  const chart = newChart();
  make(chart);

  // THEN
  const objects = manifestsIn(chart);
  expect(problemsIn(chart)).toEqual([]);
  expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(
    expect.arrayContaining([...own]),
  );
  for (const { metadata } of objects) {
    expect(metadata.namespace).toBe('team-a');
    expect(metadata.labels).toMatchObject({
      'example.com/team': 'a',
      'app.kubernetes.io/instance': 'images',
      'app.kubernetes.io/part-of': 'images',
    });
    expect(metadata.annotations).toMatchObject({ 'example.com/owner': 'Team A' });
  }
});

test('a part says its registry and its namespace', () => {
  const part = auth(newChart());
  expect({ registryName: part.registryName, namespace: part.namespace }).toEqual({
    registryName: 'images',
    namespace: 'team-a',
  });
});

test('what is not told is the registry called "registry", in the namespace of the chart', () => {
  const part = new RegistryStorage(newChart(), 'storage');
  expect({ registryName: part.registryName, namespace: part.namespace }).toEqual({
    registryName: 'registry',
    namespace: 'registry',
  });
  expect(new RegistryStorage(newChart(undefined, {}), 'storage').namespace).toBeUndefined();
});
