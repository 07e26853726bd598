// The alerts as the constructs write them, for the chart's templates to fill in (chart/registry/templates/_alerts.tpl):
// words between @, conditions in `if`, and a list in `each` whose items an alert is repeated for.
import { alertsOf } from '../../lib/caches/cache-alerts';
import { RegistryVersion } from '../../lib/distribution/version';
import type { Alert } from '../../lib/monitoring/alert';
import { AlertExporter, RegistryAlert } from '../../lib/monitoring/alert-names';
import { registryAlerts } from '../../lib/monitoring/all-alerts';
import { shownHours } from '../../lib/monitoring/kube-rules';
import type { Monitored } from '../../lib/monitoring/monitored';

/** Stand for numbers of seconds. */
const SECONDS = 987_654_321;
const BACKUP_SECONDS = 876_543_210;

/** A registry that is named by words. */
export const WORDS: Omit<Monitored, 'version'> = {
  name: '@name@',
  namespace: '@namespace@',
  job: '@job@',
  others: ['@others@'],
  claim: '@claim@',
  descriptorCache: true,
  certificate: '@certificate@',
  probe: '@probe@',
  caches: [{ name: '@cache@', job: '@cache-jobs@' }],
};

/** Names of Deployments are in expressions together. */
export function inWords(text: string): string {
  return text
    .replaceAll('@name@|@others@', '@deployments@')
    .replaceAll(String(SECONDS), '@seconds@')
    .replaceAll(shownHours(SECONDS), '@shown@')
    .replaceAll(String(BACKUP_SECONDS), '@backup-seconds@')
    .replaceAll(shownHours(BACKUP_SECONDS), '@backup-shown@');
}

const OF_EXPORTERS: Readonly<Record<string, string>> = {
  [AlertExporter.KUBE_STATE_METRICS]: 'kube',
  [AlertExporter.KUBELET]: 'volume',
  [AlertExporter.CERT_MANAGER]: 'certificate',
  blackbox: 'probe',
  velero: 'backup',
};

/** When the templates have it. */
function marksOf({ name, exporter }: Alert, version: string): object {
  const { CRON_JOB_FAILED, CRON_JOB_MISSED, DESCRIPTOR_CACHE_FAILS } = RegistryAlert;
  const conditions = [
    ...(OF_EXPORTERS[exporter] === undefined ? [] : [OF_EXPORTERS[exporter]]),
    ...(name === DESCRIPTOR_CACHE_FAILS ? ['descriptor-cache', version] : []),
    ...(name === CRON_JOB_FAILED ? ['cron-jobs'] : []),
  ];
  return { if: conditions, ...(name === CRON_JOB_MISSED && { each: 'cron-jobs' }) };
}

function ofVersion(version: RegistryVersion): object[] {
  const mark = version === RegistryVersion.V2 ? 'v2' : 'v3';
  const alerts = registryAlerts(
    { ...WORDS, version },
    {
      limits: {
        unavailable: '@unavailable@',
        errorRatio: '@error-ratio@',
        manifestSeconds: '@manifest-seconds@',
        storageSeconds: '@storage-seconds@',
        volumeFreeRatio: '@volume-free-ratio@',
        volumeFullDays: '@volume-full-days@',
        volumeFullSeconds: '@volume-full-seconds@',
        certificateSeconds: '@certificate-seconds@',
      },
      exporters: Object.values(AlertExporter),
      cronJobs: [{ name: '@cron-jobs@', seconds: SECONDS }],
      backups: [{ name: '@backup@', seconds: BACKUP_SECONDS }],
      without: [],
      certificate: '',
    },
  );
  return alerts.map((alert) => ({ ...marksOf(alert, mark), ...alert }));
}

/** A list of alerts about a registry, and of those that there is something to be seen of it. */
function alertsFile(): string {
  const [v2, v3] = [RegistryVersion.V2, RegistryVersion.V3].map(ofVersion) as [object[], object[]];
  const both = v3.flatMap((alert, index) => {
    const other = v2[index] as object;
    return JSON.stringify(alert) === JSON.stringify(other) ? [alert] : [other, alert];
  });
  const isMissing = (alert: object) => (alert as Alert).name === RegistryAlert.METRICS_MISSING;
  const missing = both.filter(isMissing).map((alert) => {
    const { description, ...rest } = alert as Alert;
    return { ...rest, description: description.replace(/fire: .*\.$/, 'fire: @alerts@.') };
  });
  const alerts = both.filter((alert) => !isMissing(alert));
  return inWords(`${JSON.stringify({ alerts, missing }, null, 2)}\n`);
}

export const ALERTS_FILE = alertsFile();

export const CACHE_ALERTS_FILE = `${JSON.stringify(
  alertsOf({ name: '@name@', namespace: '@namespace@', upstreamUrl: '@upstream-url@', job: '@job@' }),
  null,
  2,
)}\n`;
