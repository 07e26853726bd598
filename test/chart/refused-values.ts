// Wrong values, and what Helm says of them: what the chart's schema does not take, and what does not go
// together.
import { nested, type Values } from './value-sets/value-set';

/** Values that are refused. */
export interface RefusedValues {
  readonly name: string;
  readonly values: Values;
  /** Part of what Helm prints. */
  readonly says: string;
}

type Row = readonly [path: string, value: unknown, says: string];

const TYPOS: readonly Row[] = [
  ['servce.port', 5000, `at '': additional properties 'servce' not allowed`],
  ['replicas', 2, `at '': additional properties 'replicas' not allowed`],
  ['service.prot', 5000, `at '/service': additional properties 'prot' not allowed`],
  ['ui.titel', 'Images', `at '/ui': additional properties 'titel' not allowed`],
  ['ui.networkPolicy.allowfrom', [], `at '/ui/networkPolicy': additional properties 'allowfrom' not allowed`],
  [
    'storage.s3.regionEndpoint',
    'http://minio',
    `at '/storage/s3': additional properties 'regionEndpoint' not allowed`,
  ],
  [
    'storage.filesystem.rootdirectory',
    '/data',
    `at '/storage': additional properties 'filesystem' not allowed`,
  ],
  [
    'tls.certManager.issuer.group',
    'example.com',
    `at '/tls/certManager/issuer': additional properties 'group' not allowed`,
  ],
  ['persistence.storageclass', 'fast', `at '/persistence': additional properties 'storageclass' not allowed`],
  ['imagePullSecrets', [{ nmae: 'hub' }], `at '/imagePullSecrets/0': missing property 'name'`],
  [
    'ingressRoute.middlewares',
    [{ name: 'a', namespace: 'b' }],
    `at '/ingressRoute/middlewares/0': additional properties 'namespace' not`,
  ],
];

const TYPES: readonly Row[] = [
  ['service.port', '5000', `at '/service/port': got string, want integer`],
  ['replicaCount', 1.5, `at '/replicaCount': got number, want integer`],
  ['replicaCount', 'two', `at '/replicaCount': got string, want integer`],
  ['ingress.enabled', 'yes', `at '/ingress/enabled': got string, want boolean`],
  ['auth.enabled', 0, `at '/auth/enabled': got number, want boolean`],
  ['tls', true, `at '/tls': got boolean, want object`],
  ['ingress', ['nginx'], `at '/ingress': got array, want object`],
  ['host', ['a', 'b'], `at '/host': got array, want string`],
  ['image.tag', 3.1, `at '/image/tag': got number, want string`],
  ['podLabels', ['a'], `at '/podLabels': got array, want object`],
  ['extraEnv', [{ name: 'A', value: 1 }], `at '/extraEnv/0/value': got number, want string`],
  [
    'extraObjects',
    [{ apiVersion: 'v1', kind: 'Secret', metadata: {} }],
    `at '/extraObjects/0/metadata': missing property 'name'`,
  ],
  [
    'extraObjects',
    [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'a' } }],
    `at '/extraObjects/0/kind': 'not' failed`,
  ],
  ['extraObjects', [{ kind: 'Secret', metadata: { name: 'a' } }], `at '/extraObjects/0': missing property`],
  ['extraObjects', ['kind: Secret'], `at '/extraObjects/0': got string, want object`],
  [
    'extraEnv',
    [{ name: 'REGISTRY_A_PASSWORD', valueFrom: { secretKeyRef: 'a' } }],
    `at '/extraEnv/0/valueFrom/secretKeyRef': got string, want object`,
  ],
  [
    'ui.extraEnv',
    [{ name: 'A', valueFrom: { configMapKeyRef: { name: 7, key: 'a' } } }],
    `at '/ui/extraEnv/0/valueFrom/configMapKeyRef/name': got number, want string`,
  ],
  ['sidecars', [{ name: 'a', securityContext: 'a' }], `at '/sidecars/0/securityContext': got string, want`],
  [
    'initContainers',
    [{ name: 'a', securityContext: ['a'] }],
    `at '/initContainers/0/securityContext': got array`,
  ],
  ['ui.extraEnv', [{ name: 'A', value: true }], `at '/ui/extraEnv/0/value': got boolean, want string`],
  [
    'podAnnotations',
    { 'example.com/number': 1 },
    `at '/podAnnotations/example.com~1number': got number, want string`,
  ],
  ['tolerations', { operator: 'Exists' }, `at '/tolerations': got object, want array`],
  ['imagePullSecrets', ['hub'], `at '/imagePullSecrets/0': got string, want object`],
  ['global.imagePullSecrets', [1], `at '/global/imagePullSecrets/0': got number, want string or object`],
  [
    'service.loadBalancerSourceRanges',
    '10.0.0.0/8',
    `at '/service/loadBalancerSourceRanges': got string, want array`,
  ],
  [
    'configuration.drainTimeoutSeconds',
    '5m',
    `at '/configuration/drainTimeoutSeconds': got string, want integer`,
  ],
  ['resources.requests.cpu', 1, `at '/resources/requests/cpu': got number, want string`],
  ['storage.deletion', 'true', `at '/storage/deletion': got string, want boolean`],
];

const PATTERNS: readonly Row[] = [
  [
    'host',
    'https://registry.example.com',
    `at '/host': 'https://registry.example.com' does not match pattern`,
  ],
  ['host', 'registry.example.com:5000', `at '/host': 'registry.example.com:5000' does not match pattern`],
  ['host', 'Registry.example.com', `at '/host': 'Registry.example.com' does not match pattern`],
  ['host', '192.168.1.256', `at '/host': '192.168.1.256' does not match pattern`],
  ['pullAddress', 'http://127.0.0.1', `at '/pullAddress': 'http://127.0.0.1' does not match pattern`],
  ['image.tag', 'latest', `at '/image/tag': 'not' failed`],
  ['image.tag', 'a:b', `at '/image/tag': 'a:b' does not match pattern`],
  ['image.repository', 'Registry', `at '/image/repository': 'Registry' does not match pattern`],
  ['image.digest', 'sha256:0123', `at '/image/digest': 'sha256:0123' does not match pattern`],
  ['auth.username', 'a:b', `at '/auth/username': 'a:b' does not match pattern`],
  ['auth.realm', 'a "b"', `at '/auth/realm': `],
  ['tls.existingSecret', 'Registry_TLS', `at '/tls/existingSecret': 'Registry_TLS' does not match pattern`],
  ['httpSecret.existingSecretKey', 'a/b', `at '/httpSecret/existingSecretKey': 'a/b' does not match pattern`],
  ['service.clusterIP', 'None', `at '/service/clusterIP': 'None' does not match pattern`],
  ['service.loadBalancerIP', '1.2.3', `at '/service/loadBalancerIP': '1.2.3' does not match pattern`],
  [
    'service.loadBalancerSourceRanges',
    ['10.0.0.0'],
    `at '/service/loadBalancerSourceRanges/0': '10.0.0.0' does not match pattern`,
  ],
  ['persistence.size', '10G', `at '/persistence/size': '10G' does not match pattern`],
  ['persistence.size', '0Gi', `at '/persistence/size': '0Gi' does not match pattern`],
  ['resources.limits.memory', '512', `at '/resources/limits/memory': '512' does not match pattern`],
  ['resources.requests.cpu', '100 m', `at '/resources/requests/cpu': '100 m' does not match pattern`],
  ['storage.uploadPurging.age', '1 day', `at '/storage/uploadPurging/age': '1 day' does not match pattern`],
  ['storage.s3.endpoint', 'minio:9000', `at '/storage/s3/endpoint': 'minio:9000' does not match pattern`],
  [
    'storage.s3.endpoint',
    'https://a.b/c/../d',
    `at '/storage/s3/endpoint': 'https://a.b/c/../d' does not match pattern`,
  ],
  ['storage.swift.authUrl', 'keystone', `at '/storage/swift/authUrl': 'keystone' does not match pattern`],
  ['storage.s3.prefix', '/images', `at '/storage/s3/prefix': '/images' does not match pattern`],
  ['storage.azure.tenantId', 'company', `at '/storage/azure/tenantId': 'company' does not match pattern`],
  ['ui.path', 'ui', `at '/ui/path': 'ui' does not match pattern`],
  ['ui.title', 'a & b', `at '/ui/title': 'a & b' does not match pattern`],
  ['commonLabels', { 'a b': 'c' }, `invalid propertyName 'a b'`],
  ['commonLabels', { 'app.kubernetes.io/name': 'c' }, `invalid propertyName 'app.kubernetes.io/name'`],
  [
    'commonLabels',
    { 'example.com/team': 'a b' },
    `at '/commonLabels/example.com~1team': 'a b' does not match pattern`,
  ],
  [
    'extraVolumeMounts',
    [{ name: 'a', mountPath: 'b' }],
    `at '/extraVolumeMounts/0/mountPath': 'b' does not match pattern`,
  ],
  ['fullnameOverride', 'Images', `at '/fullnameOverride': 'Images' does not match pattern`],
  ['fullnameOverride', 'a'.repeat(51), `at '/fullnameOverride': `],
];

const RANGES: readonly Row[] = [
  ['service.port', 0, `at '/service/port': minimum: got 0, want 1`],
  ['service.port', 65536, `at '/service/port': maximum: got 65,536, want 65,535`],
  ['service.nodePort', 5000, `at '/service/nodePort': minimum: got 5,000, want 30,000`],
  ['replicaCount', 0, `at '/replicaCount': minimum: got 0, want 1`],
  ['userId', 0, `at '/userId': minimum: got 0, want 1`],
  [
    'configuration.drainTimeoutSeconds',
    3601,
    `at '/configuration/drainTimeoutSeconds': maximum: got 3,601, want 3,600`,
  ],
  ['storage.health.threshold', 0, `at '/storage/health/threshold': minimum: got 0, want 1`],
  ['ui.catalogElementsLimit', 100_001, `at '/ui/catalogElementsLimit': maximum: got 100,001, want 100,000`],
  ['ui.tagPageSize', 0, `at '/ui/tagPageSize': minimum: got 0, want 1`],
  [
    'storage.type',
    'oss',
    `at '/storage/type': value must be one of 'filesystem', 's3', 'gcs', 'azure', 'swift'`,
  ],
  [
    'service.type',
    'ExternalName',
    `at '/service/type': value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'`,
  ],
  [
    'configuration.logLevel',
    'trace',
    `at '/configuration/logLevel': value must be one of 'error', 'warn', 'info', 'debug'`,
  ],
  [
    'ingress.controller',
    'nginx',
    `at '/ingress/controller': value must be one of '', 'COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK', 'HAPROXY'`,
  ],
  ['persistence.accessMode', 'ReadOnlyMany', `at '/persistence/accessMode': value must be one of`],
  ['ui.theme', 'blue', `at '/ui/theme': value must be one of '', 'auto', 'light', 'dark'`],
];

/** What values.schema.json refuses. */
export const REFUSED_BY_SCHEMA: readonly RefusedValues[] = [...TYPOS, ...TYPES, ...PATTERNS, ...RANGES].map(
  ([path, value, says]) => ({
    name: `${path}: ${JSON.stringify(value)}`.slice(0, 100),
    values: nested({ [path]: value }),
    says,
  }),
);

const PAGE = { 'ingress.enabled': true, 'ui.enabled': true };
const AMAZON = { 'storage.type': 's3', 'storage.s3.bucket': 'images', 'storage.s3.region': 'eu-central-1' };
const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'company',
  'storage.azure.container': 'images',
};

type Combination = readonly [name: string, values: Readonly<Record<string, unknown>>, says: string];

/** One of each kind that the constructs tell apart. */
const ENDPOINTS = ['minio', 'minio.stores.svc', 'minio.example.com', 's3.eu-central-1.amazonaws.com'].flatMap(
  (host) => [`http://${host}`, `https://${host}`],
);

const COMBINATIONS: readonly Combination[] = [
  [
    'two routes',
    { 'ingress.enabled': true, 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'nginx' },
    'ingress, httpRoute: each would route the host to the registry',
  ],
  [
    'a collection of a read-only storage',
    { 'storage.deletion': true, 'storage.readOnly': true, 'garbageCollection.onStart': true },
    'garbageCollection.onStart: true would delete from read-only storage; leave it out for as long as storage.readOnly is true',
  ],
  ['a UI without a route', { 'ui.enabled': true }, 'ui: needs a route to be served on'],
  [
    'passwords in clear',
    { 'tls.enabled': false },
    'tls.enabled: false, so passwords would be sent unencrypted',
  ],
  [
    'passwords in clear before an Ingress',
    { 'tls.enabled': false, 'ingress.enabled': true },
    'tls: the ingress has no certificate and would send passwords unencrypted',
  ],
  [
    'TLS that ends nowhere',
    { 'tls.termination': 'INGRESS' },
    'tls.termination: INGRESS, but the registry has no ingress',
  ],
  [
    'passwords in clear at a node port',
    { 'service.type': 'NodePort', 'ingress.enabled': true },
    'service.type: "NodePort" would send passwords unencrypted',
  ],
  [
    'a node port of a ClusterIP',
    { 'service.nodePort': 30500 },
    'service.nodePort: 30500 has no effect on a ClusterIP Service',
  ],
  [
    'a class of load balancers for a node port',
    { 'service.type': 'NodePort', 'service.loadBalancerClass': 'a/b' },
    'service.loadBalancerClass: "a/b" has no effect on a NodePort Service',
  ],
  [
    'replicas on a volume of one',
    { replicaCount: 3 },
    `replicaCount: 3 can't share ReadWriteOnce storage; write replicaCount: 1 without autoscaling, or persistence: { accessMode: ReadWriteMany }`,
  ],
  [
    'replicas on no volume',
    { replicaCount: 2, 'persistence.enabled': false },
    `replicaCount: 2 can't share ephemeral storage`,
  ],
  [
    'an Ingress of a host without a dot',
    { host: 'registry', 'ingress.enabled': true },
    'host: "registry" has neither a dot nor a port',
  ],
  [
    'a host without a dot on 443',
    { host: 'registry', 'service.port': 443 },
    'host: "registry" has neither a dot nor a port',
  ],
  [
    'a host without a dot behind a proxy',
    { host: 'registry', 'tls.external': true },
    'host: "registry" has neither a dot nor a port',
  ],
  [
    'a pull address without a dot or a port',
    { pullAddress: 'registry' },
    'pullAddress: "registry" has neither a dot nor a port',
  ],
  [
    'an Ingress of an address',
    { host: '192.0.2.1', 'ingress.enabled': true },
    'host: "192.0.2.1" is an address, not a host name',
  ],
  [
    'an image whose version nobody knows',
    { 'image.tag': 'edge' },
    `image: "registry:edge" does not have the major version in its tag`,
  ],
  [
    'garbage of nothing',
    { 'garbageCollection.onStart': true },
    'garbageCollection.onStart: true finds nothing, because no image can be deleted',
  ],
  [
    'a redirect to a volume',
    { 'storage.redirect': true },
    'storage.redirect: true is for object storage, and the backend is a volume',
  ],
  [
    'a bucket without a name',
    { 'storage.type': 's3', 'storage.s3.region': 'eu-central-1' },
    'storage.s3.bucket: is missing',
  ],
  [
    'a bucket of Amazon without a region',
    { 'storage.type': 's3', 'storage.s3.bucket': 'images' },
    'storage.s3.region: is missing',
  ],
  [
    'one of two keys',
    { ...AMAZON, 'storage.s3.accessKeyId': 'id' },
    'storage.s3.secretAccessKey: is missing',
  ],
  [
    'a server without keys',
    { ...AMAZON, 'storage.s3.endpoint': 'https://minio.example.com' },
    `storage.s3.existingSecret: none, but pods have identities on Amazon only`,
  ],
  [
    'two CAs',
    {
      ...AMAZON,
      'storage.s3.endpoint': 'https://minio',
      'storage.s3.existingSecret': 'a',
      'storage.s3.caSecret': 'b',
      'storage.s3.ca': '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----',
    },
    'storage.s3.caSecret: is set, and ca too',
  ],
  ...ENDPOINTS.map(
    (endpoint): Combination => [
      `names of buckets as hosts with registry 2.8 at ${endpoint}`,
      {
        'storage.type': 's3',
        'storage.s3.bucket': 'a',
        'storage.s3.endpoint': endpoint,
        'storage.s3.pathStyle': false,
        'image.tag': '2.8.3',
      },
      `storage.s3.pathStyle: false is not supported by registry 2.8 with an endpoint`,
    ],
  ),
  ['an account without a key', AZURE, 'storage.azure.accountKey: is missing'],
  [
    'an application without ids',
    { ...AZURE, 'storage.azure.identity': 'clientSecret', 'storage.azure.clientSecret': 'a' },
    'storage.azure.tenantId: "" is not an ID of Microsoft Entra',
  ],
  [
    'an application on registry 2.8',
    { ...AZURE, 'storage.azure.identity': 'defaultCredentials', 'image.tag': '2.8.3' },
    'storage.azure.identity: defaultCredentials, but registry 2.8 supports account keys only',
  ],
  [
    "cert-manager's certificate by nobody",
    { 'tls.certManager.enabled': true },
    'tls.certManager.issuer.name: is missing',
  ],
  [
    'an issuer for all objects',
    { ...PAGE, commonAnnotations: { 'cert-manager.io/issuer': 'ca' } },
    'commonAnnotations["cert-manager.io/issuer"]: an issuer belongs to the Ingress, and this annotation is on all objects',
  ],
  [
    'two issuers',
    {
      ...PAGE,
      'ingress.annotations': { 'cert-manager.io/issuer': 'ca', 'cert-manager.io/cluster-issuer': 'all' },
    },
    'ingress.annotations: has both cert-manager.io/issuer and cert-manager.io/cluster-issuer',
  ],
  [
    'an issuer at a Gateway',
    {
      'httpRoute.enabled': true,
      'httpRoute.gateway.className': 'x',
      'httpRoute.gateway.annotations': { 'cert-manager.io/issuer': 'ca' },
    },
    'httpRoute.gateway.annotations["cert-manager.io/issuer"]: makes cert-manager write the Secret that this release writes',
  ],
  ['a Gateway without a class', { 'httpRoute.enabled': true }, 'httpRoute.gateway.className: is missing'],
  [
    'two certificates of an IngressRoute',
    { 'ingressRoute.enabled': true, 'ingressRoute.certResolver': 'a', 'tls.existingSecret': 'b' },
    'ingressRoute.certResolver: "a" requests a certificate, but tls sets another one',
  ],
  ...[
    ['no certificate at all', { 'tls.enabled': false, 'auth.enabled': false }, 'tls.enabled: false'],
    ['one in a Secret', { 'tls.existingSecret': 'a' }, 'tls.existingSecret'],
    [
      'one of cert-manager',
      { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'a' },
      'tls.certManager.enabled: true',
    ],
  ].map(
    ([name, values, other]): Combination => [
      `a certificate of something in front, and ${name}`,
      { 'tls.external': true, ...(values as object) },
      `tls.external: true, but ${other} is set, too; leave one of them out`,
    ],
  ),
  [
    'a certificate of something in front, and TLS in the pod',
    { 'tls.external': true, 'tls.termination': 'POD', 'ingress.enabled': true },
    'tls.termination: POD, but with tls.external: true a proxy in front of the pod has the certificate; leave one of them out',
  ],
  [
    'a certificate of something in front, and an issuer at the Ingress',
    {
      'tls.external': true,
      'ingress.enabled': true,
      'ingress.annotations': { 'cert-manager.io/cluster-issuer': 'a' },
    },
    'ingress.annotations["cert-manager.io/cluster-issuer"]: requests a certificate from cert-manager, but tls sets another one; leave the annotation or the certificate of tls out',
  ],
  [
    'a certificate of something in front, and a resolver of an IngressRoute',
    { 'tls.external': true, 'ingressRoute.enabled': true, 'ingressRoute.certResolver': 'a' },
    'ingressRoute.certResolver: "a" requests a certificate, but tls sets another one',
  ],
  [
    'a certificate of something in front, and a Gateway that is made',
    { 'tls.external': true, 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'istio' },
    'httpRoute.gateway: is created here and its listener needs a certificate, but tls.external: true provides none; leave tls.external out, or set httpRoute.gateway.name to an existing Gateway',
  ],
  [
    'a certificate of something in front, and a Gateway that takes HTTP',
    {
      'tls.external': true,
      'httpRoute.enabled': true,
      'httpRoute.gateway.name': 'plain',
      'httpRoute.gateway.https': false,
    },
    'tls: the Gateway "plain" accepts HTTP and would send passwords unencrypted',
  ],
  [
    'a page that deletes what nobody may delete',
    { ...PAGE, 'ui.deleteImages': true },
    'ui.deleteImages: true, but the registry refuses deletion',
  ],
  [
    'a page that asks for a login where nginx may be any',
    { ...PAGE, 'ui.login': true },
    'ui.login: true, but',
  ],
  [
    'CORS and a login',
    { ...PAGE, 'ui.host': 'images.example.com', 'ui.cors': true },
    'ui.cors: true, but the registry has a login',
  ],
  [
    'labels of a history that is hidden',
    { ...PAGE, 'ui.showTagHistory': false, 'ui.historyCustomLabels': ['a'] },
    'ui.historyCustomLabels: are shown in the history',
  ],
  [
    'metrics for everybody',
    { 'metrics.enabled': true, 'networkPolicy.enabled': false },
    'networkPolicy.enabled: false, so every pod of the cluster could reach the metrics port',
  ],
  [
    'a limit of memory below the request',
    { 'resources.requests.memory': '1Gi', 'resources.limits.memory': '512Mi' },
    'resources.limits.memory: "512Mi" is below the request of 1Gi',
  ],
];

/** What the chart itself refuses, in the constructs' words. */
export const REFUSED_TOGETHER: readonly RefusedValues[] = COMBINATIONS.map(([name, values, says]) => ({
  name,
  values: nested(values),
  says,
}));
