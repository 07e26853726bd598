// The files themselves, as CONTRIBUTING.md describes them: each says first what it is for, and those of the library are
// short, and named without a prefix.
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './support/project';

/** What all constructs of a registry have in common. */
const NAMED_AFTER_THE_REGISTRY = ['lib/core/registry-part.ts', 'lib/registry-props.ts'];
/** A longer file does more than one thing. */
const MOST_LINES = 400;

const FILES = ['lib', 'test', 'tools', 'scripts', 'bench', 'examples'].flatMap((folder) =>
  (readdirSync(path.join(ROOT, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|dist|imports)\//.test(name))
    .map((name) => `${folder}/${name}`),
);
const LIBRARY = FILES.filter((name) => name.startsWith('lib/'));

const textOf = (name: string) => readFileSync(path.join(ROOT, name), 'utf8').replace(/^#!.*\n/, '');

test('each file says first what it is for', () => {
  expect(FILES.length).toBeGreaterThan(700);
  expect(FILES.filter((name) => !/^(\/\/ \S|\/\*\*? ?\S)/.test(textOf(name)))).toEqual([]);
});

test('a file of the library is not long', () => {
  expect(LIBRARY.length).toBeGreaterThan(300);
  expect(LIBRARY.filter((name) => textOf(name).split('\n').length > MOST_LINES + 1)).toEqual([]);
});

test('names in the library have no prefix', () => {
  const prefixed = LIBRARY.filter((name) => /\/registry-/.test(name));
  expect(prefixed.sort()).toEqual(NAMED_AFTER_THE_REGISTRY);
});

test.each(['test/cluster', 'test/chart/equality/products'])(
  '%s is skipped as a whole where programs are missing',
  (folder) => {
    const tests = FILES.filter((name) => name.startsWith(`${folder}/`) && name.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(20);
    const whole = /^\s*(describeOnCluster|describeWith|describeProduct)\(/m;
    const alone = /^(describe|test|it)\b/m;
    expect(tests.filter((name) => !whole.test(textOf(name)) || alone.test(textOf(name)))).toEqual([]);
  },
);
