// A registry on an object store that the test can't have, or behind a CDN that it can't have: KIND says
// which.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AzureCredentials,
  GcsCredentials,
  Registry,
  RegistryApp,
  type RegistryStorageOptions,
  S3Credentials,
  StorageBackend,
  StorageMiddleware,
} from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const { IMAGE, ENDPOINT = '', KIND = '', KEY = '' } = process.env;
const AZURE = { accountName: 'images', container: 'registry' };
const CLIENT = {
  tenantId: '12345678-90ab-cdef-1234-567890abcdef',
  clientId: 'abcdef12-90ab-cdef-1234-567890abcdef',
};
const bucket = () =>
  StorageBackend.s3({
    bucket: 'images',
    endpoint: ENDPOINT,
    credentials: S3Credentials.keys({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    }),
  });

const KINDS: Record<string, () => RegistryStorageOptions> = {
  gcs: () => ({
    backend: StorageBackend.gcs({
      bucket: 'images',
      credentials: GcsCredentials.keyFile(
        JSON.stringify({
          type: 'service_account',
          client_email: 'registry@example.com',
          private_key: KEY,
          token_uri: 'https://example.com/',
        }),
      ),
    }),
  }),
  'azure-key': () => ({
    backend: StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.sharedKey('c2VjcmV0c2VjcmV0') }),
  }),
  'azure-client': () => ({
    backend: StorageBackend.azure({
      ...AZURE,
      credentials: AzureCredentials.clientSecret(CLIENT, '~8Q:tricky#'),
    }),
  }),
  cloudfront: () => ({
    backend: bucket(),
    middleware: [
      StorageMiddleware.cloudFront({
        baseUrl: 'https://d111111abcdef8.cloudfront.net',
        keyPairId: 'K2JCJMDEHXQW5F',
        privateKey: KEY,
      }),
    ],
  }),
  rewrite: () => ({
    backend: bucket(),
    middleware: [StorageMiddleware.rewrite({ scheme: 'https', host: 'cdn.example.com' })],
  }),
};
const storage = KINDS[KIND]?.();

new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage,
});
app.synth();
