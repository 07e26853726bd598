// Values of the Grafana dashboard.
import { monitoredValues } from './alerts';
import { MAPS, STRINGS } from './formats';
import type { ChartEntry } from './value';

const LINE = { pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]+$' };

export const DASHBOARD_VALUES = [
  { path: 'dashboard', type: 'group', description: 'A dashboard for Grafana.' },
  {
    path: 'dashboard.enabled',
    type: 'boolean',
    default: false,
    description:
      "Whether there is a dashboard: a ConfigMap for Grafana's sidecar, or a GrafanaDashboard for its operator. It needs `metrics.serviceMonitor`, or `job`.",
  },
  {
    path: 'dashboard.sidecarLabels',
    type: 'object',
    default: {},
    description:
      'Labels of the ConfigMap, by which the sidecar finds it. It must look into the namespace of the release. By default: `grafana_dashboard: "1"`, as Grafana\'s chart and kube-prometheus-stack have it.',
    schema: MAPS.labels,
  },
  {
    path: 'dashboard.operatorLabels',
    type: 'object',
    default: {},
    description:
      'Labels of the Grafana objects that the Grafana operator gives the dashboard, e.g. `dashboards: grafana`. Then there is a GrafanaDashboard, whose definition must be in the cluster, and no ConfigMap.',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'dashboard.folder',
    type: 'string',
    default: '',
    member: 'RegistryDashboardOptions.folder',
    schema: LINE,
  },
  {
    path: 'dashboard.title',
    type: 'string',
    default: '',
    description: 'The title. By default: `Registry <name> (<namespace>)`.',
    schema: LINE,
  },
  ...monitoredValues('dashboard', 'RegistryDashboardOptions'),
  {
    path: 'dashboard.cronJobs',
    type: 'array',
    default: [],
    description: 'Names of CronJobs to show, besides those of this release.',
    schema: { items: { type: 'string', ...STRINGS.name } },
  },
] as const satisfies readonly ChartEntry[];
