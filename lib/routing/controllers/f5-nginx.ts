// F5's NGINX Ingress Controller.
import { Annotations, Backend, Controller } from './controller';

/**
 * F5's NGINX Ingress Controller. It rejects a second Ingress for a host unless one is the master and the
 * others are its minions.
 */
export const f5Nginx: Controller = {
  basicAuth: {
    controller: "F5's nginx",
    key: 'htpasswd',
    type: 'nginx.org/htpasswd',
    realm: /^[-._~/:A-Za-z0-9 ]+$/,
  },
  merging: {
    masterAnnotations: { 'nginx.org/mergeable-ingress-type': 'master' },
    minionAnnotations: (backend) => ({ 'nginx.org/mergeable-ingress-type': 'minion', ...f5Backend(backend) }),
    isForMinion: (key) =>
      /^nginx\.(org|com)\/(rewrites|(ssl|grpc|websocket|sticky-cookie)-services|use-cluster-ip|health-checks(-mandatory(-queue)?)?)$/.test(
        key,
      ),
  },
  // `ssl-services` is not allowed on a master, which has no paths.
  pushAnnotations: f5Push,
  hostAnnotations: () => ({}),
  login: ({ secretName, realm }) => ({
    annotations: { 'nginx.org/basic-auth-secret': secretName, 'nginx.org/basic-auth-realm': realm },
  }),
  trustPod: () => ({}),
  settingsElsewhere: () => [
    "F5's controller buffers each layer on its own disk. If snippets are enabled, disable that with",
    "  ingress: { annotations: { 'nginx.org/location-snippets': 'proxy_request_buffering off;' } }",
  ],
};

/** Lifts the limits that block large pushes; buffering needs a snippet. */
export function f5Push(): Annotations {
  return {
    'nginx.org/client-max-body-size': '0',
    'nginx.org/proxy-read-timeout': '900s',
    'nginx.org/proxy-send-timeout': '900s',
  };
}

/** Declares the Services that speak TLS. */
export function f5Backend({ serviceName, https }: Backend): Annotations {
  return https ? { 'nginx.org/ssl-services': serviceName } : {};
}
