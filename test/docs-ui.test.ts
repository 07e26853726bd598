// What docs/ui.md shows is made here, and its table of options is all of them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import * as library from '../lib';
import { ALL_SETTINGS } from './support/pages';
import { manifestsIn, newChart, problemsIn } from './support/synth';

const page = fs.readFileSync(path.join(__dirname, '..', 'docs/ui.md'), 'utf8');
const fragments = [...page.matchAll(/```ts\n(.*?)```/gs)].flatMap(([, text]) => (text ?? '').trim().split('\n'));

test.each(fragments)('%s', (fragment) => {
  const chart = newChart();
  const scope = { ...library, ...plus, chart };
  const { code } = transformSync(`new Registry(chart, 'registry', { host: 'registry.example.com', ${fragment} });`, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  expect(manifestsIn(chart).length).toBeGreaterThan(5);
});

test('there are as many fragments as the page shows', () => {
  expect(fragments).toHaveLength(18);
});

test('every setting is in the table', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const shown = rows.flatMap((row) => (row.split('|')[1] ?? '').match(/[A-Za-z]+/g) ?? []);
  expect(shown.sort()).toEqual([...Object.keys(ALL_SETTINGS), 'registries', 'readOnlyRegistries'].sort());
});
