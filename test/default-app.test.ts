// The default app as a whole: its objects are what the snapshot shows, and Kubernetes and the policy accept them and those of all other kinds of registries.

import { policyProblems } from '../tools/policy/policy';
import { schemaProblems } from '../tools/policy/schema';
import { MUTATIONS, tryMutations } from './policy/mutations';
import { readable } from './support/synth';
import { objectsOf, VARIANTS } from './support/variants';

const DEFAULT = VARIANTS['the default app'] as (typeof VARIANTS)[string];

test('the default app', () => {
  expect(objectsOf(DEFAULT).map(readable)).toMatchSnapshot();
});

test('the same app twice gives the same objects', () => {
  expect(objectsOf(DEFAULT)).toEqual(objectsOf(DEFAULT));
});

describe.each(Object.entries(VARIANTS))('%s', (_, variant) => {
  const objects = objectsOf(variant);

  test('has only fields that the Kubernetes API knows, with values that it takes', () => {
    expect(schemaProblems(objects)).toEqual([]);
  });

  test('keeps the policy', () => {
    expect(policyProblems(objects, { existing: variant.existing })).toEqual([]);
  });
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
