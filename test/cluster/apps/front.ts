// nginx in the registry's pod, where TLS ends too, reached by a load balancer: a robot that only pulls, whom pods
// log in as, and a user who may push what is the team's. MORE, PASSWORD and MORE_HOST change rules, the user's
// password and the certificate; with KUBERNETES the registry is a native sidecar.

import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  RegistryPullSecret,
  RegistryUser,
  StorageBackend,
  Subject,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const {
  PULLING_NAMESPACE = 'shop',
  PASSWORD = 'the password of ci',
  MORE,
  MORE_HOST,
  KUBERNETES,
} = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  auth: {
    credentials: RegistryCredentials.users(
      RegistryUser.generated('admin'),
      RegistryUser.password('ci', PASSWORD),
      RegistryUser.generated('robot'),
    ),
  },
  tls: {
    certificate: RegistryCertificate.selfSigned({ extraHosts: MORE_HOST === undefined ? [] : [MORE_HOST] }),
  },
  storage: { backend: StorageBackend.newClaim(), deletion: true },
  front: { kubernetesVersion: KUBERNETES },
  access: RegistryAccess.rules(
    [
      AccessRule.pull('**').to(Subject.user('robot')),
      ...['team', ...(MORE === undefined ? [] : [MORE])].map((prefix) =>
        AccessRule.push(`${prefix}/**`).to(Subject.user('ci')),
      ),
    ],
    { administrators: ['admin'] },
  ),
});
new RegistryPullSecret(chart, 'pull', {
  registry,
  namespaces: [PULLING_NAMESPACE],
  login: RegistryLogin.ofUser({ user: 'robot' }),
});
app.synth();
