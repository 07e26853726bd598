// Wrong Services and Ingresses.
import { ServiceType } from 'cdk8s-plus-27';
import { TlsTermination } from '../../lib';
import type { Row } from './row';

const pod = { tls: { termination: TlsTermination.POD } };

export const SERVICES: readonly Row[] = [
  {
    name: 'a Service type that does not fit',
    props: { service: { type: ServiceType.EXTERNAL_NAME } },
    says: ['[chart/registry/service] service.type: "ExternalName" is not known; write one of ClusterIP, NodePort, LoadBalancer'],
  },
  {
    name: 'a port of zero',
    props: { service: { port: 0 } },
    says: ['[chart/registry/service] service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000'],
  },
  {
    name: 'a port as text',
    props: { service: { port: '5000' } },
    says: ['[chart/registry/service] service.port: "5000" is not a whole number from 1 to 65535; write e.g. 5000'],
  },
  {
    name: 'a port above all ports',
    props: { service: { port: 65536 } },
    says: ['[chart/registry/service] service.port: 65536 is not a whole number from 1 to 65535; write e.g. 5000'],
  },
  {
    name: 'a node port below the range',
    props: { ...pod, service: { type: ServiceType.NODE_PORT, nodePort: 5000 } },
    says: ['[chart/registry/service] service.nodePort: 5000 is not a whole number from 30000 to 32767; write e.g. 30000'],
  },
  {
    name: 'a node port above the range',
    props: { ...pod, service: { type: ServiceType.NODE_PORT, nodePort: 32768 } },
    says: ['[chart/registry/service] service.nodePort: 32768 is not a whole number from 30000 to 32767; write e.g. 30000'],
  },
  {
    name: 'a node port with a ClusterIP',
    props: { service: { nodePort: 30500 } },
    says: [
      '[chart/registry/service] service.nodePort: 30500 means nothing for a ClusterIP; add type: ServiceType.NODE_PORT, or leave it out',
    ],
  },
  {
    name: 'an annotation with a number',
    props: { service: { annotations: { 'example.com/weight': 5 } } },
    says: ['[chart/registry] service.annotations["example.com/weight"]: 5 is not a text; write it in quotes'],
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
    says: ['[chart/registry/ingress] ingress.className: 1 is not a text; write e.g. "nginx"'],
  },
  {
    name: 'an annotation with a boolean',
    props: { ingress: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': true } } },
    says: ['[chart/registry] ingress.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]: true is not a text; write it in quotes'],
  },
  {
    name: 'an annotation key with a space',
    props: { ingress: { annotations: { 'my key': 'x' } } },
    says: ['[chart/registry] ingress.annotations: "my key" is not a label or annotation key; write e.g. "example.com/team"'],
  },
  {
    name: 'a text for annotations',
    props: { ingress: { annotations: 'ssl-redirect' } },
    says: ['[chart/registry] ingress.annotations: "ssl-redirect" is not an object; write e.g. ingress.annotations: {}'],
  },
];
