// A registry whose clients log in by tokens. TLS ends in the pod; its certificate is the token service's, too. With COPY,
// another one gets its images, by a user of the token service. With COLLECTED, there is a front, and its garbage is
// collected.

import { Chart } from 'cdk8s';
import { k8s, Secret, ServiceType } from 'cdk8s-plus-27';
import {
  CopyEndpoint,
  Registry,
  RegistryApp,
  RegistryCertificate,
  RegistryCollection,
  RegistryCopy,
  RegistryCredentials,
} from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const { IMAGE, TOKEN = '{}', COPY, COLLECTED } = process.env;
const collected = COLLECTED === 'yes';
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: IMAGE,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  tls: { certificate: RegistryCertificate.selfSigned({ extraHosts: ['auth.example.com'] }) },
  auth: { credentials: RegistryCredentials.token(JSON.parse(TOKEN)) },
  ...(collected && { front: {}, storage: { deletion: true } }),
});
if (collected) new RegistryCollection(chart, 'collection', { registry });
if (COPY === 'yes') {
  const target = new Registry(chart, 'copied', {
    name: 'copied',
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  new RegistryCopy(chart, 'copy', {
    source: CopyEndpoint.host('registry.example.com', {
      login: Secret.fromSecretName(chart, 'bob', 'bob'),
      caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'registry-tls') },
      allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(8443) }] }],
    }),
    target: CopyEndpoint.registry(target),
    repositories: ['team/app'],
  });
}
app.synth();
