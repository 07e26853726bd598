// Routes of Traefik and of the Gateway API, and where TLS ends.
import {
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  RegistryUIAccess,
  TlsTermination,
  TraefikApi,
} from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const host = 'registry.example.com';

export const ROUTES: readonly ValueSet[] = [
  {
    name: "Traefik's IngressRoute with a resolver, of the older API, that strips the page's path",
    values: {
      host,
      ingressRoute: {
        enabled: true,
        entryPoints: ['web', 'websecure'],
        certResolver: 'letsencrypt',
        apiVersion: 'traefik.containo.us/v1alpha1',
        stripUiPrefix: true,
        middlewares: [{ name: 'office-only' }, { name: 'ratelimit' }],
        annotations: { 'example.com/team': 'a' },
      },
      ui: { enabled: true },
    },
    props: () => ({
      host,
      ingressRoute: {
        entryPoints: ['web', 'websecure'],
        certResolver: 'letsencrypt',
        api: TraefikApi.TRAEFIK_CONTAINO_US,
        stripUiPrefix: true,
        middlewares: ['office-only', 'ratelimit'],
        annotations: { 'example.com/team': 'a' },
      },
      ui: {},
    }),
  },
  {
    name: "Traefik's IngressRoute, TLS in the pod, a page with a login on a host of its own",
    values: {
      host,
      ingressRoute: { enabled: true, middlewares: [{ name: 'office-only' }] },
      tls: { termination: 'POD' },
      ui: { enabled: true, host: 'images.example.com', login: true },
    },
    props: () => ({
      host,
      ingressRoute: { middlewares: ['office-only'] },
      tls: { termination: TlsTermination.POD },
      ui: { access: RegistryUIAccess.host('images.example.com'), login: true },
    }),
  },
  {
    name: 'a Gateway of its own, a page on a host of its own with its own certificate',
    values: {
      host,
      httpRoute: {
        enabled: true,
        gateway: { className: 'istio', annotations: { 'networking.istio.io/service-type': 'ClusterIP' } },
        annotations: { 'example.com/team': 'a' },
      },
      ui: { enabled: true, host: 'images.example.com', tlsSecret: 'images-tls' },
    },
    props: (chart) => ({
      host,
      httpRoute: {
        gateway: RegistryGateway.newGateway({
          className: 'istio',
          annotations: { 'networking.istio.io/service-type': 'ClusterIP' },
        }),
        annotations: { 'example.com/team': 'a' },
      },
      ui: {
        access: RegistryUIAccess.host('images.example.com', { tlsSecret: secretNamed(chart, 'images-tls') }),
      },
    }),
  },
  {
    name: 'a Gateway that exists in another namespace, TLS in the pod as well',
    values: {
      host,
      httpRoute: { enabled: true, gateway: { name: 'public', namespace: 'gateways', sectionName: 'https' } },
      tls: { termination: 'POD' },
      ui: { enabled: true, host: 'images.example.com', sectionName: 'https-images' },
    },
    props: () => ({
      host,
      httpRoute: {
        gateway: RegistryGateway.existing({ name: 'public', namespace: 'gateways', sectionName: 'https' }),
      },
      tls: { termination: TlsTermination.POD },
      ui: { access: RegistryUIAccess.host('images.example.com', { sectionName: 'https-images' }) },
    }),
  },
  {
    name: 'a Gateway that takes HTTP, and no login',
    values: {
      host,
      httpRoute: { enabled: true, gateway: { name: 'plain', https: false } },
      auth: { enabled: false },
    },
    props: () => ({
      host,
      httpRoute: { gateway: RegistryGateway.existing({ name: 'plain', https: false }) },
      auth: { credentials: RegistryCredentials.anonymous() },
    }),
  },
  {
    name: 'an Ingress that ends TLS with a certificate that exists',
    values: {
      host,
      ingress: { enabled: true },
      tls: { existingSecret: 'registry-example-com', termination: 'INGRESS' },
    },
    props: (chart) => ({
      host,
      ingress: {},
      tls: {
        certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'registry-example-com')),
        termination: TlsTermination.INGRESS,
      },
    }),
  },
];
