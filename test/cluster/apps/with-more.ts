// A registry with what else holds its password, a toolbox and a pull secret, and with metrics unless they are
// taken out.

import { Chart } from 'cdk8s';
import {
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryPullSecret,
  RegistryToolbox,
  RegistryUser,
  StorageBackend,
} from '../../../lib';

const {
  REGISTRY_NAMESPACE = 'registry',
  REGISTRY_HOST = 'registry.example.com',
  METRICS,
  STORAGE = 'claim',
} = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  auth: {
    credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('admin', 'REGISTRY_ADMIN_PASSWORD')),
  },
  storage: { backend: STORAGE === 'claim' ? StorageBackend.newClaim() : StorageBackend.ephemeral() },
  ingress: {},
  ...(METRICS ? { metrics: {} } : {}),
});
new RegistryToolbox(chart, 'toolbox', { registry });
new RegistryPullSecret(chart, 'pull', { registry, namespaces: [REGISTRY_NAMESPACE] });
app.synth();
