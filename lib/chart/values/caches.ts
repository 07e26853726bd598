// Values of pull-through caches on the registry's own host: a list, of which each item says what one cache is. What a
// cache has in common with the registry has the same path in an item as in values.yaml.
import { DEFAULT_CACHE_RESOURCES } from '../../caches/cache';
import { DEFAULT_REGISTRY_IMAGE } from '../../distribution/versions';
import { ALERT_VALUES } from './alerts';
import { STRINGS } from './formats';
import { METRICS_VALUES } from './metrics';
import { imageParts, imageValues, networkValues, podValues } from './pods';
import { PREFETCH_VALUES } from './prefetch';
import { CONFIGURATION_VALUES } from './registry';
import { SERVICE_VALUES } from './routes';
import { VOLUME_VALUES } from './storage';
import type { ChartEntry, ChartValue } from './value';

/** The values of these paths, as the registry has them. */
function like(entries: readonly ChartEntry[], paths: readonly string[]): ChartEntry[] {
  return entries.filter(({ path }) => paths.includes(path));
}

/** A value that the registry has too, with another default or text. */
function but(entries: readonly ChartEntry[], path: string, other: Partial<ChartValue>): ChartEntry {
  const found = entries.find((entry): entry is ChartValue => entry.path === path && entry.type !== 'group');
  if (found === undefined) throw new Error(`there is no value ${path}`);
  return { ...found, ...other };
}

// URLs and hosts are checked by the chart's rules: messages of the schema show the value, which may have a password, and an expression.
/** What an item says, with the defaults of a cache. */
export const CACHE_VALUES: readonly ChartEntry[] = [
  {
    path: 'upstream',
    type: 'string',
    default: '',
    required: true,
    description:
      'The registry that is cached, as image names begin with it: `docker.io`, `ghcr.io`, `quay.io`, `registry.k8s.io`, or any other `host` or `host:port`.',
  },
  {
    path: 'name',
    type: 'string',
    default: '',
    member: 'RegistryCacheOptions.cacheName',
    description:
      'The end of the name of the cache, and of its objects: `<name>-cache-<this>`, at most 50 characters. By default: the upstream, with `-` in place of `.` and `:`.',
    schema: STRINGS.label,
  },
  {
    path: 'upstreamUrl',
    type: 'string',
    default: '',
    member: 'RegistryCacheOptions.upstreamUrl',
  },
  {
    path: 'upstreamRanges',
    type: 'array',
    default: [],
    member: 'RegistryCacheOptions.upstreamRanges',
    schema: { items: { type: 'string', ...STRINGS.range } },
  },
  { path: 'login', type: 'group', description: 'The login at the upstream.' },
  {
    path: 'login.existingSecret',
    type: 'string',
    default: '',
    description:
      'Name of a Secret with the user name and the password or token, as `kubernetes.io/basic-auth` has them. When it changes, the cache uses the new login within two minutes, without a restart. By default: no login.',
    schema: STRINGS.name,
  },
  {
    path: 'login.usernameKey',
    type: 'string',
    default: 'username',
    member: 'RegistryCacheLogin.usernameKey',
    schema: STRINGS.dataKey,
  },
  {
    path: 'login.passwordKey',
    type: 'string',
    default: 'password',
    member: 'RegistryCacheLogin.passwordKey',
    schema: STRINGS.dataKey,
  },
  {
    path: 'login.publicImagesOnly',
    type: 'boolean',
    default: false,
    member: 'RegistryCacheLogin.publicImagesOnly',
  },
  { path: 'ca', type: 'string', default: '', member: 'RegistryCacheOptions.ca', secret: true },
  {
    path: 'caSecret',
    type: 'string',
    default: '',
    description:
      'The same in an existing Secret: its name. When it changes, restart the cache. By default: public CAs only.',
    schema: STRINGS.name,
  },
  {
    path: 'caSecretKey',
    type: 'string',
    default: 'ca.crt',
    description: 'The key in `caSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'ttl',
    type: 'string',
    default: '168h',
    member: 'RegistryCacheOptions.ttl',
    schema: STRINGS.duration,
  },
  {
    path: 'image',
    type: 'group',
    description: "The cache's image: Distribution 3.1.0 or newer, with a shell.",
  },
  ...imageParts('image', DEFAULT_REGISTRY_IMAGE),
  but(imageValues('image', DEFAULT_REGISTRY_IMAGE), 'image.pullPolicy', {
    description:
      'When the image is pulled. By default: `IfNotPresent`, the default of Kubernetes for a fixed tag.',
  }),
  {
    path: 'imageVersion',
    type: 'string',
    default: '',
    member: 'RegistryCacheOptions.imageVersion',
    schema: { pattern: '^v?[0-9]+[.][0-9]+([.][0-9]+)?([-.+_].*)?$' },
  },
  { path: 'persistence', type: 'group', description: 'The volume that images are kept in.' },
  ...like(VOLUME_VALUES, ['persistence.enabled', 'persistence.existingClaim']),
  but(VOLUME_VALUES, 'persistence.accessMode', { description: 'Who may mount the volume.' }),
  ...like(VOLUME_VALUES, ['persistence.storageClass']),
  but(VOLUME_VALUES, 'persistence.size', { default: '20Gi' }),
  but(VOLUME_VALUES, 'persistence.keep', { default: false }),
  ...like(VOLUME_VALUES, ['persistence.sizeLimit']),
  but(CONFIGURATION_VALUES, 'garbageCollection.onStart', {
    default: null,
    description:
      'Whether garbage is collected each time that the pod starts: expired manifests take space until then, expired layers do not. By default: true, on a volume that is kept.',
  }),
  { path: 'service', type: 'group', description: 'The Service of the cache.' },
  ...like(SERVICE_VALUES, ['service.port']),
  but(SERVICE_VALUES, 'service.clusterIP', {
    description:
      'The address inside the cluster, an IPv4 or IPv6 address of its Service range. Immutable. By default: Kubernetes chooses.',
  }),
  ...like(SERVICE_VALUES, ['service.annotations']),
  ...METRICS_VALUES,
  { path: 'alerts', type: 'group', description: 'Alerts about the upstream, for the Prometheus operator.' },
  ...like(ALERT_VALUES, ['alerts.enabled', 'alerts.labels', 'alerts.alertLabels', 'alerts.runbooksUrl']),
  ...PREFETCH_VALUES,
  { path: 'networkPolicy', type: 'group', description: 'Who may reach the cache, and what it may reach.' },
  ...like(networkValues(''), ['networkPolicy.enabled']),
  but(networkValues(''), 'networkPolicy.allowFrom', {
    description: "Peers that may reach the cache's port beside the registry, which always may.",
  }),
  but(networkValues(''), 'networkPolicy.allowTo', {
    description: 'Egress rules besides those for DNS, the upstream, and the addresses in `extraEnv`.',
  }),
  { path: 'configuration', type: 'group', description: "The cache's own settings." },
  ...like(CONFIGURATION_VALUES, [
    'configuration.logLevel',
    'configuration.logFormat',
    'configuration.accessLog',
    'configuration.drainTimeoutSeconds',
  ]),
  { path: 'resources', type: 'group', description: "CPU and memory of the cache's container." },
  ...like(podValues('', DEFAULT_CACHE_RESOURCES), [
    'resources.requests.cpu',
    'resources.requests.memory',
    'resources.limits.cpu',
    'resources.limits.memory',
    'podLabels',
    'podAnnotations',
    'nodeSelector',
    'tolerations',
    'affinity',
    'priorityClassName',
  ]),
  but(podValues('', DEFAULT_CACHE_RESOURCES), 'extraEnv', {
    description:
      "More environment variables for the cache's container, such as HTTPS_PROXY. The chart refuses those that it sets itself.",
  }),
];

export const CACHES_VALUES = [
  {
    path: 'caches',
    type: 'array',
    default: [],
    description:
      "Pull-through caches on the registry's own host. Each has an `upstream`, whose images are named `<host>/<upstream>/…`, and what else `helm show readme` lists as `caches[]`.",
    member: 'RegistryProps.caches',
    items: CACHE_VALUES,
  },
] as const satisfies readonly ChartEntry[];
