// Garbage collection while nothing can be pushed: in the registry's pod, before the registry starts.

import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { RegistryPart } from '../core/part';
import { problemOf } from '../core/problem';
import { STORAGE_PATH } from '../storage/driver';
import { RegistryStorage } from '../storage/storage';

/** When what deleted images leave behind is removed. */
export interface GarbageCollectionOptions {
  /**
   * Collects each time that the registry's pod starts, before the registry does: `kubectl rollout restart` is then a collection. For one replica;
   * a rollout stops the pod before its successor starts, whatever the storage. Until it is through nobody can pull. A collection that fails
   * is logged, and the registry starts all the same. Refused while `storage.readOnly` is true.
   *
   * Nothing may push or delete beside it, or images are destroyed: refused with several replicas, and beside another registry of the app on the same
   * storage that isn't `readOnly`. Images that no tag names stay.
   *
   * @default false
   */
  readonly onStart?: boolean;
}

/** Name of the container. */
export const COLLECTOR = 'collect-garbage';

/** Makes the container that collects from the one that serves. */
export type GarbageCollector = (registry: k8s.Container) => k8s.Container;

/** What the collection depends on. */
interface CollectedRegistry {
  /** What makes the pod. */
  readonly part: RegistryPart;
  readonly replicas: number;
  readonly storage: RegistryStorage;
  /** Are pushes and deletions refused, by whatever setting? */
  readonly readOnly: boolean;
  /** Path of config.yml. */
  readonly configuration: string;
}

/** The container that collects, made from the one that serves: same image, configuration, user and mounts. Undefined if none is wanted. */
export function garbageCollector(
  check: Check,
  given: GarbageCollectionOptions | undefined,
  { part, replicas, storage, readOnly, configuration }: CollectedRegistry,
): GarbageCollector | undefined {
  const options = check.options<GarbageCollectionOptions>('garbageCollection', given);
  const onStart = check.flag('garbageCollection.onStart', options.onStart, false);
  if (!onStart) return undefined;
  if (replicas > 1)
    check.report('collection-beside-replicas', 'garbageCollection.onStart', { value: true, others: replicas > 2 ? 'pods' : 'pod' });
  if (readOnly) check.report('collection-of-read-only-storage', 'garbageCollection.onStart', { value: true });
  if (storage._kind === 'ephemeral') check.report('collection-of-ephemeral-storage', 'garbageCollection.onStart', { value: true });
  else if (!storage.deletion) check.report('collection-without-deletion', 'garbageCollection.onStart', { value: true });
  check.later(() => {
    const others = writersBeside(part, storage);
    return others.length > 0
      ? problemOf('collection-beside-others', 'garbageCollection.onStart', { others: others.join(' and ') })
      : undefined;
  });
  const script = [
    // A collection of nothing fails. In a bucket it can't be foreseen.
    ...(storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH)
      ? [`if [ ! -d ${STORAGE_PATH}/docker/registry/v2/repositories ]; then echo 'nothing was pushed yet'; exit 0; fi`]
      : []),
    `registry garbage-collect ${configuration} || echo 'the collection failed; the registry starts all the same' >&2`,
  ];
  return ({ image, env, volumeMounts, resources }) => ({
    name: COLLECTOR,
    image,
    command: ['sh', '-c', `${script.join('\n')}\n`],
    env,
    resources,
    volumeMounts,
  });
}

/** Other constructs whose pods push to or delete from the same `RegistryStorage`. Two storages at one place are refused anyway. */
function writersBeside(part: RegistryPart, storage: RegistryStorage): string[] {
  return storage.readOnly ? [] : storage._users.filter((user) => user !== part).map((user) => user.node.path);
}
