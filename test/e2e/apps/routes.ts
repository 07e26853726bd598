// A registry and its web page behind Traefik's IngressRoute or a Gateway's HTTPRoute, as ROUTE says; with
// TLS_IN_POD, TLS goes on to the pod.

import { Chart } from 'cdk8s';
import { Registry, RegistryApp, RegistryGateway, TlsTermination } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  tls: process.env.TLS_IN_POD === '1' ? { termination: TlsTermination.POD } : {},
  ...(process.env.ROUTE === 'IngressRoute'
    ? { ingressRoute: { stripUiPrefix: process.env.STRIP === '1' } }
    : { httpRoute: { gateway: RegistryGateway.newGateway({ className: 'any' }) } }),
  ui: {},
});
app.synth();
