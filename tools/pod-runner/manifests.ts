// Takes a folder of manifests as `kubectl apply -f` would: YAML files in the order of their names, several
// documents per file, namespaces before what lives in them, no object twice.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Decoded, type Decoder, optional, string } from './decode';
import { serviceMonitor } from './monitors';
import * as routes from './route-shapes';
import * as shapes from './shapes';

export interface Manifest {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The object as parsed; decoded by its shape when it is used. */
  readonly body: Record<string, unknown>;
}

export const CLUSTER_SCOPED = ['Namespace', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding'];

export function readManifests(folder: string, existing: readonly Manifest[] = []): Manifest[] {
  const files = readdirSync(folder)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${folder}: no manifests`);
  return checkManifests([
    ...existing,
    ...files.flatMap((file) => parseManifests(readFileSync(join(folder, file), 'utf8'), file)),
  ]);
}

/**
 * YAML 1.1, as kubectl reads it: an unquoted `off` is a boolean, and the API server refuses it where text
 * belongs.
 */
export function parseManifests(text: string, source: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`${source}: ${document.errors[0].message}`);
    const body: unknown = document.toJS();
    return body === null ? [] : [manifest(body as Record<string, unknown>, source)];
  });
}

function manifest(body: Record<string, unknown>, source: string): Manifest {
  const kind = string(body.kind, `${source}: kind`);
  const metadata = body.metadata as Record<string, unknown> | undefined;
  const name = string(metadata?.name, `${source}: ${kind} metadata.name`);
  const namespace = optional(string)(metadata?.namespace, `${source}: ${kind} ${name} metadata.namespace`);
  return { kind, name, namespace: CLUSTER_SCOPED.includes(kind) ? '' : (namespace ?? 'default'), body };
}

/** What the API server says when the objects arrive in this order. */
export function checkManifests(manifests: Manifest[]): Manifest[] {
  const seen = new Set<string>();
  const namespaces = new Set(['', 'default']);
  for (const { kind, namespace, name } of manifests) {
    const key = `${kind} ${namespace}/${name}`;
    if (seen.has(key)) throw new Error(`${key} appears twice`);
    if (!namespaces.has(namespace)) throw new Error(`${key} comes before its namespace`);
    if (kind === 'Namespace') namespaces.add(name);
    seen.add(key);
  }
  return manifests;
}

const SHAPES = {
  BackendTLSPolicy: routes.backendTlsPolicy,
  ConfigMap: shapes.configMap,
  CronJob: shapes.cronJob,
  DaemonSet: shapes.daemonSet,
  Deployment: shapes.deployment,
  Gateway: routes.gateway,
  HTTPRoute: routes.httpRoute,
  Ingress: shapes.ingress,
  IngressRoute: routes.ingressRoute,
  Middleware: routes.middleware,
  PersistentVolume: shapes.persistentVolume,
  PersistentVolumeClaim: shapes.claim,
  Pod: shapes.pod,
  Secret: shapes.secret,
  ServersTransport: routes.serversTransport,
  Service: shapes.service,
  ServiceMonitor: serviceMonitor,
} as const;
type Kinds = { [K in keyof typeof SHAPES]: Decoded<(typeof SHAPES)[K]> };

/** Kinds that are taken without effect. */
const IGNORED_KINDS = [
  'Namespace', // names only: there is no API server
  'NetworkPolicy', // there is no network plugin that would enforce it
  'PodDisruptionBudget', // nobody drains the machine
  'Role', // there is no API server that would ask it
  'RoleBinding',
  'GrafanaDashboard', // no Grafana runs
  'PrometheusRule', // nobody evaluates it: see test/caches/alerts.slow.test.ts
  'ServiceAccount', // there is no API server that would make pods of it
];

/** The objects of one kind in a set of manifests, decoded. */
export class Objects {
  constructor(readonly manifests: readonly Manifest[]) {
    for (const { kind, name } of manifests) {
      if (!(kind in SHAPES) && !IGNORED_KINDS.includes(kind))
        throw new Error(`the runner does not understand ${kind} ${name}`);
    }
  }

  all<K extends keyof Kinds>(kind: K): Kinds[K][] {
    const decode = SHAPES[kind] as Decoder<unknown> as Decoder<Kinds[K]>;
    return this.manifests
      .filter((item) => item.kind === kind)
      .map((item) => decode(item.body, `${kind} ${item.name}`));
  }

  one<K extends keyof Kinds>(kind: K, name: string, namespace?: string): Kinds[K] {
    const decode = SHAPES[kind] as Decoder<unknown> as Decoder<Kinds[K]>;
    const found = this.manifests.filter(
      (item) => item.kind === kind && item.name === name && item.namespace === (namespace ?? item.namespace),
    );
    if (found.length !== 1) throw new Error(`${kind} ${name}: found ${found.length} of them`);
    return decode(found[0].body, `${kind} ${name}`);
  }

  has(kind: keyof Kinds, name: string, namespace: string): boolean {
    return this.manifests.some(
      (item) => item.kind === kind && item.name === name && item.namespace === namespace,
    );
  }

  /** A Secret's or ConfigMap's keys as bytes: `stringData` wins over `data`, as in the API server. */
  data(kind: 'Secret' | 'ConfigMap', name: string, namespace?: string): Map<string, Buffer> {
    if (kind === 'ConfigMap') return utf8(this.one(kind, name, namespace).data);
    const { type, data, stringData } = this.one(kind, name, namespace);
    const decoded = Object.entries(data).map(([key, value]): [string, Buffer] => [
      key,
      Buffer.from(value, 'base64'),
    ]);
    const merged = new Map([...decoded, ...utf8(stringData)]);
    if (type === 'kubernetes.io/tls' && !(merged.has('tls.crt') && merged.has('tls.key'))) {
      throw new Error(`Secret ${name}: kubernetes.io/tls needs tls.crt and tls.key`);
    }
    return merged;
  }
}

function utf8(texts: Record<string, string>): Map<string, Buffer> {
  return new Map(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text)]));
}
