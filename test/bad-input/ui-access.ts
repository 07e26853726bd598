// Wrong UIs: their path or host, and their login.
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  IngressController,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  RegistryUIAccess,
  TlsTermination,
} from '../../lib';

import { type Row, wrong } from './row';
import { ui } from './ui';

const at = '[chart/registry/ui]';
const open = { auth: { credentials: RegistryCredentials.anonymous() } };
const HOST = 'images.example.com';

export const UI_ACCESS: readonly Row[] = [
  ui(
    'a place that is a text',
    { access: '/ui' },
    'ui.access: "/ui" is not a RegistryUIAccess; write e.g. RegistryUIAccess.host("images.example.com")',
  ),
  ui(
    'the path of the whole host',
    { access: RegistryUIAccess.path({ path: '/' }) },
    'ui.access.path: "/" is the path of the registry itself; write e.g. "/ui", or give the UI its own host by RegistryUIAccess.host(...)',
  ),
  ui(
    "the path of the registry's API",
    { access: RegistryUIAccess.path({ path: '/v2' }) },
    'ui.access.path: "/v2" is where the registry\'s own API is; write e.g. "/ui"',
  ),
  ...['ui', '/ui/', '/team/ui', '/UI', '/u i', '/~ui', '/ui;reboot'].map((path) =>
    ui(
      `the path ${path}`,
      { access: RegistryUIAccess.path({ path }) },
      `ui.access.path: "${path}" is not a slash and one segment of lower-case letters, digits and "-"; write e.g. "/ui"`,
    ),
  ),
  ui(
    "the registry's own host",
    { access: RegistryUIAccess.host('registry.localhost') },
    'ui.access.host: "registry.localhost" is the registry\'s own host; write another one, or use RegistryUIAccess.path()',
  ),
  ui(
    'a host with a scheme',
    { access: RegistryUIAccess.host('https://images.example.com') },
    'ui.access.host: "https://images.example.com" has a scheme; write "images.example.com"',
  ),
  ui(
    'a host that is not there',
    { access: RegistryUIAccess.host(wrong(undefined)) },
    'ui.access.host: null is not a string; write e.g. "registry.example.com"',
  ),
  ui(
    'a certificate that is a text',
    { access: RegistryUIAccess.host(HOST, { tlsSecret: wrong('images-tls') }) },
    "ui.access.tlsSecret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
  ),
  ui(
    'a listener of no Gateway',
    { access: RegistryUIAccess.host(HOST, { sectionName: 'images' }) },
    'ui.access.sectionName: "images" is for a Gateway, but there is none; leave it out',
  ),
  ui(
    'CORS with a login',
    { access: RegistryUIAccess.hostWithCors(HOST) },
    'ui.access: hostWithCors("images.example.com"), but the registry has a login and answers preflight requests with 401; write RegistryUIAccess.host("images.example.com"), or RegistryUIAccess.path() for registry.localhost/ui/',
  ),
  ...['https://a.b:99999', 'https://a.b:0443', 'https://-a', 'https://a..b', 'https://a.b/', 'a.b'].map(
    (corsOrigin) => ({
      name: `the origin ${corsOrigin}`,
      props: { ...open, configuration: { corsOrigin } },
      says: [
        `[chart/registry/deployment/configuration] configuration.corsOrigin: "${corsOrigin}" is not an origin (scheme, host and optional port); write e.g. "https://images.example.com"`,
      ],
    }),
  ),
  {
    name: 'CORS for another UI',
    props: {
      ...open,
      ingress: {},
      configuration: { corsOrigin: 'https://other.example.com' },
      ui: { access: RegistryUIAccess.hostWithCors(HOST) },
    },
    says: [
      `${at} configuration.corsOrigin: "https://other.example.com" is not the origin of the UI, "https://images.example.com", and only one origin is allowed; leave it out, or write "*"`,
    ],
  },
  {
    name: "the CA of the registry's pod where it has none",
    props: ({ chart }) => ({
      ingress: {},
      ui: {
        access: RegistryUIAccess.host(HOST, {
          registryCaSecret: { secret: Secret.fromSecretName(chart, 'ca', 'company-ca') },
        }),
      },
    }),
    says: [
      `${at} ui.access.registryCaSecret: has no effect, because the registry's pod does not use TLS; leave it out`,
    ],
  },
  {
    name: "the CA of the registry's pod where the browser is who talks to it",
    props: ({ chart }) => ({
      ...open,
      ingress: {},
      tls: { termination: TlsTermination.POD },
      ui: {
        access: RegistryUIAccess.hostWithCors(HOST, {
          registryCaSecret: { secret: Secret.fromSecretName(chart, 'ca', 'company-ca') },
        }),
      },
    }),
    says: [
      `${at} ui.access.registryCaSecret: has no effect with CORS, because browsers connect to the registry themselves; leave it out`,
    ],
  },
  {
    name: 'a certificate for the UI of a registry without one',
    props: ({ chart }) => ({
      ...open,
      ingress: {},
      tls: { certificate: RegistryCertificate.none() },
      ui: {
        access: RegistryUIAccess.host(HOST, {
          tlsSecret: Secret.fromSecretName(chart, 'ui', 'images-tls'),
        }),
      },
    }),
    says: [
      `${at} ui.access.tlsSecret: sets TLS for the UI, but the registry has none; give the registry a certificate too, or leave it out`,
    ],
  },
  {
    name: "PEM texts that don't cover the UI's host",
    props: ({ pems }) => ({
      host: 'registry.example.com',
      ingress: {},
      tls: { certificate: RegistryCertificate.pem(pems.good) },
      ui: { access: RegistryUIAccess.host(HOST) },
    }),
    says: [
      `${at} ui.access: tls.certificate covers DNS:registry.example.com, not the host "images.example.com"; give a certificate that covers both, or set one for the UI by tlsSecret`,
    ],
  },
  {
    name: 'a certificate for a Gateway that exists',
    props: ({ chart }) => ({
      httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) },
      ui: {
        access: RegistryUIAccess.host(HOST, {
          tlsSecret: Secret.fromSecretName(chart, 'ui', 'images-tls'),
        }),
      },
    }),
    says: [
      '[chart/registry/http-route] ui.access.tlsSecret: "images-tls" has no effect, because the Gateway exists and has its own certificates; leave it out',
    ],
  },
  {
    name: 'a listener of a Gateway that is made',
    props: {
      httpRoute: { gateway: RegistryGateway.newGateway({ className: 'nginx' }) },
      ui: { access: RegistryUIAccess.host(HOST, { sectionName: 'images' }) },
    },
    says: [
      '[chart/registry/http-route] ui.access.sectionName: "images" has no effect, because the Gateway is created here, with a listener for the UI; leave it out',
    ],
  },
  {
    name: 'CORS for an origin with a path',
    props: { ...open, configuration: { corsOrigin: 'https://images.example.com/' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.corsOrigin: "https://images.example.com/" is not an origin (scheme, host and optional port); write e.g. "https://images.example.com"',
    ],
  },
  {
    name: 'CORS of a registry with a login',
    props: { configuration: { corsOrigin: 'https://images.example.com' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.corsOrigin: "https://images.example.com" does not work with a login: the registry answers preflight requests with 401; leave it out, and serve the UI on the same host or through a proxy, as RegistryUIAccess.path() and .host(...) do',
    ],
  },
];

const community = { ingress: { controller: IngressController.COMMUNITY_NGINX } };
const f5 = { ingress: { controller: IngressController.F5_NGINX } };
const users = (chart: Chart, key?: string) => ({
  auth: {
    credentials: RegistryCredentials.existingSecret({
      secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
      key,
    }),
  },
});

export const UI_LOGINS: readonly Row[] = [
  {
    name: 'a login where there is none to share',
    props: { ...community, ...open, ui: { login: true } },
    says: [`${at} ui.login: true, but the registry has no users; leave it out, or add auth.credentials`],
  },
  {
    name: 'a login by who knows what',
    props: { ingress: {}, ui: { login: true } },
    says: [
      `${at} ui.login: true, but the ingress controller is unknown, and one that ignores the annotations would show the UI to everyone; set e.g. ingress: { controller: IngressController.COMMUNITY_NGINX }`,
    ],
  },
  {
    name: 'a login by HAProxy',
    props: { ingress: { className: 'haproxy' }, ui: { login: true } },
    says: [
      `${at} ui.login: true, but HAProxy supports no htpasswd file; leave it out: the registry's own login guards the images`,
    ],
  },
  {
    name: 'a login by a Gateway',
    props: { httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) }, ui: { login: true } },
    says: [
      `${at} ui.login: true, but the Gateway API has no basic auth that all implementations support; leave it out, or use ingress or ingressRoute`,
    ],
  },
  {
    name: 'a login that is a text',
    props: { ...community, ui: { login: 'yes' } },
    says: [`${at} ui.login: "yes" is not a boolean; write true or false`],
  },
  {
    name: "a Secret of users under another key than the community's nginx reads",
    props: ({ chart }) => ({ ...community, ...users(chart), ui: { login: true } }),
    says: [
      `${at} ui.login: true, but the community's nginx requires the htpasswd file under the key "auth", and "basic-auth" has it under "htpasswd"; rename the key and write RegistryCredentials.existingSecret({ secret, key: 'auth' }), or set ui.loginSecret to one that has it`,
    ],
  },
  {
    name: "a Secret of users of a type that F5's nginx may not read",
    props: ({ chart }) => ({ ...f5, ...users(chart), ui: { login: true } }),
    says: [
      `${at} ui.login: true, but F5's nginx requires the htpasswd file in a Secret of type nginx.org/htpasswd under the key "htpasswd", and "basic-auth" has it under "htpasswd" and an unknown type; set ui.loginSecret to one that has it`,
    ],
  },
  {
    name: 'a Secret for no login',
    props: ({ chart }) => ({
      ...community,
      ui: { loginSecret: Secret.fromSecretName(chart, 'ui', 'ui-users') },
    }),
    says: [`${at} ui.loginSecret: has no effect without a login; add login: true, or leave it out`],
  },
  {
    name: 'a Secret for the login that is a text',
    props: { ...community, ui: { login: true, loginSecret: 'ui-users' } },
    says: [
      `${at} ui.loginSecret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')`,
    ],
  },
  {
    name: 'a realm that nginx does not take',
    props: { ...community, auth: { realm: 'Bilder für alle' }, ui: { login: true } },
    says: [
      `${at} auth.realm: "Bilder für alle" is not supported by the community's nginx, which accepts letters, digits, spaces and "-._~/:"; write e.g. "Registry Realm"`,
    ],
  },
  {
    name: "a login by Traefik's ingress in no namespace",
    build: ({ app }) => {
      const chart = new Chart(app, 'nowhere');
      new Registry(chart, 'registry', { ingress: { className: 'traefik' }, ui: { login: true } });
    },
    says: [
      '[nowhere/registry/ingress] namespace: is required, because an Ingress refers to the Middleware for the UI\'s login by its namespace; add namespace: "registry"',
    ],
  },
];
