// Refused caches, by the code of the message.
import type { Code } from '../../../lib/core/messages';
import { AUTHORITY } from '../authority';

type ByPath = Readonly<Record<string, unknown>>;

const HUB = { upstream: 'docker.io' };
const LOGIN = { existingSecret: 'hub' };
const PUBLIC = { ...LOGIN, publicImagesOnly: true };
const caches = (...all: readonly object[]) => ({ caches: all.map((one) => ({ ...HUB, ...one })) });
const EVERYONE = { action: 'pull', everyone: true };

export const OF_CACHES = {
  'upstream-not-a-host': [
    caches({ upstream: '' }),
    ...[
      ...['GHCR.io', 'ghcr', 'https://ghcr.io', 'ghcr.io/team', 'ghcr.io ', 'a.b\n', 'a.b:0', 'a.b:65536'],
      ...['a.b:', ':5000', 'a.1', '1.2.3.256', 'a..b', `${'a'.repeat(64)}.b`, 'a.b:1:2', 'fd00::9'],
    ].map((upstream) => caches({ upstream })),
    ...['me:s3cr3t@ghcr.io', 'ghcr.io?a', 'ghcr.io#a', 'https://me:s3cr3t@ghcr.io'].map((upstream) =>
      caches({ upstream }, { upstream }, {}),
    ),
    // What else is wrong with it is told, too.
    {
      ...caches({ upstream: '@', login: LOGIN, service: { clusterIP: '10.96.0.9' }, name: 'a'.repeat(50) }),
      'access.rules': [{ ...EVERYONE, repositories: ['registry.example.com/a'] }],
    },
  ],
  'upstream-not-docker-hub': [
    caches({ upstream: 'registry-1.docker.io' }, {}),
    caches({ upstream: 'index.docker.io' }, { upstream: 'index.docker.io' }, { upstream: 'hub.docker.com' }),
    {
      ...caches({ upstream: 'registry.hub.docker.com', login: LOGIN }),
      'access.rules': [{ ...EVERYONE, repositories: ['docker.io/**'] }],
    },
  ],
  'upstream-not-a-url': [
    ...[
      'https://me:s3cr3t@mirror',
      'https://mirror?a',
      '#',
      'mirror',
      'ftp://mirror',
      'https://mirror/v2',
      'https://',
      ' ',
      'https://Mirror:5000',
      'https://mirror:0',
      'http://mirror:65536',
      'http://[::1]:5000',
      'https://a b',
      'http://1.2.3.400',
    ].map((upstreamUrl) => caches({ upstreamUrl, login: PUBLIC })),
  ],
  'upstream-not-encrypted': [
    caches({ upstreamUrl: 'http://mirror:80', login: PUBLIC }),
    caches({ upstreamUrl: 'http://mirror.example.com:443', login: PUBLIC, ca: AUTHORITY }),
    caches({
      upstream: 'a.b:5000',
      upstreamUrl: `http://a-long-name.of-a-mirror.example.com:5000`,
      login: PUBLIC,
    }),
  ],
  'upstream-ca-without-tls': [
    caches({ upstreamUrl: 'http://mirror', caSecret: 'ca' }),
    caches({ upstreamUrl: 'http://mirror:5000', ca: AUTHORITY, caSecret: 'ca' }),
  ],
  'upstream-ca-given-twice': [caches({ ca: AUTHORITY, caSecret: 'ca' })],
  'cache-name-taken': [
    caches({ name: 'a' }, { upstream: 'ghcr.io', name: 'a' }),
    caches({ upstream: 'a-b.c' }, { upstream: 'a.b-c' }, { upstream: 'a.b.c' }),
    ...['config', 'metrics', 'prefetch', 'upstream'].flatMap((part) => [
      caches({ name: 'a' }, { upstream: 'ghcr.io', name: `a-${part}` }),
      caches({ upstream: 'ghcr.io', name: `a-${part}` }, { name: 'b' }, { upstream: 'quay.io', name: 'a' }),
    ]),
    caches({ upstream: '@', name: 'a' }, { name: 'a' }, { upstream: 'ghcr.io', name: 'a', upstreamUrl: '@' }),
    { ...caches({ name: 'a' }, { upstream: 'ghcr.io', name: 'a' }), release: '1st' },
  ],
  'cache-name-too-long': [
    caches({ name: 'a'.repeat(36) }, { upstream: 'ghcr.io', name: 'a'.repeat(36) }),
    caches({ upstream: `${'a'.repeat(34)}.b` }),
    { ...caches({ name: 'hub' }, { upstream: '@' }), fullnameOverride: 'a'.repeat(41) },
    { ...caches({ name: 'a'.repeat(36) }), release: '1st' },
  ],
  'given-twice': [
    caches({}, { upstream: 'ghcr.io' }, { login: LOGIN, image: { tag: '2' } }, { upstream: 'ghcr.io' }),
    {
      ...caches({}, { image: { registry: 'a.b', repository: 'c.d/e' } }),
      'access.rules': [{ ...EVERYONE, repositories: ['**'] }],
    },
  ],
  'cache-private-and-open': [
    { ...caches({ login: LOGIN }), 'auth.enabled': false },
    ...['**', '**/a', '*/a', 'docker.io/library/*'].map((pattern) => ({
      ...caches({ login: LOGIN }, { upstream: 'quay.io', login: PUBLIC }),
      'access.rules': [{ ...EVERYONE, repositories: ['a', pattern] }],
    })),
    {
      ...caches({ upstream: 'a.b:5000', login: LOGIN }),
      'access.rules': [{ ...EVERYONE, repositories: ['a.b_5000/**'] }],
    },
    // Rules that are refused count as none.
    {
      ...caches({ login: LOGIN }),
      'auth.enabled': false,
      'access.rules': [{ action: 'pull', repositories: ['a'] }],
    },
  ],
  'cache-open-to-everybody': [
    caches({ login: LOGIN, networkPolicy: { enabled: false } }),
    caches({ login: LOGIN, networkPolicy: { enabled: false, allowFrom: [{ podSelector: {} }] } }),
  ],
  'cache-open-to-a-peer': [
    caches({
      login: LOGIN,
      networkPolicy: {
        allowFrom: [
          { namespaceSelector: {} },
          { podSelector: { matchLabels: { app: 'a' } } },
          { ipBlock: { cidr: '0.0.0.0/0' } },
          { ipBlock: { cidr: '::/0' } },
          { namespaceSelector: { matchLabels: {}, matchExpressions: [] }, podSelector: {} },
          { ipBlock: { cidr: '128.0.0.0/1', except: ['192.0.2.0/24'] } },
        ],
      },
    }),
  ],
  'cache-version-too-old': [
    ...['2', '2.8.3', 'v3.0', '3.0.0-alpine', '003.00.9', '3.1.0-rc.1', '3.1.0-BETA', '1', '0'].map((tag) =>
      caches({ image: { tag } }),
    ),
    ...['3.0', '2.8', '3.1.0-alpha.1'].map((imageVersion) =>
      caches({ imageVersion, image: { tag: 'edge' } }),
    ),
    { ...caches({ image: { tag: '2.8.3' } }), 'global.imageRegistry': 'mirror.example.com:5000' },
    caches({ image: { tag: '3.0.0', digest: `sha256:${'0'.repeat(64)}`, repository: 'company/registry' } }),
  ],
  'cache-version-unknown': [
    ...['edge', '3', 'v4', '3-alpine', '3x', '_3.1.1'].map((tag) => caches({ image: { tag } })),
    caches({ image: { tag: 'edge', digest: `sha256:${'0'.repeat(64)}`, registry: 'mirror.example.com' } }),
  ],
  'storage-written-twice': [
    caches(
      { persistence: { existingClaim: 'a' } },
      { upstream: 'ghcr.io', persistence: { existingClaim: 'a' } },
    ),
    { ...caches({ persistence: { existingClaim: 'a' } }), 'persistence.existingClaim': 'a' },
    caches({ persistence: { existingClaim: 'registry' } }),
    caches({}, { upstream: 'ghcr.io', persistence: { existingClaim: 'registry-cache-docker-io' } }),
    caches(
      ...['docker.io', 'ghcr.io', 'quay.io'].map((upstream) => ({
        upstream,
        persistence: { existingClaim: 'a' },
      })),
    ),
  ],
  'storage-of-a-cache': [
    {
      ...caches({ persistence: { existingClaim: 'a' } }),
      'persistence.existingClaim': 'a',
      'storage.readOnly': true,
    },
    { ...caches({ persistence: { existingClaim: 'registry' } }), 'storage.readOnly': true },
  ],
  'cache-of-itself': [
    caches({ upstream: 'registry.localhost:5000' }, { upstream: 'ghcr.io' }),
    {
      ...caches({ upstream: 'images.example.com:443' }),
      host: 'images.example.com',
      'ingress.enabled': true,
    },
    { ...caches({ upstream: '192.0.2.1:30500' }), pullAddress: '192.0.2.1:30500' },
    ...['registry:5000', 'registry.images-of-all:5000', 'registry.images-of-all.svc.cluster.local:5000'].map(
      (host) => caches({ upstreamUrl: `https://${host}` }),
    ),
  ],
  'caches-in-a-ring': [
    caches({ name: 'a', upstreamUrl: 'http://registry-cache-a:5000' }),
    caches(
      { upstreamUrl: 'http://registry-cache-hub.images-of-all:80' },
      {
        upstream: 'ghcr.io',
        name: 'hub',
        service: { port: 80 },
        upstreamUrl: 'https://registry-cache-docker-io.images-of-all.svc:5000',
      },
      { upstream: 'quay.io', upstreamUrl: 'http://registry-cache-docker-io:5000' },
    ),
    caches(
      { upstreamUrl: 'http://registry-cache-b:5000' },
      { upstream: 'ghcr.io', name: 'b', upstreamUrl: 'http://registry-cache-c:5000' },
      { upstream: 'registry-cache-docker-io.images-of-all.svc.cluster.local:5000', name: 'c' },
      { upstream: 'quay.io' },
    ),
  ],
  'cache-labels-taken': [
    { ...caches({}), nameOverride: 'registry-cache-docker-io', fullnameOverride: 'registry' },
    {
      ...caches({ name: 'hub' }, { upstream: 'ghcr.io', name: 'a' }),
      nameOverride: 'images-cache-a',
      fullnameOverride: 'images',
    },
    // As long as names may be.
    {
      ...caches({ name: 'a'.repeat(35) }),
      nameOverride: `registry-cache-${'a'.repeat(35)}`,
      fullnameOverride: 'registry',
    },
  ],
  'cluster-ip-taken': [
    { ...caches({ service: { clusterIP: '10.96.0.9' } }), 'service.clusterIP': '10.96.0.9' },
    caches(
      ...['docker.io', 'ghcr.io', 'quay.io', 'gcr.io'].map((upstream, index) => ({
        upstream,
        service: { clusterIP: index < 3 ? '10.96.0.9' : 'fd00::9' },
      })),
    ),
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

const prefetch = (options: object, more: object = {}) =>
  caches({ prefetch: { images: ['alpine:3.22'], ...options }, ...more });

/** Refused options of what is fetched before it is pulled. */
export const OF_PREFETCH = {
  'prefetch-name-too-long': [
    prefetch({}, { name: 'a'.repeat(29) }),
    { ...prefetch({}), fullnameOverride: 'a'.repeat(29) },
    // The name is refused, too.
    { ...prefetch({}, { name: 'a'.repeat(40) }), fullnameOverride: 'a'.repeat(38) },
    { ...prefetch({}, { name: 'a'.repeat(35) }), release: '1st' },
  ],
  'prefetch-of-another-registry': [
    prefetch({ images: ['ghcr.io/a/b:1', `quay.io/a@sha256:${'0'.repeat(64)}`, 'localhost/a:1'] }),
    caches({ upstream: 'ghcr.io', prefetch: { images: ['alpine:3.22', 'ghcr.io:443/a:1'] } }),
    caches({ upstream: 'registry-1.docker.io', prefetch: { images: ['registry-1.docker.io/library/a:1'] } }),
  ],
  'not-a-schedule': [
    ...['0 2 * *', '0 2 * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 13 *'],
    ...['* * * * 7', '? * * * *', '5-1 * * * *', '*-5 * * * *', '*/0 * * * *', '1,,2 * * * *', 'a * * * *'],
    ...['@reboot', '@Daily', '@every 1h', ' 0 2 * * *', '0  2 * * *', 'TZ=UTC 0 2 * * *', '* * * foo *'],
    ...['100 * * * *', '*/1234567890 * * * *', '1/ * * * *', '-1 * * * *', '0 2 * * jan', 'x'.repeat(70)],
  ].map((schedule) => prefetch({ schedule })),
  'time-limit-not-in-range': ['1s', '59s', '43201m', '999999h'].map((timeLimit) => prefetch({ timeLimit })),
  'schedule-never-comes': ['0 0 30 2 *', '0 0 31 feb,4,JUN,9,11 ?', '0 0 30,31 2 */1'].map((schedule) =>
    prefetch({ schedule }),
  ),
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** What is refused of a registry's own values, in an item of `caches`. */
export const LIKE_A_REGISTRY = {
  'not-an-image': [
    ...['', 'A:1', 'a:', 'a@sha256:1', '/a:1', 'a.b:5/D:1', 'a//b:1', 'a:-1', ':1'].map((image) =>
      prefetch({ images: ['b:1', image] }),
    ),
    caches({ upstream: '@', prefetch: { images: ['a b', `B@sha256:${'0'.repeat(64)}`, 'x y'.repeat(30)] } }),
  ],
  'image-without-tag': [
    prefetch({ images: ['alpine', 'library/alpine', 'docker.io/team/app'] }),
    caches({ upstream: 'a.b:5000', prefetch: { images: ['a.b:5000/c'] } }),
  ],
  'ca-not-pem': [caches({ ca: 'a CA' }), caches({ ca: '-----BEGIN PRIVATE KEY-----' })],
  'private-key-in-ca': [caches({ ca: `${AUTHORITY}-----BEGIN PRIVATE KEY-----\n` })],
  'image-registry-said-twice': [
    caches({ image: { registry: 'a.b', repository: 'c.d/e', tag: '2' } }, { upstream: '@' }),
    caches({ prefetch: { image: { repository: 'c.d/e' } } }, {}),
  ],
  'collection-of-ephemeral-storage': [
    caches({ persistence: { enabled: false }, garbageCollection: { onStart: true } }),
  ],
  'front-with-tokens': [
    {
      ...caches({}),
      'auth.token.enabled': true,
      'auth.token.service': 'a',
      'auth.token.issuer': 'b',
      'auth.token.realm': 'https://c.d',
      'auth.token.jwksSecret': 'e',
    },
  ],
  'realm-in-front': [{ ...caches({}), 'auth.realm': 'a;b' }],
  'login-behind-front': [{ ...caches({}), 'configuration.extra': { auth: {} } }],
  'tls-behind-front': [{ ...caches({}), 'configuration.extra': { http: { tls: {} } } }],
  'limit-below-request': [
    caches(
      {},
      { upstream: 'ghcr.io', resources: { requests: { memory: '1Gi' }, limits: { memory: '1Mi' } } },
    ),
    caches({ resources: { requests: { cpu: '1' }, limits: { cpu: '500m' } } }),
    prefetch({
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '9Mi' } },
    }),
  ],
  'metrics-open-to-everybody': [caches({ metrics: { enabled: true }, networkPolicy: { enabled: false } })],
  'allow-from-without-policy': [
    caches({
      metrics: { enabled: true, insecureWithoutNetworkPolicy: true, allowFrom: [{ podSelector: {} }] },
      networkPolicy: { enabled: false },
    }),
  ],
  'peer-names-nobody': [
    caches({ networkPolicy: { allowFrom: [{ podSelector: {} }, {}] } }),
    caches({ metrics: { enabled: true, allowFrom: [{}] } }),
  ],
  'egress-unlimited': [caches({ networkPolicy: { allowTo: [{}] } })],
  'owned-variable': [
    caches({
      extraEnv: ['PROXY_REMOTEURL', 'PROXY_TTL', 'STORAGE_DELETE_ENABLED', 'HTTP_ADDR', 'AUTH'].map(
        (name) => ({
          name: `REGISTRY_${name}`,
          value: 'a',
        }),
      ),
    }),
  ],
  'secret-in-plain-variable': [
    caches({ extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://me:s3cr3t@proxy.example.com:3128' }] }),
  ],
  'name-taken-in-pod': [
    caches({ ca: AUTHORITY, extraEnv: [{ name: 'SSL_CERT_DIR', value: '/a' }] }),
    caches({
      extraEnv: [
        { name: 'A', value: 'b' },
        { name: 'A', value: 'c' },
      ],
    }),
  ],
  'own-annotation': [
    caches({ podAnnotations: { 'checksum/config': 'a' } }),
    prefetch({ podAnnotations: { 'checksum/files': 'a', b: 'c' } }),
  ],
  'user-given-twice-over': [
    { ...caches({}), userFromPlatform: true, userId: 5 },
    { ...prefetch({ userId: 1001 }), userFromPlatform: true },
  ],
  'pull-secret-name-in-use': [
    { ...caches({ login: PUBLIC }), 'pullSecret.enabled': true, 'pullSecret.name': 'hub' },
    {
      ...caches({}, { upstream: 'ghcr.io', caSecret: 'ca' }),
      'pullSecret.enabled': true,
      'pullSecret.name': 'ca',
    },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** Caches that are accepted. */
export const ACCEPTED_CACHES: readonly ByPath[] = [
  ...['60s', '43200m'].map((timeLimit) => prefetch({ timeLimit })),
  prefetch({}, { name: 'a'.repeat(28) }),
  ...['0 0 31 4 1', '0 0 29 2 *', '00 08 * * *', '0-59/61 * ?/2 jan-DEC/3 sun,sat,3-4', '@hourly'].map(
    (schedule) => prefetch({ schedule }),
  ),
  { ...prefetch({}), userFromPlatform: true },
  // Nothing is fetched, so nothing is wrong.
  caches({ prefetch: { images: [], schedule: 'never', userId: 5 } }),
  ...['a__b:1', 'a---b:1', 'team/a.b:*', `a@sha256:${'0'.repeat(64)}`, 'docker.io/a:latest'].map((image) =>
    prefetch({ images: [image] }),
  ),
  caches(
    { upstreamUrl: 'http://mirror' },
    { upstream: 'ghcr.io', upstreamUrl: 'https://mirror', login: PUBLIC },
  ),
  // One of them fetches from another.
  caches({ upstreamUrl: 'http://registry-cache-hub:5000' }, { upstream: 'ghcr.io', name: 'hub' }),
  caches({ name: 'a' }, { upstream: 'ghcr.io', name: 'a-b' }, { upstream: 'quay.io', name: 'a-metrics-a' }),
  caches({ name: 'a'.repeat(35) }),
  { ...caches({ name: 'a' }), fullnameOverride: 'a'.repeat(42) },
  ...['3.1', '3.1.0', 'v3.2.0-rc.1', '3.1.1-alpine', '4.0', '3.10', '3.1-rc.1', '3.1.01-rc.1', '30.0.0'].map(
    (tag) => caches({ image: { tag } }),
  ),
  caches({ image: { tag: 'edge' }, imageVersion: '3.1.0' }),
  { ...caches({ login: PUBLIC }), 'auth.enabled': false },
  ...['docker.io', '*', 'docker.io.example.com/a', 'quay.io/**'].map((pattern) => ({
    ...caches({ login: LOGIN }),
    'access.rules': [
      { ...EVERYONE, repositories: [pattern] },
      { action: 'pull', repositories: ['**'], allUsers: true },
    ],
  })),
  {
    ...caches({ login: LOGIN }),
    'access.rules': [
      { action: 'catalog', everyone: true },
      { action: 'push', repositories: ['**'], allUsers: true },
    ],
  },
  ...['a:1', '192.0.2.1', '192.0.2.1:65535', 'xn--bcher-kva.b', '1a.2b'].map((upstream) =>
    caches({ upstream }),
  ),
  caches({ login: PUBLIC, networkPolicy: { enabled: false } }),
  caches({ login: PUBLIC, networkPolicy: { allowFrom: [{ namespaceSelector: {} }] } }),
  caches({
    login: LOGIN,
    networkPolicy: {
      allowFrom: [
        { podSelector: {} },
        { ipBlock: { cidr: '10.0.0.0/8' } },
        { ipBlock: { cidr: '192.0.2.0/30' } },
        { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      ],
    },
  }),
  {
    ...caches({ persistence: { existingClaim: 'registry' } }),
    'persistence.hostPath.path': '/srv/a',
    'persistence.hostPath.nodeName': 'b',
  },
  caches({ service: { clusterIP: '10.96.0.9' } }, { upstream: 'a.b', service: { clusterIP: '10.96.0.8' } }),
  { ...caches({ login: PUBLIC }), 'pullSecret.enabled': true, 'pullSecret.name': 'other' },
  { ...caches({}), fullnameOverride: 'a', release: '1st' },
];
