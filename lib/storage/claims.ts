// Volumes that the cluster provides: a new claim, an existing one, or an emptyDir that is deleted with the
// pod.
import { Size } from 'cdk8s';
import { IPersistentVolumeClaim, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { STORAGE_PATH, StorageContext, StorageDriver } from './driver';

/** Options of a claim that this library creates. */
export interface NewClaimOptions {
  /**
   * Size of the volume: whole kibibytes to pebibytes. Most classes can grow it later, none can shrink it.
   *
   * @default Size.gibibytes(10)
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
   */
  readonly size?: Size;

  /**
   * Name of the StorageClass; an empty string means none, for a statically provisioned volume. See
   * `StorageClasses` for the first one of several that a cluster has.
   *
   * @default - the cluster's default class
   * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
   */
  readonly storageClassName?: string;

  /**
   * Access mode of the volume. Several replicas need READ_WRITE_MANY; with any other mode the pod is stopped
   * before its successor starts.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Name of the claim.
   *
   * @default - the registry's name
   */
  readonly claimName?: string;

  /**
   * Name of a VolumeSnapshot in the registry's namespace that a new volume starts from, at least as large as that was:
   * a restore. A claim that exists can't be changed to it: give the new one another `claimName`, and leave this here for
   * as long as the claim is there.
   *
   * @default - the volume is empty
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support
   */
  readonly snapshot?: string;

  /**
   * Keeps the claim, and so the images, when the Helm release is uninstalled, and when Argo CD or Flux would prune it (by their
   * annotations). `kubectl apply --prune` knows none.
   *
   * @default true
   */
  readonly keepOnUninstall?: boolean;
}

/** Options of ephemeral storage (emptyDir). */
export interface EphemeralOptions {
  /**
   * The pod is evicted above this size.
   *
   * @default - the node's disk is the limit
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  readonly sizeLimit?: Size;
}

/** Options of an existing claim. */
export interface ExistingClaimOptions {
  /**
   * The claim's access mode, which can't be determined at synthesis.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/** Annotations that keep an object when a Helm release is uninstalled, or Argo CD or Flux finds it no longer in their source. */
export const KEPT = {
  'helm.sh/resource-policy': 'keep',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

const WRITABLE = [
  PersistentVolumeAccessMode.READ_WRITE_ONCE,
  PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
  PersistentVolumeAccessMode.READ_WRITE_MANY,
];

/** A new claim. */
export function newClaim(context: StorageContext, given: NewClaimOptions): StorageDriver {
  const { check, registryName } = context;
  const options = check.options<NewClaimOptions>('options', given);
  const accessMode = checkAccessMode(context, options);
  const name = check.objectName('claimName', options.claimName, registryName, 'registry');
  const size = check.size('size', options.size, Size.gibibytes(10));
  const storageClassName =
    options.storageClassName === ''
      ? ''
      : check.objectName('storageClassName', options.storageClassName, undefined, 'standard');
  const snapshot = check.objectName('snapshot', options.snapshot, undefined, 'registry-20261128-030311');
  const keep = check.boolean('keepOnUninstall', options.keepOnUninstall, true);
  // Adds the claim to the construct tree, by RegistryPart._object.
  const claim = context.add(
    'claim',
    { name, ...(keep && { annotations: KEPT }) },
    k8s.KubePersistentVolumeClaim.manifest({
      spec: {
        accessModes: [accessMode],
        storageClassName,
        resources: { requests: { storage: k8s.Quantity.fromString(size.asString()) } },
        ...(snapshot !== undefined && {
          dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: snapshot },
        }),
      },
    }),
  );
  return {
    ...mounted(accessMode, { persistentVolumeClaim: { claimName: name } }),
    location: claimAt(context, name),
    claim,
    claimName: name,
  };
}

/** An existing claim. */
export function existingClaim(
  context: StorageContext,
  claim: IPersistentVolumeClaim,
  given: ExistingClaimOptions,
): StorageDriver {
  const { check } = context;
  const accessMode = checkAccessMode(context, check.options<ExistingClaimOptions>('options', given));
  const example = "PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')";
  const claimName = check.existing('claim', claim, 'PersistentVolumeClaim', example);
  return {
    ...mounted(accessMode, { persistentVolumeClaim: { claimName } }),
    location: claimAt(context, claimName),
    claimName,
  };
}

function claimAt({ namespace }: StorageContext, name: string): string {
  return `the claim "${name}"${namespace === undefined ? '' : ` in namespace "${namespace}"`}`;
}

/** An emptyDir. */
export function ephemeral({ check }: StorageContext, given: EphemeralOptions): StorageDriver {
  const options = check.options<EphemeralOptions>('options', given);
  const sizeLimit = check.size('sizeLimit', options.sizeLimit, undefined);
  return mounted('ephemeral', {
    emptyDir: { ...(sizeLimit && { sizeLimit: k8s.Quantity.fromString(sizeLimit.asString()) }) },
  });
}

/** The filesystem driver on a volume. */
export function mounted(name: string, source: Omit<k8s.Volume, 'name'>): StorageDriver {
  return {
    name,
    shared: name === PersistentVolumeAccessMode.READ_WRITE_MANY,
    config: () => ({ filesystem: { rootdirectory: STORAGE_PATH } }),
    redirectProblem: () => 'redirect-to-volume',
    volumes: [{ name: 'data', ...source }],
    mounts: [{ name: 'data', mountPath: STORAGE_PATH }],
  };
}

function checkAccessMode(
  { check }: StorageContext,
  { accessMode }: ExistingClaimOptions,
): PersistentVolumeAccessMode {
  return check.enum('accessMode', accessMode, PersistentVolumeAccessMode.READ_WRITE_ONCE, WRITABLE);
}
