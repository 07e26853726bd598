// Buckets of Google, and containers of Azure and Swift.
import { Size } from 'cdk8s';
import { AzureCredentials, GcsCredentials, StorageBackend } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const KEY_FILE = '{"type": "service_account", "client_email": "robot@example.com", "private_key": "none\\n"}';
const CLIENT = {
  tenantId: '12345678-90ab-cdef-1234-567890abcdef',
  clientId: '00000000-90AB-cdef-1234-567890abcdef',
};

export const OTHER_BUCKETS: readonly ValueSet[] = [
  {
    name: 'Google, by a key file',
    values: {
      storage: {
        type: 'gcs',
        redirect: true,
        gcs: { bucket: 'images', prefix: 'a/b', chunkSize: '16Mi', keyFile: KEY_FILE },
      },
    },
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
    values: {
      storage: {
        type: 'gcs',
        gcs: { bucket: 'images', existingSecret: 'robot', existingSecretKey: 'robot.json' },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.gcs({
          bucket: 'images',
          credentials: GcsCredentials.existingSecret({
            secret: secretNamed(chart, 'robot'),
            key: 'robot.json',
          }),
        }),
      },
    }),
  },
  {
    name: 'Google, as who the pod is, who may sign',
    values: { storage: { type: 'gcs', gcs: { bucket: 'images', signing: true } } },
    props: () => ({
      storage: {
        backend: StorageBackend.gcs({
          bucket: 'images',
          credentials: GcsCredentials.workloadIdentity({ signing: true }),
        }),
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
    values: {
      storage: { type: 'azure', azure: { accountName: '123', container: '456', accountKey: '0123456789' } },
    },
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
          credentials: AzureCredentials.existingSharedKey({
            secret: secretNamed(chart, 'account'),
            key: 'key',
          }),
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
        azure: {
          accountName: 'company',
          container: 'images',
          identity: 'clientSecret',
          ...CLIENT,
          clientSecret: "a~b'c",
        },
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
        azure: {
          accountName: 'company',
          container: 'images',
          identity: 'clientSecret',
          ...CLIENT,
          existingSecret: 'app',
        },
      },
    },
    props: (chart) => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.existingClientSecret(CLIENT, { secret: secretNamed(chart, 'app') }),
        }),
      },
    }),
  },
  {
    name: 'Azure, as who the pod is',
    values: {
      storage: {
        type: 'azure',
        azure: { accountName: 'company', container: 'images', identity: 'defaultCredentials' },
      },
    },
    props: () => ({
      storage: {
        backend: StorageBackend.azure({
          accountName: 'company',
          container: 'images',
          credentials: AzureCredentials.defaultCredentials(),
        }),
      },
    }),
  },
  {
    name: 'Swift, by a password that YAML takes for a boolean',
    values: {
      image: { tag: '2.8.3' },
      storage: {
        type: 'swift',
        swift: {
          container: 'images',
          authUrl: 'https://keystone.example.com:443/v3/',
          username: 'registry',
          password: 'yes',
          tenant: 'company',
          domain: 'Default',
          region: 'RegionOne',
          prefix: 'a/b',
          chunkSize: '16Mi',
        },
      },
    },
    props: () => ({
      image: 'registry:2.8.3',
      storage: {
        backend: StorageBackend.swift({
          container: 'images',
          authUrl: 'https://keystone.example.com:443/v3/',
          username: 'registry',
          password: 'yes',
          tenant: 'company',
          domain: 'Default',
          region: 'RegionOne',
          prefix: 'a/b',
          chunkSize: Size.mebibytes(16),
        }),
      },
    }),
  },
  {
    name: 'Swift, by a password in a Secret',
    values: {
      image: { tag: '2.8.3' },
      storage: {
        type: 'swift',
        redirect: false,
        swift: {
          container: 'images',
          authUrl: 'http://keystone.stack.svc:5000/v3',
          insecurePasswordOverHttp: true,
          username: 'registry',
          existingSecret: 'user',
          existingSecretKey: 'key',
        },
      },
    },
    props: (chart) => ({
      image: 'registry:2.8.3',
      storage: {
        redirect: false,
        backend: StorageBackend.swift({
          container: 'images',
          authUrl: 'http://keystone.stack.svc:5000/v3',
          insecurePasswordOverHttp: true,
          username: 'registry',
          passwordSecret: { secret: secretNamed(chart, 'user'), key: 'key' },
        }),
      },
    }),
  },
];
