// What the runner understands of Traefik's kinds and of the Gateway API; beside shapes.ts, and as strict.

import { type Decoded, defaulted, integer, list, map, object, only, optional, string } from './decode';

const metadata = object({
  name: string,
  namespace: optional(string),
  labels: defaulted(map(string), {}),
  annotations: defaulted(map(string), {}),
});
const traefik = only('traefik.io/v1alpha1', 'traefik.containo.us/v1alpha1');

export const ingressRoute = object({
  apiVersion: traefik,
  kind: only('IngressRoute'),
  metadata,
  spec: object({
    entryPoints: list(only('web', 'websecure')), // Traefik's own; none at all would mean its default ones
    routes: list(
      object({
        match: string,
        kind: optional(only('Rule')),
        middlewares: defaulted(list(object({ name: string })), []),
        services: list(
          object({
            name: string,
            port: integer,
            scheme: defaulted(only('http', 'https'), 'http'),
            serversTransport: optional(string),
          }),
        ),
      }),
    ),
    tls: optional(object({ secretName: optional(string), certResolver: optional(string) })),
  }),
});

export const middleware = object({
  apiVersion: traefik,
  kind: only('Middleware'),
  metadata,
  spec: object({
    stripPrefix: optional(object({ prefixes: list(string) })),
    basicAuth: optional(
      object({
        secret: string,
        realm: defaulted(string, 'traefik'),
        removeHeader: defaulted(only(false), false),
      }),
    ),
  }),
});

export const serversTransport = object({
  apiVersion: traefik,
  kind: only('ServersTransport'),
  metadata,
  spec: object({ serverName: optional(string), rootCAsSecrets: defaulted(list(string), []) }),
});

const gatewayApi = only('gateway.networking.k8s.io/v1');
const reference = {
  group: optional(only('gateway.networking.k8s.io')),
  kind: optional(only('Gateway')),
  name: string,
  namespace: optional(string),
  sectionName: optional(string),
};

export const gateway = object({
  apiVersion: gatewayApi,
  kind: only('Gateway'),
  metadata,
  spec: object({
    gatewayClassName: string,
    listeners: list(
      object({
        name: string,
        hostname: optional(string),
        port: only(80, 443),
        protocol: only('HTTP', 'HTTPS'),
        tls: optional(
          object({
            mode: defaulted(only('Terminate'), 'Terminate'),
            certificateRefs: list(object({ group: optional(only('')), kind: only('Secret'), name: string })),
          }),
        ),
        allowedRoutes: optional(object({ namespaces: object({ from: only('Same') }) })),
      }),
    ),
  }),
});

export const httpRoute = object({
  apiVersion: gatewayApi,
  kind: only('HTTPRoute'),
  metadata,
  spec: object({
    parentRefs: list(object(reference)),
    hostnames: list(string),
    rules: list(
      object({
        matches: list(object({ path: object({ type: only('PathPrefix'), value: string }) })),
        backendRefs: list(
          object({
            group: optional(only('')),
            kind: optional(only('Service')),
            name: string,
            port: integer,
            weight: optional(only(1)),
          }),
        ),
        timeouts: optional(object({ request: optional(only('0s')) })), // no limit; others would need code
      }),
    ),
  }),
});

export const backendTlsPolicy = object({
  apiVersion: gatewayApi,
  kind: only('BackendTLSPolicy'),
  metadata,
  spec: object({
    targetRefs: list(object({ group: only(''), kind: only('Service'), name: string })),
    validation: object({
      hostname: string,
      caCertificateRefs: list(object({ group: only(''), kind: only('ConfigMap'), name: string })),
    }),
  }),
});

export type Middleware = Decoded<typeof middleware>;
export type IngressRoute = Decoded<typeof ingressRoute>;
export type HttpRoute = Decoded<typeof httpRoute>;
export type Gateway = Decoded<typeof gateway>;
