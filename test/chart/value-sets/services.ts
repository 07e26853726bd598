// Services and Ingresses.
import { ServiceType } from 'cdk8s-plus-27';
import { ExternalTrafficPolicy, IngressController, RegistryUIAccess, TlsTermination } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const host = 'registry.example.com';

export const SERVICES: readonly ValueSet[] = [
  {
    name: 'a load balancer with all that can be said of it',
    values: {
      host,
      service: {
        type: 'LoadBalancer',
        port: 443,
        loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
        loadBalancerClass: 'service.k8s.aws/nlb',
        loadBalancerIP: '198.51.100.7',
        externalTrafficPolicy: 'Local',
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
          'example.com/limit': '0600',
        },
      },
    },
    props: () => ({
      host,
      service: {
        type: ServiceType.LOAD_BALANCER,
        port: 443,
        loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
        loadBalancerClass: 'service.k8s.aws/nlb',
        loadBalancerIP: '198.51.100.7',
        externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
          'example.com/limit': '0600',
        },
      },
    }),
  },
  {
    name: 'a node port at an address, with another address for pulls',
    values: {
      host: '192.0.2.10',
      pullAddress: '127.0.0.1:30500',
      service: { type: 'NodePort', nodePort: 30500, externalTrafficPolicy: 'Cluster' },
    },
    props: () => ({
      host: '192.0.2.10',
      pullAddress: '127.0.0.1:30500',
      service: {
        type: ServiceType.NODE_PORT,
        nodePort: 30500,
        externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER,
      },
    }),
  },
  {
    name: 'another port, and a name for pulls',
    values: {
      host,
      service: { type: 'ClusterIP', port: 8443, clusterIP: '10.96.0.50' },
      pullAddress: 'pull.example.com',
    },
    props: () => ({
      host,
      service: { type: ServiceType.CLUSTER_IP, port: 8443, clusterIP: '10.96.0.50' },
      pullAddress: 'pull.example.com',
    }),
  },
];

export const INGRESSES: readonly ValueSet[] = [
  {
    name: 'an Ingress of the default class',
    values: { ingress: { enabled: true } },
    props: () => ({ ingress: {} }),
  },
  {
    name: 'nginx, by its class and by its name, with annotations that change what is set for pushes',
    values: {
      host,
      ingress: {
        enabled: true,
        className: 'nginx',
        controller: 'COMMUNITY_NGINX',
        annotations: {
          'nginx.ingress.kubernetes.io/proxy-body-size': '8g',
          'nginx.ingress.kubernetes.io/proxy-request-buffering': '',
        },
      },
    },
    props: () => ({
      host,
      ingress: {
        className: 'nginx',
        controller: IngressController.COMMUNITY_NGINX,
        annotations: {
          'nginx.ingress.kubernetes.io/proxy-body-size': '8g',
          'nginx.ingress.kubernetes.io/proxy-request-buffering': '',
        },
      },
    }),
  },
  {
    name: "F5's nginx, TLS in the pod, a page",
    values: {
      host,
      ingress: {
        enabled: true,
        className: 'corporate',
        controller: 'F5_NGINX',
        annotations: { 'nginx.org/proxy-read-timeout': '900s', 'example.com/team': 'a' },
      },
      tls: { termination: 'POD' },
      ui: { enabled: true },
    },
    props: () => ({
      host,
      ingress: {
        className: 'corporate',
        controller: IngressController.F5_NGINX,
        annotations: { 'nginx.org/proxy-read-timeout': '900s', 'example.com/team': 'a' },
      },
      tls: { termination: TlsTermination.POD },
      ui: {},
    }),
  },
  {
    name: "Traefik's Ingress, TLS in the pod, a page with a login",
    values: {
      host,
      ingress: { enabled: true, className: 'traefik-internal' },
      tls: { termination: 'POD' },
      service: { annotations: { 'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true' } },
      ui: { enabled: true, login: true },
    },
    props: () => ({
      host,
      ingress: { className: 'traefik-internal' },
      tls: { termination: TlsTermination.POD },
      service: { annotations: { 'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true' } },
      ui: { login: true },
    }),
  },
  {
    name: 'haproxy, TLS in the pod, a page on a host of its own',
    values: {
      host,
      tls: { termination: 'POD' },
      ingress: { enabled: true, className: 'haproxy' },
      ui: { enabled: true, host: 'images.example.com' },
    },
    props: () => ({
      host,
      tls: { termination: TlsTermination.POD },
      ingress: { className: 'haproxy' },
      ui: { access: RegistryUIAccess.host('images.example.com') },
    }),
  },
  ...(['nginx', 'public-haproxy'] as const).map(
    (className): ValueSet => ({
      name: `nginx by its name behind the class ${className}, a page that asks for a login`,
      values: {
        host,
        ingress: { enabled: true, className, controller: 'COMMUNITY_NGINX' },
        ui: { enabled: true, login: true },
      },
      props: () => ({
        host,
        ingress: { className, controller: IngressController.COMMUNITY_NGINX },
        ui: { login: true },
      }),
    }),
  ),
  {
    name: 'a page on a host of its own that asks for the login of another Secret',
    values: {
      host,
      ingress: { enabled: true, controller: 'COMMUNITY_NGINX' },
      ui: { enabled: true, host: 'images.example.com', login: true, loginSecret: 'page-users' },
    },
    props: (chart) => ({
      host,
      ingress: { controller: IngressController.COMMUNITY_NGINX },
      ui: {
        access: RegistryUIAccess.host('images.example.com'),
        login: true,
        loginSecret: secretNamed(chart, 'page-users'),
      },
    }),
  },
  {
    name: 'certificates by the annotation of a ClusterIssuer, a page on a host of its own',
    values: {
      host,
      ingress: {
        enabled: true,
        className: 'nginx',
        annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
      },
      ui: { enabled: true, host: 'images.example.com' },
    },
    props: () => ({
      host,
      ingress: { className: 'nginx', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      ui: { access: RegistryUIAccess.host('images.example.com') },
    }),
  },
  {
    name: 'certificates by the annotation of an Issuer',
    values: {
      host,
      ingress: {
        enabled: true,
        annotations: { 'cert-manager.io/issuer': 'company', 'example.com/order': '1' },
      },
    },
    props: () => ({
      host,
      ingress: { annotations: { 'cert-manager.io/issuer': 'company', 'example.com/order': '1' } },
    }),
  },
];
