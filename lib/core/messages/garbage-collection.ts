// Messages about garbage collection at the start of a pod, and what all collections share.
import type { Table } from './code-messages';

/** Words by code. */
export const GARBAGE_COLLECTION_WORDS = {
  'collection-beside-others': {
    says: '<value> would run beside <others> on the same storage and delete what is being pushed there',
    instead:
      'give each its own storage, write storage: { readOnly: true } there, or leave it out and collect while all are read-only',
    why: 'Garbage collection deletes layers that no manifest references yet, and a push writes its manifest last.',
  },
  'collection-beside-replicas': {
    says: '<value> would run beside the other <others> and delete what is being pushed there',
    instead:
      'write replicas: 1 without autoscaling, or leave it out and collect while the registry is read-only',
    why: 'Garbage collection deletes layers that no manifest references yet, and a push writes its manifest last.',
    values: {
      instead:
        'write replicaCount: 1 without autoscaling, or leave garbageCollection.onStart out and collect while the registry is read-only',
    },
  },
  'collection-beside-shared-cache': {
    says: '<value> would leave what was deleted in the cache of descriptors',
    instead:
      'write storage: { descriptorCache: DescriptorCache.inMemory() }, or leave it out, and add new RegistryCollection(...)',
    values: {
      instead:
        'write storage: { descriptorCache: { type: inmemory } }, or leave it out, and write collection: { enabled: true }',
    },
    why: 'The cache outlives the collection, and says that layers are there which were removed: images that are pushed again are broken.',
  },
  'collection-of-ephemeral-storage': {
    says: '<value> finds nothing, because ephemeral storage is empty at each start',
    instead: 'leave it out',
    why: 'There is no garbage at the start.',
    values: { instead: 'leave garbageCollection.onStart out' },
  },
  'collection-of-read-only-storage': {
    says: '<value> would delete from read-only storage',
    instead: 'leave it out for as long as storage.readOnly is true',
    why: 'A backup or a move needs storage that does not change.',
  },
  'collection-without-deletion': {
    says: '<value> finds nothing, because no image can be deleted',
    instead: 'add storage: { deletion: true }',
    why: 'Garbage is what deleted manifests leave behind.',
  },
} as const satisfies Table;
