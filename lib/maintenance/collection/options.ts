// Options of a scheduled collection.
import { Duration } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { Registry } from '../../registry';

/** Props of `RegistryCollection`. */
export interface RegistryCollectionProps {
  /** The registry, which needs a front: `front: {}`, `access` or `caches`. */
  readonly registry: Registry;

  /**
   * When it runs: minute, hour, day of month, month and day of week, or a macro such as `@weekly`. Pushes and
   * deletions are refused for some minutes, and for as long as a collection takes.
   *
   * @default "0 3 * * *"
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
   * Whether the schedule rests, so that it runs only when somebody creates a Job of it.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How long a run may take, with its retry: a whole number of seconds, from 20 minutes to 30 days. It is ended
   * then, and the registry can be written to.
   *
   * @default Duration.hours(4)
   */
  readonly timeLimit?: Duration;

  /**
   * How long it waits, read-only, for uploads that are under way. If they take longer, nothing is collected: a whole
   * number of seconds, from 3 minutes to 30 days.
   *
   * @default Duration.minutes(15)
   */
  readonly uploadLimit?: Duration;

  /**
   * Egress to the API server. Policies see its own address and port, not those of the Service `kubernetes`.
   *
   * @default - ports 443 and 6443, anywhere
   */
  readonly apiServer?: k8s.NetworkPolicyEgressRule[];

  /**
   * An image with a shell and curl, which beside a shared cache of descriptors has its protocol gopher; with a tag that is not `latest`, or a digest.
   *
   * @default - the front's image
   */
  readonly image?: string;

  /**
   * CPU and memory of the container that collects. Omitted values keep their defaults.
   *
   * @default - requests 50m CPU and 128 MiB, with a limit of 512 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;
}
