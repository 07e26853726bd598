// Options of backups that Velero makes.
import { Duration } from 'cdk8s';
import { Registry } from '../../registry';

/** How Velero saves the registry's volume. */
export enum VeleroVolumes {
  /** By a snapshot of its storage: for claims of a CSI driver, or of a plugin of Velero. */
  SNAPSHOT = 'Snapshot',
  /** File by file, by Velero's node agent: for any claim but a directory of a node. */
  FILE_SYSTEM = 'FileSystem',
  /** Not at all: only the objects are saved. */
  NONE = 'None',
}

/** Props of `RegistryVeleroBackup`. */
export interface RegistryVeleroBackupProps {
  /** The registry, which needs a namespace. All of that namespace is saved. */
  readonly registry: Registry;

  /**
   * The namespace of Velero.
   *
   * @default "velero"
   */
  readonly veleroNamespace?: string;

  /**
   * Name of the Schedule, at most 63 characters. Backups are named after it.
   *
   * @default - the registry's namespace and name, joined by a dot
   */
  readonly objectName?: string;

  /**
   * When it runs, by the clock of Velero's pod, which is usually UTC: minute, hour, day of month, month and day of week, or a
   * macro such as `@daily`. Not while garbage is collected.
   *
   * @default "0 5 * * *"
   * @see https://velero.io/docs/main/api-types/schedule/
   */
  readonly schedule?: string;

  /**
   * Whether the schedule rests.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How the volume is saved.
   *
   * @default - VeleroVolumes.SNAPSHOT; without a claim VeleroVolumes.NONE
   * @see https://velero.io/docs/main/file-system-backup/
   */
  readonly volumes?: VeleroVolumes;

  /**
   * Whether Velero copies what is in a snapshot to its storage location, by its node agent. Without, the snapshot stays where
   * the volume is, and is lost with it.
   *
   * @default false
   * @see https://velero.io/docs/main/csi-snapshot-data-movement/
   */
  readonly moveData?: boolean;

  /**
   * For how long a backup is kept: a whole number of seconds, from an hour to 999,999 hours.
   *
   * @default Duration.days(30)
   */
  readonly ttl?: Duration;

  /**
   * Name of the BackupStorageLocation.
   *
   * @default - Velero's default location
   */
  readonly storageLocation?: string;

  /**
   * Resources of which no object is saved, such as `jobs.batch`: those that controllers make of other objects. A Job that
   * failed, or had not ended, would run again when it is restored.
   *
   * @default - Jobs, Endpoints, EndpointSlices, and what cert-manager makes of Certificates
   */
  readonly excludedResources?: string[];
}
