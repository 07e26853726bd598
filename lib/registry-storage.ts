// Where images are kept: which volume, who may mount it, and whether images may be deleted.
import { ApiObject, Size } from 'cdk8s';
import { IPersistentVolumeClaim, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component } from './manifests/labels';
import { RegistryPart, RegistryPartProps } from './registry-part';

/** Where the registry's root directory is in its pod. */
export const STORAGE_PATH = '/var/lib/registry';

/** Options of a claim that this library makes. */
export interface NewClaimOptions {
  /**
   * Size of the volume: whole kibibytes to pebibytes. Most classes can grow it later, none can shrink it.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the StorageClass; an empty text means none, for a volume that was made by hand.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * Who may mount the volume. Several replicas need READ_WRITE_MANY; with any other the pod is stopped before its successor starts.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Name of the claim.
   *
   * @default - the registry's name
   */
  readonly claimName?: string;

  /**
   * Keeps the claim, and so the images, when a Helm release of these manifests is uninstalled (annotation `helm.sh/resource-policy: keep`).
   *
   * @default true
   */
  readonly keepOnUninstall?: boolean;
}

/** Options of a claim that exists. */
export interface ExistingClaimOptions {
  /**
   * The claim's access mode, which these manifests can't see.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/** What the factories of `StorageBackend` were given; unchecked. */
type BackendSource =
  | { readonly kind: 'newClaim'; readonly options: NewClaimOptions }
  | { readonly kind: 'existingClaim'; readonly claim: IPersistentVolumeClaim; readonly options: ExistingClaimOptions }
  | { readonly kind: 'ephemeral'; readonly sizeLimit?: Size };

/** Where the registry keeps images. */
export class StorageBackend {
  /**
   * A new PersistentVolumeClaim.
   *
   * @param options size, class and access mode
   */
  public static newClaim(options: NewClaimOptions = {}): StorageBackend {
    return new StorageBackend({ kind: 'newClaim', options });
  }

  /**
   * A claim that exists in the registry's namespace.
   *
   * @param claim the claim, e.g. `PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')`
   * @param options its access mode
   */
  public static existingClaim(claim: IPersistentVolumeClaim, options: ExistingClaimOptions = {}): StorageBackend {
    return new StorageBackend({ kind: 'existingClaim', claim, options });
  }

  /**
   * Nothing lasting: all images are gone when the pod is.
   *
   * @param sizeLimit the pod is evicted above this size. Default: the node's disk is the limit
   */
  public static ephemeral(sizeLimit?: Size): StorageBackend {
    return new StorageBackend({ kind: 'ephemeral', sizeLimit });
  }

  private constructor(
    /** @internal */
    public readonly _source: BackendSource,
  ) {}
}

/** How images are kept. */
export interface RegistryStorageOptions {
  /**
   * Where they are kept.
   *
   * @default - a new claim of 10Gi in the default class
   */
  readonly backend?: StorageBackend;

  /**
   * May clients delete images? What a deleted image leaves behind takes space until garbage is collected.
   *
   * @default false
   */
  readonly deletion?: boolean;
}

/** Props of `RegistryStorage`. */
export interface RegistryStorageProps extends RegistryPartProps, RegistryStorageOptions {}

/** The registry's storage: a claim, or what stands in for one. */
export class RegistryStorage extends RegistryPart {
  /** May clients delete images? */
  public readonly deletion: boolean;
  /** Can several pods use the storage at once? */
  public readonly shared: boolean;
  /** Name of the claim, unless ephemeral. */
  public readonly claimName?: string;
  /** The claim, where this library writes it. */
  public readonly claim?: ApiObject;
  /** What to call the storage in a message, e.g. `ReadWriteOnce`. @internal */
  public readonly _kind: string;
  /** The volume that the registry's pod mounts at its root directory. @internal */
  public readonly _volume: k8s.Volume;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props where images are kept
   */
  constructor(scope: Construct, id: string, props: RegistryStorageProps = {}) {
    super(scope, id, props);
    const checked = this._check.options<RegistryStorageProps>('props', props);
    this.deletion = this._check.flag('storage.deletion', checked.deletion, false);
    const source = this._check.instance(
      'storage.backend',
      checked.backend,
      StorageBackend,
      StorageBackend.newClaim(),
      'StorageBackend.newClaim({ size: Size.gibibytes(10) })',
    )._source;
    if (source.kind === 'ephemeral') {
      const sizeLimit = this._check.size('storage.backend.sizeLimit', source.sizeLimit, undefined);
      this.shared = false;
      this._kind = 'ephemeral';
      this._volume = { name: 'data', emptyDir: { ...(sizeLimit && { sizeLimit: k8s.Quantity.fromString(sizeLimit.asString()) }) } };
      return;
    }
    const options = this._check.options<NewClaimOptions & ExistingClaimOptions>('storage.backend.options', source.options);
    const fallback = PersistentVolumeAccessMode.READ_WRITE_ONCE;
    const accessMode = this._check.choice('storage.backend.accessMode', options.accessMode, fallback, WRITABLE);
    this.shared = accessMode === PersistentVolumeAccessMode.READ_WRITE_MANY;
    this._kind = accessMode;
    if (source.kind === 'newClaim') this.claim = this.newClaim(options, accessMode);
    const example = "PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')";
    this.claimName =
      source.kind === 'newClaim'
        ? this.claim?.name
        : this._check.existing('storage.backend.claim', source.claim, 'PersistentVolumeClaim', example);
    this._volume = { name: 'data', persistentVolumeClaim: { claimName: String(this.claimName) } };
  }

  /** The storage part of config.yml. @internal */
  public get _driver(): { [key: string]: unknown } {
    return { filesystem: { rootdirectory: STORAGE_PATH } };
  }

  private newClaim(options: NewClaimOptions, accessMode: PersistentVolumeAccessMode): ApiObject {
    const name = this._check.objectName('storage.backend.claimName', options.claimName, this.registryName, 'registry');
    const size = this._check.size('storage.backend.size', options.size, Size.gibibytes(10));
    const storageClassName =
      options.storageClassName === ''
        ? ''
        : this._check.objectName('storage.backend.storageClassName', options.storageClassName, undefined, 'standard');
    const keep = this._check.flag('storage.backend.keepOnUninstall', options.keepOnUninstall, true);
    return this._object(
      'claim',
      Component.REGISTRY,
      { name, ...(keep && { annotations: { 'helm.sh/resource-policy': 'keep' } }) },
      k8s.KubePersistentVolumeClaim.manifest({
        spec: {
          accessModes: [accessMode],
          storageClassName,
          resources: { requests: { storage: k8s.Quantity.fromString(size.asString()) } },
        },
      }),
    );
  }
}

const WRITABLE = [
  PersistentVolumeAccessMode.READ_WRITE_ONCE,
  PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
  PersistentVolumeAccessMode.READ_WRITE_MANY,
];
