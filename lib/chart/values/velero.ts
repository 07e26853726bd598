// Values of the backup that Velero makes.
import { VeleroVolumes } from '../../maintenance/backup/velero-options';
import { STRINGS } from './formats';
import type { ChartEntry } from './value';

export const VELERO_VALUES = [
  {
    path: 'velero',
    type: 'group',
    description:
      "A Schedule of Velero, which saves all objects of the release's namespace, Secrets too, and the volume. Velero is in the cluster already.",
  },
  {
    path: 'velero.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is such a Schedule.',
  },
  {
    path: 'velero.namespace',
    type: 'string',
    default: 'velero',
    member: 'RegistryVeleroBackupProps.veleroNamespace',
    schema: STRINGS.name,
  },
  {
    path: 'velero.objectName',
    type: 'string',
    default: '',
    description:
      "Name of the Schedule, at most 63 characters. Backups are named after it. By default: the release's namespace and full name, joined by a dot.",
    schema: STRINGS.name,
  },
  {
    path: 'velero.schedule',
    type: 'string',
    default: '0 5 * * *',
    member: 'RegistryVeleroBackupProps.schedule',
    schema: { minLength: 1 },
  },
  { path: 'velero.suspend', type: 'boolean', default: false, member: 'RegistryVeleroBackupProps.suspend' },
  {
    path: 'velero.volumes',
    type: 'string',
    default: '',
    description:
      "How the volume is saved: by a `Snapshot`, or file by file (`FileSystem`, by Velero's node agent, for any claim but a directory of a node). By default: Snapshot, and None without a claim.",
    choices: Object.values(VeleroVolumes),
  },
  { path: 'velero.moveData', type: 'boolean', default: false, member: 'RegistryVeleroBackupProps.moveData' },
  {
    path: 'velero.ttl',
    type: 'string',
    default: '720h',
    description: 'For how long a backup is kept, at least `1h`.',
    schema: STRINGS.duration,
  },
  {
    path: 'velero.storageLocation',
    type: 'string',
    default: '',
    member: 'RegistryVeleroBackupProps.storageLocation',
    schema: STRINGS.name,
  },
  {
    path: 'velero.excludedResources',
    type: 'array',
    default: [],
    member: 'RegistryVeleroBackupProps.excludedResources',
    schema: { items: { type: 'string', ...STRINGS.name } },
  },
] as const satisfies readonly ChartEntry[];
