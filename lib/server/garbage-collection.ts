// Garbage collection while no pushes are possible: in the registry's pod, before the registry starts.

import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { problemOf } from '../core/problem';
import { RegistryPart } from '../core/registry-part';
import { STORAGE_PATH } from '../storage/driver';
import { RegistryStorage } from '../storage/storage';

/** When garbage collection removes the blobs of deleted images. */
export interface GarbageCollectionOptions {
  /**
   * Collects garbage each time that the registry's pod starts, before the registry does: `kubectl rollout
   * restart` then triggers a collection. For one replica; a rollout stops the pod before its successor
   * starts, with any storage. The registry is unavailable until it finishes. A failed collection is logged,
   * and the registry starts all the same. Not allowed while `storage.readOnly` is true.
   *
   * Concurrent pushes and deletions destroy images: so it is not allowed with several replicas, nor beside
   * another registry on the same storage that isn't `readOnly`. Untagged images are kept. Snapshots may be taken
   * meanwhile: what is deleted belongs to no image.
   *
   * @default false
   * @see https://distribution.github.io/distribution/about/garbage-collection/
   */
  readonly onStart?: boolean;
}

/** Name of the container. */
export const COLLECTOR = 'collect-garbage';

const REPOSITORIES = `${STORAGE_PATH}/docker/registry/v2/repositories`;

/**
 * A collection fails at a repository without a folder of layers: one with nothing but an empty index, or one of a
 * cache, of which a client looked at manifests and pulled nothing.
 */
const MAKE_LAYERS = `find ${REPOSITORIES} -type d -name _manifests -prune | while read -r folder; do mkdir -p "\${folder%_manifests}_layers"; done`;

/** Derives the collector's container from the registry's. */
export type GarbageCollector = (registry: k8s.Container) => k8s.Container;

/** The properties of the registry that garbage collection depends on. */
interface CollectedRegistry {
  /** The construct that creates the pod. */
  readonly part: RegistryPart;
  readonly replicas: number;
  readonly storage: RegistryStorage;
  /** Whether pushes and deletions are refused, by any setting. */
  readonly readOnly: boolean;
  /** Path of config.yml. */
  readonly configuration: string;
}

/**
 * The collector's container, derived from the registry's: same image, configuration, user and mounts.
 * Undefined if it is disabled.
 */
export function garbageCollector(
  check: Check,
  given: GarbageCollectionOptions | undefined,
  { part, replicas, storage, readOnly, configuration }: CollectedRegistry,
): GarbageCollector | undefined {
  const options = check.options<GarbageCollectionOptions>('garbageCollection', given);
  const onStart = check.boolean('garbageCollection.onStart', options.onStart, false);
  if (!onStart) return undefined;
  if (replicas > 1)
    check.report('collection-beside-replicas', 'garbageCollection.onStart', {
      value: true,
      others: replicas > 2 ? 'pods' : 'pod',
    });
  if (storage._descriptorCache?.shared)
    check.report('collection-beside-shared-cache', 'garbageCollection.onStart', { value: true });
  if (readOnly) check.report('collection-of-read-only-storage', 'garbageCollection.onStart', { value: true });
  if (storage._kind === 'ephemeral')
    check.report('collection-of-ephemeral-storage', 'garbageCollection.onStart', { value: true });
  else if (!storage.deletion)
    check.report('collection-without-deletion', 'garbageCollection.onStart', { value: true });
  check.later(() => {
    const others = writersBeside(part, storage);
    return others.length > 0
      ? problemOf('collection-beside-others', 'garbageCollection.onStart', {
          value: true,
          others: others.join(' and '),
        })
      : undefined;
  });
  const onVolume = storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH);
  const script = [
    // A collection of an empty storage fails. In a bucket this can't be checked beforehand.
    ...(onVolume ? [`if [ ! -d ${REPOSITORIES} ]; then echo 'nothing was pushed yet'; exit 0; fi`] : []),
    ...(onVolume ? [MAKE_LAYERS] : []),
    `registry garbage-collect ${configuration} || echo 'the collection failed; the registry starts all the same' >&2`,
  ];
  return ({ image, imagePullPolicy, env, volumeMounts, resources }) => ({
    name: COLLECTOR,
    image,
    imagePullPolicy,
    command: ['sh', '-c', `${script.join('\n')}\n`],
    env,
    resources,
    volumeMounts,
  });
}

/**
 * Other constructs whose pods push to or delete from the same `RegistryStorage`. Two storages at one location
 * are an error anyway.
 */
export function writersBeside(part: RegistryPart, storage: RegistryStorage): string[] {
  return storage.readOnly ? [] : storage._users.filter((user) => user !== part).map((user) => user.node.path);
}
