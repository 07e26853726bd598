// The chart makes the same objects as the plain registry of the same props, for values that use each of its settings.

import { compared, onlyInChart } from '../helm/compared-objects';
import { plainRegistry } from '../helm/plain-registry';
import { VALUE_SETS } from '../helm/value-sets';
import { type Chart, describeChart } from './chart';

// The chart may have to be made first.
jest.setTimeout(300_000);

async function expectEqual(chart: Chart, set: (typeof VALUE_SETS)[number]): Promise<void> {
  const plain = plainRegistry(set);
  const rendered = await chart.objects(set.values, set.release);
  expect(Object.keys(rendered).sort()).toEqual([...plain.objects.map(nameOf), ...onlyInChart(plain)].sort());
  const objects = compared(rendered, plain, chart.facts(set.release, set.chartName));
  for (const name of Object.keys(objects.plain)) expect({ [name]: objects.chart[name] }).toStrictEqual({ [name]: objects.plain[name] });
}

function nameOf({ kind, metadata }: Record<string, any>): string {
  return `${kind}/${metadata.name}`;
}

describeChart('helm3', "the chart's objects", (chart) => {
  test.each(VALUE_SETS)('$name', async (set) => await expectEqual(chart(), set));
});
