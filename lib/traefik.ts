// The two objects of Traefik that both its Ingress and its IngressRoute may need.
import { Middleware, ServersTransport } from '../imports/traefik.io';
import { RouteObject } from './registry-route';
import { RegistryTls } from './registry-tls';

/** The API group of Traefik's own kinds. */
export enum TraefikApi {
  /** Traefik 3, and 2 from 2.10 on. */
  TRAEFIK_IO = 'traefik.io/v1alpha1',
  /** Traefik 2 before 2.10. */
  TRAEFIK_CONTAINO_US = 'traefik.containo.us/v1alpha1',
}

/** How Traefik speaks TLS with the registry's pod: by the host's name, which the certificate is for, and with the CA that signed it. */
export function serversTransport(api: TraefikApi, name: string, host: string, { privateCa, secretName }: RegistryTls): RouteObject {
  const rootCAsSecrets = privateCa && secretName ? [secretName] : undefined;
  const manifest = ServersTransport.manifest({ spec: { serverName: host, rootCAsSecrets } });
  return { id: 'transport', name, manifest: { ...manifest, apiVersion: api } };
}

/** Takes a path off before a request is passed on. */
export function stripPrefix(api: TraefikApi, name: string, path: string): RouteObject {
  const manifest = Middleware.manifest({ spec: { stripPrefix: { prefixes: [path] } } });
  return { id: 'strip-prefix', name, manifest: { ...manifest, apiVersion: api } };
}
