// Two replicas on a bucket, with a Valkey as their cache of descriptors, nginx in their pods, and the CronJob that collects
// garbage. IMAGE is that of the registry.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  DescriptorCache,
  Registry,
  RegistryApp,
  RegistryCollection,
  S3Credentials,
  StorageBackend,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com', IMAGE } = process.env;
const { ENDPOINT = '', BUCKET = '', KEY_ID = '', KEY_SECRET = '' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  image: IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  replicas: 2,
  front: {},
  storage: {
    backend: StorageBackend.s3({
      bucket: BUCKET,
      endpoint: ENDPOINT,
      credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
    }),
    deletion: true,
    descriptorCache: DescriptorCache.valkey(),
  },
});
new RegistryCollection(chart, 'collection', { registry });
app.synth();
