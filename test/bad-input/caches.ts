// What is wrong with caches.
import { Chart, Duration } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import { Registry, RegistryCache, type RegistryCacheProps, StorageBackend } from '../../lib';
import { AUTHORITY as CA } from '../chart/authority';
import { PASSWORD, type Row, wrong } from './row';

type AnyCache = { readonly [name in keyof RegistryCacheProps]?: unknown };

const secret = { name: 'upstream' };
const LOGIN = { secret, publicImagesOnly: true };
const EXAMPLE = 'write e.g. "registry:3.1.1"';
const UNKNOWN =
  'does not tell whether it is 3.1.0 or newer; write a tag like "registry:3.1.1", or the version beside it: imageVersion: "3.1.1"';

function row(name: string, props: AnyCache, ...says: readonly string[]): Row {
  return {
    name,
    build: ({ chart }) => void new RegistryCache(chart, 'cache', wrong({ upstream: 'ghcr.io', ...props })),
    says: says.map((text) => text.replace(/^(?!\[)/, '[chart/cache] ')),
  };
}

export const CACHES: readonly Row[] = [
  row(
    'no upstream',
    { upstream: undefined },
    'upstream: names no upstream; write e.g. upstream: "docker.io"',
  ),
  ...[
    'https://ghcr.io',
    'GHCR.io',
    'ghcr',
    'ghcr.io/team',
    '',
    'a.b:99999',
    'xn--1a.b',
    `https://me:${PASSWORD}@ghcr.io`,
  ].map((upstream) =>
    row(
      `the upstream "${upstream.replace(PASSWORD, '...')}"`,
      { upstream },
      'upstream: is not the host of a registry: a name with a dot, or an address, and at most a port; write e.g. "docker.io"',
    ),
  ),
  row(
    'an upstream that is no string',
    { upstream: 1 },
    'upstream: 1 is not a string; write e.g. "docker.io"',
  ),
  row(
    "a host of Docker Hub's",
    { upstream: 'registry-1.docker.io' },
    'upstream: "registry-1.docker.io" is a host of Docker Hub, whose images are named docker.io; write "docker.io"',
  ),
  row(
    'alerts without metrics',
    { alerts: {} },
    '[chart/cache/alerts] alerts: needs a ServiceMonitor; add metrics: { serviceMonitor: {} }',
  ),
  row(
    'alerts with metrics that nobody scrapes, and a label that is none',
    { metrics: {}, alerts: { labels: { release: 'my stack' } } },
    '[chart/cache/alerts] alerts: needs a ServiceMonitor; add metrics: { serviceMonitor: {} }',
    '[chart/cache/alerts] alerts.labels["release"]: "my stack" is not a label value (at most 63 letters, digits, "-", "_" or "."); shorten it or change it',
  ),
  row(
    'a URL with a password',
    { upstreamUrl: `https://me:${PASSWORD}@ghcr.io` },
    'upstreamUrl: is not a URL of a scheme, a host, and at most a port; write e.g. "https://registry.example.com:5000"',
  ),
  row(
    'a URL with a path',
    { upstreamUrl: 'https://ghcr.io/v2' },
    'upstreamUrl: is not a URL of a scheme, a host, and at most a port; write e.g. "https://registry.example.com:5000"',
  ),
  row(
    'a password without encryption',
    { upstreamUrl: 'http://10.0.0.5:5000', login: LOGIN },
    '[chart/cache/upstream] upstreamUrl: "http://10.0.0.5:5000" is not encrypted, but there is a login; write "https://10.0.0.5:5000"',
  ),
  row(
    'ranges that are none',
    { upstreamRanges: ['10.0.0.5', 5] },
    'upstreamRanges[0]: "10.0.0.5" is not a CIDR range; write e.g. "10.0.0.5/32"',
    'upstreamRanges[1]: 5 is not a CIDR range; write e.g. "10.0.0.0/8"',
  ),
  row('no range', { upstreamRanges: [] }, 'upstreamRanges: is empty; write e.g. ["10.0.0.0/8"]'),
  row(
    'a login for private images that everybody may use',
    { login: { secret } },
    'login: gives everybody who reaches the cache the private images of this login; name the clients, by networkPolicy: { allowFrom: [...] }, or state that the login sees public images only, by login: { publicImagesOnly: true }',
  ),
  row(
    'the same without a policy',
    { login: { secret }, networkPolicy: { enabled: false, allowFrom: [{ podSelector: {} }] } },
    'login: gives everybody who reaches the cache the private images of this login; name the clients, by networkPolicy: { allowFrom: [...] }, or state that the login sees public images only, by login: { publicImagesOnly: true }',
  ),
  row(
    'a login for private images, and peers that are everybody',
    {
      login: { secret },
      networkPolicy: {
        allowFrom: [
          { podSelector: {} },
          { ipBlock: { cidr: '::/0' } },
          { namespaceSelector: {}, podSelector: { matchLabels: { app: 'a' } } },
          { namespaceSelector: {} },
        ],
      },
    },
    ...[1, 3].map(
      (index) =>
        `networkPolicy.allowFrom[${index}]: lets everybody reach the cache, which gives them the private images of its login; name the clients, e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }, or state that the login sees public images only, by login: { publicImagesOnly: true }`,
    ),
  ),
  row(
    'a login that is a text, and keys that are none',
    { login: { secret: 'hub', usernameKey: 'a/b', passwordKey: '..', publicImagesOnly: true } },
    "[chart/cache/upstream] login.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    '[chart/cache/upstream] login.usernameKey: "a/b" is not a key of a Secret; write e.g. "username"',
    '[chart/cache/upstream] login.passwordKey: ".." is not a key of a Secret; write e.g. "password"',
  ),
  row(
    'a CA that is none, twice',
    { ca: 'a CA', caSecret: { secret } },
    '[chart/cache/upstream] caSecret: is given beside ca; leave one of the two out',
    '[chart/cache/upstream] ca: is not a certificate in PEM; give the content of the CA\'s file, from "-----BEGIN" to "-----END ...-----"',
  ),
  row(
    'a CA without TLS',
    { upstreamUrl: 'http://10.0.0.5', caSecret: { secret } },
    '[chart/cache/upstream] caSecret: has no effect: http://10.0.0.5 is not encrypted; leave it out, or write upstreamUrl: "https://10.0.0.5"',
  ),
  row(
    'a ttl of nothing',
    { ttl: Duration.seconds(0) },
    '[chart/cache/upstream] ttl: "0 s" is not a positive whole number of seconds; write e.g. Duration.days(7)',
  ),
  row(
    'a name that is too long',
    { cacheName: 'a'.repeat(50) },
    `cacheName: makes "registry-cache-${'a'.repeat(50)}", which has 65 characters, and more than 50; write a shorter one, e.g. cacheName: "hub"`,
  ),
  row(
    'a name that is none',
    { cacheName: 'docker.io' },
    'cacheName: "docker.io" is not a name of lower-case letters, digits and "-"; write e.g. "docker-hub"',
  ),
  row(
    'a storage that only fills, or never',
    { storage: { deletion: false, readOnly: true } },
    'storage.deletion: false would never free space; leave it out: a cache deletes what has expired',
    'storage.readOnly: would keep the cache from storing anything; leave it out',
  ),
  ...['registry:2.8.3', 'registry:3.0.0', 'registry:3.1.0-rc.1', 'registry:2', 'registry:v3.0-alpine'].map(
    (image) => row(`the image ${image}`, { image }, `image: "${image}" is older than 3.1.0; ${EXAMPLE}`),
  ),
  ...['registry:3', 'registry:edge', `registry@sha256:${'0'.repeat(64)}`].map((image) =>
    row(`the image ${image}`, { image }, `image: ${shortened(image)} ${UNKNOWN}`),
  ),
  row(
    'versions that are old or none',
    { image: 'registry:edge', imageVersion: '3.0.9' },
    'imageVersion: "3.0.9" is older than 3.1.0; write e.g. "3.1.1"',
  ),
  row(
    'a version that is none',
    { image: 'registry:edge', imageVersion: 'newest' },
    'imageVersion: "newest" is not a version; write e.g. "3.1.1"',
  ),
  row(
    'raw keys in place of props',
    {
      configuration: {
        extra: { proxy: { remoteurl: 'https://quay.io', ttl: '1h', cachewritetimeout: '2h' } },
      },
    },
    'configuration.extra.proxy.remoteurl: would replace what the cache was made for; write upstream, upstreamUrl, login or ttl',
    'configuration.extra.proxy.ttl: would replace what the cache was made for; write upstream, upstreamUrl, login or ttl',
  ),
  row(
    'a variable in place of a prop',
    { env: [{ name: 'REGISTRY_PROXY_REMOTEURL', value: 'https://quay.io' }] },
    '[chart/cache/deployment] env[0].name: "REGISTRY_PROXY_REMOTEURL" would override proxy.remoteurl, which this library sets; leave it out, or write upstream, upstreamUrl, login or ttl of the cache',
  ),
  row(
    'options of parts',
    { storage: { deletion: 'yes' }, service: { port: 0 }, configuration: { logLevel: 'loud' } },
    '[chart/cache/deployment/configuration] configuration.logLevel: "loud" is not supported; write one of error, warn, info, debug',
    '[chart/cache/service] service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000',
  ),
  row(
    'nothing to prefetch',
    { prefetch: {} },
    '[chart/cache/prefetch] prefetch.images: is empty; write e.g. ["ghcr.io/team/app:1.0"]',
  ),
  row(
    'images that can not be prefetched',
    {
      prefetch: {
        images: [
          'alpine:3.22',
          'docker.io/library/alpine:3.22',
          'ghcr.io/team/app',
          'ghcr.io/Team/app:1.0',
          'ghcr.io/team/*:1.0',
          'ghcr.io/team/app:1.0',
          'ghcr.io/team/app:1.0',
          'https://ghcr.io/team/app:1.0',
          7,
        ],
      },
    },
    '[chart/cache/prefetch] prefetch.images[0]: "alpine:3.22" is not an image of ghcr.io; write "ghcr.io/alpine:3.22" if you mean that',
    '[chart/cache/prefetch] prefetch.images[1]: "docker.io/library/alpine:3.22" is not an image of ghcr.io; write "ghcr.io/library/alpine:3.22" if you mean that',
    '[chart/cache/prefetch] prefetch.images[2]: "ghcr.io/team/app" has no tag, which means "latest"; write e.g. "ghcr.io/team/app:1.0"',
    '[chart/cache/prefetch] prefetch.images[3]: "ghcr.io/Team/app:1.0" is not an image reference; write e.g. "ghcr.io/team/app:1.0"',
    '[chart/cache/prefetch] prefetch.images[4]: "ghcr.io/team/*:1.0" is not an image reference; write e.g. "ghcr.io/team/app:1.0"',
    '[chart/cache/prefetch] prefetch.images[6]: "ghcr.io/team/app:1.0" is listed twice; remove it',
    '[chart/cache/prefetch] prefetch.images[7]: "https://ghcr.io/team/app:1.0" is not an image reference; write e.g. "ghcr.io/team/app:1.0"',
    '[chart/cache/prefetch] prefetch.images[8]: 7 is not an image reference; write e.g. "ghcr.io/team/app:1.0"',
  ),
  row(
    'one image of Docker Hub by two names',
    { upstream: 'docker.io', prefetch: { images: ['alpine:3.22', 'docker.io/library/alpine:3.22'] } },
    '[chart/cache/prefetch] prefetch.images[1]: "docker.io/library/alpine:3.22" is listed twice; remove it',
  ),
  row(
    'platforms that are none',
    { prefetch: { images: ['ghcr.io/team/app:1.0'], platforms: ['amd64', 'linux/amd46', 7, null] } },
    ...['"amd64"', '"linux/amd46"'].map(
      (value, index) =>
        `[chart/cache/prefetch] prefetch.platforms[${index}]: ${value} is not a platform of images; write e.g. "linux/amd64"`,
    ),
    '[chart/cache/prefetch] prefetch.platforms[2]: 7 is not a string; write e.g. "linux/amd64"',
    '[chart/cache/prefetch] prefetch.platforms[3]: null is not a string; write e.g. "linux/amd64"',
  ),
  row(
    'no platform, and one twice',
    { prefetch: { images: ['ghcr.io/team/app:1.0'], platforms: [] } },
    '[chart/cache/prefetch] prefetch.platforms: is empty; write e.g. ["linux/amd64"]',
  ),
  row(
    'a platform twice',
    { prefetch: { images: ['ghcr.io/team/app:1.0'], platforms: ['linux/arm64', 'linux/arm64'] } },
    '[chart/cache/prefetch] prefetch.platforms[1]: "linux/arm64" is listed twice; remove it',
  ),
  row(
    'a schedule that is none, and other settings of the CronJob',
    {
      prefetch: {
        images: ['ghcr.io/team/app:1.0'],
        schedule: '30 2 * *',
        timeZone: 'Berlin',
        timeLimit: Duration.millis(1500),
        tagsPerPattern: 0,
        image: 'ghcr.io/regclient/regctl:latest',
        userId: 0,
      },
    },
    '[chart/cache/prefetch] prefetch.tagsPerPattern: 0 is not a whole number from 1 to 1000; write e.g. 3',
    '[chart/cache/prefetch] prefetch.image: "ghcr.io/regclient/regctl:latest" is tagged "latest", which is not a fixed version; write e.g. "ghcr.io/regclient/regctl:v0.11.7-alpine"',
    '[chart/cache/prefetch] prefetch.userId: 0 is not a whole number from 1 to 2147483647; write e.g. 1000',
    '[chart/cache/prefetch] prefetch.schedule: "30 2 * *" is not a schedule of minute, hour, day of month, month and day of week; write e.g. "30 2 * * *"',
    '[chart/cache/prefetch] prefetch.timeZone: "Berlin" is not a time zone; write e.g. "Europe/Berlin"',
    '[chart/cache/prefetch] prefetch.timeLimit: "1.5 s" is not a positive whole number of seconds; write e.g. Duration.hours(4)',
  ),
  row(
    'a schedule that never comes',
    { prefetch: { images: ['ghcr.io/team/app:1.0'], schedule: '0 0 30 2 *' } },
    '[chart/cache/prefetch] prefetch.schedule: "0 0 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
  ),
  row(
    'a name that is too long for a CronJob',
    { cacheName: 'a'.repeat(30), prefetch: { images: ['ghcr.io/team/app:1.0'] } },
    `[chart/cache/prefetch] prefetch: makes the CronJob "registry-cache-${'a'.repeat(30)}-prefetch", whose name has 54 characters, and more than 52; write a shorter name of the cache, e.g. cacheName: "hub"`,
  ),
  {
    name: 'caches of a registry: one twice, one that is none, and options of a part',
    props: {
      caches: [{ upstream: 'quay.io', service: { port: 0 } }, { upstream: 'quay.io' }, 'ghcr.io'],
    },
    says: [
      '[chart/registry] caches[2]: "ghcr.io" is not an object; write caches: [{...}]',
      '[chart/registry] caches[1].upstream: "quay.io" is listed twice; remove it',
      '[chart/registry/cache-0/service] caches[0].service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000',
    ],
  },
  ...(
    [
      ['its host', { upstream: 'registry.example.com' }, 'upstream: "registry.example.com"'],
      [
        'its Service',
        { upstream: 'docker.io', upstreamUrl: 'http://registry:5000' },
        'upstreamUrl: "http://registry:5000"',
      ],
    ] as const
  ).map(
    ([name, cache, says]): Row => ({
      name: `a cache of the registry itself, by ${name}`,
      props: { host: 'registry.example.com', ingress: {}, caches: [{ upstream: 'ghcr.io' }, cache] },
      says: [`[chart/registry/cache-1] caches[1].${says} is this registry itself; leave the cache out`],
    }),
  ),
  {
    name: 'caches that fetch from each other, one that fetches from itself, and one that fetches from a ring',
    props: {
      caches: [
        { upstream: 'docker.io', upstreamUrl: 'http://registry-cache-ghcr-io:5000' },
        { upstream: 'ghcr.io', upstreamUrl: 'http://registry-cache-quay-io.registry.svc:5000' },
        { upstream: 'quay.io', upstreamUrl: 'http://registry-cache-docker-io.registry:5000' },
        { upstream: 'registry-cache-me.registry.svc:5000', cacheName: 'me' },
        { upstream: 'gcr.io', upstreamUrl: 'http://registry-cache-docker-io:5000' },
        { upstream: 'registry.k8s.io', upstreamUrl: 'http://registry-cache-mcr-microsoft-com:5000' },
        { upstream: 'mcr.microsoft.com' },
      ],
    },
    says: [
      '[chart/registry/cache-0] caches[0].upstreamUrl: "http://registry-cache-ghcr-io:5000" leads in a ring: registry-cache-docker-io, registry-cache-ghcr-io, registry-cache-quay-io; write the URL of a registry that has the images',
      '[chart/registry/cache-1] caches[1].upstreamUrl: "http://registry-cache-quay-io.registry.svc:5000" leads in a ring: registry-cache-ghcr-io, registry-cache-quay-io, registry-cache-docker-io; write the URL of a registry that has the images',
      '[chart/registry/cache-2] caches[2].upstreamUrl: "http://registry-cache-docker-io.registry:5000" leads in a ring: registry-cache-quay-io, registry-cache-docker-io, registry-cache-ghcr-io; write the URL of a registry that has the images',
      '[chart/registry/cache-3] caches[3].upstreamUrl: "https://registry-cache-me.registry.svc:5000" leads in a ring: registry-cache-me; write the URL of a registry that has the images',
    ],
  },
  {
    name: 'caches of two registries, and two alone, that fetch from each other; one name means another cache elsewhere',
    build: ({ app, chart }) => {
      const other = new Chart(app, 'other', { namespace: 'other' });
      new Registry(chart, 'registry', {
        caches: [{ upstream: 'ghcr.io', upstreamUrl: 'http://registry-cache-quay-io.other:5000' }],
      });
      new Registry(other, 'registry', {
        caches: [{ upstream: 'quay.io', upstreamUrl: 'http://registry-cache-ghcr-io.registry.svc:5000' }],
      });
      new RegistryCache(chart, 'a', {
        name: 'a',
        upstream: 'docker.io',
        upstreamUrl: 'http://b-cache-gcr-io:5000',
      });
      new RegistryCache(chart, 'b', {
        name: 'b',
        upstream: 'gcr.io',
        upstreamUrl: 'http://a-cache-docker-io.registry.svc.cluster.local:5000',
      });
      // In its own namespace nobody has that name.
      new RegistryCache(other, 'c', {
        name: 'c',
        upstream: 'registry.k8s.io',
        upstreamUrl: 'http://a-cache-docker-io:5000',
      });
    },
    says: [
      '[chart/registry/cache-0] caches[0].upstreamUrl: "http://registry-cache-quay-io.other:5000" leads in a ring: registry-cache-ghcr-io, other/registry-cache-quay-io; write the URL of a registry that has the images',
      '[chart/a] upstreamUrl: "http://b-cache-gcr-io:5000" leads in a ring: a-cache-docker-io, b-cache-gcr-io; write the URL of a registry that has the images',
      '[chart/b] upstreamUrl: "http://a-cache-docker-io.registry.svc.cluster.local:5000" leads in a ring: b-cache-gcr-io, a-cache-docker-io; write the URL of a registry that has the images',
      '[other/registry/cache-0] caches[0].upstreamUrl: "http://registry-cache-ghcr-io.registry.svc:5000" leads in a ring: registry-cache-quay-io, registry/registry-cache-ghcr-io; write the URL of a registry that has the images',
    ],
  },
  {
    name: 'a cache on the claim of a read-only registry',
    build: ({ chart }) => {
      const claim = PersistentVolumeClaim.fromClaimName(chart, 'claim', 'images');
      const backend = StorageBackend.existingClaim(claim);
      new Registry(chart, 'registry', {
        storage: { backend, readOnly: true },
        caches: [{ upstream: 'ghcr.io', storage: { backend } }],
      });
    },
    says: [
      'caches[0].storage.backend: chart/registry/cache-0 and chart/registry/deployment both store images in the claim "images" in namespace "registry", and one of them is a cache: the other would serve its images as its own, until they expire; give each its own storage',
    ],
  },
  row(
    'a private key beside the CA',
    { ca: `${CA}\n-----BEGIN PRIVATE KEY-----\n` },
    '[chart/cache/upstream] ca: contains a private key; write the certificate alone',
  ),
  {
    name: 'caches of a registry with metrics for everybody, and peers that are none',
    props: {
      caches: [
        {
          upstream: 'ghcr.io',
          metrics: {},
          networkPolicy: { enabled: false, allowFrom: [{ podSelector: {} }] },
        },
        { upstream: 'quay.io', networkPolicy: { allowFrom: [{ podSelector: {} }, {}] } },
      ],
    },
    says: [
      '[chart/registry/cache-0/metrics] caches[0].networkPolicy.enabled: false, so every pod of the cluster could reach the metrics port, which has no login and serves profiles, too; leave networkPolicy.enabled out, or accept this with metrics: { insecureWithoutNetworkPolicy: true }',
      "[chart/registry/cache-1/deployment/network] caches[1].networkPolicy.allowFrom[1]: an object selects nothing; write e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }",
    ],
  },
  {
    name: 'caches of a registry: names that are taken, and upstreams that are none',
    props: {
      caches: [
        { upstream: 'ghcr.io', cacheName: 'a' },
        { upstream: 'quay.io', cacheName: 'a', service: { port: 0 } },
        { upstream: 'a.b', cacheName: 'a-metrics' },
        { upstream: 'a.b-c' },
        { upstream: 'a-b.c' },
        { upstream: `me:${PASSWORD}@ghcr.io` },
        { upstream: `me:${PASSWORD}@ghcr.io` },
        { upstream: 'd.e', cacheName: 'e'.repeat(40) },
        { upstream: 'd.f', cacheName: 'e'.repeat(40) },
      ],
    },
    says: [
      '[chart/registry] caches[1].cacheName: "a" makes names of objects that caches[0] has, too; write another, e.g. cacheName: "hub"',
      '[chart/registry] caches[2].cacheName: "a-metrics" makes names of objects that caches[0] has, too; write another, e.g. cacheName: "hub"',
      '[chart/registry] caches[4].cacheName: "a-b-c" makes names of objects that caches[3] has, too; write another, e.g. cacheName: "hub"',
      '[chart/registry/cache-1/service] caches[1].service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000',
      ...[5, 6].map(
        (index) =>
          `[chart/registry/cache-${index}] caches[${index}].upstream: is not the host of a registry: a name with a dot, or an address, and at most a port; write e.g. "docker.io"`,
      ),
      ...[7, 8].map(
        (index) =>
          `[chart/registry/cache-${index}] caches[${index}].cacheName: makes "registry-cache-${'e'.repeat(40)}", which has 55 characters, and more than 50; write a shorter one, e.g. cacheName: "hub"`,
      ),
    ],
  },
];

function shortened(image: string): string {
  return JSON.stringify(image.length > 60 ? `${image.slice(0, 57)}...` : image);
}
