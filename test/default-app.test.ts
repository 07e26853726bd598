// The default app as a whole: its objects are what the snapshot shows, and faults that are planted in it are
// noticed.
import { GENERAL } from './catalogue/general';
import { type Kind, objectsOf } from './catalogue/kind';
import { MUTATIONS, tryMutations } from './policy/mutations';
import { readable } from './support/synth';

const DEFAULT = GENERAL['the default app'] as Kind;

test('the default app', () => {
  expect(objectsOf(DEFAULT).map(readable)).toMatchSnapshot();
});

describe('a fault planted in the default app is noticed', () => {
  const outcomes = new Map(tryMutations(objectsOf(DEFAULT)).map((outcome) => [outcome.name, outcome]));
  const planted = [...outcomes.values()].filter((outcome) => outcome.planted);

  test.each(planted.map(({ name }) => name))('%s', (name) => {
    expect(outcomes.get(name)).toMatchObject({ unexpected: [] });
    expect(outcomes.get(name)?.added).not.toHaveLength(0);
  });

  test('most of the faults have a place in it', () => {
    expect(planted.length).toBeGreaterThan(MUTATIONS.length / 2);
  });
});
