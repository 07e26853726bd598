// Alerts about Deployments, pods and CronJobs, by the metrics of kube-state-metrics. `max by` keeps a restart of
// kube-state-metrics, or a second one, from making other series of the same object.
import type { Alert } from './alert';
import { AlertExporter, RegistryAlert } from './alert-names';
import type { Thresholds } from './alert-thresholds';
import { deploymentsOf, inNamespace, type Monitored, type WatchedCronJob } from './monitored';
import { oneOf, podsOf } from './promql';

const exporter = AlertExporter.KUBE_STATE_METRICS;
const BY_DEPLOYMENT = 'max by (namespace, deployment)';
const BY_CONTAINER = 'max by (namespace, pod, container)';
const RESTARTS = 'kube_pod_container_status_restarts_total';

/** The alerts about Deployments and pods. */
export function deploymentRules(of: Monitored, limits: Thresholds): Alert[] {
  return [unavailable(of, limits), replicasMissing(of), crashLooping(of), outOfMemory(of)];
}

/** Whether kube-state-metrics is there: what it always says of the registry. */
export function deploymentSeries(of: Monitored): string {
  return inNamespace(of, 'kube_deployment_spec_replicas', { deployment: of.name });
}

function unavailable(of: Monitored, limits: Thresholds): Alert {
  const available = inNamespace(of, 'kube_deployment_status_replicas_available', { deployment: of.name });
  return {
    name: RegistryAlert.UNAVAILABLE,
    severity: 'critical',
    exporter,
    // A registry that somebody scaled to 0 is not broken.
    expr: [`${BY_DEPLOYMENT} (${available}) == 0`, `and ${BY_DEPLOYMENT} (${deploymentSeries(of)}) > 0`].join(
      '\n',
    ),
    for: limits.unavailable,
    summary: `Registry ${of.name} is down.`,
    description:
      'No pod of it is available: none can be pulled from or pushed to. Its pods do not start, or the storage does not answer them.',
  };
}

function replicasMissing(of: Monitored): Alert {
  const deployment = oneOf(deploymentsOf(of));
  const [wanted, available] = ['spec_replicas', 'status_replicas_available'].map(
    (metric) => `${BY_DEPLOYMENT} (${inNamespace(of, `kube_deployment_${metric}`, { deployment })})`,
  );
  const none = `${BY_DEPLOYMENT} (${inNamespace(of, 'kube_deployment_status_replicas_available', { deployment: of.name })}) == 0`;
  return {
    name: RegistryAlert.REPLICAS_MISSING,
    severity: 'warning',
    exporter,
    expr: `${wanted} > ${available}\nunless ${none}`,
    for: '15m',
    summary: `Pods of registry ${of.name} are missing.`,
    description:
      'The Deployment {{ $labels.deployment }} has fewer available pods than the {{ $value }} that it should have.',
  };
}

function crashLooping(of: Monitored): Alert {
  const pod = podsOf(deploymentsOf(of));
  return {
    name: RegistryAlert.CRASH_LOOPING,
    severity: 'warning',
    exporter,
    // Prometheus extrapolates: two restarts may count as 2.1.
    expr: `${BY_CONTAINER} (increase(${inNamespace(of, RESTARTS, { pod })}[30m])) > 2.5`,
    summary: `A container of registry ${of.name} restarts again and again.`,
    description:
      'The container {{ $labels.container }} of pod {{ $labels.pod }} restarted more than twice in half an hour.',
  };
}

function outOfMemory(of: Monitored): Alert {
  const pod = podsOf(deploymentsOf(of));
  const killed = inNamespace(of, 'kube_pod_container_status_last_terminated_reason', {
    pod,
    reason: 'OOMKilled',
  });
  return {
    name: RegistryAlert.OUT_OF_MEMORY,
    severity: 'warning',
    exporter,
    expr: [
      `${BY_CONTAINER} (increase(${inNamespace(of, RESTARTS, { pod })}[15m])) > 0`,
      `and ${BY_CONTAINER} (${killed}) == 1`,
    ].join('\n'),
    summary: `A container of registry ${of.name} ran out of memory.`,
    description:
      'The container {{ $labels.container }} of pod {{ $labels.pod }} was killed, for it used more memory than its limit. What it was asked for meanwhile failed.',
  };
}

/** The alerts about CronJobs. */
export function cronJobRules(of: Monitored, cronJobs: readonly WatchedCronJob[]): Alert[] {
  if (cronJobs.length === 0) return [];
  return [failed(of, cronJobs), ...cronJobs.map((cronJob) => missed(of, cronJob))];
}

/** A Job of it failed, and it did not succeed since. */
function failed(of: Monitored, cronJobs: readonly WatchedCronJob[]): Alert {
  const names = oneOf(cronJobs.map(({ name }) => name));
  const owner = inNamespace(of, 'kube_job_owner', { owner_kind: 'CronJob', owner_name: names });
  const start = `max by (namespace, job_name) (${inNamespace(of, 'kube_job_status_start_time')})`;
  const condition = inNamespace(of, 'kube_job_failed', { condition: 'true' });
  const failure = [
    'max by (namespace, cronjob) (',
    `  ${start}`,
    `  * on (namespace, job_name) group_left (cronjob) max by (namespace, job_name, cronjob) (label_replace(${owner}, "cronjob", "$1", "owner_name", "(.*)"))`,
    `  and on (namespace, job_name) ${condition} == 1`,
    ')',
  ].join('\n');
  const success = inNamespace(of, 'kube_cronjob_status_last_successful_time', { cronjob: names });
  return {
    name: RegistryAlert.CRON_JOB_FAILED,
    severity: 'warning',
    exporter,
    expr: `${failure}\nunless max by (namespace, cronjob) (${success}) > ${failure}`,
    summary: `A CronJob of registry ${of.name} fails.`,
    description:
      'A Job of the CronJob {{ $labels.cronjob }} failed, and none succeeded since. The log of its pod has the reason.',
  };
}

/** No success for too long; never, since it was made; or it isn't there, although others are. */
function missed(of: Monitored, { name, seconds }: WatchedCronJob): Alert {
  const [success, created] = ['status_last_successful_time', 'created'].map((metric) =>
    inNamespace(of, `kube_cronjob_${metric}`, { cronjob: name }),
  );
  return {
    name: RegistryAlert.CRON_JOB_MISSED,
    severity: 'warning',
    exporter,
    expr: [
      `time() - max by (namespace, cronjob) (${success} or ${created}) > ${seconds}`,
      `or absent(${created}) and on () ${deploymentSeries(of)}`,
    ].join('\n'),
    for: '15m',
    summary: `The CronJob ${name} of registry ${of.name} does not succeed.`,
    description: `It did not succeed for longer than ${shownHours(seconds)}: its runs fail or never end, it is suspended, or it is not there.`,
  };
}

/** A time in hours or days. */
export function shownHours(seconds: number): string {
  const hours = seconds / 3600;
  return hours < 72 ? `${Math.round(hours * 10) / 10} hours` : `${Math.round(hours / 2.4) / 10} days`;
}
