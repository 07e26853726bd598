// Proves the comparison: whatever is changed in a condition or a reference of the templates, some values come out
// otherwise. The mutants that survive are listed with their reasons. Minutes before the first of them: with PROVE_MUTANTS only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../../../tools/programs';
import { chance } from './combinations';
import { Killers } from './killers';
import { killingValues } from './killing-values';
import { mutantsOf } from './mutants';
import { CHART } from './prover';
import { numberFrom } from './scope';

const MOST = process.env.PROVE_MUTANTS ? numberFrom('PROVE_MUTANTS', 1) : 0;
const SEED = numberFrom('PROVE_SEED', 1);
/** Of these templates alone, as `_front.tpl,_access.tpl`; of all if none is named. */
const FILES = (process.env.PROVE_MUTANTS_OF ?? '').split(',').filter(Boolean);
/** With values alone that set one of these, as `copies,storage.descriptorCache`: others are slow to render in vain. */
const SETTINGS = (process.env.PROVE_MUTANTS_WITH ?? '').split(',').filter(Boolean);
/** Reasons, each with the mutants that survive for it. */
const SURVIVORS: readonly { readonly why: string; readonly mutants: readonly string[] }[] = parse(
  readFileSync(join(__dirname, 'survivors.yaml'), 'utf8'),
);

describeWith('mutants of the templates', ['helmRender3'], () => {
  const all = mutantsOf(CHART);
  const listed = SURVIVORS.flatMap(({ mutants }) => mutants);

  test('each mutant that is listed exists, once', () => {
    const names = new Set(all.map(({ name }) => name));
    expect(listed.filter((name) => !names.has(name))).toEqual([]);
    expect(listed).toHaveLength(new Set(listed).size);
  });

  if (MOST === 0) return;
  test('each other mutant is killed', async () => {
    const random = chance(SEED);
    const some = all
      .filter(({ file }) => FILES.length === 0 || FILES.includes(file.replace('templates/', '')))
      .map((mutant) => ({ mutant, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, MOST)
      .map(({ mutant }) => mutant);
    const killers = new Killers(killingValues(SETTINGS));
    const [survivors, killed]: [string[], string[]] = [[], []];
    try {
      await killers.start(some);
      for (const mutant of some) ((await killers.kill(mutant)) ? killed : survivors).push(mutant.name);
    } finally {
      await killers.close();
    }
    process.stdout.write(
      `  mutants: of ${all.length} ${some.length} were tried, ${killed.length} killed; ${listed.length} are listed\n`,
    );
    expect(survivors.filter((name) => !listed.includes(name))).toEqual([]);
    expect(killed.filter((name) => listed.includes(name))).toEqual([]);
  }, 7_200_000);
});
