// Values that mutants of the templates asked for, of caches, access rules, copies, snapshots, verification and alerts.
import { AUTHORITY } from '../authority';
import { ON_HOST, UI } from './asked-parts';
import type { ByPath } from './combinations';

const NODES = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }],
  },
};

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
  // What a pod that makes snapshots takes over: of annotations those that are not for Velero.
  {
    'snapshots.enabled': true,
    'networkPolicy.enabled': false,
    'image.pullPolicy': 'Always',
    'affinity.nodeAffinity': NODES,
    podAnnotations: {
      'pre.hook.backup.velero.io/container': 'registry',
      'velero.io/a': 'b',
      'my-velero.io/a': 'b',
    },
  },
  { 'storage.descriptorCache.type': 'valkey', 'storage.descriptorCache.userId': 7, userFromPlatform: true },
  // What is verified in a cache nobody may push to, whatever the rules.
  {
    caches: [{ upstream: 'docker.io' }],
    'access.rules': [{ action: 'pull', repositories: ['**'], allUsers: true }],
    'verification.enabled': true,
    'verification.repository': 'docker.io/library/a',
    'verification.resources': { requests: { memory: '1Gi' }, limits: { memory: '10Mi' } },
  },
  { 'storage.readOnly': true, 'storage.deletion': true },
  {
    'auth.enabled': false,
    'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }],
  },
  // A volume of one's own that has the name of that with the CA of Redis, which the collection does without.
  {
    'collection.enabled': true,
    'storage.deletion': true,
    extraVolumes: [{ name: 'redis-ca', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'redis-ca', mountPath: '/ca' }],
  },
  // No alert is left but that about a CronJob that is given.
  {
    'metrics.enabled': true,
    'metrics.serviceMonitor.enabled': true,
    'alerts.enabled': true,
    'alerts.exporters': ['kube-state-metrics'],
    'alerts.cronJobs': [{ name: 'a', within: '1h' }],
    'alerts.without': [
      'RegistryCrashLooping',
      'RegistryErrors',
      'RegistryManifestsSlow',
      'RegistryMetricsMissing',
      'RegistryOutOfMemory',
      'RegistryReplicasMissing',
      'RegistryStorageSlow',
      'RegistryUnavailable',
    ],
  },
];
