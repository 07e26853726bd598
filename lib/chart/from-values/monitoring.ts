// Alerts and the dashboard from values.

import type { Chart } from 'cdk8s';
import { Duration } from 'cdk8s';
import type { RegistryCacheAlertsOptions } from '../../caches/cache-alerts';
import type { AlertExporter, RegistryAlert } from '../../monitoring/alert-names';
import { RegistryAlerts } from '../../monitoring/alerts';
import { RegistryDashboard } from '../../monitoring/dashboard';
import type { Registry } from '../../registry';
import { type ChartValues, durationOf } from '../values/reader';

/** Adds those that are enabled. */
export function addMonitoring(chart: Chart, values: ChartValues, registry: Registry): void {
  if (values.boolean('alerts.enabled')) addAlerts(chart, values, registry);
  if (values.boolean('dashboard.enabled')) addDashboard(chart, values, registry);
}

function addAlerts(chart: Chart, values: ChartValues, registry: Registry): void {
  const at = 'alerts.thresholds';
  new RegistryAlerts(chart, 'alerts', {
    registry,
    ...commonOptions(values),
    job: values.string('alerts.job'),
    exporters: values.list<AlertExporter>('alerts.exporters'),
    certificateName: values.string('alerts.certificateName'),
    blackboxInstance: values.string('alerts.blackboxInstance'),
    thresholds: {
      unavailable: values.duration(`${at}.unavailable`),
      errorPercent: values.integer(`${at}.errorPercent`),
      manifestLatency: millis(values.integer(`${at}.manifestLatencyMilliseconds`)),
      storageLatency: millis(values.integer(`${at}.storageLatencyMilliseconds`)),
      volumeFreePercent: values.integer(`${at}.volumeFreePercent`),
      volumeFullDays: values.integer(`${at}.volumeFullDays`),
      certificateDays: values.integer(`${at}.certificateDays`),
    },
    cronJobs: values
      .list<{ name: string; within: string }>('alerts.cronJobs')
      ?.map(({ name, within }) => ({ name, within: durationOf(within) as Duration })),
    without: values.list<RegistryAlert>('alerts.without'),
  });
}

function addDashboard(chart: Chart, values: ChartValues, registry: Registry): void {
  new RegistryDashboard(chart, 'dashboard', {
    registry,
    sidecarLabels: values.map('dashboard.sidecarLabels'),
    operatorLabels: values.map('dashboard.operatorLabels'),
    folder: values.string('dashboard.folder'),
    title: values.string('dashboard.title'),
    job: values.string('dashboard.job'),
    exporters: values.list<AlertExporter>('dashboard.exporters'),
    certificateName: values.string('dashboard.certificateName'),
    cronJobs: values.list<string>('dashboard.cronJobs'),
  });
}

/** Alerts about a cache, if they are enabled. */
export function cacheAlertsFromValues(values: ChartValues): RegistryCacheAlertsOptions | undefined {
  return values.boolean('alerts.enabled') ? commonOptions(values) : undefined;
}

function commonOptions(values: ChartValues): RegistryCacheAlertsOptions {
  return {
    labels: values.map('alerts.labels'),
    alertLabels: values.map('alerts.alertLabels'),
    runbooksUrl: values.string('alerts.runbooksUrl'),
  };
}

function millis(amount: number | undefined): Duration | undefined {
  return amount === undefined ? undefined : Duration.millis(amount);
}
