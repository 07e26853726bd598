// Each value of each setting alone.
import { aloneValues } from './alone';
import { describeProofs } from './proofs';
import { schemaTakes } from './texts';

describeProofs('each value alone', 'helmRender3', () => [
  { name: 'without those that the schema refuses', all: aloneValues().filter(schemaTakes()) },
]);
