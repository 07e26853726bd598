// The Ingress in the words of each controller.
import { type Chart } from 'cdk8s';
import { IngressController, Registry, type RegistryProps, TlsTermination } from '../../lib';
import { manifest, namesIn, newChart, problemsIn } from '../support/synth';

/**
 * How the Ingress of each controller is for a pod with TLS, a path and a login of the UI. A new
 * controller is a row.
 */
interface Row {
  readonly controller: IngressController | undefined;
  /** A class whose name tells it. */
  readonly className?: string;
  /** Annotations of the Ingress by which a push passes, for a host with a certificate at the controller. */
  readonly push: Record<string, string>;
  /** Those by which it speaks TLS with the pod. */
  readonly podTls: Record<string, string>;
  /** Those that every Ingress of the host has. */
  readonly host: Record<string, string>;
  /** Those of the UI's Ingress that ask for a login; or what the refusal says. */
  readonly login: Record<string, string> | string;
  /** Ingresses that a host with a UI has. */
  readonly ingresses: string[];
  /** What NOTES.txt says is set elsewhere; undefined is nothing. */
  readonly elsewhere?: string;
}

const TWO = ['Ingress/registry', 'Ingress/registry-ui'];
const COMMUNITY_PUSH = {
  'nginx.ingress.kubernetes.io/proxy-body-size': '0',
  'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-read-timeout': '900',
  'nginx.ingress.kubernetes.io/proxy-send-timeout': '900',
};
const F5_PUSH = {
  'nginx.org/client-max-body-size': '0',
  'nginx.org/proxy-read-timeout': '900s',
  'nginx.org/proxy-send-timeout': '900s',
};
const TRAEFIK_HOST = {
  'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
  'traefik.ingress.kubernetes.io/router.tls': 'true',
};

const ROWS: Row[] = [
  {
    controller: undefined,
    className: 'nginx',
    push: { ...COMMUNITY_PUSH, ...F5_PUSH },
    podTls: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS', 'nginx.org/ssl-services': 'registry' },
    host: {},
    login: 'the ingress controller is unknown',
    ingresses: TWO,
  },
  {
    controller: IngressController.COMMUNITY_NGINX,
    push: COMMUNITY_PUSH,
    podTls: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' },
    host: {},
    login: {
      'nginx.ingress.kubernetes.io/auth-type': 'basic',
      'nginx.ingress.kubernetes.io/auth-secret': 'registry-ui-auth',
      'nginx.ingress.kubernetes.io/auth-realm': 'Registry Realm',
    },
    ingresses: TWO,
  },
  {
    controller: IngressController.F5_NGINX,
    push: { ...F5_PUSH, 'nginx.org/mergeable-ingress-type': 'master' },
    podTls: {},
    host: {},
    login: {
      'nginx.org/mergeable-ingress-type': 'minion',
      'nginx.org/basic-auth-secret': 'registry-ui-auth',
      'nginx.org/basic-auth-realm': 'Registry Realm',
    },
    ingresses: ['Ingress/registry', 'Ingress/registry-root', 'Ingress/registry-ui'],
    elsewhere: "F5's controller buffers each layer on its own disk",
  },
  {
    controller: IngressController.TRAEFIK,
    className: 'traefik',
    push: TRAEFIK_HOST,
    podTls: {},
    host: TRAEFIK_HOST,
    login: {
      ...TRAEFIK_HOST,
      'traefik.ingress.kubernetes.io/router.middlewares': 'registry-registry-ui-login@kubernetescrd',
    },
    ingresses: TWO,
    elsewhere: '--entryPoints.websecure.transport.respondingTimeouts.readTimeout=0s',
  },
  {
    controller: IngressController.HAPROXY,
    className: 'haproxy',
    push: { 'haproxy.org/timeout-server': '900s', 'haproxy-ingress.github.io/timeout-server': '900s' },
    podTls: { 'haproxy.org/server-ssl': 'true', 'haproxy-ingress.github.io/backend-protocol': 'h1-ssl' },
    host: {},
    login: 'HAProxy supports no htpasswd file',
    ingresses: TWO,
    elsewhere: 'timeout-server: 900s',
  },
];

const POD: RegistryProps = { tls: { termination: TlsTermination.POD } };

function synth(props: RegistryProps): { chart: Chart; registry: Registry } {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ui: {}, ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, registry };
}

test('every controller has its row', () => {
  expect(ROWS.flatMap(({ controller }) => controller ?? [])).toEqual(Object.values(IngressController));
});

describe.each(ROWS)(
  '$controller',
  ({ controller, className, push, podTls, host, login, ingresses, elsewhere }) => {
    const ingress = { controller, className: controller === undefined ? className : undefined };

    test('is told by the name of its class, where that can tell it', () => {
      const { registry } = synth({ ingress: { className: className ?? 'nginx' } });
      expect(registry.ingress?.controller).toBe(className === undefined ? undefined : controller);
    });

    test('lets a push pass', () => {
      expect(annotationsOf(synth({ ingress }).chart, 'Ingress/registry')).toEqual(push);
    });

    test('speaks TLS with a pod that does', () => {
      expect(annotationsOf(synth({ ...POD, ingress }).chart, 'Ingress/registry')).toEqual({
        ...push,
        ...podTls,
      });
    });

    test('shares the host with the UI', () => {
      const { chart } = synth({ ingress });
      expect(namesIn(chart).filter((name) => name.startsWith('Ingress/'))).toEqual(ingresses);
      expect(annotationsOf(chart, 'Ingress/registry-ui') ?? {}).toMatchObject(host);
    });

    test('asks for a login in front of the UI, or the UI is refused', () => {
      const chart = newChart();
      new Registry(chart, 'registry', { host: 'registry.example.com', ui: { login: true }, ingress });
      const refused = typeof login === 'string';
      expect(problemsIn(chart)).toEqual(refused ? [expect.stringContaining(login)] : []);
      if (!refused) expect(annotationsOf(chart, 'Ingress/registry-ui')).toEqual(login);
    });

    test('is said in NOTES.txt to need more elsewhere, where it does', () => {
      const { registry } = synth({ ingress });
      const { pushes } = registry.ingress?._notes() ?? { pushes: [] };
      expect(pushes.join('\n')).toEqual(elsewhere === undefined ? '' : expect.stringContaining(elsewhere));
    });
  },
);

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
  const { chart, registry } = synth({
    ingress: { className: 'traefik', controller: IngressController.HAPROXY },
  });
  expect(registry.ingress?.controller).toBe(IngressController.HAPROXY);
  expect(Object.keys(annotationsOf(chart, 'Ingress/registry')).join()).not.toContain('traefik');
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
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: service, port: { name: 'http' } } } },
            ],
          },
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
    const chart = f5(
      {},
      {
        'nginx.org/hsts': 'true',
        'nginx.org/websocket-services': 'registry',
        'nginx.org/client-max-body-size': '',
      },
    );
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

  test('is kept to its entry point with TLS, for the UI too', () => {
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
