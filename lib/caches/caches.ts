// The caches that a registry serves on its own host.
import { Check } from '../core/check';
import { isDnsLabel } from '../core/formats';
import { RegistryPart } from '../core/registry-part';
import { RegistryCache } from './cache';
import { isTaken, isTooLong, cacheName as nameOf, usualEnding } from './cache-name';
import { RegistryCacheOptions } from './cache-options';
import { isUpstream } from './upstream';

/** Prefix of their ids; the rest is the index in the list. */
const ID = 'cache-';

/** The property of a cache, by its id. */
export function propertyOfCache(id: string): string | undefined {
  return id.startsWith(ID) ? `caches[${id.slice(ID.length)}]` : undefined;
}

/** Makes them. */
export function cachesOf(registry: RegistryPart, check: Check, given: unknown): RegistryCache[] {
  const { _context } = registry;
  const caches = check
    .objects<RegistryCacheOptions>('caches', given)
    .map((options, index) => [index, options] as const)
    .filter(([index, { upstream }], position, all) => {
      const isFirst = all.findIndex(([, other]) => other.upstream === upstream) === position;
      // What is refused is refused at each place, and not shown.
      if (isFirst || !isUpstream(upstream)) return true;
      check.report('given-twice', `caches[${index}].upstream`, { value: upstream });
      return false;
    });
  const endings = caches.map(([, options]) => endingOf(_context.name, options));
  return caches.map(([index, options], position) => {
    const ending = endings[position];
    const before = endings.slice(0, position).findIndex((other) => isTakenBy(other, ending));
    const [other] = caches[before] ?? [];
    if (ending !== undefined && other !== undefined)
      check.report('cache-name-taken', `caches[${index}].cacheName`, {
        value: ending,
        other: `caches[${other}]`,
      });
    // Its other mistakes are told at once, and not that its objects have the names of others.
    const _nameInstead =
      ending === undefined || other !== undefined ? `${_context.name}-cache-${index}` : undefined;
    return new RegistryCache(registry, `${ID}${index}`, {
      ...options,
      _context,
      _behindRegistry: true,
      _nameInstead,
    });
  });
}

/** What the name of a cache ends with; undefined where the cache itself refuses its name. */
function endingOf(registryName: string, { upstream, cacheName }: RegistryCacheOptions): string | undefined {
  const ending = cacheName ?? (isUpstream(upstream) ? usualEnding(upstream) : undefined);
  const accepted = typeof ending === 'string' && isDnsLabel(ending);
  return accepted && !isTooLong(nameOf(registryName, ending)) ? ending : undefined;
}

function isTakenBy(other: string | undefined, ending: string | undefined): boolean {
  return other !== undefined && ending !== undefined && isTaken(ending, other);
}
