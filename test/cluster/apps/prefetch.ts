// A registry, and a cache of it that fetches images on a schedule and lets in only who is named.
import { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp, RegistryCache } from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
});
new RegistryCache(chart, 'cache', {
  upstream: REGISTRY_HOST,
  upstreamUrl: `https://registry.${REGISTRY_NAMESPACE}.svc`,
  cacheName: 'team',
  login: { secret: Secret.fromSecretName(chart, 'login', 'team-login') },
  caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'registry-tls') },
  networkPolicy: { allowFrom: [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }] },
  prefetch: { images: [`${REGISTRY_HOST}/team/app:1.*`] },
});
app.synth();
