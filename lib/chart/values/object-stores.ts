// Values of the object stores that images may be kept in.
import { S3StorageClass } from '../../storage/s3';
import { STRINGS } from './formats';
import type { ChartEntry } from './value';

const PREFIX = {
  pattern: "^[\\w!.*'()-]+(/[\\w!.*'()-]+)*$",
  not: { pattern: '(^|/)\\.+(/|$)' },
} as const;

export const S3_VALUES = [
  {
    path: 'storage.s3',
    type: 'group',
    description: 'A bucket on Amazon S3, or on a server that speaks its protocol; where storage.type is s3.',
  },
  {
    path: 'storage.s3.bucket',
    type: 'string',
    default: '',
    member: 'S3Options.bucket',
    schema: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' },
  },
  {
    path: 'storage.s3.region',
    type: 'string',
    default: '',
    member: 'S3Options.region',
    schema: STRINGS.line,
  },
  {
    path: 'storage.s3.endpoint',
    type: 'string',
    default: '',
    member: 'S3Options.endpoint',
    schema: STRINGS.endpoint,
  },
  {
    path: 'storage.s3.existingSecret',
    type: 'string',
    default: '',
    description: "Name of a Secret that exists in the release's namespace, with the keys to the bucket.",
    schema: STRINGS.name,
  },
  {
    path: 'storage.s3.accessKeyIdKey',
    type: 'string',
    default: 'AWS_ACCESS_KEY_ID',
    member: 'S3SecretKeys.accessKeyIdKey',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.s3.secretAccessKeyKey',
    type: 'string',
    default: 'AWS_SECRET_ACCESS_KEY',
    member: 'S3SecretKeys.secretAccessKeyKey',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.s3.accessKeyId',
    type: 'string',
    default: '',
    member: 'S3Keys.accessKeyId',
    secret: true,
  },
  {
    path: 'storage.s3.secretAccessKey',
    type: 'string',
    default: '',
    member: 'S3Keys.secretAccessKey',
    secret: true,
  },
  { path: 'storage.s3.pathStyle', type: 'boolean', default: null, member: 'S3Options.pathStyle' },
  { path: 'storage.s3.prefix', type: 'string', default: '', member: 'S3Options.prefix', schema: PREFIX },
  { path: 'storage.s3.encrypt', type: 'boolean', default: null, member: 'S3Options.encrypt' },
  {
    path: 'storage.s3.kmsKeyId',
    type: 'string',
    default: '',
    member: 'S3Options.kmsKeyId',
    schema: STRINGS.line,
  },
  {
    path: 'storage.s3.storageClass',
    type: 'string',
    default: '',
    member: 'S3Options.storageClass',
    choices: Object.values(S3StorageClass),
  },
  {
    path: 'storage.s3.chunkSize',
    type: 'string',
    default: '',
    member: 'S3Options.chunkSize',
    schema: STRINGS.size,
  },
  { path: 'storage.s3.skipVerify', type: 'boolean', default: false, member: 'S3Options.skipVerify' },
  {
    path: 'storage.s3.caSecret',
    type: 'string',
    default: '',
    member: 'S3Options.caSecret',
    schema: STRINGS.name,
  },
  {
    path: 'storage.s3.ca',
    type: 'string',
    default: '',
    member: 'S3Options.ca',
    secret: true,
  },
] as const satisfies readonly ChartEntry[];

export const GCS_VALUES = [
  {
    path: 'storage.gcs',
    type: 'group',
    description: 'A bucket on Google Cloud Storage; where storage.type is gcs.',
  },
  {
    path: 'storage.gcs.bucket',
    type: 'string',
    default: '',
    member: 'GcsOptions.bucket',
    schema: { pattern: '^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$' },
  },
  { path: 'storage.gcs.prefix', type: 'string', default: '', member: 'GcsOptions.prefix', schema: PREFIX },
  {
    path: 'storage.gcs.chunkSize',
    type: 'string',
    default: '',
    member: 'GcsOptions.chunkSize',
    schema: STRINGS.size,
  },
  {
    path: 'storage.gcs.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists in the release's namespace, with the key file of a service account. By default: workload identity.",
    schema: STRINGS.name,
  },
  {
    path: 'storage.gcs.existingSecretKey',
    type: 'string',
    default: 'key.json',
    description: 'The key in `storage.gcs.existingSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.gcs.keyFile',
    type: 'string',
    default: '',
    description: 'The key file of a service account, as JSON. It is written to a Secret.',
    secret: true,
  },
  {
    path: 'storage.gcs.signing',
    type: 'boolean',
    default: false,
    member: 'GcsIdentityOptions.signing',
  },
] as const satisfies readonly ChartEntry[];

const ENTRA_ID = { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };

export const AZURE_VALUES = [
  {
    path: 'storage.azure',
    type: 'group',
    description: 'A container on Azure Blob Storage; where storage.type is azure.',
  },
  {
    path: 'storage.azure.accountName',
    type: 'string',
    default: '',
    member: 'AzureOptions.accountName',
    schema: { pattern: '^[a-z0-9]{3,24}$' },
  },
  {
    path: 'storage.azure.container',
    type: 'string',
    default: '',
    member: 'AzureOptions.container',
    // At least three characters.
    schema: { pattern: '^[a-z0-9](-[a-z0-9]|[a-z0-9]-?[a-z0-9])(-?[a-z0-9])*$', maxLength: 63 },
  },
  {
    path: 'storage.azure.identity',
    type: 'string',
    default: 'sharedKey',
    description:
      'How the registry logs in: with a key of the storage account, as an application with a secret, or as the pod (workload identity).',
    choices: ['sharedKey', 'clientSecret', 'defaultCredentials'],
  },
  {
    path: 'storage.azure.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists in the release's namespace, with the account's key or the application's secret.",
    schema: STRINGS.name,
  },
  {
    path: 'storage.azure.existingSecretKey',
    type: 'string',
    default: '',
    description: 'The key in `storage.azure.existingSecret`. By default: accountKey, or clientSecret.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.azure.accountKey',
    type: 'string',
    default: '',
    description: "One of the storage account's two keys. It is written to a Secret.",
    secret: true,
  },
  {
    path: 'storage.azure.tenantId',
    type: 'string',
    default: '',
    member: 'AzureClient.tenantId',
    schema: ENTRA_ID,
  },
  {
    path: 'storage.azure.clientId',
    type: 'string',
    default: '',
    member: 'AzureClient.clientId',
    schema: ENTRA_ID,
  },
  {
    path: 'storage.azure.clientSecret',
    type: 'string',
    default: '',
    description: "The application's secret. It is written to a Secret.",
    secret: true,
  },
  {
    path: 'storage.azure.prefix',
    type: 'string',
    default: '',
    member: 'AzureOptions.prefix',
    schema: PREFIX,
  },
  {
    path: 'storage.azure.endpoint',
    type: 'string',
    default: '',
    member: 'AzureOptions.endpoint',
    schema: STRINGS.endpoint,
  },
  {
    path: 'storage.azure.realm',
    type: 'string',
    default: '',
    member: 'AzureOptions.realm',
    schema: STRINGS.host,
  },
] as const satisfies readonly ChartEntry[];

export const SWIFT_VALUES = [
  {
    path: 'storage.swift',
    type: 'group',
    description:
      'A container on OpenStack Swift, for Distribution 2.8 only (`image.tag: "2.8.3"`); where storage.type is swift.',
  },
  {
    path: 'storage.swift.container',
    type: 'string',
    default: '',
    member: 'SwiftOptions.container',
    schema: STRINGS.line,
  },
  {
    path: 'storage.swift.authUrl',
    type: 'string',
    default: '',
    member: 'SwiftOptions.authUrl',
    schema: STRINGS.endpoint,
  },
  {
    path: 'storage.swift.insecurePasswordOverHttp',
    type: 'boolean',
    default: false,
    member: 'SwiftOptions.insecurePasswordOverHttp',
  },
  {
    path: 'storage.swift.username',
    type: 'string',
    default: '',
    member: 'SwiftOptions.username',
    schema: STRINGS.line,
  },
  {
    path: 'storage.swift.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists in the release's namespace, with the user's password: a single line, used as it is.",
    schema: STRINGS.name,
  },
  {
    path: 'storage.swift.existingSecretKey',
    type: 'string',
    default: 'password',
    description: 'The key in `storage.swift.existingSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.swift.password',
    type: 'string',
    default: '',
    description: "The user's password. It is written to a Secret.",
    secret: true,
  },
  {
    path: 'storage.swift.tenant',
    type: 'string',
    default: '',
    member: 'SwiftOptions.tenant',
    schema: STRINGS.line,
  },
  {
    path: 'storage.swift.domain',
    type: 'string',
    default: '',
    member: 'SwiftOptions.domain',
    schema: STRINGS.line,
  },
  {
    path: 'storage.swift.region',
    type: 'string',
    default: '',
    member: 'SwiftOptions.region',
    schema: STRINGS.line,
  },
  {
    path: 'storage.swift.prefix',
    type: 'string',
    default: '',
    member: 'SwiftOptions.prefix',
    schema: PREFIX,
  },
  {
    path: 'storage.swift.chunkSize',
    type: 'string',
    default: '',
    member: 'SwiftOptions.chunkSize',
    schema: STRINGS.size,
  },
] as const satisfies readonly ChartEntry[];
