// What docs/storage.md shows is made here, and its table is all backends.
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import * as library from '../../lib';
import { blocksIn, readPage } from '../support/page';
import { manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/storage.md');
const CA = new library.FixedStore()._certificate({} as never, {} as never).certificate;

/**
 * A block as statements, and the options of a registry: those that a comment shows, or all of it, or of a
 * claim.
 */
function partsOf(block: string): [statements: string, options: string] {
  const shown = /^\/\/ (.*)$/m.exec(block);
  if (/^const /.test(block)) return [block, shown?.[1] ?? ''];
  return [
    '',
    block.startsWith('storage:') ? block : `storage: { backend: StorageBackend.newClaim({ ${block} }) }`,
  ];
}

test.each(blocksIn(PAGE, 'ts'))('%s', (block) => {
  const chart = newChart();
  const [statements, options] = partsOf(block);
  const { code } = transformSync(`${statements}\nnew Registry(chart, 'registry', { ${options} });`, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  const scope = { ...library, ...plus, chart, fs: { readFileSync: () => CA }, process: { env: {} } };
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  expect(manifestsIn(chart).length).toBeGreaterThan(5);
});

test('there are as many blocks as the page shows', () => {
  expect(blocksIn(PAGE, 'ts')).toHaveLength(4);
});

test('every backend is in the table', () => {
  const rows = PAGE.split('\n').filter((line) => /^\| `[a-z]/.test(line));
  const shown = rows.flatMap((row) => (row.split('|')[1] ?? '').match(/\w+/g) ?? []);
  const all = Object.getOwnPropertyNames(library.StorageBackend).filter(
    (name) => !/^(_.*|length|name|prototype)$/.test(name),
  );
  expect(shown.sort()).toEqual(all.sort());
});
