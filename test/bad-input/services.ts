// Wrong Services and load balancers.
import { ServiceType } from 'cdk8s-plus-27';
import { TlsTermination } from '../../lib';
import type { Row } from './row';

const { LOAD_BALANCER, NODE_PORT } = ServiceType;
const pod = { tls: { termination: TlsTermination.POD } };

export const SERVICES: readonly Row[] = [
  {
    name: 'a Service type that does not fit',
    props: { service: { type: ServiceType.EXTERNAL_NAME } },
    says: [
      '[chart/registry/service] service.type: "ExternalName" is not supported; write one of ClusterIP, NodePort, LoadBalancer',
    ],
  },
  {
    name: 'a port of zero',
    props: { service: { port: 0 } },
    says: ['[chart/registry/service] service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000'],
  },
  {
    name: 'a port as text',
    props: { service: { port: '5000' } },
    says: [
      '[chart/registry/service] service.port: "5000" is not a whole number from 1 to 65535; write e.g. 5000',
    ],
  },
  {
    name: 'a port above all ports',
    props: { service: { port: 65536 } },
    says: [
      '[chart/registry/service] service.port: 65536 is not a whole number from 1 to 65535; write e.g. 5000',
    ],
  },
  {
    name: 'a node port below the range',
    props: { ...pod, service: { type: NODE_PORT, nodePort: 5000 } },
    says: [
      '[chart/registry/service] service.nodePort: 5000 is not a whole number from 30000 to 32767; write e.g. 30000',
    ],
  },
  {
    name: 'a node port above the range',
    props: { ...pod, service: { type: NODE_PORT, nodePort: 32768 } },
    says: [
      '[chart/registry/service] service.nodePort: 32768 is not a whole number from 30000 to 32767; write e.g. 30000',
    ],
  },
  {
    name: 'a node port with a ClusterIP',
    props: { service: { nodePort: 30500 } },
    says: [
      '[chart/registry/service] service.nodePort: 30500 has no effect on a ClusterIP Service; add type: ServiceType.NODE_PORT, or leave it out',
    ],
  },
  {
    name: 'an annotation with a number',
    props: { service: { annotations: { 'example.com/weight': 5 } } },
    says: [
      '[chart/registry] service.annotations["example.com/weight"]: 5 is not a string; write it in quotes',
    ],
  },
];

export const BALANCERS: readonly Row[] = [
  {
    name: 'ranges for a ClusterIP',
    props: { service: { loadBalancerSourceRanges: ['10.0.0.0/8'] } },
    says: [
      '[chart/registry/service] service.loadBalancerSourceRanges: a list of 1 has no effect on a ClusterIP Service; add type: ServiceType.LOAD_BALANCER, or leave it out',
    ],
  },
  {
    name: 'an address for a range',
    props: { service: { type: LOAD_BALANCER, loadBalancerSourceRanges: ['10.0.0.7'] } },
    says: [
      '[chart/registry/service] service.loadBalancerSourceRanges[0]: "10.0.0.7" is not a CIDR range; write e.g. "10.0.0.7/32"',
    ],
  },
  {
    name: 'a range with too many bits',
    props: { service: { type: LOAD_BALANCER, loadBalancerSourceRanges: ['fd00::/8', '10.0.0.0/33'] } },
    says: [
      '[chart/registry/service] service.loadBalancerSourceRanges[1]: "10.0.0.0/33" is not a CIDR range; write e.g. "10.0.0.0/8"',
    ],
  },
  {
    name: 'a class for a NodePort',
    props: { service: { type: NODE_PORT, loadBalancerClass: 'metallb.io/pool' } },
    says: [
      '[chart/registry/service] service.loadBalancerClass: "metallb.io/pool" has no effect on a NodePort Service; add type: ServiceType.LOAD_BALANCER, or leave it out',
    ],
  },
  {
    name: 'a class with a space',
    props: { service: { type: LOAD_BALANCER, loadBalancerClass: 'my pool' } },
    says: [
      '[chart/registry/service] service.loadBalancerClass: "my pool" is not a load balancer class; write e.g. "service.k8s.aws/nlb"',
    ],
  },
  {
    name: 'a name for an address',
    props: { service: { clusterIP: 'registry.example.com' } },
    says: [
      '[chart/registry/service] service.clusterIP: "registry.example.com" is not an IPv4 or IPv6 address; write e.g. "10.96.0.50", of the range that the cluster has for Services',
    ],
  },
  {
    name: 'a Service without an address',
    props: { service: { clusterIP: 'None' } },
    says: [
      '[chart/registry/service] service.clusterIP: "None" is not an IPv4 or IPv6 address; leave it out: a Service without an address of its own leads nobody to a pod that is ready',
    ],
  },
  {
    name: 'a name for the address of a LoadBalancer',
    props: { service: { type: LOAD_BALANCER, loadBalancerIP: 'registry.example.com' } },
    says: [
      '[chart/registry/service] service.loadBalancerIP: "registry.example.com" is not an IPv4 address; write e.g. "192.168.1.50"',
    ],
  },
  {
    name: 'a traffic policy for a ClusterIP',
    props: { ingress: {}, service: { externalTrafficPolicy: 'Local' } },
    says: [
      '[chart/registry/service] service.externalTrafficPolicy: "Local" has no effect on a ClusterIP Service; add type: ServiceType.LOAD_BALANCER, or leave it out',
    ],
  },
  {
    name: 'a traffic policy in lower case',
    props: { service: { type: LOAD_BALANCER, externalTrafficPolicy: 'local' } },
    says: [
      '[chart/registry/service] service.externalTrafficPolicy: "local" is not supported; write one of Cluster, Local',
    ],
  },
];
