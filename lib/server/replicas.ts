// How many pods run, and whether the storage allows it.
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
