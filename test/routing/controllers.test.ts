// The Ingress in the words of each controller.
import { type Chart } from 'cdk8s';
import { IngressController, Registry, type RegistryProps, TlsTermination } from '../../lib';
import { manifest, namesIn, newChart, problemsIn } from '../support/synth';

const POD: RegistryProps = { tls: { termination: TlsTermination.POD } };

function synth(props: RegistryProps): { chart: Chart; registry: Registry } {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ui: {}, ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry };
}

const annotationsOf = (chart: Chart, name: string) => manifest(chart, name).metadata.annotations;

test.each<[string | undefined, IngressController | undefined]>([
  [undefined, undefined],
  ['nginx', undefined],
  ['traefik', IngressController.TRAEFIK],
  ['traefik-internal', IngressController.TRAEFIK],
  ['haproxy', IngressController.HAPROXY],
  ['haproxyish', undefined],
])('the class %s tells the controller %s', (className, controller) => {
  expect(synth({ ingress: { className } }).registry.ingress?.controller).toBe(controller);
});

test('what is said of the controller goes before its class', () => {
  const { chart, registry } = synth({ ingress: { className: 'traefik', controller: IngressController.HAPROXY } });
  expect(registry.ingress?.controller).toBe(IngressController.HAPROXY);
  expect(Object.keys(annotationsOf(chart, 'Ingress/registry')).join()).not.toContain('traefik');
});

test("the community's nginx gets its own words only", () => {
  const { chart } = synth({ ...POD, ingress: { controller: IngressController.COMMUNITY_NGINX } });
  expect(annotationsOf(chart, 'Ingress/registry')).toEqual({
    'nginx.ingress.kubernetes.io/proxy-body-size': '0',
    'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '900',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '900',
    'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
  });
  expect(annotationsOf(chart, 'Ingress/registry-ui')).toBeUndefined();
});

describe("F5's nginx", () => {
  const f5 = (props: RegistryProps = {}, annotations?: { [key: string]: string }) =>
    synth({ ...props, ingress: { controller: IngressController.F5_NGINX, annotations } }).chart;

  test('gets one master with the host, its certificate and what its paths inherit', () => {
    const { metadata, spec } = manifest(f5(), 'Ingress/registry');
    expect(spec).toEqual({
      tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
      rules: [{ host: 'registry.example.com' }],
    });
    expect(metadata.annotations).toEqual({
      'nginx.org/mergeable-ingress-type': 'master',
      'nginx.org/client-max-body-size': '0',
      'nginx.org/proxy-read-timeout': '900s',
      'nginx.org/proxy-send-timeout': '900s',
    });
  });

  test.each([
    ['Ingress/registry-root', '/', 'registry'],
    ['Ingress/registry-ui', '/ui', 'registry-ui'],
  ])('gets %s as a minion for %s', (name, path, service) => {
    const { metadata, spec } = manifest(f5(), name);
    expect(spec).toEqual({
      rules: [
        {
          host: 'registry.example.com',
          http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name: service, port: { name: 'http' } } } }] },
        },
      ],
    });
    expect(metadata.annotations).toEqual({ 'nginx.org/mergeable-ingress-type': 'minion' });
  });

  test('is told on the minion that the pod speaks TLS, because a master may not say it', () => {
    const chart = f5(POD);
    expect(annotationsOf(chart, 'Ingress/registry')).not.toHaveProperty('nginx.org/ssl-services');
    expect(annotationsOf(chart, 'Ingress/registry-root')['nginx.org/ssl-services']).toBe('registry');
    expect(annotationsOf(chart, 'Ingress/registry-ui')).not.toHaveProperty('nginx.org/ssl-services');
  });

  test('gets annotations where it takes them', () => {
    const chart = f5({}, { 'nginx.org/hsts': 'true', 'nginx.org/websocket-services': 'registry', 'nginx.org/client-max-body-size': '' });
    expect(annotationsOf(chart, 'Ingress/registry')).toEqual({
      'nginx.org/mergeable-ingress-type': 'master',
      'nginx.org/hsts': 'true',
      'nginx.org/proxy-read-timeout': '900s',
      'nginx.org/proxy-send-timeout': '900s',
    });
    expect(annotationsOf(chart, 'Ingress/registry-root')).toEqual({
      'nginx.org/mergeable-ingress-type': 'minion',
      'nginx.org/websocket-services': 'registry',
    });
  });
});

describe('Traefik', () => {
  const ingress = { className: 'traefik' };

  test('is kept to its entry point with TLS, for the page too', () => {
    const { chart } = synth({ ingress });
    for (const name of ['Ingress/registry', 'Ingress/registry-ui']) {
      expect(annotationsOf(chart, name)).toEqual({
        'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
        'traefik.ingress.kubernetes.io/router.tls': 'true',
      });
    }
    expect(namesIn(chart).filter((name) => name.startsWith('ServersTransport'))).toEqual([]);
    expect(annotationsOf(chart, 'Service/registry')).toBeUndefined();
  });

  test('trusts the pod by a ServersTransport that the Service names', () => {
    const { chart } = synth({ ...POD, ingress });
    expect(manifest(chart, 'ServersTransport/registry').spec).toEqual({
      serverName: 'registry.example.com',
      rootCAsSecrets: ['registry-tls'],
    });
    expect(annotationsOf(chart, 'Service/registry')).toEqual({
      'traefik.ingress.kubernetes.io/service.serversscheme': 'https',
      'traefik.ingress.kubernetes.io/service.serverstransport': 'registry-registry@kubernetescrd',
    });
    expect(annotationsOf(chart, 'Service/registry-ui')).toBeUndefined();
  });

  test('takes another ServersTransport where the Service names one', () => {
    const annotation = 'traefik.ingress.kubernetes.io/service.serverstransport';
    const { chart } = synth({ ...POD, ingress, service: { annotations: { [annotation]: 'own@file' } } });
    expect(annotationsOf(chart, 'Service/registry')[annotation]).toBe('own@file');
  });
});

test('both HAProxy controllers wait for slow answers, and speak TLS with a pod that does', () => {
  const { chart } = synth({ ...POD, ingress: { className: 'haproxy' } });
  expect(annotationsOf(chart, 'Ingress/registry')).toEqual({
    'haproxy.org/timeout-server': '900s',
    'haproxy.org/server-ssl': 'true',
    'haproxy-ingress.github.io/timeout-server': '900s',
    'haproxy-ingress.github.io/backend-protocol': 'h1-ssl',
  });
  expect(annotationsOf(synth({ ingress: { className: 'haproxy' } }).chart, 'Ingress/registry')).toEqual({
    'haproxy.org/timeout-server': '900s',
    'haproxy-ingress.github.io/timeout-server': '900s',
  });
});
