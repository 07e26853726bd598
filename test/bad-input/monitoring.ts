// What is wrong with alerts and dashboards.
import { Chart, Duration } from 'cdk8s';
import {
  AlertExporter,
  Registry,
  RegistryAlert,
  RegistryAlerts,
  RegistryDashboard,
  type RegistryProps,
} from '../../lib';
import type { Row } from './row';

const MONITOR: RegistryProps = { metrics: { serviceMonitor: {} } };
const AT = '[chart/alerts]';

const alerts =
  (options: object, props: RegistryProps = MONITOR): Row['build'] =>
  ({ chart }) => {
    const registry = new Registry(chart, 'registry', props);
    new RegistryAlerts(chart, 'alerts', { registry, ...options });
  };

const dashboard =
  (options: object, props: RegistryProps = MONITOR): Row['build'] =>
  ({ chart }) => {
    const registry = new Registry(chart, 'registry', props);
    new RegistryDashboard(chart, 'dashboard', { registry, ...options });
  };

export const MONITORING: readonly Row[] = [
  {
    name: 'alerts without metrics',
    build: alerts({}, {}),
    says: [
      `${AT} registry: has no metrics; write metrics: { serviceMonitor: {} } in the props of the registry`,
    ],
  },
  {
    name: 'alerts without a ServiceMonitor or a job',
    build: alerts({}, { metrics: {} }),
    says: [
      `${AT} job: is not known: without a ServiceMonitor, the name of Prometheus' job is up to its own configuration; write job: "…", or metrics: { serviceMonitor: {} } in the props of the registry`,
    ],
  },
  {
    name: 'alerts about a registry without a namespace',
    build: ({ app }) => {
      const chart = new Chart(app, 'bare');
      new RegistryAlerts(chart, 'alerts', { registry: new Registry(chart, 'registry', MONITOR) });
    },
    says: [
      '[bare/alerts] registry: has no namespace that is known here; write e.g. namespace: "registry" in the props of the registry or of its chart',
    ],
  },
  {
    name: 'thresholds at which an alert fires always, or never',
    build: alerts({
      thresholds: {
        unavailable: Duration.seconds(29),
        errorPercent: 0,
        manifestLatency: Duration.seconds(31),
        storageLatency: Duration.seconds(10),
        volumeFreePercent: 51,
        volumeFullDays: 0.5,
        certificateDays: '14',
      },
    }),
    says: [
      `${AT} thresholds.unavailable: "29 s" is not between 30 and 3600 seconds; write e.g. Duration.minutes(5)`,
      `${AT} thresholds.errorPercent: 0 is not a whole number from 1 to 99; write e.g. 5`,
      `${AT} thresholds.manifestLatency: "31 s" is not between 0.01 and 30 seconds; write e.g. Duration.seconds(1)`,
      `${AT} thresholds.storageLatency: "10 s" is not between 0.01 and 9 seconds; write e.g. Duration.seconds(1)`,
      `${AT} thresholds.volumeFreePercent: 51 is not a whole number from 1 to 50; write e.g. 10`,
      `${AT} thresholds.volumeFullDays: 0.5 is not a whole number from 1 to 30; write e.g. 4`,
      `${AT} thresholds.certificateDays: "14" is not a whole number from 1 to 365; write e.g. 14`,
    ],
  },
  {
    name: 'durations that are none, or not in whole seconds',
    build: alerts({ thresholds: { unavailable: Duration.millis(30_500), manifestLatency: '1s' } }),
    says: [
      `${AT} thresholds.unavailable: "30.5 s" is not a positive whole number of seconds; write e.g. Duration.minutes(5)`,
      `${AT} thresholds.manifestLatency: "1s" is not a Duration; write e.g. Duration.seconds(1)`,
    ],
  },
  {
    name: 'a job and a target that would end a query',
    build: alerts({ job: 'a"} or vector(1)', blackboxInstance: '{{ .Secret }}' }),
    says: [
      `${AT} blackboxInstance: "{{ .Secret }}" is not the name of a job or a target: printable, without spaces, quotes, braces and backslashes; write e.g. "https://registry.example.com"`,
      `${AT} job: "a\\"} or vector(1)" is not the name of a job or a target: printable, without spaces, quotes, braces and backslashes; write e.g. "registry-metrics"`,
    ],
  },
  {
    name: 'runbooks that are no page, with a password',
    build: alerts({ runbooksUrl: 'https://me:correct-horse-battery@wiki.example.com' }),
    says: [
      `${AT} runbooksUrl: is not the URL of a page, without a fragment; write e.g. "https://github.com/cdk8s-registry/cdk8s-registry/blob/main/docs/operations/runbooks.md"`,
    ],
  },
  {
    name: 'labels of alerts that Prometheus has, or refuses',
    build: alerts({
      alertLabels: { severity: 'page', namespace: 'other', 'example.com/team': 'a', team: 'two words' },
    }),
    says: [
      `${AT} alertLabels["team"]: "two words" is not a label value (at most 63 letters, digits, "-", "_" or "."); shorten it or change it`,
      `${AT} alertLabels["severity"]: "severity" is not a label that an alert can get: letters, digits and "_", and none of alertname, exporter, namespace, registry and severity; write e.g. alertLabels: { team: "platform" }`,
      `${AT} alertLabels["namespace"]: "namespace" is not a label that an alert can get: letters, digits and "_", and none of alertname, exporter, namespace, registry and severity; write e.g. alertLabels: { team: "platform" }`,
      `${AT} alertLabels["example.com/team"]: "example.com/team" is not a label that an alert can get: letters, digits and "_", and none of alertname, exporter, namespace, registry and severity; write e.g. alertLabels: { team: "platform" }`,
    ],
  },
  {
    name: 'exporters and alerts that are unknown',
    build: alerts({ exporters: ['node-exporter', undefined], without: ['Watchdog'] }),
    says: [
      `${AT} exporters[0]: "node-exporter" is not supported; write one of kube-state-metrics, kubelet, cert-manager`,
      `${AT} exporters[1]: null is not supported; write one of kube-state-metrics, kubelet, cert-manager`,
      `${AT} without[0]: "Watchdog" is not supported; write one of ${Object.values(RegistryAlert).join(', ')}`,
    ],
  },
  {
    name: 'cert-manager where it issues nothing',
    build: alerts({ exporters: [AlertExporter.CERT_MANAGER] }),
    says: [
      `${AT} exporters: names cert-manager, but no Certificate of the registry's is known; write certificateName: "…", or leave AlertExporter.CERT_MANAGER out`,
    ],
  },
  {
    name: 'CronJobs without kube-state-metrics, or within no time',
    build: alerts({
      exporters: [],
      cronJobs: [
        { name: 'a', within: Duration.minutes(9) },
        { name: 'a', within: Duration.days(1) },
        { name: 'Backup', within: Duration.days(1) },
        { name: 'b' },
      ],
    }),
    says: [
      `${AT} cronJobs[0].within: "540 s" is not between 600 and 94694400 seconds; write e.g. Duration.days(2)`,
      `${AT} cronJobs[1].name: "a" is in the list already; leave one of the two out`,
      `${AT} cronJobs[2].name: "Backup" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "registry-backup"`,
      `${AT} cronJobs[3].within: null is not a Duration; write e.g. Duration.days(2)`,
      `${AT} cronJobs: needs kube-state-metrics; add AlertExporter.KUBE_STATE_METRICS to exporters, or leave cronJobs out`,
    ],
  },
  {
    name: 'no alert at all',
    build: alerts({ without: Object.values(RegistryAlert) }),
    says: [`${AT} without: leaves no alert; leave an alert in, or the whole RegistryAlerts out`],
  },
  {
    name: 'a dashboard without metrics',
    build: dashboard({}, {}),
    says: [
      '[chart/dashboard] registry: has no metrics; write metrics: { serviceMonitor: {} } in the props of the registry',
    ],
  },
  {
    name: 'a dashboard that no Grafana finds',
    build: dashboard({ sidecarLabels: {}, title: '', folder: 'a\nb', cronJobs: ['A'] }),
    says: [
      '[chart/dashboard] cronJobs[0]: "A" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "registry-backup"',
      '[chart/dashboard] title: "" is empty or has control characters; write e.g. "Registry"',
      '[chart/dashboard] folder: "a\\nb" is empty or has control characters; write e.g. "Platform"',
      '[chart/dashboard] sidecarLabels: is empty, so that no Grafana finds the dashboard; write e.g. { grafana_dashboard: "1" } for the sidecar, or { dashboards: "grafana" } for the operator',
    ],
  },
  {
    name: 'a dashboard for the sidecar and the operator',
    build: dashboard({ sidecarLabels: { a: 'b' }, operatorLabels: { dashboards: 'grafana' } }),
    says: [
      '[chart/dashboard] sidecarLabels: is for the sidecar, but operatorLabels says that the operator brings the dashboard; leave one of the two out',
    ],
  },
];
