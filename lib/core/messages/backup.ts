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
    says: '<value> is not a whole number of seconds of at least an hour',
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
} as const satisfies Table;
