// For each value of the chart, what may stand there: each choice of those that have few, and for the others two
// that differ in what matters to the rest of the chart. What values.yaml has comes first.
import { CHART_VALUES } from '../../../lib/chart/values';
import { AUTHORITY } from '../authority';
import { LINES } from '../value-sets/value-set';
import type { ByPath } from './combinations';

const ISSUER = 'cert-manager.io/cluster-issuer';
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const ID = '11111111-2222-3333-4444-555555555555';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const annotations = [
  { 'example.com/a': 'b' },
  { 'example.com/yes': 'yes', 'example.com/template': '{{ .x }}' },
];
const labels = [{ team: 'a' }, { app: 'mine', 'example.com/n': '1' }];
const names = ['some-name', 'other.example.com'];
const peers = [
  [{ podSelector: { matchLabels: { app: 'web' } } }],
  [{ namespaceSelector: {} }, { ipBlock: { cidr: '192.0.2.0/24' } }],
];
const destinations = [
  [{ to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ port: 443, protocol: 'TCP' }] }],
  [{ to: [{ podSelector: {} }] }, { ports: [{ port: 53, protocol: 'UDP' }] }],
];

/** Of a pod, with the other's in front of them for the UI's. */
const POD: ByPath = {
  userId: [1000, 2147483647],
  podSecurityContext: [
    {
      supplementalGroups: [2000, 1000000],
      fsGroupChangePolicy: 'Always',
      sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
    },
    { runAsUser: 1000650000, runAsNonRoot: false },
  ],
  securityContext: [
    { seLinuxOptions: { level: 'no' }, seccompProfile: { type: 'Localhost', localhostProfile: '{{a}}' } },
    { privileged: true, capabilities: { add: ['CHOWN'] } },
  ],
  'resources.requests.cpu': ['50m', '2'],
  'resources.requests.memory': ['32Mi', '2Gi'],
  'resources.limits.cpu': ['20m', '1.5'],
  'resources.limits.memory': ['24Mi', '1Gi'],
  podLabels: labels,
  podAnnotations: [...annotations.slice(0, 1), { 'checksum/config': 'mine' }],
  nodeSelector: labels.slice(0, 1).concat({ 'example.com/disk': 'ssd' } as never),
  tolerations: [[{ operator: 'Exists' }], [{ key: 'a', effect: 'NoSchedule' }, { key: 'b' }]],
  affinity: [
    { podAntiAffinity: {} },
    { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: '{{ a }}' }] } },
  ],
  priorityClassName: names,
  topologySpreadConstraints: [
    [{ maxSkew: 2, topologyKey: 'example.com/zone', whenUnsatisfiable: 'DoNotSchedule' }],
    [
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: null },
      {
        maxSkew: 1,
        topologyKey: 'b',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'no' } },
      },
    ],
  ],
  runtimeClassName: names,
  hostAliases: [
    [{ ip: '192.0.2.7', hostnames: ['ldap.example.com'] }],
    [
      { ip: 'fd00::7', hostnames: ['no'] },
      { ip: '192.0.2.8', hostnames: ['a', 'b'] },
    ],
  ],
  dnsConfig: [
    { nameservers: ['192.0.2.53'], searches: ['example.com'] },
    { options: [{ name: 'ndots', value: '1' }, { name: 'edns0' }] },
  ],
  revisionHistoryLimit: [0, 2147483647],
  ...Object.fromEntries(
    ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => [
      [`${probe}.initialDelaySeconds`, [0, 60]],
      ...['periodSeconds', 'timeoutSeconds', 'failureThreshold'].map((timing) => [
        `${probe}.${timing}`,
        [1, 2147483647],
      ]),
    ]),
  ),
  'serviceAccount.name': names,
  imagePullSecrets: [[{ name: 'hub' }], [{ name: 'a' }, { name: 'b' }]],
  extraEnv: [
    [{ name: 'A', value: 'on' }],
    [{ name: 'HTTP_PROXY', value: 'http://{{x}}' }, { name: 'A' }],
    [{ name: 'REGISTRY_LOG_LEVEL', value: 'debug' }],
  ],
  extraVolumes: [[{ name: 'more', emptyDir: {} }], [{ name: 'config', hostPath: { path: '/' } }]],
  extraVolumeMounts: [[{ name: 'more', mountPath: '/more' }], [{ name: 'tmp', mountPath: '/tmp/more' }]],
  sidecars: [
    [{ name: 'more', image: 'busybox:1.37' }],
    [{ name: 'registry', image: 'busybox:1.37', securityContext: { runAsUser: 7 } }],
  ],
  initContainers: [
    [{ name: 'first', image: 'busybox:1.37', securityContext: { privileged: false } }],
    [{ name: 'weak', image: 'busybox:1.37', securityContext: { runAsUser: 0, runAsNonRoot: null } }],
    [
      { name: 'more', image: 'busybox:1.37' },
      { name: 'second', image: 'busybox:1.37' },
    ],
  ],
};

const FREE: Readonly<Record<string, readonly unknown[]>> = {
  extraObjects: [
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { a: '{{ .Values.host }}' } }],
    [
      {
        apiVersion: 'example.com/v1',
        kind: 'Secret',
        metadata: { name: 'registry-auth' },
        spec: { a: null },
      },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'registry-auth', namespace: 'shop' } },
    ],
  ],
  nameOverride: ['images', 'registry-of-a-name-that-is-longer-than-most-of-them'.slice(0, 50)],
  fullnameOverride: ['our-images', 'a'],
  'global.imageRegistry': ['mirror.example.com', 'localhost/hub'],
  'global.imagePullSecrets': [['hub'], [{ name: 'a' }, 'hub', 'a']],
  'image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'image.repository': ['quay.io/company/registry', 'localhost:5000/registry'],
  'image.tag': ['2.8.3', 'edge'],
  'image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  replicaCount: [2, 3],
  minReadySeconds: [1, 599],
  'autoscaling.minReplicas': [1, 3],
  'autoscaling.maxReplicas': [2, 6],
  'autoscaling.averageCpu': ['0.25', '2'],
  'configuration.foreignLayerUrls': [['^https://mcr[.]microsoft[.]com/'], ['no', '{{x}}: #[0-9]+']],
  'podDisruptionBudget.minAvailable': [1, 2],
  'podDisruptionBudget.maxUnavailable': [1, 3],
  host: ['registry.example.com', '192.0.2.1', 'registry'],
  pullAddress: ['pull.example.com:5443', '127.0.0.1:30500', 'registry.example.com'],
  'ingress.className': ['public', 'our-traefik', 'haproxy.example'],
  'ingress.annotations': [...annotations, { [ISSUER]: 'letsencrypt' }],
  'ingressRoute.entryPoints': [['websecure'], ['a', 'b_C']],
  'ingressRoute.certResolver': ['letsencrypt', 'yes'],
  'ingressRoute.middlewares': [[{ name: 'limit' }], [{ name: 'a' }, { name: 'b' }]],
  'ingressRoute.annotations': annotations,
  'httpRoute.gateway.name': names,
  'httpRoute.gateway.namespace': ['gateways', 'images-of-all'],
  'httpRoute.gateway.sectionName': ['https', 'null'],
  'httpRoute.gateway.className': ['nginx', 'true'],
  'httpRoute.gateway.annotations': [...annotations, { [ISSUER]: 'letsencrypt' }],
  'httpRoute.annotations': annotations,
  'auth.username': ['ci', 'Some.One+x$@example.com'],
  'auth.htpasswd': [`${LINES.alice}\n`, `# people\n${LINES.alice}\n\n${LINES.bob}`],
  'auth.existingSecret': names,
  'auth.existingSecretKey': ['auth', 'users.txt'],
  'front.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'front.image.repository': ['quay.io/company/nginx', 'nginx'],
  'front.image.tag': ['1.29.5', '1'],
  'front.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'front.resources.requests.cpu': ['10m', '2'],
  'front.resources.requests.memory': ['16Mi', '1Gi'],
  'front.resources.limits.cpu': ['20m', '1.5'],
  'front.resources.limits.memory': ['24Mi', '1Gi'],
  'front.trustedProxies': [['10.42.0.0/16'], ['192.0.2.0/24', 'fd00::/8']],
  'front.kubernetesVersion': ['1.29', '1.33.1', '1.100'],
  'front.limits.loginsPerSecond': [1, 1000],
  'front.limits.requestsPerSecond': [1, 100000],
  'collection.schedule': ['@weekly', '0 3 1,15 jan-DEC/2 ?'],
  'collection.timeZone': ['Europe/Berlin', 'America/Argentina/Buenos_Aires'],
  'collection.timeLimit': ['20m', '100h'],
  'collection.uploadLimit': ['180s', '19m'],
  'collection.apiServer': destinations,
  'secrets.job.apiServer': destinations,
  'collection.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'collection.image.repository': ['quay.io/company/nginx', 'nginx'],
  'collection.image.tag': ['1.29.5', '1'],
  'collection.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'snapshots.resources.requests.cpu': ['10m', '2'],
  'snapshots.resources.requests.memory': ['16Mi', '1Gi'],
  'snapshots.resources.limits.cpu': ['20m', '1.5'],
  'snapshots.resources.limits.memory': ['24Mi', '1Gi'],
  'collection.resources.requests.cpu': ['10m', '2'],
  'collection.resources.requests.memory': ['16Mi', '1Gi'],
  'collection.resources.limits.cpu': ['20m', '1.5'],
  'collection.resources.limits.memory': ['24Mi', '1Gi'],
  'snapshots.schedule': ['@weekly', '0 3 1,15 jan-DEC/2 ?'],
  'snapshots.timeZone': ['Europe/Berlin', 'America/Argentina/Buenos_Aires'],
  'snapshots.keep': [1, 1000],
  'snapshots.snapshotClassName': names,
  'snapshots.timeLimit': ['20m', '100h'],
  'snapshots.pauseLimit': ['300s', '19m'],
  'snapshots.apiServer': destinations,
  'snapshots.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'snapshots.image.repository': ['quay.io/company/nginx', 'nginx'],
  'snapshots.image.tag': ['1.29.5', '1'],
  'snapshots.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'velero.namespace': names,
  'velero.objectName': names,
  'velero.schedule': ['@weekly', '0 3 1,15 jan-DEC/2 ?'],
  'velero.volumes': ['Snapshot', 'FileSystem', 'None'],
  'velero.ttl': ['1h', '100h'],
  'velero.storageLocation': names,
  'velero.excludedResources': [['jobs.batch'], ['pods', 'events']],
  'retention.rules': [
    [{ repositories: ['**'], keep: [{ newest: 10 }, { tags: ['v*', 'latest'] }] }],
    [
      { repositories: ['base/*', 'team'], keep: [{ everything: true }] },
      { repositories: ['team/**'], keep: [{ youngerThan: '90m', tags: ['pr-*'] }, { versions: 3 }] },
    ],
  ],
  'retention.spareRunning.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'retention.spareRunning.image.repository': ['quay.io/company/nginx', 'nginx'],
  'retention.spareRunning.image.tag': ['1.29.5', '1'],
  'retention.spareRunning.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'retention.login.existingSecret': names,
  'retention.login.username': ['admin', 'Some.One+x$@example.com'],
  'retention.login.password': ['{{x}}: "1', '0123'],
  'retention.schedule': ['@weekly', '0 3 1,15 jan-DEC/2 ?'],
  'retention.timeZone': ['Europe/Berlin', 'America/Argentina/Buenos_Aires'],
  'retention.timeLimit': ['20m', '100h'],
  'retention.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'retention.image.repository': ['quay.io/company/regbot', 'regbot'],
  'retention.image.tag': ['v0.11.6', '1'],
  'retention.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'retention.userId': [1001, 2147483647],
  'retention.resources.requests.cpu': ['10m', '2'],
  'retention.resources.requests.memory': ['16Mi', '1Gi'],
  'retention.resources.limits.cpu': ['20m', '1.5'],
  'retention.resources.limits.memory': ['24Mi', '1Gi'],
  'retention.podLabels': labels,
  'retention.podAnnotations': annotations,
  'retention.nodeSelector': labels.slice(0, 1).concat({ 'example.com/disk': 'ssd' } as never),
  'retention.tolerations': [[{ operator: 'Exists', effect: 'NoSchedule' }], [{ key: 'a' }, { key: 'b' }]],
  'access.rules': [
    [{ action: 'pull', repositories: ['**'], everyone: true }],
    [
      { action: 'push', repositories: ['team/**', 'a.b_c/*/d'], allUsers: true },
      { action: 'catalog', allUsers: true },
    ],
    [{ action: 'push', repositories: ['no'], groups: ['devs'] }],
  ],
  'access.groups': [{ devs: ['admin'] }, { devs: ['admin', 'alice'], '1': ['admin'], 'a b': ['bob.b'] }],
  'access.administrators': [['admin'], ['alice', 'Some.One+x$@example.com']],
  caches: [
    [{ upstream: 'docker.io', login: { existingSecret: 'hub', publicImagesOnly: true } }],
    [
      { upstream: '192.0.2.1:5000', ttl: '90s', persistence: { enabled: false } },
      { upstream: 'quay.io', name: 'true', metrics: { enabled: true, serviceMonitor: { enabled: true } } },
    ],
  ],
  copies: [
    [{ target: 'backup.example.com', remote: { loginSecret: 'backup' }, schedule: '@daily' }],
    [
      { source: 'docker.io', remote: { anonymous: true }, repositories: ['library/alpine'] },
      { name: '1', target: '192.0.2.1:5000', remote: { anonymous: true, plainHttp: true } },
    ],
  ],
  'auth.token.realm': ['https://auth.example.com/token', 'http://auth.example.com?a={{b}}'],
  'auth.token.service': ['registry.example.com', "no: {{ the registry's }}"],
  'auth.token.issuer': ['auth.example.com', '# 1'],
  'auth.token.jwksSecret': names,
  'auth.token.jwksSecretKey': ['keys', 'on'],
  'auth.token.certificateSecret': names,
  'auth.token.certificateSecretKey': ['ca.pem', '1'],
  'auth.verifier.url': [
    'http://oauth2-proxy.auth.svc:4180/oauth2/auth',
    'https://auth.example.com',
    'http://127.0.0.1',
  ],
  'auth.verifier.userHeader': ['Remote-User', 'no'],
  'auth.verifier.groupsHeader': ['Remote-Groups', 'X-Auth-Request-User'],
  'auth.verifier.caSecret': names,
  'auth.verifier.caSecretKey': ['ca.pem', 'true'],
  'auth.realm': ["The company's", 'on'],
  'tls.existingSecret': names,
  'tls.certManager.issuer.name': names,
  'tls.certManager.extraHosts': [['also.example.com'], ['registry.example.com', 'b.example.com']],
  'service.port': [443, 80],
  'service.clusterIP': ['10.96.0.50', 'fd00:0:0:1:0:0:0:50'],
  'service.nodePort': [30500, 30501],
  'service.loadBalancerSourceRanges': [['192.0.2.0/24'], ['198.51.100.0/24', 'fd00::/8']],
  'service.loadBalancerClass': ['example.com/one', 'two'],
  'service.loadBalancerIP': ['192.0.2.9', '192.0.2.10'],
  'service.annotations': annotations,
  'storage.uploadPurging.age': ['30m', '48h'],
  'storage.uploadPurging.interval': ['90s', '12h'],
  'storage.health.interval': ['5s', '2m'],
  'storage.health.threshold': [1, 1000],
  'storage.s3.bucket': ['images', 'Images_of.all'],
  'storage.s3.region': ['eu-central-1', 'on'],
  'storage.s3.endpoint': ['https://minio.stores.svc:9000', 'http://192.0.2.7', 'https://s3.example.com/a'],
  'storage.s3.existingSecret': names,
  'storage.s3.accessKeyIdKey': ['id', 'no'],
  'storage.s3.secretAccessKeyKey': ['key', 'on'],
  'storage.s3.accessKeyId': ['AKIA', '{{1}}'],
  'storage.s3.secretAccessKey': ['se"cret', '0123'],
  'storage.s3.prefix': ['a', 'b/c.d'],
  'storage.s3.kmsKeyId': ['alias/images', 'arn:aws:kms:eu-central-1:1:key/"x"'],
  'storage.s3.chunkSize': ['10Mi', '4Mi'],
  'storage.s3.caSecret': names,
  'storage.s3.ca': [CA, `${CA}${CA}`],
  'storage.gcs.bucket': ['images-of-all', 'b.c_d'],
  'storage.gcs.prefix': ['a', 'b/c.d'],
  'storage.gcs.chunkSize': ['5Mi', '300Ki'],
  'storage.gcs.existingSecret': names,
  'storage.gcs.existingSecretKey': ['a.json', 'true'],
  'storage.gcs.keyFile': ['{"type": "service_account"}', '{\n  "type": "service_account", "x": "\'"\n}'],
  'storage.azure.accountName': ['company', '007'],
  'storage.azure.container': ['images', '123'],
  'storage.azure.existingSecret': names,
  'storage.azure.existingSecretKey': ['account', 'null'],
  'storage.azure.accountKey': ['c2VjcmV0', 'a==#b'],
  'storage.azure.tenantId': [ID, ID.replace('1', '2')],
  'storage.azure.clientId': [ID, ID.replace('1', '3')],
  'storage.azure.clientSecret': ["sec'ret", '{{x}}'],
  'storage.azure.prefix': ['a', 'b/c.d'],
  'storage.azure.endpoint': ['https://company.blob.core.example.com', 'http://azurite:10000/company'],
  'storage.azure.realm': ['core.example.com', 'core.windows.net'],
  'storage.swift.container': ['images', 'null'],
  'storage.swift.authUrl': ['https://keystone.example.com/v3', 'http://keystone.stack.svc:5000/v3/'],
  'storage.swift.username': ['registry', '007'],
  'storage.swift.existingSecret': names,
  'storage.swift.existingSecretKey': ['key', 'on'],
  'storage.swift.password': ['secret', '"0123'],
  'storage.swift.tenant': ['images', 'a: b'],
  'storage.swift.domain': ['Default', '{{x}}'],
  'storage.swift.region': ['RegionOne', '1e3'],
  'storage.swift.prefix': ['a', 'b/c.d'],
  'storage.swift.chunkSize': ['10Mi', '1023Ki'],
  'persistence.existingClaim': names,
  'persistence.claimName': names,
  'persistence.snapshot': names,
  'persistence.storageClass': ['fast', '-'],
  'persistence.size': ['1Ti', '512Mi'],
  'persistence.sizeLimit': ['5Gi', '2048Ki'],
  'persistence.hostPath.path': ['/srv/registry', '/srv/a b/.c'],
  'persistence.hostPath.nodeName': ['worker-1', '007'],
  'persistence.hostPath.volumeName': names,
  'configuration.drainTimeoutSeconds': [1, 3600],
  'configuration.extra': [
    { log: { hooks: ['a'] }, proxy: { remoteurl: 'https://example.com' } },
    { http: { headers: { X: ['yes', '{{x}}'] } }, storage: { maintenance: null } },
  ],
  'httpSecret.existingSecret': names,
  'httpSecret.existingSecretKey': ['key', 'off'],
  'networkPolicy.allowFrom': peers,
  'networkPolicy.allowTo': destinations,
  'ui.host': ['images.example.com', 'registry.example.com'],
  'ui.path': ['/images', '/0'],
  'ui.tlsSecret': names,
  'ui.sectionName': ['ui', 'https'],
  'ui.registryCaSecret': names,
  'ui.loginSecret': names,
  'ui.title': ["All people's images", 'no'],
  'ui.headerTitle': ['# {{ images }}', '1.0'],
  'ui.historyCustomLabels': [['a'], ['b c', '{{d}}']],
  'ui.catalogElementsLimit': [1, 100000],
  'ui.catalogMaxBranches': [1, 100],
  'ui.tagPageSize': [1, 10000],
  'ui.pullAddress': ['pull.example.com', '192.0.2.1:5000'],
  'ui.registries': [['https://other.example.com'], ['https://a.b:5000/c', 'http://192.0.2.1']],
  'ui.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'ui.image.repository': ['quay.io/company/ui', 'ui'],
  'ui.image.tag': ['2.5.7', '3'],
  'ui.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'ui.networkPolicy.allowFrom': peers,
  'ui.networkPolicy.allowTo': destinations,
  'metrics.allowFrom': peers,
  'metrics.serviceMonitor.labels': labels,
  'metrics.serviceMonitor.interval': ['15s', '2m'],
  'alerts.labels': labels,
  'alerts.alertLabels': [{ team: 'a' }, { on: '1', job: 'no' }],
  'alerts.runbooksUrl': ['https://wiki.example.com/registry', 'http://wiki:8080/a?b=(c)'],
  'alerts.job': ['registry', "monitoring/{{x}}:'1'".replace(/[{}]/g, '')],
  'alerts.exporters': [
    ['kubelet'],
    ['cert-manager', 'kube-state-metrics'],
    ['kube-state-metrics', 'kubelet'],
  ],
  'alerts.certificateName': names,
  'alerts.blackboxInstance': ['https://registry.example.com/v2/', 'on'],
  'alerts.thresholds.unavailable': ['30s', '1h'],
  'alerts.thresholds.errorPercent': [1, 29],
  'alerts.thresholds.manifestLatencyMilliseconds': [10, 1001, 30000],
  'alerts.thresholds.storageLatencyMilliseconds': [250, 9000],
  'alerts.thresholds.volumeFreePercent': [7, 50],
  'alerts.thresholds.volumeFullDays': [1, 30],
  'alerts.thresholds.certificateDays': [1, 365],
  'alerts.cronJobs': [
    [{ name: 'registry-backup', within: '26h' }],
    [
      { name: 'on.e', within: '100m' },
      { name: 'true', within: '700000s' },
    ],
  ],
  'alerts.without': [
    ['RegistryVolumeFilling'],
    ['RegistryMetricsMissing'],
    ['RegistryErrors', 'RegistryUnavailable'],
  ],
  'dashboard.sidecarLabels': labels,
  'dashboard.operatorLabels': [{ dashboards: 'grafana' }, { 'app.kubernetes.io/name': 'on', n: '1' }],
  'dashboard.folder': ['Platform', "yes: {{x}} '1' # \\u2028"],
  'dashboard.title': ['Images', '@name@ \\u2028 "a" <b> & \u2028\ufeff {{ .x }} $y', 'Grüße 🙂'],
  'dashboard.job': ['registry', '@name@/@job@'],
  'dashboard.exporters': [['kubelet'], ['cert-manager', 'kube-state-metrics']],
  'dashboard.certificateName': names,
  'dashboard.cronJobs': [['registry-backup'], ['on.e', 'true', 'on.e']],
  'pullSecret.namespaces': [['shop'], ['images-of-all', '007']],
  'pullSecret.name': ['regcred', 'registry-pull', 'registry-auth'],
  'localRegistryHosting.help': ['https://wiki.example.com/registry', 'http://wiki/#"{{x}}'],
  'nodeTrust.runtimes': [['k3s'], ['docker'], ['k3s', 'docker', 'containerd']],
  'nodeTrust.retiredRuntimes': [['docker'], ['containerd', 'k3s']],
  'nodeTrust.namespace': ['trust', 'images-of-all', 'kube-trust'],
  'nodeTrust.endpoint': ['https://10.0.0.5:30500', 'http://nodes.example.com'],
  'nodeTrust.mirrorOf': [['docker.io'], ['quay.io', 'registry.example.com', '192.0.2.7:5000']],
  'nodeTrust.mirrorLogin.username': ['admin', 'Some.One+x$@example.com'],
  'nodeTrust.mirrorLogin.password': ['{{x}}: "1', '0123'],
  'nodeTrust.ca': [AUTHORITY, `${AUTHORITY}\n${AUTHORITY}`],
  'nodeTrust.image.registry': ['quay.io', '192.0.2.1:5000/a_b'],
  'nodeTrust.image.repository': ['quay.io/company/busybox', 'localhost:5000/busybox'],
  'nodeTrust.image.tag': ['1.36', '1'],
  'nodeTrust.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'nodeTrust.imagePullSecrets': [[{ name: 'hub' }], [{ name: 'a' }, { name: 'b' }]],
  'nodeTrust.nodeSelector': labels.slice(0, 1).concat({ 'example.com/disk': 'ssd' } as never),
  'nodeTrust.tolerations': [[{ operator: 'Exists', effect: 'NoSchedule' }], [{ key: 'a' }, { key: 'b' }]],
  commonLabels: [...labels, { 'helm.sh/chart': 'mine' }],
  commonAnnotations: [...annotations, { [ISSUER]: 'letsencrypt' }],
  'verification.schedule': ['15 * * * *', '0 0 30 2 *', '@daily'],
  'verification.timeZone': ['Europe/Berlin', 'UTC'],
  'verification.timeLimit': ['90s', '2h'],
  'verification.repository': ['team/verification', 'on'],
  'verification.layerSize': ['1025Ki', '5Gi', '1Ti'],
  'verification.loginSecret': names,
  'verification.caSecret': names,
  'verification.caSecretKey': ['root.pem', 'off'],
  'verification.allowTo': destinations,
  'verification.image.registry': ['quay.io', 'localhost'],
  'verification.image.repository': ['curl', 'example.com/curl'],
  'verification.image.tag': ['1', 'a'],
  'verification.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  'verification.resources.requests.cpu': ['5m', '2'],
  'verification.resources.requests.memory': ['16Mi', '1Gi'],
  'verification.resources.limits.cpu': ['5m', '1.5'],
  'verification.resources.limits.memory': ['24Mi', '1Gi'],
  'verification.hostAliases': [[{ ip: '192.0.2.7', hostnames: ['registry.example.com'] }]],
  'verification.nodeSelector': labels.slice(0, 1).concat({ 'example.com/disk': 'ssd' } as never),
  'verification.tolerations': [[{ operator: 'Exists', effect: 'NoSchedule' }], [{ key: 'a' }, { key: 'b' }]],
  'verification.podLabels': labels,
  'verification.podAnnotations': [{ 'example.com/a': 'b' }, { 'checksum/config': 'mine' }],
  'secrets.job.image.registry': ['quay.io', 'localhost'],
  'secrets.job.image.repository': ['tools', 'example.com/tools'],
  'secrets.job.image.tag': ['1', 'a'],
  'secrets.job.image.digest': [DIGEST, DIGEST.replace('0', 'f')],
  ...(POD as Readonly<Record<string, readonly unknown[]>>),
  ...Object.fromEntries(
    Object.entries(POD as Readonly<Record<string, readonly unknown[]>>).map(([path, kinds]) => [
      `ui.${path}`,
      kinds,
    ]),
  ),
};

/** One setting. The first of its kinds is the default, and stands for a value that is left out. */
export interface Setting {
  readonly path: string;
  readonly kinds: readonly unknown[];
}

/** All of them. */
export const SETTINGS: readonly Setting[] = CHART_VALUES.map(({ path, type, choices, default: usual }) => {
  const kinds = type === 'boolean' ? [true, false] : (choices ?? FREE[path] ?? []);
  return { path, kinds: [usual, ...kinds.filter((kind) => kind !== usual)] };
});

/** What else must be set for a value to mean anything, by the beginning of its path. */
const NEEDS: readonly (readonly [path: string, needs: ByPath])[] = [
  ['ingress.', { 'ingress.enabled': true }],
  ['ingressRoute.', { 'ingressRoute.enabled': true }],
  ['httpRoute.', { 'httpRoute.enabled': true }],
  ['httpRoute.gateway.n', { 'httpRoute.gateway.name': 'some-name' }],
  ['httpRoute.gateway.s', { 'httpRoute.gateway.name': 'some-name' }],
  ['ui.', { 'ui.enabled': true }],
  ['ui.cors', { 'ui.host': 'images.example.com' }],
  ['ui.tlsSecret', { 'ui.host': 'images.example.com' }],
  ['ui.loginSecret', { 'ui.login': true }],
  ['ui.sectionName', { 'ui.host': 'images.example.com', 'httpRoute.enabled': true }],
  ['tls.certManager.', { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'some-name' }],
  ['tls.enabled', { 'auth.insecurePasswordsOverHttp': true }],
  ['tls.termination', { 'ingress.enabled': true }],
  ['service.nodePort', { 'service.type': 'NodePort' }],
  ['service.loadBalancer', { 'service.type': 'LoadBalancer' }],
  ['service.externalTrafficPolicy', { 'service.type': 'LoadBalancer' }],
  ['storage.redirect', { 'storage.type': 's3' }],
  ['storage.s3.', { 'storage.type': 's3' }],
  ['storage.s3.kmsKeyId', { 'storage.s3.encrypt': true }],
  ['storage.s3.accessKeyId', { 'storage.s3.secretAccessKey': '0123', 'storage.s3.accessKeyId': 'AKIA' }],
  ['storage.s3.secretAccessKey', { 'storage.s3.secretAccessKey': '0123', 'storage.s3.accessKeyId': 'AKIA' }],
  ['storage.s3.existingSecret', { 'storage.s3.existingSecret': 'some-name' }],
  ['storage.s3.ca', { 'storage.s3.endpoint': 'https://minio.stores.svc:9000' }],
  ['storage.gcs.', { 'storage.type': 'gcs' }],
  ['storage.azure.', { 'storage.type': 'azure' }],
  ['storage.azure.existingSecret', { 'storage.azure.existingSecret': 'some-name' }],
  ['storage.swift.', { 'storage.type': 'swift' }],
  ['storage.swift.existingSecretKey', { 'storage.swift.existingSecret': 'some-name' }],
  ['storage.type', {}],
  ['persistence.sizeLimit', { 'persistence.enabled': false }],
  ['persistence.hostPath.', { 'persistence.hostPath.path': '/srv/registry' }],
  ['garbageCollection.', { 'storage.deletion': true }],
  [
    'retention.',
    {
      'storage.deletion': true,
      'retention.enabled': true,
      'retention.rules': [{ repositories: ['**'], keep: [{ newest: 3 }] }],
    },
  ],
  ['retention.spareRunning.', { 'retention.spareRunning.enabled': true }],
  ['retention.login.password', { 'retention.login.username': 'admin' }],
  ['collection.', { 'storage.deletion': true, 'collection.enabled': true }],
  ['snapshots.', { 'snapshots.enabled': true }],
  ['velero.', { 'velero.enabled': true }],
  ['metrics.', { 'metrics.enabled': true }],
  ['metrics.serviceMonitor.', { 'metrics.serviceMonitor.enabled': true }],
  ['alerts.', { 'alerts.enabled': true, 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true }],
  [
    'dashboard.',
    { 'dashboard.enabled': true, 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true },
  ],
  ['pullSecret.', { 'pullSecret.enabled': true }],
  ['nodeTrust.', { 'nodeTrust.enabled': true }],
  [
    'nodeTrust.mirrorLogin.',
    { 'nodeTrust.mirrorOf': ['docker.io'], 'nodeTrust.mirrorLogin.username': 'admin' },
  ],
  ['localRegistryHosting.', { 'localRegistryHosting.enabled': true }],
  ['auth.existingSecret', { 'auth.existingSecret': 'some-name' }],
  ['front.', { 'front.enabled': true }],
  ['access.groups', { 'access.rules': [{ action: 'push', repositories: ['**'], groups: ['devs'] }] }],
  ['auth.token.', { 'auth.token.enabled': true }],
  ['auth.token.jwks', { 'auth.token.jwksSecret': 'some-name' }],
  ['auth.token.certificate', { 'auth.token.certificateSecret': 'some-name' }],
  ['auth.verifier.', { 'auth.verifier.url': 'https://auth.example.com' }],
  ['auth.verifier.ca', { 'auth.verifier.caSecret': 'some-name' }],
  ['secrets.job.', { 'secrets.source': 'job' }],
  ['httpSecret.', { 'httpSecret.existingSecret': 'some-name' }],
  ['autoscaling.', { 'autoscaling.enabled': true, 'persistence.accessMode': 'ReadWriteMany' }],
  ['autoscaling.', { 'autoscaling.maxReplicas': 4 }],
  ['podDisruptionBudget.m', { replicaCount: 3, 'persistence.accessMode': 'ReadWriteMany' }],
  ['verification.', { 'verification.enabled': true }],
  ['verification.caSecretKey', { 'verification.caSecret': 'some-name' }],
  ['livenessProbe.', { 'ingress.enabled': true }],
  ['replicaCount', { 'persistence.accessMode': 'ReadWriteMany' }],
];

/** Sets what a path needs, where it is not set. */
export function need(row: Map<string, unknown>, path: string): void {
  for (const [start, needs] of NEEDS)
    if (path.startsWith(start))
      for (const [needed, value] of Object.entries(needs)) if (!row.has(needed)) row.set(needed, value);
}

/** What a value, of any setting, needs beside it once it is there. */
export function completed(row: Map<string, unknown>): void {
  const want = (path: string, value: unknown) => {
    if (!row.has(path)) row.set(path, value);
  };
  if (row.get('ui.enabled') === true && !ROUTES.some((route) => row.get(route) === true))
    want('ingress.enabled', true);
  if (row.get('httpRoute.enabled') === true && !row.has('httpRoute.gateway.name'))
    want('httpRoute.gateway.className', 'nginx');
  if (ROUTES.some((route) => row.get(route) === true)) want('host', 'registry.example.com');
  if (row.get('ingress.enabled') === true && row.get('ui.login') === true)
    want('ingress.controller', 'COMMUNITY_NGINX');
  if (row.get('auth.token.enabled') === true) {
    want('auth.token.service', 'registry.example.com');
    want('auth.token.issuer', 'auth.example.com');
    if (row.get('auth.token.autoRedirect') !== true)
      want('auth.token.realm', 'https://auth.example.com/token');
    if (!row.has('auth.token.certificateSecret')) want('auth.token.jwksSecret', 'some-name');
  }
  const type = row.get('storage.type');
  if (type === 's3') {
    want('storage.s3.bucket', 'images');
    want('storage.s3.region', 'eu-central-1');
    if (row.has('storage.s3.endpoint') && !row.has('storage.s3.accessKeyId'))
      want('storage.s3.existingSecret', 'some-name');
  }
  if (type === 'gcs') want('storage.gcs.bucket', 'images-of-all');
  if (type === 'azure') {
    want('storage.azure.accountName', 'company');
    want('storage.azure.container', 'images');
    if (!row.has('storage.azure.accountKey')) want('storage.azure.existingSecret', 'some-name');
  }
  if (type === 'swift') {
    want('image.tag', '2.8.3');
    want('storage.swift.container', 'images');
    want('storage.swift.authUrl', 'https://keystone.example.com:5000/v3');
    want('storage.swift.username', 'registry');
    if (!row.has('storage.swift.password')) want('storage.swift.existingSecret', 'some-name');
  }
}

const ROUTES = ['ingress.enabled', 'ingressRoute.enabled', 'httpRoute.enabled'];
