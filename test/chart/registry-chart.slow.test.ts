// The registry's chart is always the same, and nothing is left to be learned that the next making would be
// quicker with.
import { LESSONS } from '../../lib/chart/registry-chart-lessons';
import { RegistryHelmChart } from '../../lib/chart/registry-helm-chart';
import { contentsOf } from '../support/folder';
import { registryChart } from './registry-chart';

// It is made twice: learning takes most of a minute.
jest.setTimeout(900_000);

test('made again, in another process or later, it has the same bytes, and the lessons that are kept are enough', () => {
  const made = new RegistryHelmChart()._made();
  const folders = (name: string) => name.endsWith('/');
  const kept = Object.entries(contentsOf(registryChart())).filter(([name]) => !folders(name));
  expect(Object.fromEntries(kept)).toEqual(made.files);
  expect(made.lessons).toEqual(LESSONS);
});
