// What users may change about the registry's pods and the UI's.
import { ContainerResources, ISecret, IServiceAccount, k8s } from 'cdk8s-plus-27';

/** What can be set on the registry's pods and on the UI's. */
export interface PodOptions {
  /**
   * CPU and memory. What is left out keeps its default.
   *
   * @default - see the construct; no CPU limit
   */
  readonly resources?: ContainerResources;

  /**
   * Leave the user and the group to the platform, by setting none of `runAsUser`, `runAsGroup` and `fsGroup`? For OpenShift, which gives each namespace a
   * range of its own. Elsewhere the images' users count: the registry's is root, and its pod does not start. Refused beside `userId`.
   *
   * @default false
   */
  readonly userFromPlatform?: boolean;

  /**
   * Labels for the pods alone.
   *
   * @default - none besides those of the construct
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations for the pods alone.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Labels of the nodes that the pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of nodes that the pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Rules for placing the pods.
   *
   * @default - none; several replicas are spread over the nodes
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * The ServiceAccount that the pods run as. Its token is not mounted.
   *
   * @default - the namespace's default account
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Secrets of type kubernetes.io/dockerconfigjson with which the pods' own images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * More environment variables for the main container. In the registry's own pod, variables of the registry (REGISTRY_...) that would change what this library
   * sets are refused; its passwords and keys from a Secret, such as REGISTRY_REDIS_PASSWORD, may be any line of text; OTEL_TRACES_EXPORTER, GOGC and
   * GOMEMLIMIT replace the library's own.
   *
   * @default - none
   */
  readonly env?: k8s.EnvVar[];

  /**
   * More volumes for the pod.
   *
   * @default - none
   */
  readonly volumes?: k8s.Volume[];

  /**
   * More mounts for the main container.
   *
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];

  /**
   * More containers that run beside the main one. They get the same security settings where they name none of their own.
   *
   * @default - none
   */
  readonly sidecars?: k8s.Container[];

  /**
   * More containers that run before the main one, after the library's own. They get the same security settings where they name none of their own.
   *
   * @default - none
   */
  readonly initContainers?: k8s.Container[];
}
