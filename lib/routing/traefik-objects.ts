// Shared by Ingress and IngressRoute for Traefik: objects, entry points, and settings of Traefik itself.
import { Middleware, ServersTransport } from '../../imports/traefik.io';
import { RegistryTls } from '../tls/tls';
import { BasicAuth, BasicAuthForm } from './basic-auth';
import { RouteObject } from './route';

/** The API group of Traefik's own kinds. */
export enum TraefikApi {
  /** Traefik 3, and 2.x from 2.10 on. */
  TRAEFIK_IO = 'traefik.io/v1alpha1',
  /** Traefik 2.x before 2.10. */
  TRAEFIK_CONTAINO_US = 'traefik.containo.us/v1alpha1',
}

/**
 * TLS from Traefik to the registry's pod: validates the certificate for the host, against the CA that signed
 * it.
 */
export function serversTransport(
  api: TraefikApi,
  name: string,
  host: string,
  { privateCa, secretName }: RegistryTls,
): RouteObject {
  const rootCAsSecrets = privateCa && secretName ? [secretName] : undefined;
  const manifest = ServersTransport.manifest({ spec: { serverName: host, rootCAsSecrets } });
  return { id: 'transport', name, manifest: { ...manifest, apiVersion: api } };
}

/** Strips a path prefix before a request is forwarded. */
export function stripPrefix(api: TraefikApi, name: string, path: string): RouteObject {
  const manifest = Middleware.manifest({ spec: { stripPrefix: { prefixes: [path] } } });
  return { id: 'strip-prefix', name, manifest: { ...manifest, apiVersion: api } };
}

/** Requires basic auth and forwards it: the registry asks for the same login. */
export function basicAuth(
  api: TraefikApi,
  objectName: string,
  { secretName, realm }: BasicAuth,
): RouteObject {
  const manifest = Middleware.manifest({
    spec: { basicAuth: { secret: secretName, realm, removeHeader: false } },
  });
  return { id: 'login-middleware', name: `${objectName}-login`, manifest: { ...manifest, apiVersion: api } };
}

/** Traefik accepts any key, but only one. */
export const TRAEFIK_BASIC_AUTH: BasicAuthForm = { controller: 'Traefik' };

/** Traefik's default entry points, with TLS and without. */
export function entryPointFor(encrypted: boolean): string {
  return encrypted ? 'websecure' : 'web';
}

/** Note on Traefik's read timeout, which only its static configuration can change. */
export function traefikTimeout(entryPoints: readonly string[]): string[] {
  return [
    'Traefik aborts requests that take longer than 60 s to send (since 2.11.2), so large layers fail over slow connections.',
    'The limit is an option of Traefik itself, not of these manifests. Add to its arguments:',
    ...entryPoints.map((name) => `  --entryPoints.${name}.transport.respondingTimeouts.readTimeout=0s`),
    'or to the values of its Helm chart (on k3s: a HelmChartConfig called traefik in kube-system):',
    ...entryPoints.map(
      (name) => `  ports: { ${name}: { transport: { respondingTimeouts: { readTimeout: 0s } } } }`,
    ),
  ];
}
