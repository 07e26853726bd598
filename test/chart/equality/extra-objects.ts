// Objects that people add, of each name that the release's own may have: which of them are there depends on the
// other values.
import { objectOf } from '../refusals/extra-objects';
import { SWIFT } from '../refusals/settings';
import { type ByPath, noneOr, Product } from './combinations';

const OWN: readonly (readonly [apiVersion: string, kind: string, ...suffixes: string[]])[] = [
  ['v1', 'Secret', 'auth', 'azure', 'ca', 'gcs', 'http', 'login', 'pull', 's3', 'swift', 'tls', 'ui-auth'],
  [
    'v1',
    'ConfigMap',
    'backend-ca',
    'config',
    's3-ca',
    'secrets',
    'cache-hub-config',
    'cache-hub-upstream',
    'verification',
  ],
  ['v1', 'Service', '', 'metrics', 'ui', 'cache-hub', 'cache-hub-metrics'],
  ['v1', 'ServiceAccount', 'secrets'],
  ['v1', 'PersistentVolumeClaim', '', 'cache-hub'],
  ['v1', 'Pod', 'test'],
  ['apps/v1', 'Deployment', '', 'ui', 'cache-hub'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', ''],
  ['batch/v1', 'CronJob', 'verification'],
  ['batch/v1', 'Job', 'secrets'],
  ['cert-manager.io/v1', 'Certificate', 'tls'],
  ['gateway.networking.k8s.io/v1', 'BackendTLSPolicy', ''],
  ['gateway.networking.k8s.io/v1', 'Gateway', ''],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute', '', 'ui'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', 'metrics', '', 'cache-hub-metrics'],
  ['networking.k8s.io/v1', 'Ingress', '', 'root', 'ui'],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    '',
    'metrics',
    'ui',
    'cache-hub',
    'cache-hub-metrics',
    'verification',
  ],
  ['policy/v1', 'PodDisruptionBudget', ''],
  ['rbac.authorization.k8s.io/v1', 'Role', 'secrets'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'secrets'],
  ['traefik.io/v1alpha1', 'IngressRoute', '', 'ui'],
  ['traefik.io/v1alpha1', 'Middleware', 'ui', 'ui-login'],
  ['traefik.io/v1alpha1', 'ServersTransport', ''],
];

const OBJECTS = [
  ...OWN.flatMap(([apiVersion, kind, ...suffixes]) =>
    suffixes.map((suffix) => objectOf(apiVersion, kind, suffix === '' ? 'registry' : `registry-${suffix}`)),
  ),
  objectOf('v1', 'PersistentVolume', 'images-of-all.registry'),
  objectOf('v1', 'ConfigMap', 'local-registry-hosting', 'kube-public'),
  objectOf('v1', 'Secret', 'registry-pull', 'shop'),
  objectOf('extensions/v1beta1', 'Ingress', 'registry'),
  objectOf('v1', 'Namespace', 'registry-node-trust', 'any'),
  ...[
    ['v1', 'ConfigMap'],
    ['apps/v1', 'DaemonSet'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
  ].map(([apiVersion = '', kind = '']) =>
    objectOf(apiVersion, kind, 'registry-node-trust', 'registry-node-trust'),
  ),
];

const HOST = { host: 'registry.example.com' };
const UI = { ...HOST, 'ui.enabled': true, 'ui.login': true };
const IN_POD = { 'tls.termination': 'POD' };

/** Each object of the chart is there with one of them. */
const SETTINGS: readonly ByPath[] = [
  {},
  { ...UI, 'ingress.enabled': true, 'ingress.controller': 'COMMUNITY_NGINX' },
  { ...UI, 'ingress.enabled': true, 'ingress.controller': 'F5_NGINX', 'auth.existingSecret': 'users' },
  { ...UI, ...IN_POD, 'ingressRoute.enabled': true, 'ingressRoute.stripUiPrefix': true },
  {
    ...HOST,
    ...IN_POD,
    'ui.enabled': true,
    'httpRoute.enabled': true,
    'httpRoute.gateway.className': 'nginx',
  },
  { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'ca', 'httpSecret.existingSecret': 'a' },
  {
    'storage.type': 's3',
    'storage.s3.bucket': 'images',
    'storage.s3.endpoint': 'https://minio.stores.svc:9000',
    'storage.s3.accessKeyId': 'AKIA',
    'storage.s3.secretAccessKey': 'secret',
    'storage.s3.ca': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    'autoscaling.enabled': true,
    'autoscaling.maxReplicas': 4,
  },
  {
    'storage.type': 'gcs',
    'storage.gcs.bucket': 'images-of-all',
    'storage.gcs.keyFile': '{"type": "service_account", "client_email": "a", "private_key": "b"}',
    'auth.enabled': false,
    'test.enabled': false,
  },
  {
    'storage.type': 'azure',
    'storage.azure.accountName': 'company',
    'storage.azure.container': 'images',
    'storage.azure.accountKey': 'c2VjcmV0',
    'networkPolicy.enabled': false,
  },
  SWIFT,
  { 'persistence.hostPath.path': '/srv/registry', 'verification.enabled': true },
  {
    ...HOST,
    'ingress.enabled': true,
    caches: [
      { upstream: 'quay.io', persistence: { enabled: false } },
      { upstream: 'docker.io', name: 'hub', metrics: { enabled: true, serviceMonitor: { enabled: true } } },
    ],
  },
  { 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true, 'persistence.enabled': false },
  { 'pullSecret.enabled': true, 'pullSecret.namespaces': ['shop', 'images-of-all'] },
  { ...HOST, pullAddress: '127.0.0.1:30500', 'localRegistryHosting.enabled': true },
  { ...HOST, 'service.port': 443, 'nodeTrust.enabled': true, 'nodeTrust.namespace': 'registry-node-trust' },
];

export const EXTRA_OBJECTS = new Product("objects beside the release's own", {
  object: OBJECTS.map((object) => ({ extraObjects: [object] })),
  settings: SETTINGS,
  job: noneOr({ 'secrets.source': 'job' }),
});
