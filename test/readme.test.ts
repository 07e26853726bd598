// What the README shows is run here: its app, its fragments, its message, and its table of settings against main.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as library from '../lib';

const readme = fs.readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language, text]) => ({ language, text: text ?? '' }));
const block = (holding: string) => blocks.find(({ text }) => text.includes(holding))?.text ?? '';

function run(typescript: string, scope: object): unknown {
  const { code } = transformSync(typescript, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } });
  const modules: Record<string, object> = { cdk8s, 'cdk8s-registry': library };
  return new Function('require', 'exports', ...Object.keys(scope), code)((name: string) => modules[name], {}, ...Object.values(scope));
}

function problemsOf(registry: library.Registry): string[] {
  return registry.node.root.node.findAll().flatMap(({ node }) => node.validate());
}

test("the README's app synthesizes in any cdk8s App", () => {
  const app = cdk8s.Testing.app();
  new library.FixedStore().useIn(app);
  // The text makes its own App and writes files; here it gets one that is in memory.
  run(block('new App()').replace('new App()', 'given').replace('app.synth();', ''), { given: app });
  const [chart] = app.charts;
  expect(cdk8s.Testing.synth(chart as cdk8s.Chart).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['Deployment', 'Ingress', 'PersistentVolumeClaim']),
  );
});

/** One for each change: a line, or lines that belong together because the one before ends in a comma. */
const fragments = block('// A password from the environment')
  .replace(/^\/\/.*\n/gm, '')
  .split(/(?<!,)\n/)
  .map((fragment) => fragment.trim())
  .filter((fragment) => fragment !== '');

test.each(fragments)('common change: %s', (fragment) => {
  const app = cdk8s.Testing.app();
  new library.FixedStore().useIn(app);
  const chart = new cdk8s.Chart(app, 'chart', { namespace: 'registry' });
  const scope = { ...library, ...plus, Size: cdk8s.Size, chart, made: [] as library.Registry[] };
  run(`made.push(new Registry(chart, 'registry', { ${fragment} }));`, scope);
  expect(problemsOf(scope.made[0] as library.Registry)).toEqual([]);
  expect(cdk8s.Testing.synth(chart).length).toBeGreaterThan(5);
});

test('there are as many fragments as the README shows', () => {
  expect(fragments).toHaveLength(15);
});

test('the table of settings names what main.ts reads', () => {
  const main = fs.readFileSync(path.join(__dirname, '..', 'main.ts'), 'utf8');
  const read = new Set(main.match(/REGISTRY_[A-Z_]+/g));
  const shown = new Set(readme.match(/^\| `REGISTRY_.*$/gm)?.flatMap((row) => row.match(/REGISTRY_[A-Z_]+/g) ?? []));
  read.delete('REGISTRY_');
  expect([...shown].sort()).toEqual([...read].sort());
});
