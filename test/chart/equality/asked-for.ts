// Values that mutants of the templates asked for: each reaches a condition that few others reach.
import { OF_CLIENTS } from '../refusals/clients';
import { objectOf } from '../refusals/extra-objects';
import { LINES } from '../value-sets/value-set';
import {
  AMAZON,
  AZURE,
  env,
  extra,
  GATEWAY,
  GCS,
  INGRESS,
  KEY_FILES,
  OLD,
  ON_HOST,
  PEERS,
  secretRef,
  UI,
  WRONG_PEERS,
} from './asked-parts';
import type { ByPath } from './combinations';

export const ASKED_FOR: readonly ByPath[] = [
  {
    'persistence.hostPath.path': '/srv/registry',
    extraObjects: [objectOf('v1', 'PersistentVolume', 'images-of-all.registry', 'any')],
  },
  // Raw keys, and variables that change them.
  ...[false, true].map((login) => extra({ auth: { token: { realm: 'a' } } }, { 'auth.enabled': login })),
  ...[false, true].map((metrics) =>
    extra({ http: { debug: { addr: ':1' } } }, { 'metrics.enabled': metrics }),
  ),
  extra({ http: { debug: null } }, { 'metrics.enabled': true }),
  ...[
    'REGISTRY_AUTH',
    'REGISTRY_HTTP_S3',
    'REGISTRY_LOG_S3_A',
    'REGISTRY_STORAGE',
    'REGISTRY_STORAGE_S3_BUCKET',
  ].map((name) => env({ name, value: '' })),
  ...['HEALTH', 'HTTP_HEADERS', 'HTTP_HEADERS_X', 'LOG', 'LOG_FIELDS', 'NOTIFICATIONS'].map((name) =>
    env({ name: `REGISTRY_${name}`, value: 'a' }),
  ),
  env({ name: 'REGISTRY_AUTH_TOKEN_REALM', value: 'a' }),
  { 'auth.enabled': false, ...env({ name: 'REGISTRY_AUTH_TOKEN_REALM', value: 'a' }) },
  // Secrets in variables.
  ...[{}, { optional: true }, { optional: false }, { key: '' }, { name: '' }].map((more) =>
    env(...secretRef(more)),
  ),
  env({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }),
  env({ name: 'REGISTRY_REDIS_ADDR', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }),
  // Variables that may replace the chart's.
  ...['OTEL_TRACES_EXPORTER', 'GOMEMLIMIT', 'GOGC'].map((name) => env({ name, value: '1' })),
  { ...AMAZON, 'storage.s3.existingSecret': 'keys', ...env({ name: 'AWS_ACCESS_KEY_ID', value: '1' }) },
  // Where pods connect to.
  ...['http://proxy:3128', 'https://proxy', 'http://proxy.example.com', 'http://10.0.0.1', 'proxy'].flatMap(
    (value) => [
      env({ name: 'HTTP_PROXY', value }),
      env({ name: 'HTTPS_PROXY', value }),
      env({ name: 'OTHER', value }),
    ],
  ),
  env({ name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }),
  env({ name: 'OTHER', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }),
  env({ name: 'HTTPS_PROXY' }),
  env({
    name: 'REGISTRY_NOTIFICATIONS_ENDPOINTS',
    value: '- url: http://a.example.com:80/b\n- {url: "https://c"}',
  }),
  env({ name: 'REGISTRY_NOTIFICATIONS_ENDPOINTS', value: '[{url: "http://d:81"}]' }),
  env({ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector:4318' }),
  { 'networkPolicy.enabled': false, ...env({ name: 'HTTP_PROXY', value: 'http://proxy:3128' }) },
  ...[
    { addr: 'a:0' },
    { addr: 'a:65535' },
    { addr: 'a:65536' },
    { addr: '12' },
    { addr: '12:6379' },
    { addr: 5 },
    { addr: '[fd00::1]:6380' },
    { addr: '???', mastername: 'm' },
  ].map((redis) => extra({ redis })),
  ...[{ mastername: 'm' }, { sentinelmasterset: 'm' }, {}].map((more) =>
    extra({ redis: { addrs: ['a', 'b:1'], ...more } }),
  ),
  extra({ redis: { addr: 'unix:/run/redis' } }),
  extra({ health: { tcp: [{ addr: 'unix:/a' }, { addr: 'b:1' }, { addr: '12' }] } }),
  ...[true, false].map((disabled) =>
    extra({ notifications: { endpoints: [{ url: 'http://a.example.com', disabled }] } }),
  ),
  ...['https://a.example.com', 'http://b:5000', 'c'].map((remoteurl) =>
    extra({ proxy: { remoteurl, disabled: true } }),
  ),
  // Google's keys and redirects.
  ...KEY_FILES.flatMap((file) =>
    [{}, OLD, { 'storage.redirect': true }].map((more) => ({
      ...GCS,
      'storage.gcs.keyFile': JSON.stringify(file),
      ...more,
    })),
  ),
  ...['"service_account"', '["service_account"]', '{"a": "service_account"}', '"a', ' "service_account"'].map(
    (keyFile) => ({
      ...GCS,
      'storage.gcs.keyFile': keyFile,
    }),
  ),
  ...[true, false].flatMap((redirect) =>
    [{}, { 'storage.gcs.signing': true }, { 'storage.gcs.existingSecret': 'key' }].map((more) => ({
      ...GCS,
      'storage.redirect': redirect,
      ...more,
    })),
  ),
  // Amazon's and other buckets.
  { ...AMAZON, 'storage.s3.region': 'here' },
  ...[true, false].map((pathStyle) => ({ ...AMAZON, ...OLD, 'storage.s3.pathStyle': pathStyle })),
  ...['ca', 'caSecret'].map((key) => ({
    ...AMAZON,
    [`storage.s3.${key}`]:
      key === 'ca' ? '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' : 'ca',
  })),
  ...[{}, { 'storage.s3.caSecret': 'ca' }].map((more) => ({
    ...AMAZON,
    'storage.s3.ca': 'x -----BEGIN CERTIFICATE-----',
    ...more,
  })),
  ...['yes', 'plain', '12', 'a>b'].map((accountKey) => ({
    ...AZURE,
    'storage.azure.accountKey': accountKey,
  })),
  { ...AZURE, 'storage.azure.accountKey': 'a', 'storage.azure.endpoint': 'https://storage.example.com' },
  { ...AMAZON, 'storage.s3.endpoint': 'http://minio', 'storage.s3.secretAccessKey': 'b' },
  // Pull secrets of a name in use, and nodes that trust the CA already.
  ...OF_CLIENTS['pull-secret-name-in-use'].flatMap((one) => [
    one,
    { ...one, 'pullSecret.namespaces': ['shop'] },
  ]),
  { 'nodeTrust.enabled': true, 'tls.existingSecret': 'a', 'nodeTrust.mirrorOf': ['docker.io'] },
  // Amounts.
  ...['requests', 'limits'].flatMap((of) => [
    { [`resources.${of}.cpu`]: '3' },
    { [`resources.${of}.memory`]: '3Gi' },
  ]),
  // A directory of a node, whose owner is changed by the registry's image.
  {
    'persistence.hostPath.path': '/srv/registry',
    'persistence.hostPath.fixOwner': true,
    'persistence.existingClaim': 'images',
  },
  {
    'persistence.hostPath.path': '/srv/registry',
    'persistence.hostPath.fixOwner': true,
    'image.pullPolicy': 'Always',
    'image.digest': `sha256:${'a'.repeat(64)}`,
    userId: 1000,
    initContainers: [{ name: 'first', image: 'busybox:1.37' }],
    'storage.deletion': true,
    'garbageCollection.onStart': true,
  },
  // Users.
  { 'auth.htpasswd': `# c:d\n${LINES.alice}\n  # e\n${LINES.bob}` },
  { ...UI, 'ingress.controller': 'F5_NGINX', 'auth.existingSecret': 'users', 'ui.login': true },
  ...['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK'].flatMap((controller) =>
    [{}, { 'ui.loginSecret': 'ui-users' }].map((more) => ({
      ...UI,
      'ingress.controller': controller,
      'auth.existingSecret': 'users',
      'ui.login': true,
      ...more,
    })),
  ),
  ...['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK'].map((controller) => ({
    ...UI,
    'ingress.controller': controller,
    'auth.existingSecret': 'users',
    'auth.existingSecretKey': 'auth',
    'ui.login': true,
  })),
  {
    extraVolumes: [{ name: 'A', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'A', mountPath: '/a' }],
  },
  // What a part that is off says, is not heard.
  ...[{ 'ui.host': 'images.example.com' }, { 'ui.login': true }].flatMap((ui) => [
    { ...INGRESS, 'ingress.controller': 'COMMUNITY_NGINX', ...ui },
    { ...GATEWAY, ...ui },
    { ...INGRESS, 'ingress.annotations': { 'cert-manager.io/issuer': 'a' }, ...ui },
  ]),
  { ...GATEWAY, 'httpRoute.gateway.namespace': 'gateways' },
  ...['registry-ui-tls', 'certificate'].flatMap((secret) =>
    [
      {},
      { 'ui.enabled': true },
      ON_HOST,
      { ...ON_HOST, 'ui.enabled': false },
      { ...ON_HOST, 'tls.external': true },
    ].flatMap((ui) => [
      {
        ...INGRESS,
        'ingress.annotations': { 'cert-manager.io/issuer': 'a' },
        'tls.existingSecret': secret,
        ...ui,
      },
      { ...INGRESS, 'tls.existingSecret': secret, ...ui },
    ]),
  ),
  { ...UI, 'ui.host': 'images.example.com', 'ingress.annotations': { 'cert-manager.io/issuer': 'a' } },
  {
    ...UI,
    'ui.host': 'images.example.com',
    'ui.tlsSecret': 'ui-certificate',
    'ingress.annotations': { 'cert-manager.io/issuer': 'a' },
  },
  // Annotations that a controller reads.
  ...['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK', 'HAPROXY'].flatMap((controller) =>
    [
      { 'nginx.org/rewrites': 'a', 'nginx.ingress.kubernetes.io/rewrite-target': '/b' },
      { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC', 'haproxy.org/server-ssl': 'true' },
      { 'nginx.ingress.kubernetes.io/proxy-ssl-verify': 'on', 'nginx.org/ssl-services': 'a' },
      {
        'traefik.ingress.kubernetes.io/router.middlewares': 'a',
        'nginx.org/mergeable-ingress-type': 'minion',
      },
    ].flatMap((annotations) =>
      [{}, { 'ui.enabled': true }, { 'ui.enabled': true, 'ui.path': '/images' }, ON_HOST].map((ui) => ({
        ...INGRESS,
        'ingress.controller': controller,
        'ingress.annotations': annotations,
        ...ui,
      })),
    ),
  ),
  ...[true, false].map((encrypted) => ({ ...INGRESS, 'tls.enabled': encrypted, 'auth.enabled': false })),
  {
    'tls.enabled': false,
    'auth.enabled': false,
    'service.type': 'LoadBalancer',
    pullAddress: 'pull.example.com',
  },
  {
    'tls.termination': 'INGRESS',
    ...INGRESS,
    'service.type': 'NodePort',
    'service.nodePort': 30500,
    pullAddress: '10.0.0.1:30500',
  },
  {
    'tls.termination': 'POD',
    ...INGRESS,
    'service.type': 'NodePort',
    'service.nodePort': 30500,
    pullAddress: '10.0.0.1:30500',
  },
  {
    ...INGRESS,
    'tls.existingSecret': 'certificate',
    'service.type': 'NodePort',
    pullAddress: '10.0.0.1:30500',
  },
  { 'tls.enabled': false, 'auth.enabled': false, pullAddress: 'pull.example.com' },
  ...[{}, INGRESS].flatMap((route) =>
    [
      {},
      { 'auth.enabled': false },
      { 'tls.external': true },
      { 'tls.enabled': false },
      { 'tls.termination': 'POD' },
      { 'tls.enabled': false, 'auth.enabled': false },
      { 'service.type': 'NodePort' },
      { pullAddress: '10.96.0.90' },
    ].map((more) => ({
      'service.clusterIP': '10.96.0.9',
      pullAddress: '10.96.0.9',
      ...route,
      ...more,
    })),
  ),
  ...['127.0.0.1:30500', '10.0.0.1:30500'].map((pullAddress) => ({
    ...INGRESS,
    'service.type': 'NodePort',
    'service.nodePort': 30500,
    'auth.insecurePasswordsOverHttp': true,
    pullAddress,
  })),
  ...[
    { 'httpRoute.gateway.name': 'shared' },
    { 'ingressRoute.enabled': true, 'ingressRoute.certResolver': 'a' },
  ].map((route) => ({
    ...('ingressRoute.enabled' in route ? {} : { 'httpRoute.enabled': true }),
    ...route,
    host: 'registry.example.com',
    'tls.termination': 'POD',
    'service.type': 'LoadBalancer',
    pullAddress: 'pull.example.com',
  })),
  extra({
    redis: { addr: '???' },
    proxy: { remoteurl: '???' },
    notifications: { endpoints: [{ url: '???' }] },
  }),
  // The UI's network.
  ...['/images', undefined].flatMap((path) =>
    [{}, { 'networkPolicy.enabled': false }, { 'networkPolicy.allowFrom': PEERS }, ...WRONG_PEERS].flatMap(
      (network) =>
        [{}, { 'ui.networkPolicy.allowFrom': PEERS }, { 'ui.networkPolicy.enabled': false }].map((own) => ({
          ...UI,
          ...(path === undefined ? { 'ui.host': 'images.example.com' } : { 'ui.path': path }),
          ...network,
          ...own,
        })),
    ),
  ),
  ...[
    'fd00::50',
    'fd00:0:0:1:0:0:0:50',
    'fd00:0:1:0:1:0:1:0',
    '0:0::1',
    '1:0:0::',
    '::',
    '1:2:3:4:5:6:0:0',
  ].map((clusterIP) => ({ 'service.clusterIP': clusterIP })),
  ...['fd00::50', '10.96.0.50'].map((clusterIP) => ({
    'service.clusterIP': clusterIP,
    'tls.certManager.enabled': true,
    'tls.certManager.issuer.name': 'our-ca',
  })),
  ...[true, false].map((login) => ({
    host: 'registry.example.com',
    'ingressRoute.enabled': true,
    'tls.enabled': false,
    'auth.enabled': login,
  })),
  { 'service.type': 'LoadBalancer', 'service.loadBalancerSourceRanges': ['fd00::/128', '192.0.2.0/24'] },
  { 'networkPolicy.allowFrom': [{ ipBlock: { cidr: 'fd00::1' } }, { ipBlock: { cidr: 'fd00::/129' } }] },
  { 'networkPolicy.allowFrom': [{ ipBlock: { cidr: 'fd00::/64' } }, { ipBlock: { cidr: '192.0.2.0/33' } }] },
  {
    commonAnnotations: { 'cert-manager.io/issuer-kind': 'Issuer' },
    ...INGRESS,
    'ingress.annotations': { 'cert-manager.io/cluster-issuer': 'a' },
  },
  { 'storage.deletion': true, 'storage.readOnly': true, ...UI, 'ui.deleteImages': true },
  ...[true, false].map((readOnly) => ({
    ...INGRESS,
    ...ON_HOST,
    'ui.cors': true,
    'auth.enabled': false,
    'storage.deletion': true,
    'storage.readOnly': readOnly,
  })),
  ...['http', 'https'].flatMap((scheme) =>
    ['', ':80', ':443', ':80/', '/a/'].map((rest) => ({
      ...AMAZON,
      'storage.s3.existingSecret': 'keys',
      'storage.s3.endpoint': `${scheme}://minio${rest}`,
    })),
  ),
];
