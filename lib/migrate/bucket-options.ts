// Common to all buckets: how options of the registry's drivers become settings of this chart.
import { OldConfiguration } from './configuration';
import { SecretFiles } from './files';
import { entryOf, Fits, fitsIn } from './old-keys';
import { isFilledIn } from './placeholders';
import { sizeOf } from './resources';
import { Translation } from './translation';

/** An option of a driver, from the old release. */
export interface BucketOption {
  readonly name: string;
  readonly value: unknown;
  /** Its name in the old values. */
  readonly key: string;
}

/** A kind of bucket. */
export interface Bucket {
  /** Translates keys that are in Secrets. */
  credentials(translation: Translation, files: SecretFiles): void;
  take(
    translation: Translation,
    option: BucketOption,
    files: SecretFiles,
    configuration: OldConfiguration,
  ): void;
  finish(translation: Translation, configuration: OldConfiguration): void;
}

/** How an option is written here; undefined where it can't be. */
export interface Written {
  readonly to: string;
  readonly as?: (value: unknown) => unknown;
  readonly fits?: Fits;
  readonly secret?: boolean;
}

const PREFIX = { pattern: "^[\\w!.*'()-]+(/[\\w!.*'()-]+)*$", not: { pattern: '(^|/)\\.+(/|$)' } };
export const prefix = (to: string): Written => ({
  to,
  as: (value) => String(value).replace(/^\/+|\/+$/g, '') || undefined,
  fits: PREFIX,
});
export const booleanOption = (to: string): Written => ({
  to,
  as: (value) => (/^(true|false)$/.test(String(value)) ? String(value) === 'true' : undefined),
});
export const bytes = (to: string): Written => ({ to, as: (value) => sizeOf(String(value)) });
export const stringOption = (to: string, fits: Fits): Written => ({ to, as: String, fits });

/** Translates an option; returns whether it is one of these. */
export function write(
  translation: Translation,
  { name, value, key }: BucketOption,
  table: Readonly<Record<string, Written>>,
): boolean {
  const known = entryOf(table, name);
  if (!known) return false;
  const ours = known.as && !isFilledIn(value) ? known.as(value) : value;
  if (isFilledIn(value)) translation.set(known.to, value);
  else if (ours !== undefined && fitsIn(ours, known.fits ?? {})) translation.set(known.to, ours);
  else
    translation.lost(
      key,
      `${known.secret ? 'it' : JSON.stringify(value)} is not what \`${known.to}\` takes; set that by hand`,
    );
  return true;
}

/** Reports missing required options, by their names in the old values. */
export function needs(translation: Translation, paths: Readonly<Record<string, string>>): void {
  for (const [path, key] of Object.entries(paths)) {
    if (!translation.values.has(path))
      translation.guessed(key, `is not given, or not as it must be: set ${path}`);
  }
}

/** Settings that apply to every bucket. */
export function shared(translation: Translation, configuration: OldConfiguration): void {
  if (configuration.get('storage.redirect.disable') === true) translation.set('storage.redirect', false);
  const cache = configuration.get('storage.cache.blobdescriptor') ?? 'inmemory';
  if (cache === 'inmemory') translation.set('storage.descriptorCache.type', 'inmemory');
}
