// The whole registry: which objects come of which props, and what others can read from the construct.
import { ApiObject, Chart } from 'cdk8s';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import {
  FixedStore,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  TlsTermination,
} from '../lib';
import { manifest, manifestsIn, namesIn, newChart, problemsIn } from './support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

function registryOf(props: RegistryProps = {}): Registry {
  return new Registry(newChart(), 'registry', props);
}

describe('objects', () => {
  test('without an ingress', () => {
    const { node } = registryOf();
    expect(namesIn(node.scope as Chart)).toEqual([
      'ConfigMap/registry-config',
      'Deployment/registry',
      'NetworkPolicy/registry',
      'PersistentVolumeClaim/registry',
      'Secret/registry-auth',
      'Secret/registry-http',
      'Secret/registry-tls',
      'Service/registry',
    ]);
  });

  test('with all parts, under a name of its own', () => {
    const { node } = registryOf({ name: 'images', createNamespace: true, ingress: {}, ui: {} });
    expect(namesIn(node.scope as Chart)).toEqual([
      'ConfigMap/images-config',
      'Deployment/images',
      'Deployment/images-ui',
      'Ingress/images',
      'Ingress/images-ui',
      'Namespace/registry',
      'NetworkPolicy/images',
      'NetworkPolicy/images-ui',
      'PersistentVolumeClaim/images',
      'Secret/images-auth',
      'Secret/images-http',
      'Secret/images-tls',
      'Service/images',
      'Service/images-ui',
    ]);
  });

  test('without login, certificate and policy', () => {
    const { node } = registryOf({ ...OPEN, networkPolicy: { enabled: false } });
    expect(namesIn(node.scope as Chart)).toEqual([
      'ConfigMap/registry-config',
      'Deployment/registry',
      'PersistentVolumeClaim/registry',
      'Secret/registry-http',
      'Service/registry',
    ]);
  });

  test('all stand in the namespace that is named, before that of the chart', () => {
    const { node } = registryOf({ namespace: 'team-a', ingress: {}, ui: {} });
    expect(new Set(manifestsIn(node.scope as Chart).map(({ metadata }) => metadata.namespace))).toEqual(
      new Set(['team-a']),
    );
  });

  test('name no namespace where none is named', () => {
    const chart = newChart(new FixedStore(), {});
    new Registry(chart, 'registry', { ingress: {}, ui: {} });
    expect(manifestsIn(chart).filter(({ metadata }) => 'namespace' in metadata)).toEqual([]);
  });

  test('all carry the labels and annotations that are given, pods the labels only', () => {
    // WHEN
    const { node } = registryOf({
      labels: { 'example.com/team': 'a', app: 'images' },
      annotations: { 'example.com/owner': 'Team A' },
      ingress: {},
      ui: {},
    });

    // THEN
    const objects = manifestsIn(node.scope as Chart);
    for (const { metadata } of objects) {
      expect(metadata.labels).toMatchObject({
        'example.com/team': 'a',
        app: 'images',
        'app.kubernetes.io/managed-by': 'cdk8s-registry',
      });
      expect(metadata.annotations).toMatchObject({ 'example.com/owner': 'Team A' });
    }
    const pods = objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => spec.template.metadata);
    expect(pods.map(({ labels }) => labels['example.com/team'])).toEqual(['a', 'a']);
    expect(pods.filter(({ annotations }) => annotations && 'example.com/owner' in annotations)).toEqual([]);
  });
});

describe('the namespace', () => {
  test('is written with Pod Security enforced, and stands in no namespace itself', () => {
    const { node } = registryOf({ createNamespace: true });
    expect(manifest(node.scope as Chart, 'Namespace/registry').metadata).toEqual({
      name: 'registry',
      labels: {
        app: 'registry',
        'app.kubernetes.io/component': 'registry',
        'app.kubernetes.io/instance': 'registry',
        'app.kubernetes.io/managed-by': 'cdk8s-registry',
        'app.kubernetes.io/name': 'registry',
        'app.kubernetes.io/part-of': 'registry',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    });
  });

  test.each(['default', 'kube-system'])(
    'of the cluster itself, %s, can hold a registry, and is not written',
    (namespace) => {
      const chart = newChart();
      new Registry(chart, 'registry', { namespace, createNamespace: false });
      expect(problemsIn(chart)).toEqual([]);
      expect(manifest(chart, 'Deployment/registry').metadata.namespace).toBe(namespace);
      expect(namesIn(chart).filter((name) => name.startsWith('Namespace/'))).toEqual([]);
    },
  );

  test('is written once for two registries in it', () => {
    const chart = newChart();
    for (const name of ['one', 'two']) new Registry(chart, name, { name, createNamespace: true });
    expect(namesIn(chart).filter((name) => name.startsWith('Namespace/'))).toEqual(['Namespace/registry']);
  });

  test('is left to the one that the user wrote', () => {
    const chart = newChart();
    new k8s.KubeNamespace(chart, 'mine', { metadata: { name: 'registry' } });
    new Registry(chart, 'registry', { createNamespace: true });
    expect(namesIn(chart).filter((name) => name.startsWith('Namespace/'))).toEqual(['Namespace/registry']);
  });
});

describe('address and URL', () => {
  const host = 'registry.example.com';
  const { NODE_PORT, LOAD_BALANCER } = ServiceType;
  test.each<[string, RegistryProps, string]>([
    ['an ingress', { host, ingress: {} }, 'https://registry.example.com'],
    [
      'an ingress before a Service with TLS',
      { host, ingress: {}, tls: { termination: TlsTermination.POD } },
      'https://registry.example.com',
    ],
    ['an ingress without TLS', { ...OPEN, host, ingress: {} }, 'http://registry.example.com'],
    ['a Service inside the cluster', { host }, 'https://registry.example.com:5000'],
    ['a Service without TLS', { ...OPEN, host }, 'http://registry.example.com:5000'],
    ['a load balancer', { host, service: { type: LOAD_BALANCER } }, 'https://registry.example.com:5000'],
    [
      'a load balancer on 443',
      { host, service: { type: LOAD_BALANCER, port: 443 } },
      'https://registry.example.com',
    ],
    [
      'a node port that was chosen',
      { host, service: { type: NODE_PORT, nodePort: 30500 } },
      'https://registry.example.com:30500',
    ],
    [
      'a node port that Kubernetes chooses',
      { host, service: { type: NODE_PORT } },
      'https://registry.example.com:<port>',
    ],
    [
      'an address',
      { host: '192.168.1.10', service: { type: NODE_PORT, nodePort: 30500 } },
      'https://192.168.1.10:30500',
    ],
  ])('%s', (_, props, url) => {
    const registry = registryOf(props);
    expect(problemsIn(registry.node.scope as Chart)).toEqual([]);
    expect(registry.url).toBe(url);
    expect(registry.address).toBe(url.replace(/^https?:\/\//, ''));
  });

  test('the host has a default', () => {
    expect(registryOf().host).toBe('registry.localhost');
  });
});

describe('parts', () => {
  test('TLS ends in the pod where there is no ingress, else at the ingress', () => {
    expect(registryOf().tls.inPod).toBe(true);
    expect(registryOf({ tls: { termination: undefined } }).tls.inPod).toBe(true);
    expect(registryOf({ ingress: {} }).tls.inPod).toBe(false);
    expect(registryOf({ ingress: {}, tls: { termination: undefined } }).tls.inPod).toBe(false);
    expect(registryOf({ ingress: {}, tls: { termination: TlsTermination.POD } }).tls.inPod).toBe(true);
  });

  test('can be read, and changed as cdk8s objects', () => {
    // GIVEN
    const registry = registryOf({ ingress: {}, ui: {} });

    // WHEN
    registry.deployment.apiObject.metadata.addAnnotation('example.com/changed', 'yes');

    // THEN
    expect(registry.auth.userNames).toEqual(['admin']);
    expect(registry.storage.claimName).toBe('registry');
    expect(registry.service.serviceName).toBe('registry');
    expect(registry.ingress?.host).toBe('registry.localhost');
    expect(registry.ui?.url).toBe('https://registry.localhost/ui/');
    expect(ApiObject.isApiObject(registry.service.apiObject)).toBe(true);
    expect(manifest(registry.node.scope as Chart, 'Deployment/registry').metadata.annotations).toEqual({
      'example.com/changed': 'yes',
    });
  });
});

test('annotations of the Service and the Ingress are theirs alone', () => {
  const { node } = registryOf({
    service: { annotations: { 'example.com/balancer': 'internal' } },
    ingress: { annotations: { 'example.com/issuer': 'letsencrypt' } },
  });
  const holders = (key: string) =>
    manifestsIn(node.scope as Chart)
      .filter(({ metadata }) => metadata.annotations?.[key])
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(holders('example.com/balancer')).toEqual(['Service/registry']);
  expect(holders('example.com/issuer')).toEqual(['Ingress/registry']);
});
