// Garbage collection while nothing can be pushed: in the registry's pod, before the registry starts.
import { k8s } from 'cdk8s-plus-27';
import { RegistryVersion } from './registry-image';
import { RegistryStorage } from './registry-storage';
import { STORAGE_PATH } from './storage/backend';
import { Check } from './validation/check';

/** When what deleted images leave behind is removed. */
export interface GarbageCollectionOptions {
  /**
   * Collects each time that the registry's pod starts, before the registry does: `kubectl rollout restart` is then a collection. For one replica;
   * the pod is stopped before its successor starts, whatever the storage. Until it is through nobody can pull. A collection that fails
   * is logged, and the registry starts all the same. Refused while `storage.readOnly` is true.
   *
   * @default false
   */
  readonly onStart?: boolean;

  /**
   * Removes images that no tag names, too: those whose tag was moved to another image or deleted by itself, and the parts of deleted
   * multi-platform images. Registry 3.x then also removes untagged signatures and other artifacts that refer to an image. Registry 2.8 would
   * destroy multi-platform images, so it is refused there.
   *
   * @default false
   */
  readonly deleteUntagged?: boolean;
}

/** Name of the container. */
export const COLLECTOR = 'collect-garbage';

/** Makes the container that collects from the one that serves. */
export type GarbageCollector = (registry: k8s.Container) => k8s.Container;

/** What the collection depends on. */
interface CollectedRegistry {
  readonly replicas: number;
  readonly version: RegistryVersion;
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
  { replicas, version, storage, readOnly, configuration }: CollectedRegistry,
): GarbageCollector | undefined {
  const options = check.options<GarbageCollectionOptions>('garbageCollection', given);
  const onStart = check.flag('garbageCollection.onStart', options.onStart, false);
  const untagged = check.flag('garbageCollection.deleteUntagged', options.deleteUntagged, false);
  if (untagged && version === RegistryVersion.V2)
    check.add(
      'garbageCollection.deleteUntagged',
      true,
      'would destroy multi-platform images on registry 2.8',
      'use an image of registry 3, or leave it out',
    );
  if (untagged && !onStart)
    check.add('garbageCollection.deleteUntagged', true, 'means nothing without a collection', 'add onStart: true, or leave it out');
  if (!onStart) return undefined;
  if (replicas > 1)
    check.add(
      'garbageCollection.onStart',
      true,
      `would run beside the other ${replicas > 2 ? 'pods' : 'pod'}, and take what is just being pushed there`,
      'write replicas: 1, or leave it out and collect while the registry is read-only',
    );
  if (readOnly)
    check.add(
      'garbageCollection.onStart',
      true,
      'would delete from a storage that is read-only, for a backup or a move',
      'leave it out for as long as storage.readOnly is true',
    );
  if (storage._kind === 'ephemeral')
    check.add('garbageCollection.onStart', true, 'finds nothing, because ephemeral storage is empty at each start', 'leave it out');
  else if (!storage.deletion && !untagged)
    check.add('garbageCollection.onStart', true, 'finds nothing, because no image can be deleted', 'add storage: { deletion: true }');
  const command = ['registry', 'garbage-collect', ...(untagged ? ['--delete-untagged'] : []), configuration].join(' ');
  const script = [
    // A collection of nothing fails. In a bucket it can't be foreseen.
    ...(storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH)
      ? [`if [ ! -d ${STORAGE_PATH}/docker/registry/v2/repositories ]; then echo 'nothing was pushed yet'; exit 0; fi`]
      : []),
    `${command} || echo 'the collection failed; the registry starts all the same' >&2`,
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
