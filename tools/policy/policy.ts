// Checks a set of manifests against the library's policy: Pod Security `restricted`, kube-linter's habits,
// and what only shows across objects, such as a selector that matches nothing or a Secret that does not
// exist.
import { AVAILABILITY_RULES } from './rules/availability';
import { CONTAINER_RULES } from './rules/containers';
import { LEAK_RULES } from './rules/leaks';
import { ManifestSet } from './rules/manifest-set';
import { NETWORK_RULES } from './rules/network';
import { OBJECT_RULES } from './rules/objects';
import { POD_SECURITY_RULES } from './rules/pod-security';
import { REFERENCE_RULES } from './rules/references';
import { ROUTE_RULES } from './rules/routes';
import type { Rule } from './rules/rule';

/** Every rule; some names stand twice, for the pod and for its containers. */
export const RULES: readonly Rule[] = [
  ...POD_SECURITY_RULES,
  ...CONTAINER_RULES,
  ...AVAILABILITY_RULES,
  ...NETWORK_RULES,
  ...ROUTE_RULES,
  ...REFERENCE_RULES,
  ...OBJECT_RULES,
  ...LEAK_RULES,
];

export interface PolicyOptions {
  /** Objects outside the set that references may point to, as `Kind/name`: `Secret/basic-auth`. */
  readonly existing?: readonly string[];
  /** Names of rules to leave out, for an example that shows why a rule is there. */
  readonly except?: readonly string[];
}

/** Everything that the objects do wrong: `Deployment/registry container registry: … [rule]`. */
export function policyProblems(
  objects: readonly unknown[],
  { existing = [], except = [] }: PolicyOptions = {},
): string[] {
  const unknown = except.filter((name) => !RULES.some((rule) => rule.name === name));
  if (unknown.length > 0) {
    throw new Error(`except names rules that do not exist: ${unknown.join(', ')}`);
  }
  const set = new ManifestSet(objects, existing);
  return RULES.filter(({ name }) => !except.includes(name)).flatMap(({ name, check }) =>
    check(set).map((problem) => `${problem} [${name}]`),
  );
}
