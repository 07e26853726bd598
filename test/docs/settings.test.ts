// The tables of docs/settings.md against main.ts and what it writes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../support/folder';
import { readPage } from '../support/page';
import { cloneTo, mustRun } from '../support/project';

const PAGE = readPage('docs/settings.md');
const firstCells = (row: RegExp) =>
  [...PAGE.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell as string).filter((cell) => row.test(cell));

test('the variables are those that main.ts reads', () => {
  const read = new Set(readPage('main.ts').match(/REGISTRY_[A-Z_]+/g));
  read.delete('REGISTRY_');
  expect(firstCells(/^REGISTRY_/).sort()).toEqual([...read].sort());
});

test('the files are those that the default app writes', () => {
  const clone = cloneTo(newFolder());
  mustRun(clone, 'node -r esbuild-register main.ts');
  expect(firstCells(/\.(yaml|txt)$/)).toEqual(readdirSync(join(clone, 'dist')).sort());
});
