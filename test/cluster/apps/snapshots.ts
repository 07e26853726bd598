// A registry of which snapshots are taken; the storage has five minutes to cut one.
import { Chart, Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, RegistrySnapshots, StorageBackend } from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  front: {},
  storage: { backend: StorageBackend.newClaim() },
});
new RegistrySnapshots(chart, 'snapshots', {
  registry,
  pauseLimit: Duration.minutes(5),
  timeLimit: Duration.minutes(20),
});
app.synth();
