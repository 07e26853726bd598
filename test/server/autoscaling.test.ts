// A HorizontalPodAutoscaler, and what the rest of the registry makes of a number of pods that changes.
import { Cpu, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Registry, type RegistryProps, StorageBackend } from '../../lib';
import { manifest, manifestsIn, newChart } from '../support/synth';

const SHARED = StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });

function chartOf(props: RegistryProps) {
  const chart = newChart();
  new Registry(chart, 'registry', { storage: { backend: SHARED }, ...props });
  return chart;
}

test('the autoscaler has the numbers, and the Deployment none that would undo its work', () => {
  const chart = chartOf({ autoscaling: { minReplicas: 3, maxReplicas: 9, averageCpu: Cpu.units(2) } });
  expect(manifest(chart, 'HorizontalPodAutoscaler/registry').spec).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'registry' },
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '2' } } },
    ],
  });
  expect(manifest(chart, 'Deployment/registry').spec).not.toHaveProperty('replicas');
});

test.each([
  [{ maxReplicas: 4 }, 2, true],
  [{ maxReplicas: 4, minReplicas: 1 }, 1, false],
])('%j has at least %d pods; a budget for drains: %s', (autoscaling, minReplicas, budget) => {
  const chart = chartOf({ autoscaling });
  expect(manifest(chart, 'HorizontalPodAutoscaler/registry').spec).toMatchObject({
    minReplicas,
    metrics: [{ resource: { target: { averageValue: '500m' } } }],
  });
  expect(manifestsIn(chart).filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(
    budget ? 1 : 0,
  );
  expect(manifest(chart, 'Deployment/registry').spec.template.spec.topologySpreadConstraints).toHaveLength(1);
});

test('without one there is a fixed number', () => {
  const chart = chartOf({ replicas: 2 });
  expect(manifestsIn(chart).filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toEqual([]);
  expect(manifest(chart, 'Deployment/registry').spec.replicas).toBe(2);
});
