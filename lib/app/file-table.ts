// The table that assigns each object to a numbered file, by the part of the registry that it belongs to and
// by its kind.
import { COMPONENT_LABEL, Component, INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL } from '../core/labels';

/** A synthesized object, with the members that the writer reads. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: object;
  readonly stringData?: object;
  /** A PersistentVolume is cluster-scoped, but its claim has a namespace. */
  readonly spec?: { readonly claimRef?: { readonly namespace?: string } };
}

interface Row {
  readonly number: number;
  /** The part of the file's name after the registry's name. */
  readonly suffix: string;
  readonly component: Component;
  /** In their order within the file. */
  readonly kinds: readonly string[];
  /**
   * Whether these objects are in other namespaces than the registry. Then their namespaces don't distinguish
   * it from another registry.
   */
  readonly elsewhere?: boolean;
}

const SECRETS = ['ExternalSecret', 'Secret', 'Certificate'];
const ROUTES = [
  'Gateway',
  'BackendTLSPolicy',
  'Middleware',
  'ServersTransport',
  'Ingress',
  'IngressRoute',
  'HTTPRoute',
];
const WORKLOAD = [
  'ServiceAccount',
  'ConfigMap',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Deployment',
  'HorizontalPodAutoscaler',
];

const TABLE: readonly Row[] = [
  { number: 0, suffix: 'namespace', component: Component.REGISTRY, kinds: ['Namespace'] },
  { number: 100, suffix: 'secrets', component: Component.REGISTRY, kinds: SECRETS },
  // With the other secrets, so that one file holds all of them.
  { number: 100, suffix: 'secrets', component: Component.UI, kinds: SECRETS },
  { number: 200, suffix: 'service', component: Component.REGISTRY, kinds: ['Service'] },
  // Includes the volume claim.
  { number: 300, suffix: 'deployment', component: Component.REGISTRY, kinds: WORKLOAD },
  { number: 400, suffix: 'ingress', component: Component.REGISTRY, kinds: ROUTES },
  { number: 500, suffix: 'ui-service', component: Component.UI, kinds: ['Service'] },
  { number: 600, suffix: 'ui-deployment', component: Component.UI, kinds: WORKLOAD },
  { number: 700, suffix: 'ui-ingress', component: Component.UI, kinds: ROUTES },
  {
    number: 800,
    suffix: 'pull-secrets',
    component: Component.PULL_SECRET,
    kinds: [...SECRETS, 'ServiceAccount'],
    elsewhere: true,
  },
  {
    number: 810,
    suffix: 'node-trust',
    component: Component.NODE_TRUST,
    kinds: ['Namespace', ...WORKLOAD, 'DaemonSet'],
    elsewhere: true,
  },
  { number: 820, suffix: 'toolbox', component: Component.TOOLBOX, kinds: [...SECRETS, ...WORKLOAD] },
  {
    number: 830,
    suffix: 'local-hosting',
    component: Component.LOCAL_HOSTING,
    kinds: ['ConfigMap'],
    elsewhere: true,
  },
  {
    number: 840,
    suffix: 'metrics',
    component: Component.METRICS,
    kinds: ['Service', 'NetworkPolicy', 'ServiceMonitor', 'PrometheusRule', 'ConfigMap', 'GrafanaDashboard'],
  },
  {
    number: 850,
    suffix: 'prefetch',
    component: Component.PREFETCH,
    kinds: ['NetworkPolicy', 'CronJob'],
  },
  {
    number: 855,
    suffix: 'descriptor-cache',
    component: Component.DESCRIPTOR_CACHE,
    kinds: [...SECRETS, 'Service', ...WORKLOAD],
  },
  {
    number: 860,
    suffix: 'collection',
    component: Component.COLLECTION,
    kinds: ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'NetworkPolicy', 'CronJob'],
  },
  {
    number: 870,
    suffix: 'retention',
    component: Component.RETENTION,
    kinds: [
      ...SECRETS,
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'ConfigMap',
      'NetworkPolicy',
      'CronJob',
    ],
  },
  {
    number: 880,
    suffix: 'verification',
    component: Component.VERIFICATION,
    kinds: [...SECRETS, 'ConfigMap', 'NetworkPolicy', 'CronJob'],
  },
  {
    number: 890,
    suffix: 'copy',
    component: Component.COPY,
    kinds: [...SECRETS, 'ConfigMap', 'NetworkPolicy', 'CronJob'],
  },
  {
    number: 892,
    suffix: 'snapshots',
    component: Component.SNAPSHOTS,
    kinds: ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'NetworkPolicy', 'CronJob'],
  },
  {
    number: 894,
    suffix: 'velero',
    component: Component.VELERO,
    kinds: ['Schedule'],
    elsewhere: true,
  },
];

/** Objects that a user added to the app. */
export const OTHERS = '900-others.yaml';
/** Namespaces among them: objects in them can't be applied before. */
export const OTHER_NAMESPACES = '000-namespaces.yaml';

/**
 * Assigns objects to files.
 *
 * For two registries of one name in different namespaces, the file names contain the namespace. Within a
 * file, objects are sorted by the table's order of kinds, then by the order in which they were added.
 */
export function filesOf(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const sorted = manifests.map((manifest) => ({ manifest, ...rowOf(manifest) }));
  const namespaces = new Map<string, Set<string>>();
  for (const { registry, namespace, row } of sorted) {
    if (registry !== undefined && !row?.elsewhere)
      namespaces.set(registry, (namespaces.get(registry) ?? new Set()).add(namespace));
  }
  const files = new Map<string, typeof sorted>();
  for (const entry of sorted) {
    const shared =
      entry.registry !== undefined &&
      !entry.row?.elsewhere &&
      (namespaces.get(entry.registry)?.size ?? 0) > 1;
    const file = entry.row
      ? fileName(entry.row, `${shared ? `${entry.namespace}-` : ''}${entry.registry}`)
      : entry.manifest.kind === 'Namespace'
        ? OTHER_NAMESPACES
        : OTHERS;
    files.set(file, [...(files.get(file) ?? []), entry]);
  }
  return new Map(
    [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, entries]) => [
        file,
        entries.sort((a, b) => a.order - b.order).map(({ manifest }) => manifest),
      ]),
  );
}

/** The names of the registries that objects belong to. */
export function registriesOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(manifests.flatMap((manifest) => rowOf(manifest).registry ?? []));
}

/** Whether a file's name is one of those for a registry's objects. */
export function isFileOf(registry: string, file: string): boolean {
  return TABLE.some((row) => {
    const name = fileName(row, registry);
    // A namespace may follow the number.
    return file === name || (file.startsWith(name.slice(0, 4)) && file.endsWith(`-${name.slice(4)}`));
  });
}

function fileName(row: Row, registry: string): string {
  return `${String(row.number).padStart(3, '0')}-${registry}-${row.suffix}.yaml`;
}

function rowOf(manifest: Manifest): {
  row?: Row;
  registry?: string;
  namespace: string;
  order: number;
} {
  const { kind, metadata } = manifest;
  const labels = metadata.labels ?? {};
  const ours = labels[MANAGED_BY_LABEL] === MANAGED_BY;
  const row = ours
    ? TABLE.find((entry) => entry.component === labels[COMPONENT_LABEL] && entry.kinds.includes(kind))
    : undefined;
  return {
    row,
    registry: row && labels[INSTANCE_LABEL],
    namespace: namespaceOf(manifest),
    order: row?.kinds.indexOf(kind) ?? 0,
  };
}

/** The namespace of an object, or the one for which it is in the cluster. */
function namespaceOf({ kind, metadata, spec }: Manifest): string {
  if (kind === 'Namespace') return metadata.name;
  // Its name is `<namespace>.<name>-retention`.
  if (kind === 'ClusterRole' || kind === 'ClusterRoleBinding') return String(metadata.name.split('.')[0]);
  return (
    metadata.namespace ?? (kind === 'PersistentVolume' ? spec?.claimRef?.namespace : undefined) ?? 'default'
  );
}
