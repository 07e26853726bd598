// Registries on every kind of storage.
import { Secret } from 'cdk8s-plus-27';
import {
  AzureCredentials,
  DescriptorCache,
  GcsCredentials,
  type RegistryProps,
  S3Credentials,
  StorageBackend,
  StorageMiddleware,
} from '../../lib';
import type { Kind } from './kind';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
const AZURE = { accountName: 'images', container: 'registry' };
/** A registry that deletes, on some storage. */
export const on = (backend: StorageBackend, more: RegistryProps = {}): Kind => ({
  props: () => ({
    createNamespace: true,
    ingress: {},
    ...more,
    storage: { backend, deletion: true, ...more.storage },
  }),
});

export const STORAGE: Readonly<Record<string, Kind>> = {
  'S3 by the service account, three replicas': on(
    StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }),
    { replicas: 3 },
  ),
  'MinIO with keys and a CA': on(
    StorageBackend.s3({
      bucket: 'images',
      endpoint: 'https://minio.minio.svc:9000',
      ca: CA,
      credentials: S3Credentials.keys({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
      }),
    }),
    { replicas: 2 },
  ),
  'S3 with a Valkey, as many replicas as it takes': on(
    StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }),
    { autoscaling: { maxReplicas: 5 }, storage: { descriptorCache: DescriptorCache.valkey() } },
  ),
  'a Redis that exists': {
    props: (scope) => {
      const secret = Secret.fromSecretName(scope, 'redis', 'redis');
      return {
        storage: {
          backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }),
          descriptorCache: DescriptorCache.redis('redis.data.svc', {
            password: { secret },
            caSecret: { secret },
          }),
        },
      };
    },
    existing: ['Secret/redis'],
  },
  'S3 behind CloudFront': on(StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }), {
    storage: {
      middleware: [
        StorageMiddleware.cloudFront({
          baseUrl: 'https://d111111abcdef8.cloudfront.net',
          keyPairId: 'K2JCJMDEHXQW5F',
          privateKey: KEY,
        }),
      ],
    },
  }),
  'MinIO with everything in Secrets': {
    props: (scope) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://minio.example.com',
          caSecret: { secret: Secret.fromSecretName(scope, 'ca', 'minio-ca') },
          credentials: S3Credentials.existingSecret({
            secret: Secret.fromSecretName(scope, 'keys', 'minio-keys'),
          }),
        }),
      },
    }),
    existing: ['Secret/minio-ca', 'Secret/minio-keys'],
  },
  'GCS by a key file': on(
    StorageBackend.gcs({
      bucket: 'images',
      credentials: GcsCredentials.keyFile(
        '{"type":"service_account","client_email":"a@example.com","private_key":"PEM"}',
      ),
    }),
  ),
  'GCS by workload identity': on(StorageBackend.gcs({ bucket: 'images' })),
  'Azure by an account key': on(
    StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.sharedKey('c2VjcmV0c2VjcmV0==') }),
  ),
  'Azure by who the pod is': on(
    StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.defaultCredentials() }),
  ),
  'Swift on 2.8': on(
    StorageBackend.swift({
      container: 'images',
      authUrl: 'https://keystone.example.com/v3',
      username: 'registry',
      password: 'a-password',
    }),
    { image: 'registry:2.8.3' },
  ),
  'a folder of a node': on(StorageBackend.hostPath({ path: '/srv/registry', node: 'worker-1' })),
};
