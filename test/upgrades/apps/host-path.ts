// The registry of a8ecdfa/host-path.yaml as one writes it today. NAMES keeps the names that the defaults had then.
import { Chart, Size } from 'cdk8s';
import { NodeRuntime, Registry, RegistryApp, RegistryNodeTrust, StorageBackend } from '../../../lib';

const keep = process.env.NAMES === 'as before';
const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  metrics: {},
  storage: {
    backend: StorageBackend.hostPath({
      path: '/srv/registry',
      size: Size.gibibytes(1),
      node: 'node-1',
      ...(keep && { volumeName: 'registry-registry' }),
    }),
    deletion: true,
  },
});
new RegistryNodeTrust(chart, 'nodes', {
  registry,
  runtimes: [NodeRuntime.CONTAINERD],
  ...(keep && { trustNamespace: 'registry-node-trust' }),
});
app.synth();
