// Tolerations and constraints of spread: all combinations of values that touch each other.
import { Registry } from '../../lib';
import { newChart, problemsIn } from '../support/synth';

type Fields = Readonly<Record<string, readonly unknown[]>>;

/** Every combination; undefined leaves a field out. */
function combined(fields: Fields): Record<string, unknown>[] {
  return Object.entries(fields).reduce<Record<string, unknown>[]>(
    (all, [name, values]) =>
      all.flatMap((one) => values.map((value) => (value === undefined ? one : { ...one, [name]: value }))),
    [{}],
  );
}

/** Without the operators Lt and Gt, which Kubernetes takes since 1.35 at a feature gate. */
export const TOLERATIONS = combined({
  key: [undefined, '', 'example.com/team', 'a b', 'a'.repeat(64)],
  operator: [undefined, '', 'Exists', 'Equal', 'exists'],
  value: [undefined, '', 'v', 'a b', 'v'.repeat(64)],
  effect: [undefined, '', 'NoSchedule', 'NoExecute', 'PreferNoSchedule', 'Evict'],
  tolerationSeconds: [undefined, 0, -1],
});

/** What a registry's pods have, by which a constraint without a selector counts them. */
export const OWN_SELECTOR = {
  matchLabels: {
    'app.kubernetes.io/name': 'registry',
    'app.kubernetes.io/instance': 'registry',
    'app.kubernetes.io/component': 'registry',
  },
};

/** Ports of egress. */
export const PORTS = combined({
  port: [undefined, 1, 65535, 0, 65536, -1, 'https', 'HTTPS', '443', 'a--b', '-a', 'a'.repeat(16), 'a_b', ''],
  protocol: [undefined, 'TCP', 'UDP', 'SCTP', 'tcp', 'ICMP', ''],
  endPort: [undefined, 0, 1, 65535, 65536],
});

/** Each over a label of its own, for two over one label are refused for that. */
export const CONSTRAINTS = combined({
  topologyKey: ['zone', 'example.com/zone', 'a b', ''],
  maxSkew: [1, 0, -1],
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway', 'Never'],
  minDomains: [undefined, 1, 0, -1],
  nodeAffinityPolicy: [undefined, 'Honor', 'Never'],
  nodeTaintsPolicy: [undefined, 'Ignore', 'Never'],
}).map(({ topologyKey, ...others }, index): Record<string, unknown> => {
  const valid = topologyKey === 'zone' || topologyKey === 'example.com/zone';
  return { ...others, topologyKey: valid ? `${topologyKey}-${index}` : topologyKey };
});

/** Selectors, and the keys of labels beside them, each over a label of its own. */
export const SELECTIONS = [
  ...combined({
    matchLabels: [
      undefined,
      {},
      { app: 'a' },
      { app: '' },
      { 'a b': 'c' },
      { [`${'p'.repeat(253)}/${'n'.repeat(63)}`]: 'v' },
      { [`${'p'.repeat(254)}/app`]: 'v' },
      { ['n'.repeat(64)]: 'v' },
      { app: 'b c' },
      { app: 'v'.repeat(64) },
    ],
    matchExpressions: [
      undefined,
      [],
      [{ key: 'tier', operator: 'Exists' }],
      [{ key: 'a b', operator: 'Exists' }],
    ],
  }),
  ...combined({
    key: ['app', '', 'a b'],
    operator: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'in', ''],
    values: [undefined, [], ['a'], ['a', ''], ['a b']],
  }).map((one) => ({ matchExpressions: [one] })),
];

export const SELECTED = combined({
  labelSelector: [undefined, ...SELECTIONS],
  matchLabelKeys: [
    undefined,
    [],
    ['app'],
    ['tier'],
    ['bad key!'],
    ['app.kubernetes.io/name'],
    ['x', 'x'],
    [''],
  ],
}).map((one, index) => ({
  maxSkew: 1,
  topologyKey: `zone-${index}`,
  whenUnsatisfiable: 'DoNotSchedule',
  ...one,
}));

const ZONE = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
/** The last one is of a label that pods are spread over already. */
export const SAID_TWICE = [
  ZONE,
  { ...ZONE, whenUnsatisfiable: 'ScheduleAnyway' },
  { ...ZONE, labelSelector: { matchLabels: { app: 'others' } } },
];

/** Indexes of those that a registry refuses. */
export function refused(property: string, all: readonly object[] | object, list = property): number[] {
  const chart = newChart();
  new Registry(chart, 'registry', { [property]: all });
  return indexesIn(problemsIn(chart).join('\n'), new RegExp(`${list}\\[(\\d+)\\]`, 'g'));
}

/** The numbers that an expression finds, each once, in their order. */
export function indexesIn(text: string, expression: RegExp): number[] {
  const found = [...text.matchAll(expression)].map(([, index]) => Number(index));
  return [...new Set(found)].sort((a, b) => a - b);
}
