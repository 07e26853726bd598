// Conflicts between the registries of an app: a list of rules over the whole app, each reported once.
import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isAddress, shortAddress } from '../core/addresses';
import { ownersOf } from '../core/duplicate-objects';
import { INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL } from '../core/labels';
import { isLiteral } from '../core/literal-object';
import { addProblems, messageOf, type Problem, problemOf, shown } from '../core/problem';
import { oneStorageForEachDescriptorCache, oneWriterForEachStorage, pairs } from './storage-conflicts';
import { list, type Spec, type SynthesizedObject, synthesized } from './synthesized-object';

/** The rules over objects. Those over storage are in storage-conflicts.ts. */
const RULES: readonly Rule[] = [
  oneRegistryForEachHost,
  oneServiceForEachNodePort,
  oneServiceForEachAddress,
  oneIssuerForEachOrder,
  oneOrderForEachSecret,
];

/** Adds the rules to a construct's app, once. */
export function checkConflictsOnce(construct: Construct): void {
  const { root } = construct.node;
  if (checked.has(root)) return;
  checked.add(root);
  addProblems(root, () => {
    const all = root.node
      .findAll()
      .filter((one): one is ApiObject => ApiObject.isApiObject(one) && !isLiteral(one));
    const objects = all.filter(({ kind }) => KINDS.includes(kind)).flatMap(synthesized);
    const secrets = all.filter(({ kind }) => kind === 'Secret');
    const app: WholeApp = { objects, secrets };
    return [
      ...oneWriterForEachStorage(root),
      ...oneStorageForEachDescriptorCache(root),
      ...RULES.flatMap((rule) => rule(app)),
    ];
  });
}

const checked = new WeakSet<IConstruct>();

interface WholeApp {
  /** Services, routes and Certificates, as synthesized. */
  readonly objects: readonly (readonly [ApiObject, SynthesizedObject])[];
  /** Not synthesized: that would create entries in the store. */
  readonly secrets: readonly ApiObject[];
}
type Rule = (app: WholeApp) => Problem[];

const KINDS = ['Service', 'Ingress', 'IngressRoute', 'HTTPRoute', 'Gateway', 'Certificate'];

function oneRegistryForEachHost({ objects }: WholeApp): Problem[] {
  const routes = objects
    .filter(([, { metadata }]) => metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY)
    .flatMap(routesOf);
  const clashes = pairs(routes).filter(
    ([one, other]) => one.at === other.at && one.registry !== other.registry && meet(one.by, other.by),
  );
  const byMessage = new Map(
    clashes.map(([one, other]) => {
      const problem = problemOf('host-taken', 'host', {
        constructs: ownersOf([one.object, other.object]),
        host: one.at,
      });
      return [messageOf(problem), problem];
    }),
  );
  return [...byMessage.values()];
}

function oneServiceForEachNodePort({ objects }: WholeApp): Problem[] {
  const taken = objects.flatMap(([object, { kind, spec }]) =>
    kind === 'Service'
      ? list(spec?.ports).flatMap(({ nodePort, protocol = 'TCP' }) =>
          nodePort ? [{ object, nodePort, protocol }] : [],
        )
      : [],
  );
  return pairs(taken).flatMap(([one, other]) =>
    one.nodePort === other.nodePort && one.protocol === other.protocol
      ? problemOf('node-port-taken', 'service.nodePort', {
          constructs: ownersOf([one.object, other.object]),
          port: one.nodePort,
        })
      : [],
  );
}

/**
 * Some load balancers let Services share an address, but never a port of it. Inside the cluster, each Service
 * has its own address.
 */
function oneServiceForEachAddress({ objects }: WholeApp): Problem[] {
  const services = objects.filter(([, { kind }]) => kind === 'Service');
  const balanced = services.flatMap(([object, { spec }]) =>
    spec?.loadBalancerIP
      ? list(spec.ports).map(({ port }) => ({ object, at: `${spec.loadBalancerIP}:${port}` }))
      : [],
  );
  const inside = services.flatMap(([object, { spec }]) => {
    const at = spec?.clusterIP;
    return typeof at === 'string' && isAddress(at) ? [{ object, at: shortAddress(at) }] : [];
  });
  const clashing = (
    taken: readonly { object: ApiObject; at: string }[],
    code: 'load-balancer-address-taken' | 'cluster-ip-taken',
    property: string,
  ) =>
    pairs(taken).flatMap(([one, other]) =>
      one.at === other.at
        ? problemOf(code, property, { constructs: ownersOf([one.object, other.object]), address: one.at })
        : [],
    );
  return [
    ...clashing(balanced, 'load-balancer-address-taken', 'service.loadBalancerIP'),
    ...clashing(inside, 'cluster-ip-taken', 'service.clusterIP'),
  ];
}

const ISSUER = 'cert-manager.io/issuer';
const CLUSTER_ISSUER = 'cert-manager.io/cluster-issuer';
/** The annotations that cert-manager rejects beside a ClusterIssuer. */
const ISSUERS = [ISSUER, 'cert-manager.io/issuer-kind', 'cert-manager.io/issuer-group'];

/**
 * Ingresses and Gateways of this library for which cert-manager issues certificates, because their
 * annotations name an issuer.
 */
function ordersIn({ objects }: WholeApp): {
  readonly object: ApiObject;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Spec;
}[] {
  return objects.flatMap(([object, { kind, metadata, spec = {} }]) => {
    const { annotations = {}, labels = {} } = metadata;
    const orders =
      ['Ingress', 'Gateway'].includes(kind) && (annotations[ISSUER] || annotations[CLUSTER_ISSUER]);
    return orders && labels[MANAGED_BY_LABEL] === MANAGED_BY ? [{ object, annotations, spec }] : [];
  });
}

/**
 * cert-manager issues nothing where two issuers are named, and reports it only in an event. The same key in
 * two fields counts once: the Ingress's own applies.
 */
function oneIssuerForEachOrder(app: WholeApp): Problem[] {
  return ordersIn(app).flatMap(({ object, annotations }) => {
    const others = annotations[CLUSTER_ISSUER] ? ISSUERS.filter((key) => annotations[key]) : [];
    return others.map((key) =>
      problemOf('two-issuers', `annotations["${key}"]`, {
        value: annotations[key],
        other: shown(annotations[CLUSTER_ISSUER]),
        key,
        where: object.kind === 'Gateway' ? 'httpRoute.gateway.annotations' : 'ingress.annotations',
        construct: object.node.path,
      }),
    );
  });
}

/**
 * A Secret that cert-manager fills must have no other owner: each would overwrite it in turn. Orders of the
 * registry's own Ingress are reported there.
 */
function oneOrderForEachSecret(app: WholeApp): Problem[] {
  const orders = ordersIn(app).flatMap(({ object, annotations, spec }) => {
    const names = [
      ...list(spec.tls).map(({ secretName }) => secretName),
      ...list(spec.listeners).flatMap(({ tls }) => list(tls?.certificateRefs).map(({ name }) => name)),
    ];
    return [...new Set(names.filter((name) => name !== undefined))].map((name) => ({
      object,
      id: `${object.metadata.namespace}/${name}`,
      name,
      issuer: annotations[CLUSTER_ISSUER] ? CLUSTER_ISSUER : ISSUER,
    }));
  });
  const certificates = app.objects.filter(([{ kind }]) => kind === 'Certificate');
  const writers = new Map<string, ApiObject>([
    ...certificates.map(([object, { spec }]): [string, ApiObject] => [
      `${object.metadata.namespace}/${spec?.secretName}`,
      object,
    ]),
    ...app.secrets.map((object): [string, ApiObject] => [
      `${object.metadata.namespace}/${object.name}`,
      object,
    ]),
  ]);
  const twice = orders.flatMap(({ object, id, name, issuer }) => {
    const other = writers.get(id);
    const registry = /^(.*\/)ingress\/ingress$/.exec(object.node.path)?.[1];
    if (!other || (registry !== undefined && other.node.path.startsWith(registry))) return [];
    return [
      problemOf('secret-ordered-and-written', 'annotations', {
        construct: object.node.path,
        secret: name,
        other: other.node.path,
        issuer,
      }),
    ];
  });
  const both = pairs(orders).flatMap(([one, other]) =>
    one.id === other.id
      ? problemOf('secret-ordered-twice', 'annotations', {
          construct: one.object.node.path,
          other: other.object.node.path,
          secret: one.name,
        })
      : [],
  );
  return [...twice, ...both];
}

interface Route {
  readonly object: ApiObject;
  /** The registry that it belongs to: conflicts within one registry are reported there. */
  readonly registry: string;
  /** Host and path. */
  readonly at: string;
  /** The controllers, entry points or listeners that serve it; undefined is the default one, or all. */
  readonly by: readonly (string | undefined)[];
}

function routesOf([object, { kind, metadata, spec = {} }]: readonly [ApiObject, SynthesizedObject]): Route[] {
  const registry = `${metadata.namespace}/${metadata.labels?.[INSTANCE_LABEL]}`;
  if (kind === 'Ingress') {
    const name = spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'];
    const points = metadata.annotations?.['traefik.ingress.kubernetes.io/router.entrypoints'];
    // Traefik serves it at the same entry points as IngressRoutes; if none are named, at all.
    const traefik = /(^|[-.])traefik([-.]|$)/.test(String(name)) ? (points?.split(',') ?? ['']) : [];
    const by = [`class ${name}`, ...traefik.map((point) => `entry point ${point.trim()}`)];
    return list(spec.rules).flatMap(({ host, http }) =>
      list(http?.paths).map(({ path }) => ({ object, registry, at: `${host}${path}`, by })),
    );
  }
  if (kind === 'IngressRoute') {
    const by = list(spec.entryPoints).map((name) => `entry point ${name}`);
    return list(spec.routes).map(({ match }) => ({ object, registry, at: plain(match), by }));
  }
  if (kind === 'HTTPRoute') {
    const gateways = list(spec.parentRefs).map(
      (ref) => `gateway ${ref.namespace ?? metadata.namespace}/${ref.name}/${ref.sectionName ?? ''}`,
    );
    const paths = list(spec.rules).flatMap(({ matches }) => list(matches).map(({ path }) => path?.value));
    return list(spec.hostnames).flatMap((host) =>
      paths.map((path) => ({ object, registry, at: `${host}${path}`, by: gateways })),
    );
  }
  return [];
}

/**
 * Whether one serves both. The cluster's default class may be any class, and a Gateway without a listener's
 * name means all of its listeners.
 */
function meet(ones: Route['by'], others: Route['by']): boolean {
  const fits = (one = '', other = '') =>
    one === other ||
    [one, other].includes('class undefined') ||
    (one.startsWith('gateway') && (one.startsWith(other) || other.startsWith(one))) ||
    [one, other].includes('entry point ');
  return ones.some((one) => others.some((other) => kindOf(one) === kindOf(other) && fits(one, other)));
}

function kindOf(by = ''): string {
  return by.replace(/ .*/, '');
}

/** Traefik's syntax for a host and a path, in the form of the other kinds. */
function plain(match: unknown): string {
  const [, host, path = '/'] = /^Host\(`([^`]+)`\)(?: && (.*))?$/.exec(String(match)) ?? [];
  return host === undefined ? String(match) : `${host}${path}`;
}
