// Each block of commands in docs/operations is run on a cluster by a test that takes it from its page, or is in a list, with
// the reason. Which test runs which blocks is found in the tests: calls of `commands` and `commandBlocks`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandBlocks, commands, NOT_RUN } from '../cluster/support/pages';
import { ROOT } from '../support/project';

const PAGES = readdirSync(join(ROOT, 'docs', 'operations')).map((file) => file.replace(/\.md$/, ''));
const FOLDER = join(ROOT, 'test', 'cluster');
const CALLS = /\b(commands|commandBlocks)\(\s*'([a-z0-9-]+)'(?:,\s*(['"`])((?:\\.|(?!\3).)*)\3)?/g;

/** Blocks by what runs them. */
const run = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(join(FOLDER, file), 'utf8').matchAll(CALLS)].flatMap(([, call, page = '', , part]) =>
      call === 'commandBlocks' || part === undefined
        ? commandBlocks(page)
        : [commands(page, part.replaceAll('\\n', '\n'))],
    ),
  );

test('each block of commands is run on a cluster, or is listed with the reason', () => {
  const blocks = PAGES.flatMap((page) => commandBlocks(page).map((block) => ({ page, block })));
  expect(blocks.length).toBeGreaterThan(40);
  expect(blocks.filter(({ block }) => run.includes(block)).length).toBeGreaterThan(38);
  const listed = (page: string, block: string) =>
    NOT_RUN.some((one) => one.page === page && block.includes(one.part));
  expect(blocks.filter(({ page, block }) => !run.includes(block) && !listed(page, block))).toEqual([]);
});

test('each reason is of one block', () => {
  for (const { page, part, why } of NOT_RUN) {
    expect(commands(page, part)).not.toBe('');
    expect(why.length).toBeGreaterThan(10);
  }
});
