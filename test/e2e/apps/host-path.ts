// A folder of a node that belongs to root, given to the registry where FIX_OWNER says so.

import { Chart, Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, StorageBackend } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const { FIX_OWNER, READ_ONLY } = process.env;
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: {
    backend: StorageBackend.hostPath({
      path: '/srv/repository',
      size: Size.gibibytes(1),
      node: 'worker-1',
      fixOwner: FIX_OWNER === 'yes',
    }),
    readOnly: READ_ONLY === 'yes',
  },
});
app.synth();
