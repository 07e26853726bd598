// Options of the CronJob that fetches images into a cache before they are pulled.
import { Duration } from 'cdk8s';
import { ContainerResources, ImagePullPolicy, ISecret, k8s } from 'cdk8s-plus-27';

/** Which images a cache fetches on a schedule, and how the CronJob runs. */
export interface CachePrefetchOptions {
  /**
   * Images of the upstream, such as `docker.io/library/alpine:3.22`, each with a tag or a digest. For Docker Hub the
   * short names are right too. A `*` in a tag stands for numbers with dots between them: `1.27.*` is 1.27.3, and not
   * 1.27.3-alpine, which `1.27.*-alpine` is.
   */
  readonly images: string[];

  /**
   * The platforms that are fetched of each image, as `linux/amd64` or `linux/arm/v7`. An image must have at least one
   * of them.
   *
   * @default ["linux/amd64"]
   */
  readonly platforms?: string[];

  /**
   * How many tags a pattern gives: the newest by their version numbers. From 1 to 1000.
   *
   * @default 3
   */
  readonly tagsPerPattern?: number;

  /**
   * When it runs: minute, hour, day of month, month and day of week, or a macro such as `@hourly`.
   *
   * @default "30 2 * * *"
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule?: string;

  /**
   * The time zone of the schedule, such as `Europe/Berlin`.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;

  /**
   * How long a run may take, with its two retries: a whole number of seconds.
   *
   * @default Duration.hours(4)
   */
  readonly timeLimit?: Duration;

  /**
   * An image with regctl and a shell, with a tag that is not `latest`, or a digest.
   *
   * @default "ghcr.io/regclient/regctl:v0.11.7-alpine"
   */
  readonly image?: string;

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
   * CPU and memory. Omitted values keep their defaults. It passes images on without keeping them, so their size does
   * not matter.
   *
   * @default - requests 10m CPU and 32 MiB, with a limit of 128 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;

  /**
   * When the image is pulled.
   *
   * @default - `IfNotPresent`, the default of Kubernetes for a fixed tag
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Pull secrets of type kubernetes.io/dockerconfigjson for the image.
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
