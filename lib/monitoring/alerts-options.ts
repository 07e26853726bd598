// Options of alerts about a registry.
import { AlertExporter, RegistryAlert } from './alert-names';
import { AlertThresholds } from './alert-thresholds';
import { AlertedCronJob } from './cron-jobs';

/** Alerts about a registry, for the Prometheus operator. */
export interface RegistryAlertsOptions {
  /**
   * Labels of the PrometheusRule, for operators that select by label: `{ release: 'kube-prometheus-stack' }` for that
   * chart under its own name.
   *
   * @default - those of all objects
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of each alert, besides `severity`, `registry`, `namespace` and `exporter`, for Alertmanager's routes: `{ team: 'platform' }`.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };

  /**
   * URL of the page that `runbook_url` of each alert leads to, by a fragment that is the alert's name in lower case. For a
   * copy of docs/operations/runbooks.md.
   *
   * @default - that page in this library's repository
   */
  readonly runbooksUrl?: string;

  /**
   * The label `job` of the registry's series.
   *
   * @default - the name of the Service of the metrics, as a ServiceMonitor makes it
   */
  readonly job?: string;

  /**
   * What Prometheus scrapes besides the registry. Alerts that need something else are left out, but those about
   * a RegistryVeleroBackup: they need Velero's own metrics.
   *
   * @default - kube-state-metrics and kubelets, which kube-prometheus-stack scrapes, and cert-manager where it issues the
   * certificate
   */
  readonly exporters?: AlertExporter[];

  /**
   * Name of cert-manager's Certificate, in the registry's namespace.
   *
   * @default - the one that this library writes, or that cert-manager makes by an annotation of the Ingress
   */
  readonly certificateName?: string;

  /**
   * The label `instance` of a probe of the registry by the blackbox exporter: its target, as in the operator's Probe,
   * e.g. `https://registry.example.com/v2/`. It has alerts of its own, about certificates of any kind, too.
   *
   * @default - no probe, and none of these alerts
   * @see https://github.com/prometheus/blackbox_exporter
   */
  readonly blackboxInstance?: string;

  /**
   * From which figures on alerts fire.
   *
   * @default - the defaults of each
   */
  readonly thresholds?: AlertThresholds;

  /**
   * CronJobs that must succeed, besides those in this app that are parts of the registry. Of those, an entry with the same name
   * replaces the time within which they must.
   *
   * @default - none
   */
  readonly cronJobs?: AlertedCronJob[];

  /**
   * Alerts to leave out.
   *
   * @default - none
   */
  readonly without?: RegistryAlert[];
}
