// Whole values files of releases of the old charts, of the kinds that people have: with everything that each
// needs.
import { MigrationOptions } from '../../lib/migrate/translation';

export interface OldRelease {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly options: MigrationOptions;
}

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const USERS = { secrets: { htpasswd: `alice:${HASH}\nbob:${HASH}\n` } };
const fromSecret = (name: string, secret: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

function release(title: string, values: Record<string, unknown>, name = 'docker-registry'): OldRelease {
  return { title, values, options: { release: name } };
}

export const OLD_RELEASES: readonly OldRelease[] = [
  { title: 'nothing set, and no name told', values: {}, options: {} },
  release('nothing set', {}),
  release('a claim and users in the cluster', {
    image: { tag: '2.8.3' },
    persistence: { enabled: true, size: '20Gi' },
    ...USERS,
  }),
  release(
    'nginx with cert-manager, a claim, users, and room of its own',
    {
      image: { tag: '2.8.1' },
      persistence: { enabled: true, size: '100Gi', storageClass: 'fast', deleteEnabled: true },
      ...USERS,
      ingress: {
        enabled: true,
        className: 'nginx',
        hosts: ['registry.example.com'],
        annotations: {
          'cert-manager.io/cluster-issuer': 'letsencrypt',
          'nginx.ingress.kubernetes.io/proxy-body-size': 0,
        },
        tls: [{ secretName: 'registry-example-com', hosts: ['registry.example.com'] }],
      },
      resources: { limits: { cpu: 1, memory: '512M' }, requests: { cpu: '100m' } },
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      priorityClassName: 'high',
      podAnnotations: { 'backup.velero.io/backup-volumes': 'data' },
      podLabels: { team: 'platform' },
    },
    'images',
  ),
  release('an old chart with Traefik by annotation', {
    image: { repository: 'registry', tag: '2.7.1' },
    ingress: {
      enabled: true,
      hosts: ['hub.example.com'],
      annotations: { 'kubernetes.io/ingress.class': 'traefik' },
    },
    persistence: { enabled: true },
  }),
  release('TLS in the pod at a load balancer', {
    tlsSecretName: 'registry-tls',
    ...USERS,
    service: {
      type: 'LoadBalancer',
      port: 443,
      loadBalancerIP: '192.0.2.10',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      annotations: { 'metallb.universe.tf/address-pool': 'office' },
    },
    persistence: { enabled: true, existingClaim: 'archive' },
  }),
  release('a node port without a lock', {
    service: { type: 'NodePort', nodePort: 30500 },
    persistence: { enabled: true },
  }),
  release('three pods on a shared volume, with metrics and collection', {
    replicaCount: 3,
    persistence: { enabled: true, accessMode: 'ReadWriteMany', deleteEnabled: true },
    tlsSecretName: 'pair',
    ...USERS,
    metrics: { enabled: true, serviceMonitor: { enabled: true, labels: { release: 'monitoring' } } },
    garbageCollect: { enabled: true },
    podDisruptionBudget: { maxUnavailable: 1 },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchLabels: { app: 'docker-registry' } },
            },
          },
        ],
      },
    },
  }),
  release('a bucket on Amazon with keys', {
    storage: 's3',
    s3: { region: 'eu-central-1', bucket: 'images', encrypt: true, secure: true, rootdirectory: '/team/a/' },
    secrets: {
      ...USERS.secrets,
      s3: { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+EXAMPLEKEY' },
    },
    replicaCount: 2,
  }),
  release('MinIO with a Secret', {
    storage: 's3',
    s3: {
      region: 'us-east-1',
      regionEndpoint: 'http://minio.minio.svc:9000',
      bucket: 'images',
      forcepathstyle: true,
    },
    secrets: { s3: { secretRef: 'minio-keys' } },
  }),
  release('Google, with a key file from a Secret', {
    storage: 'gcs',
    configData: {
      storage: {
        gcs: { bucket: 'company-images', keyfile: '/gcs/key.json', rootdirectory: 'a', chunksize: 10485760 },
      },
    },
    extraVolumes: [
      { name: 'gcs', secret: { secretName: 'gcs-key', items: [{ key: 'file', path: 'key.json' }] } },
    ],
    extraVolumeMounts: [{ name: 'gcs', mountPath: '/gcs', readOnly: true }],
  }),
  release('Azure, with a key', {
    storage: 'azure',
    secrets: { azure: { accountName: 'company', accountKey: 'a2V5Cg==', container: 'images' } },
  }),
  release('Azure, as an application', {
    storage: 'azure',
    secrets: { azure: { accountName: 'company', accountKey: 'not-used', container: 'images' } },
    configData: {
      storage: {
        azure: {
          credentials: {
            type: 'client_secret',
            tenantid: '6f1c2a30-0000-4000-8000-000000000001',
            clientid: '6f1c2a30-0000-4000-8000-000000000002',
          },
        },
      },
    },
    extraEnvVars: [fromSecret('REGISTRY_STORAGE_AZURE_CREDENTIALS_SECRET', 'entra', 'app')],
  }),
  release('Azure, as who the pod is', {
    storage: 'azure',
    configData: {
      storage: {
        azure: { accountname: 'company', container: 'images', credentials: { type: 'default_credentials' } },
      },
    },
    serviceAccount: {
      create: true,
      name: 'robot',
      annotations: { 'azure.workload.identity/client-id': 'x' },
    },
  }),
  release('a config.yml of its own, with notifications, Redis and a login by tokens', {
    tlsSecretName: 'pair',
    configData: {
      version: 0.1,
      log: { level: 'debug', formatter: 'json', accesslog: { disabled: true }, fields: { service: 'hub' } },
      storage: {
        cache: { blobdescriptor: 'redis' },
        delete: { enabled: true },
        maintenance: { uploadpurging: { enabled: true, age: '48h', interval: '1h30m', dryrun: false } },
      },
      http: {
        addr: ':5000',
        host: 'https://registry.example.com',
        draintimeout: '1m',
        headers: { 'X-Content-Type-Options': ['nosniff'], Via: ['here'] },
        debug: { addr: ':5001', prometheus: { enabled: true, path: '/metrics' } },
      },
      redis: { addr: 'redis:6379', pool: { maxactive: 64 } },
      notifications: { endpoints: [{ name: 'hook', url: 'https://hooks.example.com:8443/registry' }] },
      auth: {
        token: {
          realm: 'https://auth.example.com/token',
          service: 'registry',
          issuer: 'auth',
          rootcertbundle: '/tokens/ca.crt',
        },
      },
      health: { storagedriver: { enabled: true, interval: '30s', threshold: 5 } },
    },
    extraVolumes: [{ name: 'tokens', secret: { secretName: 'token-ca' } }],
    extraVolumeMounts: [{ name: 'tokens', mountPath: '/tokens' }],
  }),
  release('users from a Secret, by variables', {
    tlsSecretName: 'pair',
    image: { repository: 'mirror.example.com/library/registry', tag: '3.0.0' },
    imagePullSecrets: [{ name: 'mirror' }],
    extraEnvVars: [
      { name: 'REGISTRY_AUTH', value: 'htpasswd' },
      { name: 'REGISTRY_AUTH_HTPASSWD_REALM', value: 'Company' },
      { name: 'REGISTRY_AUTH_HTPASSWD_PATH', value: '/auth/users' },
      { name: 'REGISTRY_STORAGE_DELETE_ENABLED', value: 'true' },
      { name: 'TZ', value: 'UTC' },
    ],
    extraVolumes: [
      { name: 'auth', secret: { secretName: 'company-users' } },
      { name: 'config', configMap: { name: 'more' } },
    ],
    extraVolumeMounts: [
      { name: 'auth', mountPath: '/auth' },
      { name: 'config', mountPath: '/more' },
    ],
    initContainers: [
      { name: 'wait', image: 'busybox:1.37', volumeMounts: [{ name: 'config', mountPath: '/more' }] },
    ],
    securityContext: { runAsUser: 2000, fsGroup: 2000 },
  }),
  release('a cache of Docker Hub with a login, a claim and users', {
    image: { tag: '2.8.3' },
    tlsSecretName: 'pair',
    ...USERS,
    proxy: { enabled: true, remoteurl: 'https://registry-1.docker.io', secretRef: 'hub' },
    persistence: { enabled: true, size: '100Gi' },
    extraEnvVars: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
  }),
  release('a cache of a registry in the cluster, by its config.yml, for everybody', {
    configData: { proxy: { remoteurl: 'http://nexus.tools.svc:8081', ttl: '720h' } },
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  }),
];
