// Refused values of Velero's backup, and accepted ones that look like them.
import type { Code } from '../../../lib/core/messages';
import { FOLDER, MINIO } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const SAVED = { 'velero.enabled': true };
const BY_FILES = { ...SAVED, 'velero.volumes': 'FileSystem' };
const VOLUMES = 'backup.velero.io/backup-volumes';

export const OF_VELERO = {
  'backup-kept-too-short': [
    { ...SAVED, 'velero.ttl': '59m' },
    { ...SAVED, 'velero.ttl': '3599s' },
  ],
  'backup-moves-no-snapshot': [
    { ...BY_FILES, 'velero.moveData': true },
    { ...SAVED, ...MINIO, 'velero.moveData': true },
  ],
  'backup-name-too-long': [
    ...[`${'a'.repeat(40)}.${'b'.repeat(40)}`, 'a'.repeat(64)].map((name) => ({
      ...SAVED,
      'velero.objectName': name,
    })),
    { ...SAVED, fullnameOverride: 'a'.repeat(50) },
  ],
  'backup-of-no-volume': [
    { ...BY_FILES, ...FOLDER },
    { ...BY_FILES, ...MINIO },
    { ...SAVED, 'velero.volumes': 'Snapshot', 'persistence.enabled': false },
  ],
  'backup-volumes-without-data': [
    { ...BY_FILES, podAnnotations: { [VOLUMES]: 'logs' } },
    { ...BY_FILES, podAnnotations: { [VOLUMES]: 'data-2, data' } },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const LIKE_A_SCHEDULE = {
  'not-a-schedule': [{ ...SAVED, 'velero.schedule': '0 3 * *' }],
  'schedule-never-comes': [{ ...SAVED, 'velero.schedule': '0 0 30 2 *' }],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ACCEPTED_BACKUPS: readonly ByPath[] = [
  { ...SAVED, 'velero.ttl': '1h', 'velero.objectName': 'a'.repeat(63) },
  { ...SAVED, ...MINIO, 'velero.volumes': 'None' },
  { ...SAVED, ...FOLDER },
  { ...BY_FILES, podAnnotations: { [VOLUMES]: 'logs,data' } },
  { ...SAVED, 'persistence.existingClaim': 'images', 'velero.moveData': true },
  { ...SAVED, podAnnotations: { [VOLUMES]: 'logs' } },
  // Nothing is saved, so nothing is wrong.
  {
    'velero.volumes': 'FileSystem',
    ...MINIO,
    'velero.moveData': true,
    'velero.ttl': '1s',
    'velero.schedule': '?',
  },
];
