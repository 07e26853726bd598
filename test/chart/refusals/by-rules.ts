// Combinations of values that the chart refuses by the rules of its _validation*.tpl: samples by the code of the
// message. Each sample must be refused as the constructs refuse it, and with this code among others.
import type { Code } from '../../../lib/core/messages';
import { AUTHORITY } from '../authority';
import { OF_ACCESS } from './access';
import { LIKE_A_REGISTRY, OF_CACHES, OF_PREFETCH } from './caches';
import { OF_CLIENTS } from './clients';
import { LIKE_A_POD, OF_COLLECTION } from './collection';
import { ALSO_OF_COPIES, OF_COPIES } from './copies';
import { OF_EXTRA_OBJECTS } from './extra-objects';
import { OF_MONITORING } from './monitoring';
import { ALSO_OF_RETENTION, OF_RETENTION } from './retention';
import {
  AMAZON,
  AZURE,
  EXISTING_GATEWAY,
  FOLDER,
  GATEWAY,
  GCS,
  INGRESS,
  INGRESS_ROUTE,
  MINIO,
  OLD,
  SWIFT,
  TOKENS,
  UI,
  UI_HOST,
  UI_LOGIN,
} from './settings';
import { LIKE_A_COLLECTION, OF_SNAPSHOTS } from './snapshots';
import { OF_TOKENS } from './tokens';
import { LIKE_A_SCHEDULE, OF_VELERO } from './velero';
import { OF_VERIFICATION } from './verification';

const SPREAD = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };

type ByPath = Readonly<Record<string, unknown>>;

/** Passwords may go by HTTP. */
const REDIS = { 'storage.descriptorCache.type': 'redis', 'storage.descriptorCache.address': 'redis:6379' };
const OPEN = { 'auth.insecurePasswordsOverHttp': true };
const AT_CLUSTER_IP = { 'service.clusterIP': '10.96.0.9', pullAddress: '10.96.0.9:5000' };
const LINE = `:$2y$05$${'a'.repeat(53)}`;
const ORDERED = { ...INGRESS, 'ingress.annotations': { 'cert-manager.io/issuer': 'ca' } };
/** Some are no URLs at all. */
const WITH_PASSWORD = [
  ...['https://me:pass@minio', 'https://me@s3.amazonaws.com', 'me:pass@minio', 'ftp://me:pass@minio'],
  ...['https://me:a/b@minio', 'https://me:my pass@minio:x', 'https://me:%zz@minio', '@', 'http://minio/a@b'],
];
const PEM = '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----\n';

/** One registry and its settings of encryption and addresses. */
const OF_ADDRESSES = {
  'address-on-docker-hub': [
    { host: 'images', 'service.port': 443 },
    { host: 'images', 'tls.external': true },
    { ...INGRESS, host: 'images' },
    { pullAddress: 'images' },
  ],
  'not-a-host': [
    { ...INGRESS, host: '192.0.2.1' },
    { ...UI, host: '192.0.2.1', 'ui.registries': ['https://192.0.2.1', 'https://a.b'] },
  ],
  'release-name-unusable': [
    { release: '1st' },
    { release: 'a.b' },
    { release: '1registry', nameOverride: 'registry' },
  ],
  'users-said-twice': [
    { 'auth.existingSecret': 'users', 'auth.htpasswd': `al${LINE}` },
    { 'auth.enabled': false, 'auth.existingSecret': 'users', 'auth.htpasswd': `al${LINE}` },
    { 'auth.existingSecret': 'users', 'auth.htpasswd': `al${LINE}`, ...TOKENS },
    { 'auth.htpasswd': `al${LINE}`, ...TOKENS },
    { 'auth.enabled': false, 'auth.htpasswd': `al${LINE}`, ...TOKENS },
  ],
  'version-unknown': [{ 'image.tag': 'edge' }, { 'image.tag': '20.1', 'image.repository': 'a/b' }],
  'image-registry-said-twice': [
    { 'image.registry': 'mirror.example.com', 'image.repository': 'localhost/registry' },
    { 'ui.image.registry': 'mirror.example.com:5000/a', 'ui.image.repository': 'quay.io/company/ui' },
    {
      'verification.image.repository': 'a:1/curl',
      'verification.image.registry': 'b.c',
      'global.imageRegistry': 'mirror.example.com',
    },
    { 'secrets.job.image.registry': 'mirror.example.com', 'secrets.job.image.repository': 'quay.io/tools' },
  ],
  'pull-address-of-several': [
    { ...UI, 'ui.registries': ['https://a.b'], 'ui.pullAddress': 'pull.example.com' },
  ],
  'read-only-list-of-one': [{ ...UI, 'ui.readOnlyRegistries': true }],
  'registry-given-twice': [
    { ...UI, 'ui.registries': ['https://a.b', 'https://c.d', 'https://a.b', 'https://a.b'] },
    { ...UI, 'ui.registries': ['https://registry.localhost'] },
    { ...UI_HOST, 'ui.registries': ['https://images.example.com'] },
  ],
  'not-a-registry-url': [
    ...['', 'a.b', 'ftp://a.b', 'https://a.b/?c', 'https://a.b/', 'https://a.b#c', 'http://me:pass@a.b'],
    ...[
      'https://a..b',
      'https://A.b',
      'https://a_b',
      'https://1',
      'https://a.1',
      'https://a.b-',
      'https://-',
    ],
    ...[
      'https://1.2.3.256',
      'https://a.b:0',
      'https://a.b:65536',
      'https://a.b:000080',
      'https://a.b:080',
      'https://10.0.0.01',
      'https://[::1]',
    ],
    ...[`https://a.b/${'c'.repeat(199)}`, `https://${'a'.repeat(64)}.b`, `https://${'a.'.repeat(126)}bc`],
    'https://a.b\n',
  ].map((url) => ({ ...UI, 'ui.registries': [url, 'https://c.d', url] })),
  'registry-url-not-encrypted': [{ ...UI, 'ui.registries': ['https://a.b', 'http://c.d', 'http://e.f'] }],
  'htpasswd-empty': ['# nobody', '\n \t\r\n'].map((file) => ({ 'auth.htpasswd': file })),
  'not-an-htpasswd-entry': [
    'alice',
    ':',
    LINE,
    'alice:secret',
    'alice:$apr1$abcdefgh$aaaaaaaaaaaaaaaaaaaaaa',
    `al${LINE.replace('05', '03')}`,
    `al${LINE.replace('05', '32')}`,
    `al:x${LINE}`,
    `# people\r\n\r\n \tal${LINE}\t\r\nbob${LINE}x`,
    `al${LINE}\u0085`,
  ].map((file) => ({ 'auth.htpasswd': file })),
  'not-a-user-name': [
    ...['a b', '\u00a0al'].map((user) => ({ 'auth.htpasswd': user + LINE })),
    { 'auth.htpasswd': ['é', 'al', '.', 'é', 'x'.repeat(101)].map((user) => user + LINE).join('\n') },
  ],
  'hash-too-slow': [
    { 'auth.htpasswd': `al${LINE.replace('05', '18')}` },
    { 'auth.htpasswd': ['05', '17', '31'].map((cost) => `a$19$b${LINE.replace('05', cost)}`).join('\n') },
  ],
  'user-given-twice': [{ 'auth.htpasswd': ['al', 'bob', 'al', 'al'].map((user) => user + LINE).join('\n') }],
  'needs-tls': [{ 'tls.enabled': false }],
  'tls-ends-nowhere': [
    { 'tls.termination': 'INGRESS' },
    { 'tls.existingSecret': 'a', 'tls.termination': 'INGRESS' },
  ],
  'external-certificate-in-pod': [
    { 'tls.external': true, 'tls.termination': 'POD' },
    {
      'tls.external': true,
      'tls.termination': 'POD',
      extraVolumes: [{ name: 'tls', emptyDir: {} }],
      extraVolumeMounts: [{ name: 'tls', mountPath: '/certs' }],
    },
  ],
  'certificate-said-twice': [
    { 'tls.external': true, 'tls.enabled': false, 'auth.enabled': false },
    { 'tls.external': true, 'tls.existingSecret': 'a' },
    { 'tls.external': true, 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'a' },
    { 'tls.existingSecret': 'a', 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'a' },
    { 'tls.enabled': false, 'tls.existingSecret': 'a', 'tls.certManager.enabled': true, ...OPEN },
  ],
  'not-a-string': [{ 'tls.certManager.enabled': true }, { 'auth.token.enabled': true }],
  'node-port-of-cluster-ip': [{ 'service.nodePort': 30500 }],
  'no-load-balancer': [
    { 'service.loadBalancerIP': '192.0.2.1' },
    { 'service.type': 'NodePort', 'service.loadBalancerClass': 'a/b' },
    { 'service.loadBalancerSourceRanges': ['10.0.0.0/8', '::/0'] },
  ],
  'traffic-policy-of-cluster-ip': [{ 'service.externalTrafficPolicy': 'Local' }],
  'service-beside-external-tls': [
    { ...INGRESS, 'tls.external': true, 'service.type': 'NodePort' },
    { ...EXISTING_GATEWAY, 'tls.external': true, 'service.type': 'LoadBalancer' },
    { ...INGRESS_ROUTE, 'tls.external': true, 'tls.termination': 'POD', 'service.type': 'NodePort' },
  ],
  'pull-address-past-tls': [
    { ...INGRESS, ...AT_CLUSTER_IP },
    { 'tls.external': true, ...AT_CLUSTER_IP },
  ],
  'service-without-tls': [
    { ...INGRESS, 'service.type': 'NodePort' },
    { 'tls.enabled': false, 'service.type': 'LoadBalancer' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const OF_ROUTES = {
  'several-routes': [
    { ...INGRESS, ...GATEWAY },
    { ...INGRESS, ...INGRESS_ROUTE, ...GATEWAY },
  ],
  'class-named-twice': [
    { ...INGRESS, 'ingress.className': 'a', commonAnnotations: { 'kubernetes.io/ingress.class': 'b' } },
  ],
  'ingress-without-certificate': [{ ...INGRESS, 'tls.enabled': false }],
  'redirect-turned-off': [
    {
      ...INGRESS,
      'ingress.annotations': {
        'nginx.ingress.kubernetes.io/ssl-redirect': 'false',
        'ingress.kubernetes.io/ssl-redirect': 'False',
        'haproxy.org/ssl-redirect': ' off ',
        'traefik.ingress.kubernetes.io/router.tls': '0',
        'haproxy-ingress.github.io/ssl-redirect': 'true',
      },
    },
    {
      ...INGRESS,
      'tls.termination': 'POD',
      commonAnnotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
    },
  ],
  'ingress-route-without-certificate': [{ ...INGRESS_ROUTE, 'tls.enabled': false }],
  'certificate-resolved-twice': [
    { ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'a', 'tls.existingSecret': 'b' },
    { ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'a', 'tls.external': true },
  ],
  missing: [
    { 'httpRoute.enabled': true },
    { sidecars: [{ name: 'a' }, { name: 'b', image: 'b:1' }], initContainers: [{ name: 'c' }] },
    { ...UI, 'ui.sidecars': [{ name: 'a' }], 'ui.initContainers': [{ name: 'b' }] },
  ],
  'gateway-without-certificate': [{ ...GATEWAY, 'tls.external': true }],
  'new-gateway-without-certificate': [{ ...GATEWAY, 'tls.enabled': false }],
  'gateway-without-tls': [{ ...EXISTING_GATEWAY, 'httpRoute.gateway.https': false }],
  'certificate-shown-to-nobody': [{ ...EXISTING_GATEWAY, 'tls.existingSecret': 'a' }],
  'helm-annotation-for-all-objects': [
    { commonAnnotations: { 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': '1' } },
    { commonAnnotations: { a: 'b', 'helm.sh/resource-policy': 'keep' } },
  ],
  'helm-label-for-all-objects': [
    { commonLabels: { 'helm.sh/hook': 'pre-install', 'helm.sh/chart': 'mine', team: 'a' } },
  ],
  'image-registry-of-itself': [
    { 'global.imageRegistry': 'registry.localhost:5000/hub' },
    { ...INGRESS, host: 'registry.example.com', 'global.imageRegistry': 'registry.example.com' },
    {
      ...INGRESS,
      pullAddress: 'pull.example.com:8443',
      'global.imageRegistry': 'pull.example.com:8443/a',
      'auth.enabled': false,
    },
  ],
  'issuer-for-all-objects': [{ commonAnnotations: { 'cert-manager.io/issuer': 'a' } }],
  'two-issuers': [
    {
      ...INGRESS,
      'ingress.annotations': { 'cert-manager.io/issuer': 'a', 'cert-manager.io/cluster-issuer': 'b' },
    },
    {
      ...GATEWAY,
      'httpRoute.annotations': { 'cert-manager.io/issuer-kind': 'a' },
      'httpRoute.gateway.annotations': { 'cert-manager.io/cluster-issuer': 'b' },
    },
  ],
  'certificate-from-two-sources': [
    { ...ORDERED, 'tls.external': true },
    { ...ORDERED, 'tls.enabled': false },
    {
      ...UI_HOST,
      ...ORDERED,
      fullnameOverride: 'images',
      'tls.existingSecret': 'images-ui-tls',
      'tls.enabled': false,
    },
  ],
  'secret-ordered-and-written': [
    {
      ...GATEWAY,
      ...UI_HOST,
      'ingress.enabled': false,
      host: '192.0.2.1',
      'tls.certManager.enabled': true,
      'tls.certManager.issuer.name': 'a',
      'httpRoute.gateway.annotations': { 'cert-manager.io/issuer': 'a' },
    },
    { ...GATEWAY, 'httpRoute.gateway.annotations': { 'cert-manager.io/issuer': 'a' } },
  ],
  'secret-ordered-twice': [
    { ...UI_HOST, ...ORDERED, 'tls.existingSecret': 'images-ui-tls', fullnameOverride: 'images' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const OF_THE_UI = {
  'ui-needs-a-route': [{ 'ui.enabled': true }],
  'ui-path-of-the-api': [{ ...UI, 'ui.path': '/v2' }],
  'ui-host-of-the-registry': [
    { ...UI, 'ui.host': 'registry.localhost' },
    { ...UI, 'ui.host': 'registry.localhost', host: '192.0.2.1' },
  ],
  'cors-ui-with-login': [{ ...UI_HOST, 'ui.cors': true }],
  'registry-ca-without-tls': [{ ...UI_HOST, 'ui.registryCaSecret': 'a' }],
  'ui-tls-without-tls': [{ ...UI_HOST, 'ui.tlsSecret': 'a', 'tls.enabled': false, 'auth.enabled': false }],
  'section-without-gateway': [{ ...UI_HOST, 'ui.sectionName': 'a' }],
  'no-effect-here': [
    { ...GATEWAY, 'ui.enabled': true, 'ui.host': 'images.example.com', 'ui.sectionName': 'a' },
    { ...EXISTING_GATEWAY, 'ui.enabled': true, 'ui.host': 'images.example.com', 'ui.tlsSecret': 'a' },
  ],
  'login-secret-without-login': [{ ...UI, 'ui.loginSecret': 'a' }],
  'ui-login-without-users': [{ ...UI_LOGIN, 'auth.enabled': false, 'auth.realm': 'A;b' }],
  'ui-login-at-a-gateway': [{ ...GATEWAY, 'ui.enabled': true, 'ui.login': true }],
  'ui-login-at-haproxy': [{ ...UI, 'ui.login': true, 'ingress.className': 'haproxy' }],
  'ui-login-at-unknown-controller': [{ ...UI, 'ui.login': true, 'ingress.className': 'nginx' }],
  'realm-unsupported': [{ ...UI_LOGIN, 'auth.realm': 'A;b' }],
  'htpasswd-under-another-key': [{ ...UI_LOGIN, 'auth.existingSecret': 'users' }],
  'htpasswd-of-unknown-type': [
    { ...UI_LOGIN, 'ingress.controller': 'F5_NGINX', 'auth.existingSecret': 'users' },
  ],
  'ui-deletion-without-deletion': [{ ...UI, 'ui.deleteImages': true }],
  'ui-deletion-of-read-only-storage': [
    { ...UI, 'ui.deleteImages': true, 'storage.deletion': true, 'storage.readOnly': true },
  ],
  'labels-of-hidden-history': [{ ...UI, 'ui.showTagHistory': false, 'ui.historyCustomLabels': ['a'] }],
  'variable-breaks-the-ui': [
    {
      ...UI,
      'ui.extraEnv': [
        { name: 'THEME_A', value: 'a~b' },
        { name: 'NGINX_A', value: "a,b'" },
        { name: 'NGINX_PROXY_HEADER_A', value: '^' },
        { name: 'SHOW_A', value: 'a\nb' },
        { name: 'REGISTRY_A', value: `${'long '.repeat(20)}\u0001` },
        { name: 'MINE', value: '~' },
      ],
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const SCALED = { 'autoscaling.enabled': true, 'autoscaling.maxReplicas': 4 };

const OF_PODS = {
  'replicas-need-shared-storage': [
    { replicaCount: 3 },
    { replicaCount: 2, 'persistence.enabled': false },
    SCALED,
    { replicaCount: 1_000_000, 'persistence.accessMode': 'ReadWriteOncePod' },
    { replicaCount: 2, ...FOLDER, 'persistence.accessMode': 'ReadWriteMany' },
  ],
  'replicas-beside-autoscaling': [
    { ...AMAZON, ...SCALED, replicaCount: 2 },
    { ...SCALED, replicaCount: 3 },
  ],
  'autoscaling-without-maximum': [
    { ...AMAZON, 'autoscaling.enabled': true },
    { 'autoscaling.enabled': true, 'autoscaling.minReplicas': 3 },
  ],
  'not-in-range': [
    { ...AMAZON, ...SCALED, 'autoscaling.minReplicas': 5 },
    { ...AMAZON, ...SCALED, 'autoscaling.minReplicas': 5, 'podDisruptionBudget.minAvailable': 2 },
  ],
  'cpu-not-above-zero': [{ ...AMAZON, ...SCALED, 'autoscaling.averageCpu': '0' }],
  'not-a-go-expression': [
    {
      'configuration.foreignLayerUrls': [
        '',
        'a(?=b)',
        'a(?<!b)',
        '(a)\\1',
        'a)(b',
        '[a',
        'a\\',
        '*a',
        '^https://a/',
      ],
    },
  ],
  'cache-with-replicas': [
    {
      replicaCount: 2,
      'persistence.accessMode': 'ReadWriteMany',
      'storage.descriptorCache.type': 'inmemory',
      'storage.deletion': true,
    },
  ],
  'not-an-address-of-redis': ['', 'redis://redis:6379', 'me:hunter2@redis', 'redis?a'].map((address) => ({
    'storage.descriptorCache.type': 'redis',
    'storage.descriptorCache.address': address,
  })),
  'redis-ca-without-tls': [
    { ...REDIS, 'storage.descriptorCache.caSecret': 'ca', 'storage.descriptorCache.withoutTls': true },
  ],
  'redis-user-without-password': [{ ...REDIS, 'storage.descriptorCache.username': 'images' }],
  'redis-tls-unknown-to-version': [{ ...REDIS, 'image.tag': '2.8.3' }],
  'redis-user-unknown-to-version': [
    {
      ...REDIS,
      'image.tag': '2.8.3',
      'storage.descriptorCache.withoutTls': true,
      'storage.descriptorCache.username': 'images',
      'storage.descriptorCache.existingSecret': 'redis',
    },
  ],
  'valkey-name-too-long': [{ 'storage.descriptorCache.type': 'valkey', fullnameOverride: 'a'.repeat(47) }],
  'valkey-memory-too-small': [
    { 'storage.descriptorCache.type': 'valkey', 'storage.descriptorCache.memory': '1023Ki' },
  ],
  'collection-beside-shared-cache': [REDIS, { 'storage.descriptorCache.type': 'valkey' }].map((cache) => ({
    ...cache,
    'garbageCollection.onStart': true,
    'storage.deletion': true,
  })),
  'raw-cache-with-replicas': [
    ...[{ blobdescriptor: 'inmemory' }, { layerinfo: 'inmemory' }].map((cache) => ({
      replicaCount: 2,
      'persistence.accessMode': 'ReadWriteMany',
      'storage.deletion': true,
      'configuration.extra': { storage: { cache } },
    })),
    {
      ...AMAZON,
      replicaCount: 3,
      'configuration.extra': {
        storage: { cache: { blobdescriptor: 'inmemory' }, delete: { enabled: true } },
      },
    },
  ],
  'collection-beside-replicas': [2, 3].map((replicaCount) => ({
    ...AMAZON,
    replicaCount,
    'garbageCollection.onStart': true,
    'storage.deletion': true,
  })),
  'collection-of-read-only-storage': [
    { 'garbageCollection.onStart': true, 'storage.deletion': true, 'storage.readOnly': true },
    {
      'garbageCollection.onStart': true,
      'storage.deletion': true,
      'configuration.extra': { storage: { maintenance: { readonly: { enabled: true } } } },
    },
  ],
  'collection-of-ephemeral-storage': [{ 'garbageCollection.onStart': true, 'persistence.enabled': false }],
  'collection-without-deletion': [{ 'garbageCollection.onStart': true }],
  'volume-said-twice': [
    { ...FOLDER, ...AMAZON },
    { ...FOLDER, 'persistence.enabled': false },
    { ...FOLDER, 'persistence.existingClaim': 'images' },
    { ...FOLDER, ...GCS, 'persistence.enabled': false, 'persistence.existingClaim': 'images' },
    { 'persistence.enabled': false, 'persistence.existingClaim': 'images' },
    { ...AMAZON, 'persistence.existingClaim': 'images' },
    { caches: [{ upstream: 'docker.io', persistence: { enabled: false, existingClaim: 'images' } }] },
  ],
  'host-path-missing': [
    { 'persistence.hostPath.nodeName': 'worker-1', 'persistence.hostPath.fixOwner': true },
    { ...AMAZON, 'persistence.hostPath.volumeName': 'images' },
  ],
  'key-said-twice': [
    {
      ...AMAZON,
      'storage.s3.existingSecret': 'a',
      'storage.s3.accessKeyId': 'b',
      'storage.s3.secretAccessKey': 'c',
    },
    { ...AMAZON, ...OLD, 'storage.s3.existingSecret': 'a', 'storage.s3.secretAccessKey': 'c' },
    { ...GCS, 'storage.gcs.existingSecret': 'a', 'storage.gcs.keyFile': '"service_account"' },
    ...['accountKey', 'clientSecret'].map((key) => ({
      ...AZURE,
      'storage.azure.accountKey': '',
      'storage.azure.existingSecret': 'a',
      [`storage.azure.${key}`]: 'b',
    })),
    { ...SWIFT, 'storage.swift.existingSecret': 'a', 'storage.swift.password': 'b' },
  ],
  'owner-unknown': [{ ...FOLDER, 'persistence.hostPath.fixOwner': true, userFromPlatform: true }],
  'user-given-twice-over': [
    { userFromPlatform: true, userId: 1_000_000 },
    { ...UI, 'ui.userFromPlatform': true, 'ui.userId': 102, userId: 102 },
  ],
  'user-in-security-context': [
    { podSecurityContext: { runAsUser: 1_000_650_000, runAsGroup: 2, fsGroup: 3 } },
    { ...UI, 'ui.securityContext': { runAsUser: 1, runAsGroup: 2 }, 'ui.podSecurityContext': { fsGroup: 3 } },
  ],
  'pod-weakened': [
    { podSecurityContext: { runAsUser: 0, runAsGroup: 0, fsGroup: 0, runAsNonRoot: false } },
    {
      securityContext: {
        privileged: true,
        allowPrivilegeEscalation: true,
        runAsNonRoot: false,
        runAsUser: 0,
      },
    },
    { ...UI, 'ui.securityContext': { privileged: true }, 'ui.podSecurityContext': { runAsUser: 0 } },
    ...[
      { privileged: true, allowPrivilegeEscalation: true, runAsNonRoot: false, runAsUser: 0 },
      { privileged: null, allowPrivilegeEscalation: null, runAsNonRoot: null, capabilities: null },
      { runAsUser: null, runAsGroup: null, readOnlyRootFilesystem: null },
    ].flatMap((securityContext) => [
      { sidecars: [{ name: 'a', securityContext }] },
      { ...UI, 'ui.initContainers': [{ name: 'a' }, { name: 'b', securityContext }] },
    ]),
    { sidecars: [{ name: 'a', ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }] }] },
    {
      extraVolumes: [
        { name: 'a', hostPath: { path: '/' } },
        { name: 'config', hostPath: { type: 'File' } },
      ],
    },
    {
      ...UI,
      'ui.extraVolumes': [
        { name: 'a', hostPath: { path: '/etc' } },
        { name: 'b', hostPath: {} },
      ],
    },
  ],
  'seccomp-profile-not-a-path': [
    ...['/profiles/a.json', '..', '../a', 'a/..', 'a/../b'].map((localhostProfile) => ({
      podSecurityContext: { seccompProfile: { type: 'Localhost', localhostProfile } },
    })),
    { ...UI, 'ui.securityContext': { seccompProfile: { type: 'Localhost', localhostProfile: '/a' } } },
    {
      sidecars: [
        {
          name: 'a',
          image: 'a:1',
          securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: '../a' } },
        },
      ],
    },
  ],
  'sysctl-given-twice': [
    {
      podSecurityContext: {
        sysctls: ['net.ipv4.tcp_syncookies', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_syncookies'].map(
          (name, index) => ({ name, value: String(index) }),
        ),
      },
    },
  ],
  'capabilities-kept': [
    { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } } },
    { securityContext: { capabilities: { drop: ['NET_RAW'] } } },
    { ...UI, 'ui.securityContext': { capabilities: {} } },
    {
      initContainers: [
        { name: 'a', securityContext: { capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } } },
      ],
    },
    { sidecars: [{ name: 'a', securityContext: { capabilities: { drop: ['NET_RAW'] } } }] },
  ],
  'root-file-system-writable': [
    { securityContext: { readOnlyRootFilesystem: false } },
    { ...UI, 'ui.securityContext': { readOnlyRootFilesystem: false } },
  ],
  'no-such-probe': [
    { 'livenessProbe.initialDelaySeconds': 0, 'livenessProbe.periodSeconds': 60 },
    { ...INGRESS, 'tls.termination': 'POD', 'livenessProbe.failureThreshold': 1_000_000 },
  ],
  'no-disruption-budget': [
    { 'podDisruptionBudget.maxUnavailable': 1 },
    {
      ...AMAZON,
      replicaCount: 2,
      'podDisruptionBudget.enabled': false,
      'podDisruptionBudget.minAvailable': 1,
      'podDisruptionBudget.maxUnavailable': 1,
    },
  ],
  'disruption-budget-given-twice': [
    {
      ...AMAZON,
      replicaCount: 2,
      'podDisruptionBudget.minAvailable': 2,
      'podDisruptionBudget.maxUnavailable': 1,
    },
  ],
  'disruption-budget-blocks-drains': [
    { 'podDisruptionBudget.enabled': true, 'podDisruptionBudget.minAvailable': 1 },
    ...[2, 3].map((minAvailable) => ({
      ...AMAZON,
      replicaCount: 2,
      'podDisruptionBudget.minAvailable': minAvailable,
    })),
  ],
  'dns-policy-without-nameservers': [
    { dnsPolicy: 'None' },
    { ...UI, 'ui.dnsPolicy': 'None', 'ui.dnsConfig': { nameservers: [], searches: ['a'] } },
  ],
  'not-a-name': [
    { extraEnv: [{ name: 'a b' }], extraVolumes: [{ name: 'A' }], sidecars: [{ name: 'a.b' }] },
    { ...UI, 'ui.initContainers': [{ name: '' }] },
  ],
  'name-taken-in-pod': [
    { extraEnv: [{ name: 'A' }, { name: 'A' }], extraVolumes: [{ name: 'config' }, { name: 'data' }] },
    {
      sidecars: [{ name: 'registry' }, { name: 'a' }],
      initContainers: [{ name: 'a' }, { name: 'b' }, { name: 'b' }],
    },
    { ...MINIO, extraEnv: [{ name: 'AWS_ACCESS_KEY_ID' }] },
    ...['accessKeyId', 'secretAccessKey'].map((key) => ({
      ...AMAZON,
      [`storage.s3.${key}`]: 'a',
      extraEnv: [{ name: 'AWS_SECRET_ACCESS_KEY' }],
    })),
    { ...FOLDER, 'persistence.hostPath.fixOwner': true, sidecars: [{ name: 'fix-owner' }] },
    {
      'garbageCollection.onStart': true,
      'storage.deletion': true,
      sidecars: [{ name: 'collect-garbage' }],
    },
    {
      ...UI_HOST,
      'tls.termination': 'POD',
      'ui.sidecars': [{ name: 'prepare' }],
      'ui.extraVolumes': [{ name: 'registry-ca' }],
      'ui.extraEnv': [
        { name: 'REGISTRY_URL', value: 'a' },
        { name: 'NGINX_PROXY_PASS_URL', value: 'b' },
      ],
    },
  ],
  'not-a-volume-of-the-pod': [
    {
      extraVolumes: [{ name: 'A' }],
      extraVolumeMounts: ['A', 'b'].map((name) => ({ name, mountPath: '/a' })),
    },
    { ...UI, 'ui.extraVolumeMounts': [{ name: 'config', mountPath: '/a' }] },
  ],
  'mount-path-taken': [
    { extraVolumeMounts: ['/auth', '/a', '/a'].map((mountPath) => ({ name: 'config', mountPath })) },
    ...['/auth/', '//auth', '/auth//', '/./auth', '/x/../auth', '/../auth/.'].map((mountPath) => ({
      extraVolumeMounts: [{ name: 'config', mountPath }],
    })),
    { extraVolumeMounts: ['/', '//', '/a/', '/b/../a'].map((mountPath) => ({ name: 'config', mountPath })) },
    { ...UI, 'ui.extraVolumeMounts': [{ name: 'tmp', mountPath: '/etc/nginx' }] },
  ],
  'owned-variable': [
    {
      extraEnv: [
        'REGISTRY_LOG_LEVEL',
        'REGISTRY_HTTP',
        'REGISTRY_HTTP_SECRET',
        'REGISTRY_AUTH_TOKEN',
        'REGISTRY_STORAGE',
        'REGISTRY_STORAGE_GCS_BUCKET',
        'REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR',
        'REGISTRY_STORAGE_REDIRECT_DISABLE',
      ].map((name) => ({ name })),
    },
  ],
  'not-an-image': [
    { sidecars: [{ name: 'a', image: 'A:1' }], initContainers: [{ name: 'b', image: '' }] },
    { initContainers: [{ name: 'a', image: 7 }] },
  ],
  'image-without-tag': [
    { sidecars: ['busybox', 'localhost:5000/a', 'a.b/c/d'].map((image, n) => ({ name: `a${n}`, image })) },
    { ...UI, 'ui.sidecars': [{ name: 'a', image: 'a' }], 'ui.initContainers': [{ name: 'b', image: 'b' }] },
  ],
  'image-tagged-latest': [
    { sidecars: [{ name: 'a', image: 'a:latest' }], initContainers: [{ name: 'b', image: 'b:latest' }] },
  ],
  'own-annotation': [
    { podAnnotations: { 'checksum/config': 'a' } },
    { ...UI, 'ui.podAnnotations': { 'checksum/registry-ca': 'a' } },
  ],
  'limit-below-request': [
    { 'resources.requests.memory': '1Gi', 'resources.limits.memory': '512Mi' },
    { 'resources.requests.cpu': '0.5', 'resources.limits.cpu': '200m' },
    { ...UI, 'ui.resources.requests.cpu': '2', 'ui.resources.limits.cpu': '1' },
  ],
  'metrics-open-to-everybody': [{ 'metrics.enabled': true, 'networkPolicy.enabled': false }],
  'allow-from-without-policy': [
    {
      'metrics.enabled': true,
      'networkPolicy.enabled': false,
      'metrics.insecureWithoutNetworkPolicy': true,
      'metrics.allowFrom': [{ podSelector: {} }],
    },
  ],
  'egress-open-to-everywhere': [
    { 'networkPolicy.allowTo': [{ ports: [{ port: 1 }] }, { to: [], ports: [{ port: 1 }] }] },
    { ...UI, 'ui.networkPolicy.allowTo': [{ to: [], ports: [{ port: 1 }] }] },
  ],
  'egress-unlimited': [
    { 'networkPolicy.allowTo': [{}, { to: [] }, { ports: [] }, { to: [], ports: [] }] },
    { ...UI, 'ui.networkPolicy.allowTo': [{}] },
    { 'secrets.source': 'job', 'secrets.job.apiServer': [{}] },
    // Of the pod of `helm test`, too.
    { 'verification.allowTo': [{}] },
  ],
  'not-an-end-port': [
    { 'networkPolicy.allowTo': [{ ports: [0, 79, 65536].map((endPort) => ({ port: 80, endPort })) }] },
    { ...UI, 'ui.networkPolicy.allowTo': [{ ports: [{ port: 80, endPort: 1 }] }] },
  ],
  'end-port-without-port': [
    { 'networkPolicy.allowTo': [{ ports: [{ endPort: 80 }, { port: 'http', endPort: 80 }] }] },
  ],
  'not-within-range': [
    ...[
      [
        '10.0.0.0/8',
        '010.1.0.0/9',
        '10.1.0.0/09',
        '192.168.0.0/16',
        '10.0.0.0/8',
        '0.0.0.0/0',
        '10.0.0.1',
        'x',
        '::/16',
      ],
      ['0.0.0.0/0', '::/1', '0.0.0.0/0'],
      ['fd00::/8', 'fe00::/16', 'fd00::/7', '1.2.3.4/16', ':::/9'],
      ['::ffff:1.2.3.4/100', '::1.2.3.4/128', '::ffff:1.2.3.4/99', '::fff0:0102:0304/110'],
    ].flatMap(([cidr, ...except]) => [
      { 'networkPolicy.allowFrom': [{ ipBlock: { cidr, except } }] },
      { 'networkPolicy.allowTo': [{ to: [{ ipBlock: { cidr, except } }] }] },
    ]),
  ],
  'spread-key-selected': [
    {
      topologySpreadConstraints: [
        { ...SPREAD, matchLabelKeys: ['pod-template-hash', 'app.kubernetes.io/name'] },
      ],
    },
    {
      ...UI,
      'ui.topologySpreadConstraints': [
        {
          ...SPREAD,
          labelSelector: {
            matchLabels: { app: 'a' },
            matchExpressions: [{ key: 'tier', operator: 'Exists' }],
          },
          matchLabelKeys: ['app.kubernetes.io/name', 'tier', 'app'],
        },
      ],
    },
  ],
  'spread-said-twice': [
    { topologySpreadConstraints: [SPREAD, SPREAD] },
    { ...UI, 'ui.topologySpreadConstraints': [SPREAD, SPREAD, SPREAD] },
  ],
  'peer-names-nobody': [
    { ...UI_HOST, 'networkPolicy.allowFrom': [{}] },
    { ...UI, 'networkPolicy.allowFrom': [{}] },
    {
      ...UI_HOST,
      'networkPolicy.allowFrom': [{}],
      'ui.networkPolicy.allowFrom': [{ podSelector: {} }],
    },
    { 'metrics.enabled': true, 'metrics.allowFrom': [{}] },
    { 'networkPolicy.allowTo': [{ to: [{}] }] },
  ],
  'range-beside-selector': [
    { 'networkPolicy.allowFrom': [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] },
  ],
  'not-an-address-range': [
    {
      'networkPolicy.allowFrom': [
        '10.0.0.0',
        '10.0.0.256/8',
        '::/129',
        ':::/8',
        '::1.2.3.4/8',
        'fd00::/32',
      ].map((cidr) => ({
        ipBlock: { cidr },
      })),
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const OF_CONFIGURATION = {
  'second-login': [{ 'configuration.extra': { auth: { token: { realm: 'a' } } } }],
  'second-storage': [{ 'configuration.extra': { storage: { s3: {}, cache: { blobdescriptor: 'redis' } } } }],
  'root-directory-set': [{ 'configuration.extra': { storage: { filesystem: { rootdirectory: '/a' } } } }],
  'map-removed': [{ 'configuration.extra': { storage: 5, log: 'a', http: { headers: ['a'] } } }],
  'http-key-set': [
    { 'configuration.extra': { http: { addr: ':80', net: 'unix', prefix: '/a', tls: { key: 'a' } } } },
    { 'metrics.enabled': true, 'configuration.extra': { http: { debug: { addr: ':1' } } } },
  ],
  'secret-in-config': [{ 'configuration.extra': { http: { secret: 'a' } } }],
  'secret-in-raw-keys': [
    {
      'configuration.extra': {
        redis: { password: 'x', sentinelPassword: 7 },
        proxy: { remoteurl: 'https://a:b@example.com', password: 'c' },
        notifications: { endpoints: [{ headers: { Authorization: ['Bearer x'] } }, { url: 'http://a:b@c' }] },
        reporting: { bugsnag: { apikey: 'x' }, newrelic: { licensekey: 'y' } },
        log: { hooks: [{ options: { smtp: { password: 'a' } } }] },
        storage: { filesystem: { a: { secret_key: 'b', 'private-key': 'c' } } },
      },
    },
    { 'auth.enabled': false, 'configuration.extra': { auth: { token: { secret: 'b' } } } },
  ],
  'secret-of-own-keys': [
    { ...AMAZON, 'configuration.extra': { storage: { s3: { accesskey: 'a', secretkey: 'b' } } } },
    { 'configuration.extra': { auth: { token: { secret: 'b' } }, storage: { azure: { accountkey: 'a' } } } },
  ],
  'secret-in-plain-variable': [
    {
      extraEnv: ['REGISTRY_REDIS_PASSWORD', 'A_PASSWORD', 'AWS_SECRET_ACCESS_KEY'].map((name) => ({
        name,
        value: 'a',
      })),
    },
    { ...UI, 'ui.extraEnv': [{ name: 'REGISTRY_PROXY_PASSWORD', value: 'a' }] },
    {
      ...UI,
      extraEnv: [{ name: 'HTTPS_PROXY', value: 'HTTP://me:pass@proxy.example.com:3128' }],
      'ui.extraEnv': [{ name: 'HTTPS_PROXY', value: 'http://:pass@proxy.example.com:3128' }],
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const OF_STORAGE = {
  'redirect-to-volume': [{ 'storage.redirect': true }],
  'bucket-missing': [
    { 'storage.type': 's3', 'storage.s3.region': 'eu-central-1' },
    { 'storage.type': 'gcs' },
  ],
  'not-an-amazon-bucket': [
    { ...AMAZON, 'storage.s3.bucket': 'Images_of.all' },
    { ...AMAZON, 'storage.s3.bucket': 'ab', 'storage.s3.endpoint': 'https://s3.eu-central-1.amazonaws.com' },
  ],
  'url-with-credentials': [
    ...WITH_PASSWORD.flatMap((url) => [
      { ...AMAZON, 'storage.s3.endpoint': url },
      { ...MINIO, 'storage.s3.endpoint': url, 'storage.s3.ca': PEM, ...OLD },
      { ...AZURE, 'storage.azure.endpoint': url },
      { ...SWIFT, 'storage.swift.authUrl': url },
    ]),
    { ...AZURE, ...OLD, 'storage.azure.prefix': 'a', 'storage.azure.endpoint': 'https://me:pass@a' },
  ],
  'url-with-query': [
    'https://minio/?a',
    'https://s3.amazonaws.com#b',
    '?',
    'minio#a%zz',
    'ftp://a?b',
  ].flatMap((url) => [
    { ...AMAZON, 'storage.s3.endpoint': url },
    { ...MINIO, 'storage.s3.endpoint': url, 'storage.s3.pathStyle': true, ...OLD },
    { ...AZURE, 'storage.azure.endpoint': url },
    { ...SWIFT, 'storage.swift.authUrl': url },
  ]),
  'url-port-out-of-range': [
    'https://minio.example.com:99999',
    'http://minio:0443/path',
    'https://a.amazonaws.com:65536',
    'http://A_:0',
    'https://1.2.3.4:123456789/a b',
  ].flatMap((url) => [
    { ...AMAZON, 'storage.s3.endpoint': url },
    { ...MINIO, 'storage.s3.endpoint': url, 'storage.s3.ca': PEM, ...OLD },
    { ...AZURE, 'storage.azure.endpoint': url },
    { ...AZURE, ...OLD, 'storage.azure.endpoint': url },
    { ...SWIFT, 'storage.swift.authUrl': url },
  ]),
  'region-missing': [{ 'storage.type': 's3', 'storage.s3.bucket': 'images' }],
  'not-an-amazon-region': [{ ...AMAZON, 'storage.s3.region': 'garage' }],
  's3-key-not-usable': [
    { ...AMAZON, 'storage.s3.accessKeyId': 'a' },
    { ...AMAZON, 'storage.s3.secretAccessKey': 'a' },
    ...['S3CR3T x', ' a', 'a\n', '\u00a0', 'a\ufeff', 'a\u0085'].map((key) => ({
      ...AMAZON,
      'storage.s3.accessKeyId': 'a',
      'storage.s3.secretAccessKey': key,
    })),
    { ...AMAZON, 'storage.s3.accessKeyId': 'a b' },
  ],
  's3-keys-missing': [{ ...MINIO, 'storage.s3.existingSecret': '' }],
  'kms-key-without-encryption': [{ ...AMAZON, 'storage.s3.kmsKeyId': 'a', 'storage.s3.encrypt': false }],
  'chunk-size-out-of-range': [
    { ...AMAZON, 'storage.s3.chunkSize': '5119Ki' },
    { ...AMAZON, 'storage.s3.chunkSize': '6Gi' },
    { ...GCS, 'storage.gcs.chunkSize': '255Ki' },
    { ...SWIFT, 'storage.swift.chunkSize': '1023Ki' },
  ],
  'chunk-not-a-multiple': [{ ...GCS, 'storage.gcs.chunkSize': '300Ki' }],
  'ca-given-twice': [{ ...MINIO, 'storage.s3.ca': PEM, 'storage.s3.caSecret': 'a' }],
  'ca-not-used': [{ ...MINIO, 'storage.s3.caSecret': 'a', 'storage.s3.skipVerify': true }],
  'ca-without-https': [
    { ...MINIO, 'storage.s3.endpoint': 'http://minio', 'storage.s3.ca': PEM },
    { ...AMAZON, 'storage.s3.caSecret': 'a' },
  ],
  'private-key-in-ca': [
    { ...MINIO, 'storage.s3.ca': `${PEM}-----BEGIN PRIVATE KEY-----` },
    { 'nodeTrust.enabled': true, 'nodeTrust.ca': `${AUTHORITY}-----BEGIN EC PRIVATE KEY-----` },
  ],
  's3-ca-not-pem': [
    { ...MINIO, 'storage.s3.ca': '-----BEGIN PRIVATE KEY-----\na\n-----END PRIVATE KEY-----\n' },
    { ...MINIO, 'storage.s3.ca': `not at its beginning: ${PEM}` },
    { ...MINIO, 'storage.s3.ca': `not at its beginning: ${PEM}`, extraVolumes: [{ name: 'storage-ca' }] },
  ],
  'service-account-unknown-to-version': [{ ...AMAZON, ...OLD }],
  'storage-class-unknown-to-version': [{ ...MINIO, ...OLD, 'storage.s3.storageClass': 'GLACIER_IR' }],
  'path-style-unknown-to-version': [
    { ...MINIO, ...OLD, 'storage.s3.pathStyle': false },
    { ...AMAZON, ...OLD, 'storage.s3.existingSecret': 'a', 'storage.s3.pathStyle': true },
  ],
  'key-file-not-json': ['{"type": "service_account"', 'S3CR3T', ' ', '1,2', '{},{}', '1], [2'].map(
    (file) => ({
      ...GCS,
      'storage.gcs.keyFile': file,
    }),
  ),
  'not-a-key-file': [
    { ...GCS, 'storage.gcs.keyFile': '{"type": "service_account"}' },
    ...['["service_account"]', 'null', '5', '"a"', ' "a"'].map((file) => ({
      ...GCS,
      'storage.gcs.keyFile': file,
    })),
    ...[
      { a: 'service_account', client_email: 'a', private_key: 'b' },
      { type: 'service_account', client_email: 'a' },
      { type: 'service_account', private_key: 'b' },
    ].map((file) => ({ ...GCS, 'storage.gcs.keyFile': JSON.stringify(file) })),
    { ...GCS, 'storage.gcs.keyFile': '"service_account"' },
  ],
  'signing-unknown-to-version': [{ ...GCS, 'image.version': 'V2', 'storage.gcs.signing': true }],
  'redirect-without-key-file': [{ ...GCS, ...OLD, 'storage.redirect': true }],
  'redirect-without-signing': [{ ...GCS, 'storage.redirect': true }],
  'not-an-azure-account': [{ ...AZURE, 'storage.azure.accountName': '' }],
  'not-an-azure-container': [{ ...AZURE, 'storage.azure.container': '' }],
  'not-an-entra-id': [
    { ...AZURE, 'storage.azure.identity': 'clientSecret', 'storage.azure.clientSecret': 'a' },
  ],
  'azure-secret-not-usable': [
    { ...AZURE, 'storage.azure.accountKey': '' },
    { ...AZURE, 'storage.azure.accountKey': 'S3CR3T x' },
    { ...AZURE, 'storage.azure.identity': 'clientSecret' },
    { ...AZURE, 'storage.azure.identity': 'clientSecret', 'storage.azure.clientSecret': 'S3CR3T\nx' },
  ],
  'swift-password-in-clear': [
    { ...SWIFT, 'storage.swift.authUrl': 'http://keystone.example.com/v3' },
    {
      ...SWIFT,
      'storage.swift.password': '',
      'storage.swift.authUrl': `http://${'keystone'.repeat(7)}:5000/`,
    },
  ],
  'url-empty': [{ ...SWIFT, 'storage.swift.authUrl': '' }],
  'not-a-single-line': [
    { ...SWIFT, 'storage.swift.container': '' },
    { ...SWIFT, 'storage.swift.username': '' },
    { 'storage.type': 'swift' },
  ],
  'swift-password-not-usable': ['', 'S3CR3T x', '\t'].map((password) => ({
    ...SWIFT,
    'storage.swift.password': password,
  })),
  'swift-unknown-to-version': [{ ...SWIFT, 'image.tag': '3.1.1' }],
  'azure-identity-unknown-to-version': [{ ...AZURE, ...OLD, 'storage.azure.identity': 'defaultCredentials' }],
  'setting-unknown-to-version': [
    { ...AZURE, ...OLD, 'storage.azure.prefix': 'a', 'storage.azure.endpoint': 'https://a.example.com' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** Samples by code: values by their paths, and `release` for the name of the release. */
const OF_ALL = {
  ...OF_ADDRESSES,
  ...OF_ROUTES,
  ...OF_THE_UI,
  ...OF_PODS,
  ...OF_CONFIGURATION,
  ...OF_STORAGE,
  ...OF_CLIENTS,
  ...OF_EXTRA_OBJECTS,
  ...OF_TOKENS,
  ...OF_ACCESS,
  ...OF_CACHES,
  ...OF_COLLECTION,
  ...OF_SNAPSHOTS,
  ...OF_VELERO,
  ...OF_RETENTION,
  ...OF_COPIES,
  ...OF_PREFETCH,
  ...OF_MONITORING,
  ...OF_VERIFICATION,
  'not-a-schedule': [...OF_PREFETCH['not-a-schedule'], ...OF_VERIFICATION['not-a-schedule']],
  'schedule-never-comes': [
    ...OF_PREFETCH['schedule-never-comes'],
    ...OF_VERIFICATION['schedule-never-comes'],
  ],
  'time-limit-not-in-range': [
    ...OF_COLLECTION['time-limit-not-in-range'],
    ...OF_RETENTION['time-limit-not-in-range'],
    ...OF_PREFETCH['time-limit-not-in-range'],
    ...OF_VERIFICATION['time-limit-not-in-range'],
  ],
};

const LIKE: readonly Readonly<Record<string, readonly ByPath[]>>[] = [
  LIKE_A_REGISTRY,
  LIKE_A_POD,
  LIKE_A_SCHEDULE,
  LIKE_A_COLLECTION,
  ALSO_OF_RETENTION,
  ALSO_OF_COPIES,
];

/** All samples. Some codes are about a registry, and about the caches on its host. */
export const BY_RULES: Readonly<Record<string, readonly ByPath[]>> = {
  ...Object.fromEntries(
    Object.entries<readonly ByPath[]>(OF_ALL).map(([code, all]) => [
      code,
      [...all, ...LIKE.flatMap((more) => more[code] ?? [])],
    ]),
  ),
};
