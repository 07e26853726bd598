// What docs/routes.md shows is made here.
import * as library from '../../lib';
import { checkFragment, fragmentsIn } from '../support/fragments';
import { readPage } from '../support/page';

const page = readPage('docs/routes.md');
const fragments = fragmentsIn(page);

test.each(fragments)('%s', checkFragment);

test('there are as many fragments as the page shows', () => {
  expect(fragments).toHaveLength(16);
});

test('every controller is in the table', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  expect(rows).toHaveLength(2 + Object.keys(library.IngressController).length);
});
