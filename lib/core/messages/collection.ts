// Messages about scheduled collections.
import type { Table } from './code-messages';

/** Words by code. */
export const COLLECTION_WORDS = {
  'collection-at-start-too': {
    says: '<value> collects at each start already',
    instead: 'leave garbageCollection.onStart out',
    why: 'A pod that starts during a collection would collect beside it.',
  },
  'collection-by-default-account': {
    says: '<value> is the account of every pod of the namespace that names none',
    instead: 'name another service account of the registry, or leave it out',
    why: 'Each of those pods could end a collection, or keep the registry read-only.',
  },
  'collection-in-no-namespace': {
    says: '<value> has no namespace, which the binding of its rights must name',
    instead: 'give the registry a namespace: "registry"',
    why: 'A RoleBinding names the namespace of a ServiceAccount, and the one that kubectl uses is unknown here.',
  },
  'collection-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'give the registry a name of at most 41 characters',
    values: { instead: 'write a fullnameOverride of at most 41 characters' },
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
  },
  'collection-of-unshared-storage': {
    says: '<value> has <kind> storage, which no pod but its own can mount',
    instead: 'use ReadWriteOnce or ReadWriteMany, or leave it out<more>',
    why: 'A scheduled collection has a pod of its own, beside the pod of the registry.',
  },
  'collection-waits-too-long': {
    says: '<value> is not less than timeLimit, which is <limit> s',
    instead: 'write a longer timeLimit or a shorter uploadLimit',
    why: 'A run would be ended before it has collected anything.',
  },
  'collection-with-descriptor-cache': {
    says: '<value> caches blob descriptors where a collection can not delete them, and they outlive the blobs that it removes',
    instead:
      'write DescriptorCache.valkey() or DescriptorCache.redis(...) without raw keys, or leave storage.descriptorCache out',
    values: {
      instead:
        'write storage: { descriptorCache: { type: valkey } } or redis without raw keys, or leave storage.descriptorCache out',
    },
    why: 'A push of a removed layer would be answered with "is there already", and the image would be broken.',
  },
  'collection-without-front': {
    says: '<value> has nothing that refuses pushes while garbage is collected',
    instead:
      'add front: {} to the registry, or write garbageCollection: { onStart: true } instead, for one replica',
    why: 'Garbage collection deletes layers that no manifest references yet, and a push writes its manifest last.',
  },
} as const satisfies Table;
