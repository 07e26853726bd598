// Pod options of the registry and the UI.
import { ContainerResources, DnsPolicy, ImagePullPolicy, ISecret, IServiceAccount, k8s } from 'cdk8s-plus-27';
import { ProbeOptions } from './probes';

/** Options for the registry's pods and the UI's. */
export interface PodOptions {
  /**
   * CPU and memory. Omitted values keep their defaults.
   *
   * @default - see the construct; no CPU limit
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
   */
  readonly resources?: ContainerResources;

  /**
   * Leave user and group to the platform: `runAsUser`, `runAsGroup` and `fsGroup` are not set. For OpenShift,
   * which assigns each namespace its own UID range. Elsewhere the image's user applies: the registry's is
   * root, and its pod does not start. Not allowed together with `userId`.
   *
   * @default false
   */
  readonly userFromPlatform?: boolean;

  /**
   * More of the pods' security context: `fsGroupChangePolicy`, `supplementalGroups`, `seLinuxOptions`,
   * `seccompProfile` and `sysctls`. User and groups are those of `userId` or `userFromPlatform`, and what Pod
   * Security `restricted` rejects is not allowed.
   *
   * @default - `runAsNonRoot`, the user and groups of `userId`, `fsGroupChangePolicy: OnRootMismatch`, and the
   * seccomp profile `RuntimeDefault`
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
   */
  readonly podSecurityContext?: k8s.PodSecurityContext;

  /**
   * More of the security context of the pods' containers, unless they set the field themselves:
   * `seLinuxOptions` and `seccompProfile`. What Pod Security `restricted` rejects is not allowed, nor is a
   * writable root file system.
   *
   * @default - `runAsNonRoot`, a read-only root file system, no capabilities and no privilege escalation
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  readonly securityContext?: k8s.SecurityContext;

  /**
   * Timings of the startup probe, which the other probes wait for: how long a start may take.
   *
   * @default - see the construct
   * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
   */
  readonly startupProbe?: ProbeOptions;

  /**
   * Timings of the readiness probe: when a pod gets no more requests.
   *
   * @default - see the construct
   * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
   */
  readonly readinessProbe?: ProbeOptions;

  /**
   * Timings of the liveness probe: when a container is restarted. There is none for a registry that
   * terminates TLS in its pod, which would log each check as a failed handshake.
   *
   * @default - see the construct
   * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
   */
  readonly livenessProbe?: ProbeOptions;

  /**
   * Labels for the pods only.
   *
   * @default - only those of all objects
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations for the pods only.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Node labels that the pods require.
   *
   * @default - any node
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Tolerations of node taints.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Scheduling constraints of the pods.
   *
   * @default - none; several replicas are spread over the nodes
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
   */
  readonly affinity?: k8s.Affinity;

  /**
   * How the pods are spread over nodes and zones, in place of the default. A constraint without a
   * `labelSelector` counts the pods of the same Deployment.
   *
   * @default - several replicas are spread over the nodes where possible
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];

  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly priorityClassName?: string;

  /**
   * Name of the RuntimeClass.
   *
   * @default - the cluster's default runtime
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
   */
  readonly runtimeClassName?: string;

  /**
   * Host names that the pods resolve without DNS.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
   */
  readonly hostAliases?: k8s.HostAlias[];

  /**
   * Where the pods' DNS settings come from. `None` leaves them to `dnsConfig`, which must have `nameservers`.
   *
   * @default - `ClusterFirst`, the default of Kubernetes
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
   */
  readonly dnsPolicy?: DnsPolicy;

  /**
   * Name servers, of which there are 3 at most, search domains and options of the resolver, in addition to
   * those of `dnsPolicy`.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
   */
  readonly dnsConfig?: k8s.PodDnsConfig;

  /**
   * Number of old ReplicaSets that are kept for rollbacks, 0 or more.
   *
   * @default - 10, the default of Kubernetes
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy
   */
  readonly revisionHistoryLimit?: number;

  /**
   * The ServiceAccount that the pods run as. Its token is not mounted.
   *
   * @default - the namespace's default account
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * When the pods' own images are pulled. Containers of `sidecars` and `initContainers` have their own
   * `imagePullPolicy`.
   *
   * @default - `IfNotPresent`, the default of Kubernetes for a fixed tag
   * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Pull secrets of type kubernetes.io/dockerconfigjson for the pods' own images.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Additional environment variables for the main container. In the registry's pod, REGISTRY_... variables
   * that would override the library's settings are not allowed. Passwords and keys, such as
   * REGISTRY_REDIS_PASSWORD, are from a Secret, and may be any single-line string. OTEL_TRACES_EXPORTER, GOGC and GOMEMLIMIT replace
   * the library's own.
   *
   * @default - none
   */
  readonly env?: k8s.EnvVar[];

  /**
   * Additional volumes. `hostPath` is not allowed: Pod Security `restricted` rejects it.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/storage/volumes/
   */
  readonly volumes?: k8s.Volume[];

  /**
   * Additional volume mounts of the main container.
   *
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];

  /**
   * Additional containers beside the main one. They get the fields of the same security context that they do
   * not set. What Pod Security `restricted` rejects is not allowed in them: privileges, capabilities, root and
   * host ports.
   *
   * @default - none
   */
  readonly sidecars?: k8s.Container[];

  /**
   * Additional init containers, after the library's own. They get the fields of the same security context that
   * they do not set. What Pod Security `restricted` rejects is not allowed in them: privileges, capabilities,
   * root and host ports.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: k8s.Container[];
}
