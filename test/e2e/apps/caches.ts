// A registry, and a cache that fetches from it: with a login, and a certificate of a CA of its own.
import { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, RegistryCache, RegistryCredentials, RegistryUser } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443, nodePort: 30500 },
  auth: {
    credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('admin', 'REGISTRY_ADMIN_PASSWORD')),
  },
});
new RegistryCache(chart, 'cache', {
  upstream: 'registry.example.com',
  upstreamUrl: 'https://registry.registry.svc',
  cacheName: 'team',
  login: { secret: Secret.fromSecretName(chart, 'login', 'team-login') },
  caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'registry-tls') },
  networkPolicy: { allowFrom: [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }] },
});
app.synth();
