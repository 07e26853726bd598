// Refused values of snapshots on a schedule, and accepted ones that look like them.
import type { Code } from '../../../lib/core/messages';
import { FOLDER, MINIO, TOKENS } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const TAKEN = { 'snapshots.enabled': true };
const SCHEDULED = (schedule: string) => ({ ...TAKEN, 'snapshots.schedule': schedule });

export const OF_SNAPSHOTS = {
  'snapshots-name-too-long': [
    { ...TAKEN, fullnameOverride: 'a'.repeat(43) },
    { ...TAKEN, release: `${'a'.repeat(41)}-registry` },
  ],
  'snapshots-of-no-claim': [
    { ...TAKEN, ...MINIO },
    { ...TAKEN, ...FOLDER },
    { ...TAKEN, 'persistence.enabled': false },
  ],
  'limit-below-request': [
    {
      ...TAKEN,
      'snapshots.resources.requests.memory': '2Gi',
      'snapshots.resources.limits.memory': '1Gi',
      'snapshots.resources.requests.cpu': '2',
      'snapshots.resources.limits.cpu': '1500m',
    },
  ],
  'snapshots-pause-too-long': [
    { ...TAKEN, 'snapshots.pauseLimit': '4h' },
    { ...TAKEN, 'snapshots.pauseLimit': '20m', 'snapshots.timeLimit': '1200s' },
    { ...TAKEN, 'snapshots.pauseLimit': '4h', 'snapshots.timeLimit': '20m' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** What is refused elsewhere, too. */
export const LIKE_A_COLLECTION = {
  'time-limit-not-in-range': [
    { ...TAKEN, 'snapshots.timeLimit': '1199s' },
    { ...TAKEN, 'snapshots.timeLimit': '721h' },
    { ...TAKEN, 'snapshots.pauseLimit': '299s' },
    { ...TAKEN, 'snapshots.pauseLimit': '4h', 'snapshots.timeLimit': '1s' },
    { ...TAKEN, 'snapshots.pauseLimit': '999999h' },
  ],
  'not-a-schedule': ['0 3 * *', '60 * * * *', '@reboot'].map(SCHEDULED),
  'schedule-never-comes': ['0 0 30 2 *'].map(SCHEDULED),
  'image-registry-said-twice': [
    { ...TAKEN, 'snapshots.image.registry': 'a.b', 'snapshots.image.repository': 'c.d/nginx' },
  ],
  'egress-unlimited': [{ ...TAKEN, 'snapshots.apiServer': [{}] }],
  'egress-open-to-everywhere': [{ ...TAKEN, 'snapshots.apiServer': [{ to: [], ports: [{ port: 443 }] }] }],
  'peer-names-nobody': [{ ...TAKEN, 'snapshots.apiServer': [{ to: [{}] }] }],
  'not-an-end-port': [{ ...TAKEN, 'snapshots.apiServer': [{ ports: [{ port: 443, endPort: 442 }] }] }],
  'tls-behind-front': [{ ...TAKEN, 'configuration.extra': { http: { tls: { minimumtls: 'tls1.3' } } } }],
  'front-with-tokens': [{ ...TAKEN, ...TOKENS, 'access.administrators': ['admin'] }],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ACCEPTED_SNAPSHOTS: readonly ByPath[] = [
  { ...TAKEN, fullnameOverride: 'a'.repeat(42) },
  { ...TAKEN, ...TOKENS },
  { ...TAKEN, 'snapshots.keep': 1000, 'snapshots.snapshotClassName': 'csi.snapshots' },
  { ...TAKEN, 'snapshots.pauseLimit': '5m', 'snapshots.timeLimit': '20m' },
  { ...TAKEN, 'persistence.accessMode': 'ReadWriteOncePod' },
  { ...TAKEN, 'persistence.accessMode': 'ReadWriteMany', replicaCount: 3 },
  { ...TAKEN, 'persistence.existingClaim': 'images' },
  { ...TAKEN, 'storage.readOnly': true, 'storage.descriptorCache.type': 'inmemory' },
  { ...TAKEN, 'serviceAccount.name': 'default' },
  // None is taken, so nothing is wrong.
  {
    ...MINIO,
    fullnameOverride: 'a'.repeat(50),
    'snapshots.schedule': 'never',
    'snapshots.pauseLimit': '1s',
    'snapshots.timeLimit': '1s',
    'snapshots.apiServer': [{}],
  },
];
