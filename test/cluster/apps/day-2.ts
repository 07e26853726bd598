// A registry with nginx in its pod, and the CronJobs of day 2: one verifies it, one deletes old images, one collects
// garbage, one copies all to another registry. With DELETE the retention deletes, else it reports.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  CopyEndpoint,
  Registry,
  RegistryApp,
  RegistryCollection,
  RegistryCopy,
  RegistryRetention,
  RegistryVerification,
  RetentionRule,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const { DELETE, SCHEDULE = '* * * * *' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  front: {},
  storage: { deletion: true },
  metrics: {},
});
new RegistryVerification(chart, 'verification', { registry });
new RegistryRetention(chart, 'retention', {
  registry,
  rules: [RetentionRule.repositories('team/**').keepNewest(1).keepTags('v*')],
  dryRun: DELETE === undefined,
  spareRunning: {},
  // So that the tests see that schedules start runs.
  schedule: SCHEDULE,
});
new RegistryCollection(chart, 'collection', { registry });
const backup = new Registry(chart, 'backup', {
  name: 'backup',
  host: `backup.${REGISTRY_HOST}`,
  ingress: {},
});
new RegistryCopy(chart, 'copy', {
  source: CopyEndpoint.registry(registry),
  target: CopyEndpoint.registry(backup),
  overwrite: true,
});
app.synth();
