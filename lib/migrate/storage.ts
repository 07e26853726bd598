// Where images are stored: the same claim, the same bucket.

import { STRINGS } from '../chart/values/formats';
import { shellWord } from '../core/shell';
import { BucketOption } from './bucket-options';
import { BUCKETS } from './buckets';
import { OldConfiguration } from './configuration';
import { SecretFiles } from './files';
import { entryOf, isMap, OldKeys, used } from './old-keys';
import { oldName, Translation } from './translation';

export const STORAGE_KEYS: OldKeys = {
  storage: used('string'),
  'persistence.enabled': used('boolean'),
  'persistence.existingClaim': used('string'),
  'persistence.accessMode': used('string'),
  'persistence.size': used('string'),
  'persistence.storageClass': used('string'),
  'persistence.deleteEnabled': used('boolean'),
  ...keysOf('secrets.azure', 'accountName', 'accountKey', 'container'),
  ...keysOf('secrets.s3', 'secretRef', 'accessKey', 'secretKey'),
  ...keysOf('secrets.swift', 'username', 'password'),
  ...keysOf(
    's3',
    'region',
    'regionEndpoint',
    'bucket',
    'rootdirectory',
    'encrypt',
    'secure',
    'forcepathstyle',
    'skipverify',
    'insecureSkipVerify',
  ),
  ...keysOf('swift', 'authurl', 'container'),
};

function keysOf(group: string, ...names: string[]): OldKeys {
  return Object.fromEntries(names.map((name) => [`${group}.${name}`, used('string')]));
}

const DRIVERS = ['filesystem', 's3', 'gcs', 'azure', 'swift', 'oss', 'inmemory'];

/** Where the old release stores its images. */
export function driverOf({ old }: Translation, configuration: OldConfiguration): string {
  // An empty string is none of the names for which the old charts set a driver: config.yml alone decides.
  const given = String(old.get('storage') ?? 'filesystem');
  if (['filesystem', 's3', 'azure', 'swift'].includes(given)) return given;
  const configured = configuration.get('storage');
  return Object.keys(isMap(configured) ? configured : {}).find((name) => DRIVERS.includes(name)) ?? given;
}

export function translateStorage(
  translation: Translation,
  configuration: OldConfiguration,
  files: SecretFiles,
): void {
  const { old } = translation;
  const driver = driverOf(translation, configuration);
  if (old.boolean('persistence.deleteEnabled')) translation.set('storage.deletion', true);
  tellUnused(translation, driver);
  tellOthers(translation, configuration, driver);
  const bucket = entryOf(BUCKETS, driver);
  if (bucket) {
    translation.set('storage.type', driver);
    bucket.credentials(translation, files);
    for (const option of optionsOf(translation, configuration, driver))
      bucket.take(translation, option, files, configuration);
    bucket.finish(translation, configuration);
    return;
  }
  if (driver === 'filesystem') return translatePersistence(translation);
  if (driver === 'inmemory') {
    translation.set('persistence.enabled', false);
    translation.different(
      'storage',
      'in memory: images are in a folder of the pod, and lost with it, as before',
    );
    return;
  }
  translation.lost(
    'storage',
    `"${driver}": this chart has filesystem, s3, gcs and azure. Copy the images to one of them, e.g. by \`skopeo sync\` from the old release to the new one, before the old one goes`,
  );
  for (const key of [
    'swift.authurl',
    'swift.container',
    'secrets.swift.username',
    'secrets.swift.password',
  ]) {
    if (driver === 'swift' && old.string(key) !== undefined)
      translation.lost(key, 'there is no Swift in this chart');
  }
}

/** Reports keys of storage that is not used. */
function tellUnused(translation: Translation, driver: string): void {
  const keys = Object.keys(STORAGE_KEYS).filter(
    (key) => key.startsWith('secrets.') && !key.startsWith(`secrets.${driver}.`),
  );
  for (const key of keys.filter((one) => translation.old.string(one) !== undefined)) {
    translation.different(key, `did nothing: the old release has its images elsewhere (storage: ${driver})`);
  }
}

/** Reports further drivers: the registry starts with only one. */
function tellOthers(translation: Translation, configuration: OldConfiguration, driver: string): void {
  const configured = configuration.get('storage');
  for (const name of Object.keys(isMap(configured) ? configured : {}).filter(
    (one) => DRIVERS.includes(one) && one !== driver,
  )) {
    translation.lost(
      configuration.nameOf(`storage.${name}`),
      `${name} is named beside storage: ${driver}, and the registry starts with one only; where images are in ${name}, say so by \`storage\` in the old values, and translate again`,
    );
  }
}

/** The options of a bucket: from config.yml, overridden by those of the chart. */
function optionsOf(
  translation: Translation,
  configuration: OldConfiguration,
  driver: string,
): BucketOption[] {
  const { old } = translation;
  const configured = configuration.get(`storage.${driver}`);
  const options = new Map<string, BucketOption>();
  for (const [name, value] of Object.entries(isMap(configured) ? configured : {})) {
    options.set(name, { name, value, key: configuration.nameOf(`storage.${driver}.${name}`) });
  }
  if (driver === 's3') {
    if (String(old.get('s3.secure')) === 'false') {
      translation.different(
        's3.secure',
        'false never reached the registry: https:// or http:// in storage.s3.endpoint says it',
      );
    }
    for (const [name, value] of Object.entries(old.map('s3'))) {
      const option = name === 'insecureSkipVerify' ? 'skipverify' : name.toLowerCase();
      if (value !== null && value !== '' && String(value) !== 'false')
        options.set(option, { name: option, value, key: `s3.${name}` });
    }
  }
  return [...options.values()].filter(({ value }) => value !== null && value !== undefined && value !== '');
}

export const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'];

function translatePersistence(translation: Translation): void {
  const { old } = translation;
  if (!old.boolean('persistence.enabled')) {
    translation.set('persistence.enabled', false);
    translation.open(
      'persistence.enabled',
      'false, as it was: images are lost with the pod. Leave it out to store them in a new claim from now on',
    );
    return;
  }
  translation.carry(
    'persistence.accessMode',
    old.string('persistence.accessMode'),
    'persistence.accessMode',
    {
      enum: ACCESS_MODES,
    },
  );
  const { claim, given } = claimOf(translation);
  translation.carry('persistence.existingClaim', claim, 'persistence.existingClaim', STRINGS.name);
  tellClaim(translation, claim, given);
}

/** The claim with the images, and whether the old values name it. */
export function claimOf(translation: Translation): { readonly claim: string; readonly given: boolean } {
  const { old } = translation;
  const named = old.string('persistence.existingClaim');
  const claim = named ?? oldName(translation) ?? old.string('nameOverride') ?? 'docker-registry';
  return { claim, given: named !== undefined };
}

/** Says how it stays. */
export function tellClaim(translation: Translation, claim: string, given: boolean): void {
  for (const key of ['persistence.size', 'persistence.storageClass']) {
    const value = translation.old.string(key);
    if (value !== undefined) translation.different(key, `${value}: the claim exists, and stays as it is`);
  }
  if (given) return;
  if (oldName(translation) === undefined) {
    translation.guessed(
      'persistence.existingClaim',
      `the claim with the images is called after the old release: "${claim}" if that is the release's name. Give its name by --release; \`kubectl -n "$NAMESPACE" get pvc\` shows the claims`,
    );
  }
  translation.different(
    'persistence.existingClaim',
    `the claim ${claim} goes with the old release, unless that lets go of it first: kubectl -n "$NAMESPACE" annotate pvc ${shellWord(claim)} helm.sh/resource-policy=keep, and then helm upgrade of the old release, by its own chart, with --reuse-values --set ${shellWord(`persistence.existingClaim=${claim}`)}`,
  );
}
