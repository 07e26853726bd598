// More values that mutants of the templates asked for, by the part of the chart whose conditions they tell apart.

import { AZURE, TOKENS, UI_LOGIN } from '../refusals/settings';
import { AMAZON, env, extra, GATEWAY, GCS, INGRESS, KEY_FILES, OLD, ON_HOST, UI } from './asked-parts';
import type { ByPath } from './combinations';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEY_TOO = `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n`;
const TLS_S3 = { ...AMAZON, 'storage.s3.endpoint': 'https://minio.example.com' };
export const ASKED_FOR_TOO: readonly ByPath[] = [
  // Secrets in raw keys: by name, by URL, in lists, in keys that no variable names.
  ...[
    { privatekey: '/keys/a.pem' },
    { privatekey: 'key' },
    { path: '/keys/a.pem' },
    { password: '/a' },
    { password: '' },
    { password: 5 },
    { password: true },
    { password: ['a', 'b'] },
    { passwords: ['a'] },
    { url: 'https://a:b@example.com' },
    { a_b: { password: 'c' } },
    { 'a-b': { c: { password: 'c' } } },
    { list: [{ password: 'c' }] },
    { list: ['https://a:b@example.com'] },
  ].map((middleware) =>
    extra({ middleware: { registry: [{ name: 'a', options: middleware }] }, other: middleware }),
  ),
  // Variables of the registry and of the UI.
  ...['REGISTRY_REDIS_PASSWORD', 'A', 'REGISTRY_AUTH_TOKEN_PASSWORD', 'UI_PASSWORD'].flatMap((name) =>
    ['', 'b', '$(B)', 'https://a:b@example.com', 'https://$(B):b@example.com'].flatMap((value) => [
      env({ name, value }),
      { ...UI, 'ui.extraEnv': [{ name, value }] },
    ]),
  ),
  env({ name: 'A_PASSWORD' }),
  ...['REGISTRY_HTTP_SECRET', 'REGISTRY_STORAGE_S3_SECRETKEY'].flatMap((name) => [
    { ...AMAZON, ...env({ name, value: 'b' }) },
    { ...UI, 'ui.extraEnv': [{ name, value: 'b' }] },
  ]),
  ...[5, '', 'a b', null].map((image) => ({ sidecars: [{ name: 'a', image }] })),
  // Buckets.
  ...['storage.s3.ca', 'storage.s3.caSecret'].flatMap((key) => [
    { ...TLS_S3, [key]: key.endsWith('ca') ? CERTIFICATE : 'ca' },
  ]),
  { ...AMAZON, 'storage.s3.secretAccessKey': 'a', ...env({ name: 'AWS_ACCESS_KEY_ID', value: '1' }) },
  { ...TLS_S3, 'storage.s3.ca': KEY_TOO },
  { ...TLS_S3, 'storage.s3.ca': KEY_TOO, 'storage.s3.caSecret': 'ca' },
  { ...TLS_S3, 'storage.s3.ca': CERTIFICATE, 'storage.s3.caSecret': 'ca' },
  ...[{}, { 'storage.gcs.signing': true }].flatMap((signing) =>
    [
      {},
      { 'storage.gcs.existingSecret': 'key' },
      { 'storage.gcs.keyFile': JSON.stringify(KEY_FILES[0]) },
    ].map((key) => ({
      ...GCS,
      ...OLD,
      ...signing,
      ...key,
    })),
  ),
  // The UI's path, its realm, and what it needs at each route.
  ...['/v2', '/ui', '/'].flatMap((path) => [
    { ...UI, 'ui.path': path },
    { ...UI, ...ON_HOST, 'ui.path': path },
  ]),
  ...['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK'].flatMap((controller) =>
    ['a;b', 'a b'].map((realm) => ({
      ...UI,
      'ingress.controller': controller,
      'auth.existingSecret': 'users',
      'auth.existingSecretKey': 'auth',
      'auth.realm': realm,
      'ui.login': true,
    })),
  ),
  ...[true, false].flatMap((enabled) => [
    {
      ...INGRESS,
      'ui.enabled': enabled,
      'ui.login': true,
      'ingress.controller': 'TRAEFIK',
      'auth.existingSecret': 'users',
    },
    { 'metrics.enabled': enabled, 'metrics.serviceMonitor.enabled': true },
    { ...UI, 'ui.path': '/images', 'ingress.controller': 'TRAEFIK', 'ingressRoute.stripUiPrefix': enabled },
    {
      host: 'registry.example.com',
      'ui.enabled': true,
      'ui.path': '/images',
      'ingressRoute.enabled': true,
      'ingressRoute.stripUiPrefix': enabled,
    },
  ]),
  ...['F5_NGINX', 'TRAEFIK'].flatMap((controller) =>
    [{}, ON_HOST].flatMap((ui) =>
      [{}, { 'tls.enabled': false, 'auth.enabled': false }].map((more) => ({
        ...UI,
        'ingress.controller': controller,
        ...ui,
        ...more,
      })),
    ),
  ),
  // Annotations.
  ...[{}, { 'ingress.className': 'nginx' }].flatMap((more) =>
    [{}, { 'kubernetes.io/ingress.class': 'traefik' }].map((annotations) => ({
      ...INGRESS,
      'ingress.annotations': annotations,
      ...more,
    })),
  ),
  ...['nginx.ingress.kubernetes.io/ssl-redirect', 'nginx.ingress.kubernetes.io/enable-cors'].flatMap((key) =>
    ['false', 'true'].flatMap((value) =>
      [
        {},
        { 'tls.external': true },
        { 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true },
        { 'tls.enabled': false, 'auth.enabled': false },
        { 'auth.enabled': false },
        { 'auth.insecurePasswordsOverHttp': true },
        { 'tls.enabled': false },
      ].map((more) => ({ ...INGRESS, 'ingress.annotations': { [key]: value }, ...more })),
    ),
  ),
  ...['issuer', 'cluster-issuer'].flatMap((issuer) =>
    ['generated', 'job'].map((source) => ({
      ...INGRESS,
      'nodeTrust.enabled': true,
      'secrets.source': source === 'job' ? 'job' : 'lookup',
      commonAnnotations: { [`cert-manager.io/${issuer}`]: 'a' },
    })),
  ),
  ...[{}, { 'httpRoute.annotations': { 'example.com/a': 'b' } }].flatMap((annotations) =>
    [{}, { 'secrets.source': 'job' }].map((more) => ({
      ...GATEWAY,
      'tls.termination': 'POD',
      ...annotations,
      ...more,
    })),
  ),
  // Egress, ranges of ports and of addresses.
  ...[
    { to: [] },
    { to: [], ports: [{ port: 443 }] },
    { to: null, ports: [{ port: 443 }] },
    { ports: [{ port: 443 }] },
  ].map((rule) => ({
    'networkPolicy.allowTo': [rule],
  })),
  ...[
    { port: 80, endPort: 79 },
    { port: 80, endPort: 80 },
    { port: 80, endPort: 65535 },
    { port: 80, endPort: 65536 },
    { port: 'http', endPort: 90 },
    { endPort: 90 },
  ].map((port) => ({ 'networkPolicy.allowTo': [{ ports: [port] }] })),
  ...[
    ['10.0.0.0/8', '10.1.0.0/16'],
    ['10.0.0.0/8', '11.0.0.0/16'],
    ['fd00::/8', 'fd12::/16'],
    ['fd00::/8', '10.0.0.0/9'],
    ['::/0', '10.0.0.0/8'],
    ['0.0.0.0/0', 'fd00::/8'],
    ['4000::/2', '64.0.0.0/8'],
  ].map(([cidr, except]) => ({ 'networkPolicy.allowFrom': [{ ipBlock: { cidr, except: [except] } }] })),
  // Nodes.
  ...[[], ['containerd'], ['docker'], ['k3s'], ['containerd', 'docker']].flatMap((runtimes) =>
    [
      {},
      { 'nodeTrust.uninstall': true },
      {
        'service.type': 'NodePort',
        'service.nodePort': 30500,
        pullAddress: '10.0.0.1:30500',
        'tls.termination': 'POD',
      },
      { 'tls.enabled': false, 'auth.enabled': false },
      { 'tls.enabled': false, 'auth.enabled': false, 'nodeTrust.endpoint': 'http://10.0.0.1:30500' },
    ].flatMap((more) =>
      [true, false].map((enabled) => ({
        ...INGRESS,
        ...(enabled
          ? { 'nodeTrust.enabled': true, ...(runtimes.length > 0 ? { 'nodeTrust.runtimes': runtimes } : {}) }
          : {}),
        ...more,
      })),
    ),
  ),
  { 'nodeTrust.enabled': true, 'nodeTrust.runtimes': ['docker'] },
  ...['https://a:b@example.com', 'https://example.com', ''].map((help) => ({
    ...INGRESS,
    'localRegistryHosting.enabled': true,
    'localRegistryHosting.help': help,
  })),
  ...[{}, { pullAddress: 'pull.example.com' }].flatMap((pull) =>
    [{}, { 'service.clusterIP': '10.96.0.9' }].map((service) => ({ ...INGRESS, ...pull, ...service })),
  ),
  // Logins by tokens.
  ...[
    { 'auth.realm': 'Images' },
    { 'auth.token.autoRedirect': true },
    { 'auth.token.autoRedirect': true, 'auth.token.realm': '' },
    { 'auth.token.autoRedirect': true, 'auth.token.realm': 'http://auth.example.com' },
    { 'auth.token.realm': 'http://auth.example.com' },
    { 'auth.htpasswd': `al:$2y$05$${'a'.repeat(53)}` },
    { ...UI_LOGIN, 'auth.realm': 'Größe' },
  ].map((more) => ({ ...TOKENS, ...more })),
  // Logins that a service elsewhere checks.
  ...[
    {},
    { 'front.enabled': true },
    { 'auth.htpasswd': `al:$2y$05$${'a'.repeat(53)}` },
    { 'auth.enabled': false },
    { ...UI_LOGIN },
    { 'pullSecret.enabled': true, 'pullSecret.name': 'ca', 'auth.verifier.caSecret': 'ca' },
    { extraVolumes: [{ name: 'verifier-ca', emptyDir: {} }], 'auth.verifier.caSecret': 'ca' },
    env({ name: 'HTTPS_PROXY', value: 'https://proxy' }),
    { 'access.rules': [{ action: 'pull', repositories: ['**'], groups: ['ops'], users: ['eve'] }] },
    { 'access.groups': { ops: ['eve'] } },
  ].flatMap((more) =>
    ['http://auth', 'https://auth.example.com/', 'https://10.0.0.9', 'http://proxy.auth.svc:4180/a/b'].map(
      (url) => ({
        'auth.verifier.url': url,
        ...more,
      }),
    ),
  ),
  // The registry as a native sidecar.
  ...[{}, { 'front.enabled': true }, { 'access.administrators': ['admin'] }].flatMap((front) =>
    [
      {},
      { 'metrics.enabled': true },
      { initContainers: [{ name: 'first', image: 'busybox:1.37' }] },
      { sidecars: [{ name: 'front', image: 'busybox:1.37' }] },
      { 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true, 'image.pullPolicy': 'Always' },
    ].flatMap((more) => [
      { ...front, ...more },
      { ...front, ...more, 'front.kubernetesVersion': '1.33' },
    ]),
  ),
  // The login of nodes at a mirror.
  ...[
    {},
    { 'nodeTrust.mirrorOf': ['docker.io'] },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'nodeTrust.runtimes': ['k3s'] },
    {
      'nodeTrust.mirrorOf': ['docker.io'],
      'nodeTrust.runtimes': ['k3s'],
      'tls.enabled': false,
      'auth.insecurePasswordsOverHttp': true,
      'nodeTrust.endpoint': 'http://10.0.0.5',
    },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'access.administrators': ['admin'] },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'nodeTrust.uninstall': true },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'secrets.source': 'job' },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'auth.existingSecret': 'users' },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'auth.verifier.url': 'http://auth' },
    { 'nodeTrust.mirrorOf': ['docker.io'], ...TOKENS },
    { 'nodeTrust.mirrorOf': ['docker.io'], 'auth.enabled': false },
    {
      'nodeTrust.mirrorOf': ['docker.io'],
      'access.rules': [{ action: 'pull', repositories: ['a/*'], users: ['admin'] }],
    },
    {
      'nodeTrust.mirrorOf': ['docker.io'],
      'access.rules': [{ action: 'pull', repositories: ['**'], groups: ['ops'] }],
      'access.groups': { ops: ['admin'] },
    },
    {
      'nodeTrust.mirrorOf': ['docker.io'],
      'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }],
    },
  ].flatMap((more) =>
    [
      { 'nodeTrust.mirrorLogin.username': 'admin' },
      { 'nodeTrust.mirrorLogin.username': 'eve', 'nodeTrust.mirrorLogin.password': 'secret' },
      { 'nodeTrust.mirrorLogin.password': 'secret' },
    ].map((login) => ({ 'nodeTrust.enabled': true, ...login, ...more })),
  ),
  // Versions of a cache's image that are not releases, and claims that another cache has made.
  ...['3.1.0', '3.1.0-rc.1', '3.1.1-rc.1', '3.0.0', '3.2.0-rc.1'].map((tag) => ({
    caches: [{ upstream: 'ghcr.io', image: { tag } }],
  })),
  ...['r-cache-docker-io', 'other'].map((existingClaim) => ({
    fullnameOverride: 'r',
    caches: [{ upstream: 'docker.io' }, { upstream: 'ghcr.io', persistence: { existingClaim } }],
  })),
  { ...AMAZON, 'storage.s3.encrypt': false },
  // One of two keys, and one of two settings.
  { ...AMAZON, 'storage.s3.accessKeyId': 'a' },
  { ...AMAZON, 'storage.s3.secretAccessKey': 'a' },
  { ...AZURE, ...OLD, 'storage.azure.prefix': 'a' },
];
