// The chart makes what the constructs make, of values that use each of its settings, with both Helms.
import { REFUSED_TOGETHER } from '../refused-values';
import { VALUE_SETS } from '../value-sets';
import { describeProofs } from './proofs';

const SETS = [...VALUE_SETS, ...REFUSED_TOGETHER];

for (const program of ['helmRender3', 'helmRender4'] as const)
  describeProofs('sets of values', program, () => [{ name: 'sets', all: SETS.map(({ values }) => values) }]);
