// A registry whose HTTP secret is in a Secret of somebody else.
import { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  image: process.env.REGISTRY_IMAGE,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER },
  httpSecret: { secret: Secret.fromSecretName(chart, 'uploads', 'uploads') },
});
app.synth();
