// Containers on Azure, and their credentials.
import { PORT, STRINGS } from '../chart/values/formats';
import { Bucket, BucketOption, needs, prefix, shared, stringOption, Written, write } from './bucket-options';
import { SecretFiles } from './files';
import { versionThatRuns } from './image';
import { isMap } from './old-keys';
import { Translation } from './translation';

const KEY = { pattern: '^[^\\s"\\\\]+$' };
const AZURE: Readonly<Record<string, Written>> = {
  accountname: stringOption('storage.azure.accountName', { pattern: '^[a-z0-9]{3,24}$' }),
  accountkey: { ...stringOption('storage.azure.accountKey', KEY), secret: true },
  container: stringOption('storage.azure.container', { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
  realm: stringOption('storage.azure.realm', STRINGS.host),
  rootdirectory: prefix('storage.azure.prefix'),
  serviceurl: stringOption('storage.azure.endpoint', {
    pattern: `^https?://[^/:@?#\\s\\[\\]]+(:${PORT})?(/[^@?#\\s]*)?$`,
  }),
};

export const azure: Bucket = {
  credentials(translation, files) {
    const { old } = translation;
    for (const [name, from] of [
      ['accountname', 'accountName'],
      ['container', 'container'],
      ['accountkey', 'accountKey'],
    ] as const) {
      const value = old.string(`secrets.azure.${from}`);
      if (value !== undefined) write(translation, { name, value, key: `secrets.azure.${from}` }, AZURE);
    }
    const reference = files.takeReference('REGISTRY_STORAGE_AZURE_ACCOUNTKEY');
    if (!reference) return;
    translation.set('storage.azure.existingSecret', reference.secret);
    translation.set('storage.azure.existingSecretKey', reference.key);
    if (translation.values.delete('storage.azure.accountKey')) {
      translation.different(
        'secrets.azure.accountKey',
        `does not count, since extraEnvVars name the Secret ${reference.secret}`,
      );
    }
  },
  take(translation, option, files) {
    if (translation.values.has(AZURE[option.name]?.to ?? '')) return;
    if (write(translation, option, AZURE)) return;
    if (option.name === 'credentials') identify(translation, option, files);
    else translation.lost(option.key, "the registry's azure storage has no such option");
  },
  finish(translation, configuration) {
    const { old, values } = translation;
    needs(translation, {
      'storage.azure.accountName': 'secrets.azure.accountName',
      'storage.azure.container': 'secrets.azure.container',
    });
    const keyed = values.get('storage.azure.identity') === undefined;
    if (keyed && !values.has('storage.azure.accountKey') && !values.has('storage.azure.existingSecret')) {
      translation.guessed(
        'secrets.azure.accountKey',
        'no key is given: set storage.azure.existingSecret, or storage.azure.identity',
      );
    }
    // The old charts require a key, whether it is used or not.
    if (
      !keyed &&
      values.delete('storage.azure.accountKey') &&
      old.string('secrets.azure.accountKey') !== undefined
    ) {
      translation.different(
        'secrets.azure.accountKey',
        'is not needed: the registry does not authenticate with an account key',
      );
    }
    shared(translation, configuration);
  },
};

const ID = { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };

/** The credentials, if not a key of the account. */
function identify(translation: Translation, { value, key }: BucketOption, files: SecretFiles): void {
  const { type, tenantid, clientid, secret } = isMap(value) ? value : {};
  if (type === undefined || type === 'shared_key') return;
  const version = versionThatRuns(translation);
  if (!version.azure.beyondAccountKeys)
    return translation.lost(key, `registry ${version.major}.x supports account keys only`);
  if (type === 'default_credentials') return translation.set('storage.azure.identity', 'defaultCredentials');
  if (type !== 'client_secret')
    return translation.lost(key, `the registry has no credentials of type ${JSON.stringify(type)}`);
  translation.set('storage.azure.identity', 'clientSecret');
  translation.carry(`${key}.tenantid`, tenantid, 'storage.azure.tenantId', ID);
  translation.carry(`${key}.clientid`, clientid, 'storage.azure.clientId', ID);
  const reference = files.takeReference('REGISTRY_STORAGE_AZURE_CREDENTIALS_SECRET');
  if (reference) {
    translation.set('storage.azure.existingSecret', reference.secret);
    translation.set('storage.azure.existingSecretKey', reference.key);
  } else if (secret !== undefined) {
    const option = { name: 'clientsecret', value: secret, key: `${key}.secret` };
    write(translation, option, {
      clientsecret: { ...stringOption('storage.azure.clientSecret', KEY), secret: true },
    });
  }
  for (const [path, name] of Object.entries(NEEDED)) {
    const there = translation.values.has(path) || (name === 'secret' && reference !== undefined);
    if (!there) translation.guessed(`${key}.${name}`, `is not given: set ${path}`);
  }
}

const NEEDED = {
  'storage.azure.tenantId': 'tenantid',
  'storage.azure.clientId': 'clientid',
  'storage.azure.clientSecret': 'secret',
};
