// A registry without an ingress: TLS ends in the pod, a load balancer and a port on every node lead to it,
// and images cannot be deleted.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443, nodePort: 30500 },
  storage: { deletion: false },
});
app.synth();
