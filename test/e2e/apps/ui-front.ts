// The UI of a registry with access rules: `viewer` looks, `dev` may also push and delete what is the team's. With
// ANONYMOUS everybody looks, by a host of the UI's own.

import { Chart } from 'cdk8s';
import {
  AccessRule,
  IngressController,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCredentials,
  RegistryUIAccess,
  RegistryUser,
  Subject,
} from '../../../lib';

const anonymous = process.env.ANONYMOUS === '1';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  auth: {
    credentials: RegistryCredentials.users(
      RegistryUser.generated('admin'),
      RegistryUser.password('dev', 'the password of dev'),
      RegistryUser.password('viewer', 'the password of viewer'),
    ),
  },
  storage: { deletion: true },
  ingress: { controller: IngressController.COMMUNITY_NGINX },
  access: RegistryAccess.rules(
    [
      anonymous ? AccessRule.pull('**').toEveryone() : AccessRule.pull('**').toAllUsers(),
      anonymous ? AccessRule.catalog().toEveryone() : AccessRule.catalog().toAllUsers(),
      AccessRule.push('team/**').to(Subject.user('dev')),
      AccessRule.remove('team/**').to(Subject.user('dev')),
    ],
    { administrators: ['admin'] },
  ),
  ui: {
    access: anonymous ? RegistryUIAccess.host('images.example.com') : RegistryUIAccess.path(),
    title: 'Our images',
    deleteImages: true,
  },
});
app.synth();
