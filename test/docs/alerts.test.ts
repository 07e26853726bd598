// What docs/operations/alerts.md shows is made here, and its table says what the alerts are.
import { transformSync } from '@swc/core';
import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryFromValues } from '../../lib/chart/from-values';
import { blocksIn, readPage } from '../support/page';
import { manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/operations/alerts.md');

function run(typescript: string): { alert: string; labels: Record<string, string> }[] {
  const chart = newChart();
  const registry = new library.Registry(chart, 'registry', {
    host: 'registry.example.com',
    metrics: { serviceMonitor: {} },
    ingress: {},
    storage: { descriptorCache: library.DescriptorCache.inMemory() },
    tls: {
      certificate: library.RegistryCertificate.certManager({
        issuer: library.CertificateIssuer.issuer('ca'),
      }),
    },
  });
  const scope = { ...library, Duration, chart, registry };
  const { code } = transformSync(typescript, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  const made = manifestsIn(chart);
  expect(made.some(({ metadata }) => /-(alerts|dashboard)$/.test(metadata.name))).toBe(true);
  const rules = made.filter(({ kind }) => kind === 'PrometheusRule');
  return rules.flatMap(({ spec }) => spec.groups[0].rules);
}

test.each(blocksIn(PAGE, 'ts').map((text) => [text]))('%s', (text) => {
  expect(run(text).length > 0).toBe(text.includes('RegistryAlerts'));
});

test('the values of the page make the alerts of the first example', () => {
  const [values] = blocksIn(PAGE, 'yaml').filter((text) => /^alerts:/m.test(text));
  const chart = newChart();
  registryFromValues(chart, parse(values ?? ''), { name: 'registry', namespace: 'registry' });
  expect(problemsIn(chart)).toEqual([]);
  const { metadata, spec } = manifest(chart, 'PrometheusRule/registry-alerts');
  expect(metadata.labels.release).toBe('kube-prometheus-stack');
  expect(spec.groups[0].rules.length).toBeGreaterThan(8);
});

test('the values of the page make the dashboard of its example', () => {
  const [values] = blocksIn(PAGE, 'yaml').filter((text) => /^dashboard:/m.test(text));
  const chart = newChart();
  registryFromValues(chart, parse(values ?? ''), { name: 'registry', namespace: 'registry' });
  expect(problemsIn(chart)).toEqual([]);
  const { metadata } = manifest(chart, 'ConfigMap/registry-dashboard');
  expect(metadata.annotations).toEqual({ grafana_folder: 'Platform' });
});

test('the table has each alert, with its severity and its exporters', () => {
  const everything = run(`new RegistryAlerts(chart, 'all', {
    registry,
    blackboxInstance: 'https://registry.example.com/v2/',
    cronJobs: [{ name: 'a', within: Duration.days(1) }],
  });
  new RegistryVeleroBackup(chart, 'velero', { registry });`);
  const rows = [
    ...PAGE.matchAll(/^\| \[(\w+)\]\(runbooks\.md#(\w+)\) \|.*\| (\w+) \| ([^|]+) \| [^|]+ \|$/gm),
  ];
  expect(rows.map(([, name]) => name)).toEqual(Object.values(library.RegistryAlert));
  for (const [, name = '', anchor, severity, exporter = ''] of rows) {
    const rules = everything.filter(({ alert }) => alert === name);
    expect(anchor).toBe(name.toLowerCase());
    expect([...new Set(rules.map(({ labels }) => labels.severity))]).toEqual([severity]);
    if (exporter !== 'each of them')
      expect(rules.map(({ labels }) => labels.exporter).sort()).toEqual(
        expect.arrayContaining(exporter.split(', ').sort()),
      );
  }
});
