// Options of the CronJob that fetches images into a cache before they are pulled.
import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { JobPodOptions } from '../core/job-pod-options';

/** Which images a cache fetches on a schedule, and how the CronJob runs. */
export interface CachePrefetchOptions extends JobPodOptions {
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
   * How long a run may take, with its two retries: a whole number of seconds, from a minute to 30 days.
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
   * CPU and memory. Omitted values keep their defaults. It passes images on without keeping them, so their size does
   * not matter.
   *
   * @default - requests 10m CPU and 32 MiB, with a limit of 128 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;
}
