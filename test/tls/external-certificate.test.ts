// A certificate that whatever is in front has: https in every text, nothing made, and passwords allowed,
// however clients come.

import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  IngressController,
  Registry,
  RegistryCertificate,
  RegistryGateway,
  RegistryNodeFiles,
  type RegistryProps,
  RegistryPullSecret,
  RegistryUIAccess,
  TlsTermination,
} from '../../lib';
import { withoutCode } from '../support/messages';
import { type Manifest, manifestsIn, newChart } from '../support/synth';

const HOST = 'hub.example.com';
const tls = { certificate: RegistryCertificate.external() };

function synth(props: RegistryProps): { registry: Registry; objects: Manifest[] } {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: HOST, tls, ...props });
  return { registry, objects: manifestsIn(chart) };
}

function problems(props: RegistryProps): string[] {
  const chart = newChart();
  new Registry(chart, 'registry', { host: HOST, tls, ...props });
  return chart.node.findAll().flatMap((construct) => construct.node.validate().map(withoutCode));
}

/** The ways by which clients come, with everything that can stand in front. */
const FRONTS: Readonly<Record<string, RegistryProps>> = {
  'an Ingress of the default class': { ingress: {} },
  ...Object.fromEntries(
    Object.values(IngressController).map((controller) => [
      `an Ingress of ${controller}`,
      { ingress: { className: 'own', controller } },
    ]),
  ),
  "an Ingress with the UI, at the registry's host": { ingress: {}, ui: {} },
  'an Ingress with the UI, at a host of its own': {
    ingress: {},
    ui: { access: RegistryUIAccess.host('ui.example.com') },
  },
  'an IngressRoute': { ingressRoute: { entryPoints: ['websecure'] } },
  'an IngressRoute with the UI': { ingressRoute: {}, ui: {} },
  'a Gateway that exists': { httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) } },
  'a load balancer': { service: { type: ServiceType.LOAD_BALANCER, port: 443 } },
  'a balancer that comes by node ports': {
    service: { type: ServiceType.NODE_PORT, port: 443, nodePort: 30443 },
  },
  'a tunnel to the Service': {},
};

describe.each(Object.entries(FRONTS))('behind %s', (_, props) => {
  const { registry, objects } = synth(props);

  test('clients come by HTTPS, with a login', () => {
    expect(registry.url).toMatch(/^https:\/\/hub\.example\.com(:30443)?$/);
    expect(registry.auth.anonymous).toBe(false);
    expect(registry.tls).toMatchObject({
      enabled: true,
      external: true,
      inPod: false,
      privateCa: false,
      secretName: undefined,
    });
  });

  test('no certificate is made or named', () => {
    const secrets = objects.filter(({ kind }) => kind === 'Secret');
    expect(secrets.map(({ type }) => type)).not.toContain('kubernetes.io/tls');
    expect(JSON.stringify(objects)).not.toMatch(/registry-tls|tls\.crt/);
    expect(objects.map(({ kind }) => kind)).not.toContain('Certificate');
  });

  test('no text says that it is not encrypted, or has anybody trust a CA', () => {
    const notes = registry.notes();
    expect(notes).toContain(`at ${registry.url}`);
    expect(notes).not.toMatch(
      /insecure|[Nn]ot encrypted|Trust the certificate|ca\.crt|entryPoints\.web\.|localhost/,
    );
    expect(notes).toMatch(/docker login hub\.example\.com(:30443)? -u admin/);
  });

  test('each Ingress and IngressRoute asks for TLS of its hosts, without a Secret', () => {
    const routes = objects.filter(({ kind }) => kind === 'Ingress' || kind === 'IngressRoute');
    for (const { kind, metadata, spec } of routes) {
      const hosts =
        kind === 'Ingress' ? [...new Set(spec.rules.map(({ host }: { host: string }) => host))] : [];
      const minion = metadata.annotations?.['nginx.org/mergeable-ingress-type'] === 'minion'; // its master has the host's TLS
      expect({ name: metadata.name, tls: spec.tls }).toEqual({
        name: metadata.name,
        tls: minion ? undefined : kind === 'Ingress' ? [{ hosts }] : {},
      });
    }
  });

  test('the UI asks the registry by HTTPS', () => {
    const ui = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'registry-ui');
    const env: { name: string; value: string }[] = ui?.spec.template.spec.containers[0].env ?? [];
    expect(
      env
        .filter(({ value }) => value?.startsWith('http://') && !value.includes('registry:'))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  test('nodes pull by HTTPS and need no CA', () => {
    const files = registry.nodeFiles();
    expect(files).toBeInstanceOf(RegistryNodeFiles);
    expect(JSON.stringify(files)).not.toContain('http://');
  });
});

test('a pull secret names the host without a port', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: HOST, tls, ingress: {} });
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'] });
  expect(registry.pullAddress).toBe(HOST);
});

test.each<[string, RegistryProps, string]>([
  [
    'in the pod',
    { ingress: {}, tls: { ...tls, termination: TlsTermination.POD } },
    'tls.termination: POD, but tls.certificate is external: a proxy in front of the pod has it',
  ],
  ['with a Secret to write', { ingress: {}, tls: { ...tls, secretName: 'mine' } }, 'tls.secretName: "mine"'],
  [
    'with an issuer',
    { ingress: { annotations: { 'cert-manager.io/issuer': 'ca' } } },
    'requests a certificate from cert-manager, but tls.certificate sets another one',
  ],
  [
    "with Traefik's resolver",
    { ingressRoute: { certResolver: 'letsencrypt' } },
    'requests a certificate, but tls.certificate sets another one',
  ],
  [
    'at a Gateway that is made here',
    { httpRoute: { gateway: RegistryGateway.newGateway({ className: 'cilium' }) } },
    'its listener needs a certificate',
  ],
])('it is refused %s', (_, props, message) => {
  expect(problems(props)).toEqual([expect.stringContaining(message)]);
});

test('a Secret that exists is something else: it is named', () => {
  const chart = newChart();
  const certificate = RegistryCertificate.existingSecret(Secret.fromSecretName(chart, 'tls', 'wildcard'));
  new Registry(chart, 'registry', { host: HOST, ingress: {}, tls: { certificate } });
  const ingress = manifestsIn(chart).find(({ kind }) => kind === 'Ingress');
  expect(ingress?.spec.tls).toEqual([{ hosts: [HOST], secretName: 'wildcard' }]);
});
