// UIs of every kind, each behind the routes that it differs by.
import { Secret } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  IngressController,
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  RegistryUIAccess,
  type RegistryUISettings,
  RegistryUITagOrder,
  RegistryUITheme,
  TlsTermination,
} from '../../lib';
import type { Kind } from './kind';

const UI_HOST = 'images.example.com';
const access = RegistryUIAccess.host(UI_HOST);
const cors = RegistryUIAccess.hostWithCors(UI_HOST);
const anonymous = { auth: { credentials: RegistryCredentials.anonymous() } };
const pod = { tls: { termination: TlsTermination.POD } };
const f5 = { ingress: { controller: IngressController.F5_NGINX } };
const community = { ingress: { controller: IngressController.COMMUNITY_NGINX } };
const gateway = RegistryGateway.newGateway({ className: 'nginx' });
const shared = RegistryGateway.existing({ name: 'public', namespace: 'gateways', sectionName: 'https' });
const issuer = CertificateIssuer.clusterIssuer('letsencrypt');

/** Every setting at once, none at its default. */
export const ALL_SETTINGS: RegistryUISettings = {
  title: 'Our images',
  headerTitle: 'Registry of team A',
  theme: RegistryUITheme.DARK,
  themeColors: {
    primaryText: '#98a8bd',
    headerBackground: 'teal',
    footerNeutralText: 'rgb(173 186 205 / 50%)',
  },
  deleteImages: true,
  showContentDigest: true,
  showTagHistory: true,
  historyCustomLabels: ['org.opencontainers.image.source', 'com.example.team'],
  catalogElementsLimit: 5000,
  showCatalogTagCount: true,
  catalogDefaultExpanded: true,
  catalogMinBranches: 1,
  catalogMaxBranches: 3,
  tagOrder: RegistryUITagOrder.NUM_DESC_ALPHA_ASC,
  tagPageSize: 50,
  pullAddress: '127.0.0.1:30500',
  useControlCacheHeader: true,
  versionNotification: true,
};

export const UIS: Readonly<Record<string, Kind>> = {
  'a path of its own': {
    props: () => ({ ingress: {}, ui: { access: RegistryUIAccess.path({ path: '/images' }) } }),
  },
  'all settings': { props: () => ({ ingress: {}, storage: { deletion: true }, ui: ALL_SETTINGS }) },
  'several registries': {
    props: () => ({
      ingress: {},
      ui: { registries: ['https://other.example.com', 'https://10.0.0.5:5000/v'], readOnlyRegistries: true },
    }),
  },
  'a host': { props: () => ({ ingress: {}, ui: { access } }) },
  'a host, TLS in the pod, few let in': {
    props: () => ({
      ...pod,
      ingress: {},
      networkPolicy: { allowFrom: [{ namespaceSelector: {} }] },
      ui: { access },
    }),
  },
  'a host, TLS in the pod with a CA of somebody': {
    props: (scope) => ({
      ingress: {},
      tls: {
        termination: TlsTermination.POD,
        certificate: RegistryCertificate.existingSecret(
          Secret.fromSecretName(scope, 'certificate', 'registry-cert'),
        ),
      },
      ui: {
        access: RegistryUIAccess.host(UI_HOST, {
          registryCaSecret: { secret: Secret.fromSecretName(scope, 'ca', 'company-ca') },
        }),
      },
    }),
    existing: ['Secret/registry-cert', 'Secret/company-ca'],
  },
  'a host with a certificate of its own': {
    props: (scope) => ({
      ingressRoute: {},
      ui: {
        access: RegistryUIAccess.host(UI_HOST, {
          tlsSecret: Secret.fromSecretName(scope, 'ui', 'images-tls'),
        }),
      },
    }),
    existing: ['Secret/images-tls'],
  },
  'a host, by cert-manager': {
    props: () => ({
      ingress: {},
      tls: { certificate: RegistryCertificate.certManager({ issuer }) },
      ui: { access },
    }),
  },
  'a host, by an annotation of cert-manager': {
    props: () => ({
      ingress: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      ui: { access },
    }),
  },
  "a host behind F5's nginx": { props: () => ({ ...f5, ui: { access } }) },
  "a host behind Traefik's ingress": { props: () => ({ ingress: { className: 'traefik' }, ui: { access } }) },
  'a host behind HAProxy': { props: () => ({ ingress: { className: 'haproxy' }, ui: { access } }) },
  'a host behind an IngressRoute with a resolver': {
    props: () => ({ ingressRoute: { certResolver: 'letsencrypt' }, ui: { access } }),
  },
  'a host behind an IngressRoute that strips': {
    props: () => ({ ingressRoute: { stripUiPrefix: true }, ui: { access } }),
  },
  'a host on a Gateway of its own': { props: () => ({ httpRoute: { gateway }, ui: { access } }) },
  'a host on a Gateway that exists': {
    props: () => ({
      httpRoute: { gateway: shared },
      ui: { access: RegistryUIAccess.host(UI_HOST, { sectionName: 'images' }) },
    }),
    existing: ['Gateway/public'],
  },
  'a host with CORS': {
    props: () => ({
      ...anonymous,
      ingress: {},
      storage: { deletion: true },
      ui: { access: cors, deleteImages: true },
    }),
  },
  'a host with CORS and no TLS, on a Gateway': {
    props: () => ({
      ...anonymous,
      tls: { certificate: RegistryCertificate.none() },
      httpRoute: { gateway },
      ui: { access: cors },
    }),
  },
  "a login by the community's nginx": { props: () => ({ ...community, ui: { login: true } }) },
  "a login by the community's nginx, of a Secret": {
    props: (scope) => ({
      ...community,
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: Secret.fromSecretName(scope, 'users', 'basic-auth'),
          key: 'auth',
        }),
      },
      ui: { login: true },
    }),
    existing: ['Secret/basic-auth'],
  },
  "a login by F5's nginx": { props: () => ({ ...f5, ui: { login: true } }) },
  "a login on a host by F5's nginx, of a Secret": {
    props: (scope) => ({
      ...f5,
      ui: { access, login: true, loginSecret: Secret.fromSecretName(scope, 'users', 'f5-users') },
    }),
    existing: ['Secret/f5-users'],
  },
  "a login by Traefik's ingress": {
    props: () => ({ ingress: { className: 'traefik' }, ui: { login: true } }),
  },
  'a login by an IngressRoute that strips': {
    props: () => ({ ingressRoute: { stripUiPrefix: true }, ui: { login: true } }),
  },
  'a login by an IngressRoute on a host': {
    props: () => ({ ingressRoute: {}, ui: { access, login: true } }),
  },
};
