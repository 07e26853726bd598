// nginx in the registry's pod, where TLS ends too: two users, of whom one may only push what is the team's, and
// what is public needs no login.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCredentials,
  RegistryUser,
  Subject,
} from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443, nodePort: 30500 },
  auth: {
    credentials: RegistryCredentials.users(
      RegistryUser.fromEnvironment('admin', 'REGISTRY_ADMIN_PASSWORD'),
      RegistryUser.password('ci', 'the password of ci'),
    ),
  },
  access: RegistryAccess.rules([
    AccessRule.push('**').to(Subject.user('admin')),
    AccessRule.catalog().to(Subject.user('admin')),
    AccessRule.push('team/**').to(Subject.user('ci')),
  ]),
});
app.synth();
