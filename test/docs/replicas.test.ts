// What docs/operations/replicas.md shows is made here.
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as library from '../../lib';
import { blocksIn, readPage } from '../support/page';
import { manifest, newChart, problemsIn } from '../support/synth';

const [registry, autoscaling] = blocksIn(readPage('docs/operations/replicas.md'), 'ts');

function chartOf(typescript: string) {
  const chart = newChart();
  const scope = { ...library, ...plus, ...cdk8s, chart };
  new Function(...Object.keys(scope), typescript)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  return chart;
}

test('two replicas share a Valkey', () => {
  const chart = chartOf(registry as string);
  expect(manifest(chart, 'Deployment/registry').spec.replicas).toBe(2);
  expect(manifest(chart, 'Deployment/registry-descriptor-cache').kind).toBe('Deployment');
});

test('the autoscaler takes the place of the number', () => {
  const chart = chartOf((registry as string).replace('replicas: 2,', autoscaling as string));
  expect(manifest(chart, 'HorizontalPodAutoscaler/registry').spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 6,
  });
});
