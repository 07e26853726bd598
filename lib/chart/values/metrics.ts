// Values of metrics.
import { MAPS, PEERS, STRINGS } from './formats';
import type { ChartEntry } from './value';

export const METRICS_VALUES = [
  { path: 'metrics', type: 'group', description: 'Metrics for Prometheus.' },
  {
    path: 'metrics.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether metrics are served, at a port and a Service of their own.',
  },
  {
    path: 'metrics.allowFrom',
    type: 'array',
    default: [],
    member: 'RegistryMetricsOptions.allowFrom',
    schema: PEERS,
  },
  {
    path: 'metrics.insecureWithoutNetworkPolicy',
    type: 'boolean',
    default: false,
    member: 'RegistryMetricsOptions.insecureWithoutNetworkPolicy',
  },
  {
    path: 'metrics.serviceMonitor',
    type: 'group',
    description: 'How the Prometheus operator is told of the metrics.',
  },
  {
    path: 'metrics.serviceMonitor.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is a ServiceMonitor for the Prometheus operator, whose definitions must be in the cluster.',
  },
  {
    path: 'metrics.serviceMonitor.labels',
    type: 'object',
    default: {},
    member: 'ServiceMonitorOptions.labels',
    schema: MAPS.labels,
  },
  {
    path: 'metrics.serviceMonitor.interval',
    type: 'string',
    default: '',
    member: 'ServiceMonitorOptions.interval',
    schema: STRINGS.duration,
  },
] as const satisfies readonly ChartEntry[];
