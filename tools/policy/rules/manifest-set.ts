// The view of a set of manifests that the policy rules share: objects by kind, pods wherever they stand, and
// what a name or a label selector refers to. It bears malformed objects, which the schema check reports.
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';

export type Labels = Record<string, string>;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
}

/** A label selector as workloads, policies and budgets write it. */
export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: string[] }[];
}

/** A pod, or the template that makes pods. */
export interface PodSource {
  /** `Deployment/registry`, as problems name it. */
  readonly where: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: IPodSpec;
  readonly replicas: number;
  /** The selector by which the workload finds its pods, where it has one. */
  readonly selector?: Selector;
  /** Whether the pod is meant to serve until it is stopped. */
  readonly serves: boolean;
}

export interface ContainerSource {
  readonly where: string;
  readonly container: IContainer;
  readonly serves: boolean;
}

interface Template {
  readonly metadata?: { labels?: Labels; annotations?: Labels };
  readonly spec?: IPodSpec;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly selector?: Selector;
  readonly template?: Template;
  readonly jobTemplate?: { spec?: { template?: Template } };
}

export class ManifestSet {
  readonly manifests: readonly Manifest[];
  readonly pods: readonly PodSource[];

  /** `existing` names objects outside the set that references may point to: `Secret/basic-auth`. */
  constructor(
    objects: readonly unknown[],
    private readonly existing: readonly string[] = [],
  ) {
    this.manifests = objects.filter(isManifest);
    this.pods = this.manifests.flatMap((manifest) => podsOf(manifest, this));
  }

  of<T extends object>(kind: string): (T & Manifest)[] {
    return this.manifests.filter((manifest) => manifest.kind === kind) as (T & Manifest)[];
  }

  find<T extends object>(kind: string, namespace: string, name: string): (T & Manifest) | undefined {
    const clusterWide = ['Namespace', 'PersistentVolume', 'ClusterRole'].includes(kind);
    return this.of<T>(kind).find(
      (it) => it.metadata.name === name && (clusterWide || namespaceOf(it) === namespace),
    );
  }

  /**
   * Whether an object is in the set, is declared as existing, or will be made by another object of the set.
   */
  has(kind: string, namespace: string, name: string): boolean {
    return (
      this.find(kind, namespace, name) !== undefined ||
      this.existing.includes(`${kind}/${name}`) ||
      // Kubernetes writes it in each namespace.
      (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
      (kind === 'Secret' && this.madeSecrets(namespace).includes(name))
    );
  }

  /** The keys of a Secret or ConfigMap of the set; undefined where they cannot be known. */
  keys(kind: string, namespace: string, name: string): string[] | undefined {
    const found = this.find<{ data?: Labels; stringData?: Labels; binaryData?: Labels }>(
      kind,
      namespace,
      name,
    );
    return found && Object.keys({ ...found.data, ...found.stringData, ...found.binaryData });
  }

  podsMatching(namespace: string, selector: Selector | undefined): PodSource[] {
    return this.pods.filter((pod) => pod.namespace === namespace && matches(selector, pod.labels));
  }

  private madeSecrets(namespace: string): (string | undefined)[] {
    type Spec = { spec?: { secretName?: string; target?: { name?: string } } };
    const inNamespace = (it: Manifest): boolean => namespaceOf(it) === namespace;
    return [
      ...this.of<Spec>('Certificate')
        .filter(inNamespace)
        .map((it) => it.spec?.secretName),
      ...this.of<Spec>('ExternalSecret')
        .filter(inNamespace)
        .map((it) => it.spec?.target?.name ?? it.metadata.name),
      ...this.of<{ spec?: { tls?: { secretName?: string }[] } }>('Ingress')
        .filter(
          (it) =>
            inNamespace(it) &&
            Object.keys(it.metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/')),
        )
        .flatMap((it) => list(it.spec?.tls).map(({ secretName }) => secretName)),
    ];
  }
}

export const namespaceOf = (manifest: Manifest): string => manifest.metadata.namespace ?? '';
export const whereOf = (manifest: Manifest): string => `${manifest.kind}/${manifest.metadata.name}`;

/** The elements of a list, also where a malformed object holds something else. */
export function list<T>(value: readonly T[] | undefined): T[] {
  return Array.isArray(value) ? value.filter((it: T) => it !== null && it !== undefined) : [];
}

/** Every container of a pod, those of its init phase included. */
export function containersOf(pod: PodSource): ContainerSource[] {
  const named = (what: string, container: IContainer, serves: boolean): ContainerSource => ({
    where: `${pod.where} ${what} ${container.name}`,
    container,
    serves,
  });
  return [
    // A sidecar is written as an init container that always restarts.
    ...list(pod.spec.initContainers).map((it) => named('init container', it, it.restartPolicy === 'Always')),
    ...list(pod.spec.containers).map((it) => named('container', it, pod.serves)),
    ...list(pod.spec.ephemeralContainers as IContainer[] | undefined).map((it) =>
      named('ephemeral container', it, false),
    ),
  ];
}

/** Whether a selector matches labels; an empty one matches everything, none matches nothing. */
export function matches(selector: Selector | undefined, labels: Labels): boolean {
  if (selector === undefined) {
    return false;
  }
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    list(selector.matchExpressions).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

function podsOf(manifest: Manifest, set: ManifestSet): PodSource[] {
  const { kind, metadata } = manifest;
  const spec = (manifest as { spec?: WorkloadSpec }).spec ?? {};
  const bare = kind === 'Pod';
  const template = bare
    ? (manifest as Template)
    : kind === 'CronJob'
      ? spec.jobTemplate?.spec?.template
      : spec.template;
  if (!['Pod', 'Deployment', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'].includes(kind)) {
    return [];
  }
  const podSpec = template?.spec ?? { containers: [] };
  return [
    {
      where: whereOf(manifest),
      kind,
      name: metadata.name,
      namespace: namespaceOf(manifest),
      labels: template?.metadata?.labels ?? {},
      annotations: template?.metadata?.annotations ?? {},
      spec: podSpec,
      replicas: leastReplicas(set, manifest) ?? spec.replicas ?? 1,
      ...(['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind) && spec.selector
        ? { selector: spec.selector }
        : {}),
      serves: !['Job', 'CronJob'].includes(kind) && (podSpec.restartPolicy ?? 'Always') === 'Always',
    },
  ];
}

function leastReplicas(set: ManifestSet, manifest: Manifest): number | undefined {
  type Scaler = { spec?: { minReplicas?: number; scaleTargetRef?: { kind?: string; name?: string } } };
  const scaler = set
    .of<Scaler>('HorizontalPodAutoscaler')
    .find(
      ({ spec, ...it }) =>
        namespaceOf(it as Manifest) === namespaceOf(manifest) &&
        spec?.scaleTargetRef?.kind === manifest.kind &&
        spec.scaleTargetRef.name === manifest.metadata.name,
    );
  return scaler && (scaler.spec?.minReplicas ?? 1);
}

function isManifest(value: unknown): value is Manifest {
  const candidate = value as Partial<Manifest> | null | undefined;
  return typeof candidate?.kind === 'string' && typeof candidate.metadata?.name === 'string';
}
