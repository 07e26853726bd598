// The UI's second host by each route: which certificate it shows, and what each controller needs for it.
import { Secret } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  IngressController,
  LocalStore,
  Registry,
  RegistryCertificate,
  RegistryGateway,
  type RegistryProps,
  RegistryUIAccess,
} from '../../lib';
import { covers, readCertificate } from '../../lib/secrets/certificate';
import { newFolder } from '../support/folder';
import { manifest, newChart, problemsIn, textsOf } from '../support/synth';

const HOST = 'images.example.com';
const access = RegistryUIAccess.host(HOST);

function synth(props: RegistryProps, chart = newChart()) {
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry };
}

describe('the certificate of a second host', () => {
  test('is the registry’s own, which is made for both', () => {
    const chart = newChart(new LocalStore({ directory: newFolder() }));
    synth({ ingress: {}, ui: { access } }, chart);
    const certificate = readCertificate(textsOf(manifest(chart, 'Secret/registry-tls'))['tls.crt']);
    const hosts = ['registry.example.com', HOST, 'other.example.com'];
    expect(hosts.filter((host) => certificate && covers(certificate, host))).toEqual([
      'registry.example.com',
      HOST,
    ]);
  });

  const issuer = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };

  test('by an annotation of cert-manager is another one, for which the notes wait', () => {
    const { chart, registry } = synth(
      { ingress: { annotations: issuer }, ui: { access } },
      newChart(new LocalStore({ directory: newFolder() })),
    );
    const { metadata, spec } = manifest(chart, 'Ingress/registry-ui');
    expect(metadata.annotations).toMatchObject(issuer);
    expect(spec.tls).toEqual([{ hosts: [HOST], secretName: 'registry-ui-tls' }]);
    expect(registry.notes()).toContain('wait --for=condition=Ready certificate/registry-ui-tls --timeout=5m');
  });

  test('is the registry’s where an annotation of cert-manager names no issuer', () => {
    const { chart } = synth({
      ingress: { annotations: { 'cert-manager.io/duration': '720h' } },
      ui: { access },
    });
    expect(manifest(chart, 'Ingress/registry-ui').spec.tls).toEqual([
      { hosts: [HOST], secretName: 'registry-tls' },
    ]);
  });

  test('is the registry’s where the Ingress removes the issuer of all objects', () => {
    const { chart } = synth({
      annotations: issuer,
      ingress: { annotations: { 'cert-manager.io/cluster-issuer': '' } },
      ui: { access },
    });
    expect(manifest(chart, 'Ingress/registry-ui').spec.tls).toEqual([
      { hosts: [HOST], secretName: 'registry-tls' },
    ]);
  });

  test('under a path needs no other: the annotation stays with the registry’s Ingress', () => {
    const { chart } = synth({ ingress: { annotations: issuer }, ui: {} });
    expect(
      Object.keys(manifest(chart, 'Ingress/registry-ui').metadata.annotations).filter((key) =>
        key.includes('cert-manager'),
      ),
    ).toEqual([]);
  });

  test('may be one of its own', () => {
    const chart = newChart();
    const tlsSecret = Secret.fromSecretName(chart, 'ui', 'images-tls');
    synth(
      {
        ingressRoute: { certResolver: 'letsencrypt' },
        ui: { access: RegistryUIAccess.host(HOST, { tlsSecret }) },
      },
      chart,
    );
    expect(manifest(chart, 'IngressRoute/registry-ui').spec).toMatchObject({
      routes: [{ match: 'Host(`images.example.com`)' }],
      tls: { secretName: 'images-tls' },
    });
    expect(manifest(chart, 'IngressRoute/registry').spec.tls).toEqual({ certResolver: 'letsencrypt' });
  });

  test('is got by Traefik where it gets the registry’s', () => {
    const { chart } = synth({ ingressRoute: { certResolver: 'letsencrypt' }, ui: { access } });
    expect(manifest(chart, 'IngressRoute/registry-ui').spec.tls).toEqual({ certResolver: 'letsencrypt' });
  });

  test('is asked of cert-manager once, for both', () => {
    const ofPage = (extraHosts: string[]) => {
      const certificate = RegistryCertificate.certManager({
        issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
        extraHosts,
      });
      return manifest(
        synth({ ingress: {}, tls: { certificate }, ui: { access } }).chart,
        'Certificate/registry-tls',
      ).spec.dnsNames;
    };
    expect(ofPage([])).toEqual(['registry.example.com', HOST]);
    expect(ofPage([HOST])).toEqual(['registry.example.com', HOST]);
  });
});

describe('a second host by other ways', () => {
  test("of F5's nginx is an Ingress that is nobody's minion", () => {
    const { chart } = synth({ ingress: { controller: IngressController.F5_NGINX }, ui: { access } });
    const { metadata, spec } = manifest(chart, 'Ingress/registry-ui');
    expect(Object.keys(metadata.annotations)).not.toContain('nginx.org/mergeable-ingress-type');
    expect(spec.tls).toEqual([{ hosts: [HOST], secretName: 'registry-tls' }]);
  });

  test('of a Gateway that is made is a second listener', () => {
    const gateway = RegistryGateway.newGateway({ className: 'nginx' });
    const { chart } = synth({ httpRoute: { gateway }, ui: { access } });
    expect(manifest(chart, 'Gateway/registry').spec.listeners).toMatchObject([
      {
        name: 'https',
        hostname: 'registry.example.com',
        port: 443,
        tls: { certificateRefs: [{ name: 'registry-tls' }] },
      },
      { name: 'https-ui', hostname: HOST, port: 443, tls: { certificateRefs: [{ name: 'registry-tls' }] } },
    ]);
    expect(manifest(chart, 'HTTPRoute/registry-ui').spec).toMatchObject({
      parentRefs: [{ name: 'registry' }],
      hostnames: [HOST],
    });
  });

  test('of a Gateway that exists is by its own listener', () => {
    const gateway = RegistryGateway.existing({ name: 'public', sectionName: 'https' });
    const sectionOf = (place: RegistryUIAccess) =>
      manifest(synth({ httpRoute: { gateway }, ui: { access: place } }).chart, 'HTTPRoute/registry-ui').spec
        .parentRefs[0].sectionName;
    expect(sectionOf(access)).toBe('https');
    expect(sectionOf(RegistryUIAccess.host(HOST, { sectionName: 'images' }))).toBe('images');
  });
});
