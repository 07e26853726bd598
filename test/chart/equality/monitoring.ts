// Alerts about the registry and its caches, beside what the registry says of all that they are about.
import { type ByPath, noneOr, Product } from './combinations';
import { CERTIFICATES, HOST, INGRESSES, MINIO, ORDERED, VERSIONS } from './product-parts';

const MONITOR = { 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true };
const CACHE = { metrics: { enabled: true, serviceMonitor: { enabled: true } }, alerts: { enabled: true } };
const CRON_JOBS = [
  { name: 'registry-backup', within: '71h' },
  { name: 'registry-cache-docker-io-prefetch', within: '1000h' },
  { name: 'a.b', within: '10m' },
];
const cronJob = (name: string, schedule: string, more: object = {}, namespace = 'images-of-all') => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'registry' } },
  spec: { schedule, ...more },
});

/** What alerts and dashboards are about. */
export const MONITORED = {
  caches: [
    {},
    { caches: [{ upstream: 'docker.io', ...CACHE, prefetch: { images: ['alpine:3.22'] } }] },
    {
      caches: [
        { upstream: 'quay.io', prefetch: { images: ['quay.io/a/b:1'], schedule: '5,35 1-3 29 feb mon' } },
        {
          upstream: 'docker.io',
          ...CACHE,
          alerts: {
            enabled: true,
            labels: { release: 'c' },
            alertLabels: { team: 'd' },
            runbooksUrl: 'http://wiki/a?b=c',
          },
          prefetch: { images: ['alpine:3.22'], schedule: '@weekly', timeLimit: '90s' },
        },
      ],
    },
    { caches: [{ upstream: 'docker.io', alerts: { enabled: true, runbooksUrl: 'http://wiki#a' } }] },
  ],
  storage: [
    {},
    { ...MINIO, 'storage.descriptorCache.type': 'inmemory' },
    { 'persistence.existingClaim': 'images', 'storage.descriptorCache.type': 'inmemory', ...VERSIONS[1] },
    { 'persistence.enabled': false },
    { 'persistence.hostPath.path': '/srv/registry' },
  ],
  certificate: [
    {},
    CERTIFICATES[2] ?? {},
    { ...INGRESSES[3], ...ORDERED[0] },
    { ...INGRESSES[3], 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'ca' },
  ],
  ui: [{}, { ...INGRESSES[3], 'ui.enabled': true, fullnameOverride: 'images' }],
  beside: noneOr({
    extraObjects: [
      cronJob('daily', '@daily', { startingDeadlineSeconds: 60 }),
      cronJob('b-yearly', '0 0 30 1-2,DEC ?', { jobTemplate: { spec: { activeDeadlineSeconds: 7 } } }),
      cronJob('suspended', '@daily', { suspend: true }),
      cronJob('elsewhere', '@daily', {}, 'other'),
      cronJob('broken', 'never'),
      cronJob('c-often', '*/7 9-17 * * mon-fri'),
    ],
  }),
} satisfies Readonly<Record<string, readonly ByPath[]>>;

export const ALERTED = new Product('alerts, caches, prefetch, storage, certificate, UI', {
  host: [HOST],
  alerts: [
    { ...MONITOR, 'alerts.enabled': true },
    {
      ...MONITOR,
      'alerts.enabled': true,
      'alerts.labels': { release: 'a' },
      'alerts.alertLabels': { team: 'b' },
      'alerts.runbooksUrl': 'https://wiki.example.com/registry',
      'alerts.exporters': ['cert-manager', 'kube-state-metrics'],
      'alerts.certificateName': 'images',
      'alerts.blackboxInstance': 'https://registry.example.com/v2/',
      'alerts.cronJobs': CRON_JOBS,
    },
    {
      'metrics.enabled': true,
      'alerts.enabled': true,
      'alerts.job': 'registry',
      'alerts.exporters': ['kubelet'],
      'alerts.without': ['RegistryErrors', 'RegistryMetricsMissing', 'RegistryVolumeFilling'],
      'alerts.thresholds.unavailable': '90s',
      'alerts.thresholds.errorPercent': 7,
      'alerts.thresholds.manifestLatencyMilliseconds': 1001,
      'alerts.thresholds.storageLatencyMilliseconds': 30,
      'alerts.thresholds.volumeFreePercent': 29,
      'alerts.thresholds.volumeFullDays': 3,
      'alerts.thresholds.certificateDays': 21,
    },
    {
      ...MONITOR,
      'alerts.enabled': true,
      'alerts.without': [
        'RegistryUnavailable',
        'RegistryReplicasMissing',
        'RegistryCrashLooping',
        'RegistryOutOfMemory',
      ],
    },
    // Refused.
    { 'metrics.enabled': true, 'alerts.enabled': true, 'alerts.exporters': ['cert-manager'] },
    {
      'alerts.enabled': true,
      'alerts.exporters': ['kubelet'],
      'alerts.cronJobs': [...CRON_JOBS, ...CRON_JOBS],
      'alerts.thresholds.unavailable': '2h',
      'alerts.runbooksUrl': 'https://a:b@wiki',
    },
  ],
  ...MONITORED,
} satisfies Readonly<Record<string, readonly ByPath[]>>);
