// The HTTPRoute: which Gateway, how long requests may take, and how a Gateway trusts the pod.
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryCertificate,
  RegistryGateway,
  type RegistryProps,
  TlsTermination,
} from '../../lib';
import { manifest, namesIn, newChart, newChartWithStore, problemsIn, textsOf } from '../support/synth';

// Defaults in lists: without them each `kubectl apply` would have something to change.
const PARENT = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
const BACKEND = { group: '', kind: 'Service', weight: 1 };
const SAME_NAMESPACE = { namespaces: { from: 'Same' } };

const shared = RegistryGateway.existing({ name: 'public', namespace: 'gateways', sectionName: 'https' });
const own = RegistryGateway.newGateway({ className: 'nginx', annotations: { 'example.com/pool': 'lan' } });
const pod = { tls: { termination: TlsTermination.POD } };

function synth(gateway: RegistryGateway, props: RegistryProps = {}, chart = newChart()) {
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ...props,
    httpRoute: { gateway },
  });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry, spec: manifest(chart, 'HTTPRoute/registry').spec };
}

test('leads the host to the Service for as long as a push takes', () => {
  const { spec, chart, registry } = synth(shared);
  expect(spec).toEqual({
    parentRefs: [{ ...PARENT, name: 'public', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['registry.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ ...BACKEND, name: 'registry', port: 5000 }],
        timeouts: { request: '0s' },
      },
    ],
  });
  expect(
    namesIn(chart).filter((name) => /^(Gateway|Secret\/registry-tls|BackendTLSPolicy)/.test(name)),
  ).toEqual([]);
  expect({ url: registry.url, enabled: registry.tls.enabled }).toEqual({
    url: 'https://registry.example.com',
    enabled: false,
  });
});

test('a Gateway of its own shows the certificate', () => {
  const { spec, chart, registry } = synth(own);
  expect(spec.parentRefs).toEqual([{ ...PARENT, name: 'registry' }]);
  const { metadata, spec: gateway } = manifest(chart, 'Gateway/registry');
  expect(metadata.annotations).toEqual({ 'example.com/pool': 'lan' });
  expect(gateway).toEqual({
    gatewayClassName: 'nginx',
    listeners: [
      {
        name: 'https',
        hostname: 'registry.example.com',
        port: 443,
        protocol: 'HTTPS',
        tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'registry-tls' }] },
        allowedRoutes: SAME_NAMESPACE,
      },
    ],
  });
  expect(registry.httpRoute?.gatewayName).toBe('registry');
});

test('a Gateway of its own without a certificate listens on 80', () => {
  const { chart, registry } = synth(own, {
    auth: { insecurePasswordsOverHttp: true },
    tls: { certificate: RegistryCertificate.none() },
  });
  expect(manifest(chart, 'Gateway/registry').spec.listeners).toEqual([
    {
      name: 'http',
      hostname: 'registry.example.com',
      port: 80,
      protocol: 'HTTP',
      allowedRoutes: SAME_NAMESPACE,
    },
  ]);
  expect(registry.url).toBe('http://registry.example.com');
});

test('a Gateway trusts the pod by its name and its CA, which stands in a ConfigMap without the key', () => {
  const { chart } = synth(shared, pod, newChartWithStore().chart);
  expect(manifest(chart, 'BackendTLSPolicy/registry').spec).toEqual({
    targetRefs: [{ group: '', kind: 'Service', name: 'registry' }],
    validation: {
      hostname: 'registry.example.com',
      caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'registry-backend-ca' }],
    },
  });
  const { data } = manifest(chart, 'ConfigMap/registry-backend-ca');
  expect(data['ca.crt']).toBe(textsOf(manifest(chart, 'Secret/registry-tls'))['ca.crt']);
  expect(data['ca.crt']).not.toContain('PRIVATE');
});

test('a Gateway trusts a pod whose CA is not known here as it trusts others', () => {
  const chart = newChart();
  const certificate = RegistryCertificate.existingSecret(
    Secret.fromSecretName(chart, 'certificate', 'wildcard'),
  );
  synth(shared, { tls: { ...pod.tls, certificate } }, chart);
  expect(manifest(chart, 'BackendTLSPolicy/registry').spec.validation).toEqual({
    hostname: 'registry.example.com',
    wellKnownCACertificates: 'System',
  });
});

test('the UI is on the same Gateway', () => {
  const { chart, registry } = synth(shared, { ui: {} });
  expect(manifest(chart, 'HTTPRoute/registry-ui').spec).toMatchObject({
    parentRefs: [{ ...PARENT, name: 'public', namespace: 'gateways', sectionName: 'https' }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/ui' } }],
        backendRefs: [{ ...BACKEND, name: 'registry-ui', port: 80 }],
      },
    ],
  });
  expect(registry.ui?.url).toBe('https://registry.example.com/ui/');
});
