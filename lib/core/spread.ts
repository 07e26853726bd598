// Checks how pods are spread over nodes and zones, as the API server does.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { HIGHEST_ID } from './security-context';

/** What becomes of a pod that would break a constraint. */
export const WHEN_UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];

/** The constraints, those that are not usable reported. */
export function checkSpread(check: Check, property: string, given: unknown): k8s.TopologySpreadConstraint[] {
  const constraints = check.objects<k8s.TopologySpreadConstraint>(property, given);
  for (const [index, { maxSkew, topologyKey, whenUnsatisfiable }] of constraints.entries()) {
    const at = `${property}[${index}]`;
    check.integer(`${at}.maxSkew`, maxSkew ?? null, 1, 1, HIGHEST_ID);
    check.enum(`${at}.whenUnsatisfiable`, whenUnsatisfiable ?? null, undefined, WHEN_UNSATISFIABLE);
    if (!topologyKey)
      check.report('missing', `${at}.topologyKey`, { example: 'topology.kubernetes.io/zone' });
  }
  return constraints;
}
