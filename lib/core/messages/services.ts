// Messages about Services.
import type { Table } from './code-messages';

/** Words by code. */
export const SERVICES_WORDS = {
  'no-load-balancer': {
    says: '<value> has no effect on a <type> Service',
    instead: 'add type: ServiceType.LOAD_BALANCER, or leave it out',
    why: 'Only a Service of type LoadBalancer has it.',
    values: { instead: 'add service: { type: LoadBalancer }, or leave it out' },
  },
  'node-port-of-cluster-ip': {
    says: '<value> has no effect on a ClusterIP Service',
    instead: 'add type: ServiceType.NODE_PORT, or leave it out',
    why: 'A ClusterIP Service opens no port of the nodes.',
    values: { instead: 'add service: { type: NodePort }, or leave service.nodePort out' },
  },
  'not-a-cluster-ip': {
    says: '<value> is not an IPv4 or IPv6 address',
    instead: '<instead>',
    why: 'The cluster gives Services addresses of its own range.',
  },
  'not-a-load-balancer-class': {
    says: '<value> is not a load balancer class',
    instead: 'write e.g. "service.k8s.aws/nlb"',
    why: 'A load balancer class has the form of a label key.',
  },
  'service-beside-external-tls': {
    says: '<value> would send passwords unencrypted, because it leads past the proxy that has the certificate',
    instead: 'use ServiceType.CLUSTER_IP, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Clients reach the Service from outside the cluster, and the pod behind it by plain HTTP.',
    values: {
      instead:
        'use service: { type: ClusterIP }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'service-without-tls': {
    says: '<value> would send passwords unencrypted, because TLS is not terminated in the pod',
    instead:
      'add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Clients reach the Service from outside the cluster.',
    values: {
      instead:
        'add tls: { termination: POD }, use service: { type: ClusterIP } behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'traffic-policy-of-cluster-ip': {
    says: '<value> has no effect on a ClusterIP Service',
    instead: 'add type: ServiceType.LOAD_BALANCER, or leave it out',
    why: 'Only Services that are reachable from outside have one.',
    values: { instead: 'add service: { type: LoadBalancer }, or leave service.externalTrafficPolicy out' },
  },
} as const satisfies Table;
