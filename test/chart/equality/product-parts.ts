// What products have in common: routes, users, certificates, UIs, storages and versions, one of each kind.
import { LINES } from '../value-sets/value-set';
import { all, type ByPath, noneOr, unsetOr } from './combinations';

export const HOST = { host: 'registry.example.com' };

/** One of each kind of route, and of each kind of program behind an Ingress. */
export const INGRESSES: readonly ByPath[] = [
  {},
  { 'ingress.className': 'our-traefik' },
  { 'ingress.className': 'haproxy' },
  { 'ingress.controller': 'COMMUNITY_NGINX' },
  { 'ingress.controller': 'F5_NGINX' },
  { 'ingress.controller': 'TRAEFIK' },
  { 'ingress.controller': 'HAPROXY' },
].map((more) => ({ 'ingress.enabled': true, ...more }));

export const INGRESS_ROUTES: readonly ByPath[] = [
  {},
  { 'ingressRoute.stripUiPrefix': true },
  { 'ingressRoute.certResolver': 'letsencrypt', 'ingressRoute.apiVersion': 'traefik.containo.us/v1alpha1' },
].map((more) => ({ 'ingressRoute.enabled': true, ...more }));

export const GATEWAYS: readonly ByPath[] = [
  { 'httpRoute.gateway.className': 'nginx' },
  { 'httpRoute.gateway.name': 'shared' },
  { 'httpRoute.gateway.name': 'shared', 'httpRoute.gateway.namespace': 'gateways' },
].map((more) => ({ 'httpRoute.enabled': true, ...more }));

export const ROUTES = [{}, ...INGRESSES, ...INGRESS_ROUTES, ...GATEWAYS];
/** One of each kind alone. */
export const ROUTE_KINDS = [{}, INGRESSES[3], INGRESS_ROUTES[0], GATEWAYS[0], GATEWAYS[1]] as ByPath[];

export const USERS: readonly ByPath[] = [
  {},
  { 'auth.enabled': false },
  { 'auth.htpasswd': `${LINES.alice}\n${LINES.bob}` },
  { 'auth.existingSecret': 'users' },
  { 'auth.existingSecret': 'users', 'auth.existingSecretKey': 'auth' },
];

export const CERTIFICATES: readonly ByPath[] = [
  {},
  { 'tls.enabled': false },
  { 'tls.existingSecret': 'certificate' },
  { 'tls.external': true },
  { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'letsencrypt' },
  {
    'tls.certManager.enabled': true,
    'tls.certManager.issuer.name': 'our-ca',
    'tls.certManager.issuer.kind': 'Issuer',
    'tls.certManager.privateCa': true,
  },
];

const ISSUER = 'cert-manager.io/cluster-issuer';
export const ORDERED: readonly ByPath[] = [
  { 'ingress.annotations': { [ISSUER]: 'letsencrypt' } },
  { 'httpRoute.gateway.annotations': { [ISSUER]: 'letsencrypt' } },
];

export const TERMINATIONS = unsetOr('tls.termination', 'POD', 'INGRESS');
export const ON_HOST = { 'ui.enabled': true, 'ui.host': 'images.example.com' };

export const UIS: readonly ByPath[] = [
  {},
  ...all(
    [{ 'ui.enabled': true }, { 'ui.enabled': true, 'ui.path': '/images' }, ON_HOST],
    noneOr({ 'ui.login': true }, { 'ui.login': true, 'ui.loginSecret': 'ui-users' }),
  ),
  ...all([ON_HOST], noneOr({ 'ui.login': true }), [
    { 'ui.cors': true },
    { 'ui.tlsSecret': 'ui-certificate' },
  ]),
  { ...ON_HOST, 'ui.cors': true, 'ui.tlsSecret': 'ui-certificate' },
];

export const S3 = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.region': 'eu-central-1',
};
const S3_KEYS = { 'storage.s3.accessKeyId': 'AKIA', 'storage.s3.secretAccessKey': 'secret' };
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
export const MINIO = { ...S3, ...S3_KEYS, 'storage.s3.endpoint': 'https://minio.stores.svc:9000' };
export const GCS = { 'storage.type': 'gcs', 'storage.gcs.bucket': 'images-of-all' };
const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'company',
  'storage.azure.container': 'images',
};
const APPLICATION = {
  'storage.azure.identity': 'clientSecret',
  'storage.azure.tenantId': '11111111-2222-3333-4444-555555555555',
  'storage.azure.clientId': '66666666-7777-8888-9999-000000000000',
};

export const SWIFT = {
  'storage.type': 'swift',
  'storage.swift.container': 'images',
  'storage.swift.authUrl': 'https://keystone.stack.svc:5000/v3',
  'storage.swift.username': 'registry',
};
export const FOLDER = { 'persistence.hostPath.path': '/srv/registry' };

export const STORAGES: readonly ByPath[] = [
  {},
  { 'persistence.enabled': false },
  { 'persistence.enabled': false, 'persistence.sizeLimit': '5Gi' },
  { 'persistence.existingClaim': 'images' },
  { 'persistence.existingClaim': 'images', 'persistence.accessMode': 'ReadWriteMany' },
  { 'persistence.accessMode': 'ReadWriteMany', 'persistence.storageClass': 'nfs', 'persistence.keep': false },
  { 'persistence.accessMode': 'ReadWriteOncePod', 'persistence.storageClass': '-' },
  FOLDER,
  { ...FOLDER, 'persistence.hostPath.nodeName': 'worker-1', 'persistence.accessMode': 'ReadWriteMany' },
  { ...FOLDER, 'persistence.hostPath.fixOwner': true, 'persistence.keep': false },
  { ...FOLDER, 'persistence.hostPath.fixOwner': true, 'persistence.existingClaim': 'images' },
  S3,
  { ...S3, ...S3_KEYS, 'storage.s3.encrypt': true, 'storage.s3.kmsKeyId': 'alias/images' },
  { ...S3, 'storage.s3.existingSecret': 'keys', 'storage.s3.prefix': 'a/b' },
  MINIO,
  { ...MINIO, 'storage.s3.endpoint': 'http://minio.example.com', 'storage.s3.pathStyle': false },
  { ...MINIO, 'storage.s3.ca': CA, 'storage.s3.pathStyle': true },
  { ...MINIO, 'storage.s3.caSecret': 'minio-ca', 'storage.s3.skipVerify': true },
  GCS,
  { ...GCS, 'storage.gcs.existingSecret': 'key' },
  { ...GCS, 'storage.gcs.keyFile': '{"type": "service_account"}', 'storage.gcs.signing': true },
  { ...AZURE, 'storage.azure.accountKey': 'c2VjcmV0' },
  { ...AZURE, 'storage.azure.existingSecret': 'key', 'storage.azure.existingSecretKey': 'account' },
  { ...AZURE, 'storage.azure.identity': 'defaultCredentials' },
  { ...AZURE, ...APPLICATION, 'storage.azure.clientSecret': 'secret' },
  { ...AZURE, ...APPLICATION, 'storage.azure.existingSecret': 'application' },
  { ...SWIFT, 'storage.swift.password': 'secret', 'storage.swift.tenant': 'images' },
  {
    ...SWIFT,
    'storage.swift.authUrl': 'http://keystone.stack.svc:5000/v3',
    'storage.swift.existingSecret': 'user',
    'storage.swift.prefix': 'a/b',
    'storage.swift.insecurePasswordOverHttp': true,
  },
];

export const VERSIONS: readonly ByPath[] = [
  {},
  { 'image.tag': '2.8.3' },
  { 'image.tag': 'edge' },
  { 'image.tag': 'edge', 'image.version': 'V2' },
  { 'image.digest': `sha256:${'a'.repeat(64)}`, 'image.version': 'V3' },
];

/** Logins by a token service. */
export const TOKENS: ByPath = {
  'auth.token.enabled': true,
  'auth.token.autoRedirect': true,
  'auth.token.service': 'registry.example.com',
  'auth.token.issuer': 'auth.example.com',
  'auth.token.certificateSecret': 'keys',
};

/** All that pods take from the registry's. */
export const PODS_WITH_ALL: ByPath = {
  affinity: {
    nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
    podAntiAffinity: {},
  },
  podLabels: { app: 'mine', team: 'a' },
  podAnnotations: { 'example.com/a': 'b' },
  commonLabels: { team: 'b' },
  commonAnnotations: { 'example.com/c': 'd' },
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ operator: 'Exists' }],
  priorityClassName: 'high',
  runtimeClassName: 'gvisor',
  hostAliases: [{ ip: '192.0.2.7', hostnames: ['minio.example.com'] }],
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['192.0.2.53'] },
  'image.pullPolicy': 'Always',
  imagePullSecrets: [{ name: 'hub' }],
  userId: 1000,
};

export const PEERS = [{ podSelector: { matchLabels: { app: 'web' } } }, { namespaceSelector: {} }];
export const DESTINATIONS = [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }];

export const BY_TOKEN = {
  'auth.token.enabled': true,
  'auth.token.realm': 'https://auth.example.com/token',
  'auth.token.service': 'registry.example.com',
  'auth.token.issuer': 'auth.example.com',
};

/** Logins by tokens of a service elsewhere. */

export const VERIFIERS: readonly ByPath[] = [
  { 'auth.verifier.url': 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' },
  {
    'auth.verifier.url': 'https://auth.example.com',
    'auth.verifier.userHeader': 'Remote-User',
    'auth.verifier.groupsHeader': 'Remote-Groups',
    'auth.verifier.caSecret': 'auth-ca',
    'auth.verifier.caSecretKey': 'root.pem',
  },
];

export const ADMIN = { 'access.administrators': ['admin'] };
