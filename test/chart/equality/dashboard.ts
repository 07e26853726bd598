// Dashboards in both forms, beside what the registry says of all that they show.
import { type ByPath, noneOr, Product } from './combinations';
import { MONITORED } from './monitoring';
import { HOST } from './product-parts';

const MONITOR = { 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true };
const GIVEN = {
  'dashboard.folder': 'Platform: {{a}} # "b"',
  'dashboard.title': '@name@ \\u2028 "a" <b> & \u2028\ufeff {{ .x }} $y',
  'dashboard.job': '@name@/@job@',
  'dashboard.cronJobs': ['registry-backup', 'daily', 'a.b', 'registry-backup'],
};

const { caches, storage, certificate, ui, beside } = MONITORED;

export const SHOWN = new Product('dashboard, caches, prefetch, storage, certificate, UI', {
  host: [HOST],
  dashboard: [
    ...[
      {},
      {
        'dashboard.exporters': ['cert-manager', 'kube-state-metrics'],
        'dashboard.certificateName': 'images',
      },
      { 'dashboard.exporters': ['kubelet'], 'alerts.enabled': true },
      // Refused without a certificate of cert-manager's.
      { 'dashboard.exporters': ['cert-manager'] },
    ].map((more) => ({ ...MONITOR, 'dashboard.enabled': true, ...more })),
    { 'metrics.enabled': true, 'dashboard.enabled': true, 'dashboard.job': 'a' },
    // Refused.
    { 'dashboard.enabled': true, 'dashboard.sidecarLabels': { a: 'b' } },
  ],
  form: [
    ...noneOr({ 'dashboard.sidecarLabels': { dashboards: 'yes' } }),
    { 'dashboard.operatorLabels': { dashboards: 'grafana', 'app.kubernetes.io/name': '1' } },
  ],
  caches: caches.slice(0, 3),
  storage,
  certificate: [certificate[0] ?? {}, certificate[3] ?? {}],
  ui,
  given: noneOr({ ...GIVEN, commonAnnotations: { grafana_folder: 'a', b: 'c' } }),
  beside,
} satisfies Readonly<Record<string, readonly ByPath[]>>);
