// Alerts about backups by Velero, by Velero's own metrics.
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { longestPause } from '../core/cron';
import { isLiteral } from '../core/literal-object';
import type { Alert } from './alert';
import { RegistryAlert } from './alert-names';
import { shownHours } from './kube-rules';
import type { Monitored } from './monitored';
import { series } from './promql';

/** The exporter. */
export const VELERO = 'velero';

/** A Schedule of Velero that must make a backup from time to time. */
export interface WatchedBackup {
  /** Name of the Schedule. */
  readonly name: string;
  /** Seconds since the last complete backup after which one is missing. */
  readonly seconds: number;
}

/** For how long Velero waits for snapshots and data by default, an hour of daylight saving, and one for a queue. */
const RUN = 6 * 3600;

/** Velero's Schedules in an app that save a registry, in order of their names. */
export function backupsIn(app: Construct, name: string, namespace: string | undefined): WatchedBackup[] {
  return app.node
    .findAll()
    .filter(
      (one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'Schedule' && !isLiteral(one),
    )
    .map((one) => one.toJson())
    .filter(
      ({ apiVersion, metadata, spec }) =>
        apiVersion.startsWith('velero.io/') &&
        metadata.labels?.['app.kubernetes.io/part-of'] === name &&
        spec?.template?.includedNamespaces?.includes?.(namespace) === true,
    )
    .flatMap(({ metadata, spec }) => {
      const pause =
        spec.paused !== true && typeof spec.schedule === 'string' ? longestPause(spec.schedule) : undefined;
      return pause === undefined ? [] : { name: metadata.name, seconds: pause + RUN };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** No complete backup for too long, or none although Velero has known the Schedule for as long. */
export function backupRules(of: Monitored, backups: readonly WatchedBackup[]): Alert[] {
  return backups.map(({ name, seconds }) => {
    const success = `max by (schedule) (${series('velero_backup_last_successful_timestamp', { schedule: name })})`;
    const known = `max by (schedule) (${attempts(name)} offset ${seconds}s) >= 0`;
    return {
      name: RegistryAlert.BACKUP_MISSED,
      severity: 'warning',
      exporter: VELERO,
      expr: [`time() - ${success} > ${seconds}`, `or ${known} unless ${success}`].join('\n'),
      for: '15m',
      summary: `Velero has no new backup of registry ${of.name}.`,
      description: `No backup of the Schedule ${name} is complete for longer than ${shownHours(seconds)}: they fail, are complete in parts only, or are not begun.`,
    };
  });
}

/** What Velero always says of a Schedule, from when it first sees it. */
export function attempts(schedule: string): string {
  return series('velero_backup_attempt_total', { schedule });
}
