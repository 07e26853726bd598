// Replicas on a bucket of a server that speaks S3, reached by a load balancer with TLS in the pod. With AUTOSCALING their
// number is an autoscaler's, two at least and MOST at most.

import { Chart } from 'cdk8s';
import { Cpu, ServiceType } from 'cdk8s-plus-27';
import { DescriptorCache, Registry, RegistryApp, S3Credentials, StorageBackend } from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const {
  ENDPOINT = '',
  BUCKET = '',
  KEY_ID = '',
  KEY_SECRET = '',
  REPLICAS = '1',
  CACHE,
  AUTOSCALING,
  MOST = '3',
  AVERAGE_MILLIS = '500',
} = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  ...(AUTOSCALING === undefined
    ? { replicas: Number(REPLICAS) }
    : {
        autoscaling: {
          minReplicas: 2,
          maxReplicas: Number(MOST),
          averageCpu: Cpu.millis(Number(AVERAGE_MILLIS)),
        },
      }),
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: {
    backend: StorageBackend.s3({
      bucket: BUCKET,
      endpoint: ENDPOINT,
      credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
    }),
    descriptorCache: CACHE === 'valkey' ? DescriptorCache.valkey() : undefined,
  },
});
app.synth();
