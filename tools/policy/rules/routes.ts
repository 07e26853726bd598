// Routes of Traefik and of the Gateway API must arrive: what they name exists, and has the ports that they
// name. So does what an Ingress names by annotations, for its login.
import type { IService } from 'kubernetes-models/v1/Service';
import { list, type Manifest, type ManifestSet, namespaceOf, whereOf } from './manifest-set';
import { located, type Rule, setRule } from './rule';

interface Reference {
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number | string;
}

interface Named {
  readonly name?: string;
}

interface TraefikService extends Named {
  readonly port?: number;
  readonly serversTransport?: string;
}

interface Spec {
  readonly tls?: { readonly secretName?: string };
  readonly routes?: readonly {
    readonly services?: readonly TraefikService[];
    readonly middlewares?: readonly Named[];
  }[];
  readonly rootCAsSecrets?: readonly string[];
  readonly listeners?: readonly { readonly tls?: { readonly certificateRefs?: readonly Named[] } }[];
  readonly parentRefs?: readonly (Named & { readonly namespace?: string })[];
  readonly rules?: readonly { readonly backendRefs?: readonly (Named & { readonly port?: number })[] }[];
  readonly targetRefs?: readonly Named[];
  readonly basicAuth?: { readonly secret?: string };
  readonly validation?: {
    readonly caCertificateRefs?: readonly { readonly kind: string; readonly name: string }[];
  };
}

/** What an object of each kind refers to. */
const REFERENCES: Readonly<Record<string, (spec: Spec, from: Manifest) => Reference[]>> = {
  Ingress: (_, from) => {
    const { annotations = {} } = from.metadata;
    const secrets = ['nginx.ingress.kubernetes.io/auth-secret', 'nginx.org/basic-auth-secret'].flatMap(
      (key) => annotations[key] ?? [],
    );
    const middlewares = annotations['traefik.ingress.kubernetes.io/router.middlewares']?.split(',') ?? [];
    return [
      ...secrets.map((name) => ({ kind: 'Secret', name })),
      ...middlewares.map((id) => ({
        kind: 'Middleware',
        name: id.replace(`${namespaceOf(from)}-`, '').replace('@kubernetescrd', ''),
      })),
    ];
  },
  Middleware: ({ basicAuth }) =>
    basicAuth === undefined ? [] : [{ kind: 'Secret', name: basicAuth.secret }],
  IngressRoute: ({ tls, routes }) => [
    ...(tls?.secretName === undefined ? [] : [{ kind: 'Secret', name: tls.secretName }]),
    ...list(routes).flatMap(({ services, middlewares }) => [
      ...list(middlewares).map(({ name }) => ({ kind: 'Middleware', name })),
      ...list(services).flatMap(({ name, port, serversTransport }) => [
        { kind: 'Service', name, port: port ?? '(none)' },
        ...(serversTransport === undefined ? [] : [{ kind: 'ServersTransport', name: serversTransport }]),
      ]),
    ]),
  ],
  ServersTransport: ({ rootCAsSecrets }) => list(rootCAsSecrets).map((name) => ({ kind: 'Secret', name })),
  Gateway: ({ listeners }) =>
    list(listeners).flatMap(({ tls }) =>
      list(tls?.certificateRefs).map(({ name }) => ({ kind: 'Secret', name })),
    ),
  HTTPRoute: ({ parentRefs, rules }) => [
    ...list(parentRefs).map(({ name, namespace }) => ({ kind: 'Gateway', name, namespace })),
    ...list(rules).flatMap(({ backendRefs }) =>
      list(backendRefs).map(({ name, port }) => ({ kind: 'Service', name, port: port ?? '(none)' })),
    ),
  ],
  BackendTLSPolicy: ({ targetRefs, validation }) => [
    ...list(targetRefs).map(({ name }) => ({ kind: 'Service', name })),
    ...list(validation?.caCertificateRefs).map(({ kind, name }) => ({ kind, name })),
  ],
};

function finding(
  { kind, name = '(none)', namespace, port }: Reference,
  from: Manifest,
  set: ManifestSet,
): string | false {
  const where = namespace ?? namespaceOf(from);
  if (!set.has(kind, where, name)) return `refers to ${kind}/${name}, which does not exist`;
  const service = port === undefined ? undefined : set.find<IService>('Service', where, name);
  return (
    service !== undefined &&
    !list(service.spec?.ports).some((it) => it.port === port) &&
    `Service/${name} has no port ${port ?? '(none)'}`
  );
}

export const ROUTE_RULES: readonly Rule[] = [
  setRule('route-dangling', (set) =>
    Object.entries(REFERENCES).flatMap(([kind, references]) =>
      set.of<{ spec?: Spec }>(kind).flatMap((it) =>
        located(
          whereOf(it),
          references(it.spec ?? {}, it).map((reference) => finding(reference, it, set)),
        ),
      ),
    ),
  ),
];
