// A chart's folder, where a file can't be moved into its place.
import * as fs from 'node:fs';
import { contentsOf, newFolder } from '../support/folder';
import { declare, web } from './web-chart';

jest.mock('node:fs', () => {
  const real = jest.requireActual('node:fs');
  return { ...real, renameSync: jest.fn(real.renameSync) };
});

test('all files are left as they were', () => {
  const folder = newFolder();
  declare(web()).write(folder);
  const before = contentsOf(folder);
  const rename = fs.renameSync as jest.MockedFunction<typeof fs.renameSync>;
  const { renameSync: real } = jest.requireActual<typeof fs>('node:fs');
  let moves = 0;
  rename.mockImplementation((from, to) => {
    moves += 1;
    if (moves === 12) throw new Error('no space left');
    real(from, to);
  });
  expect(() => declare(web({ motto: 'Other' })).write(folder)).toThrow(
    `The chart can't be written; the files in ${folder} are as they were: no space left`,
  );
  expect(moves).toBe(12 + 11);
  expect(contentsOf(folder)).toEqual(before);
});
