// The storage backends to choose from. RegistryStorage (storage.ts) calls `_bind`, which creates the
// backend's objects: e.g. `newClaim` in claims.ts adds the claim.
import { IPersistentVolumeClaim } from 'cdk8s-plus-27';
import { AzureOptions, azure } from './azure';
import {
  EphemeralOptions,
  ExistingClaimOptions,
  ephemeral,
  existingClaim,
  NewClaimOptions,
  newClaim,
} from './claims';
import { BindStorage } from './driver';
import { GcsOptions, gcs } from './gcs';
import { HostPathOptions, hostPath } from './host-path';
import { S3Options, s3 } from './s3';
import { SwiftOptions, swift } from './swift';

/**
 * Where the registry stores images.
 *
 * @example
 * const backend = StorageBackend.newClaim({
 *   size: Size.gibibytes(100),
 *   storageClassName: 'fast',
 *   accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
 * });
 * new Registry(chart, 'registry', { replicas: 2, storage: { backend } });
 */
export class StorageBackend {
  /**
   * A new PersistentVolumeClaim.
   *
   * @param options size, class and access mode
   */
  public static newClaim(options: NewClaimOptions = {}): StorageBackend {
    return new StorageBackend((context) => newClaim(context, options));
  }

  /**
   * A claim that exists in the registry's namespace.
   *
   * @param claim the claim, e.g. `PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')`
   * @param options its access mode
   */
  public static existingClaim(
    claim: IPersistentVolumeClaim,
    options: ExistingClaimOptions = {},
  ): StorageBackend {
    return new StorageBackend((context) => existingClaim(context, claim, options));
  }

  /**
   * Ephemeral: images are lost with the pod.
   *
   * @param options size limit
   */
  public static ephemeral(options: EphemeralOptions = {}): StorageBackend {
    return new StorageBackend((context) => ephemeral(context, options));
  }

  /**
   * A directory of a node, as a PersistentVolume and a claim that are bound to each other. For one replica.
   *
   * @param options the directory, and the node that has it
   */
  public static hostPath(options: HostPathOptions): StorageBackend {
    return new StorageBackend((context) => hostPath(context, options));
  }

  /**
   * A bucket on Amazon S3, or on a server with the S3 API, such as MinIO. For any number of replicas.
   *
   * @param options the bucket, the server and the keys
   */
  public static s3(options: S3Options): StorageBackend {
    return new StorageBackend((context) => s3(context, options));
  }

  /**
   * A bucket on Google Cloud Storage. For any number of replicas.
   *
   * @param options the bucket and the account
   */
  public static gcs(options: GcsOptions): StorageBackend {
    return new StorageBackend((context) => gcs(context, options));
  }

  /**
   * A container on Azure Blob Storage. For any number of replicas.
   *
   * @param options the container and the identity
   */
  public static azure(options: AzureOptions): StorageBackend {
    return new StorageBackend((context) => azure(context, options));
  }

  /**
   * A container on OpenStack Swift, for Distribution 2.8 only. For any number of replicas.
   *
   * @param options the container and the user
   */
  public static swift(options: SwiftOptions): StorageBackend {
    return new StorageBackend((context) => swift(context, options));
  }

  private constructor(
    /** Called once by RegistryStorage (storage.ts), with its context. @internal */
    public readonly _bind: BindStorage,
  ) {}
}
