// What docs/day-2.md shows for a collection by hand: the registry is read-only, and what is refused beside it
// is refused.
import * as library from '../../lib';
import { blocksIn, readPage } from '../support/page';
import { newChart, problemsIn } from '../support/synth';

const [block = '', ...others] = blocksIn(readPage('docs/day-2.md'), 'ts').filter((text) =>
  text.includes('readOnly'),
);

function registryWith(options: string): string[] {
  const chart = newChart();
  const registry: library.Registry = new Function(
    ...Object.keys(library),
    'chart',
    `return new Registry(chart, 'registry', { ingress: {}, ${options} });`,
  )(...Object.values(library), chart);
  expect(registry.storage.readOnly).toBe(true);
  return problemsIn(chart);
}

test('one block makes the registry read-only', () => {
  expect(others).toEqual([]);
  expect(registryWith(block)).toEqual([]);
});

test('deleteImages is refused beside it', () => {
  expect(registryWith(block.replace('ui: {}', 'ui: { deleteImages: true }'))).toEqual([
    expect.stringContaining('ui.deleteImages'),
  ]);
});
