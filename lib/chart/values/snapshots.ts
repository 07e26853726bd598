// Values of the snapshots on a schedule.
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';
import { WATCHER_RESOURCES } from '../../maintenance/pause/pause-pod';
import { EGRESS, STRINGS, TIME_ZONE } from './formats';
import { imageParts, resourceValues } from './pods';
import type { ChartEntry } from './value';

export const SNAPSHOT_VALUES = [
  {
    path: 'snapshots',
    type: 'group',
    description:
      "A CronJob that takes snapshots of the registry's claim while the front refuses pushes and deletions, in every pod, and pulls go on. Needs a CSI driver with snapshots, its controller, and a VolumeSnapshotClass.",
  },
  {
    path: 'snapshots.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is such a CronJob. With it there is a front. NOTES.txt has the commands of a run by hand. To restore, see `persistence.snapshot`.',
  },
  {
    path: 'snapshots.schedule',
    type: 'string',
    default: '0 2 * * *',
    member: 'RegistrySnapshotsProps.schedule',
    schema: { minLength: 1 },
  },
  {
    path: 'snapshots.timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'RegistrySnapshotsProps.timeZone',
    description: TIME_ZONE,
    schema: STRINGS.timeZone,
  },
  {
    path: 'snapshots.suspend',
    type: 'boolean',
    default: false,
    member: 'RegistrySnapshotsProps.suspend',
  },
  {
    path: 'snapshots.keep',
    type: 'integer',
    default: 7,
    member: 'RegistrySnapshotsProps.keep',
    schema: { minimum: 1, maximum: 1000 },
  },
  {
    path: 'snapshots.snapshotClassName',
    type: 'string',
    default: '',
    member: 'RegistrySnapshotsProps.snapshotClassName',
    schema: STRINGS.name,
  },
  {
    path: 'snapshots.timeLimit',
    type: 'string',
    default: '4h',
    description:
      'How long a run may take, with its retry, from `20m` to `720h`. Snapshots that are uploaded are ready only after that.',
    schema: STRINGS.duration,
  },
  {
    path: 'snapshots.pauseLimit',
    type: 'string',
    default: '15m',
    description:
      'How long pushes and deletions may be refused, from `5m` to `720h`, until uploads that are under way have ended and the snapshot is cut. If it takes longer, there is none.',
    schema: STRINGS.duration,
  },
  {
    path: 'snapshots.apiServer',
    type: 'array',
    default: [],
    member: 'RegistrySnapshotsProps.apiServer',
    schema: EGRESS,
  },
  {
    path: 'snapshots.image',
    type: 'group',
    description: 'The image, with a shell and curl. It is pulled when `image.pullPolicy` says.',
  },
  ...imageParts('snapshots.image', DEFAULT_FRONT_IMAGE),
  {
    path: 'snapshots.resources',
    type: 'group',
    description: 'CPU and memory of the container, which asks the API server and waits.',
  },
  ...resourceValues('snapshots.', WATCHER_RESOURCES),
] as const satisfies readonly ChartEntry[];
