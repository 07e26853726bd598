// The IngressRoute: Traefik's rules, entry points and certificate, and the UI beside the registry.
import {
  CertificateIssuer,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryIngressRoute,
  type RegistryIngressRouteOptions,
  type RegistryProps,
  TlsTermination,
  TraefikApi,
} from '../../lib';
import { manifest, manifestsIn, namesIn, newChart, problemsIn } from '../support/synth';

function synth(ingressRoute: RegistryIngressRouteOptions = {}, props: RegistryProps = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props, ingressRoute });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry, spec: manifest(chart, 'IngressRoute/registry').spec };
}

test('leads the host to the Service, with the certificate', () => {
  const { spec, registry } = synth();
  expect(spec).toEqual({
    entryPoints: ['websecure'],
    routes: [
      { kind: 'Rule', match: 'Host(`registry.example.com`)', services: [{ name: 'registry', port: 5000 }] },
    ],
    tls: { secretName: 'registry-tls' },
  });
  expect({ url: registry.url, inPod: registry.tls.inPod }).toEqual({
    url: 'https://registry.example.com',
    inPod: false,
  });
});

test('leaves the certificate to a resolver, and makes none then', () => {
  const { spec, chart, registry } = synth({ certResolver: 'tlsresolver', entryPoints: ['websecure', 'lan'] });
  expect(spec).toMatchObject({ entryPoints: ['websecure', 'lan'], tls: { certResolver: 'tlsresolver' } });
  expect(namesIn(chart)).not.toContain('Secret/registry-tls');
  expect(registry.url).toBe('https://registry.example.com');
});

test('without TLS is on the entry point for that', () => {
  const open = {
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  };
  const { spec, registry } = synth({}, open);
  expect(spec.entryPoints).toEqual(['web']);
  expect(spec).not.toHaveProperty('tls');
  expect(registry.url).toBe('http://registry.example.com');
});

test('trusts a pod with TLS by its name and its CA', () => {
  const { spec, chart } = synth(
    { certResolver: 'tlsresolver' },
    { tls: { termination: TlsTermination.POD } },
  );
  expect(spec.routes[0].services).toEqual([
    { name: 'registry', port: 5000, scheme: 'https', serversTransport: 'registry' },
  ]);
  expect(spec.tls).toEqual({ certResolver: 'tlsresolver' });
  expect(manifest(chart, 'ServersTransport/registry').spec).toEqual({
    serverName: 'registry.example.com',
    rootCAsSecrets: ['registry-tls'],
  });
});

test('does not trust a CA of its own where the pod has a certificate by one that is known', () => {
  const certificate = RegistryCertificate.certManager({
    issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
  });
  const chart = newChart();
  new Registry(chart, 'registry', {
    ingressRoute: {},
    tls: { certificate, termination: TlsTermination.POD },
  });
  expect(manifest(chart, 'ServersTransport/registry').spec).toEqual({ serverName: 'registry.localhost' });
});

test('requests to the registry pass the Middlewares that are named', () => {
  expect(synth({ middlewares: ['allow-office'] }, { ui: {} }).spec.routes[0].middlewares).toEqual([
    { name: 'allow-office' },
  ]);
});

test('the UI has the path and what is below it, and nothing that only begins like it', () => {
  const { chart, registry } = synth({}, { ui: {} });
  expect(manifest(chart, 'IngressRoute/registry-ui').spec).toEqual({
    entryPoints: ['websecure'],
    routes: [
      {
        kind: 'Rule',
        match: 'Host(`registry.example.com`) && (Path(`/ui`) || PathPrefix(`/ui/`))',
        services: [{ name: 'registry-ui', port: 80 }],
      },
    ],
    tls: { secretName: 'registry-tls' },
  });
  expect(registry.ui?.url).toBe('https://registry.example.com/ui/');
  expect(registry.ui?.route.name).toBe('registry-ui');
});

test('the prefix can be taken off, but for the bare path, whose answer is the slash', () => {
  const { chart, registry } = synth({ stripUiPrefix: true }, { ui: {} });
  expect(manifest(chart, 'Middleware/registry-ui').spec).toEqual({ stripPrefix: { prefixes: ['/ui'] } });
  const { routes } = manifest(chart, 'IngressRoute/registry-ui').spec;
  expect(routes).toEqual([
    {
      kind: 'Rule',
      match: 'Host(`registry.example.com`) && Path(`/ui`)',
      services: [{ name: 'registry-ui', port: 80 }],
    },
    {
      kind: 'Rule',
      match: 'Host(`registry.example.com`) && PathPrefix(`/ui/`)',
      middlewares: [{ name: 'registry-ui' }],
      services: [{ name: 'registry-ui', port: 80 }],
    },
  ]);
  expect(registry.ui?.route.kind).toBe('IngressRoute');
});

test('all of its objects are of the older group where that is said', () => {
  const { chart } = synth(
    { api: TraefikApi.TRAEFIK_CONTAINO_US, stripUiPrefix: true },
    { ui: {}, tls: { termination: TlsTermination.POD } },
  );
  const versions = manifestsIn(chart)
    .filter(({ apiVersion }) => apiVersion.includes('traefik'))
    .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(versions.sort()).toEqual(
    ['IngressRoute', 'IngressRoute', 'Middleware', 'ServersTransport'].map(
      (kind) => `traefik.containo.us/v1alpha1 ${kind}`,
    ),
  );
});

test('annotations are its own', () => {
  const { chart } = synth(
    { annotations: { 'kubernetes.io/ingress.class': 'traefik-lan' } },
    { annotations: { 'example.com/a': 'all' } },
  );
  expect(manifest(chart, 'IngressRoute/registry').metadata.annotations).toEqual({
    'example.com/a': 'all',
    'kubernetes.io/ingress.class': 'traefik-lan',
  });
  expect(manifest(chart, 'Service/registry').metadata.annotations).toEqual({ 'example.com/a': 'all' });
});

test('one more for the same Service', () => {
  const chart = newChart();
  const { service, tls } = new Registry(chart, 'registry', { ingress: {} });
  const inside = new RegistryIngressRoute(chart, 'inside', {
    name: 'registry-inside',
    service,
    tls,
    host: 'inside.example.com',
  });
  expect(problemsIn(chart)).toEqual([]);
  expect(inside.encrypted).toBe(true);
  expect(manifest(chart, 'IngressRoute/registry-inside').spec.routes[0].services[0].name).toBe('registry');
});
