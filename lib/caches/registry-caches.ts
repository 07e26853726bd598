// The caches that a registry serves on its own host.
import { Check } from '../core/check';
import { RegistryPart } from '../core/registry-part';
import { RegistryCache } from './cache';
import { RegistryCacheOptions } from './cache-options';

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
      if (!isFirst) check.report('given-twice', `caches[${index}].upstream`, { value: upstream });
      return isFirst;
    });
  return caches.map(
    ([index, options]) =>
      new RegistryCache(registry, `${ID}${index}`, { ...options, _context, _behindRegistry: true }),
  );
}
