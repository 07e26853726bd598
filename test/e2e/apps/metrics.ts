// A registry whose metrics are read by the Prometheus operator, and whose own port is open to everybody by a
// load balancer.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { DescriptorCache, Registry, RegistryApp } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: process.env.IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443, nodePort: 30500 },
  storage: { deletion: true, descriptorCache: DescriptorCache.inMemory() },
  metrics: { serviceMonitor: { labels: { release: 'kube-prometheus-stack' } } },
});
app.synth();
