// Props of the CronJob that copies images from one registry to another.
import { Duration } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { JobPodOptions } from '../../core/job-pod-options';
import { CopyEndpoint } from './endpoint';

/** Props of `RegistryCopy`. */
export interface RegistryCopyProps extends JobPodOptions {
  /** Where images are copied from. */
  readonly source: CopyEndpoint;

  /** Where they are copied to. Nothing is deleted there. */
  readonly target: CopyEndpoint;

  /**
   * The end of the name of the CronJob, and of the objects beside it, where a registry has several copies:
   * `<name>-copy-<copyName>`, at most 52 characters.
   *
   * @default - none: `<name>-copy`
   */
  readonly copyName?: string;

  /**
   * Which repositories: `*` is one part of a name, `**` is one or more. Patterns with stars need the source's catalog,
   * which Docker Hub and GHCR do not have, and which GitLab gives to administrators alone, as Harbor does unless a robot
   * account may read it: name the repositories of those.
   *
   * @default ["**"]
   */
  readonly repositories?: string[];

  /**
   * Whether a tag that names another image at the target is replaced. Set it where the target is nothing but a copy of
   * the source, and for a schedule: tags such as `latest` move.
   *
   * @default false - the tag stays, and the run fails in the end and names it
   */
  readonly overwrite?: boolean;

  /**
   * When it runs by itself: minute, hour, day of month, month and day of week, or a macro such as `@daily`.
   *
   * @default - never by itself: the CronJob is suspended, and `kubectl create job --from` runs it
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
   * How long a run may take, with its retries: a whole number of seconds, from 10 minutes to 30 days. The next run goes
   * on where it ended.
   *
   * @default Duration.hours(24)
   */
  readonly timeLimit?: Duration;

  /**
   * An image with regsync, a shell, awk, grep and mkfifo, with a tag that is not `latest`, or a digest.
   *
   * @default "ghcr.io/regclient/regsync:v0.11.7-alpine"
   */
  readonly image?: string;

  /**
   * An image with regbot, a shell and sed, which plans and compares, with a tag that is not `latest`, or a digest.
   *
   * @default "ghcr.io/regclient/regbot:v0.11.7-alpine"
   */
  readonly compareImage?: string;

  /**
   * CPU and memory. Omitted values keep their defaults. Layers are passed on and not kept, so their size does not
   * matter.
   *
   * @default - requests 50m CPU and 64 MiB, with a limit of 256 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;

  /**
   * Host names that the pods resolve without DNS.
   *
   * @default - none
   */
  readonly hostAliases?: k8s.HostAlias[];
}
