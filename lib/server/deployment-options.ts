// The options of the registry's Deployment.
import { PodOptions } from '../core/pod-options';
import { SecretKeyRef } from '../core/secret-key-ref';
import { RegistryVersion } from '../distribution/version';
import { NetworkPolicyOptions } from '../network/network-policy';
import { AutoscalingOptions } from './autoscaling';
import { RegistryConfigurationOptions } from './configuration-options';
import { PodDisruptionBudgetOptions } from './disruption-budget';
import { GarbageCollectionOptions } from './garbage-collection';

/** How the registry runs. */
export interface RegistryDeploymentOptions extends PodOptions {
  /**
   * The image, with a tag that is not `latest`, or a digest.
   *
   * @default "registry:3.1.1"
   */
  readonly image?: string;

  /**
   * The registry that images are pulled from, e.g. a mirror that the cluster can reach: `host`, `host:port`,
   * or one of these and a path, such as `mirror.example.com/dockerhub`. For all images that this library
   * chooses (here, in the UI, the toolbox and the node trust), and for those in an `image` that names no
   * registry. Docker Hub's `registry` is `library/registry` there, as pull-through caches have it; where a
   * mirror has another path, write the whole `image`. Tags and digests stay. Sidecars and init containers are
   * pulled from where they say.
   *
   * @default - each image is pulled from where it is published
   */
  readonly imageRegistry?: string;

  /**
   * The major version of the registry in the image. Required for digests and for tags that don't begin with 2
   * or 3.
   *
   * @default - read from the image's tag
   */
  readonly version?: RegistryVersion;

  /**
   * Number of pods, 1 or more. Several need storage that all of them can mount.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * How many pods run, by the CPU that they use: a HorizontalPodAutoscaler. Needs a metrics server in the cluster, and
   * storage that several pods can mount. Not allowed together with `replicas`.
   *
   * @default - a fixed number of pods
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
   */
  readonly autoscaling?: AutoscalingOptions;

  /**
   * For how many seconds a new pod must have been ready until it counts as available, and a roll-out goes on: from 0 to 599.
   * 90 s keep wrong keys of a bucket from rolling out over all pods: a pod that has them is ready for about a minute.
   *
   * @default 0
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds
   */
  readonly minReadySeconds?: number;

  /**
   * How many pods the drain of a node may stop at once.
   *
   * @default - one at a time, if there are several replicas
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetOptions;

  /**
   * The numeric UID and GID that the registry runs as and that own its volume, from 1 to 2147483647.
   *
   * @default 65532
   */
  readonly userId?: number;

  /**
   * Settings of config.yml.
   *
   * @default - see `RegistryConfigurationOptions`
   */
  readonly configuration?: RegistryConfigurationOptions;

  /**
   * Ingress and egress rules of the pods.
   *
   * @default - ingress to the registry port from anywhere; egress to DNS and to the configured destinations
   */
  readonly networkPolicy?: NetworkPolicyOptions;

  /**
   * Garbage collection.
   *
   * @default - never automatically
   */
  readonly garbageCollection?: GarbageCollectionOptions;

  /**
   * An existing Secret with the string with which all replicas sign the state of uploads. Any non-empty
   * single line is valid. When it changes, restart the registry. Default key: `secret`.
   *
   * @default - one is generated
   * @see https://distribution.github.io/distribution/about/configuration/#http
   */
  readonly httpSecret?: SecretKeyRef;

  /**
   * The key in the generated Secret, if `httpSecret` is not set.
   *
   * @default "secret"
   */
  readonly httpSecretKey?: string;
}
