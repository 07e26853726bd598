// Wrong routes: Ingresses and their controllers, IngressRoutes, HTTPRoutes, certificates of cert-manager, and
// pull addresses.
import { type App, Chart, Duration } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  CertificateIssuer,
  Registry,
  RegistryCertificate,
  RegistryGateway,
  type RegistryProps,
  TlsTermination,
} from '../../lib';
import { type Row, wrong } from './row';

const selfSigned = { tls: { certificate: RegistryCertificate.selfSigned() } };
const withoutTls = { tls: { certificate: RegistryCertificate.none() } };
const { NODE_PORT } = ServiceType;
const byCertManager = (options: object) => ({
  ingress: {},
  tls: { certificate: RegistryCertificate.certManager(wrong(options)) },
});
const issuer = CertificateIssuer.clusterIssuer('letsencrypt');

export const ROUTES: readonly Row[] = [
  {
    name: 'two routes',
    props: { ingress: {}, ingressRoute: {} },
    says: [
      '[chart/registry] ingress, ingressRoute: each would route the host to the registry; keep one of them',
    ],
  },
  {
    name: 'all routes',
    props: {
      ingress: {},
      ingressRoute: {},
      httpRoute: { gateway: RegistryGateway.newGateway({ className: 'nginx' }) },
    },
    says: [
      '[chart/registry] ingress, ingressRoute, httpRoute: each would route the host to the registry; keep one of them',
    ],
  },
];

export const CONTROLLERS: readonly Row[] = [
  {
    name: 'a controller that nobody knows',
    props: { ingress: { controller: 'nginx' } },
    says: [
      '[chart/registry/ingress] ingress.controller: "nginx" is not supported; write one of COMMUNITY_NGINX, F5_NGINX, TRAEFIK, HAPROXY',
    ],
  },
  {
    name: "cert-manager's annotation beside a certificate",
    props: { ...selfSigned, ingress: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } } },
    says: [
      '[chart/registry] ingress.annotations["cert-manager.io/cluster-issuer"]: requests a certificate from cert-manager, but tls.certificate sets another one; leave one of them out',
    ],
  },
];

export const INGRESSES: readonly Row[] = [
  {
    name: 'an ingress class in upper case',
    props: { ingress: { className: 'NGINX' } },
    says: [
      '[chart/registry/ingress] ingress.className: "NGINX" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "nginx"',
    ],
  },
  {
    name: 'an ingress class that is a number',
    props: { ingress: { className: 1 } },
    says: ['[chart/registry/ingress] ingress.className: 1 is not a string; write e.g. "nginx"'],
  },
  {
    name: 'an annotation with a boolean',
    props: { ingress: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': true } } },
    says: [
      '[chart/registry] ingress.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]: true is not a string; write it in quotes',
    ],
  },
  {
    name: 'an annotation key with a space',
    props: { ingress: { annotations: { 'my key': 'x' } } },
    says: [
      '[chart/registry] ingress.annotations: "my key" is not a label or annotation key; write e.g. "example.com/team"',
    ],
  },
  {
    name: 'a text for annotations',
    props: { ingress: { annotations: 'ssl-redirect' } },
    says: [
      '[chart/registry] ingress.annotations: "ssl-redirect" is not an object; write e.g. ingress.annotations: {}',
    ],
  },
];

export const INGRESS_ROUTES: readonly Row[] = [
  {
    name: 'an IngressRoute without entry points',
    props: { ingressRoute: { entryPoints: [] } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.entryPoints: is empty, which means all of Traefik\'s default entry points; write e.g. ["websecure"]',
    ],
  },
  {
    name: 'an entry point that is a text',
    props: { ingressRoute: { entryPoints: 'websecure' } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.entryPoints: "websecure" is not a list; write ingressRoute.entryPoints: [...]',
    ],
  },
  {
    name: 'an entry point that is a port',
    props: { ingressRoute: { entryPoints: [':443'] } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.entryPoints[0]: ":443" is not a valid Traefik name; write e.g. "websecure"',
    ],
  },
  {
    name: 'a resolver beside a certificate',
    props: { ...selfSigned, ingressRoute: { certResolver: 'letsencrypt' } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.certResolver: "letsencrypt" requests a certificate, but tls.certificate sets another one; leave one of them out',
    ],
  },
  {
    name: 'a resolver beside a certificate in a Secret',
    props: ({ chart }) => ({
      tls: {
        certificate: RegistryCertificate.existingSecret(
          Secret.fromSecretName(chart, 'certificate', 'registry-cert'),
        ),
      },
      ingressRoute: { certResolver: 'letsencrypt' },
    }),
    says: [
      '[chart/registry/ingress-route] ingressRoute.certResolver: "letsencrypt" requests a certificate, but tls.certificate sets another one; leave one of them out',
    ],
  },
  {
    name: 'an empty resolver',
    props: { ingressRoute: { certResolver: '' } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.certResolver: "" is not a valid Traefik name; write e.g. "letsencrypt"',
    ],
  },
  {
    name: 'an API group that Traefik never had',
    props: { ingressRoute: { api: 'traefik.io/v1' } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.api: "traefik.io/v1" is not supported; write one of traefik.io/v1alpha1, traefik.containo.us/v1alpha1',
    ],
  },
  {
    name: 'a Middleware of another provider',
    props: { ingressRoute: { middlewares: ['auth@file'] } },
    says: [
      '[chart/registry/ingress-route] ingressRoute.middlewares[0]: "auth@file" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "allow-office"',
    ],
  },
  {
    name: 'an IngressRoute without TLS',
    props: { ...withoutTls, ingressRoute: {} },
    says: [
      '[chart/registry/ingress-route] tls: the IngressRoute has no certificate and would send passwords unencrypted; add ingressRoute: { certResolver: "letsencrypt" } or tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
];

export const HTTP_ROUTES: readonly Row[] = [
  {
    name: 'an HTTPRoute without a Gateway',
    props: { httpRoute: {} },
    says: [
      '[chart/registry/http-route] httpRoute.gateway: undefined is not a RegistryGateway; write e.g. RegistryGateway.existing({ name: "public" }) or RegistryGateway.newGateway({ className: "nginx" })',
    ],
  },
  {
    name: 'a Gateway by its name alone',
    props: { httpRoute: { gateway: 'public' } },
    says: [
      '[chart/registry/http-route] httpRoute.gateway: "public" is not a RegistryGateway; write e.g. RegistryGateway.existing({ name: "public" }) or RegistryGateway.newGateway({ className: "nginx" })',
    ],
  },
  {
    name: 'a Gateway that exists, without a name',
    props: { httpRoute: { gateway: RegistryGateway.existing(wrong({})) } },
    says: ['[chart/registry/http-route] httpRoute.gateway.name: is missing; write e.g. "public"'],
  },
  {
    name: 'a Gateway to be made, without a class',
    props: { httpRoute: { gateway: RegistryGateway.newGateway(wrong({})) } },
    says: ['[chart/registry/http-route] httpRoute.gateway.className: is missing; write e.g. "nginx"'],
  },
  {
    name: 'a namespace that is none',
    props: { httpRoute: { gateway: RegistryGateway.existing({ name: 'public', namespace: 'My Gateways' }) } },
    says: [
      '[chart/registry/http-route] httpRoute.gateway.namespace: "My Gateways" is not a lower-case DNS label of at most 63 characters; write e.g. "gateways"',
    ],
  },
  {
    name: 'a certificate that the Gateway would not show',
    props: { ...selfSigned, httpRoute: { gateway: RegistryGateway.existing({ name: 'public' }) } },
    says: [
      '[chart/registry/http-route] tls.certificate: is not used, because the existing Gateway "public" has its own; leave it out, or use RegistryGateway.newGateway({ className: "nginx" })',
    ],
  },
  {
    name: 'a Gateway that exists and takes HTTP only',
    props: { httpRoute: { gateway: RegistryGateway.existing({ name: 'public', https: false }) } },
    says: [
      '[chart/registry/http-route] tls: the Gateway "public" accepts HTTP and would send passwords unencrypted; use one with an HTTPS listener, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a Gateway to be made without a certificate',
    props: { ...withoutTls, httpRoute: { gateway: RegistryGateway.newGateway({ className: 'nginx' }) } },
    says: [
      '[chart/registry/http-route] tls: the Gateway has no certificate and would send passwords unencrypted; add tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
];

export const CERT_MANAGER: readonly Row[] = [
  {
    name: 'no issuer',
    props: byCertManager({}),
    says: [
      "[chart/registry/tls] tls.certificate.issuer: undefined is not a CertificateIssuer; write e.g. CertificateIssuer.clusterIssuer('letsencrypt')",
    ],
  },
  {
    name: 'an issuer by its name alone',
    props: byCertManager({ issuer: 'letsencrypt' }),
    says: [
      '[chart/registry/tls] tls.certificate.issuer: "letsencrypt" is not a CertificateIssuer; write e.g. CertificateIssuer.clusterIssuer(\'letsencrypt\')',
    ],
  },
  {
    name: 'an issuer with a space',
    props: byCertManager({ issuer: CertificateIssuer.issuer('my issuer') }),
    says: [
      '[chart/registry/tls] tls.certificate.issuer.name: "my issuer" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "letsencrypt"',
    ],
  },
  {
    name: 'a host that is a URL',
    props: byCertManager({ issuer, extraHosts: ['https://x'] }),
    says: [
      '[chart/registry/tls] tls.certificate.extraHosts[0]: "https://x" is not a host name or an IPv4 address; write e.g. "192.168.1.10"',
    ],
  },
  {
    name: 'half an hour',
    props: byCertManager({ issuer, duration: Duration.minutes(30) }),
    says: [
      '[chart/registry/tls] tls.certificate.duration: "30 minutes" is below the minimum of cert-manager, one hour; write e.g. Duration.days(90)',
    ],
  },
];

export const PULL_ADDRESSES: readonly Row[] = [
  {
    name: 'a host without a dot behind an Ingress',
    props: { host: 'registry', ingress: {} },
    says: [
      '[chart/registry] host: "registry" has neither a dot nor a port, so Docker would look for its images on Docker Hub; write e.g. "registry.example.com"',
    ],
  },
  {
    name: 'a host without a dot on port 443',
    props: { host: 'registry', service: { port: 443 } },
    says: [
      '[chart/registry] host: "registry" has neither a dot nor a port, so Docker would look for its images on Docker Hub; write e.g. "registry.example.com"',
    ],
  },
  {
    name: 'a pull address without a dot or a port',
    props: { pullAddress: 'registry' },
    says: [
      '[chart/registry] pullAddress: "registry" has neither a dot nor a port, so Docker would look for its images on Docker Hub; write e.g. "registry.example.com" or "127.0.0.1:30500"',
    ],
  },
  {
    name: 'a pull address that is a URL',
    props: { pullAddress: 'https://registry.example.com' },
    says: [
      '[chart/registry] pullAddress: "https://registry.example.com" is not a host or host:port; write e.g. "registry.example.com" or "127.0.0.1:30500"',
    ],
  },
  {
    name: "a pull address that is the Service's own, past the certificate of the ingress",
    props: { ingress: {}, pullAddress: '10.96.0.9:5000', service: { clusterIP: '10.96.0.9' } },
    says: [
      '[chart/registry] pullAddress: "10.96.0.9:5000" leads past what terminates TLS, so passwords would be sent unencrypted; write tls: { termination: TlsTermination.POD }, leave out pullAddress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a pull address with a port above all ports',
    props: { pullAddress: '127.0.0.1:70000' },
    says: [
      '[chart/registry] pullAddress: "127.0.0.1:70000" is not a host or host:port; write e.g. "registry.example.com" or "127.0.0.1:30500"',
    ],
  },
];

/** Passing a route by, and what only some of them have. */
export const PASSWORDS_PAST_ROUTES: readonly Row[] = [
  {
    name: 'a NodePort that passes the TLS of the IngressRoute by',
    props: { ingressRoute: { certResolver: 'letsencrypt' }, service: { type: NODE_PORT } },
    says: [
      '[chart/registry/service] service.type: "NodePort" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: "TLS in the pod behind Traefik's Ingress, without a namespace",
    build: ({ app }) =>
      withoutNamespace(app, { ingress: { className: 'traefik' }, tls: { termination: TlsTermination.POD } }),
    says: [
      '[bare/registry/ingress] namespace: is required, because the Service refers to the ServersTransport by its namespace; add namespace: "registry"',
    ],
  },
];

function withoutNamespace(app: App, props: RegistryProps): void {
  new Registry(new Chart(app, 'bare'), 'registry', props);
}
