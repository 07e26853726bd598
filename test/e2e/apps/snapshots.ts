// A registry of which snapshots are taken, and garbage is collected, on a schedule: both turn one switch.

import { Chart } from 'cdk8s';
import {
  Registry,
  RegistryApp,
  RegistryCollection,
  RegistryCredentials,
  RegistrySnapshots,
  RegistryUser,
} from '../../../lib';

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
new RegistrySnapshots(chart, 'snapshots', { registry, keep: 2, snapshotClassName: 'csi-snapshots' });
new RegistryCollection(chart, 'collection', { registry });
app.synth();
