// Names of caches, after which their objects are called.
import { Check } from '../core/check';
import { isDnsLabel } from '../core/formats';

/** Names of Services have at most 63 characters, and parts of a registry add to its name. */
export const LONGEST_CACHE_NAME = 50;
/** What the objects of a cache's parts add to its name. */
const ENDINGS = ['-config', '-metrics', '-prefetch', '-upstream'];

/** What the names of a cache's objects end with, by the upstream's host. */
export function usualEnding(host: string): string {
  return host.replace(/[.:]/g, '-');
}

/** The name of a cache of a registry. */
export function cacheName(registryName: string, ending: string): string {
  return `${registryName}-cache-${ending}`;
}

/** Whether it is a name that objects can be called after. */
export function isTooLong(name: string): boolean {
  return name.length > LONGEST_CACHE_NAME;
}

/** Checks the name of a cache; returns one that is not too long. */
export function checkName(check: Check, registryName: string, given: unknown, host: string): string {
  const ending = check.string('cacheName', given, usualEnding(host), isDnsLabel, 'not-a-name', {
    what: 'a name of lower-case letters, digits and "-"',
    example: 'docker-hub',
  });
  const name = cacheName(registryName, ending);
  if (isTooLong(name)) check.report('cache-name-too-long', 'cacheName', { name, characters: name.length });
  return name.slice(0, LONGEST_CACHE_NAME).replace(/-+$/, '');
}

/** Whether objects of the one would be called as objects of the other. */
export function isTaken(ending: string, other: string): boolean {
  return (
    ending === other || ENDINGS.some((part) => ending === `${other}${part}` || other === `${ending}${part}`)
  );
}
