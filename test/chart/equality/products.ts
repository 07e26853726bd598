// The groups of settings that touch each other, as full products. Each is as small as it can be with every kind
// of value that matters to the others in its group.
import { AUTHORITY } from '../authority';
import { CACHED } from './cache-products';
import { COLLECTED } from './collection';
import { all, type ByPath, noneOr, Product, unsetOr } from './combinations';
import { COPIED } from './copies';
import { SHOWN } from './dashboard';
import { EXTRA_OBJECTS } from './extra-objects';
import { ALERTED } from './monitoring';
import { PREFETCHED } from './prefetch';
import {
  ADMIN,
  BY_TOKEN,
  CERTIFICATES,
  DESTINATIONS,
  FOLDER,
  GATEWAYS,
  GCS,
  HOST,
  INGRESS_ROUTES,
  INGRESSES,
  MINIO,
  ON_HOST,
  ORDERED,
  PEERS,
  ROUTE_KINDS,
  ROUTES,
  S3,
  STORAGES,
  SWIFT,
  TERMINATIONS,
  UIS,
  USERS,
  VERIFIERS,
  VERSIONS,
} from './product-parts';
import { RETAINED } from './retention';
import { VERIFICATION, VERIFIED } from './verification';

/** Route kinds, controllers, login, UI, certificate. */
export const ROUTES_AND_UI = new Product('routes, login, UI, certificate', {
  host: [HOST],
  route: ROUTES,
  users: USERS,
  certificate: [...CERTIFICATES, ...ORDERED],
  termination: TERMINATIONS,
  ui: UIS,
  inClear: noneOr({ 'auth.insecurePasswordsOverHttp': true }),
});

export const GATEWAY = new Product('Gateway, certificate, UI', {
  host: [HOST],
  gateway: [
    ...GATEWAYS,
    { 'httpRoute.enabled': true },
    { 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'nginx', host: '192.0.2.1' },
    { 'httpRoute.enabled': true, 'httpRoute.gateway.name': 'shared', 'httpRoute.gateway.className': 'nginx' },
  ],
  section: noneOr(
    { 'httpRoute.gateway.sectionName': 'https' },
    { 'httpRoute.gateway.sectionName': 'https', 'ui.sectionName': 'https-ui' },
  ),
  https: unsetOr('httpRoute.gateway.https', false),
  annotations: noneOr(ORDERED[1] as ByPath, { 'httpRoute.gateway.annotations': { 'example.com/a': 'b' } }),
  own: unsetOr('httpRoute.annotations', { 'example.com/c': 'd' }),
  certificate: CERTIFICATES,
  termination: TERMINATIONS,
  ui: [{}, { 'ui.enabled': true }, ON_HOST, { ...ON_HOST, 'ui.tlsSecret': 'ui-certificate' }],
});

export const STORAGE = new Product('storage, version, redirect, collection', {
  storage: STORAGES,
  version: VERSIONS,
  redirect: unsetOr('storage.redirect', true, false),
  deletion: unsetOr('storage.deletion', true),
  readOnly: unsetOr('storage.readOnly', true),
  collection: unsetOr('garbageCollection.onStart', true),
  cache: unsetOr('storage.descriptorCache.type', 'inmemory'),
  replicas: unsetOr('replicaCount', 2),
});

const VALKEY = { 'storage.descriptorCache.type': 'valkey' };
const REDIS = {
  'storage.descriptorCache.type': 'redis',
  'storage.descriptorCache.address': 'redis.data.svc:6380',
};

/** Where descriptors are cached, and all that reads, reaches or empties it. */
export const DESCRIPTOR_CACHE = new Product('descriptor cache, replicas, collection, network, alerts', {
  cache: [
    VALKEY,
    REDIS,
    { ...VALKEY, 'storage.descriptorCache.memory': '100Mi', 'storage.descriptorCache.userId': 1000 },
    { ...VALKEY, 'storage.descriptorCache.image.pullPolicy': 'Always', userFromPlatform: true },
    {
      ...REDIS,
      'storage.descriptorCache.username': 'images',
      'storage.descriptorCache.existingSecret': 'redis',
      'storage.descriptorCache.existingSecretKey': 'text',
      'storage.descriptorCache.caSecret': 'redis-ca',
      'storage.descriptorCache.database': 3,
    },
    { ...REDIS, 'storage.descriptorCache.address': 'redis', 'storage.descriptorCache.withoutTls': true },
    { ...VALKEY, 'configuration.extra': { redis: { db: 5 } } },
    { 'storage.descriptorCache.type': 'inmemory' },
  ],
  deletion: unsetOr('storage.deletion', true),
  storage: [S3, { 'persistence.accessMode': 'ReadWriteMany' }],
  replicas: unsetOr('replicaCount', 3),
  collection: [
    {},
    { 'collection.enabled': true, 'storage.deletion': true },
    { 'collection.enabled': true, 'storage.deletion': true, 'serviceAccount.name': 'bucket' },
    { 'garbageCollection.onStart': true },
  ],
  secrets: noneOr(
    { 'secrets.source': 'job' },
    { 'global.imageRegistry': 'mirror.example.com', imagePullSecrets: [{ name: 'hub' }] },
  ),
  network: noneOr({ 'networkPolicy.enabled': false }),
  alerts: noneOr({
    'metrics.enabled': true,
    'metrics.serviceMonitor.enabled': true,
    'alerts.enabled': true,
  }),
  version: [{}, {}, { 'image.tag': '2.8.3' }],
});

export const NETWORK = new Product('network, metrics, storage, UI', {
  policy: noneOr(
    { 'networkPolicy.enabled': false },
    { 'networkPolicy.allowFrom': PEERS },
    { 'networkPolicy.allowTo': DESTINATIONS },
    { 'networkPolicy.allowFrom': PEERS, 'networkPolicy.allowTo': DESTINATIONS },
  ),
  metrics: [
    {},
    ...all(
      [{ 'metrics.enabled': true }],
      noneOr({ 'metrics.allowFrom': PEERS }, { 'metrics.insecureWithoutNetworkPolicy': true }),
      noneOr(
        { 'metrics.serviceMonitor.enabled': true },
        {
          'metrics.serviceMonitor.enabled': true,
          'metrics.serviceMonitor.labels': { release: 'prometheus' },
          'metrics.serviceMonitor.interval': '15s',
        },
      ),
    ),
  ],
  storage: [
    {},
    S3,
    MINIO,
    { ...MINIO, 'storage.s3.endpoint': 'http://192.0.2.7:9000' },
    GCS,
    { ...SWIFT, 'storage.swift.existingSecret': 'user' },
  ],
  route: ROUTE_KINDS,
  ui: [
    {},
    { 'ui.enabled': true },
    { 'ui.enabled': true, 'ui.networkPolicy.enabled': false },
    { 'ui.enabled': true, 'ui.networkPolicy.allowFrom': PEERS, 'ui.networkPolicy.allowTo': DESTINATIONS },
  ],
  test: unsetOr('test.enabled', false),
  version: unsetOr('image.tag', '2.8.3'),
});

const CONTAINER = { name: 'more', image: 'busybox:1.37' };

export const PODS = new Product('pods, collection, certificate, storage', {
  collection: noneOr(
    { 'storage.deletion': true },
    { 'storage.deletion': true, 'garbageCollection.onStart': true },
  ),
  env: unsetOr('extraEnv', [{ name: 'A', value: '1' }], [{ name: 'REGISTRY_AUTH', value: 'none' }]),
  volumes: noneOr(
    {
      extraVolumes: [{ name: 'cache', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    },
    { extraVolumeMounts: [{ name: 'missing', mountPath: '/etc/missing' }] },
    { extraVolumes: [{ name: 'config', emptyDir: {} }] },
  ),
  sidecars: unsetOr('sidecars', [CONTAINER], [{ ...CONTAINER, name: 'registry' }]),
  init: unsetOr('initContainers', [{ ...CONTAINER, name: 'first', securityContext: { privileged: false } }]),
  resources: noneOr(
    { 'resources.limits.memory': '64Mi', 'resources.limits.cpu': '50m' },
    { 'resources.requests.memory': '2Gi', 'resources.requests.cpu': '2' },
  ),
  certificate: [{}, { 'tls.enabled': false, 'auth.enabled': false }, { 'tls.existingSecret': 'certificate' }],
  storage: [{}, MINIO, { 'persistence.enabled': false }],
  more: noneOr({
    userId: 1000,
    'serviceAccount.name': 'registry',
    imagePullSecrets: [{ name: 'hub' }],
    podLabels: { team: 'a' },
    podAnnotations: { 'example.com/a': 'b' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    hostAliases: [{ ip: '192.0.2.7', hostnames: ['ldap.example.com'] }],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['192.0.2.53'] },
    'image.pullPolicy': 'Always',
    revisionHistoryLimit: 0,
    'startupProbe.failureThreshold': 30,
    'readinessProbe.periodSeconds': 5,
    'httpSecret.existingSecret': 'shared',
  }),
});

/** Whom pods run as, and what their containers may do. */
export const PRIVILEGES = new Product('user, security contexts, owner of a directory, UI', {
  user: unsetOr('userId', 1000),
  platform: unsetOr('userFromPlatform', true),
  pod: unsetOr(
    'podSecurityContext',
    { supplementalGroups: [2000], fsGroupChangePolicy: 'Always' },
    { runAsUser: 1000, runAsNonRoot: false },
  ),
  containers: unsetOr(
    'securityContext',
    { seLinuxOptions: { level: 's0' }, capabilities: { drop: ['ALL', 'NET_RAW'] } },
    { privileged: true, readOnlyRootFilesystem: false, capabilities: { add: ['CHOWN'] } },
  ),
  storage: [{}, { ...FOLDER, 'persistence.hostPath.fixOwner': true }],
  more: noneOr({
    'storage.deletion': true,
    'garbageCollection.onStart': true,
    'secrets.source': 'job',
    sidecars: [{ ...CONTAINER, securityContext: { runAsUser: 7, seLinuxOptions: { level: 's1' } } }],
  }),
  ui: [
    {},
    {
      'ui.userFromPlatform': true,
      'ui.podSecurityContext': { supplementalGroups: [2000] },
      'ui.securityContext': { seLinuxOptions: { level: 's0' } },
      'ui.initContainers': [CONTAINER],
    },
    {
      'ui.userId': 1000,
      'ui.securityContext': { privileged: true },
      'ui.sidecars': [{ ...CONTAINER, securityContext: { runAsUser: 0, allowPrivilegeEscalation: true } }],
    },
  ].map((more) => ({ ...INGRESSES[0], 'ui.enabled': true, ...more })),
});

/** Replicas, what a drain may stop, and how they are spread. */
export const REPLICAS = new Product('replicas, autoscaling, disruption budget, spread', {
  replicas: [
    ...unsetOr('replicaCount', 2, 3),
    ...[
      { 'autoscaling.maxReplicas': 4 },
      { 'autoscaling.maxReplicas': 4, 'autoscaling.minReplicas': 1 },
      { 'autoscaling.maxReplicas': 3, 'autoscaling.minReplicas': 3, 'autoscaling.averageCpu': '0.25' },
      { 'autoscaling.maxReplicas': 2, 'autoscaling.minReplicas': 3 },
      { 'autoscaling.maxReplicas': 2, replicaCount: 2 },
      {},
    ].map((more) => ({ 'autoscaling.enabled': true, ...more })),
    { 'autoscaling.maxReplicas': 3 },
  ],
  budget: unsetOr('podDisruptionBudget.enabled', true, false),
  minimum: unsetOr('podDisruptionBudget.minAvailable', 1, 2),
  maximum: unsetOr('podDisruptionBudget.maxUnavailable', 1),
  spread: unsetOr('topologySpreadConstraints', [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
  ]),
  storage: [
    {},
    MINIO,
    { 'persistence.accessMode': 'ReadWriteMany' },
    { ...MINIO, 'storage.deletion': true, 'storage.descriptorCache.type': 'inmemory' },
    {
      ...MINIO,
      'storage.deletion': true,
      'configuration.extra': { storage: { cache: { blobdescriptor: 'inmemory' } } },
    },
  ],
});

const SERVICES: readonly ByPath[] = [
  ...all([{}], unsetOr('service.port', 443), unsetOr('service.clusterIP', '10.96.0.50')),
  { 'service.nodePort': 30500 },
  { 'service.loadBalancerIP': '192.0.2.9' },
  ...all([{ 'service.type': 'NodePort' }], unsetOr('service.port', 443), unsetOr('service.nodePort', 30500)),
  ...all(
    [{ 'service.type': 'LoadBalancer' }],
    unsetOr('service.port', 443),
    unsetOr('service.externalTrafficPolicy', 'Local'),
    noneOr({
      'service.loadBalancerIP': '192.0.2.9',
      'service.loadBalancerClass': 'example.com/balancer',
      'service.loadBalancerSourceRanges': ['192.0.2.0/24'],
    }),
  ),
];

export const TLS = new Product('certificate, Service, host', {
  certificate: [...CERTIFICATES, { 'tls.external': true, 'tls.existingSecret': 'certificate' }],
  termination: TERMINATIONS,
  service: SERVICES,
  host: noneOr({ host: 'registry.example.com' }, { host: '192.0.2.1' }, { host: 'registry' }),
  pull: unsetOr('pullAddress', '127.0.0.1:30500', 'pull.example.com', 'registry'),
  route: [{}, INGRESSES[3] as ByPath],
  users: [{}, { 'auth.enabled': false }, { 'auth.existingSecret': 'users' }],
  inClear: noneOr({ 'auth.insecurePasswordsOverHttp': true }),
});

const MIRRORED = { 'ui.image.registry': 'quay.io' };

export const IMAGES = new Product('images, registries, collection', {
  mirror: noneOr(
    { 'global.imageRegistry': 'mirror.example.com:5000/hub' },
    {
      'global.imageRegistry': 'mirror.example.com:5000/hub',
      'global.imagePullSecrets': ['mirror', { name: 'hub' }],
      imagePullSecrets: [{ name: 'hub' }],
      'ui.imagePullSecrets': [{ name: 'mirror' }, { name: 'quay' }],
    },
  ),
  repository: unsetOr('image.repository', 'a/b', 'c', 'localhost/registry'),
  registry: unsetOr('image.registry', 'quay.io', ''),
  version: noneOr({ 'image.tag': 'edge' }, { 'image.digest': `sha256:${'a'.repeat(64)}` }),
  collection: noneOr({ 'storage.deletion': true, 'garbageCollection.onStart': true }),
  ui: [
    { 'ui.registries': ['https://other.example.com'] },
    MIRRORED,
    { ...MIRRORED, 'ui.image.repository': 'a.b/ui' },
  ].map((more) => ({
    ...INGRESSES[0],
    'ui.enabled': true,
    ...more,
  })),
  test: [
    { 'test.enabled': false },
    {},
    { 'verification.image.repository': 'a:1/curl' },
    { 'verification.image.registry': 'quay.io' },
  ],
});

export const CLIENTS = new Product('pull secrets, addresses for tools, users, certificate, route', {
  pullSecret: noneOr(
    ...[
      {},
      { 'pullSecret.namespaces': ['shop', 'billing'] },
      { 'pullSecret.name': 'regcred' },
      { 'pullSecret.name': 'registry-login' },
    ].map((more) => ({ 'pullSecret.enabled': true, ...more })),
  ),
  hosting: noneOr(
    ...[{}, { 'localRegistryHosting.help': 'https://wiki.example.com/registry' }].map((more) => ({
      'localRegistryHosting.enabled': true,
      ...more,
    })),
  ),
  users: USERS.slice(0, 4),
  certificate: CERTIFICATES.slice(0, 4),
  route: [
    {},
    { 'service.type': 'NodePort' },
    { 'service.type': 'NodePort', 'service.nodePort': 30500 },
    { ...HOST, ...INGRESSES[3] },
    { ...HOST, ...GATEWAYS[1] },
  ],
  pull: unsetOr('pullAddress', '127.0.0.1:30500'),
});

export const NODE_TRUST = new Product('node trust, users, certificate, route', {
  trust: [{ 'nodeTrust.enabled': true }],
  runtimes: unsetOr('nodeTrust.runtimes', ['k3s'], ['docker'], ['docker', 'k3s', 'containerd']),
  endpoint: unsetOr('nodeTrust.endpoint', 'https://10.0.0.5:30500', 'http://10.0.0.5'),
  mirrorOf: unsetOr('nodeTrust.mirrorOf', ['docker.io', 'registry.example.com']),
  login: noneOr(
    { 'nodeTrust.mirrorLogin.username': 'admin' },
    { 'nodeTrust.mirrorLogin.username': 'admin', 'nodeTrust.mirrorLogin.password': 'se"cret' },
  ),
  ca: unsetOr('nodeTrust.ca', AUTHORITY),
  more: noneOr({
    'nodeTrust.uninstall': true,
    'nodeTrust.retiredRuntimes': ['docker'],
    'nodeTrust.namespace': 'trust',
    'nodeTrust.imagePullSecrets': [{ name: 'hub' }],
  }),
  users: USERS.slice(0, 2),
  certificate: [...CERTIFICATES.slice(0, 3), CERTIFICATES[5] as ByPath],
  route: [
    {},
    { ...HOST, 'service.type': 'NodePort', pullAddress: '192.0.2.1:30500' },
    { ...HOST, ...INGRESSES[3], 'service.type': 'NodePort', pullAddress: '192.0.2.1:30500' },
    { ...HOST, ...INGRESSES[3], 'service.clusterIP': '192.0.2.1', pullAddress: '192.0.2.1:5000' },
    { ...HOST, ...INGRESSES[3] },
    { ...HOST, ...GATEWAYS[1] },
  ],
});

export const TOKENS = new Product('tokens, version, route, UI, certificate', {
  host: [HOST],
  users: [
    BY_TOKEN,
    { ...BY_TOKEN, 'auth.token.autoRedirect': true, 'auth.token.realm': '' },
    { ...BY_TOKEN, 'auth.token.realm': 'http://auth.auth.svc/token' },
    { ...BY_TOKEN, 'auth.existingSecret': 'users', 'auth.realm': 'Images' },
  ],
  keys: noneOr(
    { 'auth.token.jwksSecret': 'keys' },
    { 'auth.token.jwksSecret': 'keys', ...VERSIONS[1] },
    { 'auth.token.certificateSecret': 'keys', 'auth.token.certificateSecretKey': 'ca.pem' },
    { 'auth.token.certificateSecret': 'keys', ...VERSIONS[1] },
    { 'auth.token.jwksSecret': 'keys', 'auth.token.certificateSecret': 'more' },
  ),
  certificate: CERTIFICATES.slice(0, 3),
  inClear: noneOr({ 'auth.insecurePasswordsOverHttp': true }),
  rest: [
    {},
    { ...INGRESSES[3], 'ui.enabled': true },
    { ...INGRESSES[3], 'ui.enabled': true, 'ui.login': true },
    { ...INGRESSES[3], ...ON_HOST, 'auth.realm': 'Images', 'ui.cors': true },
    { ...GATEWAYS[0], ...ON_HOST },
    { 'pullSecret.enabled': true, 'secrets.source': 'job' },
    { 'storage.readOnly': true, 'secrets.source': 'job', 'garbageCollection.onStart': false },
    { ...INGRESSES[3], 'nodeTrust.enabled': true, 'nodeTrust.mirrorOf': ['docker.io'] },
    { ...INGRESS_ROUTES[0], extraEnv: [{ name: 'REGISTRY_AUTH_TOKEN_REALM', value: 'a' }] },
    {
      'front.enabled': true,
      'front.limits.requestsPerSecond': 9,
      'configuration.extra': { auth: { a: 1 }, http: { tls: {} } },
      extraEnv: [{ name: 'REGISTRY_HTTP_TLS_CLIENTCAS', value: 'a' }],
    },
  ],
});

const GROUPS = {
  'access.groups': { devs: ['alice', 'bob.b'], '10': ['bob.b'], 'q a/x': ['alice', 'alice'] },
};

/** nginx before the registry, and who may do what. */
export const FRONT = new Product('front, access rules, users, certificate, UI', {
  host: [HOST],
  users: [...USERS.slice(0, 4), ...VERIFIERS, { ...BY_TOKEN, 'auth.token.jwksSecret': 'keys' }],
  access: [
    {},
    { 'front.enabled': true },
    ADMIN,
    { ...ADMIN, 'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }] },
    {
      'access.rules': [
        {
          action: 'pull',
          repositories: ['**', 'public/*', 'a.b/**/c', '*'],
          allUsers: true,
          users: ['admin'],
        },
        { action: 'push', repositories: ['verification', 'team/**', 'team/**'], users: ['admin', 'admin'] },
        { action: 'catalog', everyone: true },
      ],
    },
    {
      ...GROUPS,
      'access.rules': [
        { action: 'push', repositories: ['*/app', 'team/*'], groups: ['devs', 'q a/x'], users: ['alice'] },
        { action: 'remove', repositories: ['team/**'], groups: ['10'] },
        { action: 'pull', repositories: ['team/app'], everyone: true },
      ],
    },
    {
      'access.rules': [
        { action: 'push', repositories: ['**'], everyone: true },
        { action: 'remove', repositories: [], users: ['eve'], groups: ['ops'] },
        { action: 'catalog', repositories: [] },
      ],
    },
    GROUPS,
  ],
  certificate: CERTIFICATES.slice(0, 3),
  inClear: [{ 'auth.insecurePasswordsOverHttp': true }],
  rest: [
    {},
    { ...INGRESSES[3], 'ui.enabled': true, 'ui.deleteImages': true },
    { ...INGRESSES[3], ...ON_HOST, 'ui.cors': true, 'auth.realm': 'Größe' },
    { 'pullSecret.enabled': true, 'livenessProbe.periodSeconds': 5 },
    {
      ...GATEWAYS[1],
      'nodeTrust.enabled': true,
      'nodeTrust.mirrorOf': ['docker.io'],
      pullAddress: 'a.example.com',
    },
    {
      ...INGRESSES[3],
      'nodeTrust.enabled': true,
      'nodeTrust.runtimes': ['k3s', 'containerd'],
      'nodeTrust.mirrorOf': ['docker.io', 'quay.io'],
      'nodeTrust.mirrorLogin.username': 'alice',
      'nodeTrust.mirrorLogin.password': 'secret',
    },
    { ...GATEWAYS[0], 'secrets.source': 'job', 'configuration.extra': { auth: { a: 1 }, http: { tls: {} } } },
    {
      'metrics.enabled': true,
      'storage.readOnly': true,
      'image.pullPolicy': 'Always',
      'service.type': 'NodePort',
    },
    {
      ...FOLDER,
      'persistence.hostPath.fixOwner': true,
      'garbageCollection.onStart': true,
      initContainers: [{ ...CONTAINER, name: 'first' }],
      sidecars: [CONTAINER],
      'metrics.enabled': true,
    },
  ],
  deletion: unsetOr('storage.deletion', true),
  more: noneOr({
    'front.trustedProxies': ['10.42.0.0/16', 'fd00::/8'],
    'front.limits.requestsPerSecond': 200,
    'front.limits.loginsPerSecond': 7,
    'front.kubernetesVersion': '1.33',
    'front.resources.limits.memory': '16Mi',
    'front.resources.requests.cpu': '1',
    'front.image.registry': 'quay.io',
    securityContext: { privileged: true },
  }),
});

/** Who generates, and what is left to generate. */
export const SECRETS = new Product('source of secrets, users, certificate, UI', {
  host: [HOST],
  source: noneOr(
    { 'secrets.source': 'job' },
    { 'secrets.source': 'job', 'networkPolicy.enabled': false },
    {
      'secrets.source': 'job',
      'secrets.job.image.registry': 'quay.io',
      'secrets.job.image.pullPolicy': 'Always',
      'secrets.job.apiServer': [{ ports: [{ port: 16443 }] }],
      imagePullSecrets: [{ name: 'hub' }],
      'global.imagePullSecrets': ['mirror', 'hub'],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      affinity: { podAntiAffinity: {} },
      priorityClassName: 'high',
      runtimeClassName: 'gvisor',
      'serviceAccount.name': 'registry',
      commonLabels: { team: 'a' },
      commonAnnotations: { 'example.com/a': 'b' },
    },
  ),
  users: [...USERS.slice(0, 4), { 'auth.username': 'ci-robot' }],
  certificate: [{}, ...CERTIFICATES.slice(2, 5)],
  termination: unsetOr('tls.termination', 'POD'),
  shared: unsetOr('httpSecret.existingSecret', 'shared'),
  route: [
    ...ROUTE_KINDS.slice(0, 4),
    { ...INGRESSES[4], ...ON_HOST, 'ui.login': true },
    { ...INGRESSES[3], 'ui.enabled': true, 'ui.login': true },
    { ...INGRESS_ROUTES[0], 'ui.enabled': true, 'ui.login': true },
    { ...GATEWAYS[0], ...ON_HOST, 'httpRoute.annotations': { 'example.com/a': 'b' } },
    { ...INGRESSES[3], 'pullSecret.enabled': true },
    { ...INGRESSES[3], 'nodeTrust.enabled': true },
  ],
});

/** All of them. */
export const PRODUCTS: readonly Product[] = [
  ROUTES_AND_UI,
  GATEWAY,
  STORAGE,
  NETWORK,
  PODS,
  PRIVILEGES,
  REPLICAS,
  DESCRIPTOR_CACHE,
  TLS,
  TOKENS,
  FRONT,
  CACHED,
  COLLECTED,
  RETAINED,
  COPIED,
  PREFETCHED,
  ALERTED,
  SHOWN,
  CLIENTS,
  NODE_TRUST,
  VERIFICATION,
  VERIFIED,
  IMAGES,
  SECRETS,
  EXTRA_OBJECTS,
];
