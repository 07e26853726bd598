// What docs/recipes.md shows is made here, and what it names exists.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as library from '../../lib';
import { blocksIn, readPage } from '../support/page';
import { ROOT } from '../support/project';
import { manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/recipes.md');
const blocks = blocksIn(PAGE, 'ts');
const statements = blocks.filter((text) => text.includes(';\n'));

/** One for each recipe: a line, or lines that belong together because the one before ends in a comma. */
const fragments = blocks
  .filter((text) => !statements.includes(text))
  .flatMap((text) => text.replace(/^\/\/.*\n/gm, '').split(/(?<!,)\n/))
  .map((fragment) => fragment.trim())
  .filter((fragment) => fragment !== '');

function run(typescript: string, scope: object): void {
  const { code } = transformSync(typescript, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  new Function(...Object.keys(scope), code)(...Object.values(scope));
}

test.each(fragments)('%s', (fragment) => {
  const chart = newChart();
  run(`new Registry(chart, 'registry', { ${fragment} });`, { ...library, ...plus, chart });
  expect(problemsIn(chart)).toEqual([]);
  expect(manifestsIn(chart).length).toBeGreaterThan(5);
});

test('there are as many fragments as the page shows', () => {
  expect(fragments).toHaveLength(15);
});

test('the fixed store serves an app of tests', () => {
  expect(statements).toHaveLength(1);
  run(`${statements[0]}\nnew Registry(new Chart(app, 'chart'), 'registry', { ingress: {} });`, {
    ...library,
    Testing,
    Chart: require('cdk8s').Chart,
  });
});

test('each part that it names is a construct of the library', () => {
  const named = [
    ...(PAGE.match(/Each part is a construct of its own[\s\S]*?\./)?.[0] ?? '').matchAll(/`(Registry\w+)`/g),
  ].map(([, name]) => name as string);
  expect(named).toHaveLength(9);
  expect(named.filter((name) => !(name in library))).toEqual([]);
});

test('the table of systems is all examples with a registry', () => {
  // A chart of own constructs is no system with a registry: docs/helm.md links it.
  const examples = readdirSync(join(ROOT, 'examples')).filter(
    (name) => name !== 'own-chart' && existsSync(join(ROOT, 'examples', name, 'main.ts')),
  );
  expect([...PAGE.matchAll(/^\| [A-E]\. \[`([\w-]+)`\]/gm)].map(([, name]) => name).sort()).toEqual(
    examples.sort(),
  );
});
