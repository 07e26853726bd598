// How many pods run, whether the storage allows it, and how many of them a drain may stop at once.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { RegistryStorage } from '../storage/storage';

/** The number of pods. Several need storage that all of them can mount. */
export function checkReplicas(check: Check, given: number | undefined, storage: RegistryStorage): number {
  const replicas = check.integer('replicas', given, 1, 1, Number.MAX_SAFE_INTEGER);
  if (replicas > 1 && !storage.shared) {
    check.report('replicas-need-shared-storage', 'replicas', { value: replicas, kind: storage._kind });
  }
  if (replicas > 1 && storage._cached && storage.deletion) {
    check.ofRegistry.report('cache-with-replicas', 'storage.descriptorCache', { replicas });
  }
  return replicas;
}

/** The PodDisruptionBudget of several pods, without metadata: a drain stops one at a time. */
export function disruptionBudget(
  matchLabels: Record<string, string>,
): ReturnType<typeof k8s.KubePodDisruptionBudget.manifest> {
  return k8s.KubePodDisruptionBudget.manifest({
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
