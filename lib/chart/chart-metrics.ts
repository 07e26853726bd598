// The chart's settings of metrics.
import { RegistryMetricsOptions, ServiceMonitorOptions } from '../monitoring/metrics';
import { ChartPlace, MAPS, OBJECTS } from './chart-settings';
import { duration } from './chart-storage';

/** Metrics for Prometheus, if they are wanted. */
export function metricsFromValues(place: ChartPlace): RegistryMetricsOptions | undefined {
  const { values } = place;
  const enabled = values.flag('metrics.enabled', {
    description: 'Serve metrics for Prometheus, at a port and a Service of their own?',
    defaultValue: false,
  });
  if (!enabled) return undefined;
  const peer = (name: string) => [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } },
  ];
  return {
    allowFrom: values.list('metrics.allowFrom', {
      property: 'RegistryMetricsOptions.allowFrom',
      samples: [peer('zqwatchera'), peer('zqwatcherb')],
      schema: OBJECTS,
    }),
    insecureWithoutNetworkPolicy: values.flag('metrics.insecureWithoutNetworkPolicy', {
      property: 'RegistryMetricsOptions.insecureWithoutNetworkPolicy',
    }),
    serviceMonitor: serviceMonitorFromValues(place),
  };
}

function serviceMonitorFromValues(place: ChartPlace): ServiceMonitorOptions | undefined {
  const { values } = place;
  const enabled = values.flag('metrics.serviceMonitor.enabled', {
    description:
      "Tell the Prometheus operator of the metrics by a ServiceMonitor? The operator's definitions must be in the cluster.",
    defaultValue: false,
  });
  if (!enabled) return undefined;
  return {
    labels: values.map('metrics.serviceMonitor.labels', {
      property: 'ServiceMonitorOptions.labels',
      schema: MAPS.labels,
    }),
    interval: duration(place, 'metrics.serviceMonitor.interval', 'ServiceMonitorOptions.interval', [
      '1531s',
      '1537s',
    ]),
  };
}
