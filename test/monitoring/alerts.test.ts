// Which alerts a registry gets, and what each says. When they fire is in test/monitoring/alerts.slow.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  AlertExporter,
  CopyEndpoint,
  Registry,
  RegistryAlert,
  RegistryAlerts,
  type RegistryAlertsOptions,
  RegistryCache,
  RegistryCertificate,
  RegistryCollection,
  RegistryCopy,
  type RegistryProps,
  RegistryRetention,
  RegistrySnapshots,
  RegistryVerification,
  RetentionRule,
  StorageBackend,
} from '../../lib';
import { readPage } from '../support/page';
import { ROOT } from '../support/project';
import { manifest, manifestsIn, newChart, newChartWithStore, problemsIn } from '../support/synth';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

function alertsOf(options: RegistryAlertsOptions = {}, props: RegistryProps = {}): Rule[] {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { metrics: { serviceMonitor: {} }, ...props });
  new RegistryAlerts(chart, 'alerts', { registry, ...options });
  expect(problemsIn(chart)).toEqual([]);
  return rulesIn(chart);
}

function rulesIn(chart: ReturnType<typeof newChart>): Rule[] {
  const { groups } = manifest(chart, 'PrometheusRule/registry-alerts').spec;
  expect(groups.map(({ name }: { name: string }) => name)).toEqual(['registry-alerts']);
  return groups[0].rules;
}

const namesOf = (rules: readonly Rule[]) => [...new Set(rules.map(({ alert }) => alert))];
const { METRICS_MISSING } = RegistryAlert;
const exportersMissing = (rules: readonly Rule[]) =>
  rules.filter(({ alert }) => alert === METRICS_MISSING).map(({ labels }) => labels.exporter);

test('by default, those of the registry, kube-state-metrics and kubelets', () => {
  const rules = alertsOf();
  expect(namesOf(rules)).toEqual([
    'RegistryUnavailable',
    'RegistryReplicasMissing',
    'RegistryCrashLooping',
    'RegistryOutOfMemory',
    'RegistryErrors',
    'RegistryManifestsSlow',
    'RegistryStorageSlow',
    'RegistryVolumeNearlyFull',
    'RegistryVolumeFilling',
    'RegistryMetricsMissing',
  ]);
  expect(exportersMissing(rules)).toEqual(['kube-state-metrics', 'registry', 'kubelet']);
});

test('with no exporter but the registry', () => {
  expect(namesOf(alertsOf({ exporters: [] }))).toEqual([
    'RegistryErrors',
    'RegistryManifestsSlow',
    'RegistryStorageSlow',
    'RegistryMetricsMissing',
  ]);
});

test('images in no claim have no alert about a volume', () => {
  const rules = alertsOf({}, { storage: { backend: StorageBackend.ephemeral() } });
  expect(namesOf(rules).filter((name) => name.startsWith('RegistryVolume'))).toEqual([]);
  expect(exportersMissing(rules)).not.toContain('kubelet');
});

test('a Certificate that is known by name', () => {
  const exporters = [AlertExporter.CERT_MANAGER];
  const rules = alertsOf({ exporters, certificateName: 'wildcard' });
  expect(rules.find(({ alert }) => alert === 'RegistryCertificateEnding')?.expr).toContain(
    '{exported_namespace="registry", name="wildcard"}',
  );
});

test('the end of a certificate that this library issued is known without an exporter', () => {
  const endingOf = (options: RegistryAlertsOptions = {}, days = 365) => {
    const { chart } = newChartWithStore();
    const certificate = RegistryCertificate.selfSigned({ days });
    const registry = new Registry(chart, 'registry', {
      metrics: { serviceMonitor: {} },
      host: 'registry.example.com',
      ingress: {},
      tls: { certificate },
    });
    new RegistryAlerts(chart, 'alerts', { registry, ...options });
    expect(problemsIn(chart)).toEqual([]);
    const all = manifest(chart, 'PrometheusRule/registry-alerts').spec.groups[0].rules as Rule[];
    return all.filter(({ alert }) => alert === RegistryAlert.CERTIFICATE_ENDING);
  };
  const [{ expr, labels }] = endingOf() as [Rule];
  const [, end] = /^vector\((\d+)\) - time\(\) < 1209600$/.exec(expr) ?? [];
  expect(Math.abs(Number(end) - Date.now() / 1000 - 365 * 86_400)).toBeLessThan(3 * 3600);
  expect(labels.exporter).toBe('none');
  // In the last third of 12 days it is renewed: four days. The alert leaves two of them.
  expect(endingOf({}, 12)).toMatchObject([{ expr: expect.stringMatching(/ < 172800$/) }]);
  const probed = endingOf({ blackboxInstance: 'https://registry.example.com/v2/' });
  expect(probed).toMatchObject([{ labels: { exporter: 'blackbox' } }]);
  expect(endingOf({ without: [RegistryAlert.CERTIFICATE_ENDING] })).toEqual([]);
});

test('those that are left out, and nothing about what they alone needed', () => {
  const { VOLUME_FILLING, VOLUME_NEARLY_FULL, ERRORS } = RegistryAlert;
  const rules = alertsOf({ without: [VOLUME_FILLING, VOLUME_NEARLY_FULL, ERRORS] });
  expect(namesOf(rules)).not.toEqual(expect.arrayContaining([ERRORS]));
  expect(exportersMissing(rules)).toEqual(['kube-state-metrics', 'registry']);
  expect(exportersMissing(alertsOf({ without: [METRICS_MISSING] }))).toEqual([]);
});

test('each has a severity, a heading on the page of the runbooks, and the labels that are given', () => {
  const headings = [...readPage('docs/operations/runbooks.md').matchAll(/^## (\w+)$/gm)].map(
    ([, name]) => name,
  );
  // Two are of caches alone (test/caches/alerts.slow.test.ts).
  expect(headings.filter((name) => !/^RegistryCache/.test(name ?? ''))).toEqual(Object.values(RegistryAlert));
  for (const rule of alertsOf({ alertLabels: { team: 'platform' }, blackboxInstance: 'https://a/v2/' })) {
    expect(rule.labels).toMatchObject({
      team: 'platform',
      registry: 'registry',
      namespace: 'registry',
      severity: expect.stringMatching(/^(critical|warning)$/),
      exporter: expect.stringMatching(/^(registry|kube-state-metrics|kubelet|blackbox)$/),
    });
    expect(rule.annotations).toEqual({
      summary: expect.stringMatching(/^\S.*\.$/),
      description: expect.stringMatching(/^\S.*\.$/),
      runbook_url: `https://github.com/cdk8s-registry/cdk8s-registry/blob/main/docs/operations/runbooks.md#${rule.alert.toLowerCase()}`,
    });
  }
});

test('runbooks elsewhere', () => {
  const [rule] = alertsOf({ runbooksUrl: 'https://wiki.example.com/registry' });
  expect(rule?.annotations.runbook_url).toBe('https://wiki.example.com/registry#registryunavailable');
});

test('thresholds', () => {
  const rules = alertsOf({
    blackboxInstance: 'https://registry.example.com/v2/',
    thresholds: {
      unavailable: Duration.minutes(20),
      errorPercent: 50,
      manifestLatency: Duration.millis(250),
      storageLatency: Duration.seconds(9),
      volumeFreePercent: 25,
      volumeFullDays: 7,
      certificateDays: 3,
    },
  });
  const rule = (name: RegistryAlert) => rules.find(({ alert }) => alert === name);
  expect(rule(RegistryAlert.UNAVAILABLE)?.for).toBe('1200s');
  for (const [name, figure] of [
    [RegistryAlert.ERRORS, '\n> 0.5\n'],
    [RegistryAlert.MANIFESTS_SLOW, ' > 0.25\n'],
    [RegistryAlert.STORAGE_SLOW, ' > 9\n'],
    [RegistryAlert.VOLUME_NEARLY_FULL, ' < 0.25'],
    [RegistryAlert.VOLUME_FILLING, '[1d], 604800)) < 0\n'],
    [RegistryAlert.CERTIFICATE_ENDING, ' < 259200'],
  ] as const)
    expect(rule(name)?.expr).toContain(figure);
});

describe('CronJobs', () => {
  const missed = (rules: readonly Rule[]) =>
    rules
      .filter(({ alert }) => alert === RegistryAlert.CRON_JOB_MISSED)
      .map(({ expr }) => [/cronjob="([^"]+)"/.exec(expr)?.[1], /> (\d+)/.exec(expr)?.[1]]);
  const DAY = 86_400;

  test('of caches, which may be added later; others by their names', () => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', { metrics: { serviceMonitor: {} } });
    new RegistryAlerts(chart, 'alerts', {
      registry,
      cronJobs: [{ name: 'registry-backup', within: Duration.days(8) }],
    });
    new RegistryCache(chart, 'cache', { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } });
    expect(problemsIn(chart)).toEqual([]);
    // A day, an hour's delay, four hours of work, and two to spare.
    expect(missed(rulesIn(chart))).toEqual([
      ['registry-cache-docker-io-prefetch', String(DAY + 7 * 3600)],
      ['registry-backup', String(8 * DAY)],
    ]);
  });

  test('of each kind, and the runbook has a row for each', () => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', {
      metrics: { serviceMonitor: {} },
      storage: { deletion: true },
      front: {},
    });
    new RegistryAlerts(chart, 'alerts', { registry });
    const schedule = '@daily';
    new RegistryCollection(chart, 'collection', { registry, schedule });
    new RegistryRetention(chart, 'retention', {
      registry,
      rules: [RetentionRule.repositories('team/**').keepNewest(10)],
    });
    new RegistryCopy(chart, 'copy', {
      source: CopyEndpoint.registry(registry),
      target: CopyEndpoint.host('backup.example.com', { anonymous: true }),
      schedule,
    });
    new RegistrySnapshots(chart, 'snapshots', { registry, schedule });
    new RegistryVerification(chart, 'verification', { registry, schedule });
    new RegistryCache(chart, 'cache', { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } });
    const names = manifestsIn(chart).flatMap(({ kind, metadata }) =>
      kind === 'CronJob' ? metadata.name : [],
    );
    const watched = missed(rulesIn(chart)).map(([name]) => name);
    expect(watched).toEqual(names.sort());
    const [, table = ''] =
      /## RegistryCronJobMissed(.*?)\n## /s.exec(readPage('docs/operations/runbooks.md')) ?? [];
    const rows = [...table.matchAll(/^\| `([a-z…-]+)` \|/gm)].map(([, name = '']) => name.replace('…', ''));
    expect(rows.length).toBe(names.length);
    for (const row of rows) expect(names.filter((name) => name.endsWith(row))).toHaveLength(1);
  });

  test('this library writes no other kind', () => {
    const folder = join(ROOT, 'lib');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') && readFileSync(join(folder, file), 'utf8').includes('KubeCronJob.manifest('),
    );
    expect(files.sort()).toEqual([
      'caches/prefetch.ts',
      'maintenance/copy/copy.ts',
      'maintenance/pause/pausing-cron-job.ts',
      'maintenance/retention/retention.ts',
      'maintenance/verification.ts',
    ]);
  });

  test('what is given replaces what is known', () => {
    const name = 'registry-cache-docker-io-prefetch';
    const rules = alertsOf(
      { cronJobs: [{ name, within: Duration.days(3) }] },
      {
        caches: [{ upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } }],
        host: 'registry.example.com',
      },
    );
    expect(missed(rules)).toEqual([[name, String(3 * DAY)]]);
  });

  test('none of other registries, of other namespaces, or suspended', () => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', { metrics: { serviceMonitor: {} } });
    new RegistryAlerts(chart, 'alerts', { registry });
    const cronJob = (name: string, partOf: string, more: { suspend?: boolean; namespace?: string } = {}) =>
      new k8s.KubeCronJob(chart, name, {
        metadata: { name, namespace: more.namespace, labels: { 'app.kubernetes.io/part-of': partOf } },
        spec: {
          schedule: '@weekly',
          suspend: more.suspend,
          jobTemplate: {
            spec: { template: { spec: { containers: [{ name: 'a' }], restartPolicy: 'Never' } } },
          },
        },
      });
    cronJob('two', 'registry-two');
    cronJob('far', 'registry', { namespace: 'far' });
    cronJob('by-hand', 'registry', { suspend: true });
    cronJob('mine', 'registry');
    expect(missed(rulesIn(chart))).toEqual([['mine', String(7 * DAY + 7200)]]);
  });
});

test('for an operator that selects rules by label', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { metrics: { serviceMonitor: {} } });
  const { rule } = new RegistryAlerts(chart, 'alerts', { registry, labels: { release: 'prometheus' } });
  expect(rule.name).toBe('registry-alerts');
  expect(manifest(chart, 'PrometheusRule/registry-alerts').metadata).toMatchObject({
    namespace: 'registry',
    labels: { release: 'prometheus', 'app.kubernetes.io/component': 'metrics' },
  });
});
