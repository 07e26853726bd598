// A registry whose garbage is collected on a schedule, beside pushes that nginx in its pod refuses meanwhile.

import { Chart } from 'cdk8s';
import { Registry, RegistryApp, RegistryCollection, RegistryCredentials, RegistryUser } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  ingress: { className: 'nginx' },
  auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin')) },
  front: {},
  storage: { deletion: true },
});
new RegistryCollection(chart, 'collection', { registry });
app.synth();
