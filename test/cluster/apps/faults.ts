// A registry with TLS in the pod, by a certificate of the test's own, reached by a load balancer, whose node trusts it; with
// the rules of its alerts. On a volume of a class of the test's, or in a bucket; with users, or with TOKEN by tokens.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  NodeRuntime,
  Registry,
  RegistryAlerts,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryUser,
  S3Credentials,
  StorageBackend,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const {
  PULLING_NAMESPACE = 'shop',
  TRUST_NAMESPACE = 'node-trust',
  CERTIFICATE = '',
  KEY = '',
  CA,
  TOKEN,
} = process.env;
const { STORAGE_CLASS, ENDPOINT = '', BUCKET = '', KEY_ID = '', KEY_SECRET = '', READ_ONLY } = process.env;
const { MIN_READY = '0' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  tls: { certificate: RegistryCertificate.pem({ certificate: CERTIFICATE, privateKey: KEY, ca: CA }) },
  auth: {
    credentials:
      TOKEN === undefined
        ? RegistryCredentials.users(RegistryUser.generated('admin'))
        : RegistryCredentials.token(JSON.parse(TOKEN)),
  },
  minReadySeconds: Number(MIN_READY),
  replicas: ENDPOINT === '' ? 1 : 2,
  storage: {
    readOnly: READ_ONLY === 'yes',
    backend:
      ENDPOINT === ''
        ? StorageBackend.newClaim({ storageClassName: STORAGE_CLASS })
        : StorageBackend.s3({
            bucket: BUCKET,
            endpoint: ENDPOINT,
            credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
          }),
  },
  metrics: {},
});
new RegistryAlerts(chart, 'alerts', { registry, job: 'registry-metrics' });
if (TOKEN === undefined) {
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: [PULLING_NAMESPACE] });
  new RegistryNodeTrust(chart, 'trust', {
    registry,
    runtimes: [NodeRuntime.CONTAINERD],
    trustNamespace: TRUST_NAMESPACE,
  });
}
app.synth();
