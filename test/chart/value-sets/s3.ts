// Buckets of Amazon's S3, and of servers that speak its protocol.
import { Size } from 'cdk8s';
import { S3Credentials, S3StorageClass, StorageBackend } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const AUTHORITY =
  '-----BEGIN CERTIFICATE-----\nMIIBeDCCAR6gAwIBAgIBATAKBggqhkjOPQQDAjA1\n-----END CERTIFICATE-----\n';

export const S3: readonly ValueSet[] = [
  {
    name: 'a server by its address',
    values: {
      storage: {
        type: 's3',
        s3: { bucket: 'images', endpoint: 'http://10.0.0.7:9000', existingSecret: 'bucket-keys' },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'http://10.0.0.7:9000',
          credentials: S3Credentials.existingSecret({ secret: secretNamed(chart, 'bucket-keys') }),
        }),
      },
    }),
  },
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
          credentials: S3Credentials.existingSecret({
            secret: secretNamed(chart, 'bucket-keys'),
            accessKeyIdKey: 'id',
            secretAccessKeyKey: 'key',
          }),
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
    values: {
      storage: {
        type: 's3',
        redirect: true,
        s3: { bucket: 'images', region: 'us-gov-west-1', kmsKeyId: '1234' },
      },
    },
    props: () => ({
      storage: {
        redirect: true,
        backend: StorageBackend.s3({ bucket: 'images', region: 'us-gov-west-1', kmsKeyId: '1234' }),
      },
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
          caSecret: { secret: secretNamed(chart, 'minio-ca') },
        }),
      },
    }),
  },
  {
    name: 'MinIO beside the registry, without encryption and without a region',
    values: {
      storage: {
        type: 's3',
        s3: {
          bucket: 'images',
          endpoint: 'http://minio:9000',
          existingSecret: 'minio-keys',
          pathStyle: false,
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'http://minio:9000',
          credentials: S3Credentials.existingSecret({ secret: secretNamed(chart, 'minio-keys') }),
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
        s3: {
          bucket: 'images',
          endpoint: 'https://s3.example.com',
          existingSecret: 'keys',
          ca: AUTHORITY,
          storageClass: 'STANDARD',
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://s3.example.com',
          credentials: S3Credentials.existingSecret({ secret: secretNamed(chart, 'keys') }),
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
        s3: {
          bucket: 'images',
          endpoint: 'https://s3.example.com:8443/store',
          existingSecret: 'keys',
          skipVerify: true,
          encrypt: false,
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://s3.example.com:8443/store',
          credentials: S3Credentials.existingSecret({ secret: secretNamed(chart, 'keys') }),
          skipVerify: true,
          encrypt: false,
        }),
      },
    }),
  },
];
