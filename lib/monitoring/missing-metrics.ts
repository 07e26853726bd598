// Alerts about alerts: those whose metrics nobody delivers would never fire, and nobody would know.
import type { Alert } from './alert';
import { AlertExporter, RegistryAlert } from './alert-names';
import { attempts, VELERO, type WatchedBackup } from './backup-rules';
import { BLACKBOX, certificateSeries } from './certificate-rules';
import { deploymentSeries } from './kube-rules';
import { type Monitored, own } from './monitored';
import { series } from './promql';
import { REGISTRY } from './server-rules';
import { volumeSeries } from './volume-rules';

/** An alert for each exporter that some alert needs. */
export function missingMetrics(
  of: Monitored,
  alerts: readonly Alert[],
  [backup]: readonly WatchedBackup[],
): Alert[] {
  const exporters = [...new Set(alerts.map(({ exporter }) => exporter))];
  return exporters.flatMap((exporter) => {
    const always = alwaysThere(of, exporter, backup);
    if (always === undefined) return [];
    return metricsMissing(
      `registry ${of.name}`,
      exporter,
      always,
      alerts.filter((alert) => alert.exporter === exporter),
    );
  });
}

/**
 * An alert that others can't fire.
 *
 * @param what what they are about
 * @param exporter what serves their metrics
 * @param always series that are there whenever the exporter is
 * @param alerts the alerts
 */
export function metricsMissing(
  what: string,
  exporter: string,
  always: string,
  alerts: readonly Alert[],
): Alert {
  const names = new Set(alerts.map(({ name }) => name));
  return {
    name: RegistryAlert.METRICS_MISSING,
    severity: 'warning',
    exporter,
    expr: `absent(${always})`,
    for: '15m',
    summary: `Prometheus has no metrics of ${what} from ${exporter}.`,
    description: `Until they are back, these alerts can't fire: ${[...names].join(', ')}.`,
  };
}

/** Series that are there whenever the exporter is. */
function alwaysThere(of: Monitored, exporter: string, backup: WatchedBackup | undefined): string | undefined {
  switch (exporter) {
    case REGISTRY:
      return `${own(of, 'up')} == 1`;
    case AlertExporter.KUBE_STATE_METRICS:
      return deploymentSeries(of);
    case AlertExporter.KUBELET:
      return volumeSeries(of, 'capacity');
    case AlertExporter.CERT_MANAGER:
      return certificateSeries(of);
    case BLACKBOX:
      return series('probe_success', { instance: of.probe ?? '' });
    case VELERO:
      return attempts(backup?.name ?? '');
    default:
      return undefined;
  }
}
