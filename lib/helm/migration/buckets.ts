// Buckets: what the registry's drivers call their options, and what this chart does.
import { DEFAULT_REGISTRY_IMAGE } from '../../registry-image';
import { TEXTS } from '../chart-settings';
import { azure } from './azure-bucket';
import { Bucket, bytes, flag, prefix, shared, text, Written, write } from './bucket-options';
import { lineOf } from './image';
import { isMap } from './old-keys';
import { isFilledIn } from './placeholders';
import { Translation } from './translation';

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

function withScheme(value: unknown): string {
  const url = String(value).replace(/\/$/, '');
  return /^https?:\/\//.test(url) ? url : `https://${url}`;
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
      if (insecure && !url.includes('://') && !isFilledIn(url)) translation.set('storage.s3.endpoint', `http://${url}`);
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
      values.delete('image.digest');
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

/** The kinds of buckets, by the driver's name. */
export const BUCKETS: Readonly<Record<string, Bucket>> = { s3, gcs, azure };
