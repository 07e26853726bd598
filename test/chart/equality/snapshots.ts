// Snapshots on a schedule, with what their pod takes over from the registry's, what turns the same switch, and what they ask of
// the front.
import { noneOr, Product } from './combinations';
import { FOLDER, HOST, MINIO, PODS_WITH_ALL, TOKENS } from './product-parts';

const API_SERVER = [{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443 }] }];

export const SNAPSHOTTED = new Product('snapshots, collection, storage, pods, front', {
  host: [HOST],
  snapshots: [
    {},
    {
      'snapshots.schedule': '@weekly',
      'snapshots.suspend': true,
      'snapshots.keep': 14,
      'snapshots.snapshotClassName': 'csi-snapshots',
    },
    {
      'snapshots.apiServer': API_SERVER,
      'snapshots.pauseLimit': '1h',
      'snapshots.timeLimit': '90m',
      'snapshots.timeZone': 'Europe/Berlin',
    },
    {
      'snapshots.image.repository': 'a.b/curl',
      'snapshots.image.digest': `sha256:${'a'.repeat(64)}`,
      'snapshots.resources.limits.memory': '64Mi',
      'snapshots.resources.requests.cpu': '2',
    },
    { 'snapshots.schedule': '0 0 31 2 *', 'snapshots.pauseLimit': '4h', 'snapshots.apiServer': [{}] },
  ].map((more) => ({ 'snapshots.enabled': true, ...more })),
  beside: noneOr(
    {
      'collection.enabled': true,
      'collection.suspend': true,
      'collection.apiServer': API_SERVER,
      'storage.deletion': true,
    },
    { 'velero.enabled': true, 'velero.volumes': 'FileSystem', 'collection.schedule': '@weekly' },
  ),
  storage: [
    {},
    { 'persistence.existingClaim': 'claim', 'persistence.accessMode': 'ReadWriteMany', replicaCount: 3 },
    { 'persistence.claimName': 'restored', 'persistence.snapshot': 'registry-20261128-020301' },
    { 'persistence.accessMode': 'ReadWriteOncePod', 'storage.readOnly': true },
    FOLDER,
    { 'persistence.existingClaim': 'claim', 'storage.descriptorCache.type': 'inmemory' },
    MINIO,
  ],
  front: noneOr(
    { 'front.enabled': true, 'front.kubernetesVersion': '1.33' },
    { caches: [{ upstream: 'docker.io' }], 'access.administrators': ['admin'] },
    { 'auth.verifier.url': 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' },
    TOKENS,
  ),
  pods: noneOr(
    {
      ...PODS_WITH_ALL,
      fullnameOverride: 'a'.repeat(42),
      'networkPolicy.allowFrom': [{ podSelector: { matchLabels: { app: 'web' } } }],
    },
    {
      'serviceAccount.name': 'bucket',
      userFromPlatform: true,
      'global.imageRegistry': 'mirror.example.com',
      'global.imagePullSecrets': ['mirror'],
      securityContext: { seLinuxOptions: { level: 's0' } },
      podSecurityContext: { supplementalGroups: [2000] },
      extraVolumes: [{ name: 'snapshot-api', emptyDir: {} }],
      'metrics.enabled': true,
      'metrics.serviceMonitor.enabled': true,
      'alerts.enabled': true,
      'dashboard.enabled': true,
    },
    { fullnameOverride: 'a'.repeat(43), 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true },
  ),
  network: noneOr({
    'networkPolicy.enabled': false,
    'networkPolicy.allowTo': [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
  }),
});
