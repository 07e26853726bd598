// Wrong Services, Ingresses and web pages.
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

export const PAGES: readonly Row[] = [
  {
    name: 'a page without an ingress',
    props: { ui: {} },
    says: [
      '[chart/registry] ui: needs a way in, on whose host the page stands; add ingress: {}, ingressRoute: {...} or httpRoute: {...}, or leave ui out',
    ],
  },
  {
    name: 'a page that deletes where the registry refuses to',
    props: { ingress: {}, ui: { deleteImages: true } },
    says: [
      '[chart/registry/ui] ui.deleteImages: true, but the registry refuses deletion; add storage: { deletion: true }, or leave ui.deleteImages out',
    ],
  },
  {
    name: 'a text for deleteImages',
    props: { ingress: {}, storage: { deletion: true }, ui: { deleteImages: 'yes' } },
    says: ['[chart/registry/ui] ui.deleteImages: "yes" is not a boolean; write true or false'],
  },
  {
    name: 'a title with a tilde',
    props: { ingress: {}, ui: { title: '~ registry ~' } },
    says: [
      '[chart/registry/ui] ui.title: "~ registry ~" is empty or has one of ~ & \\ or a line break, which break the image\'s start script; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title with an ampersand',
    props: { ingress: {}, ui: { title: 'Tom & Jerry' } },
    says: [
      '[chart/registry/ui] ui.title: "Tom & Jerry" is empty or has one of ~ & \\ or a line break, which break the image\'s start script; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title with a backslash',
    props: { ingress: {}, ui: { title: 'C:\\images' } },
    says: [
      '[chart/registry/ui] ui.title: "C:\\\\images" is empty or has one of ~ & \\ or a line break, which break the image\'s start script; write e.g. "Our images"',
    ],
  },
  {
    name: 'a title of two lines',
    props: { ingress: {}, ui: { title: 'Our\nimages' } },
    says: [
      '[chart/registry/ui] ui.title: "Our\\nimages" is empty or has one of ~ & \\ or a line break, which break the image\'s start script; write e.g. "Our images"',
    ],
  },
  {
    name: 'an empty title',
    props: { ingress: {}, ui: { title: '' } },
    says: [
      '[chart/registry/ui] ui.title: "" is empty or has one of ~ & \\ or a line break, which break the image\'s start script; write e.g. "Our images"',
    ],
  },
  {
    name: 'a page image tagged latest',
    props: { ingress: {}, ui: { image: 'joxit/docker-registry-ui:latest' } },
    says: [
      '[chart/registry/ui] ui.image: "joxit/docker-registry-ui:latest" is tagged "latest", which changes under you; write e.g. "joxit/docker-registry-ui:2.6.0"',
    ],
  },
  {
    name: 'page memory as text',
    props: { ingress: {}, ui: { resources: { memory: { limit: '64Mi' } } } },
    says: ['[chart/registry/ui] ui.resources.memory.limit: "64Mi" is not a Size; write e.g. Size.mebibytes(512)'],
  },
  {
    name: 'a page variable of the library',
    props: { ingress: {}, ui: { env: [{ name: 'REGISTRY_URL', value: 'http://x' }] } },
    says: ['[chart/registry/ui] ui.env[0].name: "REGISTRY_URL" is used already in this pod; choose another name'],
  },
  {
    name: 'a page volume of the library',
    props: { ingress: {}, ui: { volumes: [{ name: 'tmp', emptyDir: {} }] } },
    says: ['[chart/registry/ui] ui.volumes[0].name: "tmp" is used already in this pod; choose another name'],
  },
  {
    name: 'a page network policy that is a boolean',
    props: { ingress: {}, ui: { networkPolicy: false } },
    says: ['[chart/registry/ui] ui.networkPolicy: false is not an object; write e.g. ui.networkPolicy: {}'],
  },
];
