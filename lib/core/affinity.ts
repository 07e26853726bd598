// Checks that an affinity has the fields that are written, each of its own kind. What is in them is Kubernetes' to
// check.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { checkSelector } from './label-selector';
import { isPlainObject } from './problem';

/** What a field is: an object of others, or a list of one kind. */
export type Shape = 'string' | 'integer' | 'selector' | { readonly list: Shape } | Shapes;
interface Shapes {
  readonly fields: { readonly [name: string]: Shape };
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const REQUIREMENTS: Shape = {
  list: { fields: { key: 'string', operator: 'string', values: { list: 'string' } } },
};
const NODES: Shape = { fields: { matchExpressions: REQUIREMENTS, matchFields: REQUIREMENTS } };
const PODS: Shape = {
  fields: {
    labelSelector: 'selector',
    namespaceSelector: 'selector',
    namespaces: { list: 'string' },
    topologyKey: 'string',
  },
};
const OF_PODS: Shape = {
  fields: {
    [REQUIRED]: { list: PODS },
    [PREFERRED]: { list: { fields: { weight: 'integer', podAffinityTerm: PODS } } },
  },
};

/** An affinity. */
export const AFFINITY_SHAPE: Shapes = {
  fields: {
    nodeAffinity: {
      fields: {
        [REQUIRED]: { fields: { nodeSelectorTerms: { list: NODES } } },
        [PREFERRED]: { list: { fields: { weight: 'integer', preference: NODES } } },
      },
    },
    podAffinity: OF_PODS,
    podAntiAffinity: OF_PODS,
  },
};

/** The affinity; nothing where it is not usable, which is reported. */
export function checkAffinity(check: Check, property: string, given: unknown): k8s.Affinity {
  return check.passes(() => checkShape(check, property, given, AFFINITY_SHAPE))
    ? ((given ?? {}) as k8s.Affinity)
    : {};
}

function checkShape(check: Check, at: string, given: unknown, shape: Shape): void {
  if (given === undefined) return;
  if (shape === 'selector') checkSelector(check, at, given);
  else if (shape === 'integer') check.integer(at, given, undefined, 1, 100);
  else if (shape === 'string') {
    if (typeof given !== 'string')
      check.report('not-a-string', at, { value: given, instead: 'write it in quotes' });
  } else if ('fields' in shape) {
    const object = check.options<Record<string, unknown>>(at, given);
    check.fields(at, object, Object.keys(shape.fields));
    for (const [name, one] of Object.entries(shape.fields))
      checkShape(check, `${at}.${name}`, object[name], one);
  } else if (shape.list === 'string') {
    check.strings(at, given);
  } else {
    check.objects(at, given);
    for (const [index, one] of Array.isArray(given) ? given.entries() : [])
      if (isPlainObject(one)) checkShape(check, `${at}[${index}]`, one, shape.list);
  }
}
