// What Traefik's Ingress and its IngressRoute have in common: objects, entry points, and what is set at Traefik itself.
import { Middleware, ServersTransport } from '../../imports/traefik.io';
import { RegistryTls } from '../tls/tls';
import { BasicAuth, BasicAuthForm } from './basic-auth';
import { RouteObject } from './route';

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

/** Asks for a login before a request is passed on, and passes the login on with it: the registry asks for the same. */
export function basicAuth(api: TraefikApi, objectName: string, { secretName, realm }: BasicAuth): RouteObject {
  const manifest = Middleware.manifest({ spec: { basicAuth: { secret: secretName, realm, removeHeader: false } } });
  return { id: 'login-middleware', name: `${objectName}-login`, manifest: { ...manifest, apiVersion: api } };
}

/** Traefik takes any key, but no second one. */
export const TRAEFIK_BASIC_AUTH: BasicAuthForm = { controller: 'Traefik' };

/** Traefik's own names of its entry points, with TLS and without. */
export function entryPointFor(encrypted: boolean): string {
  return encrypted ? 'websecure' : 'web';
}

/** Traefik's read timeout, which only its static configuration can change. */
export function traefikTimeout(entryPoints: readonly string[]): string[] {
  return [
    'Traefik aborts requests that take longer than 60 s to send (since 2.11.2), so large layers fail over slow connections.',
    'The limit is an option of Traefik itself, not of these manifests. Add to its arguments:',
    ...entryPoints.map((name) => `  --entryPoints.${name}.transport.respondingTimeouts.readTimeout=0s`),
    'or to the values of its Helm chart (on k3s: a HelmChartConfig called traefik in kube-system):',
    ...entryPoints.map((name) => `  ports: { ${name}: { transport: { respondingTimeouts: { readTimeout: 0s } } } }`),
  ];
}
