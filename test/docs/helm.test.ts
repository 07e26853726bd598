// The values that docs/helm.md shows fit the chart's schema.
import { parse } from 'yaml';
import { ChartSchema } from '../chart/chart-schema';
import { blocksIn, readPage } from '../support/page';

jest.setTimeout(300_000);

const PAGE = readPage('docs/helm.md');
describe('values', () => {
  const blocks = blocksIn(PAGE, 'yaml');
  let schema: ChartSchema;
  beforeAll(() => {
    schema = new ChartSchema();
  });

  test('are as many as the page shows', () => {
    expect(blocks).toHaveLength(13);
  });

  test.each(blocks)('%s', (text) => {
    expect(schema.problems(parse(text))).toEqual([]);
  });
});
