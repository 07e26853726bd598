// Pull-through caches from values.
import type { Chart } from 'cdk8s';
import { type ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { cacheName, LONGEST_CACHE_NAME, usualEnding } from '../../caches/cache-name';
import type { RegistryCacheLogin, RegistryCacheOptions } from '../../caches/cache-options';
import { usableHost } from '../../caches/upstream';
import { RegistryVersion } from '../../distribution/version';
import type { GarbageCollectionOptions } from '../../server/garbage-collection';
import { CACHE_VALUES } from '../values/caches';
import {
  ChartValues,
  DEFAULTS,
  defaultsOf,
  durationOf,
  laidOver,
  nested,
  type ValuesTree,
} from '../values/reader';
import { configurationFromValues } from './deployment';
import { metricsFromValues } from './metrics';
import { cacheAlertsFromValues } from './monitoring';
import { imageFromValues, networkFromValues, podFromValues, userFromValues } from './pods';
import { prefetchFromValues } from './prefetch';
import { serviceFromValues } from './routes';
import { storageFromValues } from './storage';

/** What only a cache says, as an item of `caches` does. */
interface CacheItem {
  readonly upstream: string;
  readonly name: string;
  readonly upstreamUrl: string;
  readonly upstreamRanges: string[];
  readonly login: {
    readonly existingSecret: string;
    readonly usernameKey: string;
    readonly passwordKey: string;
    readonly publicImagesOnly: boolean;
  };
  readonly ca: string;
  readonly caSecret: string;
  readonly caSecretKey: string;
  readonly ttl: string;
  readonly imageVersion: string;
}

/** Values of the registry that are not an item's to say: what a cache is. */
const ALWAYS = nested({
  'auth.enabled': false,
  'tls.enabled': false,
  'test.enabled': false,
  'storage.deletion': true,
  'image.version': RegistryVersion.V3,
});

/** All values of a cache that an item doesn't set: those of a registry, and its own. */
export const CACHE_DEFAULTS: ValuesTree = laidOver(laidOver(DEFAULTS, defaultsOf(CACHE_VALUES)), ALWAYS);

/** Values of the registry that are those of its caches, too. */
const SHARED = ['global', 'imagePullSecrets', 'userId', 'userFromPlatform'] as const;

/** An item of `caches` as the values of a registry of its own. */
export function cacheValues(values: ChartValues, item: ValuesTree): ChartValues {
  const shared = Object.fromEntries(SHARED.map((key) => [key, values.merged[key]]));
  return new ChartValues(item, laidOver(CACHE_DEFAULTS, shared));
}

/** Each item of `caches` as the values of a registry of its own. */
export function itemsOfCaches(values: ChartValues): ChartValues[] {
  return (values.list<ValuesTree>('caches') ?? []).map((item) => cacheValues(values, item));
}

/** What the chart calls each cache. What is too long is cut, and refused. */
export function namesOfCaches(values: ChartValues, releaseName: string): string[] {
  return itemsOfCaches(values).map(({ merged }) => {
    const { name, upstream } = merged as unknown as CacheItem;
    return cacheName(releaseName, name || usualEnding(usableHost(upstream)))
      .slice(0, LONGEST_CACHE_NAME)
      .replace(/^-+|-+$/g, '');
  });
}

/** Names of the Secrets that an item names, and of those that it doesn't, "". */
export function secretsOfCache(values: ChartValues): string[] {
  const { login, caSecret } = values.merged as unknown as CacheItem;
  return [login.existingSecret, caSecret];
}

/** The caches, in the order of their list. */
export function cachesFromValues(chart: Chart, values: ChartValues): RegistryCacheOptions[] | undefined {
  return values
    .list<ValuesTree>('caches')
    ?.map((item, index) =>
      cacheFromValues(new Construct(chart, `caches-${index}`), cacheValues(values, item)),
    );
}

function cacheFromValues(scope: Construct, values: ChartValues): RegistryCacheOptions {
  const { upstream, name, upstreamUrl, upstreamRanges, ca, caSecret, caSecretKey, login, ttl, imageVersion } =
    values.merged as unknown as CacheItem;
  const secretOf = (id: string, secretName: string): ISecret => Secret.fromSecretName(scope, id, secretName);
  return {
    ...podFromValues(scope, values, ''),
    upstream,
    cacheName: name || undefined,
    upstreamUrl: upstreamUrl || undefined,
    upstreamRanges: upstreamRanges.length > 0 ? upstreamRanges : undefined,
    login: login.existingSecret ? loginOf(login, secretOf('login', login.existingSecret)) : undefined,
    ca: ca || undefined,
    caSecret: caSecret ? { secret: secretOf('caSecret', caSecret), key: caSecretKey } : undefined,
    ttl: durationOf(ttl),
    image: imageFromValues(values, 'image'),
    imageVersion: imageVersion || undefined,
    userId: userFromValues(values, ''),
    storage: storageFromValues(scope, values),
    garbageCollection: collectionOf(values),
    service: serviceFromValues(values),
    metrics: metricsFromValues(values),
    alerts: cacheAlertsFromValues(values),
    prefetch: prefetchFromValues(scope, values),
    networkPolicy: networkFromValues(values, ''),
    configuration: configurationFromValues(values),
  };
}

function loginOf(
  { usernameKey, passwordKey, publicImagesOnly }: CacheItem['login'],
  secret: ISecret,
): RegistryCacheLogin {
  return { secret, usernameKey, passwordKey, publicImagesOnly };
}

/** What is not said is the cache's to choose, by its storage. */
function collectionOf(values: ChartValues): GarbageCollectionOptions {
  const onStart = values.boolean('garbageCollection.onStart');
  return onStart === undefined ? {} : { onStart };
}
