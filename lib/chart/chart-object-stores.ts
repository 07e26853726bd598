// The chart's settings of buckets.

import { portOf } from '../network/egress-rules';
import { AzureCredentials } from '../storage/azure';
import { StorageBackend } from '../storage/backend';
import { GcsCredentials } from '../storage/gcs';
import { S3StorageClass } from '../storage/s3';
import { S3Credentials } from '../storage/s3-credentials';
import { ChartPlace, existingSecret, scalar, TEXTS } from './chart-settings';
import { _ScalarOptions, HelmParameterOptions } from './helm-values';

const KIBIBYTES = {
  name: 'bytes',
  apply: bytes,
  expression: (value: string) => `(mul (include "registry.kibibytes" ${value} | int64) 1024)`,
};

function bytes(size: string): number {
  return Number.parseInt(size, 10) * 1024 ** 2;
}

const prefix = ({ values }: ChartPlace, at: string, property: string) =>
  values.text(`${at}.prefix`, {
    property,
    schema: { pattern: "^[\\w!.*'()-]+(/[\\w!.*'()-]+)*$", not: { pattern: '(^|/)\\.+(/|$)' } },
  });

/** A bucket on S3. */
export function s3FromValues(place: ChartPlace): StorageBackend {
  const { values } = place;
  const at = 'storage.s3';
  const property = (name: string) => `S3Options.${name}`;
  const caSecret = existingSecret(place, `${at}.caSecret`, { property: property('caSecret') });
  return StorageBackend.s3({
    bucket: values.text(`${at}.bucket`, {
      property: property('bucket'),
      required: true,
      schema: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' },
    }) as string,
    endpoint: values.text(
      `${at}.endpoint`,
      endpoint(property('endpoint'), ['https', 'http'], { amazon: AMAZON, ...INSIDE }),
    ),
    region: values.text(`${at}.region`, {
      property: property('region'),
      samples: ['zq-east-8101', 'zq-east-8103'],
      required: true,
      schema: TEXTS.line,
    }),
    credentials: s3Credentials(place, at),
    pathStyle: values.flag(`${at}.pathStyle`, { property: property('pathStyle') }),
    prefix: prefix(place, at, property('prefix')),
    encrypt: values.flag(`${at}.encrypt`, { property: property('encrypt') }),
    kmsKeyId: values.text(`${at}.kmsKeyId`, { property: property('kmsKeyId'), schema: TEXTS.line }),
    storageClass: values.choice(`${at}.storageClass`, Object.values(S3StorageClass), {
      property: property('storageClass'),
    }),
    chunkSize: values.size(
      `${at}.chunkSize`,
      scalar({ property: property('chunkSize'), samples: ['1601Mi', '1607Mi'], derivations: [KIBIBYTES] }),
    ),
    skipVerify: values.flag(`${at}.skipVerify`, { property: property('skipVerify') }),
    caSecret: caSecret && { secret: caSecret },
    ca: values.text(`${at}.ca`, {
      property: property('ca'),
      samples: ['zqrooty', 'zqrootz'].map(
        (name) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`,
      ),
      schema: { pattern: '-----BEGIN CERTIFICATE-----', not: { pattern: 'PRIVATE KEY-----' } },
    }),
  });
}

function s3Credentials(place: ChartPlace, at: string): S3Credentials | undefined {
  const { values } = place;
  const secret = existingSecret(place, `${at}.existingSecret`, {
    description: "Name of a Secret that exists in the release's namespace, with the keys to the bucket.",
  });
  if (secret !== undefined) {
    const key = (name: string) =>
      values.text(`${at}.${name}`, { property: `S3SecretKeys.${name}`, schema: TEXTS.dataKey });
    return S3Credentials.existingSecret({
      secret,
      accessKeyIdKey: key('accessKeyIdKey'),
      secretAccessKeyKey: key('secretAccessKeyKey'),
    });
  }
  const key = (name: string) =>
    values.text(`${at}.${name}`, { property: `S3Keys.${name}`, schema: TEXTS.secret }) as string;
  const keys = { accessKeyId: key('accessKeyId'), secretAccessKey: key('secretAccessKey') };
  return keys.accessKeyId === undefined && keys.secretAccessKey === undefined
    ? undefined
    : S3Credentials.keys(keys);
}

/** Where a server is, as a NetworkPolicy sees it. */
interface ServerPlace {
  readonly host: string;
  readonly samples: readonly string[];
}

const INSIDE: Readonly<Record<string, ServerPlace>> = {
  service: {
    host: '[^./:]+\\.[^./:]+\\.svc(\\.[^/:]+)?',
    samples: ['zqminio.zqstores.svc:21017', 'zqgarage.zqshops.svc:21019'],
  },
  address: { host: '[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+', samples: ['10.81.0.1:21043', '10.81.0.3:21047'] },
  neighbour: { host: '[^./:]+', samples: ['zqbeside:21023', 'zqnearby:21029'] },
};
const AMAZON = {
  host: '[^/:]*\\.amazonaws\\.com(\\.cn)?',
  samples: ['s3.zqcloud.amazonaws.com:21011', 's3.zqfog.amazonaws.com:21013'],
};
const ELSEWHERE = ['zqbucket.example.com:21031', 'zqpail.example.com:21041'];

/** An address of a server, of which each scheme and each place makes a difference. */
function endpoint(
  property: string,
  schemes: readonly string[],
  places: Readonly<Record<string, ServerPlace>>,
): HelmParameterOptions {
  const kinds = schemes.flatMap((scheme) => {
    const urls = (hosts: readonly string[]) => hosts.map((host) => `${scheme.replace('?', '')}://${host}/`);
    const test = (host: string) => (value: string) =>
      `regexMatch ${JSON.stringify(`^${scheme}://${host}(:[0-9]+)?(/.*)?$`)} ${value}`;
    const known = Object.entries(places).map(
      ([name, { host, samples }]) =>
        [`${scheme}-${name}`, { samples: urls(samples), test: test(host) }] as const,
    );
    const others = (value: string) => known.map(([, kind]) => ` (not (${kind.test(value)}))`).join('');
    const elsewhere = (value: string) => `and (regexMatch "^${scheme}://" ${value})${others(value)}`;
    return [...known, [`${scheme}-elsewhere`, { samples: urls(ELSEWHERE), test: elsewhere }] as const];
  });
  return scalar({
    property,
    kinds: Object.fromEntries(kinds),
    derivations: [
      {
        name: 'address',
        apply: (url: string) => url.replace(/\/$/, ''),
        expression: (value) => `(trimSuffix "/" ${value})`,
      },
      {
        name: 'port',
        apply: (url: string) => portOf(new URL(url)),
        expression: (value) => `(include "registry.port" ${value} | int)`,
      },
      {
        name: 'range',
        apply: (url: string) =>
          /^[\d.]+$/.test(new URL(url).hostname) ? `${new URL(url).hostname}/32` : undefined,
        expression: (value) => `(regexReplaceAll "^https?://([0-9.]+).*$" ${value} "\${1}/32")`,
      },
      {
        name: 'namespace',
        apply: (url: string) => /^[^.]+\.([^.]+)\.svc/.exec(new URL(url).hostname)?.[1],
        expression: (value) => `(regexReplaceAll "^https?://[^./:]+[.]([^./:]+)[.]svc.*$" ${value} "\${1}")`,
      },
    ],
    schema: { pattern: '^https?://[^/:@?#\\s\\[\\]]+(:[0-9]{1,5})?(/[^@?#\\s]*)?$' },
  });
}

/** A bucket on Google Cloud Storage. */
export function gcsFromValues(place: ChartPlace): StorageBackend {
  const { values } = place;
  const at = 'storage.gcs';
  return StorageBackend.gcs({
    bucket: values.text(`${at}.bucket`, {
      property: 'GcsOptions.bucket',
      required: true,
      schema: { pattern: '^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$' },
    }) as string,
    prefix: prefix(place, at, 'GcsOptions.prefix'),
    chunkSize: values.size(
      `${at}.chunkSize`,
      scalar({ property: 'GcsOptions.chunkSize', samples: ['1613Mi', '1619Mi'], derivations: [KIBIBYTES] }),
    ),
    credentials: gcsCredentials(place, at),
  });
}

function gcsCredentials(place: ChartPlace, at: string): GcsCredentials | undefined {
  const { values } = place;
  const secret = existingSecret(place, `${at}.existingSecret`, {
    description:
      "Name of a Secret that exists in the release's namespace, with the key file of a service account.",
  });
  if (secret !== undefined) {
    const key = values.text(`${at}.existingSecretKey`, {
      description: 'The key in `existingSecret`.',
      schema: TEXTS.dataKey,
    });
    return GcsCredentials.existingSecret({ secret, key });
  }
  const file = values.text(`${at}.keyFile`, {
    description: 'The key file of a service account, as JSON; it ends up in a Secret.',
    samples: ['zqrobota', 'zqrobotb'].map(
      (name) => `{"type":"service_account","client_email":"${name}","private_key":"none"}`,
    ),
    schema: { pattern: '"service_account"' },
  });
  if (file !== undefined) return GcsCredentials.keyFile(file);
  const signing = values.flag(`${at}.signing`, { property: 'GcsIdentityOptions.signing' });
  return GcsCredentials.workloadIdentity({ signing });
}

/** A container on Azure. */
export function azureFromValues(place: ChartPlace): StorageBackend {
  const { values } = place;
  const at = 'storage.azure';
  const required = (name: string, pattern: string, more: object = {}) =>
    values.text(`${at}.${name}`, {
      property: `AzureOptions.${name}`,
      required: true,
      schema: { pattern, ...more },
    }) as string;
  return StorageBackend.azure({
    accountName: required('accountName', '^[a-z0-9]{3,24}$'),
    container: required('container', '^[a-z0-9]+(-[a-z0-9]+)*$', { minLength: 3, maxLength: 63 }),
    credentials: azureCredentials(place, at),
    prefix: prefix(place, at, 'AzureOptions.prefix'),
    endpoint: values.text(`${at}.endpoint`, endpoint('AzureOptions.endpoint', ['https?'], INSIDE)),
    realm: values.text(`${at}.realm`, {
      property: 'AzureOptions.realm',
      samples: ['zqrealm.example.com', 'zqlake.example.com'],
      schema: TEXTS.host,
    }),
  });
}

function azureCredentials(place: ChartPlace, at: string): AzureCredentials {
  const { values } = place;
  const identity = values.choice(`${at}.identity`, ['sharedKey', 'clientSecret', 'defaultCredentials'], {
    description:
      'As whom the registry uses the container: by a key of the storage account, as an application with a secret, or as who the pod is (workload identity).',
    defaultValue: 'sharedKey',
  });
  if (identity === 'defaultCredentials') return AzureCredentials.defaultCredentials();
  const application = identity === 'clientSecret';
  const id = (name: 'tenantId' | 'clientId', samples: string[]) =>
    values.text(`${at}.${name}`, {
      property: `AzureClient.${name}`,
      samples,
      required: true,
      schema: { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
    }) as string;
  const client = application && {
    tenantId: id('tenantId', [
      '8a1d0001-8a1d-8a1d-8a1d-8a1d8a1d8a1d',
      '8a1d0002-8a1d-8a1d-8a1d-8a1d8a1d8a1d',
    ]),
    clientId: id('clientId', [
      '8a1e0001-8a1e-8a1e-8a1e-8a1e8a1e8a1e',
      '8a1e0002-8a1e-8a1e-8a1e-8a1e8a1e8a1e',
    ]),
  };
  const existing = existingSecret(place, `${at}.existingSecret`, {
    description:
      "Name of a Secret that exists in the release's namespace, with the account's key or the application's secret.",
  });
  if (existing !== undefined) {
    const key = values.text(`${at}.existingSecretKey`, {
      description: 'The key in `existingSecret`.',
      schema: TEXTS.dataKey,
    });
    return client
      ? AzureCredentials.existingClientSecret(client, { secret: existing, key })
      : AzureCredentials.existingSharedKey({ secret: existing, key });
  }
  const [name, description] = application
    ? ['clientSecret', "The application's secret; it ends up in a Secret."]
    : ['accountKey', "One of the storage account's two keys; it ends up in a Secret."];
  const secret = values.text(
    `${at}.${name}`,
    scalar({ description, required: true, kinds: written(name), schema: { pattern: '^[^\\s"\\\\]+$' } }),
  ) as string;
  return client ? AzureCredentials.clientSecret(client, secret) : AzureCredentials.sharedKey(secret);
}

/** The registry reads it as YAML, for which some texts are put in quotes. */
function written(name: string): _ScalarOptions['kinds'] {
  const plain = (value: string) =>
    `and (regexMatch "^[A-Za-z][A-Za-z0-9+/=_.~-]*$" ${value}) (not (regexMatch "^(?i:true|false|yes|no|on|off|null|y|n)$" ${value}))`;
  return {
    plain: { samples: [`zq${name}x==`, `zq${name}y==`], test: plain },
    quoted: { samples: [`8zq${name}v==`, `8zq${name}w==`], test: (value) => `not (${plain(value)})` },
  };
}
