// Values that mutants of the templates asked for, of caches, access rules and copies.
import { AUTHORITY } from '../authority';
import { ON_HOST, UI } from './asked-parts';
import type { ByPath } from './combinations';

export const ASKED_FOR_CACHES: readonly ByPath[] = [
  // CAs, images and peers of caches.
  ...[
    { ca: AUTHORITY },
    { caSecret: 'team-ca' },
    { image: { repository: 'quay.io/team/registry', tag: '3.1.1' } },
    { image: { registry: 'quay.io', repository: 'team/registry', tag: '3.1.1' } },
    ...[
      { namespaceSelector: { matchLabels: { a: 'b' } }, podSelector: {} },
      { namespaceSelector: {}, podSelector: { matchLabels: { a: 'b' } } },
      { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      { podSelector: {} },
      { ipBlock: { cidr: '10.0.0.0/8' } },
    ].map((peer) => ({ login: { existingSecret: 'team' }, networkPolicy: { allowFrom: [peer] } })),
  ].map((more) => ({ caches: [{ upstream: 'team.example.com', ...more }] })),
  // Rules beside caches: what nodes may pull, and what is below a cache.
  ...['**', '*/a', 'docker.io/**', 'docker.io/library/*', 'ghcr.io/**', '*', 'docker.io', 'team/*'].flatMap(
    (pattern) =>
      [[pattern], ['a', pattern], [pattern, 'a']].map((repositories) => ({
        caches: [{ upstream: 'docker.io' }, { upstream: 'ghcr.io' }],
        'nodeTrust.enabled': true,
        'nodeTrust.mirrorOf': ['docker.io'],
        'nodeTrust.mirrorLogin.username': 'admin',
        'access.rules': [{ action: 'pull', repositories, users: ['admin'] }],
      })),
  ),
  {
    caches: [{ upstream: 'docker.io' }],
    'access.rules': [{ action: 'push', repositories: ['docker.io'], users: ['admin'] }],
  },
  // Rows and columns of the table of who may do what.
  ...[
    {
      'access.rules': [
        { action: 'pull', repositories: ['**'], allUsers: true },
        { action: 'pull', repositories: ['*/**'], everyone: true },
      ],
    },
    { 'access.rules': [{ action: 'pull', repositories: ['a'.repeat(120)], allUsers: true }] },
    {
      'access.rules': [{ action: 'pull', repositories: ['**'], groups: ['ops'] }],
      'access.groups': { ops: ['carl'] },
      'auth.verifier.url': 'http://auth',
    },
    {
      ...UI,
      'access.rules': [
        { action: 'catalog', allUsers: true },
        { action: 'pull', repositories: ['**'], allUsers: true },
      ],
    },
    { ...UI, 'front.enabled': true },
    { ...ON_HOST, 'ui.enabled': false, 'ui.cors': true, 'front.enabled': true, 'auth.enabled': false },
  ],
  // Images of copies that name their registry.
  {
    copies: [
      {
        target: 'backup.example.com',
        remote: { anonymous: true },
        image: { registry: '', repository: 'quay.io/team/regsync' },
      },
    ],
  },
];
