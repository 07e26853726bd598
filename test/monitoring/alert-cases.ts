// When each alert fires, and when it does not: series with the labels that exporters give them, a
// value a minute, or each half hour where days matter.
// Those of the registry are in test/monitoring/prometheus.slow.test.ts, by a real one; those of kube-state-metrics, the
// kubelet, cert-manager and the blackbox exporter are as their documentation has them.
import { RegistryAlert } from '../../lib';
import type { Series } from '../support/promtool';

export interface AlertCase {
  readonly name: string;
  readonly series: Series;
  readonly minute: number;
  readonly fires: boolean;
}

const POD = 'registry-6c5d8f7b9c-x2x4z';
const OWN = `job="registry-metrics", namespace="registry", service="registry-metrics", endpoint="metrics", container="registry"`;
const ofPod = (pod: string) => `${OWN}, pod="${pod}", instance="10.0.0.${pod.length}:5001"`;
const KUBE = 'job="kube-state-metrics", instance="10.0.1.1:8080"';
const OTHER_KUBE = 'job="kube-state-metrics", instance="10.0.1.2:8080"';

const requests = (code: string, pod = POD) =>
  `registry_http_requests_total{${ofPod(pod)}, code="${code}", handler="manifest", method="get"}`;

/** The latencies of a histogram: `slow` of a hundred a minute are between 1 and 2.5 seconds. */
function histogram(name: string, labels: string, slow: number, per = 100, minutes = 60): Series {
  const at = (le: string, count: number) => [
    `${name}_bucket{${ofPod(POD)}, ${labels}, le="${le}"}`,
    `0+${count}x${minutes}`,
  ];
  return Object.fromEntries([
    at('0.5', per - slow),
    at('1', per - slow),
    at('2.5', per),
    at('+Inf', per),
    [`${name}_count{${ofPod(POD)}, ${labels}}`, `0+${per}x${minutes}`],
  ]);
}
const manifests = (slow: number, per?: number, method = 'get') =>
  histogram('registry_http_request_duration_seconds', `handler="manifest", method="${method}"`, slow, per);
const storage = (action: string, slow: number, per?: number) =>
  histogram('registry_storage_action_seconds', `action="${action}", driver="s3aws"`, slow, per);

/** Lookups in the descriptor cache, and those that it answered. */
const lookups = (all: string, hits: string, pod = POD): Series => ({
  [`registry_storage_cache_requests_total{${ofPod(pod)}}`]: all,
  [`registry_storage_cache_hits_total{${ofPod(pod)}}`]: hits,
});

const deployment = (metric: string, name = 'registry', kube = KUBE, namespace = 'registry') =>
  `kube_deployment_${metric}{${kube}, namespace="${namespace}", deployment="${name}"}`;
const replicas = (wanted: string, available: string, name?: string): Series => ({
  [deployment('spec_replicas', name)]: wanted,
  [deployment('status_replicas_available', name)]: available,
});

const container = (metric: string, more = '', pod = POD, kube = KUBE) =>
  `kube_pod_container_status_${metric}{${kube}, namespace="registry", pod="${pod}", uid="1", container="registry"${more}}`;
const RESTARTS = 'restarts_total';

const volume = (what: string, node = 'a', claim = 'registry') =>
  `kubelet_volume_stats_${what}_bytes{job="kubelet", metrics_path="/metrics", instance="node-${node}", node="node-${node}", namespace="registry", persistentvolumeclaim="${claim}"}`;
const GIB = 1024 ** 3;
const filled = (available: string, claim?: string): Series => ({
  [volume('available', 'a', claim)]: available,
  [volume('capacity', 'a', claim)]: `${100 * GIB}x3000`,
});

const certificate = (labels: string) =>
  `certmanager_certificate_expiration_timestamp_seconds{job="cert-manager", instance="10.0.2.1:9402", name="registry-tls", issuer_name="ca", issuer_kind="Issuer", issuer_group="cert-manager.io", ${labels}}`;
const PROBE = 'job="probe", instance="https://registry.example.com/v2/"';

const cronJob = (metric: string, name = 'registry-backup') =>
  `kube_cronjob_${metric}{${KUBE}, namespace="registry", cronjob="${name}"}`;
const job = (metric: string, name: string, more = '') =>
  `kube_job_${metric}{${KUBE}, namespace="registry", job_name="${name}"${more}}`;
/** A Job of the CronJob that began at a second, and what became of it. */
const jobOf = (name: string, began: number, failed: string, owner = 'registry-backup'): Series => ({
  [job('owner', name, `, owner_kind="CronJob", owner_name="${owner}", owner_is_controller="true"`)]: '1x3000',
  [job('status_start_time', name)]: `${began}x3000`,
  [job('failed', name, ', condition="true"')]: failed,
});
const HOURS = 3600;
const DAYS = 24 * HOURS;
const backup = (metric: string, schedule = 'registry.registry', instance = '10.0.3.1:8085') =>
  `velero_backup_${metric}{job="velero", namespace="velero", instance="${instance}", schedule="${schedule}"}`;
const LAST_BACKUP = 'last_successful_timestamp';

const fires = (name: string, series: Series, minute = 40): AlertCase => ({
  name,
  series,
  minute,
  fires: true,
});
const silent = (name: string, series: Series, minute = 40): AlertCase => ({
  name,
  series,
  minute,
  fires: false,
});

/** What is there of other exporters, so that nothing is missing. Not more: cases say the rest. */
export const ALERT_CASES: Readonly<Record<RegistryAlert, readonly AlertCase[]>> = {
  [RegistryAlert.UNAVAILABLE]: [
    fires('no pod for five minutes', replicas('1x60', '1x10 0x50'), 17),
    silent('no pod for four minutes', replicas('1x60', '1x10 0x50'), 14),
    silent('pods that come and go', replicas('1x60', '0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 1x40')),
    silent('scaled to 0', replicas('0x60', '0x60')),
    silent('one of two pods', replicas('2x60', '1x60')),
    silent('a Deployment of another name or namespace', {
      ...replicas('1x60', '0x60', 'registry-two'),
      [deployment('spec_replicas', 'registry', KUBE, 'other')]: '1x60',
      [deployment('status_replicas_available', 'registry', KUBE, 'other')]: '0x60',
    }),
    silent('nothing is known', replicas('1x10 stale', '1x10 stale')),
    fires(
      'kube-state-metrics is another pod now',
      {
        ...replicas('1x15 stale', '0x15 stale'),
        [deployment('spec_replicas', 'registry', OTHER_KUBE)]: '_x15 1x40',
        [deployment('status_replicas_available', 'registry', OTHER_KUBE)]: '_x15 0x40',
      },
      19,
    ),
  ],
  [RegistryAlert.REPLICAS_MISSING]: [
    fires('one of two pods', replicas('2x60', '1x60')),
    fires('the UI', replicas('1x60', '0x60', 'registry-ui')),
    fires('a cache', replicas('1x60', '0x60', 'registry-cache-docker-io')),
    silent('one of two pods for ten minutes', replicas('2x60', '2x5 1x10 2x40')),
    silent('no pod of the registry, which has an alert of its own', replicas('1x60', '0x60')),
    silent('more pods than wanted, while they are replaced', replicas('2x60', '3x60')),
  ],
  [RegistryAlert.CRASH_LOOPING]: [
    fires('three restarts in half an hour', {
      [container(RESTARTS)]: '0x19 1 1 1 1 1 2 2 2 2 2 3 3 3 3 3 3x40',
    }),
    silent('two restarts', { [container(RESTARTS)]: '0x19 1 1 1 1 1 2 2 2 2 2 2x40' }),
    silent('three in an hour', { [container(RESTARTS)]: '0x9 1x19 2x19 3x40' }, 50),
    silent('new pods, which begin at 0', {
      [container(RESTARTS)]: '2x15 stale',
      [container(RESTARTS, '', 'registry-7d4b9c5f6d-z4z2x')]: '_x15 0x40',
    }),
    silent('a gap', { [container(RESTARTS)]: '7x19 _x10 7x30' }),
    silent('kube-state-metrics is another pod now', {
      [container(RESTARTS)]: '7x19 stale',
      [container(RESTARTS, '', POD, OTHER_KUBE)]: '_x20 7x30',
    }),
    silent('a pod of another registry', {
      [container(RESTARTS, '', 'registry-two-6c5d8f7b9c-x2x4z')]: '0+1x60',
    }),
  ],
  [RegistryAlert.OUT_OF_MEMORY]: [
    fires('one restart', {
      [container(RESTARTS)]: '0x35 1x20',
      [container('last_terminated_reason', ', reason="OOMKilled"')]: '_x35 1x20',
    }),
    silent('an hour later', {
      [container(RESTARTS)]: '0x5 1x90',
      [container('last_terminated_reason', ', reason="OOMKilled"')]: '_x5 1x90',
    }),
    silent('a restart for another reason', {
      [container(RESTARTS)]: '0x35 1x20',
      [container('last_terminated_reason', ', reason="Error"')]: '_x35 1x20',
    }),
  ],
  [RegistryAlert.ERRORS]: [
    fires('6 % of the requests', { [requests('200')]: '0+94x60', [requests('503')]: '0+6x60' }),
    silent('4 % of the requests', { [requests('200')]: '0+96x60', [requests('503')]: '0+4x60' }),
    fires('one pod of many', {
      [requests('500')]: '0+1x60',
      [requests('200', 'registry-6c5d8f7b9c-z4')]: '0+1000x60',
    }),
    silent('all of a few, which ask for one broken image', { [requests('500')]: '0 0 0 0 0 1 1 1 1 1x60' }),
    silent('refused logins and unknown images', {
      [requests('401')]: '0+50x60',
      [requests('404')]: '0+50x60',
    }),
    silent('for four minutes', { [requests('200')]: '0+94x60', [requests('503')]: '0x30 0+30x4 120x30' }, 34),
    silent('a restart, which counts from 0', {
      [requests('200')]: '0+100x20 0+100x40',
      [requests('500')]: '900x20 0x40',
    }),
    silent('a gap', { [requests('200')]: '0+100x15 _x10 2500+100x30', [requests('500')]: '7x15 _x10 7x30' }),
  ],
  [RegistryAlert.MANIFESTS_SLOW]: [
    fires('2 % take longer than a second', manifests(2)),
    silent('none do', manifests(0)),
    silent('half a percent do', manifests(1, 200)),
    silent('one of few', manifests(1, 1)),
    silent('pushes', manifests(50, 100, 'put')),
    silent('for a few minutes', manifests(100, 100), 8),
  ],
  [RegistryAlert.STORAGE_SLOW]: [
    fires('2 % take longer than a second', storage('Stat', 2)),
    silent('none do', storage('Stat', 0)),
    silent('half a percent do', storage('GetContent', 1, 200)),
    silent('listing, which takes as long as the list', storage('List', 100)),
  ],
  [RegistryAlert.DESCRIPTOR_CACHE_FAILS]: [
    fires('no lookup is answered', lookups('0+10x60', '0x60')),
    fires('none of one pod', { ...lookups('0+10x60', '0x60'), ...lookups('0+10x60', '0+5x60', `${POD}2`) }),
    fires('none since Redis is away', lookups('0+20x60', '0+12x20 240x40'), 50),
    silent('each layer once, by a cache that works', lookups('0+21x60', '0+9x60')),
    silent('few lookups', lookups('0+6x60', '0x60')),
    silent('for a quarter of an hour', lookups('0+20x60', '0+12x26 324x40')),
    silent('nobody pulls', lookups('0x60', '0x60')),
  ],
  [RegistryAlert.VOLUME_NEARLY_FULL]: [
    fires('9 % free', filled(`${9 * GIB}x60`)),
    silent('11 % free', filled(`${11 * GIB}x60`)),
    silent('for three minutes', filled(`${50 * GIB}x36 ${9 * GIB}x20`)),
    silent('another claim', filled(`${GIB}x60`, 'registry-two')),
    silent('the kubelet is away', filled(`${50 * GIB}x10 stale`)),
    fires('on two nodes', {
      ...filled(`${9 * GIB}x60`),
      [volume('available', 'b')]: `${9 * GIB}x60`,
      [volume('capacity', 'b')]: `${100 * GIB}x60`,
    }),
  ],
  [RegistryAlert.VOLUME_FILLING]: [
    fires('a quarter is free, and 12 GiB a day are pushed', filled(`${37 * GIB}-${GIB / 4}x60`), 1500),
    silent('a quarter is free, and 6 GiB a day are pushed', filled(`${31 * GIB}-${GIB / 8}x60`), 1500),
    silent('half is free', filled(`${74 * GIB}-${GIB / 2}x60`), 1500),
    silent('a collection freed space', filled(`${20 * GIB}x23 ${28 * GIB}x30`), 1500),
    silent('a gap', filled(`${20 * GIB}x23 _x4 ${20 * GIB}x30`), 1500),
  ],
  [RegistryAlert.CERTIFICATE_ENDING]: [
    fires('13 days are left', { [certificate('namespace="registry"')]: `${13 * DAYS}x120` }, 90),
    fires(
      'the namespace is that of cert-manager',
      {
        [certificate('namespace="cert-manager", exported_namespace="registry"')]: `${13 * DAYS}x120`,
      },
      90,
    ),
    silent('15 days are left', { [certificate('namespace="registry"')]: `${15 * DAYS}x120` }, 90),
    silent(
      'a Certificate of another namespace',
      {
        [certificate('namespace="registry", exported_namespace="other"')]: `${DAYS}x120`,
        [certificate('namespace="third"')]: `${DAYS}x120`,
      },
      90,
    ),
    fires(
      'as clients see it',
      {
        [`probe_ssl_earliest_cert_expiry{${PROBE}}`]: `${13 * DAYS}x120`,
        [`probe_success{${PROBE}}`]: '1x120',
      },
      90,
    ),
    silent(
      'as clients see it, 15 days are left',
      { [`probe_ssl_earliest_cert_expiry{${PROBE}}`]: `${15 * DAYS}x120` },
      90,
    ),
  ],
  [RegistryAlert.UNREACHABLE]: [
    fires('the probe fails', { [`probe_success{${PROBE}}`]: '0x60' }),
    silent('it fails now and then', { [`probe_success{${PROBE}}`]: '1 0 0 0 1 0 0 0 1x30 0 0' }),
    silent('another probe fails', { 'probe_success{job="probe", instance="https://other"}': '0x60' }),
  ],
  [RegistryAlert.CRON_JOB_FAILED]: [
    fires('the last Job failed', {
      ...jobOf('registry-backup-1', 600, '_x10 1x60'),
      [cronJob('status_last_successful_time')]: '300x60',
    }),
    fires('the first Job failed', jobOf('registry-backup-1', 600, '_x10 1x60')),
    silent('a Job after it succeeded', {
      ...jobOf('registry-backup-1', 600, '_x10 1x60'),
      [cronJob('status_last_successful_time')]: '300x30 1800x30',
    }),
    silent('a Job is running', jobOf('registry-backup-1', 600, '_x60')),
    silent('a Job of somebody else failed', jobOf('other-1', 600, '_x10 1x60', 'other')),
    fires('the second one of two', {
      ...jobOf('registry-backup-1', 600, '_x60'),
      ...jobOf('registry-backup-2', 1200, '_x20 1x60'),
      [cronJob('status_last_successful_time')]: '700x60',
    }),
  ],
  [RegistryAlert.CRON_JOB_MISSED]: [
    fires(
      'no success for 27 hours',
      {
        ...replicas('1x100', '1x100'),
        [cronJob('created')]: '0x100',
        [cronJob('status_last_successful_time')]: `${5 * HOURS}x100`,
      },
      32 * 60,
    ),
    silent(
      'no success for 25 hours',
      {
        ...replicas('1x100', '1x100'),
        [cronJob('created')]: '0x100',
        [cronJob('status_last_successful_time')]: `${5 * HOURS}x100`,
      },
      30 * 60,
    ),
    fires('never, since it was made', { [cronJob('created')]: `${2 * HOURS}x100` }, 29 * 60),
    silent('new', { [cronJob('created')]: `${20 * HOURS}x100` }, 29 * 60),
    fires('it is not there', replicas('1x60', '1x60'), 120),
    silent('kube-state-metrics is away', { [cronJob('created')]: '0x2 stale' }, 120),
    silent(
      'kube-state-metrics is another pod now',
      {
        [cronJob('created')]: '0x2 stale',
        [cronJob('created').replace(KUBE, OTHER_KUBE)]: '_x3 0x40',
      },
      120,
    ),
  ],
  // Of a Schedule at one o'clock: 30 hours.
  [RegistryAlert.BACKUP_MISSED]: [
    fires(
      'the last complete one is 31 hours old',
      { [backup('attempt_total')]: '0x100', [backup(LAST_BACKUP)]: `${1 * HOURS}x100` },
      32 * 60,
    ),
    silent(
      'the last complete one is 29 hours old',
      { [backup('attempt_total')]: '0x100', [backup(LAST_BACKUP)]: `${1 * HOURS}x100` },
      30 * 60,
    ),
    fires('Velero has known the Schedule for 31 hours', { [backup('attempt_total')]: '0x100' }, 31 * 60),
    silent('a new Schedule', { [backup('attempt_total')]: '_x10 0x100' }, 31 * 60),
    silent(
      'the first one of a new Schedule is complete',
      {
        [backup('attempt_total')]: '0 1x100',
        [backup(LAST_BACKUP)]: `_x50 ${25 * HOURS}x50`,
      },
      40 * 60,
    ),
    fires(
      'none is left after Velero began anew',
      { [backup('attempt_total')]: '3x100', [backup(LAST_BACKUP)]: `${2 * HOURS}x20 stale` },
      31 * 60,
    ),
    silent(
      'Velero is another pod now',
      {
        [backup('attempt_total')]: '3x50 stale',
        [backup('attempt_total', 'registry.registry', '10.0.3.2:8085')]: '_x51 0x50',
        [backup(LAST_BACKUP)]: `${24 * HOURS}x50 stale`,
        [backup(LAST_BACKUP, 'registry.registry', '10.0.3.2:8085')]: `_x51 ${24 * HOURS}x50`,
      },
      40 * 60,
    ),
    silent(
      'another Schedule',
      {
        [backup('attempt_total', 'registry.other')]: '0x100',
        [backup(LAST_BACKUP, 'registry.other')]: '0x100',
      },
      40 * 60,
    ),
  ],
  [RegistryAlert.METRICS_MISSING]: [
    fires('no target', {}),
    fires('targets that are down', { [`up{${ofPod(POD)}}`]: '0x60' }),
  ],
};

/** With all of these no exporter is missing. */
export const ALL_THERE: Series = {
  [`up{${ofPod(POD)}}`]: '1x60',
  ...replicas('1x60', '1x60'),
  ...filled(`${50 * GIB}x60`),
  [certificate('namespace="registry"')]: `${80 * DAYS}x60`,
  [`probe_success{${PROBE}}`]: '1x60',
  [`probe_ssl_earliest_cert_expiry{${PROBE}}`]: `${80 * DAYS}x60`,
  [cronJob('created')]: '0x60',
  [backup('attempt_total')]: '0x60',
  [backup(LAST_BACKUP)]: '0x60',
};
