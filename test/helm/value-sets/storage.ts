// Where images are kept and how.
import { Duration, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { AzureCredentials, GcsCredentials, S3Credentials, S3StorageClass, StorageBackend } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const AUTHORITY = '-----BEGIN CERTIFICATE-----\nMIIBeDCCAR6gAwIBAgIBATAKBggqhkjOPQQDAjA1\n-----END CERTIFICATE-----\n';
const KEY_FILE = '{"type": "service_account", "client_email": "robot@example.com", "private_key": "none\\n"}';
const CLIENT = { tenantId: '12345678-90ab-cdef-1234-567890abcdef', clientId: '00000000-90AB-cdef-1234-567890abcdef' };

export const VOLUMES: readonly ValueSet[] = [
  {
    name: 'three replicas on a claim for many',
    values: { replicaCount: 3, persistence: { accessMode: 'ReadWriteMany', size: '2Ti', storageClass: 'fast.nfs', keep: false } },
    props: () => ({
      replicas: 3,
      storage: {
        backend: StorageBackend.newClaim({
          accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
          size: Size.tebibytes(2),
          storageClassName: 'fast.nfs',
          keepOnUninstall: false,
        }),
      },
    }),
  },
  {
    name: 'a claim for a volume that was made by hand',
    values: { persistence: { accessMode: 'ReadWriteOncePod', storageClass: '-' } },
    props: () => ({
      storage: {
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD, storageClassName: '' }),
      },
    }),
  },
  {
    name: 'two replicas on a claim that exists',
    values: { replicaCount: 2, persistence: { existingClaim: 'images', accessMode: 'ReadWriteMany' } },
    props: (chart) => ({
      replicas: 2,
      storage: {
        backend: StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'images'), {
          accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
        }),
      },
    }),
  },
  {
    name: 'images that go with the pod',
    values: { persistence: { enabled: false, sizeLimit: '20Gi' } },
    props: () => ({ storage: { backend: StorageBackend.ephemeral(Size.gibibytes(20)) } }),
  },
  {
    name: 'all that can be set about keeping images',
    values: {
      storage: {
        deletion: true,
        descriptorCache: true,
        uploadPurging: { enabled: false, age: '36h', interval: '90m', dryRun: true },
        health: { interval: '45s', threshold: 7 },
      },
    },
    props: () => ({
      storage: {
        deletion: true,
        descriptorCache: true,
        uploadPurging: { enabled: false, age: Duration.hours(36), interval: Duration.minutes(90), dryRun: true },
        health: { interval: Duration.seconds(45), threshold: 7 },
      },
    }),
  },
  {
    name: 'read-only, and nobody watches the storage',
    values: { storage: { readOnly: true, health: { enabled: false } } },
    props: () => ({ storage: { readOnly: true, health: { enabled: false } } }),
  },
];

export const S3: readonly ValueSet[] = [
  {
    name: 'a bucket of Amazon, two replicas, keys in a Secret',
    values: {
      replicaCount: 2,
      storage: {
        type: 's3',
        redirect: false,
        s3: {
          bucket: '20260101',
          region: 'eu-central-1',
          existingSecret: 'bucket-keys',
          accessKeyIdKey: 'id',
          secretAccessKeyKey: 'key',
          pathStyle: true,
          prefix: '1e5/images',
          encrypt: true,
          kmsKeyId: 'alias/registry',
          storageClass: 'INTELLIGENT_TIERING',
          chunkSize: '32Mi',
        },
      },
    },
    props: (chart) => ({
      replicas: 2,
      storage: {
        redirect: false,
        backend: StorageBackend.s3({
          bucket: '20260101',
          region: 'eu-central-1',
          credentials: S3Credentials.existingSecret(secretNamed(chart, 'bucket-keys'), { accessKeyId: 'id', secretAccessKey: 'key' }),
          pathStyle: true,
          prefix: '1e5/images',
          encrypt: true,
          kmsKeyId: 'alias/registry',
          storageClass: S3StorageClass.INTELLIGENT_TIERING,
          chunkSize: Size.mebibytes(32),
        }),
      },
    }),
  },
  {
    name: 'a bucket of Amazon, as who the pod is',
    values: { storage: { type: 's3', redirect: true, s3: { bucket: 'images', region: 'us-gov-west-1', kmsKeyId: '1234' } } },
    props: () => ({
      storage: { redirect: true, backend: StorageBackend.s3({ bucket: 'images', region: 'us-gov-west-1', kmsKeyId: '1234' }) },
    }),
  },
  {
    name: "a bucket of Amazon's by an endpoint, on registry 2.8",
    values: {
      image: { tag: '2.8.3' },
      storage: {
        type: 's3',
        s3: {
          bucket: 'images',
          region: 'eu-central-1',
          endpoint: 'https://s3.dualstack.eu-central-1.amazonaws.com',
          accessKeyId: 'AKIAEXAMPLE',
          secretAccessKey: "it's/a+key==",
          storageClass: 'REDUCED_REDUNDANCY',
        },
      },
    },
    props: () => ({
      image: 'registry:2.8.3',
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          region: 'eu-central-1',
          endpoint: 'https://s3.dualstack.eu-central-1.amazonaws.com',
          credentials: S3Credentials.keys({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: "it's/a+key==" }),
          storageClass: S3StorageClass.REDUCED_REDUNDANCY,
        }),
      },
    }),
  },
  {
    name: "MinIO in another namespace, with keys that YAML takes for numbers, trusted by a Secret's CA",
    values: {
      storage: {
        type: 's3',
        s3: {
          bucket: 'Images_1',
          region: 'garage',
          endpoint: 'https://minio.stores.svc.cluster.local:9000/',
          accessKeyId: '0123',
          secretAccessKey: '1e10',
          caSecret: 'minio-ca',
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'Images_1',
          region: 'garage',
          endpoint: 'https://minio.stores.svc.cluster.local:9000/',
          credentials: S3Credentials.keys({ accessKeyId: '0123', secretAccessKey: '1e10' }),
          caSecret: secretNamed(chart, 'minio-ca'),
        }),
      },
    }),
  },
  {
    name: 'MinIO beside the registry, without encryption and without a region',
    values: {
      storage: {
        type: 's3',
        s3: { bucket: 'images', endpoint: 'http://minio:9000', existingSecret: 'minio-keys', pathStyle: false },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'http://minio:9000',
          credentials: S3Credentials.existingSecret(secretNamed(chart, 'minio-keys')),
          pathStyle: false,
        }),
      },
    }),
  },
  {
    name: "a server elsewhere, at its scheme's port, with a CA",
    values: {
      storage: {
        type: 's3',
        s3: { bucket: 'images', endpoint: 'https://s3.example.com', existingSecret: 'keys', ca: AUTHORITY, storageClass: 'STANDARD' },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://s3.example.com',
          credentials: S3Credentials.existingSecret(secretNamed(chart, 'keys')),
          ca: AUTHORITY,
          storageClass: S3StorageClass.STANDARD,
        }),
      },
    }),
  },
  {
    name: 'a server elsewhere under a path, whose certificate is not looked at',
    values: {
      storage: {
        type: 's3',
        s3: { bucket: 'images', endpoint: 'https://s3.example.com:8443/store', existingSecret: 'keys', skipVerify: true, encrypt: false },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://s3.example.com:8443/store',
          credentials: S3Credentials.existingSecret(secretNamed(chart, 'keys')),
          skipVerify: true,
          encrypt: false,
        }),
      },
    }),
  },
];

export const OTHER_BUCKETS: readonly ValueSet[] = [
  {
    name: 'Google, by a key file',
    values: { storage: { type: 'gcs', redirect: true, gcs: { bucket: 'images', prefix: 'a/b', chunkSize: '16Mi', keyFile: KEY_FILE } } },
    props: () => ({
      storage: {
        redirect: true,
        backend: StorageBackend.gcs({
          bucket: 'images',
          prefix: 'a/b',
          chunkSize: Size.mebibytes(16),
          credentials: GcsCredentials.keyFile(KEY_FILE),
        }),
      },
    }),
  },
  {
    name: 'Google, by a Secret',
    values: { storage: { type: 'gcs', gcs: { bucket: 'images', existingSecret: 'robot', existingSecretKey: 'robot.json' } } },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.gcs({
          bucket: 'images',
          credentials: GcsCredentials.existingSecret(secretNamed(chart, 'robot'), 'robot.json'),
        }),
      },
    }),
  },
  {
    name: 'Google, as who the pod is, who may sign',
    values: { storage: { type: 'gcs', gcs: { bucket: 'images', signing: true } } },
    props: () => ({
      storage: {
        backend: StorageBackend.gcs({ bucket: 'images', credentials: GcsCredentials.workloadIdentity({ signing: true }) }),
      },
    }),
  },
  {
    name: 'Azure, by an account key, at an address inside of the cluster',
    values: {
      storage: {
        type: 'azure',
        redirect: false,
        azure: {
          accountName: 'company',
          container: 'images',
          accountKey: 'Eby8vdM02xNOcqFlqUwJ==',
          prefix: '2026',
          endpoint: 'http://azurite.stores.svc:10000/company',
        },
      },
    },
    props: () => ({
      storage: {
        redirect: false,
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.sharedKey('Eby8vdM02xNOcqFlqUwJ=='),
          prefix: '2026',
          endpoint: 'http://azurite.stores.svc:10000/company',
        }),
      },
    }),
  },
  {
    name: 'Azure, by an account key that YAML takes for a number',
    values: { storage: { type: 'azure', azure: { accountName: '123', container: '456', accountKey: '0123456789' } } },
    props: () => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: '123',
          container: '456',
          credentials: AzureCredentials.sharedKey('0123456789'),
        }),
      },
    }),
  },
  {
    name: "Azure, by an account key in a Secret, in China's cloud",
    values: {
      storage: {
        type: 'azure',
        azure: {
          accountName: 'company',
          container: 'images',
          existingSecret: 'account',
          existingSecretKey: 'key',
          realm: 'core.chinacloudapi.cn',
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.existingSharedKey(secretNamed(chart, 'account'), 'key'),
          realm: 'core.chinacloudapi.cn',
        }),
      },
    }),
  },
  {
    name: 'Azure, as an application',
    values: {
      storage: {
        type: 'azure',
        azure: { accountName: 'company', container: 'images', identity: 'clientSecret', ...CLIENT, clientSecret: "a~b'c" },
      },
    },
    props: () => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.clientSecret(CLIENT, "a~b'c"),
        }),
      },
    }),
  },
  {
    name: 'Azure, as an application whose secret is in a Secret, under the usual key',
    values: {
      storage: {
        type: 'azure',
        azure: { accountName: 'company', container: 'images', identity: 'clientSecret', ...CLIENT, existingSecret: 'app' },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.existingClientSecret(CLIENT, secretNamed(chart, 'app')),
        }),
      },
    }),
  },
  {
    name: 'Azure, as who the pod is',
    values: { storage: { type: 'azure', azure: { accountName: 'company', container: 'images', identity: 'defaultCredentials' } } },
    props: () => ({
      storage: {
        backend: StorageBackend.azure({ accountName: 'company', container: 'images', credentials: AzureCredentials.defaultCredentials() }),
      },
    }),
  },
];
