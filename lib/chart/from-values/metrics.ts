// Metrics from values.
import type { RegistryMetricsOptions } from '../../monitoring/metrics';
import type { ChartValues } from '../values/reader';

/** Metrics, if they are enabled. */
export function metricsFromValues(values: ChartValues): RegistryMetricsOptions | undefined {
  if (!values.boolean('metrics.enabled')) return undefined;
  return {
    allowFrom: values.list('metrics.allowFrom'),
    insecureWithoutNetworkPolicy: values.boolean('metrics.insecureWithoutNetworkPolicy'),
    serviceMonitor: values.boolean('metrics.serviceMonitor.enabled')
      ? {
          labels: values.map('metrics.serviceMonitor.labels'),
          interval: values.duration('metrics.serviceMonitor.interval'),
        }
      : undefined,
  };
}
