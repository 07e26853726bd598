// Tolerations and constraints of spread that the API server would refuse, by props and by values of the chart. What a
// real API server says of each is in test/e2e/api-server-scheduling.test.ts.
import { Testing } from 'cdk8s';
import { Registry } from '../../lib';
import { ChartSchema } from '../chart/chart-schema';
import { newChart, problemsIn } from '../support/synth';
import {
  CONSTRAINTS,
  indexesIn,
  PORTS,
  refused,
  SELECTED,
  SELECTIONS,
  TOLERATIONS,
} from './scheduling-cases';

test.each([
  ['tolerations', TOLERATIONS],
  ['topologySpreadConstraints', CONSTRAINTS],
  // The chart's rules compare the keys of labels.
  ['topologySpreadConstraints', SELECTED.filter((one) => !('matchLabelKeys' in one))],
])('the chart refuses those %s that the constructs refuse', (path, all) => {
  const byConstructs = refused(path, all);
  const wrong = new ChartSchema().wrongPaths({ [path]: all });
  expect(indexesIn(wrong.join('\n'), new RegExp(`^${path}\\.(\\d+)`, 'gm'))).toEqual(byConstructs);
  expect(byConstructs.length).toBeGreaterThan(100);
  expect(byConstructs.length).toBeLessThan(all.length);
});

test.each([
  [
    'ports',
    PORTS.filter((port) => !('endPort' in port)).map((port) => ({
      to: [{ podSelector: {} }],
      ports: [port],
    })),
  ],
  ['selectors', SELECTIONS.map((podSelector) => ({ to: [{ podSelector }] }))],
])('the chart refuses those %s of a NetworkPolicy that the constructs refuse', (_, allowTo) => {
  const wrong = new ChartSchema().wrongPaths({ networkPolicy: { allowTo } });
  const byConstructs = refused('networkPolicy', { allowTo }, 'allowTo');
  expect(indexesIn(wrong.join('\n'), /^networkPolicy\.allowTo\.(\d+)/gm)).toEqual(byConstructs);
  expect(byConstructs.length).toBeGreaterThan(30);
});

test('a port that is a number or a name is written as it is', () => {
  const chart = newChart();
  const ports = [{ port: 443 }, { port: 'https', protocol: 'UDP' }] as never[];
  new Registry(chart, 'registry', { networkPolicy: { allowTo: [{ ports }] } });
  const policies = Testing.synth(chart).filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies.flatMap(({ spec }) => spec.egress ?? [])).toContainEqual({
    ports: [{ port: 443 }, { port: 'https', protocol: 'UDP' }],
  });
});

const saidOf = (props: object) => {
  const chart = newChart();
  new Registry(chart, 'registry', props);
  return problemsIn(chart).map((problem) => problem.replace('[chart/registry/deployment] ', ''));
};

test('what to write instead is said of each field', () => {
  const tolerations = [
    { effect: 'NoSchedule' },
    { key: 'a', operator: 'Exists', value: 'b' },
    { key: 'a', operator: 'Gone', value: 'b c', effect: 'Evict' },
    { key: 'a b', operator: 'Exists', tolerationSeconds: 5 },
    { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0.5 },
    { operator: 'Exists', value: 'x' },
    { operator: 'Exists', efect: 'NoSchedule' },
    { key: 5, value: true },
    { key: 'a', effect: 'NoExecute', tolerationSeconds: 1e20 },
  ];
  expect(saidOf({ tolerations })).toEqual([
    'tolerations[0].key: "" names no taint, and only Exists needs none; write a key, or operator: "Exists"',
    'tolerations[1].value: "b" is beside Exists, which compares no value; leave it out, or write operator: "Equal"',
    'tolerations[2].operator: "Gone" is not supported; write "Exists" or "Equal"',
    'tolerations[2].value: "b c" is not a value of a taint; write e.g. "registry"',
    'tolerations[2].effect: "Evict" is not supported; write one of NoSchedule, PreferNoSchedule, NoExecute, or leave it out',
    'tolerations[3].key: "a b" is not a key of a taint; write e.g. "example.com/team"',
    'tolerations[3].tolerationSeconds: 5 has a meaning for NoExecute only; write effect: "NoExecute", or leave it out',
    'tolerations[4].tolerationSeconds: 0.5 is not a whole number; write e.g. 300',
    'tolerations[5].value: "x" is beside Exists, which compares no value; leave it out',
    'tolerations[6].efect: is not a field that is written here; write one of key, operator, value, effect, tolerationSeconds, or leave it out',
    'tolerations[7].key: 5 is not a key of a taint; write e.g. "example.com/team"',
    'tolerations[7].value: true is not a value of a taint; write e.g. "registry"',
    'tolerations[8].tolerationSeconds: 100000000000000000000 is not a whole number; write e.g. 300',
  ]);
});

test('a label over which pods are spread twice', () => {
  const one = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
  const other = { ...one, whenUnsatisfiable: 'ScheduleAnyway' };
  expect(saidOf({ topologySpreadConstraints: [one, other, one] })).toEqual([
    'topologySpreadConstraints[2]: "zone" is spread over with DoNotSchedule already; leave one of the constraints out',
  ]);
});

test('domains without effect', () => {
  const one = { maxSkew: 1, topologyKey: 'a b', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 };
  expect(saidOf({ topologySpreadConstraints: [one] })).toEqual([
    'topologySpreadConstraints[0].minDomains: 2 goes with DoNotSchedule only; leave it out, or write whenUnsatisfiable: "DoNotSchedule"',
    'topologySpreadConstraints[0].topologyKey: "a b" is not a label or annotation key; write e.g. "example.com/team"',
  ]);
});
