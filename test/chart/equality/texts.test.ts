// Values, names of releases and of namespaces by chance. fast-check makes what differs as small as it can.
import * as fc from 'fast-check';
import { describeWith } from '../../../tools/programs';
import { type Outcome, Prover, RELEASE } from './prover';
import { numberFrom } from './scope';
import { byChance, overrides, release, schemaTakes } from './texts';

const RUNS = numberFrom('PROVE_TEXTS', 200);
const SEED = numberFrom('PROVE_SEED', 1);

describeWith('values by chance', ['helmRender3'], () => {
  let prover: Prover;
  beforeAll(() => {
    prover = new Prover('helmRender3');
  });
  afterAll(async () => await prover?.close());

  async function holds<T>(name: string, arbitrary: fc.Arbitrary<T>, compare: (one: T) => Promise<Outcome>) {
    const figures = { accepted: 0, refused: 0 };
    const property = fc.asyncProperty(arbitrary, async (one) => {
      const outcome = await compare(one);
      figures[outcome.accepted ? 'accepted' : 'refused']++;
      expect(outcome.differences).toEqual([]);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, maxSkipsPerRun: 10 });
    process.stdout.write(
      `  ${name}: ${figures.accepted} accepted and ${figures.refused} refused values compared\n`,
    );
  }

  test('values', async () => {
    const takes = schemaTakes();
    await holds('values by chance', byChance.filter(takes), (values) => prover.compare(values));
  }, 3_600_000);

  test('names', async () => {
    const names = fc.record({ of: release, values: overrides });
    await holds('names by chance', names, ({ of, values }) => prover.compare(values, { ...RELEASE, ...of }));
  }, 3_600_000);
});
