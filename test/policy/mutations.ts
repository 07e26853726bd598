// The table of planted faults and the way to try one: over the checks' own sets, and over what the library
// synthesizes.

import { type PolicyOptions, policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { MissingTarget } from './mutations/editor';
import type { Mutation } from './mutations/fault';
import { POD_FAULTS } from './mutations/pod-faults';
import { REFERENCE_AND_NETWORK_FAULTS } from './mutations/reference-faults';
import { SCHEMA_FAULTS } from './mutations/schema-faults';
import { SET_FAULTS } from './mutations/set-faults';

export type { Mutation };

export const MUTATIONS: readonly Mutation[] = [
  ...SCHEMA_FAULTS,
  ...POD_FAULTS,
  ...REFERENCE_AND_NETWORK_FAULTS,
  ...SET_FAULTS,
];

export interface Outcome {
  readonly name: string;
  /** False where the set has nothing to plant the fault in: no claim, no budget, … */
  readonly planted: boolean;
  /** The problems that the set has with the fault and does not have without it. */
  readonly added: readonly string[];
  /** Those of them that another check than the expected one reports. */
  readonly unexpected: readonly string[];
}

/** What both checks say of a set. */
export function allProblems(objects: readonly unknown[], options?: PolicyOptions): string[] {
  return [...schemaProblems(objects), ...policyProblems(objects, options)];
}

/** Plants one fault after the other, each in a copy of the objects, and says what the checks make of it. */
export function tryMutations(
  objects: readonly unknown[],
  options?: PolicyOptions,
  mutations = MUTATIONS,
): Outcome[] {
  const before = new Set(allProblems(objects, options));
  return mutations.map(({ name, mutate, expect }) => {
    // Through JSON, since objects that are shared between places must not change in both.
    const copy = JSON.parse(JSON.stringify(objects)) as unknown[];
    try {
      mutate(copy);
    } catch (error) {
      if (error instanceof MissingTarget) {
        return { name, planted: false, added: [], unexpected: [] };
      }
      throw error;
    }
    const added = allProblems(copy, options).filter((problem) => !before.has(problem));
    return { name, planted: true, added, unexpected: added.filter((problem) => !expect.test(problem)) };
  });
}
