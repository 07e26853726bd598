// Refused combinations of the front and of access rules, by the code of the message.
import type { Code } from '../../../lib/core/messages';
import { INGRESS, TOKENS, UI, UI_HOST, UI_LOGIN, VERIFIER } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const FRONT = { 'front.enabled': true };
const HUB = { caches: [{ upstream: 'docker.io' }] };
const OPEN = { 'auth.enabled': false };
const DELETES = { 'storage.deletion': true };
const LINE = `:$2y$05$${'a'.repeat(53)}`;
const rules = (...all: readonly object[]) => ({ 'access.rules': all });
const PULL = { action: 'pull', repositories: ['**'] };
const PUSH = { action: 'push', repositories: ['team/**'] };

export const OF_ACCESS = {
  'access-rule-for-nobody': [
    rules(PULL),
    rules({ ...PULL, users: [], groups: [], allUsers: false, everyone: false }),
    rules({ action: 'catalog' }),
  ],
  'access-rule-for-writes-to-a-cache': [
    { ...HUB, ...rules({ action: 'push', repositories: ['team/**', 'docker.io/**'], allUsers: true }) },
    { ...HUB, ...DELETES, ...rules({ action: 'remove', repositories: ['docker.io/*'], allUsers: true }) },
    {
      caches: [{ upstream: 'a.b:5000' }],
      ...rules({ action: 'push', repositories: ['a.b_5000/c'], allUsers: true }),
    },
  ],
  'pattern-of-docker-hub': [
    ...['alpine', '*'].map((name) => ({
      ...HUB,
      ...rules({ action: 'pull', repositories: ['docker.io/**', `docker.io/${name}`], allUsers: true }),
    })),
    {
      caches: [{ upstream: 'hub.docker.com' }],
      ...rules({ action: 'pull', repositories: ['docker.io/alpine'], allUsers: true }),
    },
  ],
  'access-rule-without-deletion': [rules({ action: 'remove', repositories: ['a'], allUsers: true })],
  'access-rule-without-logins': [
    { ...OPEN, ...rules({ ...PULL, users: ['a', 'b'], groups: ['c'] }) },
    { ...OPEN, ...rules({ ...PULL, allUsers: true, everyone: true }) },
    { ...OPEN, 'access.administrators': ['a'] },
  ],
  'access-rule-without-patterns': [
    rules({ action: 'pull', everyone: true }),
    rules({ action: 'push', repositories: [], allUsers: true }),
  ],
  'cors-with-front': [{ ...UI_HOST, ...FRONT, ...OPEN, 'ui.cors': true }],
  'everyone-may-write': [
    rules({ ...PUSH, everyone: true, allUsers: true }),
    { ...DELETES, ...rules({ action: 'remove', repositories: ['a'], everyone: true }) },
  ],
  'front-with-tokens': [
    { ...TOKENS, 'access.administrators': ['admin'] },
    { ...TOKENS, ...rules({ ...PULL, users: ['a'] }), 'auth.realm': 'Größe' },
  ],
  'group-empty': [{ ...rules({ ...PULL, allUsers: true }), 'access.groups': { devs: [], ops: ['admin'] } }],
  'groups-with-verifier': [
    { ...VERIFIER, 'access.groups': { devs: ['alice'] } },
    { ...VERIFIER, 'access.groups': { devs: [] }, ...rules({ ...PULL, groups: ['ops', 'devs'] }) },
  ],
  'login-behind-front': [
    { ...FRONT, 'configuration.extra': { auth: { token: {} } } },
    { ...FRONT, ...OPEN, 'configuration.extra': { auth: 5 } },
  ],
  'login-may-not-pull': [
    { 'pullSecret.enabled': true, ...rules({ action: 'catalog', allUsers: true }) },
    {
      'pullSecret.enabled': true,
      'access.groups': { a: ['admin'] },
      ...rules({ action: 'catalog', groups: ['a'] }),
    },
  ],
  'no-access-rules': [{ 'access.groups': { devs: ['admin'] } }],
  'not-a-group': [
    rules({ ...PULL, groups: ['devs'] }),
    { ...rules({ ...PULL, groups: ['devs', 'qa'] }), 'access.groups': { qa: ['admin'], ops: ['admin'] } },
  ],
  'not-a-user-of-the-registry': [
    rules({ ...PULL, users: ['admin', 'eve'] }),
    ...[{}, { 'nodeTrust.mirrorLogin.password': 'secret' }].map((more) => ({
      'nodeTrust.enabled': true,
      'nodeTrust.mirrorOf': ['docker.io'],
      'nodeTrust.mirrorLogin.username': 'eve',
      ...more,
    })),
    { 'auth.htpasswd': `al${LINE}\nbob${LINE}`, 'access.administrators': ['al', 'eve'] },
    { ...rules({ ...PULL, groups: ['a'] }), 'access.groups': { a: ['admin', 'eve', 'al'] } },
  ],
  'realm-in-front': [{ ...FRONT, 'auth.realm': 'a;b' }],
  'sidecar-without-front': [
    { 'front.kubernetesVersion': '1.33' },
    { 'front.kubernetesVersion': '1.29', cluster: 'v1.28.0' },
  ],
  'kubernetes-newer-than-cluster': [
    { ...FRONT, 'front.kubernetesVersion': '1.33', cluster: 'v1.32.9' },
    { ...HUB, 'front.kubernetesVersion': '1.100', cluster: 'v1.99.1-gke.5' },
  ],
  'tls-behind-front': [
    { ...FRONT, 'configuration.extra': { http: { tls: { clientcas: ['/a'] } } } },
    { ...FRONT, ...INGRESS, 'configuration.extra': { http: { tls: { key: 'a' } } } },
  ],
  'ui-deletes-without-rule': [
    {
      ...UI,
      ...DELETES,
      'ui.deleteImages': true,
      ...rules({ ...PULL, everyone: true }, { action: 'catalog', everyone: true }),
    },
  ],
  'ui-login-with-verifier': [
    { ...UI_LOGIN, ...VERIFIER },
    { ...UI_LOGIN, ...VERIFIER, 'auth.realm': 'Größe', 'ui.loginSecret': 'users' },
    { ...UI, 'ui.login': true, ...VERIFIER, 'ingress.controller': 'HAPROXY' },
  ],
  'verifier-at-address': [
    { 'auth.verifier.url': 'https://10.0.0.9:9091/auth' },
    { 'auth.verifier.url': 'https://10.0.0.9', ...rules({ ...PULL, users: ['a'] }) },
  ],
  'verifier-ca-without-tls': [
    { ...VERIFIER, 'auth.verifier.caSecret': 'ca' },
    { 'auth.verifier.url': 'http://10.0.0.9', 'auth.verifier.caSecret': 'ca' },
  ],
  'ui-without-catalog-rule': [
    { ...UI, ...rules({ ...PUSH, allUsers: true }) },
    { ...UI, ...rules({ ...PULL, everyone: true }) },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };
