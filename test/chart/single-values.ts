// For each setting of the chart a value that is not the usual one, and what else must be said for it to mean
// something.
import { AUTHORITY } from './authority';
import { nested, type Values } from './value-sets/value-set';

/** Values that differ by one. */
export interface SingleValue {
  /** Where in values.yaml it stands. */
  readonly path: string;
  readonly before: Values;
  readonly after: Values;
}

/** Nothing is generated, so that two renderings of the same values are the same. */
const GIVEN = {
  'auth.htpasswd': 'alice:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO',
  'tls.existingSecret': 'registry-tls',
  'httpSecret.existingSecret': 'shared',
};
const TWO_USERS = ['alice', 'bob']
  .map((user) => `${user}:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO`)
  .join('\n');
const INGRESS = { 'ingress.enabled': true };
const TRAEFIK = { 'ingressRoute.enabled': true };
const MIDDLEWARES = { ...TRAEFIK, 'ui.enabled': true };
const GATEWAY = { 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'istio' };
const PUBLIC = { 'httpRoute.enabled': true, 'httpRoute.gateway.name': 'public', 'tls.existingSecret': '' };
const PAGE = { ...INGRESS, 'ui.enabled': true };
const PAGE_HOST = { ...PAGE, 'ui.host': 'images.example.com' };
const ORDER = {
  'tls.existingSecret': '',
  'tls.certManager.enabled': true,
  'tls.certManager.issuer.name': 'company',
};
const BALANCED = { 'service.type': 'LoadBalancer' };
const AMAZON = { 'storage.type': 's3', 'storage.s3.bucket': 'images', 'storage.s3.region': 'eu-central-1' };
const MINIO = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.endpoint': 'https://minio.stores.svc:9000',
  'storage.s3.existingSecret': 'minio',
};
const KEYS = { ...AMAZON, 'storage.s3.accessKeyId': 'id', 'storage.s3.secretAccessKey': 'secret' };
const GOOGLE = { 'storage.type': 'gcs', 'storage.gcs.bucket': 'images' };
const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'company',
  'storage.azure.container': 'images',
};
const ACCOUNT = { ...AZURE, 'storage.azure.accountKey': 'key' };
const APPLICATION = {
  ...AZURE,
  'storage.azure.identity': 'clientSecret',
  'storage.azure.tenantId': '12345678-90ab-cdef-1234-567890abcdef',
  'storage.azure.clientId': '22345678-90ab-cdef-1234-567890abcdef',
  'storage.azure.clientSecret': 'secret',
};
const STACK = {
  'image.tag': '2.8.3',
  'storage.type': 'swift',
  'storage.swift.container': 'images',
  'storage.swift.authUrl': 'https://keystone.example.com/v3',
  'storage.swift.username': 'registry',
  'storage.swift.password': 'secret',
};
const KEYSTONE_IN_CLEAR = { 'storage.swift.insecurePasswordOverHttp': true };
const FOLDER = { 'persistence.hostPath.path': '/srv/registry' };
const METRICS = { 'metrics.enabled': true };
const MONITOR = { ...METRICS, 'metrics.serviceMonitor.enabled': true };
const ALERTS = { ...MONITOR, 'alerts.enabled': true };
const DASHBOARD = { ...MONITOR, 'dashboard.enabled': true };
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const BY_JOB = { 'httpSecret.existingSecret': '', 'secrets.source': 'job' };
const FRIENDS = [{ podSelector: {} }];
const AFFINITY = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
const SCALED = { 'persistence.accessMode': 'ReadWriteMany', 'autoscaling.maxReplicas': 4 };
const SCALED_ALREADY = { ...SCALED, 'autoscaling.enabled': true };
const REPLICAS = { replicaCount: 2, 'persistence.accessMode': 'ReadWriteMany' };
const HELPER = [{ name: 'helper', image: 'busybox:1.37' }];

type Row = readonly [path: string, value: unknown, context?: Readonly<Record<string, unknown>>];

const SERVICES_AND_ROUTES: readonly Row[] = [
  ['host', 'registry.example.com', INGRESS],
  ['pullAddress', '127.0.0.1:30500', PAGE],
  ['ingress.enabled', true],
  ['ingress.className', 'haproxy', INGRESS],
  ['ingress.controller', 'COMMUNITY_NGINX', INGRESS],
  ['ingress.annotations', { 'example.com/way': 'in' }, INGRESS],
  ['ingressRoute.enabled', true],
  ['ingressRoute.middlewares', [{ name: 'office' }], TRAEFIK],
  ['ingressRoute.entryPoints', ['secure'], TRAEFIK],
  ['ingressRoute.certResolver', 'letsencrypt', { ...TRAEFIK, 'tls.existingSecret': '' }],
  ['ingressRoute.apiVersion', 'traefik.containo.us/v1alpha1', MIDDLEWARES],
  ['ingressRoute.stripUiPrefix', true, MIDDLEWARES],
  ['ingressRoute.annotations', { 'example.com/way': 'in' }, TRAEFIK],
  ['httpRoute.enabled', true, { 'httpRoute.gateway.className': 'istio' }],
  ['httpRoute.gateway.name', 'public', { ...GATEWAY, 'tls.existingSecret': '' }],
  ['httpRoute.gateway.className', 'nginx', GATEWAY],
  ['httpRoute.gateway.annotations', { 'example.com/way': 'in' }, GATEWAY],
  ['httpRoute.gateway.namespace', 'gateways', PUBLIC],
  ['httpRoute.gateway.sectionName', 'https', PUBLIC],
  [
    'httpRoute.gateway.https',
    false,
    { ...PUBLIC, 'auth.enabled': false, 'auth.htpasswd': '', 'ui.enabled': true },
  ],
  ['httpRoute.annotations', { 'example.com/way': 'in' }, GATEWAY],
  ['service.type', 'NodePort'],
  ['service.port', 443],
  ['service.nodePort', 30500, BALANCED],
  ['service.loadBalancerSourceRanges', ['192.0.2.0/24'], BALANCED],
  ['service.loadBalancerClass', 'example.com/class', BALANCED],
  ['service.clusterIP', '10.96.0.50'],
  ['service.loadBalancerIP', '192.0.2.1', BALANCED],
  ['service.externalTrafficPolicy', 'Local', BALANCED],
  ['service.annotations', { 'example.com/way': 'in' }],
];

const PULLS = {
  'auth.htpasswd': '',
  'pullSecret.enabled': true,
};
const TRUST = { 'nodeTrust.enabled': true, 'nodeTrust.ca': AUTHORITY };
const LOGIN = {
  ...TRUST,
  'auth.htpasswd': '',
  'auth.existingSecret': 'users',
  'nodeTrust.mirrorOf': ['docker.io'],
  'nodeTrust.mirrorLogin.username': 'nodes',
  'nodeTrust.mirrorLogin.password': 'secret',
};
const HOSTING = { 'localRegistryHosting.enabled': true };

const CLIENTS: readonly Row[] = [
  ['pullSecret.enabled', true, { 'auth.htpasswd': '' }],
  ['pullSecret.namespaces', ['shop'], PULLS],
  ['pullSecret.name', 'regcred', PULLS],
  ['nodeTrust.enabled', true, { 'nodeTrust.ca': AUTHORITY }],
  ['nodeTrust.runtimes', ['k3s'], TRUST],
  ['nodeTrust.retiredRuntimes', ['docker'], TRUST],
  ['nodeTrust.uninstall', true, TRUST],
  ['nodeTrust.namespace', 'trust', TRUST],
  ['nodeTrust.endpoint', 'https://10.0.0.5:30500', TRUST],
  ['nodeTrust.mirrorOf', ['docker.io'], TRUST],
  ['nodeTrust.mirrorLogin.username', 'robot', LOGIN],
  ['nodeTrust.mirrorLogin.password', 'other', LOGIN],
  ['nodeTrust.ca', `${AUTHORITY}\n${AUTHORITY}`, TRUST],
  ['nodeTrust.image.registry', 'quay.io', TRUST],
  ['nodeTrust.image.repository', 'example.com/busybox', TRUST],
  ['nodeTrust.image.tag', '1.36', TRUST],
  ['nodeTrust.image.digest', DIGEST, TRUST],
  ['nodeTrust.imagePullSecrets', [{ name: 'hub' }], TRUST],
  ['nodeTrust.nodeSelector', { disk: 'ssd' }, TRUST],
  ['nodeTrust.tolerations', [{ operator: 'Exists', effect: 'NoSchedule' }], TRUST],
  ['localRegistryHosting.enabled', true],
  ['localRegistryHosting.help', 'https://wiki.example.com/registry', HOSTING],
];

const TOKENS = {
  'auth.htpasswd': '',
  'auth.token.enabled': true,
  'auth.token.realm': 'https://auth.example.com/token',
  'auth.token.service': 'registry.example.com',
  'auth.token.issuer': 'auth.example.com',
  'auth.token.jwksSecret': 'keys',
};
const VERIFIER = {
  'auth.htpasswd': '',
  'auth.verifier.url': 'https://auth.example.com',
  'auth.verifier.caSecret': 'auth-ca',
};
const CERTIFICATES = { ...TOKENS, 'auth.token.jwksSecret': '', 'auth.token.certificateSecret': 'keys' };

const RULED = {
  'access.rules': [{ action: 'push', repositories: ['**'], users: ['alice'] }],
  'access.groups': { devs: ['alice'] },
};

const FRONT: readonly Row[] = [
  ['front.enabled', true],
  ['front.image.registry', 'quay.io', RULED],
  ['front.image.repository', 'mirror.example.com/nginx', RULED],
  ['front.image.tag', '1.29.5', RULED],
  ['front.image.digest', DIGEST, RULED],
  ['front.resources.requests.cpu', '7m', RULED],
  ['front.resources.requests.memory', '17Mi', RULED],
  ['front.resources.limits.cpu', '3', RULED],
  ['front.resources.limits.memory', '1Gi', RULED],
  ['front.kubernetesVersion', '1.33', RULED],
  ['front.trustedProxies', ['10.42.0.0/16'], RULED],
  ['front.limits.loginsPerSecond', 7, RULED],
  ['front.limits.requestsPerSecond', 200, RULED],
  ['access.rules', [{ action: 'pull', repositories: ['**'], groups: ['devs'] }], RULED],
  ['access.groups', { devs: ['alice'], ops: ['alice'] }, RULED],
  ['access.administrators', ['alice'], RULED],
  ['caches', [{ upstream: 'docker.io' }], RULED],
];

const SAVED = { 'velero.enabled': true };
const BACKUP: readonly Row[] = [
  ['velero.enabled', true],
  ['velero.namespace', 'backup', SAVED],
  ['velero.objectName', 'images', SAVED],
  ['velero.schedule', '@weekly', SAVED],
  ['velero.suspend', true, SAVED],
  ['velero.volumes', 'FileSystem', SAVED],
  ['velero.moveData', true, SAVED],
  ['velero.ttl', '48h', SAVED],
  ['velero.storageLocation', 'second', SAVED],
  ['velero.excludedResources', ['jobs.batch', 'pods'], SAVED],
];

const TAKEN = { 'snapshots.enabled': true };
const SNAPSHOTS: readonly Row[] = [
  ['snapshots.enabled', true],
  ['snapshots.schedule', '@weekly', TAKEN],
  ['snapshots.timeZone', 'Europe/Berlin', TAKEN],
  ['snapshots.suspend', true, TAKEN],
  ['snapshots.keep', 14, TAKEN],
  ['snapshots.snapshotClassName', 'csi-snapshots', TAKEN],
  ['snapshots.timeLimit', '5h', TAKEN],
  ['snapshots.pauseLimit', '16m', TAKEN],
  ['snapshots.resources.requests.cpu', '7m', TAKEN],
  ['snapshots.resources.requests.memory', '17Mi', TAKEN],
  ['snapshots.resources.limits.cpu', '3', TAKEN],
  ['snapshots.resources.limits.memory', '1Gi', TAKEN],
  ['snapshots.apiServer', [{ ports: [{ port: 6443 }] }], TAKEN],
  ['snapshots.image.registry', 'quay.io', TAKEN],
  ['snapshots.image.repository', 'mirror.example.com/nginx', TAKEN],
  ['snapshots.image.tag', '1.29.5', TAKEN],
  ['snapshots.image.digest', DIGEST, TAKEN],
];

const COLLECTED = { 'collection.enabled': true, 'storage.deletion': true };
const COLLECTION: readonly Row[] = [
  ['collection.enabled', true, { 'storage.deletion': true }],
  ['collection.schedule', '@weekly', COLLECTED],
  ['collection.timeZone', 'Europe/Berlin', COLLECTED],
  ['collection.suspend', true, COLLECTED],
  ['collection.timeLimit', '5h', COLLECTED],
  ['collection.uploadLimit', '16m', COLLECTED],
  ['collection.apiServer', [{ ports: [{ port: 6443 }] }], COLLECTED],
  ['collection.image.registry', 'quay.io', COLLECTED],
  ['collection.image.repository', 'mirror.example.com/nginx', COLLECTED],
  ['collection.image.tag', '1.29.5', COLLECTED],
  ['collection.image.digest', DIGEST, COLLECTED],
  ['collection.resources.requests.cpu', '7m', COLLECTED],
  ['collection.resources.requests.memory', '17Mi', COLLECTED],
  ['collection.resources.limits.cpu', '3', COLLECTED],
  ['collection.resources.limits.memory', '1Gi', COLLECTED],
];

const RETAINED = {
  'retention.enabled': true,
  'retention.rules': [{ repositories: ['**'], keep: [{ newest: 10 }] }],
  'retention.login.username': 'alice',
  'retention.login.password': 'secret',
  'storage.deletion': true,
};
const SPARED = { ...RETAINED, 'retention.spareRunning.enabled': true };
const RETENTION: readonly Row[] = [
  ['retention.enabled', true, { ...RETAINED, 'retention.enabled': false }],
  ['retention.rules', [{ repositories: ['**'], keep: [{ everything: true }] }], RETAINED],
  ['retention.dryRun', false, RETAINED],
  ['retention.spareRunning.enabled', true, RETAINED],
  ['retention.spareRunning.image.registry', 'quay.io', SPARED],
  ['retention.spareRunning.image.repository', 'mirror.example.com/nginx', SPARED],
  ['retention.spareRunning.image.tag', '1.29.5', SPARED],
  ['retention.spareRunning.image.digest', DIGEST, SPARED],
  [
    'retention.login.existingSecret',
    'robot',
    {
      ...RETAINED,
      'retention.login.username': '',
      'retention.login.password': '',
      'retention.login.existingSecret': 'other',
    },
  ],
  ['retention.login.username', 'bob', { ...RETAINED, 'auth.htpasswd': TWO_USERS }],
  ['retention.login.password', 'other', RETAINED],
  ['retention.schedule', '@weekly', RETAINED],
  ['retention.timeZone', 'Europe/Berlin', RETAINED],
  ['retention.timeLimit', '5h', RETAINED],
  ['retention.image.registry', 'quay.io', RETAINED],
  ['retention.image.repository', 'team/regbot', RETAINED],
  ['retention.image.tag', 'v0.11.6', RETAINED],
  ['retention.image.digest', DIGEST, RETAINED],
  ['retention.image.pullPolicy', 'Always', RETAINED],
  ['retention.userId', 1001, RETAINED],
  ['retention.resources.requests.cpu', '7m', RETAINED],
  ['retention.resources.requests.memory', '17Mi', RETAINED],
  ['retention.resources.limits.cpu', '3', RETAINED],
  ['retention.resources.limits.memory', '1Gi', RETAINED],
  ['retention.podLabels', { team: 'a' }, RETAINED],
  ['retention.podAnnotations', { 'example.com/a': 'b' }, RETAINED],
  ['retention.nodeSelector', { disk: 'ssd' }, RETAINED],
  ['retention.tolerations', [{ operator: 'Exists' }], RETAINED],
];

const COPIED: readonly Row[] = [
  ['copies', [{ target: 'backup.example.com', remote: { loginSecret: 'backup' } }], { 'auth.htpasswd': '' }],
];

const SECURITY: readonly Row[] = [
  ['auth.enabled', false, { 'auth.htpasswd': '' }],
  ['auth.existingSecret', 'users', { 'auth.htpasswd': '' }],
  ['auth.existingSecretKey', 'file', { 'auth.existingSecret': 'users', 'auth.htpasswd': '' }],
  ['auth.htpasswd', 'bob:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO'],
  ['auth.username', 'ci', { 'auth.htpasswd': '' }],
  ['auth.realm', 'Images'],
  ['auth.insecurePasswordsOverHttp', true],
  ['auth.verifier.url', 'https://auth.auth.svc/auth', VERIFIER],
  ['auth.verifier.userHeader', 'Remote-User', VERIFIER],
  ['auth.verifier.groupsHeader', 'Remote-Groups', VERIFIER],
  ['auth.verifier.caSecret', 'other-ca', VERIFIER],
  ['auth.verifier.caSecretKey', 'ca.pem', VERIFIER],
  ['auth.token.enabled', true, { ...TOKENS, 'auth.token.enabled': false }],
  ['auth.token.realm', 'https://tokens.example.com/', TOKENS],
  ['auth.token.service', 'images', TOKENS],
  ['auth.token.issuer', 'issuer', TOKENS],
  ['auth.token.jwksSecret', 'other', TOKENS],
  ['auth.token.jwksSecretKey', 'keys', TOKENS],
  ['auth.token.certificateSecret', 'other', CERTIFICATES],
  ['auth.token.certificateSecretKey', 'ca.pem', CERTIFICATES],
  ['tls.enabled', false, { 'auth.insecurePasswordsOverHttp': true }],
  ['tls.existingSecret', 'other-tls'],
  ['tls.external', true, { ...INGRESS, 'ui.enabled': true, 'tls.existingSecret': '' }],
  ['tls.termination', 'POD', INGRESS],
  ['tls.certManager.enabled', true, { ...ORDER, 'tls.certManager.enabled': false }],
  ['tls.certManager.issuer.kind', 'Issuer', ORDER],
  ['tls.certManager.issuer.name', 'letsencrypt', ORDER],
  ['tls.certManager.extraHosts', ['images.example.com'], ORDER],
  ['tls.certManager.privateCa', true, { ...ORDER, pullAddress: 'pull.example.com' }],
  ['httpSecret.existingSecret', 'other'],
  ['httpSecret.existingSecretKey', 'text'],
];

const VALKEY = { 'storage.descriptorCache.type': 'valkey' };
const REDIS = { 'storage.descriptorCache.type': 'redis', 'storage.descriptorCache.address': 'redis' };

const STORAGE: readonly Row[] = [
  ['storage.type', 's3', { 'storage.s3.bucket': 'images', 'storage.s3.region': 'eu-central-1' }],
  ['storage.deletion', true],
  ['storage.readOnly', true],
  ['storage.redirect', false, AMAZON],
  ['storage.descriptorCache.type', 'inmemory'],
  ['storage.descriptorCache.address', 'redis.data.svc:6380', REDIS],
  [
    'storage.descriptorCache.username',
    'images',
    { ...REDIS, 'storage.descriptorCache.existingSecret': 'redis' },
  ],
  ['storage.descriptorCache.database', 3, REDIS],
  ['storage.descriptorCache.existingSecret', 'redis', REDIS],
  [
    'storage.descriptorCache.existingSecretKey',
    'text',
    { ...REDIS, 'storage.descriptorCache.existingSecret': 'redis' },
  ],
  ['storage.descriptorCache.caSecret', 'redis-ca', REDIS],
  ['storage.descriptorCache.withoutTls', true, REDIS],
  ['storage.descriptorCache.image.registry', 'quay.io', VALKEY],
  ['storage.descriptorCache.image.repository', 'example.com/valkey', VALKEY],
  ['storage.descriptorCache.image.tag', '8.0', VALKEY],
  ['storage.descriptorCache.image.digest', DIGEST, VALKEY],
  ['storage.descriptorCache.image.pullPolicy', 'Always', VALKEY],
  ['storage.descriptorCache.memory', '3Mi', VALKEY],
  ['storage.descriptorCache.userId', 1000, VALKEY],
  ['storage.descriptorCache.nodeSelector', { disk: 'ssd' }, VALKEY],
  ['storage.descriptorCache.tolerations', [{ operator: 'Exists' }], VALKEY],
  ['storage.uploadPurging.enabled', false],
  ['storage.uploadPurging.age', '36h'],
  ['storage.uploadPurging.interval', '7h'],
  ['storage.uploadPurging.dryRun', true],
  ['storage.health.enabled', false],
  ['storage.health.interval', '30s'],
  ['storage.health.threshold', 5],
  ['persistence.enabled', false],
  ['persistence.existingClaim', 'images'],
  ['persistence.claimName', 'images'],
  ['persistence.snapshot', 'images-20261128'],
  ['persistence.accessMode', 'ReadWriteMany'],
  ['persistence.storageClass', 'fast'],
  ['persistence.size', '20Gi'],
  ['persistence.keep', false],
  ['persistence.hostPath.path', '/srv/registry'],
  ['persistence.hostPath.nodeName', 'worker-1', FOLDER],
  ['persistence.hostPath.volumeName', 'images', FOLDER],
  ['persistence.hostPath.fixOwner', true, FOLDER],
  ['persistence.sizeLimit', '20Gi', { 'persistence.enabled': false }],
  ['storage.s3.bucket', 'other', AMAZON],
  ['storage.s3.region', 'eu-west-1', AMAZON],
  ['storage.s3.endpoint', 'http://garage:3900', MINIO],
  ['storage.s3.existingSecret', 'keys', AMAZON],
  ['storage.s3.accessKeyIdKey', 'id', MINIO],
  ['storage.s3.secretAccessKeyKey', 'secret', MINIO],
  ['storage.s3.accessKeyId', 'other', KEYS],
  ['storage.s3.secretAccessKey', 'other', KEYS],
  ['storage.s3.pathStyle', false, MINIO],
  ['storage.s3.prefix', 'a/b', AMAZON],
  ['storage.s3.encrypt', true, AMAZON],
  ['storage.s3.kmsKeyId', 'alias/registry', AMAZON],
  ['storage.s3.storageClass', 'STANDARD_IA', AMAZON],
  ['storage.s3.chunkSize', '32Mi', AMAZON],
  ['storage.s3.skipVerify', true, MINIO],
  ['storage.s3.caSecret', 'minio-ca', MINIO],
  ['storage.s3.ca', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', MINIO],
  ['storage.gcs.bucket', 'other', GOOGLE],
  ['storage.gcs.prefix', 'a/b', GOOGLE],
  ['storage.gcs.chunkSize', '16Mi', GOOGLE],
  ['storage.gcs.existingSecret', 'robot', GOOGLE],
  ['storage.gcs.existingSecretKey', 'robot.json', { ...GOOGLE, 'storage.gcs.existingSecret': 'robot' }],
  ['storage.gcs.keyFile', '{"type":"service_account","client_email":"robot","private_key":"none"}', GOOGLE],
  ['storage.gcs.signing', true, GOOGLE],
  ['storage.azure.accountName', 'other', ACCOUNT],
  ['storage.azure.container', 'other', ACCOUNT],
  ['storage.azure.identity', 'defaultCredentials', ACCOUNT],
  ['storage.azure.accountKey', 'other', ACCOUNT],
  ['storage.azure.existingSecret', 'account', { ...AZURE, 'storage.azure.existingSecret': 'other' }],
  ['storage.azure.existingSecretKey', 'key', { ...AZURE, 'storage.azure.existingSecret': 'account' }],
  ['storage.azure.prefix', 'a/b', ACCOUNT],
  ['storage.azure.endpoint', 'http://azurite:10000', ACCOUNT],
  ['storage.azure.realm', 'core.chinacloudapi.cn', ACCOUNT],
  ['storage.azure.tenantId', '32345678-90ab-cdef-1234-567890abcdef', APPLICATION],
  ['storage.azure.clientId', '32345678-90ab-cdef-1234-567890abcdef', APPLICATION],
  ['storage.azure.clientSecret', 'other', APPLICATION],
  ['storage.swift.container', 'other', STACK],
  ['storage.swift.authUrl', 'http://keystone:5000', { ...STACK, ...KEYSTONE_IN_CLEAR }],
  ['storage.swift.insecurePasswordOverHttp', true, STACK],
  ['storage.swift.username', 'other', STACK],
  [
    'storage.swift.existingSecret',
    'user',
    { ...STACK, 'storage.swift.existingSecret': 'other', 'storage.swift.password': '' },
  ],
  [
    'storage.swift.existingSecretKey',
    'key',
    { ...STACK, 'storage.swift.existingSecret': 'user', 'storage.swift.password': '' },
  ],
  ['storage.swift.password', 'other', STACK],
  ['storage.swift.tenant', 'company', STACK],
  ['storage.swift.domain', 'Default', STACK],
  ['storage.swift.region', 'RegionOne', STACK],
  ['storage.swift.prefix', 'a/b', STACK],
  ['storage.swift.chunkSize', '10Mi', STACK],
];

const PODS: readonly Row[] = [
  ['image.registry', 'quay.io'],
  ['image.repository', 'mirror.example.com/registry'],
  ['image.tag', '3.0.0'],
  ['image.digest', DIGEST],
  ['image.version', 'V2'],
  ['minReadySeconds', 90],
  ['replicaCount', 2, { 'persistence.accessMode': 'ReadWriteMany' }],
  ['autoscaling.enabled', true, SCALED],
  ['autoscaling.minReplicas', 3, SCALED_ALREADY],
  ['autoscaling.maxReplicas', 5, SCALED_ALREADY],
  ['autoscaling.averageCpu', '0.25', SCALED_ALREADY],
  ['podDisruptionBudget.enabled', true],
  ['podDisruptionBudget.minAvailable', 1, REPLICAS],
  ['podDisruptionBudget.maxUnavailable', 2, REPLICAS],
  ['configuration.drainTimeoutSeconds', 60],
  ['configuration.logLevel', 'debug'],
  ['configuration.logFormat', 'json'],
  ['configuration.accessLog', true],
  ['configuration.foreignLayerUrls', ['^https://mcr[.]microsoft[.]com/']],
  ['configuration.extra', { log: { fields: { team: 'a' } } }],
  ['networkPolicy.enabled', false],
  ['networkPolicy.allowFrom', FRIENDS],
  ['networkPolicy.allowTo', [{ to: FRIENDS }]],
  ['garbageCollection.onStart', true, { 'storage.deletion': true }],
  ['metrics.enabled', true],
  ['metrics.allowFrom', FRIENDS, METRICS],
  ['metrics.insecureWithoutNetworkPolicy', true, METRICS],
  ['metrics.serviceMonitor.enabled', true, METRICS],
  ['metrics.serviceMonitor.labels', { release: 'prometheus' }, MONITOR],
  ['metrics.serviceMonitor.interval', '15s', MONITOR],
  ['alerts.enabled', true, MONITOR],
  ['alerts.labels', { release: 'prometheus' }, ALERTS],
  ['alerts.alertLabels', { team: 'images' }, ALERTS],
  ['alerts.runbooksUrl', 'https://wiki.example.com/registry', ALERTS],
  ['alerts.job', 'registry', ALERTS],
  ['alerts.exporters', ['kubelet'], ALERTS],
  ['alerts.certificateName', 'images', ALERTS],
  ['alerts.blackboxInstance', 'https://registry.example.com/v2/', ALERTS],
  ['alerts.thresholds.unavailable', '10m', ALERTS],
  ['alerts.thresholds.errorPercent', 7, ALERTS],
  ['alerts.thresholds.manifestLatencyMilliseconds', 1001, ALERTS],
  ['alerts.thresholds.storageLatencyMilliseconds', 250, ALERTS],
  ['alerts.thresholds.volumeFreePercent', 29, ALERTS],
  ['alerts.thresholds.volumeFullDays', 7, ALERTS],
  ['alerts.thresholds.certificateDays', 30, { ...ALERTS, 'alerts.certificateName': 'images' }],
  ['alerts.cronJobs', [{ name: 'registry-backup', within: '26h' }], ALERTS],
  ['alerts.without', ['RegistryVolumeFilling'], ALERTS],
  ['dashboard.enabled', true, MONITOR],
  ['dashboard.sidecarLabels', { dashboards: 'yes' }, DASHBOARD],
  ['dashboard.operatorLabels', { dashboards: 'grafana' }, DASHBOARD],
  ['dashboard.folder', 'Platform', DASHBOARD],
  ['dashboard.title', 'Images', DASHBOARD],
  ['dashboard.job', 'registry', DASHBOARD],
  ['dashboard.exporters', ['kubelet'], DASHBOARD],
  [
    'dashboard.certificateName',
    'images',
    { ...DASHBOARD, 'dashboard.exporters': ['cert-manager'], 'dashboard.certificateName': 'registry-tls' },
  ],
  ['dashboard.cronJobs', ['registry-backup'], DASHBOARD],
  ['commonLabels', { 'example.com/team': 'a' }, PAGE],
  ['commonAnnotations', { 'example.com/team': 'a' }, PAGE],
  ['extraObjects', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' } }]],
  ['nameOverride', 'images'],
  ['fullnameOverride', 'images'],
  ['secrets.source', 'job', { 'httpSecret.existingSecret': '' }],
  ['secrets.job.apiServer', [{ ports: [{ port: 16443 }] }], BY_JOB],
  ['secrets.job.image.registry', 'mirror.example.com', BY_JOB],
  ['secrets.job.image.repository', 'tools', BY_JOB],
  ['secrets.job.image.tag', '1', BY_JOB],
  ['secrets.job.image.pullPolicy', 'Never', BY_JOB],
  ['secrets.job.image.digest', DIGEST, BY_JOB],
  ['test.enabled', false],
  ['global.imageRegistry', 'mirror.example.com'],
  ['global.imagePullSecrets', ['hub', { name: 'quay' }], PAGE],
];

const VERIFIED = { 'verification.enabled': true, 'verification.loginSecret': 'robot' };

/** The test verifies without the CronJob, too. */
const VERIFICATION: readonly Row[] = [
  ['verification.enabled', true, { 'verification.loginSecret': 'robot' }],
  ['verification.address', 'BOTH'],
  ['verification.schedule', '@hourly', VERIFIED],
  ['verification.timeZone', 'Europe/Berlin', VERIFIED],
  ['verification.timeLimit', '90s'],
  ['verification.repository', 'team/verification'],
  ['verification.layerSize', '1Gi'],
  ['verification.loginSecret', 'robot'],
  ['verification.caSecret', 'ca'],
  ['verification.caSecretKey', 'root.pem', { 'verification.caSecret': 'ca' }],
  ['verification.allowTo', [{ to: FRIENDS }], VERIFIED],
  ['verification.image.registry', 'mirror.example.com'],
  ['verification.image.repository', 'tools/curl'],
  ['verification.image.tag', '1'],
  ['verification.image.digest', DIGEST],
  ['verification.image.pullPolicy', 'Never'],
  ['verification.resources.requests.cpu', '7m'],
  ['verification.resources.requests.memory', '17Mi'],
  ['verification.resources.limits.cpu', '3'],
  ['verification.resources.limits.memory', '1Gi'],
  ['verification.hostAliases', [{ ip: '192.0.2.7', hostnames: ['registry.example.com'] }]],
  ['verification.nodeSelector', { 'kubernetes.io/arch': 'amd64' }],
  ['verification.tolerations', [{ operator: 'Exists' }]],
  ['verification.podLabels', { 'example.com/team': 'a' }, VERIFIED],
  ['verification.podAnnotations', { 'example.com/team': 'a' }, VERIFIED],
];

/** What the registry's pods and the page's have both. */
const BOTH: readonly Row[] = [
  ['userId', 1000],
  ['userFromPlatform', true],
  ['podSecurityContext', { supplementalGroups: [2000] }],
  ['securityContext', { seLinuxOptions: { level: 's0:c1,c2' } }],
  ['resources.requests.cpu', '7m'],
  ['resources.requests.memory', '17Mi'],
  ['resources.limits.cpu', '3'],
  ['resources.limits.memory', '1Gi'],
  ['podLabels', { 'example.com/team': 'a' }],
  ['podAnnotations', { 'example.com/team': 'a' }],
  ['nodeSelector', { 'kubernetes.io/arch': 'amd64' }],
  ['tolerations', [{ operator: 'Exists' }]],
  ['affinity', AFFINITY],
  ['priorityClassName', 'high'],
  ['image.pullPolicy', 'Always'],
  ['topologySpreadConstraints', [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }]],
  ['runtimeClassName', 'gvisor'],
  ['hostAliases', [{ ip: '192.0.2.7', hostnames: ['ldap.example.com'] }]],
  ['dnsPolicy', 'Default'],
  ['dnsConfig', { options: [{ name: 'ndots', value: '1' }] }],
  ['revisionHistoryLimit', 0],
  ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) =>
    ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'].map(
      (timing): Row => [`${probe}.${timing}`, 7],
    ),
  ),
  ['serviceAccount.name', 'robot'],
  ['imagePullSecrets', [{ name: 'hub' }]],
  ['extraEnv', [{ name: 'TZ', value: 'UTC' }]],
  ['extraVolumes', [{ name: 'more', emptyDir: {} }]],
  ['extraVolumeMounts', [{ name: 'more', mountPath: '/more' }]],
  ['sidecars', HELPER],
  ['initContainers', HELPER],
];

const MORE = { extraVolumes: [{ name: 'more', emptyDir: {} }] };
const OF_PODS: readonly Row[] = BOTH.map(([path, value]) => [
  path,
  value,
  path === 'extraVolumeMounts' ? MORE : path.startsWith('livenessProbe') ? INGRESS : {},
]);
const OF_UI: readonly Row[] = BOTH.map(([path, value]) => [
  `ui.${path}`,
  value,
  path === 'extraVolumeMounts' ? { ...PAGE, 'ui.extraVolumes': MORE.extraVolumes } : PAGE,
]);

const UI: readonly Row[] = [
  ['ui.enabled', true, INGRESS],
  ['ui.path', '/pictures', PAGE],
  ['ui.host', 'images.example.com', PAGE],
  ['ui.tlsSecret', 'images-tls', PAGE_HOST],
  ['ui.sectionName', 'https', { ...PUBLIC, 'ui.enabled': true, 'ui.host': 'images.example.com' }],
  ['ui.cors', true, { ...PAGE_HOST, 'auth.enabled': false, 'auth.htpasswd': '' }],
  ['ui.registryCaSecret', 'company-ca', { ...PAGE_HOST, 'tls.termination': 'POD' }],
  ['ui.login', true, { ...PAGE, 'ingress.className': 'traefik' }],
  ['ui.loginSecret', 'page-users', { ...PAGE, 'ingress.className': 'traefik', 'ui.login': true }],
  ['ui.image.registry', 'quay.io', PAGE],
  ['ui.image.repository', 'mirror.example.com/ui', PAGE],
  ['ui.image.tag', '2.5.0', PAGE],
  ['ui.image.digest', DIGEST, PAGE],
  ['ui.title', 'Images', PAGE],
  ['ui.headerTitle', 'Images', PAGE],
  ['ui.theme', 'dark', PAGE],
  ['ui.deleteImages', true, { ...PAGE, 'storage.deletion': true }],
  ['ui.showContentDigest', true, PAGE],
  ['ui.showTagHistory', false, PAGE],
  ['ui.historyCustomLabels', ['maintainer'], PAGE],
  ['ui.catalogElementsLimit', 5000, PAGE],
  ['ui.showCatalogTagCount', true, PAGE],
  ['ui.catalogDefaultExpanded', true, PAGE],
  ['ui.catalogMaxBranches', 3, PAGE],
  ['ui.tagOrder', 'num-asc;alpha-asc', PAGE],
  ['ui.tagPageSize', 50, PAGE],
  ['ui.pullAddress', 'pull.example.com', PAGE],
  ['ui.useControlCacheHeader', true, PAGE],
  ['ui.versionNotification', true, PAGE],
  ['ui.registries', ['https://other.example.com'], PAGE],
  ['ui.readOnlyRegistries', true, { ...PAGE, 'ui.registries': ['https://other.example.com'] }],
  ['ui.networkPolicy.enabled', false, PAGE],
  ['ui.networkPolicy.allowFrom', FRIENDS, PAGE],
  ['ui.networkPolicy.allowTo', [{ to: FRIENDS }], PAGE],
];

/** It takes the place of another one. */
const REDIRECT: SingleValue = {
  path: 'auth.token.autoRedirect',
  before: nested({ ...GIVEN, ...TOKENS }),
  after: nested({ ...GIVEN, ...TOKENS, 'auth.token.realm': '', 'auth.token.autoRedirect': true }),
};

/** All settings. */
export const SINGLE_VALUES: readonly SingleValue[] = [
  REDIRECT,
  ...[
    ...SERVICES_AND_ROUTES,
    ...SECURITY,
    ...FRONT,
    ...COLLECTION,
    ...SNAPSHOTS,
    ...BACKUP,
    ...RETENTION,
    ...COPIED,
    ...STORAGE,
    ...PODS,
    ...OF_PODS,
    ...UI,
    ...OF_UI,
    ...CLIENTS,
    ...VERIFICATION,
  ].map(([path, value, context]) => {
    const before = { ...GIVEN, ...context };
    return { path, before: nested(before), after: nested({ ...before, [path]: value }) };
  }),
];

/** They change nothing, but let something be accepted that is refused without: see refused-values.ts. */
export const ONLY_PERMITS = [
  'auth.insecurePasswordsOverHttp',
  'metrics.insecureWithoutNetworkPolicy',
  'storage.swift.insecurePasswordOverHttp',
];
