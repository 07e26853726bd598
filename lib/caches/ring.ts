// Caches of one registry that fetch from each other, so that no image comes from anywhere.
import type { Check } from '../core/check';

/** What is known of a cache. */
export interface RingedCache {
  readonly objectName: string;
  readonly upstreamUrl: string;
  /** Where pods reach it: `host:port`. */
  readonly _addresses: readonly string[];
}

/** A URL or an address without its scheme, and without the port of a scheme. */
export function bareAddress(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/:(80|443)$/, '');
}

/** Reports a cache that fetches from itself, at once or by way of others. */
export function checkRing(check: Check, cache: RingedCache, caches: readonly RingedCache[]): void {
  const seen: RingedCache[] = [];
  let next: RingedCache | undefined = cache;
  while (next !== undefined && !seen.includes(next)) {
    seen.push(next);
    const from = bareAddress(next.upstreamUrl);
    next = caches.find(({ _addresses }) => _addresses.map(bareAddress).includes(from));
  }
  if (next === cache)
    check.report('caches-in-a-ring', 'upstreamUrl', {
      value: cache.upstreamUrl,
      caches: seen.map(({ objectName }) => objectName).join(', '),
    });
}
