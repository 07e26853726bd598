// Selects a StorageClass where clusters differ: manifests can't query the cluster, so its classes are given.

/** Preferred classes, and the classes that the cluster has. */
export interface StorageClassPreference {
  /** Names of classes, in order of preference. */
  readonly preferred: string[];

  /** Names of the classes that the cluster has: `kubectl get storageclass -o name` lists them. */
  readonly available: string[];
}

/**
 * Selects a StorageClass.
 *
 * @example
 * const storageClassName = StorageClasses.firstOf({
 *   preferred: ['nvme', 'ssd'],
 *   available: ['ssd', 'standard'],
 * });
 * const backend = StorageBackend.newClaim({ storageClassName });
 * new Registry(chart, 'registry', { storage: { backend } });
 */
export class StorageClasses {
  /**
   * The first of the preferred classes that the cluster has, for `storageClassName`.
   *
   * @param classes the preferred and the available ones
   * @returns its name; undefined, which means the cluster's default class, where it has none of them
   */
  public static firstOf(classes: StorageClassPreference): string | undefined {
    // Also in the form that kubectl prints.
    const available = classes.available.map((name) =>
      name.trim().replace(/^storageclass\.storage\.k8s\.io\//, ''),
    );
    return classes.preferred
      .map((name) => name.trim())
      .find((name) => name !== '' && available.includes(name));
  }

  private constructor() {}
}
