// What docs/ways-in.md shows is made here.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import * as library from '../lib';
import { manifestsIn, newChart, problemsIn } from './support/synth';

const page = fs.readFileSync(path.join(__dirname, '..', 'docs/ways-in.md'), 'utf8');
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
  expect(fragments).toHaveLength(15);
});

test('every controller is in the table', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  expect(rows).toHaveLength(2 + Object.keys(library.IngressController).length);
});
