// A certificate that something in front of the registry has, by each way in.
import { ServiceType } from 'cdk8s-plus-27';
import {
  IngressController,
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  type RegistryProps,
  RegistryUIAccess,
  TlsTermination,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet, type Values } from './value-set';

const host = 'registry.example.com';
const users = { htpasswd: LINES.alice };
const external = RegistryCertificate.external();
const EVERYBODY = RegistryCredentials.anonymous();
const ALICE = RegistryCredentials.htpasswd(LINES.alice);

type Row = readonly [name: string, values: Values, props: RegistryProps | ValueSet['props']];

const ON_OWN_HOST = { enabled: true, host: 'images.example.com' };

const ROWS: readonly Row[] = [
  ['no way in', {}, {}],
  ['no way in, and no login', { auth: { enabled: false } }, { auth: { credentials: EVERYBODY } }],
  [
    'no way in, a node port and an address for pulls',
    { service: { type: 'NodePort', nodePort: 30500 }, pullAddress: '127.0.0.1:30500' },
    { service: { type: ServiceType.NODE_PORT, nodePort: 30500 }, pullAddress: '127.0.0.1:30500' },
  ],
  [
    'a node port of any number',
    { service: { type: 'NodePort' } },
    { service: { type: ServiceType.NODE_PORT } },
  ],
  [
    'a load balancer with a certificate of the cloud, and users',
    { auth: users, service: { type: 'LoadBalancer', port: 443 } },
    { auth: { credentials: ALICE }, service: { type: ServiceType.LOAD_BALANCER, port: 443 } },
  ],
  [
    'a load balancer, a network that is closed, metrics, a storage that is read-only',
    {
      service: { type: 'LoadBalancer' },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      metrics: { enabled: true },
      storage: { readOnly: true },
    },
    {
      service: { type: ServiceType.LOAD_BALANCER },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      metrics: {},
      storage: { readOnly: true },
    },
  ],
  ['an Ingress of the default class', { ingress: { enabled: true } }, { ingress: {} }],
  [
    'an Ingress of nginx, and users in a Secret',
    { ingress: { enabled: true, className: 'nginx' }, auth: { existingSecret: 'team-users' } },
    (chart) => ({
      ingress: { className: 'nginx' },
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'team-users') }) },
    }),
  ],
  ...(['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK', 'HAPROXY'] as const).flatMap((controller): Row[] => {
    const ingress = { className: 'company', controller: IngressController[controller] };
    const given = { enabled: true, className: 'company', controller };
    return [
      [
        `an Ingress of ${controller}`,
        { ingress: given, auth: users },
        { ingress, auth: { credentials: ALICE } },
      ],
      [
        `an Ingress of ${controller} with a page`,
        { ingress: given, ui: { enabled: true } },
        { ingress, ui: {} },
      ],
      [
        `an Ingress of ${controller} with a page on a host of its own`,
        { ingress: given, ui: ON_OWN_HOST, storage: { readOnly: true } },
        { ingress, ui: { access: RegistryUIAccess.host(ON_OWN_HOST.host) }, storage: { readOnly: true } },
      ],
      [
        `an Ingress of ${controller} with a page on a host of its own by CORS`,
        { ingress: given, auth: { enabled: false }, ui: { ...ON_OWN_HOST, cors: true } },
        {
          ingress,
          auth: { credentials: EVERYBODY },
          ui: { access: RegistryUIAccess.hostWithCors(ON_OWN_HOST.host) },
        },
      ],
    ];
  }),
  ...(['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK'] as const).flatMap((controller): Row[] => [
    [
      `an Ingress of ${controller} with a page that asks for a login`,
      { ingress: { enabled: true, controller }, ui: { enabled: true, login: true } },
      { ingress: { controller: IngressController[controller] }, ui: { login: true } },
    ],
    [
      `an Ingress of ${controller} with a page on a host of its own that asks for a login`,
      {
        ingress: { enabled: true, controller },
        auth: users,
        ui: { ...ON_OWN_HOST, login: true, loginSecret: 'page-users' },
      },
      (chart) => ({
        ingress: { controller: IngressController[controller] },
        auth: { credentials: ALICE },
        ui: {
          access: RegistryUIAccess.host(ON_OWN_HOST.host),
          login: true,
          loginSecret: secretNamed(chart, 'page-users'),
        },
      }),
    ],
  ]),
  [
    "an Ingress of nginx' class, its controller, and a page that asks for a login",
    {
      ingress: { enabled: true, className: 'nginx', controller: 'COMMUNITY_NGINX' },
      ui: { enabled: true, login: true },
    },
    { ingress: { className: 'nginx', controller: IngressController.COMMUNITY_NGINX }, ui: { login: true } },
  ],
  [
    'an Ingress by a class of Traefik, and a page',
    { ingress: { enabled: true, className: 'traefik' }, ui: { enabled: true } },
    { ingress: { className: 'traefik' }, ui: {} },
  ],
  [
    'an Ingress by a class of HAProxy, and a page with a certificate of its own',
    { ingress: { enabled: true, className: 'haproxy' }, ui: { ...ON_OWN_HOST, tlsSecret: 'images-tls' } },
    (chart) => ({
      ingress: { className: 'haproxy' },
      ui: {
        access: RegistryUIAccess.host(ON_OWN_HOST.host, { tlsSecret: secretNamed(chart, 'images-tls') }),
      },
    }),
  ],
  [
    'an Ingress, another address for pulls, metrics, peers, labels',
    {
      ingress: { enabled: true, className: 'nginx' },
      pullAddress: 'pull.example.com',
      metrics: { enabled: true },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      commonLabels: { team: 'a' },
      commonAnnotations: { 'example.com/team': 'a' },
      ui: { enabled: true },
    },
    {
      ingress: { className: 'nginx' },
      pullAddress: 'pull.example.com',
      metrics: {},
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
      labels: { team: 'a' },
      annotations: { 'example.com/team': 'a' },
      ui: {},
    },
  ],
  [
    'an Ingress, said to end there, and a node port besides',
    {
      ingress: { enabled: true },
      tls: { termination: 'INGRESS' },
      service: { type: 'NodePort' },
      auth: { insecurePasswordsOverHttp: true },
    },
    {
      ingress: {},
      tls: { termination: TlsTermination.INGRESS },
      service: { type: ServiceType.NODE_PORT },
      auth: { insecurePasswordsOverHttp: true },
    },
  ],
  ["Traefik's IngressRoute", { ingressRoute: { enabled: true } }, { ingressRoute: {} }],
  [
    "Traefik's IngressRoute, and a page that asks for a login",
    { ingressRoute: { enabled: true, stripUiPrefix: true }, ui: { enabled: true, login: true } },
    { ingressRoute: { stripUiPrefix: true }, ui: { login: true } },
  ],
  [
    "Traefik's IngressRoute, and a page on a host of its own",
    { ingressRoute: { enabled: true }, ui: ON_OWN_HOST, auth: { enabled: false } },
    {
      ingressRoute: {},
      ui: { access: RegistryUIAccess.host(ON_OWN_HOST.host) },
      auth: { credentials: EVERYBODY },
    },
  ],
  [
    'a Gateway that exists, and a page on a host of its own',
    { httpRoute: { enabled: true, gateway: { name: 'public' } }, auth: users, ui: ON_OWN_HOST },
    {
      httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) },
      auth: { credentials: ALICE },
      ui: { access: RegistryUIAccess.host(ON_OWN_HOST.host) },
    },
  ],
  [
    'a Gateway that exists, and a page on a host of its own by CORS',
    {
      httpRoute: { enabled: true, gateway: { name: 'public' } },
      auth: { enabled: false },
      ui: { ...ON_OWN_HOST, cors: true },
    },
    {
      httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) },
      auth: { credentials: EVERYBODY },
      ui: { access: RegistryUIAccess.hostWithCors(ON_OWN_HOST.host) },
    },
  ],
];

export const EXTERNAL: readonly ValueSet[] = ROWS.map(([name, values, props]) => ({
  name: `a certificate of something in front: ${name}`,
  values: { host, ...values, tls: { ...(values.tls as Values), external: true } },
  props: (chart) => {
    const given = typeof props === 'function' ? props(chart) : props;
    return { host, ...given, tls: { ...given.tls, certificate: external } };
  },
}));
