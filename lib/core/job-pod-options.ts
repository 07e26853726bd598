// Pod options of all CronJobs and Jobs.
import { ImagePullPolicy, ISecret, k8s } from 'cdk8s-plus-27';

/** How the pods of a CronJob or a Job run. */
export interface JobPodOptions {
  /**
   * The numeric UID and GID that it runs as, from 1 to 2147483647.
   *
   * @default 1000
   */
  readonly userId?: number;

  /**
   * Leave user and group to the platform, as in `PodOptions`. Not allowed together with `userId`.
   *
   * @default false
   */
  readonly userFromPlatform?: boolean;

  /**
   * When its images are pulled.
   *
   * @default - `IfNotPresent`, the default of Kubernetes for a fixed tag
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Pull secrets of type kubernetes.io/dockerconfigjson for its images.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Node labels that the pods require.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Tolerations of node taints.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

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
}
