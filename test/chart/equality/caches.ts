// Pull-through caches: what they fetch from and how, beside what the registry says of pods, users and access.
import { AUTHORITY } from '../authority';
import { type ByPath, Product } from './combinations';
import { GATEWAYS, HOST } from './product-parts';

type Item = Readonly<Record<string, unknown>>;

const PEERS = [{ podSelector: { matchLabels: { app: 'web' } } }];
const DESTINATIONS = [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }];
const LOGIN = { existingSecret: 'hub' };
const METRICS = {
  enabled: true,
  serviceMonitor: { enabled: true, labels: { release: 'a' }, interval: '1m' },
};

const caches = (...items: readonly Item[]): ByPath => ({ caches: items });

/** Each option of an item with those that it touches: the upstream, its URL, login, CA, egress. */
const UPSTREAMS: readonly Item[] = [
  { upstream: 'docker.io' },
  { upstream: 'quay.io', upstreamUrl: 'https://quay.io' },
  { upstream: 'quay.io', upstreamUrl: 'https://quay.io:443' },
  { upstream: 'ghcr.io', upstreamUrl: 'https://mirror.example.com:8443' },
  { upstream: 'registry.example.com:5000', name: 'team' },
  { upstream: '192.0.2.1', upstreamUrl: 'http://192.0.2.1:5000' },
  { upstream: 'harbor.team.svc', upstreamUrl: 'http://harbor.team.svc' },
  { upstream: 'registry.hub.docker.com' },
  { upstream: 'a:b@docker.io' },
  { upstream: 'quay.io', upstreamUrl: 'https://a:b@quay.io' },
];
const LOGINS: readonly Item[] = [
  {},
  { login: { ...LOGIN, publicImagesOnly: true } },
  { login: { ...LOGIN, usernameKey: 'user', passwordKey: 'token' } },
];
const AUTHORITIES: readonly Item[] = [
  {},
  { ca: `\n${AUTHORITY}\n\n` },
  { caSecret: 'team-ca' },
  { caSecret: 'team-ca', caSecretKey: 'root.pem', ca: 'no' },
];
const NETWORKS: readonly Item[] = [
  {},
  { upstreamRanges: ['192.0.2.0/24', 'fd00::/8'] },
  { networkPolicy: { enabled: false }, metrics: METRICS },
  {
    networkPolicy: { allowFrom: PEERS, allowTo: DESTINATIONS },
    extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
  },
];

const ANYBODY = { action: 'pull', everyone: true };
const RULES: readonly ByPath[] = [
  {},
  { 'access.rules': [{ ...ANYBODY, repositories: ['docker.io/**', 'quay.io/*/*'] }] },
];

export const UPSTREAMS_OF_CACHES = new Product('a cache: upstream, login, CA, egress, access rules', {
  host: [{ ...HOST, 'ingress.enabled': true }],
  cache: [UPSTREAMS, LOGINS, AUTHORITIES, NETWORKS]
    .reduce<Item[]>((made, group) => made.flatMap((one) => group.map((more) => ({ ...one, ...more }))), [{}])
    .map((item) => caches(item)),
  rules: RULES,
});

const CLAIM = { existingClaim: 'images', accessMode: 'ReadWriteMany' };

/** How a cache runs. */
const STORAGES: readonly Item[] = [
  {},
  { persistence: { size: '1Ti', storageClass: 'fast', keep: true } },
  { persistence: CLAIM },
  { persistence: { enabled: false } },
  { persistence: { enabled: false, sizeLimit: '5Gi', storageClass: '-' }, ttl: '90s' },
];
const COLLECTIONS: readonly Item[] = [
  {},
  { garbageCollection: { onStart: true } },
  { garbageCollection: { onStart: false } },
];
const PODS: readonly Item[] = [
  {},
  {
    image: {
      registry: 'mirror.example.com',
      tag: '3.1',
      digest: `sha256:${'a'.repeat(64)}`,
      pullPolicy: 'Always',
    },
    resources: { limits: { memory: '32Mi', cpu: '20m' } },
    metrics: METRICS,
    podLabels: { team: 'a', app: 'mine' },
    podAnnotations: { 'example.com/a': 'b' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
    affinity: { podAntiAffinity: {} },
    priorityClassName: 'high',
    configuration: { logLevel: 'warn', logFormat: 'json', accessLog: true, drainTimeoutSeconds: 7 },
    service: { port: 80, clusterIP: '10.96.0.60', annotations: { 'example.com/a': 'b' } },
  },
  { image: { tag: 'edge' }, imageVersion: '3.1.0', extraEnv: [{ name: 'GOGC', value: '50' }] },
  {
    image: { registry: 'a.example.com', repository: 'quay.io/a/registry', tag: '2.8.3' },
    resources: { requests: { memory: '2Gi', cpu: '2' } },
    extraEnv: [{ name: 'REGISTRY_PROXY_REMOTEURL', value: 'https://quay.io' }],
    metrics: { enabled: true },
  },
];

/** What the registry says that is for its caches too, and what stands beside them. */
const REGISTRIES: readonly ByPath[] = [
  {},
  {
    commonLabels: { team: 'a' },
    commonAnnotations: { 'example.com/b': 'c' },
    imagePullSecrets: [{ name: 'hub' }],
    'global.imageRegistry': 'mirror.example.com/hub',
    'global.imagePullSecrets': ['all'],
    userId: 1000,
    nameOverride: 'images',
    'metrics.enabled': true,
    'metrics.serviceMonitor.enabled': true,
  },
  {
    userFromPlatform: true,
    'persistence.existingClaim': 'images',
    'persistence.accessMode': 'ReadWriteMany',
  },
  { 'secrets.source': 'job', 'networkPolicy.enabled': false, 'networkPolicy.allowTo': DESTINATIONS },
  { 'networkPolicy.allowFrom': PEERS, ...GATEWAYS[0], fullnameOverride: 'r' },
];

const BESIDE: readonly Item[][] = [
  [],
  [{ upstream: 'quay.io', metrics: METRICS, login: { ...LOGIN, publicImagesOnly: true } }],
  [
    { upstream: 'docker.io' },
    {
      upstream: 'quay.io',
      name: 'docker-io-config',
      persistence: CLAIM,
      service: { clusterIP: '10.96.0.60' },
    },
    { upstream: 'registry.of-a-team.with-a-long-name.example.com:5000' },
  ],
];

export const CACHES_AS_PODS = new Product('caches: storage, pods, others beside, the registry', {
  host: [HOST],
  caches: BESIDE.flatMap((others) =>
    [STORAGES, COLLECTIONS, PODS]
      .reduce<Item[]>(
        (made, group) => made.flatMap((one) => group.map((more) => ({ ...one, ...more }))),
        [{ upstream: 'docker.io' }],
      )
      .map((item) => caches(item, ...others)),
  ),
  registry: REGISTRIES,
});
