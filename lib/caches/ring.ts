// Caches of an app that fetch from each other, so that no image comes from anywhere.
import type { IConstruct } from 'constructs';
import type { Check } from '../core/check';
import { problemOf } from '../core/problem';

/** What is known of a cache. */
export interface RingedCache extends IConstruct {
  readonly objectName: string;
  readonly namespace?: string;
  readonly upstreamUrl: string;
  /** Where pods reach it: `host:port`, first by its name alone. */
  readonly _addresses: readonly string[];
}

/** A URL or an address without its scheme, and without the port of a scheme. */
export function bareAddress(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/:(80|443)$/, '');
}

/** Reports a cache that fetches from itself, at once or by way of others of its app. */
export function checkRing(check: Check, cache: RingedCache, all: () => readonly RingedCache[]): void {
  const property = check.path('upstreamUrl');
  check.later(() => {
    const ring = ringsAround(cache, all).get(cache);
    if (ring === undefined) return undefined;
    const at = ring.indexOf(cache);
    const caches = [...ring.slice(at), ...ring.slice(0, at)].map(({ objectName, namespace }) =>
      namespace === cache.namespace ? objectName : `${namespace}/${objectName}`,
    );
    return problemOf('caches-in-a-ring', property, { value: cache.upstreamUrl, caches: caches.join(', ') });
  });
}

/** The caches of rings, each with its ring. */
type Rings = ReadonlyMap<RingedCache, readonly RingedCache[]>;

/** The rings of an app, and of which caches they were made: an app may get more caches after it was validated. */
interface Found {
  readonly first: RingedCache | undefined;
  readonly caches: ReadonlySet<RingedCache>;
  readonly rings: Rings;
}

const foundIn = new WeakMap<IConstruct, Found>();

/** The rings of the cache's app, found once in each validation, which begins with the first cache. */
function ringsAround(cache: RingedCache, all: () => readonly RingedCache[]): Rings {
  const { root } = cache.node;
  const known = foundIn.get(root);
  if (known?.caches.has(cache) && known.first !== cache) return known.rings;
  const caches = all();
  const found = { first: caches[0], caches: new Set(caches), rings: ringsOf(caches) };
  foundIn.set(root, found);
  return found.rings;
}

function ringsOf(caches: readonly RingedCache[]): Rings {
  const next = nextOf(caches);
  const rings = new Map<RingedCache, readonly RingedCache[]>();
  const seen = new Set<RingedCache>();
  for (const start of caches) {
    const walk = new Set<RingedCache>();
    let cache: RingedCache | undefined = start;
    for (; cache !== undefined && !seen.has(cache); cache = next(cache)) {
      seen.add(cache);
      walk.add(cache);
    }
    if (cache === undefined || !walk.has(cache)) continue;
    const path = [...walk];
    const ring = path.slice(path.indexOf(cache));
    for (const one of ring) rings.set(one, ring);
  }
  return rings;
}

/** From which cache another one fetches. By its name alone, pods reach only those of their own namespace. */
function nextOf(caches: readonly RingedCache[]): (cache: RingedCache) => RingedCache | undefined {
  const byAddress = new Map<string, RingedCache>();
  const inNamespace = (namespace: string | undefined, name: string) => `${namespace ?? ''}/${name}`;
  for (const cache of caches) {
    const [name = '', ...others] = cache._addresses.map(bareAddress);
    for (const address of [inNamespace(cache.namespace, name), ...others])
      if (!byAddress.has(address)) byAddress.set(address, cache);
  }
  return ({ namespace, upstreamUrl }) => {
    const address = bareAddress(upstreamUrl);
    return byAddress.get(inNamespace(namespace, address)) ?? byAddress.get(address);
  };
}
