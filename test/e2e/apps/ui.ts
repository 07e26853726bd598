// A registry with its web page where UI_ACCESS says: `path`, `host` or `cors`, the last without a login. With
// UI_LOGIN the UI asks for one itself. Behind the community's nginx, or by the kind of route that ROUTE
// says; with TLS_IN_POD, TLS goes on to the registry's pod.

import { Chart } from 'cdk8s';
import {
  IngressController,
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryGateway,
  RegistryUIAccess,
  RegistryUser,
  TlsTermination,
} from '../../../lib';

const { UI_ACCESS, UI_LOGIN, ROUTE, TLS_IN_POD } = process.env;
const PAGE = 'images.example.com';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  auth: {
    credentials:
      UI_ACCESS === 'cors'
        ? RegistryCredentials.anonymous()
        : RegistryCredentials.users(RegistryUser.generated('admin')),
  },
  storage: { deletion: true },
  ...(TLS_IN_POD === '1' && { tls: { termination: TlsTermination.POD } }),
  ...(ROUTE === undefined && { ingress: { controller: IngressController.COMMUNITY_NGINX } }),
  ...(ROUTE === 'IngressRoute' && { ingressRoute: {} }),
  ...(ROUTE === 'HTTPRoute' && { httpRoute: { gateway: RegistryGateway.newGateway({ className: 'any' }) } }),
  ui: {
    access: {
      path: RegistryUIAccess.path(),
      host: RegistryUIAccess.host(PAGE),
      cors: RegistryUIAccess.hostWithCors(PAGE),
    }[UI_ACCESS ?? 'path'],
    login: UI_LOGIN === '1',
    title: 'Our images',
    deleteImages: true,
  },
});
app.synth();
