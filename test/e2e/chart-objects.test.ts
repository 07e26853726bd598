// The chart makes the same objects as the plain registry of the same props, for values that use each of its
// settings.

import { expectEqual } from '../chart/compared-objects';
import { plainRegistry } from '../chart/plain-registry';
import { VALUE_SETS } from '../chart/value-sets';
import { pathsIn, type ValueSet, valueAt } from '../chart/value-sets/value-set';
import { type Chart, describeChart } from './chart';

// The chart may have to be made first.
jest.setTimeout(300_000);

async function expectPlain(chart: Chart, set: ValueSet): Promise<void> {
  const plain = plainRegistry(set);
  const rendered = await chart.objects(set.values, { release: set.release });
  expectEqual(rendered, plain, chart.facts(set.release, set.chartName), [`Pod/${plain.name}-test`]);
}

describeChart('helm3', "the chart's objects", (chart) => {
  test('the sets use every setting', () => {
    const settings = pathsIn(chart().file('values.yaml')).filter((path) => !path.startsWith('test.'));
    const unused = settings.filter(
      (path) => !VALUE_SETS.some(({ values }) => valueAt(values, path) !== undefined),
    );
    expect(unused).toEqual([]);
  });

  test.each(VALUE_SETS)('$name', async (set) => await expectPlain(chart(), set));
});

describeChart('helm4', "the chart's objects", (chart) => {
  const some = VALUE_SETS.filter((_, index) => index % 6 === 0);
  test.each(some)('$name', async (set) => await expectPlain(chart(), set));
});
