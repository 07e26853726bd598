// Wrong props of parts that are used alone: messages name a part's own prop, without the registry's before
// it.

import type { Chart } from 'cdk8s';
import { Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryAuth,
  RegistryDeployment,
  RegistryGateway,
  RegistryHttpRoute,
  RegistryIngress,
  RegistryIngressRoute,
  RegistryMetrics,
  RegistryService,
  RegistryStorage,
  RegistryTls,
  RegistryUI,
  RegistryUIAccess,
  S3Credentials,
  StorageBackend,
  StorageMiddleware,
} from '../../lib';
import { type Row, wrong } from './row';

const auth = (chart: Chart) => new RegistryAuth(chart, 'auth');
const tls = (chart: Chart) => new RegistryTls(chart, 'tls');
const deployment = (chart: Chart) =>
  new RegistryDeployment(chart, 'deployment', {
    auth: auth(chart),
    storage: new RegistryStorage(chart, 'storage'),
    metrics: true,
  });
const service = (chart: Chart) => new RegistryService(chart, 'service', { deployment: deployment(chart) });
const route = (chart: Chart) => ({ service: service(chart), tls: tls(chart) });

const SIZE = '"10Gi" is not a Size; write e.g. Size.gibibytes(10)';
const size = () => ({ backend: StorageBackend.newClaim({ size: wrong('10Gi') }) });

export const PARTS: readonly Row[] = [
  {
    name: 'storage of a registry',
    build: ({ chart }) => new Registry(chart, 'registry', { storage: size() }),
    says: [`[chart/registry/storage] storage.backend.size: ${SIZE}`],
  },
  {
    name: 'storage alone',
    build: ({ chart }) => new RegistryStorage(chart, 'storage', { ...size(), readOnly: wrong('yes') }),
    says: [
      '[chart/storage] readOnly: "yes" is not a boolean; write true or false',
      `[chart/storage] backend.size: ${SIZE}`,
    ],
  },
  {
    name: 'options of storage alone that are no object',
    build: ({ chart }) =>
      new RegistryStorage(chart, 'storage', { backend: StorageBackend.newClaim(wrong(Size.gibibytes(10))) }),
    says: ['[chart/storage] backend.options: a Size is not an object; write e.g. backend.options: {}'],
  },
  {
    name: 'keys and middleware of storage alone',
    build: ({ chart }) =>
      new RegistryStorage(chart, 'storage', {
        backend: StorageBackend.s3({
          bucket: 'images',
          region: 'eu-central-1',
          credentials: S3Credentials.existingSecret({
            secret: Secret.fromSecretName(chart, 'keys', 'keys'),
            accessKeyIdKey: 'a b',
          }),
        }),
        middleware: [StorageMiddleware.redirect({ baseUrl: 'cdn.example.com' }), wrong('cdn')],
      }),
    says: [
      '[chart/storage] backend.credentials.accessKeyIdKey: "a b" is not a key of a Secret; write e.g. "AWS_ACCESS_KEY_ID"',
      '[chart/storage] middleware.baseUrl: "cdn.example.com" has no scheme; write "https://cdn.example.com"',
      '[chart/storage] middleware[1]: "cdn" is not a StorageMiddleware; write e.g. StorageMiddleware.redirect(...)',
    ],
  },
  {
    name: 'users alone',
    build: ({ chart }) => new RegistryAuth(chart, 'auth', { realm: 'a "b"' }),
    says: [
      '[chart/auth] realm: "a \\"b\\"" is empty, or has a quotation mark, backslash or control character; write e.g. "Registry Realm"',
    ],
  },
  {
    name: 'a certificate alone',
    build: ({ chart }) => new RegistryTls(chart, 'tls', { certificate: wrong('self-signed') }),
    says: [
      '[chart/tls] certificate: is not a RegistryCertificate; write e.g. RegistryCertificate.selfSigned()',
    ],
  },
  {
    name: 'metrics alone',
    build: ({ chart }) =>
      new RegistryMetrics(chart, 'metrics', { deployment: deployment(chart), allowFrom: [] }),
    says: [
      "[chart/metrics] allowFrom: a list of 0 would allow ingress from everywhere; write e.g. [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], or leave it out",
    ],
  },
  {
    name: 'a Service alone',
    build: ({ chart }) => new RegistryService(chart, 'service', { deployment: deployment(chart), port: 0 }),
    says: ['[chart/service] port: 0 is not a whole number from 1 to 65535; write e.g. 5000'],
  },
  {
    name: 'an Ingress alone',
    build: ({ chart }) => new RegistryIngress(chart, 'ingress', { ...route(chart), className: 'A B' }),
    says: [
      '[chart/ingress] className: "A B" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "nginx"',
    ],
  },
  {
    name: 'an IngressRoute alone',
    build: ({ chart }) =>
      new RegistryIngressRoute(chart, 'ingress-route', { ...route(chart), entryPoints: [] }),
    says: [
      '[chart/ingress-route] entryPoints: is empty, which means all of Traefik\'s default entry points; write e.g. ["websecure"]',
    ],
  },
  {
    name: 'an HTTPRoute alone',
    build: ({ chart }) =>
      new RegistryHttpRoute(chart, 'http-route', {
        ...route(chart),
        gateway: RegistryGateway.existing({ name: 'A B' }),
      }),
    says: [
      '[chart/http-route] tls.certificate: is not used, because the existing Gateway "A B" has its own; leave it out, or use RegistryGateway.newGateway({ className: "nginx" })',
      '[chart/http-route] gateway.name: "A B" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "public"',
    ],
  },
  {
    name: 'a UI alone',
    build: ({ chart }) =>
      new RegistryUI(chart, 'ui', {
        route: new RegistryIngress(chart, 'ingress', route(chart)),
        access: RegistryUIAccess.path({ path: '/v2' }),
        userId: 0,
      }),
    says: [
      '[chart/ui] access.path: "/v2" is where the registry\'s own API is; write e.g. "/ui"',
      '[chart/ui] userId: 0 is not a whole number from 1 to 2147483647; write e.g. 101',
    ],
  },
];
