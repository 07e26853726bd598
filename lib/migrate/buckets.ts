// Buckets: the names of the drivers' options, and of this chart's.

import { PORT, STRINGS } from '../chart/values/formats';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { azure } from './azure-bucket';
import {
  Bucket,
  booleanOption,
  bytes,
  needs,
  prefix,
  shared,
  stringOption,
  Written,
  write,
} from './bucket-options';
import { SecretFile, SecretFiles } from './files';
import { versionThatRuns } from './image';
import { isMap } from './old-keys';
import { isFilledIn } from './placeholders';
import { Translation } from './translation';

const S3: Readonly<Record<string, Written>> = {
  bucket: stringOption('storage.s3.bucket', { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' }),
  region: stringOption('storage.s3.region', STRINGS.line),
  regionendpoint: {
    to: 'storage.s3.endpoint',
    as: withScheme,
    fits: { pattern: `^https?://[^/:@?#\\s\\[\\]]+(:${PORT})?(/[^@?#\\s]*)?$` },
  },
  accesskey: { ...stringOption('storage.s3.accessKeyId', STRINGS.secret), secret: true },
  secretkey: { ...stringOption('storage.s3.secretAccessKey', STRINGS.secret), secret: true },
  rootdirectory: prefix('storage.s3.prefix'),
  encrypt: booleanOption('storage.s3.encrypt'),
  keyid: stringOption('storage.s3.kmsKeyId', STRINGS.line),
  chunksize: bytes('storage.s3.chunkSize'),
  storageclass: stringOption('storage.s3.storageClass', {
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
  forcepathstyle: booleanOption('storage.s3.pathStyle'),
  skipverify: booleanOption('storage.s3.skipVerify'),
};
/** Options without a setting that the registry accepts. */
const RAW_S3 = [
  ...[
    'objectacl',
    'useragent',
    'usedualstack',
    'accelerate',
    'loglevel',
    'logs3apirequests',
    'logs3apiresponseheaders',
  ],
  ...[
    'multipartcopychunksize',
    'multipartcopymaxconcurrency',
    'multipartcopythresholdsize',
    'multipartcombinesmallpart',
  ],
];

const GCS: Readonly<Record<string, Written>> = {
  bucket: stringOption('storage.gcs.bucket', { pattern: '^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$' }),
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
    const secret = old.string('secrets.s3.secretRef');
    const id =
      secret === undefined ? referenceOf(files, ...ID_VARIABLES) : { secret, key: 's3AccessKey', from: '' };
    const key =
      secret === undefined ? referenceOf(files, ...KEY_VARIABLES) : { secret, key: 's3SecretKey', from: '' };
    if (id && key) {
      translation.set('storage.s3.existingSecret', id.secret);
      translation.set('storage.s3.accessKeyIdKey', id.key);
      translation.set('storage.s3.secretAccessKeyKey', key.key);
      for (const name of ['secrets.s3.accessKey', 'secrets.s3.secretKey'].filter(
        (name) => old.string(name) !== undefined,
      )) {
        translation.different(name, `does not count, since the keys come from the Secret ${id.secret}`);
      }
      if (id.secret === key.secret) return;
      return translation.lost(
        'extraEnvVars',
        `both keys of the bucket must be in one Secret here: copy ${key.key} of ${key.secret} to ${id.secret}`,
      );
    }
    const half = id ?? key;
    if (half)
      translation.lost(
        half.from,
        `${half.key} of the Secret ${half.secret}: ${halfOf(id ? 'secret key' : 'access key')}`,
      );
    const accessKey = textOf(translation, files, 'secrets.s3.accessKey', 'AWS_ACCESS_KEY_ID');
    const secretKey = textOf(translation, files, 'secrets.s3.secretKey', 'AWS_SECRET_ACCESS_KEY');
    if (accessKey && secretKey) {
      write(translation, { name: 'accesskey', ...accessKey }, S3);
      write(translation, { name: 'secretkey', ...secretKey }, S3);
    } else if (accessKey) translation.lost(accessKey.key, halfOf('secret key'));
    else if (secretKey) translation.lost(secretKey.key, halfOf('access key'));
  },
  take(translation, option, _files, configuration) {
    const { name, value, key } = option;
    if (['accesskey', 'secretkey'].includes(name) && hasKeys(translation)) return;
    if (write(translation, option, S3)) return;
    if (RAW_S3.includes(name)) configuration.keep(`storage.s3.${name}`, value);
    else if (name === 'v4auth' && String(value) !== 'true')
      translation.lost(key, 'the registry signs by version 4');
    else if (name === 'sessiontoken') {
      translation.lost(
        key,
        'it ends soon, and would stand in a ConfigMap; name a Secret with keys that stay by storage.s3.existingSecret',
      );
    } else if (!['secure', 'v4auth'].includes(name))
      translation.lost(key, "the registry's s3 storage has no such option");
  },
  finish(translation, configuration) {
    const { old, values } = translation;
    const endpoint = values.get('storage.s3.endpoint');
    needs(translation, { 'storage.s3.bucket': 's3.bucket', 'storage.s3.region': 's3.region' });
    if (!hasKeys(translation)) {
      for (const [name, , other] of HALVES.filter(([, path]) => values.delete(path))) {
        translation.lost(configuration.nameOf(`storage.s3.${name}`), halfOf(other));
      }
    }
    const { s3: known } = versionThatRuns(translation);
    if (endpoint !== undefined) {
      const url = old.string('s3.regionEndpoint') ?? String(configuration.get('storage.s3.regionendpoint'));
      const insecure =
        String(configuration.get('storage.s3.secure')) === 'false' && String(old.get('s3.secure')) !== 'true';
      if (insecure && !url.includes('://') && !isFilledIn(url))
        translation.set('storage.s3.endpoint', `http://${url}`);
      // Distribution 2.x has the bucket in the path wherever there is an endpoint; 3.x only where requested,
      // which this chart does by default.
      if (!values.has('storage.s3.pathStyle') && old.string('image.tag') !== undefined)
        translation.set('storage.s3.pathStyle', false);
      if (configuration.get('storage.redirect.disable') !== true) {
        translation.set('storage.redirect', true);
        translation.different(
          'storage.redirect',
          "true, as it was: clients fetch blobs from the store itself. Leave it out where they can't reach it",
        );
      }
    }
    if (!known.pathStyle) values.delete('storage.s3.pathStyle');
    shared(translation, configuration);
    if (hasKeys(translation)) return;
    if (!known.serviceAccounts) {
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
        'no keys are given, but only on Amazon can a pod do without: name a Secret by storage.s3.existingSecret',
      );
    }
  },
};

const ID_VARIABLES = ['REGISTRY_STORAGE_S3_ACCESSKEY', 'AWS_ACCESS_KEY_ID'];
const KEY_VARIABLES = ['REGISTRY_STORAGE_S3_SECRETKEY', 'AWS_SECRET_ACCESS_KEY'];
const HALVES = [
  ['accesskey', 'storage.s3.accessKeyId', 'secret key'],
  ['secretkey', 'storage.s3.secretAccessKey', 'access key'],
] as const;

/** Half a pair of keys is unusable. */
function halfOf(missing: string): string {
  return `its ${missing} is missing, so that it says nothing (it may have come by --set, which \`helm get values --all\` shows): give both by storage.s3.accessKeyId and storage.s3.secretAccessKey, or name a Secret with both by storage.s3.existingSecret`;
}

function referenceOf(
  files: SecretFiles,
  ...variables: string[]
): (SecretFile & { readonly from: string }) | undefined {
  for (const variable of variables) {
    const found = files.takeReference(variable);
    if (found) return { ...found, from: `extraEnvVars.${variable}` };
  }
  return undefined;
}

/** A string from the values, or else from an environment variable, with its name. */
function textOf(
  { old }: Translation,
  files: SecretFiles,
  key: string,
  variable: string,
): { value: string; key: string } | undefined {
  const given = old.string(key);
  if (given !== undefined) return { value: given, key };
  const value = files.takeText(variable);
  return value === undefined ? undefined : { value, key: `extraEnvVars.${variable}` };
}

function hasKeys({ values }: Translation): boolean {
  return (
    values.has('storage.s3.existingSecret') ||
    (values.has('storage.s3.accessKeyId') && values.has('storage.s3.secretAccessKey'))
  );
}

const gcs: Bucket = {
  credentials() {},
  take(translation, option, files, configuration) {
    if (write(translation, option, GCS)) return;
    if (option.name === 'maxconcurrency') configuration.keep('storage.gcs.maxconcurrency', option.value);
    else if (option.name === 'keyfile') {
      const file = files.take(String(option.value));
      if (!file)
        return translation.lost(
          option.key,
          'no Secret is mounted there; name one with the key file by storage.gcs.existingSecret',
        );
      translation.set('storage.gcs.existingSecret', file.secret);
      translation.set('storage.gcs.existingSecretKey', file.key);
    } else translation.lost(option.key, "the registry's gcs storage has no such option");
  },
  finish(translation, configuration) {
    needs(translation, { 'storage.gcs.bucket': 'configData.storage.gcs.bucket' });
    shared(translation, configuration);
  },
};

/** The kinds of buckets, by the driver's name. */
export const BUCKETS: Readonly<Record<string, Bucket>> = { s3, gcs, azure };
