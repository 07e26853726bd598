// Pod spec that complies with Pod Security "restricted". The registry and its UI are built on it.
import { posix } from 'node:path';
import { ContainerResources, ImagePullPolicy, ISecret, k8s } from 'cdk8s-plus-27';
import { checkAffinity } from './affinity';
import { Check, NameRule } from './check';
import { isDnsLabel, isVariableName } from './formats';
import { checkImage } from './image';
import { OwnedVariable } from './owned-variables';
import { dnsFields } from './pod-dns';
import { PodOptions } from './pod-options';
import { timed } from './probes';
import { isPlainObject } from './problem';
import { isPlainSecret } from './secret-keys';
import {
  checkContainers,
  checkVolumes,
  containerSecurityContext,
  podSecurityContext,
} from './security-context';
import { checkSpread } from './spread';
import { checkTolerations } from './tolerations';

/** A construct's own parts of its pod. */
export interface OwnPod {
  readonly main: k8s.Container;
  readonly initContainers?: readonly k8s.Container[];
  /** Whether the main container is a native sidecar of those beside it: Kubernetes starts it first and stops it last. */
  readonly mainIsSidecar?: boolean;
  /** Containers beside the main one, with resources of their own. The probes are theirs. */
  readonly beside?: readonly k8s.Container[];
  /** Init container that runs last, derived from the final main container. */
  readonly preparation?: { readonly name: string; readonly from: (main: k8s.Container) => k8s.Container };
  /** The main container's own variables that user variables may replace. */
  readonly replaceable?: readonly string[];
  /** Rewrites user variables. */
  readonly added?: (variables: readonly k8s.EnvVar[]) => k8s.EnvVar[];
  /** Why the user can't set a variable, or undefined. */
  readonly owned?: (name: string) => OwnedVariable | undefined;
  readonly volumes: readonly k8s.Volume[];
  /** Undefined leaves the user to the platform. */
  readonly userId: number | undefined;
  readonly replicas: number;
  readonly selector: Record<string, string>;
  readonly graceSeconds: number;
  /** Validated by `checkResources`. */
  readonly resources: ContainerResources;
}

const LABEL: NameRule = {
  accepts: isDnsLabel,
  what: 'a name of lower-case letters, digits and "-"',
  example: 'scratch',
};
const CONTAINER: NameRule = { ...LABEL, example: 'log-shipper' };
const VARIABLE: NameRule = {
  accepts: isVariableName,
  what: 'the name of an environment variable',
  example: 'HTTPS_PROXY',
};

/** Pod spec with the construct's own parts and the user's additions. */
export function restrictedPod(check: Check, options: PodOptions, parts: OwnPod): k8s.PodSpec {
  const resources = kubeResources(parts.resources);
  const imagePullPolicy = pullPolicy(check, options);
  const own = [parts.main, ...(parts.initContainers ?? [])].map((container) => ({
    ...container,
    imagePullPolicy,
    resources,
  }));
  const beside = (parts.beside ?? []).map((container) => ({ ...container, imagePullPolicy }));
  // What clients reach is probed.
  const probed = (container: k8s.Container) => timed(check, options, container);
  const taken = [...own, ...beside, ...(parts.preparation ? [parts.preparation] : [])];
  const sidecars = check.named<k8s.Container>('sidecars', options.sidecars, CONTAINER, namesOf(taken));
  const init = check.named<k8s.Container>(
    'initContainers',
    options.initContainers,
    CONTAINER,
    namesOf([...taken, ...sidecars]),
  );
  checkImages(check, 'sidecars', options.sidecars);
  checkImages(check, 'initContainers', options.initContainers);
  checkContainers(check, 'sidecars', options.sidecars);
  checkContainers(check, 'initContainers', options.initContainers);
  checkVolumes(check, 'volumes', options.volumes);
  const volumes = [
    ...parts.volumes,
    ...check.named<k8s.Volume>('volumes', options.volumes, LABEL, namesOf(parts.volumes)),
  ];
  const [main, ...ownInit] = own as [k8s.Container, ...k8s.Container[]];
  const securityContext = containerSecurityContext(check, options);
  const restricted = (container: k8s.Container): k8s.Container => ({
    ...container,
    // Null was reported, and cdk8s would break on it.
    securityContext: { ...securityContext, ...withoutNull(container.securityContext) },
  });
  const complete = restricted({
    ...(beside.length > 0 ? main : probed(main)),
    env: variables(check, 'env', options.env, main.env ?? [], parts),
    ...withoutEmpty({
      volumeMounts: [
        ...(main.volumeMounts ?? []),
        ...checkMounts(check, 'volumeMounts', options.volumeMounts, volumes, main),
      ],
    }),
  });
  const last = parts.preparation ? [parts.preparation.from(complete)] : [];
  return withoutEmpty({
    automountServiceAccountToken: false,
    // Service links would inject variables for each Service in the namespace; those of a Service called
    // registry-… break the registry.
    enableServiceLinks: false,
    serviceAccountName:
      options.serviceAccount &&
      check.existing(
        'serviceAccount',
        options.serviceAccount,
        'ServiceAccount',
        "ServiceAccount.fromServiceAccountName(this, 'account', 'robot')",
      ),
    imagePullSecrets: check
      .list<ISecret>('imagePullSecrets', options.imagePullSecrets)
      .map((secret, index) => ({ name: check.secret(`imagePullSecrets[${index}]`, secret) })),
    securityContext: podSecurityContext(check, options, parts.userId),
    nodeSelector: check.labels('nodeSelector', options.nodeSelector),
    tolerations: checkTolerations(check, options.tolerations),
    affinity: checkAffinity(check, 'affinity', options.affinity),
    priorityClassName: check.objectName(
      'priorityClassName',
      options.priorityClassName,
      undefined,
      'system-cluster-critical',
    ),
    runtimeClassName: check.objectName('runtimeClassName', options.runtimeClassName, undefined, 'gvisor'),
    ...dnsFields(check, options),
    topologySpreadConstraints: spread(check, options, parts),
    terminationGracePeriodSeconds: parts.graceSeconds,
    initContainers: [
      ...[...ownInit, ...init, ...last].map(restricted),
      ...(parts.mainIsSidecar ? [complete] : []),
    ],
    containers: [
      ...(parts.mainIsSidecar ? [] : [complete]),
      ...[...beside.map(probed), ...sidecars].map(restricted),
    ],
    volumes,
  });
}

/** Options for the UID and GID of a pod. */
export interface UserOptions {
  readonly userId?: number;
  readonly userFromPlatform?: boolean;
}

/** UID and GID of a pod; undefined leaves them to the platform. */
export function checkUser(
  check: Check,
  { userId, userFromPlatform }: UserOptions,
  fallback: number,
): number | undefined {
  const checked = check.integer('userId', userId, fallback, 1, 2 ** 31 - 1);
  if (!check.boolean('userFromPlatform', userFromPlatform, false)) return checked;
  if (userId !== undefined) check.report('user-given-twice-over', 'userId', { value: userId });
  return undefined;
}

/** Old ReplicaSets that a Deployment keeps; undefined leaves it to Kubernetes. */
export function revisionHistory(check: Check, { revisionHistoryLimit }: PodOptions): number | undefined {
  return check.integer('revisionHistoryLimit', revisionHistoryLimit, undefined, 0, 2 ** 31 - 1);
}

/** Omits empty lists and maps from a manifest. */
export function withoutEmpty<T extends object>(fields: T): T {
  const isEmpty = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as T;
}

function withoutNull(fields: k8s.SecurityContext = {}): k8s.SecurityContext {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== null));
}

/** Images of additional containers. */
function checkImages(check: Check, property: string, given: readonly k8s.Container[] | undefined): void {
  if (!Array.isArray(given)) return;
  const example = 'busybox:1.37.0';
  for (const [index, container] of given.entries()) {
    const at = `${property}[${index}].image`;
    if (isPlainObject(container) && container.image === undefined) check.report('missing', at, { example });
    else checkImage(check, at, container?.image, example);
  }
}

function namesOf(entries: readonly { readonly name: string }[]): string[] {
  return entries.map(({ name }) => name);
}

/** The construct's own variables and the user's, which may replace some of them. */
function variables(
  check: Check,
  property: string,
  given: unknown,
  own: readonly k8s.EnvVar[],
  parts: OwnPod,
): k8s.EnvVar[] {
  const owned = new Set<string>();
  for (const [index, entry] of (Array.isArray(given) ? given : []).entries()) {
    const reason = parts.owned?.(entry?.name);
    if (reason) {
      check.report('owned-variable', `${property}[${index}].name`, { value: entry.name, ...reason });
      owned.add(entry.name);
    } else if (isPlainSecret(entry?.name, entry?.value))
      check.report('secret-in-plain-variable', `${property}[${index}].value`);
  }
  const replaceable = new Set(parts.replaceable);
  const taken = namesOf(own).filter((name) => !replaceable.has(name) && !owned.has(name));
  const more = check
    .named<k8s.EnvVar>(property, given, VARIABLE, taken)
    .filter(({ name }) => !owned.has(name));
  for (const [index, entry] of (Array.isArray(given) ? given : []).entries()) {
    const value: unknown = entry?.value;
    if (value !== undefined && typeof value !== 'string')
      check.report('not-a-string', `${property}[${index}].value`, { value, instead: 'write it in quotes' });
  }
  return [
    ...own.filter(({ name }) => !replaceable.has(name) || !more.some((other) => other.name === name)),
    ...(parts.added?.(more) ?? more),
  ];
}

function pullPolicy(check: Check, { imagePullPolicy }: PodOptions): string | undefined {
  const choices = Object.values(ImagePullPolicy);
  return check.enum('imagePullPolicy', imagePullPolicy, undefined, choices);
}

/** The user's constraints, which count the construct's own pods unless they select others; or the default. */
function spread(
  check: Check,
  { topologySpreadConstraints: given }: PodOptions,
  { replicas, selector }: OwnPod,
): k8s.TopologySpreadConstraint[] {
  const labelSelector = { matchLabels: selector };
  if (given !== undefined) return checkSpread(check, 'topologySpreadConstraints', given, labelSelector);
  if (replicas === 1) return [];
  return [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector,
    },
  ];
}

/** Mounts of existing volumes at unused paths. */
function checkMounts(
  check: Check,
  property: string,
  given: unknown,
  volumes: k8s.Volume[],
  main: k8s.Container,
): k8s.VolumeMount[] {
  const taken = new Set((main.volumeMounts ?? []).map(({ mountPath }) => mountPath));
  // The container runtime reads paths as the kernel does: `/auth/` and `/a//../auth` are `/auth`.
  const read = (mountPath: string) =>
    posix
      .normalize(mountPath)
      .replace(/(?!^)\/$/, '')
      .replace(/^\/+/, '/');
  return check.objects<k8s.VolumeMount>(property, given).filter(({ name, mountPath }, index) => {
    const at = `${property}[${index}]`;
    if (!volumes.some((volume) => volume.name === name))
      check.report('not-a-volume-of-the-pod', `${at}.name`, { value: name });
    else if (typeof mountPath !== 'string' || !mountPath.startsWith('/'))
      check.report('mount-path-not-absolute', `${at}.mountPath`, { value: mountPath });
    else if (taken.has(read(mountPath)))
      check.report('mount-path-taken', `${at}.mountPath`, { value: mountPath });
    else return Boolean(taken.add(read(mountPath)));
    return false;
  });
}

export function kubeResources({ cpu, memory }: ContainerResources): k8s.ResourceRequirements {
  const quantities = (kind: 'request' | 'limit') => ({
    ...(cpu?.[kind] && { cpu: k8s.Quantity.fromString(cpu[kind].amount) }),
    ...(memory?.[kind] && { memory: k8s.Quantity.fromString(memory[kind].asString()) }),
  });
  return { requests: quantities('request'), limits: quantities('limit') };
}
