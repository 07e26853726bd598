// The checks' own test: nothing to complain about in good sets, and each planted fault turns exactly the
// expected check red.

import { RULES } from '../../tools/policy/policy';
import { goodSet } from './good-set';
import { allProblems, MUTATIONS, type Outcome, tryMutations } from './mutations';
import { wideSet } from './wide-set';

const SCHEMA_RULES = ['api-version', 'schema', 'unknown-field', 'null-value'];
/** About kinds that are not on the allow-list yet; policy.test.ts and routes.test.ts plant their faults. */
const OTHER_KINDS = ['scaler-dangling', 'monitor-dangling', 'route-dangling'];

test('a good registry has no problem', () => {
  expect(allProblems(goodSet())).toEqual([]);
});

test('a good set with every kind of the allow-list has no problem', () => {
  expect(allProblems(wideSet())).toEqual([]);
});

describe('planted faults', () => {
  const objects = wideSet();
  const outcomes = new Map<string, Outcome>();
  beforeAll(() => {
    for (const outcome of tryMutations(objects)) {
      outcomes.set(outcome.name, outcome);
    }
  });

  test.each(MUTATIONS.map(({ name }) => name))('%s turns its check red, and no other', (name) => {
    expect(outcomes.get(name)).toMatchObject({ planted: true, unexpected: [] });
    expect(outcomes.get(name)?.added).not.toHaveLength(0);
  });

  test('together turn every rule red', () => {
    const red = new Set(
      [...outcomes.values()]
        .flatMap(({ added }) => added)
        .map((problem) => /\[([a-z-]+)\]$/.exec(problem)?.[1]),
    );
    const rules = [...SCHEMA_RULES, ...RULES.map(({ name }) => name)];
    expect(rules.filter((name) => !red.has(name) && !OTHER_KINDS.includes(name))).toEqual([]);
  });

  test('leave the objects as they were', () => {
    expect(objects).toEqual(wideSet());
  });

  test('have names of their own', () => {
    expect(outcomes.size).toBe(MUTATIONS.length);
  });

  test('without a place in the set are told apart from those that nobody notices', () => {
    const budgets = MUTATIONS.filter(({ name }) => name === 'budget of nothing');
    expect(tryMutations(goodSet(), {}, budgets)).toEqual([
      { name: 'budget of nothing', planted: false, added: [], unexpected: [] },
    ]);
  });
});
