// People push through the ingress; nodes pull by a port on themselves, under another name. TLS ends in the
// pod, so that both are encrypted.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, TlsTermination } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  pullAddress: 'registry.nodes.example.com:30500',
  tls: { termination: TlsTermination.POD },
  service: { type: ServiceType.NODE_PORT, nodePort: 30500 },
  ingress: {},
});
app.synth();
