// The code in docs/trust.md, run from the first line to the last.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import * as library from '../../lib';

test('docs/trust.md', () => {
  // GIVEN
  const text = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'trust.md'), 'utf8');
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block ?? '');
  const { code } = transformSync(blocks.join('\n'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  const app = Testing.app();
  new library.FixedStore().useIn(app);
  const chart = new Chart(app, 'chart', { namespace: 'registry' });
  const registry = new library.Registry(chart, 'registry');
  const printed: string[] = [];

  // WHEN
  const scope = {
    ...library,
    Secret,
    chart,
    registry,
    console: { log: (...texts: string[]) => printed.push(...texts) },
  };
  new Function(...Object.keys(scope), code)(...Object.values(scope));

  // THEN
  expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  expect(Testing.synth(chart).length).toBeGreaterThan(20);
  expect(printed).toHaveLength(5);
});
