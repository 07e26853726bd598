// What the ingress controllers need to be told, each in its own words, so that big and slow pushes pass, and what can be told to them
// only outside of these manifests.
import { BasicAuth, BasicAuthForm } from './basic-auth';
import { TRAEFIK_BASIC_AUTH } from './traefik';

/** The controller that an Ingress is for. */
export enum IngressController {
  /** The community's ingress-nginx (`nginx.ingress.kubernetes.io/…`), retired in March 2026. */
  COMMUNITY_NGINX = 'COMMUNITY_NGINX',
  /** F5's NGINX Ingress Controller (`nginx.org/…`). The host is written as a master with a minion for each path, as it wants it. */
  F5_NGINX = 'F5_NGINX',
  /** Traefik, by its Ingress provider. */
  TRAEFIK = 'TRAEFIK',
  /** HAProxy: the controller of HAProxy Technologies (`haproxy.org/…`) and the community's (`haproxy-ingress.github.io/…`). */
  HAPROXY = 'HAPROXY',
}

/** The Service behind a path. */
interface Backend {
  readonly serviceName: string;
  /** Do its pods speak TLS? */
  readonly https: boolean;
}

type Annotations = Record<string, string>;

/** The form in which the controller wants users for its own basic auth; else why it has none, and what to do. */
export function basicAuthForm(controller: IngressController | undefined): BasicAuthForm | string {
  switch (controller) {
    case IngressController.COMMUNITY_NGINX:
      return { controller: "the community's nginx", key: 'auth', realm: NGINX_REALM };
    case IngressController.F5_NGINX:
      return { controller: "F5's nginx", key: 'htpasswd', type: 'nginx.org/htpasswd', realm: NGINX_REALM };
    case IngressController.TRAEFIK:
      return TRAEFIK_BASIC_AUTH;
    case IngressController.HAPROXY:
      return "HAProxy takes no htpasswd file; leave it out: the registry's own login guards the images";
    default:
      return 'what stands behind the Ingress is not known, and a controller that does not know the words would show the page to all; name it by e.g. ingress: { controller: IngressController.COMMUNITY_NGINX }';
  }
}

/** Has nginx ask for a login before it passes a request on; it passes the login on too, and the registry asks for the same. */
export function loginAnnotations(controller: IngressController | undefined, { secretName, realm }: BasicAuth): Annotations {
  switch (controller) {
    case IngressController.COMMUNITY_NGINX:
      return {
        'nginx.ingress.kubernetes.io/auth-type': 'basic',
        'nginx.ingress.kubernetes.io/auth-secret': secretName,
        'nginx.ingress.kubernetes.io/auth-realm': realm,
      };
    case IngressController.F5_NGINX:
      return { 'nginx.org/basic-auth-secret': secretName, 'nginx.org/basic-auth-realm': realm };
    default:
      return {};
  }
}

/** What both controllers of nginx accept in an annotation. */
const NGINX_REALM = /^[-._~/:A-Za-z0-9 ]+$/;

/** The controller, as far as the name of a class tells it; both of nginx' controllers have the class `nginx`. */
export function controllerOfClass(className: string | undefined): IngressController | undefined {
  const words = className?.split(/[-.]/) ?? [];
  if (words.includes('traefik')) return IngressController.TRAEFIK;
  return words.includes('haproxy') ? IngressController.HAPROXY : undefined;
}

/**
 * What a push needs. Unlimited bodies: a layer is one request. Not buffered: else the controller's disk holds each layer first. 900 s: a registry
 * on slow storage is silent for long while it commits a layer. For an unknown controller, what the two of nginx need; others ignore it.
 */
export function pushAnnotations(controller: IngressController | undefined, backend: Backend): Annotations {
  switch (controller) {
    case IngressController.COMMUNITY_NGINX:
      return communityNginx(backend);
    case IngressController.F5_NGINX:
      // `ssl-services` is not for a master, which has no paths.
      return f5Nginx();
    case IngressController.TRAEFIK:
      return {};
    case IngressController.HAPROXY:
      return haproxy(backend);
    default:
      return { ...communityNginx(backend), ...f5Nginx(), ...f5Backend(backend) };
  }
}

/**
 * What every Ingress of a host with TLS at the controller, or without any, needs besides. The cluster's default class may be Traefik's, as on k3s; other
 * controllers ignore its annotations.
 */
export function hostAnnotations(controller: IngressController | undefined, encrypted: boolean, defaultClass: boolean): Annotations {
  const maybeTraefik = controller === undefined && defaultClass && encrypted;
  if (controller !== IngressController.TRAEFIK && !maybeTraefik) return {};
  // Without these, Traefik serves the host on all of its default entry points, unencrypted too.
  const prefix = 'traefik.ingress.kubernetes.io/router';
  return { [`${prefix}.entrypoints`]: entryPointFor(encrypted), ...(encrypted && { [`${prefix}.tls`]: 'true' }) };
}

/** Traefik's own names of its entry points, with TLS and without. */
export function entryPointFor(encrypted: boolean): string {
  return encrypted ? 'websecure' : 'web';
}

/** F5's words for a path of a host whose Ingress is the master. */
export function minionAnnotations(backend: Backend): Annotations {
  return { ...MINION, ...f5Backend(backend) };
}

/** F5's word for the Ingress that has the host and its certificate, and no paths. */
export const MASTER: Annotations = { 'nginx.org/mergeable-ingress-type': 'master' };
const MINION: Annotations = { 'nginx.org/mergeable-ingress-type': 'minion' };

function communityNginx({ https }: Backend): Annotations {
  return {
    'nginx.ingress.kubernetes.io/proxy-body-size': '0',
    'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '900',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '900',
    ...(https && { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' }),
  };
}

function f5Nginx(): Annotations {
  return { 'nginx.org/client-max-body-size': '0', 'nginx.org/proxy-read-timeout': '900s', 'nginx.org/proxy-send-timeout': '900s' };
}

function f5Backend({ serviceName, https }: Backend): Annotations {
  return https ? { 'nginx.org/ssl-services': serviceName } : {};
}

/** HAProxy neither limits nor buffers bodies by default. */
function haproxy({ https }: Backend): Annotations {
  return {
    'haproxy.org/timeout-server': '900s',
    ...(https && { 'haproxy.org/server-ssl': 'true' }),
    'haproxy-ingress.github.io/timeout-server': '900s',
    ...(https && { 'haproxy-ingress.github.io/backend-protocol': 'h1-ssl' }),
  };
}

/** Annotations that F5 refuses on a master, because they are about a path. */
export function isForMinion(key: string): boolean {
  return /^nginx\.(org|com)\/(rewrites|(ssl|grpc|websocket|sticky-cookie)-services|use-cluster-ip|health-checks(-mandatory(-queue)?)?)$/.test(
    key,
  );
}

/** What is set outside of these manifests, for people. */
export function settingsElsewhere(controller: IngressController | undefined, encrypted: boolean, defaultClass: boolean): string[] {
  switch (controller) {
    case IngressController.F5_NGINX:
      return [
        "F5's controller writes each layer to its own disk before it passes it on. Where its snippets are enabled, that is switched off by",
        "  ingress: { annotations: { 'nginx.org/location-snippets': 'proxy_request_buffering off;' } }",
      ];
    case IngressController.TRAEFIK:
      return traefikTimeout([entryPointFor(encrypted)]);
    case IngressController.HAPROXY:
      return [
        "HAProxy Technologies' controller 1.10 and older take the time for slow answers from their ConfigMap only: set there",
        '  timeout-server: 900s',
      ];
    default:
      return controller === undefined && defaultClass
        ? ["If the cluster's default ingress class is Traefik's, as on k3s:", ...traefikTimeout([entryPointFor(encrypted)])]
        : [];
  }
}

/** Traefik's one limit for pushes, which only its own start can lift. */
export function traefikTimeout(entryPoints: readonly string[]): string[] {
  return [
    'Traefik cuts each request that takes longer than 60 s to send (since 2.11.2), so a big layer over a slow line never arrives.',
    'It is an option of Traefik itself, which these manifests do not hold; add to its arguments:',
    ...entryPoints.map((name) => `  --entryPoints.${name}.transport.respondingTimeouts.readTimeout=0s`),
    'or to the values of its Helm chart (on k3s: a HelmChartConfig called traefik in kube-system):',
    ...entryPoints.map((name) => `  ports: { ${name}: { transport: { respondingTimeouts: { readTimeout: 0s } } } }`),
  ];
}
