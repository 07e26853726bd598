// Values that the registry's pods and the UI's have in common. They differ by the prefix of their paths.
import type { Size } from 'cdk8s';
import { type ContainerResources, DnsPolicy, ImagePullPolicy } from 'cdk8s-plus-27';
import { namesRegistry } from '../../core/image';
import { HIGHEST_ID } from '../../core/security-context';
import { EGRESS, MAPS, PEERS, PULL_SECRETS, STRINGS, VARIABLES } from './formats';
import {
  AFFINITY,
  CONTAINERS,
  DNS_CONFIG,
  HOST_ALIASES,
  POD_SECURITY_CONTEXT,
  SECURITY_CONTEXT,
  TOLERATIONS,
  TOPOLOGY_SPREAD,
  VOLUMES,
} from './pod-schemas';
import type { ChartEntry } from './value';

/** Nothing, or the group that the values are in. */
export type PodPrefix = '' | 'ui.';

/** The same of what has CPU and memory only. */
export type ContainerPrefix =
  | PodPrefix
  | 'front.'
  | 'collection.'
  | 'snapshots.'
  | 'retention.'
  | 'prefetch.'
  | 'verification.';

/** Where the image of a pod is in the values. */
export type ImagePath =
  | 'image'
  | 'compareImage'
  | 'front.image'
  | 'ui.image'
  | 'verification.image'
  | 'secrets.job.image'
  | 'collection.image'
  | 'snapshots.image'
  | 'retention.image'
  | 'retention.spareRunning.image'
  | 'prefetch.image'
  | 'nodeTrust.image'
  | 'storage.descriptorCache.image';

/** An image in its parts: `<path>.registry`, `.repository`, `.tag` and `.digest`. */
export function imageParts<P extends ImagePath>(path: P, image: string) {
  const slash = namesRegistry(image) ? image.indexOf('/') : -1;
  const colon = image.lastIndexOf(':');
  return [
    {
      path: `${path}.registry`,
      type: 'string',
      default: image.slice(0, Math.max(slash, 0)),
      description:
        'The registry that the image is pulled from, with a path or without, unless `global.imageRegistry` names one. Empty: Docker Hub, or what the repository begins with.',
      // It may be taken away where the chart has one.
      schema: slash < 0 ? STRINGS.imageRegistry : { pattern: `^$|${STRINGS.imageRegistry.pattern}` },
    },
    {
      path: `${path}.repository`,
      type: 'string',
      default: image.slice(slash + 1, colon),
      description:
        "The image. With a registry, a name of one segment is one of Docker Hub's own images, under `library/`; a repository that begins with a registry is pulled from there as it is.",
      schema: STRINGS.repository,
    },
    {
      path: `${path}.tag`,
      type: 'string',
      default: image.slice(colon + 1),
      description: 'Tag of the image, not `latest`.',
      schema: STRINGS.tag,
    },
    {
      path: `${path}.digest`,
      type: 'string',
      default: '',
      description: 'Digest of the image. It takes precedence over the tag.',
      schema: STRINGS.digest,
    },
  ] as const satisfies readonly ChartEntry[];
}

/** An image in its parts, and when it is pulled. */
export function imageValues<P extends ImagePath>(path: P, image: string) {
  return [
    ...imageParts(path, image),
    {
      path: `${path}.pullPolicy`,
      type: 'string',
      default: '',
      member: 'PodOptions.imagePullPolicy',
      description:
        path === 'image' || path === 'ui.image'
          ? undefined
          : 'When the image is pulled; by default `IfNotPresent`, the default of Kubernetes for a fixed tag.',
      choices: Object.values(ImagePullPolicy),
    },
  ] as const satisfies readonly ChartEntry[];
}

/** Who may reach a pod, and what it may reach. */
export function networkValues<P extends PodPrefix>(prefix: P) {
  return [
    {
      path: `${prefix}networkPolicy.enabled`,
      type: 'boolean',
      default: true,
      member: 'NetworkPolicyOptions.enabled',
    },
    {
      path: `${prefix}networkPolicy.allowFrom`,
      type: 'array',
      default: [],
      member: 'NetworkPolicyOptions.allowFrom',
      description:
        prefix === ''
          ? "Peers that may reach the registry's port, e.g. the ingress controller's namespace; at least one. The pods of `helm test` and of `verification`, and the UI's where it passes requests on, are always allowed. By default: everyone, because the chart can't know the controller's namespace; all other ports are closed."
          : "Peers that may reach the UI's port, e.g. the ingress controller's namespace; at least one. By default: everyone, or where the UI passes requests on, those of `networkPolicy.allowFrom`; all other ports are closed.",
      schema: PEERS,
    },
    {
      path: `${prefix}networkPolicy.allowTo`,
      type: 'array',
      default: [],
      description:
        prefix === ''
          ? 'Egress rules besides those for DNS, the storage, and the addresses in `configuration.extra` and `extraEnv`. The notes name addresses that the chart could not read.'
          : 'Egress rules besides those for DNS and, where the UI passes requests on, the registry: for example for `ui.sidecars`.',
      schema: EGRESS,
    },
  ] as const satisfies readonly ChartEntry[];
}

/** CPU and memory; `defaults` are what the constructs give the container. */
export function resourceValues<P extends ContainerPrefix>(prefix: P, { cpu, memory }: ContainerResources) {
  const size = (given: Size | undefined) => `${given?.toMebibytes()}Mi`;
  return [
    {
      path: `${prefix}resources.requests.cpu`,
      type: 'string',
      default: '',
      description: `CPU request. By default: ${cpu?.request?.amount}, or the limit where that is lower.`,
      schema: STRINGS.cpu,
    },
    {
      path: `${prefix}resources.requests.memory`,
      type: 'string',
      default: '',
      description: `Memory request. By default: ${size(memory?.request)}, or the limit where that is lower.`,
      schema: STRINGS.size,
    },
    {
      path: `${prefix}resources.limits.cpu`,
      type: 'string',
      default: '',
      description: 'CPU limit. By default: none.',
      schema: STRINGS.cpu,
    },
    {
      path: `${prefix}resources.limits.memory`,
      type: 'string',
      default: '',
      description: `Memory limit. By default: ${size(memory?.limit)}, or the request where that is higher.`,
      schema: STRINGS.size,
    },
  ] as const satisfies readonly ChartEntry[];
}

/** Whom a pod runs as, and what else its security contexts have. `user` is the UID, and where it is documented. */
export function securityValues<P extends PodPrefix>(
  prefix: P,
  user: { readonly id: number; readonly member: string },
) {
  return [
    {
      path: `${prefix}userId`,
      type: 'integer',
      default: user.id,
      member: user.member,
      schema: { minimum: 1, maximum: HIGHEST_ID },
    },
    {
      path: `${prefix}userFromPlatform`,
      type: 'boolean',
      default: false,
      member: 'PodOptions.userFromPlatform',
    },
    {
      path: `${prefix}podSecurityContext`,
      type: 'object',
      default: {},
      member: 'PodOptions.podSecurityContext',
      schema: POD_SECURITY_CONTEXT,
    },
    {
      path: `${prefix}securityContext`,
      type: 'object',
      default: {},
      member: 'PodOptions.securityContext',
      schema: SECURITY_CONTEXT,
    },
  ] as const satisfies readonly ChartEntry[];
}

/** The values of a pod, with the default resources of its container. */
export function podValues<P extends PodPrefix>(prefix: P, resources: ContainerResources) {
  return [
    ...resourceValues(prefix, resources),
    {
      path: `${prefix}podLabels`,
      type: 'object',
      default: {},
      member: 'PodOptions.podLabels',
      schema: MAPS.labels,
    },
    {
      path: `${prefix}podAnnotations`,
      type: 'object',
      default: {},
      member: 'PodOptions.podAnnotations',
      schema: MAPS.annotations,
    },
    {
      path: `${prefix}nodeSelector`,
      type: 'object',
      default: {},
      member: 'PodOptions.nodeSelector',
      schema: MAPS.nodeLabels,
    },
    {
      path: `${prefix}tolerations`,
      type: 'array',
      default: [],
      member: 'PodOptions.tolerations',
      schema: TOLERATIONS,
    },
    {
      path: `${prefix}affinity`,
      type: 'object',
      default: {},
      member: 'PodOptions.affinity',
      schema: AFFINITY,
    },
    {
      path: `${prefix}priorityClassName`,
      type: 'string',
      default: '',
      member: 'PodOptions.priorityClassName',
      schema: STRINGS.name,
    },
    {
      path: `${prefix}topologySpreadConstraints`,
      type: 'array',
      default: [],
      member: 'PodOptions.topologySpreadConstraints',
      schema: TOPOLOGY_SPREAD,
    },
    {
      path: `${prefix}runtimeClassName`,
      type: 'string',
      default: '',
      member: 'PodOptions.runtimeClassName',
      schema: STRINGS.name,
    },
    {
      path: `${prefix}hostAliases`,
      type: 'array',
      default: [],
      member: 'PodOptions.hostAliases',
      schema: HOST_ALIASES,
    },
    {
      path: `${prefix}dnsPolicy`,
      type: 'string',
      default: '',
      member: 'PodOptions.dnsPolicy',
      choices: Object.values(DnsPolicy),
    },
    {
      path: `${prefix}dnsConfig`,
      type: 'object',
      default: {},
      member: 'PodOptions.dnsConfig',
      schema: DNS_CONFIG,
    },
    {
      path: `${prefix}revisionHistoryLimit`,
      type: 'integer',
      default: null,
      member: 'PodOptions.revisionHistoryLimit',
      schema: { minimum: 0, maximum: 2 ** 31 - 1 },
    },
    {
      path: `${prefix}serviceAccount.name`,
      type: 'string',
      default: '',
      member: 'PodOptions.serviceAccount',
      schema: STRINGS.name,
    },
    {
      path: `${prefix}imagePullSecrets`,
      type: 'array',
      default: [],
      ...(prefix === ''
        ? {
            description:
              "Pull secrets of type kubernetes.io/dockerconfigjson for the images of the registry's pods, of the verification and of the Job of `secrets.source: job`.",
          }
        : { member: 'PodOptions.imagePullSecrets' }),
      schema: PULL_SECRETS,
    },
    {
      path: `${prefix}extraEnv`,
      type: 'array',
      default: [],
      description:
        prefix === ''
          ? "More environment variables for the registry's container. Those of the registry (REGISTRY_...) override config.yml; the chart refuses those that it sets itself."
          : "More environment variables for the UI's container; the chart refuses those that it sets itself.",
      schema: VARIABLES,
    },
    {
      path: `${prefix}extraVolumes`,
      type: 'array',
      default: [],
      member: 'PodOptions.volumes',
      schema: VOLUMES,
    },
    {
      path: `${prefix}extraVolumeMounts`,
      type: 'array',
      default: [],
      member: 'PodOptions.volumeMounts',
      schema: {
        items: {
          type: 'object',
          required: ['name', 'mountPath'],
          properties: { mountPath: { type: 'string', pattern: '^/' } },
        },
      },
    },
    {
      path: `${prefix}sidecars`,
      type: 'array',
      default: [],
      member: 'PodOptions.sidecars',
      schema: CONTAINERS,
    },
    {
      path: `${prefix}initContainers`,
      type: 'array',
      default: [],
      member: 'PodOptions.initContainers',
      schema: CONTAINERS,
    },
  ] as const satisfies readonly ChartEntry[];
}
