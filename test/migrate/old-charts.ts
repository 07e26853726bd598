// Every key that any version of stable/docker-registry (2017 to 2020) or twuni/docker-registry.helm (1.9 to
// 3.0) reads: what the charts have by themselves, a value that is not that, and what must be set besides for
// it to matter.

export interface OldChartKey {
  readonly path: string;
  /** The newest chart's own value, if it has one. */
  readonly own?: unknown;
  readonly other: unknown;
  readonly with?: Readonly<Record<string, unknown>>;
}

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const CLAIM = { 'persistence.enabled': true };
const AN_INGRESS = { 'ingress.enabled': true, 'ingress.hosts': ['registry.example.com'] };
const BALANCED = { 'service.type': 'LoadBalancer' };
const S3 = {
  storage: 's3',
  's3.region': 'eu-central-1',
  's3.bucket': 'images',
  'secrets.s3.accessKey': 'id',
  'secrets.s3.secretKey': 'key',
};
const AZURE = {
  storage: 'azure',
  'secrets.azure.accountName': 'company',
  'secrets.azure.accountKey': 'a2V5',
  'secrets.azure.container': 'images',
};
const SWIFT = { storage: 'swift' };
const PROXY = { 'proxy.enabled': true };
const METRICS = { 'metrics.enabled': true };
const MONITORED = { ...METRICS, 'metrics.serviceMonitor.enabled': true };
const WATCHED = { ...METRICS, 'metrics.prometheusRule.enabled': true };
const SCALED = { 'autoscaling.enabled': true };
const COLLECTING = { ...CLAIM, 'persistence.deleteEnabled': true, 'garbageCollect.enabled': true };
const ACCOUNT = { 'serviceAccount.create': true };

export const OLD_CHART_KEYS: readonly OldChartKey[] = [
  { path: 'nameOverride', other: 'hub', with: CLAIM },
  { path: 'fullnameOverride', other: 'hub' },
  { path: 'namespace', other: 'images' },
  { path: 'replicaCount', own: 1, other: 2 },
  { path: 'updateStrategy', own: {}, other: { type: 'Recreate' } },
  { path: 'podAnnotations', own: {}, other: { team: 'platform' } },
  { path: 'podLabels', own: {}, other: { team: 'platform' } },
  { path: 'serviceAccount.create', own: false, other: true },
  { path: 'serviceAccount.name', own: '', other: 'robot' },
  { path: 'serviceAccount.annotations', own: {}, other: { role: 'images' }, with: ACCOUNT },
  { path: 'image.repository', own: 'registry', other: 'mirror.example.com/registry' },
  { path: 'image.tag', own: '3.0.0', other: '2.8.3' },
  { path: 'image.pullPolicy', own: 'IfNotPresent', other: 'Always' },
  { path: 'imagePullSecrets', other: [{ name: 'mirror' }] },
  { path: 'deployment.annotations', other: { reload: 'yes' } },
  { path: 'service.name', own: 'registry', other: 'http' },
  { path: 'service.type', own: 'ClusterIP', other: 'NodePort' },
  { path: 'service.port', own: 5000, other: 443 },
  { path: 'service.nodePort', other: 30500, with: { 'service.type': 'NodePort' } },
  { path: 'service.clusterIP', other: '10.96.0.50' },
  { path: 'service.loadBalancerIP', other: '192.0.2.10', with: BALANCED },
  { path: 'service.loadBalancerSourceRanges', other: ['10.0.0.0/8'], with: BALANCED },
  { path: 'service.sessionAffinity', other: 'ClientIP' },
  { path: 'service.sessionAffinityConfig', other: { clientIP: { timeoutSeconds: 60 } } },
  { path: 'service.annotations', own: {}, other: { team: 'platform' } },
  { path: 'service.labels', own: {}, other: { team: 'platform' } },
  { path: 'ingress.enabled', own: false, other: true },
  { path: 'ingress.className', own: 'nginx', other: 'traefik', with: AN_INGRESS },
  { path: 'ingress.path', own: '/', other: '/registry', with: AN_INGRESS },
  {
    path: 'ingress.hosts',
    own: ['chart-example.local'],
    other: ['images.example.com'],
    with: { 'ingress.enabled': true },
  },
  { path: 'ingress.annotations', own: {}, other: { team: 'platform' }, with: AN_INGRESS },
  { path: 'ingress.labels', own: {}, other: { team: 'platform' }, with: AN_INGRESS },
  { path: 'ingress.tls', other: [{ secretName: 'pair', hosts: ['registry.example.com'] }], with: AN_INGRESS },
  { path: 'resources.limits', other: { memory: '1Gi' } },
  { path: 'resources.requests', other: { cpu: '250m' } },
  { path: 'persistence.accessMode', own: 'ReadWriteOnce', other: 'ReadWriteMany', with: CLAIM },
  { path: 'persistence.enabled', own: false, other: true },
  { path: 'persistence.size', own: '10Gi', other: '50Gi', with: CLAIM },
  { path: 'persistence.storageClass', other: 'fast', with: CLAIM },
  { path: 'persistence.existingClaim', other: 'archive', with: CLAIM },
  { path: 'persistence.deleteEnabled', other: true },
  { path: 'storage', own: 'filesystem', other: 's3' },
  { path: 'tlsSecretName', other: 'pair' },
  { path: 'secrets.haSharedSecret', own: '', other: 'sssh' },
  { path: 'secrets.htpasswd', own: '', other: `alice:${HASH}` },
  { path: 'secrets.azure.accountName', other: 'firm', with: AZURE },
  { path: 'secrets.azure.accountKey', other: 'b3RoZXI=', with: AZURE },
  { path: 'secrets.azure.container', other: 'other', with: AZURE },
  { path: 'secrets.s3.secretRef', other: 'bucket', with: S3 },
  { path: 'secrets.s3.accessKey', other: 'other', with: S3 },
  { path: 'secrets.s3.secretKey', other: 'other', with: S3 },
  { path: 'secrets.swift.username', other: 'robot', with: SWIFT },
  { path: 'secrets.swift.password', other: 'sssh', with: SWIFT },
  { path: 's3.region', other: 'us-east-1', with: S3 },
  { path: 's3.regionEndpoint', other: 'https://minio.example.com', with: S3 },
  { path: 's3.bucket', other: 'other', with: S3 },
  { path: 's3.rootdirectory', other: '/team', with: S3 },
  { path: 's3.encrypt', other: true, with: S3 },
  { path: 's3.secure', other: false, with: S3 },
  { path: 's3.forcepathstyle', other: true, with: S3 },
  { path: 's3.skipverify', other: true, with: S3 },
  { path: 's3.insecureSkipVerify', other: true, with: S3 },
  { path: 'swift.authurl', other: 'https://keystone.example.com', with: SWIFT },
  { path: 'swift.container', other: 'images', with: SWIFT },
  { path: 'proxy.enabled', own: false, other: true },
  { path: 'proxy.remoteurl', own: 'https://registry-1.docker.io', other: 'https://quay.io', with: PROXY },
  { path: 'proxy.username', own: '', other: 'robot', with: PROXY },
  { path: 'proxy.password', own: '', other: 'sssh', with: PROXY },
  { path: 'proxy.secretRef', own: '', other: 'quay', with: PROXY },
  { path: 'metrics.enabled', own: false, other: true },
  { path: 'metrics.port', own: 5001, other: 9090, with: METRICS },
  { path: 'metrics.serviceMonitor.enabled', own: false, other: true, with: METRICS },
  { path: 'metrics.serviceMonitor.labels', own: {}, other: { release: 'monitoring' }, with: MONITORED },
  { path: 'metrics.prometheusRule.enabled', own: false, other: true, with: METRICS },
  { path: 'metrics.prometheusRule.labels', own: {}, other: { release: 'monitoring' }, with: WATCHED },
  {
    path: 'metrics.prometheusRule.rules',
    own: {},
    other: [{ alert: 'down', expr: 'up == 0' }],
    with: WATCHED,
  },
  { path: 'configPath', own: '/etc/distribution', other: '/config' },
  {
    path: 'configData',
    own: {
      version: 0.1,
      log: { fields: { service: 'registry' } },
      storage: { cache: { blobdescriptor: 'inmemory' } },
      http: {
        addr: ':5000',
        headers: { 'X-Content-Type-Options': ['nosniff'] },
        debug: { addr: ':5001', prometheus: { enabled: false, path: '/metrics' } },
      },
      health: { storagedriver: { enabled: true, interval: '10s', threshold: 3 } },
    },
    other: { log: { level: 'debug' } },
  },
  {
    path: 'containerSecurityContext.enabled',
    own: true,
    other: true,
    with: { 'containerSecurityContext.runAsUser': 0 },
  },
  { path: 'containerSecurityContext.seLinuxOptions', own: {}, other: { level: 's0' } },
  { path: 'containerSecurityContext.allowPrivilegeEscalation', own: false, other: true },
  { path: 'containerSecurityContext.capabilities', own: { drop: ['ALL'] }, other: { add: ['CHOWN'] } },
  { path: 'containerSecurityContext.privileged', own: false, other: true },
  { path: 'containerSecurityContext.readOnlyRootFilesystem', own: true, other: false },
  {
    path: 'containerSecurityContext.runAsUser',
    own: 1000,
    other: 2000,
    with: { 'containerSecurityContext.enabled': true },
  },
  {
    path: 'containerSecurityContext.runAsGroup',
    own: 1000,
    other: 2000,
    with: { 'containerSecurityContext.enabled': true },
  },
  { path: 'containerSecurityContext.runAsNonRoot', own: true, other: false },
  {
    path: 'containerSecurityContext.seccompProfile',
    own: { type: 'RuntimeDefault' },
    other: { type: 'Unconfined' },
  },
  { path: 'securityContext.enabled', own: true, other: false, with: CLAIM },
  { path: 'securityContext.fsGroupChangePolicy', own: 'Always', other: 'Never' },
  { path: 'securityContext.sysctls', own: [], other: [{ name: 'net.core.somaxconn', value: '1024' }] },
  { path: 'securityContext.supplementalGroups', own: [], other: [2000] },
  { path: 'securityContext.runAsUser', own: 1000, other: 2000 },
  { path: 'securityContext.runAsGroup', other: 2000, with: CLAIM },
  { path: 'securityContext.runAsNonRoot', other: false },
  { path: 'securityContext.seccompProfile', other: { type: 'Unconfined' } },
  { path: 'securityContext.seLinuxOptions', other: { level: 's0' } },
  { path: 'securityContext.fsGroup', own: 1000, other: 2000, with: CLAIM },
  { path: 'priorityClassName', own: '', other: 'high' },
  { path: 'podDisruptionBudget', own: {}, other: { minAvailable: 1 } },
  { path: 'autoscaling.enabled', own: false, other: true },
  { path: 'autoscaling.minReplicas', own: 1, other: 2, with: SCALED },
  { path: 'autoscaling.maxReplicas', own: 2, other: 5, with: SCALED },
  { path: 'autoscaling.targetCPUUtilizationPercentage', own: 60, other: 80, with: SCALED },
  { path: 'autoscaling.targetMemoryUtilizationPercentage', own: 60, other: 80, with: SCALED },
  {
    path: 'autoscaling.behavior',
    own: {},
    other: { scaleDown: { stabilizationWindowSeconds: 300 } },
    with: SCALED,
  },
  { path: 'nodeSelector', own: {}, other: { disk: 'ssd' } },
  { path: 'affinity', own: {}, other: { nodeAffinity: {}, podAffinity: { x: 1 } } },
  { path: 'tolerations', own: [], other: [{ operator: 'Exists' }] },
  { path: 'extraVolumeMounts', own: [], other: [{ name: 'data', mountPath: '/more', subPath: 'more' }] },
  { path: 'extraVolumes', own: [], other: [{ name: 'more', emptyDir: {} }] },
  { path: 'extraEnvVars', own: [], other: [{ name: 'TZ', value: 'UTC' }] },
  { path: 'initContainers', own: [], other: [{ name: 'wait', image: 'busybox:1.37' }] },
  {
    path: 'garbageCollect.enabled',
    own: false,
    other: true,
    with: { ...CLAIM, 'persistence.deleteEnabled': true },
  },
  { path: 'garbageCollect.deleteUntagged', own: true, other: false, with: COLLECTING },
  { path: 'garbageCollect.schedule', own: '0 1 * * *', other: '0 3 * * 0', with: COLLECTING },
  { path: 'garbageCollect.podAnnotations', own: {}, other: { team: 'platform' }, with: COLLECTING },
  { path: 'garbageCollect.podLabels', own: {}, other: { team: 'platform' }, with: COLLECTING },
  { path: 'garbageCollect.resources', own: {}, other: { limits: { cpu: '1' } }, with: COLLECTING },
];
