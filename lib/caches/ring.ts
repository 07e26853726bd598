// Caches of an app that fetch from each other, so that no image comes from anywhere.
import type { Check } from '../core/check';
import { problemOf } from '../core/problem';

/** What is known of a cache. */
export interface RingedCache {
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
    const ring = ringOf(cache, all());
    if (ring === undefined) return undefined;
    const caches = ring.map(({ objectName, namespace }) =>
      namespace === cache.namespace ? objectName : `${namespace}/${objectName}`,
    );
    return problemOf('caches-in-a-ring', property, { value: cache.upstreamUrl, caches: caches.join(', ') });
  });
}

function ringOf(cache: RingedCache, all: readonly RingedCache[]): RingedCache[] | undefined {
  const seen: RingedCache[] = [];
  let next: RingedCache | undefined = cache;
  while (next !== undefined && !seen.includes(next)) {
    seen.push(next);
    const { namespace, upstreamUrl }: RingedCache = next;
    next = all.find((other) => isAt(other, bareAddress(upstreamUrl), namespace));
  }
  return next === cache ? seen : undefined;
}

/** Whether pods of a namespace reach it there: by its name alone only those of its own. */
function isAt(
  { _addresses: [name = '', ...others], ...cache }: RingedCache,
  at: string,
  namespace?: string,
): boolean {
  return [...(cache.namespace === namespace ? [name] : []), ...others].map(bareAddress).includes(at);
}
