// A registry whose clients log in by tokens. TLS ends in the pod; its certificate is the token service's, too.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, RegistryCertificate, RegistryCredentials } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const { IMAGE, TOKEN = '{}' } = process.env;
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  tls: { certificate: RegistryCertificate.selfSigned({ extraHosts: ['auth.example.com'] }) },
  auth: { credentials: RegistryCredentials.token(JSON.parse(TOKEN)) },
});
app.synth();
