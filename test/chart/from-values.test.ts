// What values mean: the registry that they make is the one whose props people write for the same purpose.

import type { Manifest } from '../support/synth';
import { nameOf } from './compared-objects';
import { plainRegistry } from './plain-registry';
import { REFUSED_TOGETHER } from './refused-values';
import { VALUE_SETS } from './value-sets';
import { registryOfValues } from './values-registry';

const isTest = (object: any) => object.podSelector?.matchLabels?.['app.kubernetes.io/component'] === 'test';

/** Without what is there for `helm test` only. */
function withoutTest(objects: readonly Manifest[], name: string): Manifest[] {
  return objects
    .filter((object) => nameOf(object) !== `Pod/${name}-test`)
    .map((object) =>
      JSON.parse(JSON.stringify(object), (_, part) =>
        Array.isArray(part) ? part.filter((item) => !isTest(item)) : part,
      ),
    );
}

test.each(VALUE_SETS)('$name', (set) => {
  const made = registryOfValues(set.values, { name: set.release });
  expect(made.problems).toEqual([]);
  const plain = plainRegistry(set);
  expect(made.chartName).toBe(set.chartName ?? 'registry');
  const { name = '', objects = [], ...generated } = made.plain ?? {};
  const { name: plainName, objects: plainObjects, ...plainGenerated } = plain;
  expect(name).toBe(plainName);
  expect(generated).toEqual(plainGenerated);
  expect(withoutTest(objects, name)).toEqual(plainObjects);
});

test.each(REFUSED_TOGETHER)('refused: $name', ({ values, says }) => {
  const { problems } = registryOfValues(values);
  expect(problems.some((problem) => problem.startsWith(says)) || problems).toBe(true);
});
