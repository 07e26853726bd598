// Certificates that cert-manager gets: by a Certificate of the library, or by an Ingress's annotation.
import { Duration } from 'cdk8s';
import {
  CertificateIssuer,
  type CertManagerOptions,
  Registry,
  RegistryCertificate,
  type RegistryProps,
  TlsTermination,
} from '../../lib';
import { manifest, namesIn, newChart, problemsIn } from '../support/synth';

function synth(props: RegistryProps) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry };
}

function order(options: Partial<CertManagerOptions> = {}, props: RegistryProps = {}) {
  const certificate = RegistryCertificate.certManager({
    issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
    ...options,
  });
  const { chart, registry } = synth({ ...props, tls: { ...props.tls, certificate } });
  return { chart, registry, spec: manifest(chart, 'Certificate/registry-tls').spec };
}

test('a Certificate asks for the host, with a new key at each renewal, and no Secret is written', () => {
  const { spec, chart, registry } = order({}, { ingress: {} });
  expect(spec).toEqual({
    secretName: 'registry-tls',
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' },
    dnsNames: ['registry.example.com'],
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
  });
  expect(namesIn(chart)).not.toContain('Secret/registry-tls');
  expect(manifest(chart, 'Ingress/registry').spec.tls).toEqual([
    { hosts: ['registry.example.com'], secretName: 'registry-tls' },
  ]);
  expect({ renewedInCluster: registry.tls.renewedInCluster, privateCa: registry.tls.privateCa }).toEqual({
    renewedInCluster: true,
    privateCa: false,
  });
});

test('with more names, a lifetime and a CA of its own', () => {
  const { spec, registry } = order({
    extraHosts: ['10.0.0.5', 'registry'],
    duration: Duration.days(30),
    privateCa: true,
  });
  expect(spec).toMatchObject({
    dnsNames: ['registry.example.com', 'registry'],
    ipAddresses: ['10.0.0.5'],
    duration: '43200m',
  });
  expect(registry.tls.privateCa).toBe(true);
});

test('a CA of its own is asked for the pull address too; a public one would refuse the whole', () => {
  const pulls = { pullAddress: '10.0.0.9:30500' };
  expect(order({ privateCa: true }, pulls).spec.ipAddresses).toEqual(['10.0.0.9']);
  expect(order({}, pulls).spec).not.toHaveProperty('ipAddresses');
});

test('an address alone', () => {
  const { spec } = order({}, { host: '10.0.0.5' });
  expect(spec.ipAddresses).toEqual(['10.0.0.5']);
  expect(spec).not.toHaveProperty('dnsNames');
});

test.each<[CertificateIssuer, object]>([
  [CertificateIssuer.issuer('inside'), { group: 'cert-manager.io', kind: 'Issuer', name: 'inside' }],
  [
    CertificateIssuer.external({ name: 'aws', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' }),
    { group: 'awspca.cert-manager.io', kind: 'AWSPCAIssuer', name: 'aws' },
  ],
])('issuers of other kinds', (issuer, reference) => {
  expect(order({ issuer }).spec.issuerRef).toEqual(reference);
});

test('the pod has it where TLS ends there', () => {
  const { chart } = order({}, { tls: { termination: TlsTermination.POD }, ingress: {} });
  const { volumes } = manifest(chart, 'Deployment/registry').spec.template.spec;
  expect(volumes.find(({ name }: { name: string }) => name === 'tls').secret.secretName).toBe('registry-tls');
});

test.each(['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'])(
  'the annotation %s is left the Secret',
  (annotation) => {
    const { chart, registry } = synth({ ingress: { annotations: { [annotation]: 'letsencrypt' } }, ui: {} });
    expect(namesIn(chart).filter((name) => name.includes('registry-tls'))).toEqual([]);
    for (const name of ['Ingress/registry', 'Ingress/registry-ui']) {
      expect(manifest(chart, name).spec.tls).toEqual([
        { hosts: ['registry.example.com'], secretName: 'registry-tls' },
      ]);
    }
    expect(
      Object.keys(manifest(chart, 'Ingress/registry-ui').metadata.annotations).filter((key) =>
        key.includes('cert-manager'),
      ),
    ).toEqual([]);
    expect(registry.tls.renewedInCluster).toBe(true);
  },
);
