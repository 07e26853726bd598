// A registry with every kind of credential: two replicas on a bucket with a Valkey, TLS in the pods by a CA of one's own,
// and what follows when one changes: a toolbox, a pull secret, nodes, and a UI that asks the registry itself. Without
// CERTIFICATE the CA is generated, and there is a cache of the registry, with a login.

import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  DescriptorCache,
  NodeRuntime,
  Registry,
  RegistryApp,
  RegistryCache,
  RegistryCertificate,
  RegistryCredentials,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryToolbox,
  RegistryUIAccess,
  RegistryUser,
  S3Credentials,
  StorageBackend,
  TlsTermination,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const {
  PULLING_NAMESPACE = 'shop',
  TRUST_NAMESPACE = 'node-trust',
  UI_HOST = 'images.example.com',
} = process.env;
const { CERTIFICATE = '', KEY = '', CA } = process.env;
const { SERVICE_ADDRESS = '10.96.77.77' } = process.env;
const { ENDPOINT = '', BUCKET = '', KEY_ID = '', KEY_SECRET = '' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443, clusterIP: SERVICE_ADDRESS },
  ingress: {},
  ui: { access: RegistryUIAccess.host(UI_HOST) },
  tls: {
    certificate:
      CERTIFICATE === ''
        ? RegistryCertificate.selfSigned()
        : RegistryCertificate.pem({ certificate: CERTIFICATE, privateKey: KEY, ca: CA }),
    termination: TlsTermination.POD,
  },
  auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin')) },
  replicas: 2,
  storage: {
    backend: StorageBackend.s3({
      bucket: BUCKET,
      endpoint: ENDPOINT,
      credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
    }),
    descriptorCache: DescriptorCache.valkey(),
  },
});
const toolbox = new RegistryToolbox(chart, 'toolbox', { registry });
// The cluster's DNS does not know the host, which the certificate is for.
const aliases = [{ ip: SERVICE_ADDRESS, hostnames: [REGISTRY_HOST] }];
for (const one of toolbox.node.findAll())
  if (ApiObject.isApiObject(one) && one.kind === 'Deployment')
    one.addJsonPatch(JsonPatch.add('/spec/template/spec/hostAliases', aliases));
new RegistryPullSecret(chart, 'pull', { registry, namespaces: [PULLING_NAMESPACE] });
new RegistryNodeTrust(chart, 'trust', {
  registry,
  runtimes: [NodeRuntime.CONTAINERD],
  trustNamespace: TRUST_NAMESPACE,
});
if (CERTIFICATE === '')
  new RegistryCache(chart, 'cache', {
    upstream: REGISTRY_HOST,
    upstreamUrl: `https://registry.${REGISTRY_NAMESPACE}.svc`,
    cacheName: 'team',
    login: { secret: Secret.fromSecretName(chart, 'login', 'docker-hub') },
    caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'registry-tls') },
    networkPolicy: { allowFrom: [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }] },
  });
app.synth();
