// Checks the selectors of labels in constraints, affinities and NetworkPolicies, as the API server does.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { isLabelValue, isMetadataKey } from './formats';
import { isPlainObject } from './problem';

/** Operators that compare with values, and those that have none. */
export const OPERATORS_WITH_VALUES = ['In', 'NotIn'];
export const OPERATORS_WITHOUT_VALUES = ['Exists', 'DoesNotExist'];
const OPERATORS = [...OPERATORS_WITH_VALUES, ...OPERATORS_WITHOUT_VALUES];

/** Reports what is not usable of a selector. */
export function checkSelector(check: Check, property: string, given: unknown): void {
  if (given === undefined) return;
  // An empty one selects everything, which is no advice.
  if (!isPlainObject(given)) {
    const example = `${check.path(property)}: { matchLabels: { app: "web" } }, or leave it out`;
    check.report('not-an-object', property, { value: given, example });
    return;
  }
  const selector = given as k8s.LabelSelector;
  check.fields(property, selector, ['matchLabels', 'matchExpressions']);
  check.labels(`${property}.matchLabels`, selector.matchLabels);
  const at = `${property}.matchExpressions`;
  check.objects<k8s.LabelSelectorRequirement>(at, selector.matchExpressions);
  if (!Array.isArray(selector.matchExpressions)) return;
  for (const [index, one] of selector.matchExpressions.entries())
    if (isPlainObject(one)) checkRequirement(check, `${at}[${index}]`, one);
}

function checkRequirement(check: Check, at: string, one: k8s.LabelSelectorRequirement): void {
  check.fields(at, one, ['key', 'operator', 'values']);
  checkLabelKey(check, `${at}.key`, one.key);
  check.enum(`${at}.operator`, one.operator ?? null, undefined, OPERATORS);
  const values = check.strings(`${at}.values`, one.values);
  for (const [index, value] of values.entries())
    if (!isLabelValue(value)) check.report('not-a-label-value', `${at}.values[${index}]`, { value });
  const { operator } = one;
  const none = one.values === undefined || (Array.isArray(one.values) && one.values.length === 0);
  if (OPERATORS_WITH_VALUES.includes(operator) && none)
    check.report('missing', `${at}.values[0]`, { example: 'registry' });
  else if (OPERATORS_WITHOUT_VALUES.includes(operator) && values.length > 0)
    check.report('selector-values-unused', `${at}.values`, { value: one.values, operator });
}

/** The key of a label. */
export function checkLabelKey(check: Check, property: string, key: unknown): void {
  check.string(property, key ?? null, '', isMetadataKey, 'not-a-metadata-key');
}

/** The keys of the labels that a selector, found usable, compares. */
export function keysOf({ matchLabels, matchExpressions }: k8s.LabelSelector): string[] {
  return [...Object.keys(matchLabels ?? {}), ...(matchExpressions ?? []).map(({ key }) => key)];
}
