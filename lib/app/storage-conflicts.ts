// Where the registries of an app store images and remember layers, and the rules that no two of them do it in one place.
import { Construct, IConstruct } from 'constructs';
import { ownersOf } from '../core/duplicate-objects';
import { type Problem, problemOf } from '../core/problem';

/** A registry's use of a storage location that another registry could use, too. */
export interface StorageUse {
  /** The property that names the storage: `storage.backend`, or `backend` of a storage that is used alone. */
  readonly property: string;
  /**
   * The location, as a string: equal strings are the same location. A directory of a node ends with ` of node
   * "..."` where the node is known.
   */
  readonly location: string;
  /**
   * Whether the claim is created here. For two that create it, both the name and the claim are reported
   * already.
   */
  readonly ownClaim: boolean;
  /** Whether nothing is written there. Evaluated when the app is complete. */
  readonly readOnly: () => boolean;
  /** Whether it is a cache, which deletes by itself. */
  readonly cache: boolean;
}

/** A registry's use of a server that remembers which blobs there are. */
export interface DescriptorCacheUse {
  /** Where it is. */
  readonly host: string;
  readonly port: number;
  readonly database: number;
  /** Where the blobs are, as in `StorageUse`. */
  readonly location?: string;
}

/** Records that a construct stores images in a location. */
export function usesStorage(construct: Construct, use: StorageUse): void {
  of(storages, construct.node.root).set(construct, use);
}

/** Records that a construct remembers its blobs in a server. */
export function usesDescriptorCache(construct: Construct, use: DescriptorCacheUse): void {
  of(descriptorCaches, construct.node.root).set(construct, use);
}

/** Other constructs of the app that write to where a construct stores images. Asked when the app is complete. */
export function writersElsewhere(construct: Construct): string[] {
  const all = of(storages, construct.node.root);
  const own = all.get(construct)?.location;
  return [...all].flatMap(([other, { location, readOnly }]) =>
    other !== construct && own !== undefined && isOneLocation(own, location) && !readOnly()
      ? other.node.path
      : [],
  );
}

type Uses<Use> = WeakMap<IConstruct, Map<Construct, Use>>;
const storages: Uses<StorageUse> = new WeakMap();
const descriptorCaches: Uses<DescriptorCacheUse> = new WeakMap();

/** Those of an app. */
function of<Use>(all: Uses<Use>, root: IConstruct): Map<Construct, Use> {
  const known = all.get(root) ?? new Map<Construct, Use>();
  all.set(root, known);
  return known;
}

/**
 * Garbage collection deletes blobs that its registry doesn't reference, e.g. layers of an upload to another registry.
 */
export function oneWriterForEachStorage(root: IConstruct): Problem[] {
  return pairs([...of(storages, root)]).flatMap(([[one, its], [other, others]]) => {
    const { property, location } = its;
    const created = its.ownClaim && others.ownClaim && location.startsWith('the claim ');
    // Of few: whether nothing is written is read from a whole configuration.
    if (created || !isOneLocation(location, others.location)) return [];
    const readOnly = its.readOnly() || others.readOnly();
    if (readOnly && !its.cache && !others.cache) return [];
    return problemOf(readOnly ? 'storage-of-a-cache' : 'storage-written-twice', property, {
      constructs: ownersOf([one, other]),
      location: longer(location, others.location),
    });
  });
}

/** Its keys name repositories and blobs, and no registry. */
export function oneStorageForEachDescriptorCache(root: IConstruct): Problem[] {
  return pairs([...of(descriptorCaches, root)]).flatMap(([[one, its], [other, others]]) => {
    const { host, port, database, location } = its;
    const isOne = host === others.host && port === others.port && database === others.database;
    const stored = location !== undefined && others.location !== undefined;
    if (!isOne || (stored && isOneLocation(location, others.location))) return [];
    return problemOf('descriptor-cache-of-two', 'storage.descriptorCache', {
      constructs: ownersOf([one, other]),
      server: `${host}:${port}`,
      database,
    });
  });
}

function isOneLocation(one: string, other: string): boolean {
  return (
    one === other || longer(one, other).startsWith(`${one.length < other.length ? one : other} of node `)
  );
}

function longer(one: string, other: string): string {
  return one.length < other.length ? other : one;
}

/** Each pair, once. */
export function pairs<T>(entries: readonly T[]): [T, T][] {
  return entries.flatMap((one, index) => entries.slice(index + 1).map((other): [T, T] => [one, other]));
}
