// A registry with access rules, TLS in the pod, and a retention by the one user who may delete.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCredentials,
  RegistryLogin,
  RegistryRetention,
  RegistryUser,
  RetentionRule,
  Subject,
} from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: { deletion: true },
  auth: {
    credentials: RegistryCredentials.users(
      RegistryUser.generated('admin'),
      RegistryUser.generated('cleaner'),
    ),
  },
  access: RegistryAccess.rules(
    [
      AccessRule.remove('team/**').to(Subject.user('cleaner')),
      AccessRule.catalog().to(Subject.user('cleaner')),
    ],
    { administrators: ['admin'] },
  ),
});
new RegistryRetention(chart, 'retention', {
  registry,
  login: RegistryLogin.ofUser({ user: 'cleaner' }),
  dryRun: process.env.DRY_RUN === 'true',
  rules: [RetentionRule.repositories('team/**').keepNewest(1)],
});
app.synth();
