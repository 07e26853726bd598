// A registry, and two caches that fetch from it, with a login and a certificate of a CA of its own: one alone, and one
// on the host of another registry.
import { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  NodeRuntime,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCache,
  RegistryCredentials,
  RegistryLogin,
  RegistryNodeTrust,
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
  prefetch: { images: ['registry.example.com/team/app:1.0', 'registry.example.com/team/app:3.*'] },
});
const mirror = new Registry(chart, 'mirror', {
  name: 'mirror',
  host: 'mirror.example.com',
  service: { type: ServiceType.LOAD_BALANCER, port: 443, nodePort: 30501 },
  caches: [
    {
      upstream: 'registry.example.com',
      upstreamUrl: 'https://registry.registry.svc',
      login: { secret: Secret.fromSecretName(chart, 'mirror-login', 'team-login'), publicImagesOnly: true },
      caSecret: { secret: Secret.fromSecretName(chart, 'mirror-ca', 'registry-tls') },
    },
  ],
  auth: { credentials: RegistryCredentials.users(RegistryUser.generated('nodes')) },
  access: RegistryAccess.rules([
    AccessRule.pull('registry.example.com/team/**').toEveryone(),
    AccessRule.pull('registry.example.com/other/**').to(Subject.user('nodes')),
  ]),
});
new RegistryNodeTrust(chart, 'nodes', {
  registry: mirror,
  runtimes: [NodeRuntime.CONTAINERD, NodeRuntime.K3S],
  mirrorOf: ['registry.example.com'],
  mirrorLogin: RegistryLogin.ofUser({ user: 'nodes' }),
});
app.synth();
