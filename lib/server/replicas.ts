// How many pods run, and whether the storage allows it.
import { Check } from '../core/check';
import { RegistryStorage } from '../storage/storage';
import { Autoscaling, AutoscalingOptions, autoscaling } from './autoscaling';

/** Numbers of pods. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
  /** Absent where the number is fixed. */
  readonly autoscaling?: Autoscaling;
}

/** What decides whether several pods can be. */
interface ReplicasNeeds {
  readonly storage: RegistryStorage;
  /** The registry's name. */
  readonly name: string;
  /** Whether deleted images stay in the memory of a pod, by raw keys. */
  readonly remembersDeleted: boolean;
}

/** The numbers of pods. Several need storage that all of them can mount. */
export function checkReplicas(
  check: Check,
  given: { readonly replicas?: number; readonly autoscaling?: AutoscalingOptions },
  { storage, name, remembersDeleted }: ReplicasNeeds,
): Replicas {
  const fixed = check.integer('replicas', given.replicas, 1, 1, Number.MAX_SAFE_INTEGER);
  const scaled = autoscaling(check, given.autoscaling, { replicas: given.replicas, name });
  const [property, max] = scaled ? ['autoscaling.maxReplicas', scaled.max] : ['replicas', fixed];
  if (max > 1 && !storage.shared) {
    check.report('replicas-need-shared-storage', property, { value: max, kind: storage._kind });
  }
  if (max > 1 && storage._descriptorCache?.shared === false && storage.deletion) {
    check.ofRegistry.report('cache-with-replicas', 'storage.descriptorCache', { replicas: max });
  } else if (max > 1 && remembersDeleted) {
    check.report('raw-cache-with-replicas', 'configuration.extra.storage.cache', { replicas: max });
  }
  return { min: scaled?.min ?? fixed, max, autoscaling: scaled };
}
