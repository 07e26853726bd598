// The Service: its type, ports and selector.
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { ServiceType } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  ExternalTrafficPolicy,
  LocalStore,
  Registry,
  RegistryCertificate,
  type RegistryProps,
  TlsTermination,
} from '../../lib';
import { newFolder } from '../support/folder';
import { manifest, newChart, problemsIn, textsOf } from '../support/synth';

function synth(props: RegistryProps) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', props);
  expect(problemsIn(chart)).toEqual([]);
  return { service: registry.service, spec: manifest(chart, 'Service/registry').spec, chart };
}

test('is inside of the cluster by default, and leads to the pods by the name of their port', () => {
  const { service, spec, chart } = synth({ ingress: {} });
  expect(spec).toEqual({
    type: 'ClusterIP',
    selector: {
      'app.kubernetes.io/name': 'registry',
      'app.kubernetes.io/instance': 'registry',
      'app.kubernetes.io/component': 'registry',
    },
    ports: [{ name: 'http', port: 5000, targetPort: 'http', protocol: 'TCP' }],
  });
  expect(manifest(chart, 'Deployment/registry').spec.template.metadata.labels).toMatchObject(spec.selector);
  expect({
    type: service.type,
    port: service.port,
    nodePort: service.nodePort,
    external: service.external,
  }).toEqual({
    type: 'ClusterIP',
    port: 5000,
    nodePort: undefined,
    external: false,
  });
});

test('speaks HTTPS where TLS ends in the pod', () => {
  expect(synth({ ingress: {}, tls: { termination: TlsTermination.POD } }).spec.ports).toEqual([
    { name: 'https', port: 5000, targetPort: 'https', protocol: 'TCP' },
  ]);
});

test('a node port', () => {
  const { service, spec } = synth({ service: { type: ServiceType.NODE_PORT, nodePort: 30500 } });
  expect(spec).toMatchObject({ type: 'NodePort', ports: [{ name: 'https', port: 5000, nodePort: 30500 }] });
  expect({ nodePort: service.nodePort, external: service.external }).toEqual({
    nodePort: 30500,
    external: true,
  });
});

test('a load balancer with a port and annotations of its own', () => {
  const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' };
  const { service, spec, chart } = synth({
    service: { type: ServiceType.LOAD_BALANCER, port: 443, annotations },
  });
  expect(spec).toMatchObject({ type: 'LoadBalancer', ports: [{ port: 443, targetPort: 'https' }] });
  expect(manifest(chart, 'Service/registry').metadata.annotations).toEqual(annotations);
  expect({ port: service.port, external: service.external }).toEqual({ port: 443, external: true });
});

describe.each([
  ['10.43.0.200', 'IP Address:10.43.0.200'],
  ['FD00::C8', 'IP Address:FD00:0:0:0:0:0:0:C8'],
])('at the address %s', (clusterIP, name) => {
  test.each([ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER])('as %s', (type) => {
    const props = { service: { type, clusterIP } };
    const { service, spec } = synth(props);
    expect({ written: spec.clusterIP, clusterIP: service.clusterIP }).toEqual({
      written: clusterIP,
      clusterIP,
    });
  });

  test('of a CA in the cluster, too', () => {
    const certificate = RegistryCertificate.certManager({
      issuer: CertificateIssuer.issuer('own'),
      privateCa: true,
    });
    const { chart } = synth({ service: { clusterIP }, tls: { certificate } });
    expect(manifest(chart, 'Certificate/registry-tls').spec.ipAddresses).toEqual([clusterIP.toLowerCase()]);
  });

  test('the certificate covers it, and stays the same from synth to synth', () => {
    const store = () => new LocalStore({ directory: folder });
    const folder = join(newFolder(), 'store');
    const [one, other] = [0, 1].map(() => {
      const chart = newChart(store());
      new Registry(chart, 'registry', { service: { clusterIP } });
      return textsOf(manifest(chart, 'Secret/registry-tls'))['tls.crt'];
    });
    expect(new X509Certificate(one).subjectAltName?.split(', ')).toContain(name);
    expect(one).toBe(other);
  });
});

test('a load balancer for some, of a class, at an address, that shows the clients', () => {
  const { service, spec } = synth({
    service: {
      type: ServiceType.LOAD_BALANCER,
      loadBalancerSourceRanges: ['10.0.0.0/8', 'fd00::/8'],
      loadBalancerClass: 'metallb.io/pool',
      loadBalancerIP: '192.168.1.50',
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
    },
  });
  expect(spec).toMatchObject({
    type: 'LoadBalancer',
    loadBalancerSourceRanges: ['10.0.0.0/8', 'fd00::/8'],
    loadBalancerClass: 'metallb.io/pool',
    loadBalancerIP: '192.168.1.50',
    externalTrafficPolicy: 'Local',
  });
  expect(service.loadBalancerIP).toBe('192.168.1.50');
});

test('a node port can keep to its node too', () => {
  const { spec } = synth({
    service: { type: ServiceType.NODE_PORT, externalTrafficPolicy: ExternalTrafficPolicy.LOCAL },
  });
  expect(spec.externalTrafficPolicy).toBe('Local');
});

test('its annotations win over those of the registry', () => {
  const { chart } = synth({
    annotations: { 'example.com/a': 'all' },
    service: { annotations: { 'example.com/a': 'service' } },
  });
  expect(manifest(chart, 'Service/registry').metadata.annotations).toEqual({ 'example.com/a': 'service' });
  expect(manifest(chart, 'Deployment/registry').metadata.annotations).toEqual({ 'example.com/a': 'all' });
});
