// Traefik, by its Ingress provider.
import {
  basicAuth,
  entryPointFor,
  serversTransport,
  TRAEFIK_BASIC_AUTH,
  TraefikApi,
  traefikTimeout,
} from '../traefik-objects';
import { Addition, Annotations, Controller, LoginTarget, Namespaced, TlsPod } from './controller';

const PREFIX = 'traefik.ingress.kubernetes.io';
/** The Middlewares that requests pass. */
const MIDDLEWARES = `${PREFIX}/router.middlewares`;

/**
 * Traefik. It neither limits nor buffers bodies; its only limit is a timeout, which only its static
 * configuration can change.
 */
export const traefik: Controller = {
  classWord: 'traefik',
  basicAuth: TRAEFIK_BASIC_AUTH,
  pushAnnotations: () => ({}),
  hostAnnotations: ({ encrypted }) => traefikHost(encrypted),
  login: (login, target) => {
    const { objectName } = target;
    const middleware = basicAuth(TraefikApi.TRAEFIK_IO, objectName, login);
    return { objects: [middleware], annotations: passing(middleware.name, target) };
  },
  trustPod,
  settingsElsewhere: ({ encrypted }) => traefikTimeout([entryPointFor(encrypted)]),
};

/** Without these, Traefik serves the host on all of its default entry points, unencrypted too. */
export function traefikHost(encrypted: boolean): Annotations {
  return {
    [`${PREFIX}/router.entrypoints`]: entryPointFor(encrypted),
    ...(encrypted && { [`${PREFIX}/router.tls`]: 'true' }),
  };
}

/** The basic auth is a Middleware, which an Ingress references by namespace. */
function passing(
  name: string,
  { namespace, annotations: { [MIDDLEWARES]: others }, check }: LoginTarget,
): Annotations {
  if (namespace === undefined) {
    check.report('middleware-needs-namespace', 'namespace');
  }
  return { [MIDDLEWARES]: [...(others ? [others] : []), reference(namespace, name)].join(',') };
}

/**
 * Traefik reads the protocol of the pods from the Service, and trusts their certificate only by a
 * ServersTransport.
 */
function trustPod({ registryName, host, tls, namespace, check }: TlsPod): Addition {
  if (namespace === undefined) {
    check.report('transport-needs-namespace', 'namespace');
    return {};
  }
  const transport = serversTransport(TraefikApi.TRAEFIK_IO, registryName, host, tls);
  const annotations = {
    [`${PREFIX}/service.serversscheme`]: 'https',
    [`${PREFIX}/service.serverstransport`]: reference(namespace, transport.name),
  };
  return { objects: [transport], annotations };
}

function reference(namespace: Namespaced['namespace'], name: string): string {
  return `${namespace}-${name}@kubernetescrd`;
}
