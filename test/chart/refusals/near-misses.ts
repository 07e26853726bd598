// Values that look like refused ones, and that the constructs accept: each is close to a rule of the chart.

import { AUTHORITY } from '../authority';
import { ACCEPTED_CACHES } from './caches';
import { ACCEPTED_COLLECTIONS } from './collection';
import { ACCEPTED_COPIES } from './copies';
import { ALLOWED_EXTRA_OBJECTS } from './extra-objects';
import { ACCEPTED_MONITORING } from './monitoring';
import { ACCEPTED_RETENTIONS } from './retention';
import {
  AMAZON,
  AZURE,
  EXISTING_GATEWAY,
  FOLDER,
  GATEWAY,
  GCS,
  INGRESS,
  INGRESS_ROUTE,
  MINIO,
  OLD,
  SWIFT,
  UI,
  UI_HOST,
  UI_LOGIN,
} from './settings';

import { ACCEPTED_SNAPSHOTS } from './snapshots';
import { ACCEPTED_BACKUPS } from './velero';

type ByPath = Readonly<Record<string, unknown>>;

const REDIRECT_OFF = { 'ingress.annotations': { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' } };
const container = (image: string, index: number) => ({ name: `more-${index}`, image });
const OPEN = { 'auth.enabled': false };
const PLAIN = { 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true };
const GIVEN = { 'tls.existingSecret': 'a' };
const IN_POD = { 'tls.termination': 'POD' };
const SHARED = { 'persistence.accessMode': 'ReadWriteMany' };

/** By what they are about. */
export const NEAR_MISSES: Readonly<Record<string, readonly ByPath[]>> = {
  caches: ACCEPTED_CACHES,
  monitoring: ACCEPTED_MONITORING,
  collections: ACCEPTED_COLLECTIONS,
  snapshots: ACCEPTED_SNAPSHOTS,
  backups: ACCEPTED_BACKUPS,
  retentions: ACCEPTED_RETENTIONS,
  copies: ACCEPTED_COPIES,
  addresses: [
    { host: 'images' },
    { host: 'localhost', 'service.port': 443 },
    { host: '192.0.2.1' },
    { pullAddress: 'images:5000' },
    { 'image.tag': 'edge', 'image.version': 'V2' },
    { 'image.tag': 'v2' },
    { fullnameOverride: 'images', release: '1st' },
  ],
  mirrors: [
    { 'global.imageRegistry': 'registry.localhost:5001' },
    { ...INGRESS, 'global.imageRegistry': 'mirror.registry.localhost/registry.localhost' },
    { 'image.registry': 'mirror.example.com', 'image.repository': 'a/b' },
    { 'image.repository': 'localhost/registry', 'global.imageRegistry': 'mirror.example.com' },
    { 'verification.image.repository': 'quay.io/curl' },
  ],
  'passwords in URLs': [
    {
      extraEnv: [
        { name: 'HTTPS_PROXY', value: 'http://me:$(PROXY)@proxy.example.com:3128' },
        { name: 'HTTP_PROXY', value: 'http://me@proxy.example.com:3128' },
        { name: 'NO_PROXY', value: 'http://proxy.example.com/a:b@c' },
      ],
    },
    { 'localRegistryHosting.enabled': true, 'localRegistryHosting.help': 'https://me@wiki/a:b@c' },
    { 'localRegistryHosting.enabled': true, 'localRegistryHosting.help': 'https://wiki/?a#b\u0001' },
    { 'localRegistryHosting.help': 'me:pass@wiki' },
    {
      commonAnnotations: { 'helm.sh/chart-a': 'b', 'a.helm.sh/hook': 'c', 'helm.sh/resource-policy-a': 'd' },
    },
  ],
  registries: [
    { ...UI, 'ui.registries': ['https://a.b', 'https://a.b/c', 'https://a.b:5000'] },
    {
      ...UI,
      'ui.registries': [
        ...['https://a.b:65535', 'https://a.b:1', 'https://192.0.2.255', 'https://1a'],
        ...[`https://a.b/${'c'.repeat(198)}`, `https://${'a'.repeat(63)}.b`, `https://${'a.'.repeat(126)}b`],
      ],
    },
    { ...UI, ...PLAIN, 'ui.registries': ['http://a.b', 'https://registry.localhost'] },
    { ...UI_HOST, 'ui.registries': ['https://registry.localhost'] },
    { 'ui.readOnlyRegistries': true, 'ui.registries': ['http://a.b', 'http://a.b'] },
  ],
  encryption: [
    PLAIN,
    { 'tls.enabled': false, ...OPEN },
    { 'tls.external': true },
    { ...INGRESS, ...PLAIN },
    { ...INGRESS, ...OPEN, 'tls.enabled': false },
    { ...INGRESS_ROUTE, ...PLAIN },
    { ...INGRESS_ROUTE, 'tls.enabled': false, 'ingressRoute.certResolver': 'a' },
    { ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'a' },
    { ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'a', ...GIVEN, ...IN_POD },
    { ...GATEWAY, ...PLAIN },
    { ...EXISTING_GATEWAY, ...GIVEN, ...IN_POD },
    { ...EXISTING_GATEWAY, 'tls.external': true },
    { ...EXISTING_GATEWAY, 'httpRoute.gateway.https': false, ...OPEN },
    { 'service.type': 'NodePort', 'service.nodePort': 30500, 'service.externalTrafficPolicy': 'Local' },
    {
      'service.type': 'LoadBalancer',
      'service.loadBalancerIP': '192.0.2.1',
      'service.loadBalancerClass': 'a',
    },
    { 'service.type': 'NodePort', ...INGRESS, ...OPEN },
    { 'service.type': 'NodePort', 'tls.external': true },
    { 'service.type': 'NodePort', 'tls.external': true, ...INGRESS, ...OPEN },
    { 'service.type': 'NodePort', 'tls.external': true, ...INGRESS, 'auth.insecurePasswordsOverHttp': true },
    ...[OPEN, IN_POD, { 'auth.insecurePasswordsOverHttp': true }, { pullAddress: '10.96.0.90:5000' }].map(
      (more) => ({
        ...INGRESS,
        'service.clusterIP': '10.96.0.9',
        pullAddress: '10.96.0.9:5000',
        ...more,
      }),
    ),
    { ...INGRESS, 'tls.external': true, ...REDIRECT_OFF },
    { ...INGRESS, ...OPEN, ...REDIRECT_OFF },
    { ...INGRESS, 'auth.insecurePasswordsOverHttp': true, ...REDIRECT_OFF },
    { ...INGRESS, 'ingress.annotations': { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' } },
    // Traefik serves a route with TLS by HTTPS alone, at any entry point.
    { ...INGRESS_ROUTE, 'ingressRoute.entryPoints': ['web'] },
    { 'service.type': 'NodePort', ...PLAIN },
  ],
  network: [
    ...[
      ['10.0.0.0/8', '10.1.0.0/16', '10.1.0.0/9', '10.0.0.0/32'],
      ['0.0.0.0/0', '10.1.0.0/16', '255.0.0.0/1'],
      ['fd00::/8', 'FD12::/16', 'fd00::1.2.3.4/128', 'fd00:1:2:3:4:5:6:7/64'],
      ['::ffff:1.2.3.4/100', '::ffff:1.2.3.4/128'],
      ['::/0', '::/1', '1:2:3:4:5:6:7:8/128'],
    ].map(([cidr, ...except]) => ({ 'networkPolicy.allowFrom': [{ ipBlock: { cidr, except } }] })),
    { 'networkPolicy.allowTo': [{ ports: [80, 65535].map((endPort) => ({ port: 80, endPort })) }] },
  ],
  secrets: [
    {
      'configuration.extra': {
        redis: { addr: 'redis:6379', username: 'a', password: '', tls: { key: '/tls/tls.key' } },
        proxy: { remoteurl: 'https://a@example.com' },
        storage: { filesystem: { privatekey: '/key', secret: null, password: { a: 'b' }, apikey: true } },
      },
    },
    {
      extraEnv: [
        { name: 'REGISTRY_REDIS_PASSWORD', value: '$(PASSWORD_OF_REDIS)' },
        { name: 'A_PASSWORD', value: '' },
        { name: 'B_PASSWORD' },
        { name: 'REGISTRY_REDIS_TLS_KEY', value: '/tls/tls.key' },
        { name: 'PASSWORDS', value: 'a' },
      ],
    },
    { 'ui.extraEnv': [{ name: 'A_PASSWORD', value: 'a' }] },
  ],
  images: [
    { sidecars: [`a@sha256:${'a'.repeat(64)}`, 'a:5000/b:1', 'a__b/c--d:latest-1'].map(container) },
    { sidecars: [`a:latest@sha256:${'a'.repeat(64)}`].map(container) },
    { 'ui.sidecars': ['a'].map(container) },
  ],
  issuers: [
    { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'a' },
    { ...INGRESS_ROUTE, 'httpRoute.gateway.annotations': { 'cert-manager.io/issuer': 'a' } },
    { ...EXISTING_GATEWAY, ...IN_POD, 'httpRoute.annotations': { 'cert-manager.io/issuer': 'a' } },
    {
      ...INGRESS,
      fullnameOverride: 'images',
      'tls.existingSecret': 'images-ui-tls',
      'ui.host': 'images.example.com',
      'ingress.annotations': { 'cert-manager.io/issuer': 'a' },
    },
    { ...INGRESS, 'ingress.annotations': { 'cert-manager.io/cluster-issuer': 'a' } },
    {
      ...INGRESS,
      'ingress.annotations': { 'cert-manager.io/issuer': 'a', 'cert-manager.io/issuer-kind': 'b' },
    },
    { ...INGRESS, 'ingress.annotations': { 'cert-manager.io/issuer': '' }, 'tls.external': true },
    { ...INGRESS, ...GIVEN, 'ingress.annotations': { 'cert-manager.io/issuer': 'a' } },
    { ...INGRESS_ROUTE, 'ingressRoute.annotations': { 'cert-manager.io/issuer': 'a' } },
    { ...GATEWAY, ...GIVEN, 'httpRoute.gateway.annotations': { 'cert-manager.io/issuer': 'a' } },
    { ...EXISTING_GATEWAY, 'httpRoute.annotations': { 'cert-manager.io/issuer': 'a' } },
    { commonAnnotations: { 'cert-manager.io/issuer': '', 'cert-manager.io/issuer-kind': 'a' } },
    { commonLabels: { 'helm.shop/a': 'b', 'example.com/helm.sh': 'c', helm: 'd' } },
    { ...INGRESS, commonAnnotations: { 'kubernetes.io/ingress.class': 'a' } },
    { ...INGRESS, 'ingress.className': 'a', 'ingress.annotations': { 'kubernetes.io/ingress.class': '' } },
    { ...UI_HOST, ...GIVEN, 'ingress.annotations': { 'cert-manager.io/issuer': 'a' } },
    {
      ...UI_HOST,
      fullnameOverride: 'images',
      'tls.existingSecret': 'images-ui-tls',
      'ui.tlsSecret': 'a',
      'ingress.annotations': { 'cert-manager.io/issuer': 'a' },
    },
    { ...UI_HOST, fullnameOverride: 'images', 'tls.existingSecret': 'images-ui-tls' },
  ],
  'the UI': [
    { ...UI, 'ui.host': 'registry.localhost', host: 'registry.example.com' },
    { ...UI_HOST, ...PLAIN },
    {
      ...UI_HOST,
      'networkPolicy.enabled': false,
      'networkPolicy.allowFrom': [{}],
    },
    // It is not enabled, so what is said of it has no effect.
    {
      ...INGRESS,
      'ui.host': 'registry.localhost',
      'ui.login': true,
      'ui.deleteImages': true,
      'ui.extraVolumeMounts': [{ name: 'a', mountPath: '/a' }],
      'ui.podAnnotations': { 'checksum/config': 'a' },
    },
    { ...UI_HOST, ...OPEN, 'ui.cors': true, 'ui.registryCaSecret': 'a' },
    { ...UI_HOST, ...IN_POD, 'ui.registryCaSecret': 'a', 'ui.tlsSecret': 'b' },
    { ...UI, 'ui.registryCaSecret': 'a', 'ui.tlsSecret': 'b', 'ui.sectionName': 'c', 'ui.cors': true },
    { ...EXISTING_GATEWAY, ...UI_HOST, 'ingress.enabled': false, 'ui.sectionName': 'a' },
    { ...GATEWAY, ...UI_HOST, 'ingress.enabled': false, 'ui.tlsSecret': 'a' },
    { ...UI_LOGIN, 'ui.loginSecret': 'a', 'auth.existingSecret': 'b' },
    { ...UI_LOGIN, 'auth.existingSecret': 'a', 'auth.existingSecretKey': 'auth' },
    { ...UI_LOGIN, 'ingress.controller': 'F5_NGINX' },
    { ...UI_LOGIN, 'ingress.controller': 'F5_NGINX', 'auth.existingSecret': 'a', 'ui.loginSecret': 'b' },
    { ...UI_LOGIN, 'ingress.controller': 'TRAEFIK', 'auth.realm': 'A;b', 'auth.existingSecret': 'a' },
    { ...UI, 'auth.realm': 'A;b', 'ingress.controller': 'COMMUNITY_NGINX' },
    { ...UI, 'ui.deleteImages': true, 'storage.deletion': true },
    { ...UI, 'storage.deletion': true, 'storage.readOnly': true },
    { ...UI, 'ui.historyCustomLabels': ['a'] },
    { ...UI, 'ui.showTagHistory': false },
    {
      ...UI,
      'ui.extraEnv': [
        { name: 'THEME_A', value: "a,'^" },
        { name: 'NGINX_A', value: '~"' },
        { name: 'THEME_B' },
      ],
    },
    { ...UI, 'ui.networkPolicy.enabled': false, 'ui.networkPolicy.allowFrom': [{}] },
  ],
  pods: [
    { replicaCount: 2, ...SHARED },
    { replicaCount: 2, ...SHARED, 'storage.descriptorCache.type': 'inmemory' },
    { replicaCount: 2, ...SHARED, 'storage.deletion': true },
    { 'storage.descriptorCache.type': 'inmemory', 'storage.deletion': true },
    { replicaCount: 3, ...MINIO, 'persistence.enabled': false },
    { 'garbageCollection.onStart': true, 'storage.deletion': true },
    { 'garbageCollection.onStart': true, ...MINIO, 'storage.deletion': true, 'persistence.enabled': false },
    {
      'storage.readOnly': true,
      'configuration.extra': { storage: { maintenance: { readonly: { enabled: false } } } },
    },
    { sidecars: [{ name: 'collect-garbage', image: 'a:1' }] },
    { extraVolumes: [{ name: 'a', emptyDir: {} }], extraVolumeMounts: [{ name: 'a', mountPath: '/a' }] },
    {
      extraVolumes: [
        { name: 'tls', emptyDir: {} },
        { name: 'auth', emptyDir: {} },
      ],
      ...OPEN,
      'tls.enabled': false,
    },
    {
      extraVolumeMounts: [
        { name: 'config', mountPath: '/storage-ca' },
        { name: 'config', mountPath: '/registry-ca' },
        { name: 'config', mountPath: '/auth/../authors/' },
      ],
    },
    {
      extraEnv: ['GOGC', 'GOMEMLIMIT', 'OTEL_TRACES_EXPORTER', 'AWS_ACCESS_KEY_ID'].map((name) => ({
        name,
        value: '1',
      })),
    },
    { ...OPEN, extraEnv: [{ name: 'REGISTRY_AUTH_TOKEN_REALM', value: 'a' }] },
    {
      extraEnv: ['REGISTRY_STORAGE_TAG_CONCURRENCYLIMIT', 'REGISTRY_REDIS_DB', 'HTTP_PROXY'].map((name) => ({
        name,
        value: '1',
      })),
    },
    { userFromPlatform: true },
    { userFromPlatform: true, userId: 65532, ...FOLDER },
    { ...FOLDER, 'persistence.hostPath.fixOwner': true, ...UI, 'ui.userFromPlatform': true },
    { 'ui.userFromPlatform': true, 'ui.userId': 5, 'ui.securityContext': { privileged: true } },
    {
      podSecurityContext: { runAsNonRoot: true },
      securityContext: {
        privileged: false,
        allowPrivilegeEscalation: false,
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['NET_RAW', 'ALL'], add: [] },
      },
    },
    {
      sidecars: [
        {
          name: 'a',
          image: 'a:1',
          ports: [{ containerPort: 80, hostPort: 0 }, { containerPort: 81 }],
          securityContext: { runAsUser: 7, runAsGroup: 0, readOnlyRootFilesystem: false },
        },
        { name: 'b', image: 'a:1', ports: [], securityContext: {} },
      ],
      initContainers: [
        {
          name: 'c',
          image: 'a:1',
          securityContext: { privileged: false, capabilities: { add: [], drop: ['ALL'] } },
        },
      ],
    },
    { podAnnotations: { checksum: 'a' } },
    ...['a', '..a/b..', 'a/.../b', './a'].map((localhostProfile) => ({
      podSecurityContext: {
        seccompProfile: { type: 'Localhost', localhostProfile },
        sysctls: ['net.ipv4.tcp_syncookies', 'net.ipv4.tcp_fin_timeout'].map((name) => ({
          name,
          value: '1',
        })),
      },
    })),
    { dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] } },
    { ...FOLDER, 'persistence.hostPath.nodeName': 'a'.repeat(63) },
    { ...INGRESS, 'livenessProbe.periodSeconds': 60 },
    { 'startupProbe.failureThreshold': 9, 'readinessProbe.initialDelaySeconds': 0 },
    { ...UI, ...IN_POD, 'ui.livenessProbe.periodSeconds': 60 },
    { replicaCount: 3, ...SHARED, 'podDisruptionBudget.minAvailable': 2 },
    { replicaCount: 2, ...SHARED, 'podDisruptionBudget.maxUnavailable': 2 },
    { replicaCount: 2, ...SHARED, 'podDisruptionBudget.enabled': false },
    { 'podDisruptionBudget.enabled': true, 'podDisruptionBudget.maxUnavailable': 1 },
    { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.53'] } },
    { dnsPolicy: 'Default' },
    { 'ui.dnsPolicy': 'None' },
    { 'resources.limits.cpu': '10m', 'resources.limits.memory': '16Mi' },
    { 'resources.requests.cpu': '5', 'resources.requests.memory': '5Gi' },
    {
      'resources.requests.cpu': '1',
      'resources.limits.cpu': '1000m',
      'resources.requests.memory': '1Gi',
      'resources.limits.memory': '1024Mi',
    },
    {
      'networkPolicy.enabled': false,
      'networkPolicy.allowFrom': [{}],
      'networkPolicy.allowTo': [{ to: [] }],
    },
    { 'networkPolicy.enabled': false, 'metrics.enabled': true, 'metrics.insecureWithoutNetworkPolicy': true },
    { 'metrics.allowFrom': [{}] },
    {
      'networkPolicy.allowFrom': [
        '10.0.0.0/8',
        '::/0',
        'fd00::1/128',
        '1:2:3:4:5:6:7:8/64',
        '::ffff:192.0.2.1/128',
      ].map((cidr) => ({ ipBlock: { cidr } })),
    },
    {
      'networkPolicy.allowTo': [
        { ports: [{ port: 1 }] },
        { to: [{ podSelector: {} }, { namespaceSelector: {} }] },
      ],
    },
  ],
  configuration: [
    { ...OPEN, 'configuration.extra': { auth: { token: { realm: 'a' } } } },
    {
      'configuration.extra': {
        storage: { cache: { blobdescriptor: 'redis' }, tag: {}, filesystem: { maxthreads: 9 } },
      },
    },
    {
      'configuration.extra': {
        http: { debug: { addr: ':5001' }, tls: { minimumtls: 'tls1.3' } },
        log: { fields: { a: 'b' } },
      },
    },
  ],
  storage: [
    { ...MINIO, 'storage.redirect': true },
    { 'storage.redirect': false },
    { ...MINIO, 'storage.s3.bucket': 'Images_of.all', 'storage.s3.region': 'garage' },
    { ...AMAZON, 'storage.s3.kmsKeyId': 'a' },
    { ...AMAZON, 'storage.s3.encrypt': false },
    { ...AMAZON, 'storage.s3.chunkSize': '5Mi' },
    { ...AMAZON, 'storage.s3.chunkSize': '5Gi' },
    { ...MINIO, 'storage.s3.ca': '-----BEGIN CERTIFICATE-----\na\n-----END CERTIFICATE-----' },
    { ...MINIO, 'storage.s3.caSecret': 'a' },
    { ...MINIO, 'storage.s3.skipVerify': true },
    { ...MINIO, ...OLD },
    { ...MINIO, ...OLD, 'storage.s3.pathStyle': true, 'storage.s3.storageClass': 'NONE' },
    { ...AMAZON, ...OLD, 'storage.s3.existingSecret': 'a', 'storage.s3.pathStyle': false },
    { ...MINIO, 'storage.s3.pathStyle': false, 'storage.s3.storageClass': 'GLACIER_IR' },
    {
      ...AMAZON,
      'storage.s3.pathStyle': true,
      'storage.s3.existingSecret': 'a',
    },
    { ...AMAZON, 'storage.s3.accessKeyId': 'a', 'storage.s3.secretAccessKey': 'b' },
    {
      ...GCS,
      ...OLD,
      'storage.gcs.existingSecret': 'a',
      'storage.gcs.signing': true,
      'storage.redirect': true,
    },
    { ...GCS, ...OLD, 'storage.redirect': false },
    { ...GCS, 'storage.gcs.existingSecret': 'a', 'storage.redirect': true },
    { ...GCS, 'storage.gcs.signing': true, 'storage.redirect': true, 'storage.gcs.chunkSize': '256Ki' },
    {
      ...GCS,
      'storage.gcs.keyFile': '{"type": "service_account", "client_email": "a", "private_key": "b"}',
    },
    {
      ...SWIFT,
      'storage.swift.authUrl': 'http://keystone:5000',
      'storage.swift.insecurePasswordOverHttp': true,
    },
    { ...SWIFT, 'storage.swift.insecurePasswordOverHttp': true },
    { ...AMAZON, 'storage.swift.authUrl': 'http://keystone:5000' },
    { ...SWIFT, 'storage.swift.chunkSize': '1Mi', 'storage.redirect': true, replicaCount: 2 },
    {
      ...SWIFT,
      'storage.swift.password': '',
      'storage.swift.existingSecret': 'a',
      'storage.swift.chunkSize': '1Pi',
    },
    { ...SHARED, 'persistence.existingClaim': 'images', replicaCount: 2 },
    ...[
      { cache: { blobdescriptor: 'redis' } },
      { cache: { blobdescriptor: 'inmemory' }, delete: { enabled: false } },
    ].map((storage) => ({
      ...SHARED,
      replicaCount: 2,
      'storage.deletion': true,
      'configuration.extra': { storage },
    })),
    { ...AMAZON, 'storage.gcs.keyFile': '"service_account"', 'storage.gcs.existingSecret': 'a' },
    { ...FOLDER, sidecars: [{ name: 'fix-owner', image: 'a:1' }] },
    { ...AZURE, 'storage.azure.accountKey': '', 'storage.azure.existingSecret': 'a' },
    { ...AZURE, ...OLD },
    {
      ...AZURE,
      'storage.azure.accountKey': '',
      'storage.azure.identity': 'defaultCredentials',
      'storage.azure.prefix': 'a',
    },
  ],
  clients: [
    { 'pullSecret.enabled': true, 'pullSecret.name': 'registry-pull' },
    { 'pullSecret.enabled': true, 'pullSecret.name': 'registrypull' },
    { 'pullSecret.enabled': true, 'service.type': 'NodePort', pullAddress: 'pull.example.com' },
    { 'service.type': 'NodePort', 'localRegistryHosting.enabled': true, 'service.nodePort': 30500 },
    { 'pullSecret.name': 'registry-login', ...OPEN },
    { ...GIVEN, 'pullSecret.enabled': true, 'pullSecret.name': 'a', 'pullSecret.namespaces': ['shop'] },
    { ...GIVEN, 'pullSecret.name': 'a' },
    { 'nodeTrust.enabled': true, 'nodeTrust.namespace': 'kube' },
    { 'nodeTrust.enabled': true, 'secrets.source': 'job', 'nodeTrust.ca': AUTHORITY },
    { 'nodeTrust.enabled': true, 'secrets.source': 'job', 'tls.enabled': false, ...OPEN },
    { 'nodeTrust.enabled': true, 'tls.existingSecret': 'a', 'nodeTrust.endpoint': 'https://10.0.0.5:30500' },
    { 'nodeTrust.enabled': true, 'tls.existingSecret': 'a', 'nodeTrust.mirrorOf': ['docker.io'] },
    { 'nodeTrust.enabled': true, 'nodeTrust.retiredRuntimes': ['k3s', 'docker'] },
    { 'nodeTrust.ca': AUTHORITY, 'nodeTrust.mirrorOf': ['docker.io'], 'nodeTrust.runtimes': ['docker'] },
    {
      'nodeTrust.enabled': true,
      'nodeTrust.runtimes': ['docker', 'k3s'],
      'nodeTrust.mirrorOf': ['registry.localhost', 'registry.localhost:443', 'registry.localhost:80'],
    },
    {
      ...OPEN,
      'tls.enabled': false,
      'nodeTrust.enabled': true,
      pullAddress: 'images.example.com',
      'nodeTrust.mirrorOf': ['images.example.com:443'],
    },
  ],
  extraObjects: ALLOWED_EXTRA_OBJECTS,
};
