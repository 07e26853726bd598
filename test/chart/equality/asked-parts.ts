// Parts of the values that mutants of the templates asked for.
import type { ByPath } from './combinations';

export const secretRef = (more: object) => [
  {
    name: 'REGISTRY_REDIS_PASSWORD',
    valueFrom: { secretKeyRef: { name: 'redis', key: 'password', ...more } },
  },
];
export const env = (...variables: readonly object[]): ByPath => ({ extraEnv: variables });
export const extra = (raw: object, more: ByPath = {}): ByPath => ({ 'configuration.extra': raw, ...more });
export const GCS = { 'storage.type': 'gcs', 'storage.gcs.bucket': 'images-of-all' };
export const GATEWAY = {
  'httpRoute.enabled': true,
  'httpRoute.gateway.className': 'nginx',
  host: 'registry.example.com',
};
export const INGRESS = { 'ingress.enabled': true, host: 'registry.example.com' };
export const UI = { ...INGRESS, 'ui.enabled': true };
export const ON_HOST = { 'ui.enabled': true, 'ui.host': 'images.example.com' };
export const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'company',
  'storage.azure.container': 'images',
};
export const AMAZON = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.region': 'eu-central-1',
};
export const PEERS = [{ podSelector: { matchLabels: { app: 'web' } } }];
export const WRONG_PEERS = [
  { 'networkPolicy.enabled': false, 'networkPolicy.allowFrom': PEERS },
  { 'networkPolicy.allowFrom': [{}] },
  { 'networkPolicy.enabled': false, 'networkPolicy.allowFrom': [{}] },
];
const KEY = { client_email: 'a@example.com', private_key: 'key' };
export const KEY_FILES = [
  { type: 'service_account', ...KEY },
  { type: 'authorized_user', of: 'service_account', ...KEY },
  { type: 'service_account' },
  { type: 'service_account', ...KEY, client_email: 1 },
  { type: 'service_account', ...KEY, private_key: 1 },
];
export const OLD = { 'image.tag': '2.8.3' };
