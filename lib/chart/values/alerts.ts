// Values of alerts about the registry. Those about a cache have some of them.
import { AlertExporter, RegistryAlert } from '../../monitoring/alert-names';
import { MAPS, STRINGS } from './formats';
import type { ChartEntry } from './value';

const CRON_JOB_VALUES: readonly ChartEntry[] = [
  {
    path: 'name',
    type: 'string',
    default: '',
    required: true,
    member: 'AlertedCronJob.name',
    schema: STRINGS.name,
  },
  {
    path: 'within',
    type: 'string',
    default: '',
    required: true,
    member: 'AlertedCronJob.within',
    schema: STRINGS.duration,
  },
];

const integer = (minimum: number, maximum: number) => ({ minimum, maximum });

/** How series of the registry are found, as alerts and the dashboard are told it. */
export function monitoredValues<P extends 'alerts' | 'dashboard'>(group: P, options: string) {
  return [
    {
      path: `${group}.job`,
      type: 'string',
      default: '',
      member: `${options}.job`,
      schema: STRINGS.seriesLabel,
    },
    {
      path: `${group}.exporters`,
      type: 'array',
      default: [],
      member: `${options}.exporters`,
      description:
        'What Prometheus scrapes besides the registry: kube-state-metrics, kubelet, cert-manager. What needs something else is left out. By default: kube-state-metrics and kubelet, which kube-prometheus-stack scrapes, and cert-manager where it issues the certificate.',
      schema: { items: { type: 'string', enum: Object.values(AlertExporter) } },
    },
    {
      path: `${group}.certificateName`,
      type: 'string',
      default: '',
      description:
        "Name of cert-manager's Certificate. By default: the one that the chart writes, or that cert-manager makes by an annotation of the Ingress.",
      schema: STRINGS.name,
    },
  ] as const satisfies readonly ChartEntry[];
}

export const ALERT_VALUES = [
  { path: 'alerts', type: 'group', description: 'Alerts for the Prometheus operator.' },
  {
    path: 'alerts.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is a PrometheusRule, whose definition must be in the cluster. It needs `metrics.serviceMonitor`.',
  },
  {
    path: 'alerts.labels',
    type: 'object',
    default: {},
    description:
      'Labels of the PrometheusRule, for operators that select by label: `release: kube-prometheus-stack` for that chart under its own name.',
    schema: MAPS.labels,
  },
  {
    path: 'alerts.alertLabels',
    type: 'object',
    default: {},
    description:
      "Labels of each alert, besides `severity`, `registry`, `namespace` and `exporter`, for Alertmanager's routes, e.g. `team: platform`.",
    schema: MAPS.alertLabels,
  },
  {
    path: 'alerts.runbooksUrl',
    type: 'string',
    default: '',
    description:
      "URL of the page that `runbook_url` of each alert leads to, by a fragment that is the alert's name in lower case. For a copy of docs/operations/runbooks.md. By default: that page in the chart's repository.",
    schema: STRINGS.page,
  },
  ...monitoredValues('alerts', 'RegistryAlertsOptions'),
  {
    path: 'alerts.blackboxInstance',
    type: 'string',
    default: '',
    member: 'RegistryAlertsOptions.blackboxInstance',
    schema: STRINGS.seriesLabel,
  },
  { path: 'alerts.thresholds', type: 'group', description: 'From which figures on alerts fire.' },
  {
    path: 'alerts.thresholds.unavailable',
    type: 'string',
    default: '5m',
    description:
      'How long no pod is available before `RegistryUnavailable` fires: 30 seconds to 1 hour. More than a start takes, with the collection that runs before it, if there is one.',
    schema: STRINGS.duration,
  },
  {
    path: 'alerts.thresholds.errorPercent',
    type: 'integer',
    default: 5,
    member: 'AlertThresholds.errorPercent',
    schema: integer(1, 99),
  },
  {
    path: 'alerts.thresholds.manifestLatencyMilliseconds',
    type: 'integer',
    default: 1000,
    description:
      "Within which 99 % of a pod's requests for manifests must be answered: 10 to 30000 milliseconds. Logins with passwords are part of it.",
    schema: integer(10, 30_000),
  },
  {
    path: 'alerts.thresholds.storageLatencyMilliseconds',
    type: 'integer',
    default: 1000,
    description:
      'Within which 99 % of the short actions of the storage must be answered: 10 to 9000 milliseconds, for the registry counts what takes longer than 10 seconds as one.',
    schema: integer(10, 9000),
  },
  {
    path: 'alerts.thresholds.volumeFreePercent',
    type: 'integer',
    default: 10,
    member: 'AlertThresholds.volumeFreePercent',
    schema: integer(1, 50),
  },
  {
    path: 'alerts.thresholds.volumeFullDays',
    type: 'integer',
    default: 4,
    member: 'AlertThresholds.volumeFullDays',
    schema: integer(1, 30),
  },
  {
    path: 'alerts.thresholds.certificateDays',
    type: 'integer',
    default: 14,
    member: 'AlertThresholds.certificateDays',
    schema: integer(1, 365),
  },
  {
    path: 'alerts.cronJobs',
    type: 'array',
    default: [],
    description:
      'CronJobs that must succeed, besides those of this release. Of those, an entry with the same name replaces the time within which they must.',
    items: CRON_JOB_VALUES,
  },
  {
    path: 'alerts.without',
    type: 'array',
    default: [],
    description: 'Alerts to leave out, by their names, e.g. `RegistryVolumeFilling`.',
    schema: { items: { type: 'string', enum: Object.values(RegistryAlert) } },
  },
] as const satisfies readonly ChartEntry[];
