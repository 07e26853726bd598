// Translates values of the old docker-registry charts into values of this library's chart, and reports values
// that could not be translated.
import { CACHE_KEYS, OldCache } from './cache';
import { translateCacheStorage } from './cache-storage';
import { CLUSTER_KEYS, translateCluster, translateNames } from './cluster';
import { CONFIGURATION_KEYS, OldConfiguration } from './configuration';
import { FILE_KEYS, SecretFiles } from './files';
import { IMAGE_KEYS, translateImage } from './image';
import { HEADERS } from './input';
import { METRICS_KEYS, translateMetrics } from './metrics';
import { isEmpty, isSame, OldKey, OldKeys } from './old-keys';
import { OldValues } from './old-values';
import { toolsOf } from './placeholders';
import { POD_KEYS, translatePods } from './pods';
import { severalPods } from './replicas';
import { SECURITY_KEYS, translateLogin, translateTls, translateUser } from './security';
import { INGRESS_KEYS, SERVICE_KEYS, translateIngress, translateService } from './service';
import { STORAGE_KEYS, translateStorage } from './storage';
import { MigrationOptions, Remark, Translation } from './translation';

/** All keys of all versions of the old charts. */
export const OLD_KEYS: OldKeys = {
  ...CLUSTER_KEYS,
  ...CACHE_KEYS,
  ...IMAGE_KEYS,
  ...POD_KEYS,
  ...SERVICE_KEYS,
  ...INGRESS_KEYS,
  ...SECURITY_KEYS,
  ...STORAGE_KEYS,
  ...METRICS_KEYS,
  ...FILE_KEYS,
  ...CONFIGURATION_KEYS,
};

/** The result for a values file. */
export interface Migrated {
  /** Values of this chart, by path. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly remarks: readonly Remark[];
}

/**
 * Translates a values file.
 *
 * @throws ValuesError if it is not a values file
 */
export function migrate(text: string, options: MigrationOptions = {}): Migrated {
  const old = OldValues.parse(text, OLD_KEYS);
  const translation = new Translation(old, { ...options, release: options.release ?? old.input.release });
  tellInput(translation, options);
  for (const { path, value, known } of old.given()) {
    const tools = toolsOf(value, path);
    if (tools.length > 0) translation.later(path, `has ${tools.join('; ')}`);
    if (known) byTable(translation, path, value, OLD_KEYS[path] as OldKey);
    else if (!HEADERS.includes(path))
      translation.lost(path, 'the old charts have no such key either, so it never had an effect');
  }
  // Later steps depend on the decisions of earlier ones.
  const files = new SecretFiles(translation);
  translateNames(translation);
  translateImage(translation);
  const configuration = new OldConfiguration(translation, files);
  configuration.translateUsers();
  configuration.translate();
  const cache = OldCache.find(translation, configuration, files);
  const keptCache = cache !== undefined && translateCacheStorage(translation, configuration, cache);
  if (!cache) translateStorage(translation, configuration, files);
  translatePods(translation);
  translateService(translation);
  translateIngress(translation);
  translateLogin(translation, files, configuration.tokens, cache !== undefined);
  translateTls(translation);
  translateUser(translation, keptCache);
  translateMetrics(translation, configuration);
  translateCluster(translation, configuration, cache);
  files.finish();
  configuration.finish();
  cache?.finish();
  shareCache(translation);
  return translation;
}

/**
 * Reports where the values were found, which data beside them was not read, and which name is used as the
 * release's.
 */
function tellInput(translation: Translation, given: MigrationOptions): void {
  const { path, object, unread, release } = translation.old.input;
  if (path === undefined) return;
  translation.different(path, `the values of ${object} were read there`);
  for (const { key, text } of unread) translation.lost(key, text);
  if (release !== undefined && given.release === undefined) {
    translation.different('--release', `not given: ${release}, as ${object} calls it`);
  }
}

function byTable(
  translation: Translation,
  path: string,
  value: unknown,
  { kind, to, fits, lost, same = [] }: OldKey,
): void {
  if (lost !== undefined) {
    const means = kind === 'boolean' && same.length > 0 ? true : !isEmpty(value);
    if (means && !same.some((one) => isSame(one, value))) translation.lost(path, lost);
  } else if (to !== undefined && !isEmpty(value)) {
    translation.carry(
      path,
      kind === 'number' ? Number(value) : kind === 'string' ? String(value) : value,
      to,
      fits,
    );
  }
}

/** A pod's descriptor cache is stale for the others once clients may delete. */
function shareCache(translation: Translation): void {
  const { values } = translation;
  if (severalPods(translation) && values.get('storage.deletion') === true)
    values.delete('storage.descriptorCache.type');
}
