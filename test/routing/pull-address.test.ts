// Where nodes pull from, if that is another address than the one to which people push.
import { ServiceType } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  FixedStore,
  Registry,
  RegistryCertificate,
  RegistryLocalHosting,
  type RegistryProps,
  RegistryPullSecret,
} from '../../lib';
import { isCidr, isPullAddress } from '../../lib/core/addresses';
import { CertificateRequest } from '../../lib/secrets/store';
import { manifest, manifestsIn, newChart, problemsIn, textsOf } from '../support/synth';

function synth(props: RegistryProps) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry };
}

test.each<[RegistryProps, string]>([
  [{ ingress: {} }, 'registry.example.com'],
  [{ service: { type: ServiceType.NODE_PORT, nodePort: 30500 } }, 'registry.example.com:30500'],
  [{ ingress: {}, pullAddress: '127.0.0.1:30500' }, '127.0.0.1:30500'],
  [{ ingressRoute: {}, pullAddress: 'registry.inside' }, 'registry.inside'],
])('%j is pulled from %s', (props, address) => {
  const { registry } = synth(props);
  expect(registry.pullAddress).toBe(address);
  expect(registry.address).not.toBe('registry.inside');
});

test('the UI shows it, and still asks the registry by its host', () => {
  const { chart } = synth({ ingress: {}, ui: {}, pullAddress: '127.0.0.1:30500' });
  const { env } = manifest(chart, 'Deployment/registry-ui').spec.template.spec.containers[0];
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'PULL_URL', value: '127.0.0.1:30500' },
      { name: 'REGISTRY_URL', value: 'https://registry.example.com' },
    ]),
  );
});

test('nodes are set up for it, and pull secrets and tools are told of it', () => {
  const { chart, registry } = synth({ ingress: {}, pullAddress: '10.0.0.9:30500' });
  expect(registry.nodeFiles().dockerCaPath).toBe('/etc/docker/certs.d/10.0.0.9:30500/ca.crt');
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['apps'] });
  new RegistryLocalHosting(chart, 'hosting', { registry });
  expect(problemsIn(chart)).toEqual([]);
  const secret = manifestsIn(chart).find(({ type }) => type === 'kubernetes.io/dockerconfigjson');
  expect(Object.keys(JSON.parse(textsOf(secret)['.dockerconfigjson'] ?? '').auths)).toEqual([
    '10.0.0.9:30500',
  ]);
  const { data } = manifest(chart, 'ConfigMap/local-registry-hosting');
  expect(data['localRegistryHosting.v1']).toContain(
    'host: registry.example.com\nhostFromContainerRuntime: 10.0.0.9:30500\n',
  );
});

test('nodes must be given a CA that is known in the cluster alone', () => {
  const issuer = CertificateIssuer.clusterIssuer('inside');
  const { chart, registry } = synth({
    ingress: {},
    tls: { certificate: RegistryCertificate.certManager({ issuer, privateCa: true }) },
  });
  expect(() => registry.nodeFiles()).toThrow('its certificate was not issued by a CA of this library');
  expect(problemsIn(chart)).toEqual([expect.stringContaining('set the CA: ca:')]);
});

test('the certificate covers its host, without the port', () => {
  const hostsOf = (props: RegistryProps) => {
    const requests: CertificateRequest[] = [];
    class Watching extends FixedStore {
      public _certificate(...[owner, request]: Parameters<FixedStore['_certificate']>) {
        requests.push(request);
        return super._certificate(owner, request);
      }
    }
    const chart = newChart(new Watching());
    new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
    manifest(chart, 'Secret/registry-tls');
    return requests[0]?.hosts;
  };
  const usual = [
    'registry.example.com',
    'registry',
    'registry.registry',
    'registry.registry.svc',
    'registry.registry.svc.cluster.local',
  ];
  expect(hostsOf({})).toEqual([...usual, 'localhost', '127.0.0.1']);
  const [host, ...others] = [...usual, 'localhost', '127.0.0.1'];
  expect(hostsOf({ pullAddress: '10.0.0.9:30500' })).toEqual([host, '10.0.0.9', ...others]);
});

test.each(['10.0.0.0/8', '0.0.0.0/0', '192.168.1.7/32', 'fd00::/8', '::/0', '2001:db8::1/128'])(
  '%s is a range',
  (text) => {
    expect(isCidr(text)).toBe(true);
  },
);

test.each([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0/8',
  '10.0.0.256/8',
  'fd00::/129',
  'fd00::g/8',
  '::/',
  '/8',
  '10.0.0.0/8/8',
  'x:y/8',
  '',
])('%j is no range', (text) => {
  expect(isCidr(text)).toBe(false);
});

test.each(['registry', 'registry.example.com', 'registry.example.com:5000', '10.0.0.9', '10.0.0.9:30500'])(
  '%s is an address',
  (text) => {
    expect(isPullAddress(text)).toBe(true);
  },
);

test.each([
  '',
  ':5000',
  'registry:',
  'registry:0',
  'registry:65536',
  'Registry',
  'a/b',
  'http://a',
  'a:1:2',
  '10.0.0.300',
])('%j is no address', (text) => {
  expect(isPullAddress(text)).toBe(false);
});
