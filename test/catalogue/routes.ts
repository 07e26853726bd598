// Registries behind each route, load balancers among them.
import { Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  ExternalTrafficPolicy,
  IngressController,
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  type RegistryProps,
  TlsTermination,
  TraefikApi,
} from '../../lib';

const pod = { termination: TlsTermination.POD };
const open: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
  ui: {},
};
const gateway = RegistryGateway.newGateway({ className: 'nginx' });
const shared = RegistryGateway.existing({ name: 'public', namespace: 'gateways', sectionName: 'https' });
const issuer = CertificateIssuer.clusterIssuer('letsencrypt');

export const ROUTES: Readonly<Record<string, RegistryProps>> = {
  'a load balancer with everything': {
    service: {
      type: ServiceType.LOAD_BALANCER,
      loadBalancerSourceRanges: ['10.0.0.0/8', 'fd00::/8'],
      loadBalancerClass: 'metallb.io/pool',
      loadBalancerIP: '192.168.1.50',
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
    },
  },
  "the community's nginx": { ingress: { controller: IngressController.COMMUNITY_NGINX }, ui: {} },
  "F5's nginx": { ingress: { controller: IngressController.F5_NGINX }, ui: {} },
  "F5's nginx, TLS in the pod": { ingress: { controller: IngressController.F5_NGINX }, tls: pod, ui: {} },
  "Traefik's ingress": { ingress: { className: 'traefik' }, ui: {} },
  "Traefik's ingress, TLS in the pod": { ingress: { className: 'traefik' }, tls: pod, ui: {} },
  "Traefik's ingress without TLS": { ...open, ingress: { className: 'traefik' } },
  'HAProxy, TLS in the pod': { ingress: { className: 'haproxy' }, tls: pod, ui: {} },
  'an IngressRoute': { ingressRoute: {}, ui: {} },
  'an IngressRoute of the older group': {
    ingressRoute: { api: TraefikApi.TRAEFIK_CONTAINO_US, certResolver: 'tlsresolver', stripUiPrefix: true },
    tls: pod,
    ui: {},
  },
  'an IngressRoute without TLS': { ...open, ingressRoute: { middlewares: ['allow-office'] } },
  'an IngressRoute, TLS in the pod': {
    ingressRoute: { entryPoints: ['websecure', 'lan'] },
    tls: pod,
    ui: {},
  },
  'an HTTPRoute on a Gateway that exists': { httpRoute: { gateway: shared }, ui: {} },
  'an HTTPRoute on a Gateway of its own': { httpRoute: { gateway }, ui: {} },
  'an HTTPRoute, TLS in the pod': { httpRoute: { gateway }, tls: pod, ui: {} },
  'an HTTPRoute without TLS': { ...open, httpRoute: { gateway } },
  'cert-manager': { ingress: {}, tls: { certificate: RegistryCertificate.certManager({ issuer }) }, ui: {} },
  'cert-manager for the pod': {
    tls: {
      certificate: RegistryCertificate.certManager({
        issuer: CertificateIssuer.issuer('inside'),
        extraHosts: ['registry.registry.svc', '10.0.0.5'],
        privateCa: true,
        duration: Duration.days(30),
      }),
    },
    service: { type: ServiceType.LOAD_BALANCER },
  },
  'cert-manager for the pod behind an HTTPRoute': {
    httpRoute: { gateway },
    tls: { ...pod, certificate: RegistryCertificate.certManager({ issuer, privateCa: true }) },
  },
  'cert-manager with a public CA for the pod behind an HTTPRoute': {
    httpRoute: { gateway: shared },
    tls: { ...pod, certificate: RegistryCertificate.certManager({ issuer }) },
  },
  'cert-manager by annotation': {
    ingress: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
    ui: {},
  },
  'a pull address of its own': { ingress: {}, pullAddress: 'registry.inside.example.com', ui: {} },
};
