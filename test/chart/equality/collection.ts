// A scheduled collection, with what its pod takes over from the registry's, and what it asks of the front.
import { type ByPath, noneOr, Product } from './combinations';
import { FOLDER, GCS, HOST, INGRESSES, MINIO, PODS_WITH_ALL, S3, TOKENS, VERSIONS } from './product-parts';

const CONTAINER = { name: 'helper', image: 'example.com/helper:1' };

export const COLLECTED = new Product('collection, storage, pods, front', {
  host: [HOST],
  collection: [
    {},
    { 'collection.schedule': '@weekly', 'collection.suspend': true, 'collection.timeLimit': '30m' },
    {
      'collection.apiServer': [{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443 }] }],
      'collection.uploadLimit': '1h',
      'collection.timeLimit': '90m',
      'collection.timeZone': 'Europe/Berlin',
    },
    { 'collection.image.repository': 'a.b/curl', 'collection.resources.limits.memory': '64Mi' },
    { 'collection.schedule': '0 0 31 2 *', 'collection.uploadLimit': '4h' },
  ].map((more) => ({ 'collection.enabled': true, 'storage.deletion': true, ...more })),
  storage: [
    {},
    { 'persistence.existingClaim': 'claim', 'persistence.accessMode': 'ReadWriteMany' },
    { 'persistence.accessMode': 'ReadWriteOncePod' },
    { 'persistence.enabled': false },
    { ...FOLDER, 'persistence.hostPath.fixOwner': true },
    S3,
    MINIO,
    GCS,
  ],
  more: [
    {},
    { fullnameOverride: 'a'.repeat(41) },
    { fullnameOverride: 'a'.repeat(42), 'storage.deletion': false },
    { 'garbageCollection.onStart': true },
    { 'storage.readOnly': true, 'storage.descriptorCache.type': 'inmemory' },
  ],
  front: noneOr(
    { 'front.enabled': true, 'front.kubernetesVersion': '1.33' },
    { caches: [{ upstream: 'docker.io' }], 'access.administrators': ['admin'] },
    { 'auth.verifier.url': 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' },
    TOKENS,
    { 'tls.termination': 'POD', ...INGRESSES[3] } as ByPath,
  ),
  pods: noneOr(PODS_WITH_ALL, {
    'serviceAccount.name': 'bucket',
    userFromPlatform: true,
    'global.imageRegistry': 'mirror.example.com',
    extraEnv: [
      { name: 'GOMEMLIMIT', value: '1GiB' },
      { name: 'FOLDER', value: 'mine' },
      { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
    ],
    extraVolumes: [{ name: 'scratch', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    securityContext: { seLinuxOptions: { level: 's0' } },
    sidecars: [CONTAINER],
    'httpSecret.existingSecret': 'shared',
  }),
  network: noneOr(
    {
      'networkPolicy.enabled': false,
      'networkPolicy.allowTo': [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
    },
    {
      'networkPolicy.allowFrom': [{ podSelector: { matchLabels: { app: 'web' } } }],
      'networkPolicy.allowTo': [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
      'metrics.enabled': true,
    },
  ),
  version: VERSIONS.slice(0, 2),
});
