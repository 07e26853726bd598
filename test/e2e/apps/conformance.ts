// A registry with TLS in the pod, in front of which nginx stands if FRONT is set; with FOREIGN, layers may be elsewhere.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Registry, RegistryApp } from '../../../lib';

const {
  REGISTRY_NAMESPACE = 'registry',
  REGISTRY_HOST = 'registry.example.com',
  FRONT,
  FOREIGN,
  REGISTRY_IMAGE,
} = process.env;
const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  image: REGISTRY_IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: { deletion: true },
  configuration: FOREIGN ? { foreignLayerUrls: ['^https?://'] } : {},
  ...(FRONT ? { front: {} } : {}),
});
app.synth();
