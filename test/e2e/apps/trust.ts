// A registry with TLS in the pod, another namespace that pulls from it, nodes that trust it, and a toolbox;
// it collects garbage when it starts.

import { ApiObject, Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  NodeRuntime,
  Registry,
  RegistryApp,
  RegistryCertificate,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryToolbox,
} from '../../../lib';

const { CERTIFICATE, KEY = '', CA } = process.env;
const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  image: process.env.REGISTRY_IMAGE,
  host: 'registry.example.com',
  service: { type: ServiceType.LOAD_BALANCER },
  ...(CERTIFICATE && {
    tls: { certificate: RegistryCertificate.pem({ certificate: CERTIFICATE, privateKey: KEY, ca: CA }) },
  }),
  storage: { deletion: true },
  garbageCollection: { onStart: true },
});

new ApiObject(new Chart(app, 'shop'), 'namespace', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop' },
});
new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'], replaceDefaultPullSecrets: true });
new RegistryNodeTrust(chart, 'nodes', {
  registry,
  runtimes: [NodeRuntime.CONTAINERD, NodeRuntime.DOCKER, NodeRuntime.K3S],
  mirrorOf: ['docker.io'],
  uninstall: process.env.UNINSTALL === 'true',
});
new RegistryToolbox(chart, 'toolbox', { registry });
app.synth();
