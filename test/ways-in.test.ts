// What holds for a registry behind whatever way in: its objects are what the APIs take, they keep the policy, they stand in their numbered
// files, and the same app gives them again.
import type { Chart } from 'cdk8s';
import { Registry } from '../lib';
import { filesOf, type Manifest } from '../lib/manifests/table';
import { ALL_MODELS } from './checks/custom-resources';
import { policyProblems } from './checks/policy';
import { schemaProblems } from './checks/schema';
import { manifestsIn, newChart, problemsIn } from './support/synth';
import { WAYS_IN } from './support/ways-in';

function chartOf(name: string): Chart {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ...WAYS_IN[name] });
  return chart;
}

describe.each(Object.keys(WAYS_IN))('%s', (name) => {
  const chart = chartOf(name);
  const objects = manifestsIn(chart);

  test('is valid', () => {
    expect(problemsIn(chart)).toEqual([]);
  });

  test('has only fields that the APIs know, with values that they take', () => {
    expect(schemaProblems(objects, ALL_MODELS)).toEqual([]);
  });

  test('keeps the policy', () => {
    expect(policyProblems(objects)).toEqual([]);
  });

  test('stands in numbered files', () => {
    expect([...filesOf(objects as Manifest[]).keys()].filter((file) => file.startsWith('900'))).toEqual([]);
  });

  test('is the same again', () => {
    expect(manifestsIn(chartOf(name))).toEqual(objects);
  });
});

test('what an API does not know is noticed in a custom resource too', () => {
  const [route] = manifestsIn(chartOf('an IngressRoute')).filter(({ kind }) => kind === 'IngressRoute');
  expect(schemaProblems([{ ...route, spec: { ...route?.spec, entrypoints: [] } }], ALL_MODELS)).toEqual([
    'IngressRoute/registry: spec.entrypoints is not a field of the API [unknown-field]',
  ]);
});
