// Object stores from values. Where something required is missing, the constructs say it.
import type { Construct } from 'constructs';
import { type AzureClient, AzureCredentials } from '../../storage/azure';
import { StorageBackend } from '../../storage/backend';
import { GcsCredentials } from '../../storage/gcs';
import type { S3StorageClass } from '../../storage/s3';
import { S3Credentials } from '../../storage/s3-credentials';
import type { ChartValues } from '../values/reader';
import { existingSecret } from './objects';

export function s3FromValues(scope: Construct, values: ChartValues): StorageBackend {
  const caSecret = existingSecret(scope, values, 'storage.s3.caSecret');
  return StorageBackend.s3({
    bucket: values.string('storage.s3.bucket') as string,
    region: values.string('storage.s3.region'),
    endpoint: values.string('storage.s3.endpoint'),
    credentials: s3Credentials(scope, values),
    pathStyle: values.boolean('storage.s3.pathStyle'),
    prefix: values.string('storage.s3.prefix'),
    encrypt: values.boolean('storage.s3.encrypt'),
    kmsKeyId: values.string('storage.s3.kmsKeyId'),
    storageClass: values.enum<S3StorageClass>('storage.s3.storageClass'),
    chunkSize: values.size('storage.s3.chunkSize'),
    skipVerify: values.boolean('storage.s3.skipVerify'),
    caSecret: caSecret && { secret: caSecret },
    ca: values.string('storage.s3.ca'),
  });
}

function s3Credentials(scope: Construct, values: ChartValues): S3Credentials | undefined {
  const secret = existingSecret(scope, values, 'storage.s3.existingSecret');
  if (secret !== undefined) {
    return S3Credentials.existingSecret({
      secret,
      accessKeyIdKey: values.string('storage.s3.accessKeyIdKey'),
      secretAccessKeyKey: values.string('storage.s3.secretAccessKeyKey'),
    });
  }
  const accessKeyId = values.string('storage.s3.accessKeyId');
  const secretAccessKey = values.string('storage.s3.secretAccessKey');
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  return S3Credentials.keys({
    accessKeyId: accessKeyId as string,
    secretAccessKey: secretAccessKey as string,
  });
}

export function gcsFromValues(scope: Construct, values: ChartValues): StorageBackend {
  return StorageBackend.gcs({
    bucket: values.string('storage.gcs.bucket') as string,
    prefix: values.string('storage.gcs.prefix'),
    chunkSize: values.size('storage.gcs.chunkSize'),
    credentials: gcsCredentials(scope, values),
  });
}

function gcsCredentials(scope: Construct, values: ChartValues): GcsCredentials {
  const secret = existingSecret(scope, values, 'storage.gcs.existingSecret');
  if (secret !== undefined)
    return GcsCredentials.existingSecret({ secret, key: values.string('storage.gcs.existingSecretKey') });
  const file = values.string('storage.gcs.keyFile');
  if (file !== undefined) return GcsCredentials.keyFile(file);
  return GcsCredentials.workloadIdentity({ signing: values.boolean('storage.gcs.signing') });
}

export function azureFromValues(scope: Construct, values: ChartValues): StorageBackend {
  return StorageBackend.azure({
    accountName: values.string('storage.azure.accountName') as string,
    container: values.string('storage.azure.container') as string,
    credentials: azureCredentials(scope, values),
    prefix: values.string('storage.azure.prefix'),
    endpoint: values.string('storage.azure.endpoint'),
    realm: values.string('storage.azure.realm'),
  });
}

function azureCredentials(scope: Construct, values: ChartValues): AzureCredentials {
  const identity = values.string('storage.azure.identity');
  if (identity === 'defaultCredentials') return AzureCredentials.defaultCredentials();
  const secret = existingSecret(scope, values, 'storage.azure.existingSecret');
  const existing = secret && { secret, key: values.string('storage.azure.existingSecretKey') };
  if (identity === 'sharedKey') {
    return existing
      ? AzureCredentials.existingSharedKey(existing)
      : AzureCredentials.sharedKey(values.string('storage.azure.accountKey') as string);
  }
  const client: AzureClient = {
    tenantId: values.string('storage.azure.tenantId') as string,
    clientId: values.string('storage.azure.clientId') as string,
  };
  return existing
    ? AzureCredentials.existingClientSecret(client, existing)
    : AzureCredentials.clientSecret(client, values.string('storage.azure.clientSecret') as string);
}

export function swiftFromValues(scope: Construct, values: ChartValues): StorageBackend {
  const secret = existingSecret(scope, values, 'storage.swift.existingSecret');
  return StorageBackend.swift({
    container: values.string('storage.swift.container') as string,
    authUrl: values.string('storage.swift.authUrl') as string,
    insecurePasswordOverHttp: values.boolean('storage.swift.insecurePasswordOverHttp'),
    username: values.string('storage.swift.username') as string,
    ...(secret
      ? { passwordSecret: { secret, key: values.string('storage.swift.existingSecretKey') } }
      : { password: values.string('storage.swift.password') }),
    tenant: values.string('storage.swift.tenant'),
    domain: values.string('storage.swift.domain'),
    region: values.string('storage.swift.region'),
    prefix: values.string('storage.swift.prefix'),
    chunkSize: values.size('storage.swift.chunkSize'),
  });
}
