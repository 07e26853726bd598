// Props of the CronJob that deletes images: rules, login, schedule, and how its pod runs.
import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { RegistryLogin } from '../../auth/client-login';
import { JobPodOptions } from '../../core/job-pod-options';
import { Registry } from '../../registry';
import { RetentionRule } from './rule';

/** Options of sparing images that run in the cluster. */
export interface SpareRunningOptions {
  /**
   * An image with a shell, curl, grep and sed, which lists the pods, with a tag that is not `latest`, or a digest.
   *
   * @default "nginx:1.30.5"
   */
  readonly image?: string;
}

/** Props of `RegistryRetention`. */
export interface RegistryRetentionProps extends JobPodOptions {
  /** The registry. It must allow deletion, and must not be read-only. */
  readonly registry: Registry;

  /** What is kept, at least one rule. The first rule with a pattern for a repository decides. */
  readonly rules: RetentionRule[];

  /**
   * Whether runs only report what they would delete, and why they keep the rest. Read a report before you set it to
   * false: what is deleted can't be restored.
   *
   * @default true
   */
  readonly dryRun?: boolean;

  /**
   * Keep images of pods in the cluster, whatever the rules say: by their tags and digests, under any host. Deployments
   * that are scaled to zero, and CronJobs between their runs, have no pods. It needs a ClusterRole that lists the pods
   * of all namespaces.
   *
   * @default - what runs is not known
   */
  readonly spareRunning?: SpareRunningOptions;

  /**
   * The login that deletes. With access rules, its user must be allowed to delete in all repositories of the rules,
   * and to list the catalog where a pattern has stars.
   *
   * @default - the registry's first user, whose password this library must know: one that is generated, or
   * given at this synth
   */
  readonly login?: RegistryLogin;

  /**
   * When it runs: minute, hour, day of month, month and day of week, or a macro such as `@weekly`. Choose a time at
   * which no collection runs, and one before it: a collection frees the space of what was deleted.
   *
   * @default "0 1 * * *"
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
   * How long a run may take, with its retries: a whole number of seconds, from 10 minutes to 30 days.
   *
   * @default Duration.hours(4)
   */
  readonly timeLimit?: Duration;

  /**
   * An image with regbot and `sleep`, with a tag that is not `latest`, or a digest.
   *
   * @default "ghcr.io/regclient/regbot:v0.11.7-alpine"
   */
  readonly image?: string;

  /**
   * CPU and memory. Omitted values keep their defaults. 2,000 tags take 35 MiB.
   *
   * @default - requests 10m CPU and 64 MiB, with a limit of 256 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;
}
