// Refused alerts and dashboards, by the code of the message.
import type { Code } from '../../../lib/core/messages';

type ByPath = Readonly<Record<string, unknown>>;

const MONITOR = { 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true };
const ALERTS = { ...MONITOR, 'alerts.enabled': true };
const DASHBOARD = { ...MONITOR, 'dashboard.enabled': true };
const SERVED = { enabled: true, serviceMonitor: { enabled: true } };
const cacheAlerts = (alerts: object, metrics: object = SERVED): ByPath => ({
  caches: [{ upstream: 'docker.io', metrics, alerts: { enabled: true, ...alerts } }],
});
const ISSUED = { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'ca' };

export const OF_MONITORING = {
  'monitoring-without-metrics': [
    { 'alerts.enabled': true },
    { 'alerts.enabled': true, 'metrics.serviceMonitor.enabled': true, 'alerts.job': 'a' },
    { 'alerts.enabled': true, 'dashboard.enabled': true },
  ],
  'monitoring-without-job': [
    { 'metrics.enabled': true, 'alerts.enabled': true },
    { 'metrics.enabled': true, 'dashboard.enabled': true },
  ],
  'alert-certificate-unknown': [
    { ...ALERTS, 'alerts.exporters': ['cert-manager'] },
    { ...ALERTS, 'tls.existingSecret': 'a', 'alerts.exporters': ['kubelet', 'cert-manager'] },
    { ...DASHBOARD, 'dashboard.exporters': ['cert-manager'], 'alerts.certificateName': 'a' },
  ],
  'dashboard-for-two': [
    { ...DASHBOARD, 'dashboard.sidecarLabels': { a: 'b' }, 'dashboard.operatorLabels': { c: 'd' } },
  ],
  'alert-cron-jobs-without-exporter': [
    { ...ALERTS, 'alerts.exporters': ['kubelet'], 'alerts.cronJobs': [{ name: 'a', within: '1h' }] },
  ],
  'alerts-without-rule': [
    {
      ...ALERTS,
      'alerts.exporters': ['kubelet'],
      'persistence.enabled': false,
      'alerts.without': [
        'RegistryErrors',
        'RegistryManifestsSlow',
        'RegistryStorageSlow',
        'RegistryMetricsMissing',
      ],
    },
  ],
  'cron-job-given-twice': [
    { ...ALERTS, 'alerts.cronJobs': ['1h', '2h', '3h'].map((within) => ({ name: 'a', within })) },
  ],
  'duration-out-of-range': [
    ...['29s', '3601s', '61m', '2h'].map((unavailable) => ({
      ...ALERTS,
      'alerts.thresholds.unavailable': unavailable,
    })),
    {
      ...ALERTS,
      'alerts.cronJobs': ['599s', '9m', '600s', '26304h', '26305h'].map((within, index) => ({
        name: `a${index}`,
        within,
      })),
    },
  ],
  'not-a-page': [
    ...['https://me:s3cr3t@wiki.example.com/a', 'https://wiki.example.com/a#b', '#'].flatMap(
      (runbooksUrl) => [{ ...ALERTS, 'alerts.runbooksUrl': runbooksUrl }, cacheAlerts({ runbooksUrl })],
    ),
  ],
  'cache-alerts-without-monitor': [
    cacheAlerts({}, { enabled: true }),
    cacheAlerts({}, {}),
    cacheAlerts({}, { serviceMonitor: { enabled: true } }),
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

/** Alerts and dashboards that are accepted. */
export const ACCEPTED_MONITORING: readonly ByPath[] = [
  { 'metrics.enabled': true, 'alerts.enabled': true, 'alerts.job': 'a' },
  { ...ALERTS, ...ISSUED, 'alerts.exporters': ['cert-manager'] },
  { ...ALERTS, 'alerts.certificateName': 'a', 'alerts.exporters': ['cert-manager'] },
  ...['30s', '1h'].map((unavailable) => ({ ...ALERTS, 'alerts.thresholds.unavailable': unavailable })),
  { ...ALERTS, 'alerts.cronJobs': [{ name: 'a', within: '10m' }] },
  { ...ALERTS, 'alerts.runbooksUrl': 'https://wiki/a@b?c=d' },
  { 'metrics.enabled': true, 'dashboard.enabled': true, 'dashboard.job': 'a' },
  { ...DASHBOARD, 'dashboard.certificateName': 'a', 'dashboard.exporters': ['cert-manager'] },
  { ...DASHBOARD, 'dashboard.cronJobs': ['a', 'a'], 'dashboard.exporters': ['kubelet'] },
  // What is off says nothing.
  { 'alerts.exporters': ['cert-manager'], 'alerts.runbooksUrl': '#', 'alerts.thresholds.unavailable': '1s' },
  { caches: [{ upstream: 'docker.io', alerts: { runbooksUrl: '#' } }] },
  { 'dashboard.exporters': ['cert-manager'], 'dashboard.sidecarLabels': { a: 'b' } },
];
