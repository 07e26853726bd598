// What docs/metrics.md shows is made here. That its metrics are there is in test/e2e/metrics.test.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import { Duration } from 'cdk8s';
import * as library from '../../lib';
import { manifest, namesIn, newChart, problemsIn } from '../support/synth';

const page = fs.readFileSync(path.join(__dirname, '../../docs/metrics.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '');
const [statements, props] = [
  blocks('ts').filter((text) => /;\n$/.test(text)),
  blocks('ts').filter((text) => !/;\n$/.test(text)),
];

function run(typescript: string, scope: object): void {
  const { code } = transformSync(typescript, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  new Function(...Object.keys(scope), code)(...Object.values(scope));
}

test.each(props)('%s', (text) => {
  const chart = newChart();
  run(`new Registry(chart, 'registry', { ${text} });`, { ...library, Duration, chart });
  expect(problemsIn(chart)).toEqual([]);
  expect(namesIn(chart)).toContain('Service/registry-metrics');
});

test('an annotation on the Service', () => {
  const chart = newChart();
  const registry = new library.Registry(chart, 'registry', { metrics: {} });
  run(statements.join(''), { registry });
  expect(manifest(chart, 'Service/registry-metrics').metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
  });
});

test('there are as many blocks as the page shows', () => {
  expect({ props: props.length, statements: statements.length }).toEqual({ props: 3, statements: 1 });
});

test('each metric of an expression is in the table', () => {
  const listed = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  const asked = [
    ...blocks('promql')
      .join('')
      .matchAll(/\b(registry_\w+?)(?:_bucket)?\{/g),
  ].map(([, name]) => name);
  expect(asked).toHaveLength(6);
  expect(asked.filter((name) => !listed.includes(name))).toEqual([]);
});
