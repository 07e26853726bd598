// Alerts about the volume of the images, by the metrics of kubelets. Several nodes may have the same one mounted.
import type { Alert } from './alert';
import { AlertExporter, RegistryAlert } from './alert-names';
import type { Thresholds } from './alert-thresholds';
import { inNamespace, type Monitored } from './monitored';

const exporter = AlertExporter.KUBELET;
const BY_CLAIM = 'max by (namespace, persistentvolumeclaim)';
/** With more than that free, nobody has to do anything yet. */
const FILLED = 0.3;

/** The alerts; none, where images are in no claim. */
export function volumeRules(of: Monitored, limits: Thresholds): Alert[] {
  if (of.claim === undefined) return [];
  const [available, capacity] = ['available', 'capacity'].map((what) => volumeSeries(of, what));
  const free = `${BY_CLAIM} (${available} / ${capacity})`;
  return [
    {
      name: RegistryAlert.VOLUME_NEARLY_FULL,
      severity: 'critical',
      exporter,
      expr: `${free} < ${limits.volumeFreeRatio}`,
      for: '5m',
      summary: `The volume of registry ${of.name} is nearly full.`,
      description: `Of the claim ${of.claim}, {{ $value | humanizePercentage }} are free. On a full volume every push fails; pulls go on.`,
    },
    {
      name: RegistryAlert.VOLUME_FILLING,
      severity: 'warning',
      exporter,
      // The first pushes of a new registry are no trend.
      expr: [
        `${BY_CLAIM} (predict_linear(${available}[1d], ${limits.volumeFullSeconds})) < 0`,
        `and ${free} < ${FILLED}`,
      ].join('\n'),
      for: '1h',
      summary: `The volume of registry ${of.name} will be full soon.`,
      description: `As the claim ${of.claim} filled during the last day, it is full within ${limits.volumeFullDays} days.`,
    },
  ];
}

/** A size of the volume: `available`, `capacity` or `used`. */
export function volumeSeries(of: Monitored, what: string): string {
  return inNamespace(of, `kubelet_volume_stats_${what}_bytes`, { persistentvolumeclaim: of.claim ?? '' });
}
