// Values of where images are kept: a volume, or one of three object stores.
import { S3StorageClass } from '../../storage/s3';
import { STRINGS } from './formats';
import type { ChartEntry } from './value';

export const STORAGE_VALUES = [
  { path: 'storage', type: 'group', description: 'Where images are kept, and how.' },
  {
    path: 'storage.type',
    type: 'string',
    default: 'filesystem',
    description: 'Where images are kept: in a volume (see `persistence`), or in an object store.',
    choices: ['filesystem', 's3', 'gcs', 'azure'],
  },
  { path: 'storage.deletion', type: 'boolean', default: false, member: 'RegistryStorageOptions.deletion' },
  { path: 'storage.readOnly', type: 'boolean', default: false, member: 'RegistryStorageOptions.readOnly' },
  {
    path: 'storage.redirect',
    type: 'boolean',
    default: null,
    member: 'RegistryStorageOptions.redirect',
    description:
      'Whether clients are redirected to the object store for blobs, with signed URLs that are valid for 20 minutes. That takes load off the registry, but clients must reach the store and trust its certificate. By default: true for Amazon S3, Azure, and for Google where the account can sign; else false.',
  },
  {
    path: 'storage.descriptorCache',
    type: 'boolean',
    default: false,
    member: 'RegistryStorageOptions.descriptorCache',
  },
  { path: 'storage.uploadPurging', type: 'group', description: 'How incomplete uploads are purged.' },
  {
    path: 'storage.uploadPurging.enabled',
    type: 'boolean',
    default: true,
    member: 'UploadPurgingOptions.enabled',
  },
  {
    path: 'storage.uploadPurging.age',
    type: 'string',
    default: '24h',
    member: 'UploadPurgingOptions.age',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.uploadPurging.interval',
    type: 'string',
    default: '6h',
    member: 'UploadPurgingOptions.interval',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.uploadPurging.dryRun',
    type: 'boolean',
    default: false,
    member: 'UploadPurgingOptions.dryRun',
  },
  { path: 'storage.health', type: 'group', description: 'Health checks of the storage.' },
  { path: 'storage.health.enabled', type: 'boolean', default: true, member: 'StorageHealthOptions.enabled' },
  {
    path: 'storage.health.interval',
    type: 'string',
    default: '10s',
    member: 'StorageHealthOptions.interval',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.health.threshold',
    type: 'integer',
    default: 3,
    member: 'StorageHealthOptions.threshold',
    schema: { minimum: 1, maximum: 1000 },
  },
] as const satisfies readonly ChartEntry[];

export const VOLUME_VALUES = [
  {
    path: 'persistence',
    type: 'group',
    description: 'The volume that images are kept in, where storage.type is filesystem.',
  },
  {
    path: 'persistence.enabled',
    type: 'boolean',
    default: true,
    description: 'Whether images are kept in a PersistentVolumeClaim. Without, images are lost with the pod.',
  },
  {
    path: 'persistence.existingClaim',
    type: 'string',
    default: '',
    description: "Name of a claim that exists in the release's namespace; then none is made.",
    schema: STRINGS.name,
  },
  {
    path: 'persistence.accessMode',
    type: 'string',
    default: 'ReadWriteOnce',
    description:
      'Who may mount the volume. Several replicas need ReadWriteMany; with any other the pod is stopped before its successor starts.',
    choices: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  },
  {
    path: 'persistence.storageClass',
    type: 'string',
    default: '',
    description:
      "Name of the StorageClass; `-` means none, for a volume that was made by hand. By default: the cluster's default class.",
    schema: { pattern: `^-$|${STRINGS.name.pattern}` },
  },
  {
    path: 'persistence.size',
    type: 'string',
    default: '10Gi',
    member: 'NewClaimOptions.size',
    schema: STRINGS.size,
  },
  { path: 'persistence.keep', type: 'boolean', default: true, member: 'NewClaimOptions.keepOnUninstall' },
  {
    path: 'persistence.sizeLimit',
    type: 'string',
    default: '',
    description: 'The pod is evicted above this size, where images are not in a claim. By default: none.',
    schema: STRINGS.size,
  },
] as const satisfies readonly ChartEntry[];

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
    schema: STRINGS.secret,
  },
  {
    path: 'storage.s3.secretAccessKey',
    type: 'string',
    default: '',
    member: 'S3Keys.secretAccessKey',
    schema: STRINGS.secret,
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
    schema: { pattern: '-----BEGIN CERTIFICATE-----', not: { pattern: 'PRIVATE KEY-----' } },
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
    schema: { pattern: '"service_account"' },
  },
  {
    path: 'storage.gcs.signing',
    type: 'boolean',
    default: false,
    member: 'GcsIdentityOptions.signing',
  },
] as const satisfies readonly ChartEntry[];

const ENTRA_ID = { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
/** The registry reads the secret as YAML. */
const AZURE_SECRET = { pattern: '^[^\\s"\\\\]+$' };

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
    schema: AZURE_SECRET,
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
    schema: AZURE_SECRET,
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
