// Values of the scheduled collection of garbage.
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';
import { DEFAULT_COLLECTION_RESOURCES } from '../../maintenance/collection/collection';
import { EGRESS, STRINGS, TIME_ZONE } from './formats';
import { imageParts, resourceValues } from './pods';
import type { ChartEntry } from './value';

export const COLLECTION_VALUES = [
  {
    path: 'collection',
    type: 'group',
    description:
      'A CronJob that collects garbage while the front refuses pushes and deletions, in every pod, and pulls go on. Needs `storage.deletion`.',
  },
  {
    path: 'collection.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is such a CronJob. With it there is a front. NOTES.txt has the commands of a run by hand.',
  },
  {
    path: 'collection.schedule',
    type: 'string',
    default: '0 3 * * *',
    member: 'RegistryCollectionProps.schedule',
    schema: { minLength: 1 },
  },
  {
    path: 'collection.timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'RegistryCollectionProps.timeZone',
    description: TIME_ZONE,
    schema: STRINGS.timeZone,
  },
  {
    path: 'collection.suspend',
    type: 'boolean',
    default: false,
    member: 'RegistryCollectionProps.suspend',
  },
  {
    path: 'collection.timeLimit',
    type: 'string',
    default: '4h',
    description:
      'How long a run may take, with its retry, from `20m` to `720h`. It is ended then, and the registry can be written to.',
    schema: STRINGS.duration,
  },
  {
    path: 'collection.uploadLimit',
    type: 'string',
    default: '15m',
    description:
      'How long it waits, read-only, for uploads that are under way, from `3m` to `720h`. If they take longer, nothing is collected.',
    schema: STRINGS.duration,
  },
  {
    path: 'collection.apiServer',
    type: 'array',
    default: [],
    member: 'RegistryCollectionProps.apiServer',
    schema: EGRESS,
  },
  {
    path: 'collection.image',
    type: 'group',
    description:
      'The image of the container that talks to the API server, with a shell and curl. It is pulled when `image.pullPolicy` says.',
  },
  ...imageParts('collection.image', DEFAULT_FRONT_IMAGE),
  {
    path: 'collection.resources',
    type: 'group',
    description: 'CPU and memory of the container that collects.',
  },
  ...resourceValues('collection.', DEFAULT_COLLECTION_RESOURCES),
] as const satisfies readonly ChartEntry[];
