// Checks tolerations as the API server does, which refuses the pods, but not the Deployment that makes them.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { isLabelValue, isMetadataKey } from './formats';

/** Operators that every version of Kubernetes takes. */
export const TOLERATION_OPERATORS = ['Exists', 'Equal'];
export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const FIELDS = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'];

/** The tolerations, those that are not usable reported and left out. */
export function checkTolerations(check: Check, given: unknown): k8s.Toleration[] {
  const tolerations = check.objects<k8s.Toleration>('tolerations', given);
  return tolerations.filter((toleration) => {
    const at = `tolerations[${(given as unknown[]).indexOf(toleration)}]`;
    return check.passes(() => {
      check.fields(at, toleration, FIELDS);
      for (const [field, what, instead] of problemsOf(toleration))
        check.report('not-a-toleration', `${at}.${field}`, { value: toleration[field] ?? '', what, instead });
    });
  });
}

type Found = readonly [field: keyof k8s.Toleration, what: string, instead: string];

function problemsOf(toleration: k8s.Toleration): Found[] {
  const { key, operator, value, effect, tolerationSeconds: seconds } = toleration;
  const found: (Found | false)[] = [
    !isGiven(key)
      ? operator !== 'Exists' && [
          'key',
          'names no taint, and only Exists needs none',
          'write a key, or operator: "Exists"',
        ]
      : !(typeof key === 'string' && isMetadataKey(key)) && [
          'key',
          'is not a key of a taint',
          'write e.g. "example.com/team"',
        ],
    isGiven(operator) &&
      !TOLERATION_OPERATORS.includes(String(operator)) && [
        'operator',
        'is not supported',
        'write "Exists" or "Equal"',
      ],
    isGiven(value) &&
      (operator === 'Exists'
        ? [
            'value',
            'is beside Exists, which compares no value',
            isGiven(key) ? 'leave it out, or write operator: "Equal"' : 'leave it out',
          ]
        : !(typeof value === 'string' && isLabelValue(value)) && [
            'value',
            'is not a value of a taint',
            'write e.g. "registry"',
          ]),
    isGiven(effect) &&
      !TAINT_EFFECTS.includes(String(effect)) && [
        'effect',
        'is not supported',
        `write one of ${TAINT_EFFECTS.join(', ')}, or leave it out`,
      ],
    seconds !== undefined &&
      (Number.isSafeInteger(seconds)
        ? effect !== 'NoExecute' && [
            'tolerationSeconds',
            'has a meaning for NoExecute only',
            'write effect: "NoExecute", or leave it out',
          ]
        : ['tolerationSeconds', 'is not a whole number', 'write e.g. 300']),
  ];
  return found.filter((one) => one !== false);
}

/** Kubernetes takes an empty string for nothing. */
function isGiven(text: unknown): boolean {
  return text !== undefined && text !== '';
}
