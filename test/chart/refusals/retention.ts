// Refused values of a retention, and accepted ones that look like them.
import type { Code } from '../../../lib/core/messages';
import { LINES } from '../value-sets/value-set';
import { TOKENS } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const keep = [{ newest: 10 }];
const RETAINED = {
  'storage.deletion': true,
  'retention.enabled': true,
  'retention.rules': [{ repositories: ['**'], keep }],
};
const rules = (...repositories: readonly (readonly string[])[]) => ({
  ...RETAINED,
  'retention.rules': repositories.map((patterns) => ({ repositories: patterns, keep })),
});
const GIVEN = { 'auth.htpasswd': LINES.alice };
const ALICE = { ...GIVEN, 'retention.login.username': 'alice', 'retention.login.password': 'secret' };
const ruled = (...all: readonly object[]) => ({ 'access.rules': all });

/** Samples by code. */
const CACHES = { caches: [{ upstream: 'docker.io' }, { upstream: 'a.b:5000' }] };

export const OF_RETENTION = {
  'retention-name-too-long': [{ ...RETAINED, fullnameOverride: 'a'.repeat(43) }],
  'retention-without-deletion': [{ ...RETAINED, 'storage.deletion': false }],
  'retention-of-a-read-only-registry': [
    { ...RETAINED, 'storage.readOnly': true },
    { ...RETAINED, 'configuration.extra': { storage: { maintenance: { readonly: { enabled: true } } } } },
  ],
  'retention-with-tokens': [{ ...RETAINED, ...TOKENS }],
  'time-limit-not-in-range': ['1s', '599s', '9m', '721h', '999999h'].map((limit) => ({
    ...RETAINED,
    'retention.timeLimit': limit,
  })),
  'retention-without-rules': [
    { 'retention.enabled': true },
    { 'retention.enabled': true, 'retention.login.existingSecret': 'a', 'retention.login.password': 'b' },
  ],
  'retention-rule-never-asked': [
    rules(['**'], ['a']),
    rules(['team/*'], ['team/**', 'team/a', 'team/*']),
    rules(['a', 'b'], ['c', 'b', 'b']),
    rules(['*', '*/**'], ['**']),
  ],
  'retention-rule-of-a-cache': [
    { ...rules(['a', 'docker.io/library/*'], ['a.b_5000/**', '**']), ...CACHES },
    { ...rules(['docker.io/**', '**']), ...CACHES },
  ],
  'retention-password-unknown': [
    { ...RETAINED, ...GIVEN },
    { ...RETAINED, ...GIVEN, 'retention.login.username': 'alice' },
    { ...RETAINED, 'auth.existingSecret': 'users' },
    { ...RETAINED, 'auth.verifier.url': 'http://auth.svc' },
  ],
  'login-not-asked-for': [
    { ...RETAINED, 'auth.enabled': false, 'retention.login.existingSecret': 'robot' },
    { ...RETAINED, 'auth.enabled': false, 'retention.login.password': 'secret' },
  ],
  'retention-of-a-job': [
    { ...RETAINED, 'secrets.source': 'job' },
    { 'retention.enabled': true, 'secrets.source': 'job' },
  ],
  'retention-without-catalog-rule': [
    { ...RETAINED, ...ALICE, ...ruled({ action: 'remove', repositories: ['**'], users: ['alice'] }) },
    {
      ...RETAINED,
      ...ruled({ action: 'pull', repositories: ['**'], everyone: true }),
      'auth.enabled': false,
    },
  ],
  'retention-may-not-delete': [
    {
      ...rules(['team/a', 'team/b'], ['x']),
      ...ALICE,
      ...ruled({ action: 'remove', repositories: ['team/*'], users: ['alice'] }),
    },
    { ...RETAINED, ...ruled({ action: 'remove', repositories: ['*/**'], allUsers: true }) },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** What is refused elsewhere, too. */
export const ALSO_OF_RETENTION = {
  'key-said-twice': [
    {
      ...RETAINED,
      'retention.login.existingSecret': 'robot',
      'retention.login.username': 'admin',
      'retention.login.password': 'secret',
    },
  ],
  'not-a-user-of-the-registry': [
    { ...RETAINED, 'retention.login.username': 'eve' },
    { ...RETAINED, ...ALICE, 'retention.login.username': 'eve' },
  ],
  'not-a-string': [{ ...RETAINED, 'retention.login.password': 'secret' }],
  'not-a-schedule': [{ ...RETAINED, 'retention.schedule': '@reboot' }],
  'schedule-never-comes': [{ ...RETAINED, 'retention.schedule': '0 0 30 2 *' }],
  'user-given-twice-over': [{ ...RETAINED, userFromPlatform: true, 'retention.userId': 1001 }],
  'own-annotation': [{ ...RETAINED, 'retention.podAnnotations': { 'checksum/config': 'a' } }],
  'limit-below-request': [
    {
      ...RETAINED,
      'retention.resources.requests.memory': '2Gi',
      'retention.resources.limits.memory': '1Gi',
      'retention.resources.requests.cpu': '2',
      'retention.resources.limits.cpu': '1500m',
    },
  ],
  'image-registry-said-twice': [
    { ...RETAINED, 'retention.image.repository': 'a.b/regbot' },
    { 'retention.spareRunning.image.registry': 'a.b', 'retention.spareRunning.image.repository': 'c.d/e' },
  ],
  'node-port-unknown': [
    {
      ...RETAINED,
      'service.type': 'NodePort',
      'tls.existingSecret': 'certificate',
      'tls.termination': 'POD',
    },
  ],
  'pull-secret-name-in-use': [
    {
      ...RETAINED,
      'retention.login.existingSecret': 'robot',
      'pullSecret.enabled': true,
      'pullSecret.name': 'robot',
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ACCEPTED_RETENTIONS: readonly ByPath[] = [
  { ...RETAINED, fullnameOverride: 'a'.repeat(42) },
  rules(['team/a'], ['team/*'], ['team/**'], ['**']),
  rules(['**/a'], ['b/*']),
  { ...RETAINED, ...ALICE },
  { ...RETAINED, 'auth.existingSecret': 'users', 'retention.login.existingSecret': 'robot' },
  { ...RETAINED, 'secrets.source': 'job', 'retention.login.existingSecret': 'robot' },
  { ...RETAINED, 'secrets.source': 'job', 'auth.enabled': false },
  {
    ...RETAINED,
    ...ALICE,
    ...ruled(
      { action: 'remove', repositories: ['**'], allUsers: true },
      { action: 'catalog', allUsers: true },
    ),
  },
  {
    ...rules(['team/a']),
    ...ALICE,
    ...ruled({ action: 'remove', repositories: ['team/*'], users: ['alice'] }),
  },
  ...['600s', '10m', '720h'].map((limit) => ({ ...RETAINED, 'retention.timeLimit': limit })),
  // Nothing is deleted, so nothing is wrong.
  { 'retention.rules': [{ repositories: ['**', '**'], keep }], 'retention.schedule': 'never' },
];
