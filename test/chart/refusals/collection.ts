// Refused values of a scheduled collection, and accepted ones that look like them.
import type { Code } from '../../../lib/core/messages';
import { MINIO, TOKENS } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const COLLECTED = { 'collection.enabled': true, 'storage.deletion': true };
const SCHEDULED = (schedule: string) => ({ ...COLLECTED, 'collection.schedule': schedule });

/** Samples by code. */
export const OF_COLLECTION = {
  'collection-by-default-account': [{ ...COLLECTED, 'serviceAccount.name': 'default' }],
  'collection-name-too-long': [
    { ...COLLECTED, fullnameOverride: 'a'.repeat(42) },
    { ...COLLECTED, release: `${'a'.repeat(40)}-registry` },
  ],
  'collection-of-unshared-storage': [
    { ...COLLECTED, 'persistence.enabled': false },
    { ...COLLECTED, 'persistence.accessMode': 'ReadWriteOncePod', 'storage.readOnly': true },
    { 'collection.enabled': true, 'persistence.enabled': false },
  ],
  'collection-with-descriptor-cache': [
    { ...COLLECTED, 'storage.descriptorCache.type': 'inmemory' },
    { ...COLLECTED, 'configuration.extra': { storage: { cache: { blobdescriptor: 'redis' } } } },
    ...[{ storage: { cache: { blobdescriptor: 'inmemory' } } }, { redis: { db: 5 } }].map((extra) => ({
      ...COLLECTED,
      'storage.descriptorCache.type': 'valkey',
      'configuration.extra': extra,
    })),
  ],
  'collection-at-start-too': [
    { ...COLLECTED, 'garbageCollection.onStart': true },
    { ...COLLECTED, 'garbageCollection.onStart': true, 'persistence.accessMode': 'ReadWriteOncePod' },
  ],
  'time-limit-not-in-range': [
    { ...COLLECTED, 'collection.timeLimit': '1199s' },
    { ...COLLECTED, 'collection.timeLimit': '721h' },
    { ...COLLECTED, 'collection.uploadLimit': '179s' },
    { ...COLLECTED, 'collection.uploadLimit': '2m', 'collection.timeLimit': '19m' },
    { ...COLLECTED, 'collection.uploadLimit': '5h', 'collection.timeLimit': '1s' },
    { ...COLLECTED, 'collection.uploadLimit': '4h', 'collection.timeLimit': '1s' },
    { ...COLLECTED, 'collection.uploadLimit': '999999h' },
  ],
  'collection-waits-too-long': [
    { ...COLLECTED, 'collection.uploadLimit': '4h' },
    { ...COLLECTED, 'collection.uploadLimit': '20m', 'collection.timeLimit': '1200s' },
    { ...COLLECTED, 'collection.uploadLimit': '4h', 'collection.timeLimit': '20m' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** What is refused elsewhere, too. */
export const LIKE_A_POD = {
  'not-a-schedule': ['0 3 * *', '60 * * * *', '@reboot', '5-1 * * * *', '*/0 * * * *'].map(SCHEDULED),
  'schedule-never-comes': ['0 0 30 2 *', '0 0 31 feb,4 ?'].map(SCHEDULED),
  'collection-of-read-only-storage': [
    { ...COLLECTED, 'storage.readOnly': true },
    { 'collection.enabled': true, 'storage.readOnly': true },
    {
      ...COLLECTED,
      'configuration.extra': { storage: { maintenance: { readonly: { enabled: true } } } },
    },
  ],
  'collection-without-deletion': [
    { 'collection.enabled': true },
    { ...MINIO, 'collection.enabled': true, replicaCount: 2 },
  ],
  'front-with-tokens': [
    { ...COLLECTED, ...TOKENS, 'access.administrators': ['admin'] },
    { ...COLLECTED, ...TOKENS, 'front.enabled': true, caches: [{ upstream: 'docker.io' }] },
  ],
  'image-registry-said-twice': [
    { ...COLLECTED, 'collection.image.registry': 'a.b', 'collection.image.repository': 'c.d/nginx' },
    // Whether it is used or not.
    { 'collection.image.registry': 'a.b', 'collection.image.repository': 'c.d/nginx' },
  ],
  'limit-below-request': [
    {
      ...COLLECTED,
      'collection.resources.requests.memory': '2Gi',
      'collection.resources.limits.memory': '1Gi',
      'collection.resources.requests.cpu': '2',
      'collection.resources.limits.cpu': '1500m',
    },
  ],
  'egress-unlimited': [{ ...COLLECTED, 'collection.apiServer': [{}] }],
  'egress-open-to-everywhere': [
    { ...COLLECTED, 'collection.apiServer': [{ to: [], ports: [{ port: 443 }] }] },
  ],
  'peer-names-nobody': [{ ...COLLECTED, 'collection.apiServer': [{ to: [{}] }] }],
  'not-an-end-port': [{ ...COLLECTED, 'collection.apiServer': [{ ports: [{ port: 443, endPort: 442 }] }] }],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ACCEPTED_COLLECTIONS: readonly ByPath[] = [
  { ...COLLECTED, fullnameOverride: 'a'.repeat(41) },
  { ...COLLECTED, ...TOKENS },
  { ...COLLECTED, ...TOKENS, 'front.enabled': true },
  { ...COLLECTED, 'collection.uploadLimit': '3m', 'collection.timeLimit': '20m' },
  { ...COLLECTED, 'collection.uploadLimit': '1199s', 'collection.timeLimit': '1200s' },
  ...['0 0 31 4 1', '@hourly', '0-59/61 * ?/2 jan-DEC/3 sun,sat,3-4'].map(SCHEDULED),
  { ...COLLECTED, 'persistence.accessMode': 'ReadWriteMany', replicaCount: 3 },
  { ...COLLECTED, 'storage.descriptorCache.type': 'valkey' },
  { ...COLLECTED, 'storage.descriptorCache.type': 'redis', 'storage.descriptorCache.address': 'redis' },
  // Nothing is collected, so nothing is wrong.
  {
    'collection.schedule': 'never',
    'collection.uploadLimit': '1s',
    'storage.readOnly': true,
    'storage.descriptorCache.type': 'inmemory',
    'collection.apiServer': [{}],
  },
];
