// The alerts about a cache, by Prometheus' own rules engine, over what a real cache counts while its upstream works,
// is away, or is asked for what it doesn't have.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { RegistryCache } from '../../lib';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { readPage } from '../support/page';
import { manifest, newChart, problemsIn } from '../support/synth';
import { RunningCache } from './running-cache';
import { Upstream } from './upstream';

/** A minute each. */
const STEPS = 60;
const FAILS = 'RegistryCacheFails';
const FINDS_NOTHING = 'RegistryCacheFindsNothing';
const MISSING = 'RegistryMetricsMissing';
const UNKNOWN = `sha256:${'0'.repeat(64)}`;

describeWith('alerts about a cache', ['registry3', 'promtool'], () => {
  let upstream: Upstream;
  let cache: RunningCache;
  beforeEach(async () => {
    upstream = await new Upstream().start();
    upstream.push('1.0', 'hello');
    cache = await new RunningCache({ upstream, metrics: true }).start();
  });
  afterEach(async () => {
    await cache.stop();
    await upstream.goAway();
  });

  /** What each series counted after each step. */
  async function counted(step: (minute: number) => Promise<unknown>): Promise<Map<string, string[]>> {
    const series = new Map<string, string[]>();
    for (let minute = 0; minute < STEPS; minute += 1) {
      await step(minute);
      for (const [name, value] of await cache.metrics()) {
        const values = series.get(name) ?? Array<string>(minute).fill('_');
        series.set(name, [...values, String(value)]);
      }
    }
    return series;
  }

  /** The alerts that fire in the last minute. */
  function firing(series: ReadonlyMap<string, readonly string[]>): string[] {
    const names = [FAILS, FINDS_NOTHING, MISSING];
    return names.filter((alertname) => {
      // Of series that are not there, nothing is known.
      const where = alertname === MISSING ? '' : 'job="registry-cache-docker-io-metrics", ';
      const labels = `alertname="${alertname}", alertstate="firing", exporter="registry", ${where}namespace="registry", registry="registry", severity="warning", team="images"`;
      return promtool(series, `ALERTS{${labels}}`);
    });
  }

  test('none while it fetches, and clients ask for much that does not exist', async () => {
    const series = await counted(async (minute) => {
      upstream.push(`1.${minute}`, `of minute ${minute}`);
      await cache.pull(`1.${minute}`);
      await cache.get('manifests/none');
      await cache.get(`manifests/${UNKNOWN}`);
      await cache.get(`blobs/${UNKNOWN}`);
    });
    expect(firing(series)).toEqual([]);
  });

  test('none while all is cached, and a node waits for an image that does not exist', async () => {
    const series = await counted(async (minute) => {
      await cache.pull('1.0');
      if (minute % 5 === 0) await cache.get('manifests/none', 'HEAD');
    });
    expect(firing(series)).toEqual([]);
  });

  test('tags that are unknown since the upstream is away', async () => {
    const series = await counted(async (minute) => {
      if (minute === 10) await upstream.goAway();
      await cache.pull('1.0');
      if (minute >= 10) await cache.get('manifests/2.0', 'HEAD');
    });
    expect(firing(series)).toEqual([FINDS_NOTHING]);
  });

  test('digests of manifests that are not fetched since the upstream is away', async () => {
    const { digest } = upstream.push('2.0', 'not cached');
    const series = await counted(async (minute) => {
      if (minute === 10) await upstream.goAway();
      await cache.pull('1.0');
      if (minute >= 10) await cache.get(`manifests/${digest}`);
    });
    expect(firing(series)).toEqual([FINDS_NOTHING]);
  });

  test('layers of known images that are not fetched since the upstream refuses', async () => {
    const { digest, layer } = upstream.push('2.0', 'not cached');
    await cache.get(`manifests/${digest}`);
    const series = await counted(async (minute) => {
      if (minute === 10) upstream.broken = 429;
      await cache.pull('1.0');
      if (minute >= 10) await cache.get(`blobs/${layer}`);
    });
    expect(firing(series)).toEqual([FAILS]);
  });

  test('that Prometheus does not see the cache', async () => {
    expect(firing(new Map([['up', Array<string>(STEPS).fill('0')]]))).toEqual([MISSING]);
  });
});

test('each says where to look, and has a runbook', () => {
  const [group] = (
    rules('registry') as { groups: { rules: { alert: string; annotations: Record<string, string> }[] }[] }
  ).groups;
  const all = group?.rules ?? [];
  expect(all.map(({ alert }) => alert)).toEqual([FINDS_NOTHING, FAILS, MISSING]);
  for (const { alert, annotations } of all) {
    const heading = `## ${alert}\n`;
    expect(readPage('docs/operations/runbooks.md')).toContain(heading);
    expect(annotations.runbook_url).toMatch(
      new RegExp(`/docs/operations/runbooks\\.md#${alert.toLowerCase()}$`),
    );
    expect(annotations.description).toMatch(
      alert === MISSING
        ? /can't fire: RegistryCacheFindsNothing, RegistryCacheFails\.$/
        : /^https:\/\/registry-1\.docker\.io is away, .* kubectl -n registry logs deployment\/registry-cache-docker-io$/,
    );
  }
});

test('a namespace that is not known is no label', () => {
  const labels = (namespace?: string) => {
    const [group] = (rules(namespace) as { groups: { rules: { labels: object }[] }[] }).groups;
    return group?.rules.map((one) => one.labels);
  };
  const known = { team: 'images', registry: 'registry', severity: 'warning', exporter: 'registry' };
  expect(labels()).toEqual([known, known, known]);
  const one = { ...known, namespace: 'images' };
  expect(labels('images')).toEqual([one, one, one]);
});

/** Whether an expression has exactly one sample, of value 1 and with its own labels. */
function promtool(series: ReadonlyMap<string, readonly string[]>, sample: string): boolean {
  const folder = newFolder();
  writeFileSync(join(folder, 'rules.yaml'), stringify(rules('registry')));
  const about = 'job="registry-cache-docker-io-metrics", namespace="registry", pod="one"';
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: [
          ...(series.has('up') ? series : [...series, ['up', Array<string>(STEPS).fill('1')] as const]),
        ].map(([name, values]) => ({
          series: name.includes('{') ? name.replace('{', `{${about}, `) : `${name}{${about}}`,
          values: values.join(' '),
        })),
        promql_expr_test: [
          { expr: sample, eval_time: `${STEPS - 1}m`, exp_samples: [{ labels: sample, value: 1 }] },
        ],
      },
    ],
  };
  writeFileSync(join(folder, 'test.yaml'), stringify(test));
  const run = spawnSync(pathOf('promtool'), ['test', 'rules', 'test.yaml'], {
    cwd: folder,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  const said = `${run.stdout}${run.stderr}`;
  if (run.status === 0) return true;
  if (!/got:\s*nil/.test(said)) throw new Error(said);
  return false;
}

function rules(namespace?: string): unknown {
  const chart = newChart(undefined, { namespace });
  new RegistryCache(chart, 'cache', {
    upstream: 'docker.io',
    metrics: { serviceMonitor: {} },
    alerts: { labels: { release: 'prometheus' }, alertLabels: { team: 'images' } },
  });
  expect(problemsIn(chart)).toEqual([]);
  const { spec, metadata } = manifest(chart, 'PrometheusRule/registry-cache-docker-io');
  expect(metadata.labels.release).toBe('prometheus');
  return spec;
}
