// Buckets: what the registry's drivers call their options, and what this chart does.
import { DEFAULT_REGISTRY_IMAGE } from '../../registry-image';
import { TEXTS } from '../chart-settings';
import { OldConfiguration } from './configuration';
import { SecretFiles } from './files';
import { lineOf } from './image';
import { entryOf, Fits, fitsIn, isMap } from './old-keys';
import { sizeOf } from './resources';
import { Translation } from './translation';

/** An option of a driver, as the old release has it. */
export interface BucketOption {
  readonly name: string;
  readonly value: unknown;
  /** What it is called in the old values. */
  readonly key: string;
}

/** A kind of bucket. */
export interface Bucket {
  /** Keys that are in Secrets. */
  credentials(translation: Translation, files: SecretFiles): void;
  take(translation: Translation, option: BucketOption, files: SecretFiles, configuration: OldConfiguration): void;
  finish(translation: Translation, configuration: OldConfiguration): void;
}

/** How an option is written here; undefined where it can't be. */
interface Written {
  readonly to: string;
  readonly as?: (value: unknown) => unknown;
  readonly fits?: Fits;
  readonly secret?: boolean;
}

const PREFIX = { pattern: "^[\\w!.*'()-]+(/[\\w!.*'()-]+)*$", not: { pattern: '(^|/)\\.+(/|$)' } };
const prefix = (to: string): Written => ({ to, as: (value) => String(value).replace(/^\/+|\/+$/g, '') || undefined, fits: PREFIX });
const flag = (to: string): Written => ({
  to,
  as: (value) => (/^(true|false)$/.test(String(value)) ? String(value) === 'true' : undefined),
});
const bytes = (to: string): Written => ({ to, as: (value) => sizeOf(String(value)) });
const text = (to: string, fits: Fits): Written => ({ to, as: String, fits });

const S3: Readonly<Record<string, Written>> = {
  bucket: text('storage.s3.bucket', { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' }),
  region: text('storage.s3.region', TEXTS.line),
  regionendpoint: {
    to: 'storage.s3.endpoint',
    as: withScheme,
    fits: { pattern: '^https?://[^/:@?#\\s\\[\\]]+(:[0-9]{1,5})?(/[^@?#\\s]*)?$' },
  },
  accesskey: { ...text('storage.s3.accessKeyId', TEXTS.secret), secret: true },
  secretkey: { ...text('storage.s3.secretAccessKey', TEXTS.secret), secret: true },
  rootdirectory: prefix('storage.s3.prefix'),
  encrypt: flag('storage.s3.encrypt'),
  keyid: text('storage.s3.kmsKeyId', TEXTS.line),
  chunksize: bytes('storage.s3.chunkSize'),
  storageclass: text('storage.s3.storageClass', {
    enum: [
      'NONE',
      'STANDARD',
      'REDUCED_REDUNDANCY',
      'STANDARD_IA',
      'ONEZONE_IA',
      'INTELLIGENT_TIERING',
      'OUTPOSTS',
      'GLACIER_IR',
      'EXPRESS_ONEZONE',
    ],
  }),
  forcepathstyle: flag('storage.s3.pathStyle'),
  skipverify: flag('storage.s3.skipVerify'),
};
/** Options that have no setting, but that the registry takes. */
const RAW_S3 = [
  ...['objectacl', 'useragent', 'usedualstack', 'accelerate', 'loglevel', 'logs3apirequests', 'logs3apiresponseheaders'],
  ...['multipartcopychunksize', 'multipartcopymaxconcurrency', 'multipartcopythresholdsize', 'multipartcombinesmallpart'],
];

const GCS: Readonly<Record<string, Written>> = {
  bucket: text('storage.gcs.bucket', { pattern: '^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$' }),
  rootdirectory: prefix('storage.gcs.prefix'),
  chunksize: bytes('storage.gcs.chunkSize'),
  credentials: {
    to: 'storage.gcs.keyFile',
    as: (value) => (isMap(value) ? JSON.stringify(value) : undefined),
    fits: { pattern: '"service_account"' },
    secret: true,
  },
};

const AZURE: Readonly<Record<string, Written>> = {
  accountname: text('storage.azure.accountName', { pattern: '^[a-z0-9]{3,24}$' }),
  accountkey: { ...text('storage.azure.accountKey', { pattern: '^[^\\s"\\\\]+$' }), secret: true },
  container: text('storage.azure.container', { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
  realm: text('storage.azure.realm', TEXTS.host),
  rootdirectory: prefix('storage.azure.prefix'),
  serviceurl: text('storage.azure.endpoint', { pattern: '^https?://[^/:@?#\\s\\[\\]]+(:[0-9]{1,5})?(/[^@?#\\s]*)?$' }),
};

function withScheme(value: unknown): string {
  const url = String(value).replace(/\/$/, '');
  return /^https?:\/\//.test(url) ? url : `https://${url}`;
}

/** Carries an option over; answers whether it is one of these. */
function write(translation: Translation, { name, value, key }: BucketOption, table: Readonly<Record<string, Written>>): boolean {
  const known = entryOf(table, name);
  if (!known) return false;
  const ours = known.as ? known.as(value) : value;
  if (ours !== undefined && fitsIn(ours, known.fits ?? {})) translation.set(known.to, ours);
  else translation.lost(key, `${known.secret ? 'it' : JSON.stringify(value)} is not what \`${known.to}\` takes; set that by hand`);
  return true;
}

const s3: Bucket = {
  credentials(translation, files) {
    const { old } = translation;
    const secret = old.text('secrets.s3.secretRef');
    const [id, key] =
      secret === undefined
        ? [
            files.takeReference('REGISTRY_STORAGE_S3_ACCESSKEY') ?? files.takeReference('AWS_ACCESS_KEY_ID'),
            files.takeReference('REGISTRY_STORAGE_S3_SECRETKEY') ?? files.takeReference('AWS_SECRET_ACCESS_KEY'),
          ]
        : [
            { secret, key: 's3AccessKey' },
            { secret, key: 's3SecretKey' },
          ];
    if (id && key) {
      translation.set('storage.s3.existingSecret', id.secret);
      translation.set('storage.s3.accessKeyIdKey', id.key);
      translation.set('storage.s3.secretAccessKeyKey', key.key);
      if (id.secret === key.secret) return;
      return translation.lost(
        'extraEnvVars',
        `both keys of the bucket must be in one Secret here: copy ${key.key} of ${key.secret} to ${id.secret}`,
      );
    }
    const accessKey = old.text('secrets.s3.accessKey') ?? files.takeText('AWS_ACCESS_KEY_ID');
    const secretKey = old.text('secrets.s3.secretKey') ?? files.takeText('AWS_SECRET_ACCESS_KEY');
    if (accessKey === undefined || secretKey === undefined) return;
    write(translation, { name: 'accesskey', value: accessKey, key: 'secrets.s3.accessKey' }, S3);
    write(translation, { name: 'secretkey', value: secretKey, key: 'secrets.s3.secretKey' }, S3);
  },
  take(translation, option, _files, configuration) {
    const { name, value, key } = option;
    if (['accesskey', 'secretkey'].includes(name) && hasKeys(translation)) return;
    if (write(translation, option, S3)) return;
    if (RAW_S3.includes(name)) configuration.keep(`storage.s3.${name}`, value);
    else if (name === 'v4auth' && String(value) !== 'true') translation.lost(key, 'the registry signs by version 4');
    else if (name === 'sessiontoken') {
      translation.lost(key, 'it ends soon, and would stand in a ConfigMap; name a Secret with keys that stay by storage.s3.existingSecret');
    } else if (!['secure', 'v4auth'].includes(name)) translation.lost(key, "the registry's s3 storage has no such option");
  },
  finish(translation, configuration) {
    const { old, values } = translation;
    const endpoint = values.get('storage.s3.endpoint');
    const line = lineOf(translation);
    if (endpoint !== undefined) {
      const url = old.text('s3.regionEndpoint') ?? String(configuration.get('storage.s3.regionendpoint'));
      const insecure = String(configuration.get('storage.s3.secure')) === 'false' && String(old.get('s3.secure')) !== 'true';
      if (insecure && !url.includes('://')) translation.set('storage.s3.endpoint', `http://${url}`);
      // Registry 2 has the bucket in the path wherever there is an endpoint; 3 only where it was asked for, which this chart does by itself.
      if (!values.has('storage.s3.pathStyle') && old.text('image.tag') !== undefined) translation.set('storage.s3.pathStyle', false);
      if (configuration.get('storage.redirect.disable') !== true) {
        translation.set('storage.redirect', true);
        translation.different(
          'storage.redirect',
          "true, as it was: clients fetch blobs from the store itself. Leave it out where they can't reach it",
        );
      }
    }
    if (line === 2) values.delete('storage.s3.pathStyle');
    shared(translation, configuration);
    if (hasKeys(translation)) return;
    if (line === 2) {
      const tag = values.get('image.tag');
      translation.lost(
        'image.tag',
        `no keys to the bucket are given, and registry ${tag} would need some in this chart: ${DEFAULT_REGISTRY_IMAGE} runs, which can do without`,
      );
      values.delete('image.tag');
      values.delete('image.version');
    }
    if (endpoint !== undefined && !/\.amazonaws\.com(\.cn)?(:|\/|$)/.test(String(endpoint))) {
      translation.guessed(
        'secrets.s3',
        'no keys are given, but only Amazon knows who a pod is: name a Secret by storage.s3.existingSecret',
      );
    }
  },
};

function hasKeys({ values }: Translation): boolean {
  return values.has('storage.s3.existingSecret') || (values.has('storage.s3.accessKeyId') && values.has('storage.s3.secretAccessKey'));
}

const gcs: Bucket = {
  credentials() {},
  take(translation, option, files, configuration) {
    if (write(translation, option, GCS)) return;
    if (option.name === 'maxconcurrency') configuration.keep('storage.gcs.maxconcurrency', option.value);
    else if (option.name === 'keyfile') {
      const file = files.take(String(option.value));
      if (!file)
        return translation.lost(option.key, 'no Secret is mounted there; name one with the key file by storage.gcs.existingSecret');
      translation.set('storage.gcs.existingSecret', file.secret);
      translation.set('storage.gcs.existingSecretKey', file.key);
    } else translation.lost(option.key, "the registry's gcs storage has no such option");
  },
  finish: shared,
};

const azure: Bucket = {
  credentials(translation, files) {
    const { old } = translation;
    for (const [name, from] of [
      ['accountname', 'accountName'],
      ['container', 'container'],
      ['accountkey', 'accountKey'],
    ] as const) {
      const value = old.text(`secrets.azure.${from}`);
      if (value !== undefined) write(translation, { name, value, key: `secrets.azure.${from}` }, AZURE);
    }
    const reference = files.takeReference('REGISTRY_STORAGE_AZURE_ACCOUNTKEY');
    if (!reference) return;
    translation.set('storage.azure.existingSecret', reference.secret);
    translation.set('storage.azure.existingSecretKey', reference.key);
    translation.values.delete('storage.azure.accountKey');
  },
  take(translation, option) {
    if (translation.values.has(AZURE[option.name]?.to ?? '')) return;
    if (write(translation, option, AZURE)) return;
    if (option.name === 'credentials') translation.lost(option.key, 'set storage.azure.identity, and what it needs, by hand');
    else translation.lost(option.key, "the registry's azure storage has no such option");
  },
  finish(translation, configuration) {
    const { values } = translation;
    if (!values.has('storage.azure.accountKey') && !values.has('storage.azure.existingSecret')) {
      translation.guessed('secrets.azure.accountKey', 'no key is given: set storage.azure.existingSecret, or storage.azure.identity');
    }
    shared(translation, configuration);
  },
};

/** What holds for every bucket. */
function shared(translation: Translation, configuration: OldConfiguration): void {
  if (configuration.get('storage.redirect.disable') === true) translation.set('storage.redirect', false);
  const cache = configuration.get('storage.cache.blobdescriptor') ?? 'inmemory';
  if (cache === 'inmemory') translation.set('storage.descriptorCache', true);
}

/** The kinds of buckets, by the driver's name. */
export const BUCKETS: Readonly<Record<string, Bucket>> = { s3, gcs, azure };
