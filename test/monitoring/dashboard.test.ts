// What a dashboard shows, and how Grafana finds it. That each query finds data is in test/monitoring/prometheus.slow.test.ts.
import { Duration } from 'cdk8s';
import {
  AlertExporter,
  DescriptorCache,
  Registry,
  RegistryCache,
  RegistryDashboard,
  type RegistryDashboardOptions,
  type RegistryProps,
} from '../../lib';
import { type Manifest as FileManifest, filesOf } from '../../lib/app/file-table';
import { notesOf } from '../../lib/app/notes/collector';
import { manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

function made(options: RegistryDashboardOptions = {}, props: RegistryProps = {}, namespace = 'registry') {
  const chart = newChart(undefined, { namespace });
  const registry = new Registry(chart, 'registry', { metrics: { serviceMonitor: {} }, ...props });
  const dashboard = new RegistryDashboard(chart, 'dashboard', { registry, ...options });
  return { chart, dashboard };
}

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: { readonly refId: string; readonly expr: string }[];
}

function textOf({ chart }: { readonly chart: ReturnType<typeof newChart> }): string {
  expect(problemsIn(chart)).toEqual([]);
  const [text = ''] = Object.values<string>(manifest(chart, 'ConfigMap/registry-dashboard').data);
  return text;
}

const panelsOf = (...input: Parameters<typeof made>) => JSON.parse(textOf(made(...input))).panels as Panel[];
const titlesOf = (...input: Parameters<typeof made>) => panelsOf(...input).map(({ title }) => title);

test('a ConfigMap that the sidecar finds, in the file of the metrics', () => {
  const { chart, dashboard } = made({ folder: 'Platform' });
  const { metadata, data } = manifest(chart, 'ConfigMap/registry-dashboard');
  expect(metadata.labels.grafana_dashboard).toBe('1');
  expect(metadata.annotations).toEqual({ grafana_folder: 'Platform' });
  expect(Object.keys(data)).toEqual([`${dashboard.uid}.json`]);
  const files = filesOf(manifestsIn(chart) as FileManifest[]);
  expect(files.get('840-registry-metrics.yaml')?.map(({ kind }) => kind)).toEqual([
    'Service',
    'NetworkPolicy',
    'ServiceMonitor',
    'ConfigMap',
  ]);
});

test('a folder that all objects have an annotation for stays', () => {
  const annotations = { grafana_folder: 'All' };
  expect(
    manifest(made({}, { annotations }).chart, 'ConfigMap/registry-dashboard').metadata.annotations,
  ).toEqual(annotations);
});

test('the notes say where it is', () => {
  const { chart, dashboard } = made();
  expect(notesOf(chart.node.root).join('')).toContain(
    `it is at Grafana's address with /d/${dashboard.uid} behind it.`,
  );
});

test('the same as a GrafanaDashboard of the operator', () => {
  const { chart } = made({ operatorLabels: { dashboards: 'grafana' }, folder: 'Platform' });
  expect(problemsIn(chart)).toEqual([]);
  const { spec } = manifest(chart, 'GrafanaDashboard/registry-dashboard');
  expect(spec).toEqual({
    allowCrossNamespaceImport: true,
    folder: 'Platform',
    instanceSelector: { matchLabels: { dashboards: 'grafana' } },
    json: textOf(made()),
  });
});

test('the JSON is the same each time, and others are others', () => {
  expect(textOf(made())).toBe(textOf(made()));
  const { uid, title, schemaVersion } = JSON.parse(textOf(made()));
  expect({ uid, title, schemaVersion }).toEqual({
    uid: expect.stringMatching(/^registry-[0-9a-f]{16}$/),
    title: 'Registry registry (registry)',
    schemaVersion: 41,
  });
  expect(made({}, {}, 'other').dashboard.uid).not.toBe(uid);
  expect(made({}, { name: 'two' }).dashboard.uid).not.toBe(uid);
});

test('no panel covers another, or leaves the grid', () => {
  const everything = { exporters: Object.values(AlertExporter), certificateName: 'a', cronJobs: ['b'] };
  const panels = panelsOf(everything, { storage: { descriptorCache: DescriptorCache.inMemory() } });
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
  });
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.map(({ id }) => id)).toEqual(panels.map((_, index) => index + 1));
  for (const { targets } of panels)
    expect(targets.map(({ refId }) => refId)).toEqual(['A', 'B', 'C', 'D'].slice(0, targets.length));
});

test('no panel without what it asks', () => {
  expect(titlesOf({ exporters: [] })).toEqual([
    'Requests',
    'Server errors',
    'Manifests, 99 %',
    'Requests by code',
    'Server errors by pod',
    'Latency by request',
    'Requests in flight',
    'Storage actions',
    'Storage, 99 %',
    'Memory',
    'CPU',
  ]);
  const only = (title: string, ...input: Parameters<typeof made>) => titlesOf(...input).includes(title);
  expect(only('Descriptor cache', {}, { storage: { descriptorCache: DescriptorCache.inMemory() } })).toBe(
    true,
  );
  expect(only('Volume')).toBe(true);
  expect(only('Certificate', { certificateName: 'a', exporters: [AlertExporter.CERT_MANAGER] })).toBe(true);
  expect(only('CronJobs, last success')).toBe(false);
  expect(
    only(
      'Pull-through caches, hits',
      {},
      {
        host: 'registry.example.com',
        caches: [{ upstream: 'docker.io', metrics: {} }],
      },
    ),
  ).toBe(true);
});

test('CronJobs that are added later are shown', () => {
  const { chart, dashboard } = made();
  new RegistryCache(chart, 'cache', {
    upstream: 'docker.io',
    prefetch: { images: ['alpine:3.22'], timeLimit: Duration.hours(1) },
  });
  expect(textOf({ chart })).toContain('cronjob=~\\"registry-cache-docker-io-prefetch\\"');
  expect(dashboard.registryName).toBe('registry');
});
