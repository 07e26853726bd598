// Where an old release that was a pull-through cache kept its images: the cache goes on with the same claim.

import { STRINGS } from '../chart/values/formats';
import type { OldCache } from './cache';
import { OldConfiguration } from './configuration';
import { ACCESS_MODES, claimOf, driverOf, tellClaim } from './storage';
import { Translation } from './translation';

const AT = 'caches[0].persistence';

/** Translates it; returns whether there is a volume that the old release wrote. */
export function translateCacheStorage(
  translation: Translation,
  configuration: OldConfiguration,
  cache: OldCache,
): boolean {
  const { old } = translation;
  const driver = driverOf(translation, configuration);
  if (driver !== 'filesystem' && driver !== 'inmemory') {
    translation.lost(
      'storage',
      `"${driver}": a cache of this chart keeps its images in a volume, of 20Gi unless ${AT}.size is set. Delete what is in the old storage once it runs`,
    );
    return false;
  }
  if (driver === 'inmemory' || !old.boolean('persistence.enabled')) {
    cache.set('persistence.enabled', false);
    translation.open(
      `${AT}.enabled`,
      'false, as it was: cached images are lost with the pod, and fetched anew. Leave it out to keep them in a new claim from now on',
    );
    return false;
  }
  const { claim, given } = claimOf(translation);
  const mode = old.string('persistence.accessMode');
  for (const [name, value, fits] of [
    ['existingClaim', claim, STRINGS.name],
    ['accessMode', mode, { enum: ACCESS_MODES }],
  ] as const) {
    const path = `persistence.${name}`;
    if (value !== undefined && translation.accepts(path, value, `caches[0].${path}`, fits))
      cache.set(path, value);
  }
  tellClaim(translation, claim, given);
  if (!old.boolean('persistence.deleteEnabled') && configuration.get('storage.delete.enabled') !== true)
    translation.different(
      `${AT}.existingClaim`,
      `${claim}: the old release deleted nothing, so that what it has is never deleted; only what is fetched from now on expires. Leave it out to begin with an empty claim of 20Gi, or as large as ${AT}.size`,
    );
  return true;
}
