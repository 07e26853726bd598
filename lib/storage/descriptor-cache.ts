// Where the registry remembers which blobs there are: in each pod's memory, or in a Redis or Valkey that all pods ask.
import type { Check } from '../core/check';
import type { RegistryPart } from '../core/registry-part';
import type { BoundDescriptorCache } from './driver';
import { RedisOptions, redis } from './redis';
import { ValkeyOptions, valkey } from './valkey';

/**
 * Where the registry remembers descriptors of blobs: that they exist, and their size. Each saves a call to the storage:
 * a pull of ten layers takes 13 calls to a bucket instead of 92.
 *
 * @example
 * const descriptorCache = DescriptorCache.valkey();
 * new Registry(chart, 'registry', {
 *   replicas: 2,
 *   storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }), deletion: true, descriptorCache },
 * });
 */
export class DescriptorCache {
  /**
   * In the memory of each pod. After garbage collection the registry must be restarted, or an image that is pushed
   * again is broken, and `RegistryCollection` is not allowed; and with several replicas a deleted image stays visible in the others, so it is not allowed
   * together with `deletion` and several replicas.
   *
   * @returns the cache
   */
  public static inMemory(): DescriptorCache {
    return new DescriptorCache(() => ({ shared: false }));
  }

  /**
   * In a Redis, or a server that speaks its protocol, that exists. Give it a limit of memory and the eviction
   * `allkeys-lru`: keys never expire. While it is away, the registry works without it.
   * `RegistryCollection` deletes the registry's keys, for which the user needs SCAN, DEL, and
   * for another database than 0 SELECT.
   *
   * @param address its `host` or `host:port`; 6379 is the default port
   * @param options the login, the database and the CA
   * @returns the cache
   */
  public static redis(address: string, options: RedisOptions = {}): DescriptorCache {
    return new DescriptorCache((part, check) => redis(part, check, address, options));
  }

  /**
   * In a small Valkey that is deployed beside the registry, with a generated password and a limit of memory. It keeps
   * nothing on disk: after a restart it is empty, and the registry asks the storage again.
   *
   * @param options its image, its memory and where it runs
   * @returns the cache
   */
  public static valkey(options: ValkeyOptions = {}): DescriptorCache {
    return new DescriptorCache((part, check) => valkey(part, check, options));
  }

  private constructor(
    /** Called once by RegistryStorage (storage.ts). @internal */
    public readonly _bind: (part: RegistryPart, check: Check) => BoundDescriptorCache,
  ) {}
}
