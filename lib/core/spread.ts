// Checks how pods are spread over nodes and zones, as the API server does.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { isMetadataKey } from './formats';
import { checkLabelKey, checkSelector, keysOf } from './label-selector';
import { isPlainObject } from './problem';
import { HIGHEST_ID } from './security-context';

/** What becomes of a pod that would break a constraint. */
export const WHEN_UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];
/** Whether nodes count that the pod can't be scheduled on. */
export const NODE_POLICIES = ['Honor', 'Ignore'];

const FIELDS = [
  'maxSkew',
  'topologyKey',
  'whenUnsatisfiable',
  'labelSelector',
  'matchLabelKeys',
  'minDomains',
  'nodeAffinityPolicy',
  'nodeTaintsPolicy',
];

/**
 * The constraints, those that are not usable reported and left out. One without a selector counts the pods of `own`.
 */
export function checkSpread(
  check: Check,
  property: string,
  given: unknown,
  own: k8s.LabelSelector,
): k8s.TopologySpreadConstraint[] {
  const constraints = check
    .objects<k8s.TopologySpreadConstraint>(property, given)
    .map((one) => ({ ...one, labelSelector: one.labelSelector ?? own }));
  const places = Array.isArray(given)
    ? given.flatMap((one, index) => (isPlainObject(one) ? [index] : []))
    : [];
  const seen: string[] = [];
  return constraints.filter((one, index) => {
    const at = `${property}[${places[index]}]`;
    return check.passes(() => {
      checkConstraint(check, at, one);
      const { topologyKey, whenUnsatisfiable } = one;
      const said = `${topologyKey} ${whenUnsatisfiable}`;
      if (topologyKey && seen.includes(said))
        check.report('spread-said-twice', at, { value: topologyKey, whenUnsatisfiable });
      seen.push(said);
    });
  });
}

function checkConstraint(
  check: Check,
  at: string,
  one: k8s.TopologySpreadConstraint & { readonly labelSelector: k8s.LabelSelector },
): void {
  const { maxSkew, minDomains, topologyKey, whenUnsatisfiable, labelSelector, matchLabelKeys } = one;
  check.fields(at, one, FIELDS);
  check.integer(`${at}.maxSkew`, maxSkew ?? null, 1, 1, HIGHEST_ID);
  check.enum(`${at}.whenUnsatisfiable`, whenUnsatisfiable ?? null, undefined, WHEN_UNSATISFIABLE);
  for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const)
    check.enum(`${at}.${policy}`, one[policy], undefined, NODE_POLICIES);
  check.integer(`${at}.minDomains`, minDomains, undefined, 1, HIGHEST_ID);
  if (minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway')
    check.report('spread-domains-without-effect', `${at}.minDomains`, { value: minDomains });
  if (!topologyKey) check.report('missing', `${at}.topologyKey`, { example: 'topology.kubernetes.io/zone' });
  else check.string(`${at}.topologyKey`, topologyKey, '', isMetadataKey, 'not-a-metadata-key');
  const selects = check.passes(() => checkSelector(check, `${at}.labelSelector`, labelSelector));
  const selected = selects ? keysOf(labelSelector) : [];
  for (const [index, key] of check.list<unknown>(`${at}.matchLabelKeys`, matchLabelKeys).entries()) {
    const place = `${at}.matchLabelKeys[${index}]`;
    checkLabelKey(check, place, key);
    if (selected.includes(String(key))) check.report('spread-key-selected', place, { value: key });
  }
}
