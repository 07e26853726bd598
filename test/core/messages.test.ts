// The table of messages: no entry that nothing says, no word of props in what a chart says, and a page about
// each of them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CODES, WORDS, type Words } from '../../lib/core/messages';
import { errorsPage } from '../../scripts/docs/errors-page';

const LIB = path.join(__dirname, '../../lib');
const MESSAGES = path.join(LIB, 'core/messages');

const sources = fs
  .readdirSync(LIB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.parentPath !== MESSAGES)
  .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

test('no code is in two tables, of which one would hide the other', () => {
  const tables = fs.readdirSync(MESSAGES).filter((name) => name !== 'index.ts');
  const codes = tables.flatMap((name) =>
    Object.values(require(path.join(MESSAGES, name))).flatMap((table) => Object.keys(table as object)),
  );
  expect(codes.sort()).toEqual([...CODES].sort());
});

test.each(CODES)('%s is reported somewhere', (code) => {
  expect(sources).toContain(`'${code}'`);
});

test.each(CODES)('%s has a readable code and a reason', (code) => {
  const { says, instead, why }: Words = WORDS[code];
  expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect([says, instead, why]).not.toContain('');
  expect(why).toMatch(/^[A-Z\d].*\.$|^[a-z][\w-]*[ ,'].*\.$/);
});

test('docs/errors.md is what npm run errors writes', () => {
  expect(fs.readFileSync(path.join(LIB, '../docs/errors.md'), 'utf8')).toBe(errorsPage());
});
