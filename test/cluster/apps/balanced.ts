// One registry on a volume, reached by a load balancer, with TLS in the pod.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, StorageBackend } from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: { backend: StorageBackend.newClaim(), deletion: true },
});
app.synth();
