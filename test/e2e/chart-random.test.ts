// The chart makes the same objects as the code that it is learned from, and refuses with the same words, for
// values by chance.

import { expectEqual } from '../chart/compared-objects';
import { RANDOM_NAMESPACE, randomValues } from '../chart/random-values';
import { describeChart } from './chart';

jest.setTimeout(300_000);

/** Other numbers than these by RANDOM_FROM and RANDOM_SEEDS, how many: see .ci/prove. */
const FROM = numberIn('RANDOM_FROM', 1000);
const SEEDS = Array.from({ length: numberIn('RANDOM_SEEDS', 40) }, (_, index) => FROM + index);

describeChart('helm3', 'values by chance', (chart) => {
  test.each(SEEDS)('number %i', async (seed) => {
    const { values, plain, problems } = randomValues(seed);
    const namespace = RANDOM_NAMESPACE;
    if (plain) expectEqual(await chart().objects(values, { namespace }), plain, chart().facts());
    else expect((await chart().problems(values, { namespace })).sort()).toEqual([...problems].sort());
  });
});

function numberIn(variable: string, usual: number): number {
  const text = process.env[variable] ?? String(usual);
  if (!/^[1-9][0-9]{0,6}$/.test(text))
    throw new Error(`${variable}: "${text}" is not a whole number from 1 to 9999999`);
  return Number(text);
}
