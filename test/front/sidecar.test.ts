// The registry as a native sidecar of its front: where it stands in the pod, and what it needs no more.
import { FRONTS } from '../catalogue/fronts';
import { objectsOf } from '../catalogue/kind';
import type { Manifest } from '../support/synth';

function podOf(kind: string): Manifest {
  const objects: Manifest[] = objectsOf(FRONTS[kind] as (typeof FRONTS)[string]);
  return objects.find(({ kind }) => kind === 'Deployment')?.spec.template.spec;
}

test('with the version of Kubernetes, the registry starts before nginx and after what prepares the volume', () => {
  const { initContainers, containers } = podOf('a front that the registry is a native sidecar of');
  expect(initContainers.map(({ name, restartPolicy }: Manifest) => [name, restartPolicy])).toEqual([
    ['collect-garbage', undefined],
    ['registry', 'Always'],
  ]);
  expect(containers.map(({ name }: Manifest) => name)).toEqual(['front']);
  // No hook of its own: Kubernetes stops it after nginx.
  expect(initContainers[1].lifecycle).toBeUndefined();
  expect(containers[0].lifecycle.preStop.exec.command).toEqual(['sleep', '10']);
  expect(containers[0].ports).toEqual([
    { name: 'https', containerPort: 5000 },
    { name: 'metrics', containerPort: 5001 },
  ]);
  expect(initContainers[1].ports).toBeUndefined();
});

test('without it, both are plain containers', () => {
  const { initContainers, containers } = podOf('rules behind an ingress');
  expect(initContainers).toBeUndefined();
  expect(containers.map(({ name, restartPolicy }: Manifest) => [name, restartPolicy])).toEqual([
    ['registry', undefined],
    ['front', undefined],
  ]);
  expect(containers[0].lifecycle.preStop.exec.command[2]).toContain('sleep 11');
  expect(containers.map(({ ports }: Manifest) => ports)).toEqual([
    [{ name: 'metrics', containerPort: 5001 }],
    [{ name: 'http', containerPort: 5000 }],
  ]);
});
