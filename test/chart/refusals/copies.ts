// Refused copies, by the code of the message, and accepted ones that look like them.
import type { Code } from '../../../lib/core/messages';
import { LINES } from '../value-sets/value-set';
import { TOKENS } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const REMOTE = { loginSecret: 'other' };
const ANYBODY = { anonymous: true };
const BACKUP = { target: 'backup.example.com', remote: REMOTE };
const MOVE = { source: 'old.example.com', remote: REMOTE };
const copies = (...all: readonly object[]) => ({ copies: all });
const backup = (more: object = {}) => copies({ ...BACKUP, ...more });
const move = (more: object = {}) => copies({ ...MOVE, ...more });
const remote = (more: object) => backup({ remote: { ...REMOTE, ...more } });
const GIVEN = { 'auth.htpasswd': LINES.alice };
const ALICE = { username: 'alice', password: 'secret' };
const ruled = (...rules: readonly object[]) => ({ 'access.rules': rules });

/** Samples by code. */
export const OF_COPIES = {
  'copy-of-nothing': [copies({}), copies({ remote: REMOTE, login: ALICE }, BACKUP)],
  'copy-of-others': [copies({ ...MOVE, ...BACKUP, schedule: 'never' })],
  'copy-not-a-host': [
    ...[
      'old',
      'https://old.example.com',
      'me:s3cr3t@old.example.com',
      'a.b/team',
      'a.b:0',
      'docker.io ',
      'A.b',
    ].map((source) => move({ source })),
    ...['registry-1.docker.io', 'registry.hub.docker.com', 'hub.docker.com', '@'].map((target) =>
      backup({ target }),
    ),
    // Another stands for it.
    { ...move({ source: '@' }), host: 'registry.example.com', 'ingress.enabled': true },
  ],
  'copy-at-the-pod-itself': ['localhost:5000', '127.0.0.1', '127.1.2.3:5000', '0.0.0.0:80'].map((target) =>
    backup({ target }),
  ),
  'copy-without-login': [backup({ remote: {} }), move({ remote: { plainHttp: true } })],
  'copy-login-given-twice': [remote(ANYBODY)],
  'copy-login-in-clear': [remote({ plainHttp: true })],
  'copy-ca-without-tls': [remote({ plainHttp: true, caSecret: 'ca' })],
  'copy-to-itself': [
    ...[
      'registry:5000',
      'registry.images-of-all.svc:5000',
      'registry.images-of-all:5000',
      'registry.localhost:5000',
    ].map((target) => backup({ target })),
    { ...move({ source: 'registry.example.com' }), host: 'registry.example.com', 'ingress.enabled': true },
    { ...backup({ target: 'pull.example.com:443' }), pullAddress: 'pull.example.com' },
    {
      ...backup({ target: 'registry.example.com:80', remote: { ...ANYBODY, plainHttp: true } }),
      host: 'registry.example.com',
      'ingress.enabled': true,
      'tls.enabled': false,
      'auth.enabled': false,
    },
  ],
  'copy-name-taken': [
    copies(BACKUP, MOVE),
    copies({ ...BACKUP, name: 'a' }, { ...MOVE, name: 'b' }, { ...MOVE, name: 'a' }, { ...MOVE, name: 'a' }),
  ],
  'copy-name-too-long': [
    backup({ name: 'a'.repeat(39) }),
    { ...backup(), fullnameOverride: 'a'.repeat(48) },
    copies({ ...BACKUP, name: 'a'.repeat(63) }, { ...MOVE, name: 'a'.repeat(63) }),
  ],
  'copy-into-a-cache': [
    {
      ...move({ repositories: ['docker.io/library/*', 'a.b_5000/x', '**', 'docker.io'] }),
      caches: [{ upstream: 'docker.io' }, { upstream: 'a.b:5000' }],
    },
  ],
  'copy-to-a-read-only-registry': [
    { ...move(), 'storage.readOnly': true },
    { ...move(), 'configuration.extra': { storage: { maintenance: { readonly: { enabled: true } } } } },
  ],
  'copy-with-tokens': [
    { ...move(), ...TOKENS },
    { ...backup({ login: ALICE }), ...TOKENS },
  ],
  'copy-password-unknown': [
    { ...move(), ...GIVEN },
    { ...backup({ login: { username: 'alice' } }), ...GIVEN },
    { ...backup(), 'auth.existingSecret': 'users' },
    { ...backup(), 'auth.verifier.url': 'http://auth.svc' },
  ],
  'copy-of-a-job': [{ ...backup(), 'secrets.source': 'job' }],
  'copy-without-catalog-rule': [
    {
      ...backup({ login: ALICE }),
      ...GIVEN,
      ...ruled({ action: 'pull', repositories: ['**'], users: ['alice'] }),
    },
  ],
  'copy-may-not': [
    { ...move(), ...ruled({ action: 'pull', repositories: ['**'], allUsers: true }) },
    {
      ...backup({ repositories: ['team/a', 'b', 'b'] }),
      ...ruled({ action: 'push', repositories: ['team/*'], allUsers: true }),
    },
    {
      ...move({ repositories: ['x'] }),
      ...ruled({ action: 'pull', repositories: ['**'], everyone: true }),
      'auth.enabled': false,
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** What is refused elsewhere, too. */
export const ALSO_OF_COPIES = {
  'key-said-twice': [backup({ login: { existingSecret: 'robot', ...ALICE } })],
  'login-not-asked-for': [
    { ...backup({ login: ALICE }), 'auth.enabled': false },
    { ...backup({ login: { existingSecret: 'robot' } }), 'auth.enabled': false },
  ],
  'not-a-user-of-the-registry': [
    backup({ login: { username: 'eve' } }),
    { ...move({ login: { ...ALICE, username: 'eve' } }), ...GIVEN },
  ],
  'not-a-string': [backup({ login: { password: 'secret' } })],
  'not-a-schedule': [backup({ schedule: '@reboot' })],
  'time-limit-not-in-range': [backup({ timeLimit: '599s' }), move({ timeLimit: '721h' })],
  'schedule-never-comes': [backup({ schedule: '0 0 30 2 *' })],
  'user-given-twice-over': [{ ...backup({ userId: 1001 }), userFromPlatform: true }],
  'own-annotation': [backup({ podAnnotations: { 'checksum/config': 'a' } })],
  'limit-below-request': [
    backup({ resources: { requests: { memory: '2Gi', cpu: '2' }, limits: { memory: '1Gi', cpu: '1500m' } } }),
  ],
  'image-registry-said-twice': [
    backup({ image: { repository: 'a.b/regsync' }, compareImage: { repository: 'a.b/regbot' } }),
    copies({ image: { repository: 'a.b/regsync' } }),
  ],
  'egress-unlimited': [remote({ allowTo: [{}] })],
  'node-port-unknown': [
    {
      ...backup(),
      'service.type': 'NodePort',
      'tls.existingSecret': 'certificate',
      'tls.termination': 'POD',
    },
  ],
  'pull-secret-name-in-use': [
    { ...remote({ caSecret: 'ca' }), 'pullSecret.enabled': true, 'pullSecret.name': 'ca' },
    { ...backup(), 'pullSecret.enabled': true, 'pullSecret.name': 'other' },
    {
      ...backup({ login: { existingSecret: 'robot' } }),
      'pullSecret.enabled': true,
      'pullSecret.name': 'robot',
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ACCEPTED_COPIES: readonly ByPath[] = [
  copies({ ...BACKUP, name: 'a'.repeat(38) }, MOVE),
  { ...backup(), fullnameOverride: 'a'.repeat(47) },
  copies({ ...BACKUP, target: 'registry.other.svc:5000' }, { ...MOVE, name: 'b', source: 'registry:5001' }),
  { ...backup(), 'storage.readOnly': true },
  { ...backup({ repositories: ['docker.io/library/alpine'] }), caches: [{ upstream: 'docker.io' }] },
  { ...move({ login: ALICE }), ...GIVEN },
  { ...move({ login: { existingSecret: 'robot' } }), 'auth.existingSecret': 'users' },
  { ...move({ login: { existingSecret: 'robot' } }), 'secrets.source': 'job' },
  { ...move(), 'secrets.source': 'job', 'auth.enabled': false },
  { ...move(), ...ruled({ action: 'push', repositories: ['**'], allUsers: true }) },
  {
    ...backup({ repositories: ['team/a'], login: ALICE }),
    ...GIVEN,
    ...ruled({ action: 'pull', repositories: ['team/*'], users: ['alice'] }),
  },
  {
    ...move({ source: 'a.b' }),
    host: 'registry.example.com',
    'ingress.enabled': true,
    pullAddress: 'a.b:8443',
  },
];
