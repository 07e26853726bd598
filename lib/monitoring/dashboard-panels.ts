// The panels of a registry's dashboard, and what each asks Prometheus.
import { AlertExporter } from './alert-names';
import { certificateSeries } from './certificate-rules';
import { lookupsOf } from './descriptor-cache-rules';
import { deploymentsOf, inNamespace, type Monitored, own } from './monitored';
import { like, oneOf, podsOf, series } from './promql';
import { volumeSeries } from './volume-rules';

/** A panel. */
export interface Panel {
  readonly title: string;
  readonly description: string;
  /** One number, or lines over time. */
  readonly type: 'stat' | 'timeseries';
  /** Grafana's name of the unit. */
  readonly unit: string;
  readonly queries: readonly Query[];
}

/** A query, and what its series are called. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** What a dashboard is about, besides the registry. */
export interface Shown {
  readonly exporters: readonly AlertExporter[];
  readonly cronJobs: readonly string[];
}

/** Grafana's interval that always spans several scrapes. */
const INTERVAL = '$__rate_interval';
const REQUESTS = 'registry_http_requests_total';
const PULLS = { handler: 'manifest', method: 'get' };

/** The panels of a registry: numbers first. */
export function panelsOf(of: Monitored, { exporters, cronJobs }: Shown): Panel[] {
  const kube = exporters.includes(AlertExporter.KUBE_STATE_METRICS);
  const kubelet = exporters.includes(AlertExporter.KUBELET) && of.claim !== undefined;
  const certificate = exporters.includes(AlertExporter.CERT_MANAGER) ? certificateSeries(of) : undefined;
  return [
    ...(kube ? [pods(of)] : []),
    requests(of),
    failures(of),
    latency(of),
    ...(kubelet ? [volumeFree(of)] : []),
    ...(certificate === undefined ? [] : [daysLeft(certificate)]),
    requestsByCode(of),
    failuresByPod(of),
    latencies(of),
    inFlight(of),
    storageActions(of),
    storageLatencies(of),
    ...(of.descriptorCache ? [descriptorCache(of)] : []),
    ...cachesOf(of),
    memory(of, kube),
    cpu(of),
    ...(kubelet ? [volume(of)] : []),
    ...(kube ? [replicas(of)] : []),
    ...(kube && cronJobs.length > 0 ? [cronJobAges(of, cronJobs), failedJobs(of, cronJobs)] : []),
  ];
}

const rate = (selector: string) => `rate(${selector}[${INTERVAL}])`;
const quantile = (q: number, by: string, selector: string) =>
  `histogram_quantile(${q}, sum by (${by}) (${rate(selector)}))`;

function stat(title: string, description: string, unit: string, expr: string): Panel {
  return { title, description, type: 'stat', unit, queries: [{ expr, legend: title }] };
}

function graph(title: string, description: string, unit: string, queries: readonly Query[]): Panel {
  return { title, description, type: 'timeseries', unit, queries };
}

const pods = (of: Monitored) =>
  stat(
    'Available pods',
    'Pods of the registry that get requests.',
    'none',
    `max(${inNamespace(of, 'kube_deployment_status_replicas_available', { deployment: of.name })})`,
  );

const requests = (of: Monitored) =>
  stat(
    'Requests',
    'Requests of all pods. Probes are not counted.',
    'reqps',
    `sum(${rate(own(of, REQUESTS))})`,
  );

const failures = (of: Monitored) =>
  stat(
    'Server errors',
    'The part of the requests that were answered with 5xx.',
    'percentunit',
    `sum(${rate(own(of, REQUESTS, { code: like('5..') }))} or 0 * ${rate(own(of, REQUESTS))}) / sum(${rate(own(of, REQUESTS))})`,
  );

const latency = (of: Monitored) =>
  stat(
    'Manifests, 99 %',
    'Within which 99 % of the GETs of manifests were answered.',
    's',
    quantile(0.99, 'le', own(of, 'registry_http_request_duration_seconds_bucket', PULLS)),
  );

const volumeFree = (of: Monitored) =>
  stat(
    'Volume free',
    `The part of the claim ${of.claim} that is free.`,
    'percentunit',
    `max(${volumeSeries(of, 'available')} / ${volumeSeries(of, 'capacity')})`,
  );

const daysLeft = (certificate: string) =>
  stat('Certificate', 'How long it is valid.', 's', `max(${certificate}) - time()`);

const requestsByCode = (of: Monitored) =>
  graph('Requests by code', '401 is normal: many clients ask without a login first.', 'reqps', [
    { expr: `sum by (code) (${rate(own(of, REQUESTS))})`, legend: '{{code}}' },
  ]);

const failuresByPod = (of: Monitored) =>
  graph(
    'Server errors by pod',
    'The part of the requests of each pod that were answered with 5xx.',
    'percentunit',
    [
      {
        expr: `sum by (pod) (${rate(own(of, REQUESTS, { code: like('5..') }))} or 0 * ${rate(own(of, REQUESTS))}) / sum by (pod) (${rate(own(of, REQUESTS))})`,
        legend: '{{pod}}',
      },
    ],
  );

const latencies = (of: Monitored) =>
  graph('Latency by request', 'Blobs include the time that the client takes to read or send them.', 's', [
    {
      expr: quantile(0.5, 'handler, method, le', own(of, 'registry_http_request_duration_seconds_bucket')),
      legend: '50 % {{method}} {{handler}}',
    },
    {
      expr: quantile(0.99, 'handler, method, le', own(of, 'registry_http_request_duration_seconds_bucket')),
      legend: '99 % {{method}} {{handler}}',
    },
  ]);

const inFlight = (of: Monitored) =>
  graph('Requests in flight', 'It rises while the storage hangs.', 'none', [
    { expr: `sum by (handler) (${own(of, 'registry_http_in_flight_requests')})`, legend: '{{handler}}' },
  ]);

const storageActions = (of: Monitored) =>
  graph('Storage actions', 'Each is one or more requests to an object store.', 'ops', [
    {
      expr: `sum by (action) (${rate(own(of, 'registry_storage_action_seconds_count'))})`,
      legend: '{{action}}',
    },
  ]);

const storageLatencies = (of: Monitored) =>
  graph('Storage, 99 %', 'Within which 99 % of each action were done.', 's', [
    {
      expr: quantile(0.99, 'action, le', own(of, 'registry_storage_action_seconds_bucket')),
      legend: '{{action}}',
    },
  ]);

function descriptorCache(of: Monitored): Panel {
  const { all, hits } = lookupsOf(of);
  return graph(
    'Descriptor cache',
    'The part of the lookups of layers that the cache answered.',
    'percentunit',
    [{ expr: `sum(${rate(hits)}) / sum(${rate(all)})`, legend: 'hits' }],
  );
}

function cachesOf({ namespace, caches }: Monitored): Panel[] {
  if (caches.length === 0) return [];
  const of = { namespace, job: oneOf(caches.map(({ job }) => job)) };
  const sum = (metric: string) => `sum by (job) (${rate(series(`registry_proxy_${metric}_total`, of))})`;
  return [
    graph('Pull-through caches, hits', 'The part of what was pulled that was cached.', 'percentunit', [
      { expr: `${sum('hits')} / ${sum('requests')}`, legend: '{{job}}' },
    ]),
    graph('Pull-through caches, bytes', 'What was fetched from the upstream, and what clients got.', 'Bps', [
      { expr: sum('pulled_bytes'), legend: '{{job}} fetched' },
      { expr: sum('pushed_bytes'), legend: '{{job}} served' },
    ]),
  ];
}

function memory(of: Monitored, kube: boolean): Panel {
  const limit = inNamespace(of, 'kube_pod_container_resource_limits', {
    pod: podsOf([of.name]),
    container: 'registry',
    resource: 'memory',
  });
  return graph('Memory', 'A container that needs more than its limit is killed.', 'bytes', [
    { expr: `sum by (pod) (${own(of, 'process_resident_memory_bytes')})`, legend: '{{pod}}' },
    ...(kube ? [{ expr: `max(${limit})`, legend: 'limit' }] : []),
  ]);
}

const cpu = (of: Monitored) =>
  graph('CPU', 'Seconds of a core in each second.', 'none', [
    { expr: `sum by (pod) (${rate(own(of, 'process_cpu_seconds_total'))})`, legend: '{{pod}}' },
  ]);

const volume = (of: Monitored) =>
  graph(
    'Volume',
    `Space of the claim ${of.claim}. Deleting images frees none before garbage is collected.`,
    'bytes',
    [
      { expr: `max(${volumeSeries(of, 'used')})`, legend: 'used' },
      { expr: `max(${volumeSeries(of, 'capacity')})`, legend: 'capacity' },
    ],
  );

function replicas(of: Monitored): Panel {
  const deployment = oneOf(deploymentsOf(of));
  const by = (metric: string) =>
    `max by (deployment) (${inNamespace(of, `kube_deployment_${metric}`, { deployment })})`;
  return graph('Pods', 'Those that are available, and those that should be.', 'none', [
    { expr: by('status_replicas_available'), legend: '{{deployment}}' },
    { expr: by('spec_replicas'), legend: '{{deployment}} wanted' },
  ]);
}

const cronJobAges = (of: Monitored, names: readonly string[]) =>
  graph('CronJobs, last success', 'How long ago it was.', 's', [
    {
      expr: `time() - max by (cronjob) (${inNamespace(of, 'kube_cronjob_status_last_successful_time', { cronjob: oneOf(names) })})`,
      legend: '{{cronjob}}',
    },
  ]);

function failedJobs(of: Monitored, names: readonly string[]): Panel {
  const owner = inNamespace(of, 'kube_job_owner', { owner_kind: 'CronJob', owner_name: oneOf(names) });
  const failed = inNamespace(of, 'kube_job_failed', { condition: 'true' });
  return graph('CronJobs, failed Jobs', 'Those that Kubernetes still keeps.', 'none', [
    {
      expr: `count by (owner_name) (max by (job_name, owner_name) (${owner}) and on (job_name) ${failed} == 1) or 0 * max by (owner_name) (${owner})`,
      legend: '{{owner_name}}',
    },
  ]);
}
