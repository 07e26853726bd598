// Checks how pods are spread over nodes and zones, as the API server does.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { isMetadataKey } from './formats';
import { HIGHEST_ID } from './security-context';

/** What becomes of a pod that would break a constraint. */
export const WHEN_UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];
/** Whether nodes count that the pod can't be scheduled on. */
export const NODE_POLICIES = ['Honor', 'Ignore'];

/** The constraints, those that are not usable reported. */
export function checkSpread(check: Check, property: string, given: unknown): k8s.TopologySpreadConstraint[] {
  const constraints = check.objects<k8s.TopologySpreadConstraint>(property, given);
  const seen: string[] = [];
  for (const [index, one] of constraints.entries()) {
    const { maxSkew, minDomains, topologyKey, whenUnsatisfiable } = one;
    const at = `${property}[${index}]`;
    check.integer(`${at}.maxSkew`, maxSkew ?? null, 1, 1, HIGHEST_ID);
    check.enum(`${at}.whenUnsatisfiable`, whenUnsatisfiable ?? null, undefined, WHEN_UNSATISFIABLE);
    for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const)
      check.enum(`${at}.${policy}`, one[policy], undefined, NODE_POLICIES);
    check.integer(`${at}.minDomains`, minDomains, undefined, 1, HIGHEST_ID);
    if (minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway')
      check.report('spread-domains-without-effect', `${at}.minDomains`, { value: minDomains });
    if (!topologyKey)
      check.report('missing', `${at}.topologyKey`, { example: 'topology.kubernetes.io/zone' });
    else if (!isMetadataKey(String(topologyKey)))
      check.report('not-a-metadata-key', `${at}.topologyKey`, { value: topologyKey });
    const said = `${topologyKey} ${whenUnsatisfiable}`;
    if (topologyKey && seen.includes(said))
      check.report('spread-said-twice', at, { value: topologyKey, whenUnsatisfiable });
    seen.push(said);
  }
  return constraints;
}
