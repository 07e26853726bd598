// The chart makes the same objects as the code that it is learned from, and refuses with the same words, for values by chance.

import { expectEqual } from '../helm/compared-objects';
import { RANDOM_NAMESPACE, randomValues } from '../helm/random-values';
import { describeChart } from './chart';

jest.setTimeout(300_000);

const SEEDS = Array.from({ length: 40 }, (_, index) => 1000 + index);

describeChart('helm3', 'values by chance', (chart) => {
  test.each(SEEDS)('number %i', async (seed) => {
    const { values, plain, problems } = randomValues(seed);
    const namespace = RANDOM_NAMESPACE;
    if (plain) expectEqual(await chart().objects(values, { namespace }), plain, chart().facts());
    else expect((await chart().problems(values, { namespace })).sort()).toEqual([...problems].sort());
  });
});
