// What docs/ui.md shows is made here, and its table of options is all of them.

import { ALL_SETTINGS } from '../catalogue/uis';
import { checkFragment, fragmentsIn } from '../support/fragments';
import { readPage } from '../support/page';

const page = readPage('docs/ui.md');
const fragments = fragmentsIn(page);

test.each(fragments)('%s', checkFragment);

test('there are as many fragments as the page shows', () => {
  expect(fragments).toHaveLength(18);
});

test('every setting is in the table', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const shown = rows.flatMap((row) => (row.split('|')[1] ?? '').match(/[A-Za-z]+/g) ?? []);
  expect(shown.sort()).toEqual([...Object.keys(ALL_SETTINGS), 'registries', 'readOnlyRegistries'].sort());
});
