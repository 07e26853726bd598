// Messages about alerts and dashboards.
import type { Table } from './code-messages';

/** Words by code. */
export const MONITORING_WORDS = {
  'alert-certificate-unknown': {
    says: "names cert-manager, but no Certificate of the registry's is known",
    instead: 'write certificateName: "…", or leave AlertExporter.CERT_MANAGER out',
    why: 'The alert asks for a Certificate by its name. One that nobody issues for the registry would never end.',
    values: { instead: 'write certificateName: "…", or leave cert-manager out' },
  },
  'alert-cron-jobs-without-exporter': {
    says: 'needs kube-state-metrics',
    instead: 'add AlertExporter.KUBE_STATE_METRICS to exporters, or leave cronJobs out',
    why: 'Nothing else tells Prometheus about CronJobs, so that the alerts would never fire.',
    values: { instead: 'add kube-state-metrics to exporters, or leave cronJobs out' },
  },
  'alerts-without-rule': {
    says: 'leaves no alert',
    instead: 'leave an alert in, or the whole RegistryAlerts out',
    why: 'A PrometheusRule without an alert looks as if the registry were watched.',
    values: { instead: 'leave an alert in, or write alerts: { enabled: false }' },
  },
  'cron-job-given-twice': {
    says: '<value> is in the list already',
    instead: 'leave one of the two out',
    why: 'A CronJob has one time within which it must succeed.',
  },
  'dashboard-for-two': {
    says: 'is for the sidecar, but operatorLabels says that the operator brings the dashboard',
    instead: 'leave one of the two out',
    why: 'The same dashboard would come twice, and Grafana refuses the second one.',
  },
  'dashboard-without-labels': {
    says: 'is empty, so that no Grafana finds the dashboard',
    instead:
      'write e.g. { grafana_dashboard: "1" } for the sidecar, or { dashboards: "grafana" } for the operator',
    why: 'The sidecar and the operator choose by labels.',
  },
  'duration-out-of-range': {
    says: '<value> is not between <min> and <max> seconds',
    instead: 'write e.g. <example>',
    why: 'Outside the range an alert would fire always, or never.',
    values: { instead: 'write one that is' },
  },
  'monitoring-without-job': {
    says: "is not known: without a ServiceMonitor, the name of Prometheus' job is up to its own configuration",
    instead: 'write job: "…", or metrics: { serviceMonitor: {} } in the props of the registry',
    why: 'Queries select the registry by the label job of its series.',
    values: { instead: 'write job: "…", or metrics: { serviceMonitor: { enabled: true } }' },
  },
  'monitoring-without-metrics': {
    says: 'has no metrics',
    instead: 'write metrics: { serviceMonitor: {} } in the props of the registry',
    why: 'There would be nothing to ask for, and alerts would never fire.',
    values: { instead: 'write metrics: { enabled: true, serviceMonitor: { enabled: true } }' },
  },
  'monitoring-without-namespace': {
    says: 'has no namespace that is known here',
    instead: 'write e.g. namespace: "registry" in the props of the registry or of its chart',
    why: 'Without it, queries would be about all Deployments, claims and CronJobs of the same names in the cluster.',
  },
  'not-a-job-label': {
    says: '<value> is not the name of a job or a target: printable, without spaces, quotes, braces and backslashes',
    instead: 'write e.g. "<example>"',
    why: 'It becomes part of queries.',
  },
  'not-an-alert-label': {
    says: '<value> is not a label that an alert can get: letters, digits and "_", and none of alertname, exporter, namespace, registry and severity',
    instead: 'write e.g. alertLabels: { team: "platform" }',
    why: 'Prometheus refuses other labels, and what is set here would replace its own.',
  },
  'not-a-page': {
    says: 'is not the URL of a page, without a fragment',
    instead: 'write e.g. "<example>"',
    why: 'Each alert names its own heading on that page. The message does not show the URL, which may have a password.',
  },
} as const satisfies Table;
