// Values that do not go together: all mistakes are told, in the same words.
import { oddValues } from './odd-values';
import { describeProofs } from './proofs';
import { numberFrom } from './scope';
import { schemaTakes } from './texts';

describeProofs('odd values', 'helmRender3', () => {
  const rows = numberFrom('PROVE_ODD', 300);
  const all = [...oddValues(rows, numberFrom('PROVE_SEED', 1))].filter(schemaTakes());
  return [{ name: `${rows} rows, without those that the schema refuses`, all }];
});
