// All alerts about a registry, in their order.
import type { Alert } from './alert';
import { AlertExporter } from './alert-names';
import type { Thresholds } from './alert-thresholds';
import { backupRules, type WatchedBackup } from './backup-rules';
import { certManagerRules, ownCertificateRules, probeRules } from './certificate-rules';
import { descriptorCacheRules } from './descriptor-cache-rules';
import { cronJobRules, deploymentRules } from './kube-rules';
import { missingMetrics } from './missing-metrics';
import type { Monitored, WatchedCronJob } from './monitored';
import { registryRules } from './server-rules';
import { volumeRules } from './volume-rules';

/** What decides which alerts there are. */
export interface AlertsOf {
  readonly limits: Thresholds;
  readonly exporters: readonly AlertExporter[];
  readonly cronJobs: readonly WatchedCronJob[];
  /** Velero's Schedules, whose metrics are asked for without being named in `exporters`. */
  readonly backups: readonly WatchedBackup[];
  /** The certificate in the manifests in PEM, if nothing else watches it. */
  readonly certificate: string;
  /** Names of those that are left out. */
  readonly without: readonly string[];
}

/** The alerts. */
export function registryAlerts(
  of: Monitored,
  { limits, exporters, cronJobs, backups, without, certificate }: AlertsOf,
): Alert[] {
  const kube = exporters.includes(AlertExporter.KUBE_STATE_METRICS);
  const wanted = ({ name }: Alert) => !without.includes(name);
  const alerts = [
    ...(kube ? deploymentRules(of, limits) : []),
    ...registryRules(of, limits),
    ...descriptorCacheRules(of),
    ...(exporters.includes(AlertExporter.KUBELET) ? volumeRules(of, limits) : []),
    ...(exporters.includes(AlertExporter.CERT_MANAGER) ? certManagerRules(of, limits) : []),
    ...probeRules(of, limits),
    ...ownCertificateRules(of, limits, certificate),
    ...(kube ? cronJobRules(of, cronJobs) : []),
    ...backupRules(of, backups),
  ].filter(wanted);
  return [...alerts, ...missingMetrics(of, alerts, backups)].filter(wanted);
}
