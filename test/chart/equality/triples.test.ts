// Every triple of settings, in values that the constructs accept as far as there are such.
import { describeProofs } from './proofs';
import { RELEASE } from './prover';
import { numberFrom } from './scope';
import { CoveringArray, tripleCount } from './triples';
import { truthOf } from './truth';

const ROWS = numberFrom('PROVE_TRIPLES', 30);
const SEED = numberFrom('PROVE_SEED', 1);
const FACTS = { chart: 'registry-0.0.0', appVersion: '0' };

describeProofs('triples of settings', 'helmRender3', () => {
  const array = new CoveringArray((values) => truthOf(values, RELEASE, FACTS).problems, SEED);
  const share = (count: number) => `${((100 * count) / tripleCount()).toFixed(1)} %`;
  return [
    {
      name: `${ROWS} rows`,
      all: array.rows(ROWS),
      more: () =>
        `; of ${tripleCount()} triples ${share(array.covered.accepted)} stood in accepted values, and ${share(array.covered.refused)} in refused ones`,
    },
  ];
});
