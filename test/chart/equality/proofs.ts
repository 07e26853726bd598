// Tests that compare many values: one test for each product, with figures and a short list of what differs.
import { describeWith } from '../../../tools/programs';
import type { RenderProgram } from '../helm-render';
import type { Values } from '../value-sets/value-set';
import type { Product } from './combinations';
import { type Outcome, Prover } from './prover';
import { numberFrom } from './scope';

/** Values that are compared in one test. */
export interface Proof {
  readonly name: string;
  readonly all: Iterable<Values>;
  /** What else there is to say of it, once all are compared. */
  readonly more?: () => string;
}

/** So many differing values are shown. */
const SHOWN = 8;
const LINES = 6;

const TITLES = { helmRender3: 'Helm 3', helmRender4: 'Helm 4' };

/** `describe` for a product: all of it, or a sample of so many. A file for each, so that they share the cores. */
export function describeProduct(product: Product, sample = 120): void {
  const most = numberFrom('PROVE_PRODUCTS', sample);
  describeProofs('product', 'helmRender3', () => [
    {
      name: `${product.name} (${Math.min(most, product.size)} of ${product.size})`,
      all: product.values(most, numberFrom('PROVE_SEED', 1)),
    },
  ]);
}

/** `describe` for comparisons with a Helm. Minutes, and so with a long time limit. */
export function describeProofs(title: string, program: RenderProgram, proofs: () => readonly Proof[]): void {
  describeWith(`${title} (${TITLES[program]})`, [program], () => {
    let prover: Prover;
    beforeAll(() => {
      prover = new Prover(program);
    });
    afterAll(async () => await prover?.close());

    test.each(proofs())(
      '$name',
      async ({ name, all, more = () => '' }) => {
        const figures = { accepted: 0, refused: 0 };
        const wrong: Outcome[] = [];
        await prover.compareAll(all, (outcome) => {
          figures[outcome.accepted ? 'accepted' : 'refused']++;
          if (outcome.differences.length > 0) wrong.push(outcome);
        });
        process.stdout.write(
          `  ${title}, ${name}: ${figures.accepted} accepted and ${figures.refused} refused combinations compared${more()}\n`,
        );
        expect(told(wrong)).toBe('');
      },
      3_600_000,
    );
  });
}

/** Those with the fewest values first, and one of each kind of difference. */
function told(wrong: readonly Outcome[]): string {
  if (wrong.length === 0) return '';
  const sorted = [...wrong].sort((a, b) => JSON.stringify(a.values).length - JSON.stringify(b.values).length);
  const kinds = new Map<string, Outcome>();
  for (const outcome of sorted) if (!kinds.has(kindOf(outcome))) kinds.set(kindOf(outcome), outcome);
  const first = [...kinds.values()].slice(0, SHOWN);
  return [
    `${wrong.length} differ, in ${kinds.size} ways. The first ${first.length}:`,
    ...first.map(({ values, differences }) => {
      const lines = differences.slice(0, LINES).map((line) => `  ${line}`);
      const more = differences.length - lines.length;
      return [JSON.stringify(values), ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
    }),
  ].join('\n');
}

function kindOf({ differences }: Outcome): string {
  return (differences[0] ?? '').replace(/"[^"]*"|\d+/g, '…');
}
