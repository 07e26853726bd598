// Alerts about a registry, for the Prometheus operator. What each means, and what to do, is in docs/operations.
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { PrometheusRule } from '../../imports/monitoring.coreos.com';
import { required } from '../core/check';
import { Component } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { Registry } from '../registry';
import { type Alert, alertRule } from './alert';
import { checkAdditions } from './alert-additions';
import { AlertExporter, RegistryAlert } from './alert-names';
import { checkThresholds, type Thresholds } from './alert-thresholds';
import { RegistryAlertsOptions } from './alerts-options';
import { registryAlerts } from './all-alerts';
import { backupsIn, type WatchedBackup } from './backup-rules';
import { checkCronJobs, cronJobsIn } from './cron-jobs';
import type { Monitored, WatchedCronJob } from './monitored';
import { checkEnums, checkExporters, checkLabel, monitoredOf } from './monitored-registry';

/** Props of `RegistryAlerts`. */
export interface RegistryAlertsProps extends RegistryAlertsOptions {
  /** The registry to watch, with metrics and in a namespace. */
  readonly registry: Registry;
}

/**
 * A PrometheusRule with alerts about a registry: it is down, fails, answers slowly, restarts, fills its volume, its
 * certificate ends, its CronJobs fail, or Velero makes no backups. An alert names what to do in the annotation `runbook_url`.
 *
 * @example
 * const watched = new Registry(chart, 'watched', {
 *   name: 'watched',
 *   metrics: { serviceMonitor: { labels: { release: 'kube-prometheus-stack' } } },
 * });
 * new RegistryAlerts(chart, 'alerts', {
 *   registry: watched,
 *   labels: { release: 'kube-prometheus-stack' },
 *   thresholds: { volumeFreePercent: 20 },
 *   cronJobs: [{ name: 'registry-backup', within: Duration.hours(26) }],
 * });
 */
export class RegistryAlerts extends RegistryPart {
  /** The PrometheusRule. */
  public readonly rule: ApiObject;

  private readonly of: Monitored;
  private readonly limits: Thresholds;
  private readonly exporters: readonly AlertExporter[];
  private readonly without: readonly RegistryAlert[];
  private readonly cronJobs: readonly WatchedCronJob[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and what is known of its cluster's Prometheus
   */
  constructor(scope: Construct, id: string, props: RegistryAlertsProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { _check: check } = this;
    const certificate = check.objectName('certificateName', props.certificateName, undefined, 'registry-tls');
    const probe = checkLabel(
      check,
      'blackboxInstance',
      props.blackboxInstance,
      undefined,
      'https://registry.example.com',
    );
    this.of = monitoredOf(check, props.registry, { job: props.job, certificate, probe });
    this.limits = checkThresholds(
      check.at('thresholds'),
      check.options<object>('thresholds', props.thresholds),
    );
    this.exporters = checkExporters(check, props.exporters, this.of);
    this.without = checkEnums(check, 'without', props.without, Object.values(RegistryAlert));
    this.cronJobs = checkCronJobs(check, props.cronJobs);
    if (this.cronJobs.length > 0 && !this.exporters.includes(AlertExporter.KUBE_STATE_METRICS))
      check.report('alert-cron-jobs-without-exporter', 'cronJobs');
    if (this.alerts(this.cronJobs).length === 0) check.report('alerts-without-rule', 'without');
    this.rule = this.writeRule(props);
  }

  private writeRule(props: RegistryAlertsProps): ApiObject {
    const { registryName: registry, namespace } = this;
    const additions = checkAdditions(this._check, props, { registry, namespace });
    const name = `${this.registryName}-alerts`;
    const { tls } = props.registry;
    const groups = () => [
      {
        name,
        rules: this.alerts(
          this.watchedCronJobs(),
          backupsIn(this.node.root as Construct, this.registryName, this.namespace),
          tls._selfSigned ? tls._certificate() : '',
        ).map((alert) => alertRule(alert, additions)),
      },
    ];
    return this._object(
      'rule',
      Component.METRICS,
      { name, labels: this._userLabels('labels', props.labels) },
      {
        ...PrometheusRule.manifest(),
        // CronJobs, backups and hosts of the certificate may be added to the app until it is complete.
        spec: {
          groups: Lazy.any({
            produce: () => PrometheusRule.manifest({ spec: { groups: groups() } }).spec.groups,
          }),
        },
      },
    );
  }

  private alerts(
    cronJobs: readonly WatchedCronJob[],
    backups: readonly WatchedBackup[] = [],
    certificate = '',
  ): Alert[] {
    const { limits, exporters, without } = this;
    return registryAlerts(this.of, { limits, exporters, without, cronJobs, backups, certificate });
  }

  /** What is given replaces what is known. */
  private watchedCronJobs(): WatchedCronJob[] {
    const given = new Set(this.cronJobs.map(({ name }) => name));
    const found = cronJobsIn(this.node.root as Construct, this.registryName, this.namespace);
    return [...found.filter(({ name }) => !given.has(name)), ...this.cronJobs];
  }
}
