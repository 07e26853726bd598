// A real Prometheus over real registries on a real S3 server: every query of alerts and dashboards finds what it asks for, and
// alerts go from pending to firing when the storage is slow or refuses, and when the registry is gone. Periods of minutes are
// seconds here. `PROVE_ALERTS=1` runs what takes half a minute.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import {
  AlertExporter,
  DescriptorCache,
  Registry,
  RegistryAlert,
  RegistryAlerts,
  RegistryCredentials,
  RegistryDashboard,
  RegistryVersion,
  StorageBackend,
} from '../../lib';
import { describeWith } from '../../tools/programs';
import { RunningCache } from '../caches/running-cache';
import { Upstream } from '../caches/upstream';
import { manifest, newChart, problemsIn } from '../support/synth';
import { RunningPrometheus, RunningRegistry } from './processes';
import { BUCKET, S3WithFaults } from './s3-with-faults';

/** Whether there is half a minute for faults: `npm run prove`. */
const PROVES = process.env.PROVE_ALERTS === '1';

/** What other exporters serve, with the names and labels of their documentation. */
const OTHERS = `
kube_deployment_spec_replicas{namespace="registry",deployment="registry"} 1
kube_deployment_status_replicas_available{namespace="registry",deployment="registry"} 1
kube_pod_container_resource_limits{namespace="registry",pod="registry-6c5d8f7b9c-x2x4z",container="registry",resource="memory",unit="byte",node="a",uid="1"} 5e+08
kubelet_volume_stats_available_bytes{namespace="registry",persistentvolumeclaim="registry"} 5e+10
kubelet_volume_stats_capacity_bytes{namespace="registry",persistentvolumeclaim="registry"} 1e+11
kubelet_volume_stats_used_bytes{namespace="registry",persistentvolumeclaim="registry"} 5e+10
certmanager_certificate_expiration_timestamp_seconds{namespace="registry",name="registry-tls",issuer_name="ca",issuer_kind="Issuer",issuer_group="cert-manager.io"} 4e+09
kube_cronjob_created{namespace="registry",cronjob="registry-backup"} 1
kube_cronjob_status_last_successful_time{namespace="registry",cronjob="registry-backup"} 1.7e+09
kube_job_owner{namespace="registry",job_name="registry-backup-1",owner_kind="CronJob",owner_name="registry-backup",owner_is_controller="true"} 1
kube_job_status_start_time{namespace="registry",job_name="registry-backup-1"} 1.6e+09
kube_job_failed{namespace="registry",job_name="registry-backup-1",condition="true"} 1
`;

function registryOf(program: 'registry2' | 'registry3', s3: number) {
  const chart = newChart();
  const backend =
    s3 === 0
      ? undefined
      : StorageBackend.s3({ bucket: BUCKET, endpoint: `http://127.0.0.1:${s3}`, region: 'us-east-1' });
  const registry = new Registry(chart, 'registry', {
    auth: { credentials: RegistryCredentials.anonymous() },
    storage: { backend, descriptorCache: DescriptorCache.inMemory() },
    version: program === 'registry2' ? RegistryVersion.V2 : RegistryVersion.V3,
    image: program === 'registry2' ? 'registry:2.8.3' : 'registry:3.1.1',
    host: 'registry.example.com',
    ingress: {},
    caches: [{ upstream: 'docker.io', metrics: {} }],
    metrics: { serviceMonitor: {} },
  });
  return { chart, registry };
}

describeWith('Prometheus over a registry', ['prometheus', 'registry2', 'registry3', 'moto'], () => {
  let s3: S3WithFaults;
  let others: Server;
  let cache: RunningCache;
  let prometheus: RunningPrometheus;
  const running: { stop(): Promise<void> }[] = [];
  const registries = new Map<'registry2' | 'registry3', RunningRegistry>();
  const load = { parallel: 0, stopped: false, ended: Promise.resolve() };

  beforeAll(async () => {
    s3 = await S3WithFaults.start();
    running.push(s3);
    const upstream = await new Upstream().start();
    running.push({ stop: () => upstream.goAway() });
    upstream.push('1.0', 'hello');
    cache = new RunningCache({ upstream, metrics: true });
    running.push(cache);
    await cache.start();
    for (const program of ['registry2', 'registry3'] as const) {
      const { registry } = registryOf(program, s3.port);
      const configuration = registry.deployment.configuration.toYaml();
      const one = new RunningRegistry();
      running.push(one);
      await one.start(program, configuration);
      registries.set(program, one);
      await one.push('1.0');
    }
    others = createServer((_, answer) => void answer.end(OTHERS)).listen(0, '127.0.0.1');
    await once(others, 'listening');
    const port = (others.address() as { port: number }).port;
    const target = (metricsPort: number) => [
      {
        targets: [`127.0.0.1:${metricsPort}`],
        labels: { namespace: 'registry', pod: 'registry-6c5d8f7b9c-x2x4z', service: 'registry-metrics' },
      },
    ];
    const configuration = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.json'],
      scrape_configs: [
        {
          job_name: 'registry-metrics',
          static_configs: target(registries.get('registry3')?.metricsPort ?? 0),
        },
        {
          job_name: 'registry2-metrics',
          static_configs: target(registries.get('registry2')?.metricsPort ?? 0),
        },
        { job_name: 'registry-cache-docker-io-metrics', static_configs: target(cache.metricsPort) },
        {
          job_name: 'others',
          honor_labels: true,
          static_configs: [{ targets: [`127.0.0.1:${port}`] }],
        },
      ],
    };
    prometheus = new RunningPrometheus();
    running.push(prometheus);
    await prometheus.start(JSON.stringify(configuration), rules());
    load.parallel = 2;
    load.ended = clients();
  });
  afterAll(async () => {
    load.stopped = true;
    await load.ended;
    for (const one of running.splice(0).reverse()) await one.stop();
    others?.closeAllConnections();
    others?.close();
  });

  /** Clients that pull all the time, from both. */
  async function clients(): Promise<void> {
    while (!load.stopped) {
      const pulls = [...registries.values()].flatMap((one) =>
        Array.from({ length: load.parallel }, () => one.get('manifests/1.0')),
      );
      const others = [...registries.values()].flatMap((one) => [
        one.get('manifests/none'),
        one.get(`blobs/${one.blob}`),
      ]);
      await Promise.all([...pulls, ...others, cache.pull('1.0')]);
      await sleep(100);
    }
  }

  /** Alerts in the order in which they become pending and firing. */
  async function until(names: readonly string[]): Promise<string[]> {
    const seen: string[] = [];
    for (let tries = 0; tries < 300; tries += 1) {
      for (const { labels, state } of await prometheus.alerts()) {
        const entry = `${labels.alertname} ${state}`;
        if (!seen.includes(entry)) seen.push(entry);
      }
      if (names.every((name) => seen.includes(`${name} firing`))) return seen;
      await sleep(100);
    }
    throw new Error(`only these are seen: ${seen.join(', ')}`);
  }

  test.each([
    ['registry3', 'registry-metrics'],
    ['registry2', 'registry2-metrics'],
  ] as const)('each query of the dashboard of %s returns data', async (program, job) => {
    const { chart, registry } = registryOf(program, 0);
    new RegistryDashboard(chart, 'dashboard', {
      registry,
      job,
      exporters: Object.values(AlertExporter),
      certificateName: 'registry-tls',
      cronJobs: ['registry-backup'],
    });
    expect(problemsIn(chart)).toEqual([]);
    const [text = ''] = Object.values<string>(manifest(chart, 'ConfigMap/registry-dashboard').data);
    const panels = JSON.parse(text).panels as { targets: { expr: string }[] }[];
    const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(25);
    let empty = queries;
    for (let tries = 0; empty.length > 0 && tries < 100; tries += 1) {
      const found = await Promise.all(
        empty.map((expr) => prometheus.query(expr.replaceAll('$__rate_interval', '10s'))),
      );
      empty = empty.filter((_, index) => !found[index]?.some((value) => Number.isFinite(value)));
      await sleep(200);
    }
    expect(empty).toEqual([]);
  });

  test.each(['registry-metrics', 'registry2-metrics'])(
    'each series and label that an alert asks of job %s is there',
    async (job) => {
      const asked = [
        'registry_http_requests_total{code="200", handler="manifest", method="get"}',
        'registry_http_request_duration_seconds_bucket{handler="manifest", method="get", le="1"}',
        'registry_http_request_duration_seconds_count{handler="manifest", method="get"}',
        'registry_storage_action_seconds_bucket{action="Stat", driver="s3aws", le="1"}',
        'registry_storage_action_seconds_count{action="GetContent", driver="s3aws"}',
        'up{}',
      ];
      for (const selector of asked) {
        const own = selector.replace('{', `{job="${job}", namespace="registry", `);
        const found = async () => (await prometheus.query(own)).length;
        for (let tries = 0; tries < 100 && (await found()) !== 1; tries += 1) await sleep(300);
        expect([selector, await found()]).toEqual([selector, 1]);
      }
    },
  );

  test('no alert of the registry while all is well', async () => {
    const firing = async () => (await prometheus.alerts()).filter(({ state }) => state === 'firing');
    // A machine that stands still for seconds is not well.
    for (let tries = 0; tries < 100 && (await firing()).length > 0; tries += 1) await sleep(300);
    expect(await firing()).toEqual([]);
  });

  if (!PROVES) return;

  test('a slow storage', async () => {
    s3.delay = 3000;
    load.parallel = 40;
    const slow = [RegistryAlert.STORAGE_SLOW, RegistryAlert.MANIFESTS_SLOW];
    const seen = await until(slow);
    for (const name of slow)
      expect(seen).toEqual(expect.arrayContaining([`${name} pending`, `${name} firing`]));
    s3.delay = 0;
  });

  test('a storage that refuses reads', async () => {
    s3.refuses = true;
    load.parallel = 4;
    const seen = await until([RegistryAlert.ERRORS]);
    const order = seen.filter((entry) => entry.startsWith(RegistryAlert.ERRORS));
    expect(order).toEqual(['RegistryErrors pending', 'RegistryErrors firing']);
    s3.refuses = false;
  });

  test('a registry that is gone', async () => {
    await registries.get('registry3')?.stop();
    const seen = await until([RegistryAlert.METRICS_MISSING]);
    expect(seen).toContain(`${RegistryAlert.METRICS_MISSING} pending`);
  });
});

/** The rules, with seconds in place of minutes; CronJobs and probes aside, which no process of the test is. */
function rules(): string {
  const { chart, registry } = registryOf('registry3', 0);
  new RegistryAlerts(chart, 'alerts', {
    registry,
    exporters: [AlertExporter.KUBE_STATE_METRICS, AlertExporter.KUBELET],
    // This machine and its S3 server may be busy.
    thresholds: { manifestLatency: Duration.millis(2500), storageLatency: Duration.millis(2500) },
    without: [RegistryAlert.VOLUME_FILLING],
  });
  const { spec } = manifest(chart, 'PrometheusRule/registry-alerts');
  return JSON.stringify(spec)
    .replaceAll('[10m]', '[10s]')
    .replace(/"for":"\d+[ms]"/g, '"for":"2s"');
}
