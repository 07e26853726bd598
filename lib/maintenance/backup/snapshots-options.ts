// Options of scheduled snapshots.
import { Duration } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { Registry } from '../../registry';

/** Props of `RegistrySnapshots`. */
export interface RegistrySnapshotsProps {
  /** The registry, which needs a front: `front: {}`, `access` or `caches`; and a claim of a CSI driver with snapshots. */
  readonly registry: Registry;

  /**
   * When it runs: minute, hour, day of month, month and day of week, or a macro such as `@daily`. Pushes and deletions are
   * refused for some minutes.
   *
   * @default "0 2 * * *"
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
   * How many snapshots are kept, from 1 to 1000. Only those that this CronJob made are deleted. What becomes of the data is
   * up to the `deletionPolicy` of the class.
   *
   * @default 7
   */
  readonly keep?: number;

  /**
   * Name of the VolumeSnapshotClass.
   *
   * @default - the default class of the claim's driver
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/
   */
  readonly snapshotClassName?: string;

  /**
   * How long a run may take, with its retry: a whole number of seconds, at least 20 minutes. Snapshots that are uploaded are
   * ready only after that.
   *
   * @default Duration.hours(4)
   */
  readonly timeLimit?: Duration;

  /**
   * How long pushes and deletions may be refused, until uploads that are under way have ended and the snapshot is cut. If it
   * takes longer, there is none: a whole number of seconds, at least 5 minutes.
   *
   * @default Duration.minutes(15)
   */
  readonly pauseLimit?: Duration;

  /**
   * Egress to the API server. Policies see its own address and port, not those of the Service `kubernetes`.
   *
   * @default - ports 443 and 6443, anywhere
   */
  readonly apiServer?: k8s.NetworkPolicyEgressRule[];

  /**
   * An image with a shell and curl, with a tag that is not `latest`, or a digest.
   *
   * @default - the front's image
   */
  readonly image?: string;

  /**
   * CPU and memory of the container, which asks the API server and waits. Omitted values keep their defaults.
   *
   * @default - requests 10m CPU and 32 MiB, with a limit of 128 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;
}
