// A registry that has to do with all that its NetworkPolicies know: a bucket, a web page that passes requests
// on to it, and Prometheus.

import { Chart } from 'cdk8s';
import { Registry, RegistryApp, RegistryUIAccess, S3Credentials, StorageBackend } from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const { ENDPOINT = '', BUCKET = '', KEY_ID = '', KEY_SECRET = '', ALLOW_FROM } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  storage: {
    backend: StorageBackend.s3({
      bucket: BUCKET,
      endpoint: ENDPOINT,
      credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
    }),
  },
  // Namespaces, with commas between them.
  networkPolicy: {
    allowFrom: ALLOW_FROM?.split(',').map((name) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    })),
  },
  ingress: {},
  ui: { access: RegistryUIAccess.host(`page.${REGISTRY_HOST}`) },
  metrics: {},
});
app.synth();
