// Messages about backups: scheduled snapshots, and those that Velero makes.
import type { Table } from './code-messages';

/** Words by code. */
export const BACKUP_WORDS = {
  'backup-in-no-namespace': {
    says: '<value> has no namespace, which a backup must name',
    instead: 'give the registry a namespace: "registry"',
    why: 'Velero is told which namespace it saves, and the one that kubectl uses is unknown here.',
  },
  'backup-kept-too-short': {
    says: '<value> is not a whole number of seconds, from an hour to 999,999 hours',
    instead: 'write e.g. Duration.days(30)',
    values: { instead: 'write e.g. "720h"' },
    why: 'Velero deletes a backup that is older.',
  },
  'backup-moves-no-snapshot': {
    says: 'true, but no snapshot is taken',
    instead: 'write volumes: VeleroVolumes.SNAPSHOT, or leave it out',
    values: { instead: 'write velero.volumes: Snapshot, or leave it out' },
    why: 'Only the data of snapshots is moved. The file-system backup is in the storage location anyway.',
  },
  'backup-name-too-long': {
    says: '<value> has <characters> characters, and more than 63',
    instead: 'write a shorter objectName',
    values: { instead: 'write a shorter velero.objectName' },
    why: 'Velero writes the name of the Schedule into a label of each backup.',
  },
  'backup-of-no-volume': {
    says: '<value>, but "<registry>" has <kind> storage',
    instead: 'write VeleroVolumes.NONE, and save the images with RegistryCopy',
    values: { instead: 'write None, and save the images with a copy' },
    why: 'Velero saves volumes of a claim, and neither directories of nodes nor buckets.',
  },
  'backup-volumes-without-data': {
    says: '<value> leaves out the volume "data", which has the images',
    instead: 'add data, or leave the annotation out',
    why: 'It is the list of the volumes that Velero saves by their files.',
  },
  'snapshots-beside-others': {
    says: '<value> shares its storage with <others>, where pushes go on',
    instead: 'give each its own storage, or write storage: { readOnly: true } there',
    why: 'The front of one registry refuses its own pushes only, and a snapshot beside a push may have a part of it.',
  },
  'snapshots-in-no-namespace': {
    says: '<value> has no namespace, which the binding of its rights must name',
    instead: 'give the registry a namespace: "registry"',
    why: 'A RoleBinding names the namespace of a ServiceAccount, and the one that kubectl uses is unknown here.',
  },
  'snapshots-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'give the registry a name of at most 42 characters',
    values: { instead: 'write a fullnameOverride of at most 42 characters' },
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
  },
  'snapshots-of-no-claim': {
    says: '<value> has <kind> storage, and snapshots are taken of claims of a CSI driver',
    instead: 'save the images with RegistryCopy',
    values: { instead: 'save the images with a copy' },
    why: 'A VolumeSnapshot names a claim. No driver takes one of a bucket, of a directory of a node, or of what is lost with the pod.',
  },
  'snapshots-pause-too-long': {
    says: '<value> is not less than timeLimit, which is <limit> s',
    instead: 'write a longer timeLimit or a shorter pauseLimit',
    why: 'A run would be ended before it has taken a snapshot.',
  },
  'snapshots-without-front': {
    says: '<value> has nothing that refuses pushes while the snapshot is cut',
    instead: 'add front: {} to the registry',
    why: 'A snapshot beside a push may have a part of it.',
  },
} as const satisfies Table;
