// Reads HTTPRoutes and their Gateways as the Gateway API says. What it does not understand it refuses.

import type { Host, Location } from './front';
import type { Objects } from './manifests';
import type { Gateway, HttpRoute } from './route-shapes';

type Listener = Gateway['spec']['listeners'][number];

export function gatewayHosts(objects: Objects): Host[] {
  return objects.all('HTTPRoute').flatMap((route) => {
    const [parent, ...others] = route.spec.parentRefs;
    if (parent === undefined || others.length > 0)
      throw new Error(`HTTPRoute ${route.metadata.name}: one Gateway is understood`);
    const namespace = parent.namespace ?? route.metadata.namespace;
    const gateway = objects.one('Gateway', parent.name, namespace);
    return route.spec.hostnames.map((name): Host => {
      const listener = listenerFor(gateway, name, parent.sectionName);
      return {
        name,
        certificate: certificateOf(listener, gateway, objects),
        locations: locationsOf(route, objects),
      };
    });
  });
}

function listenerFor({ metadata, spec }: Gateway, host: string, sectionName: string | undefined): Listener {
  const fitting = spec.listeners.filter(
    ({ name, hostname }) =>
      (sectionName === undefined || name === sectionName) && (hostname === undefined || hostname === host),
  );
  const [listener, ...others] = fitting;
  if (listener === undefined || others.length > 0)
    throw new Error(`Gateway ${metadata.name} has ${fitting.length} listeners for ${host}`);
  if ((listener.protocol === 'HTTPS') !== (listener.port === 443))
    throw new Error(`Gateway ${metadata.name}: port ${listener.port} does not fit`);
  return listener;
}

function certificateOf(
  { protocol, tls }: Listener,
  { metadata }: Gateway,
  objects: Objects,
): Host['certificate'] {
  if (protocol === 'HTTP') return undefined;
  const [reference, ...others] = tls?.certificateRefs ?? [];
  if (reference === undefined || others.length > 0)
    throw new Error(`Gateway ${metadata.name}: one certificate is understood`);
  const data = objects.data('Secret', reference.name, metadata.namespace);
  return { crt: data.get('tls.crt') ?? Buffer.of(), key: data.get('tls.key') ?? Buffer.of() };
}

function locationsOf({ metadata, spec }: HttpRoute, objects: Objects): Location[] {
  const { name, namespace = 'default' } = metadata;
  return spec.rules.flatMap(({ matches, backendRefs, timeouts }) => {
    const [backend, ...others] = backendRefs;
    if (backend === undefined || others.length > 0)
      throw new Error(`HTTPRoute ${name}: one backend is understood`);
    // What happens to long requests without it is up to each implementation; some end them after 15 s.
    if (timeouts?.request !== '0s') throw new Error(`HTTPRoute ${name}: its requests may be cut at any time`);
    const to = {
      namespace,
      service: backend.name,
      port: backend.port,
      ...trust(backend.name, namespace, objects),
    };
    return matches.flatMap(({ path }) => elements(path.value).map((match): Location => ({ match, ...to })));
  });
}

/** A prefix in the Gateway API is one of whole path elements. */
function elements(path: string): string[] {
  if (!/^\/[A-Za-z0-9/._-]*$/.test(path)) throw new Error(`the path ${path} is not understood`);
  return path === '/' ? ['/'] : [`= ${path}`, `^~ ${path}/`];
}

/** Only a BackendTLSPolicy makes a Gateway speak TLS with pods. */
function trust(service: string, namespace: string, objects: Objects): Pick<Location, 'tls'> {
  const [policy, ...others] = objects
    .all('BackendTLSPolicy')
    .filter(
      ({ metadata, spec }) =>
        metadata.namespace === namespace && spec.targetRefs.some(({ name }) => name === service),
    );
  if (others.length > 0) throw new Error(`Service ${service} has ${others.length + 1} BackendTLSPolicies`);
  if (policy === undefined) return {};
  const { hostname, caCertificateRefs } = policy.spec.validation;
  const roots = caCertificateRefs.map(
    ({ name }) => objects.data('ConfigMap', name, namespace).get('ca.crt')?.toString() ?? '',
  );
  return { tls: { name: hostname, roots: roots.join('\n') } };
}
