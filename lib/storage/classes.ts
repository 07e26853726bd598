// Which StorageClass to name where clusters differ: manifests can't see the cluster, so the classes that it has are given.

/** Classes that are wanted, and classes that are there. */
export interface StorageClassPreference {
  /** Names of classes, the best one first. */
  readonly preferred: string[];

  /** Names of the classes that the cluster has: `kubectl get storageclass -o name` lists them. */
  readonly available: string[];
}

/** Chooses a StorageClass. */
export class StorageClasses {
  /**
   * The first of the preferred classes that the cluster has, for `storageClassName`.
   *
   * @param classes the preferred and the available ones
   * @returns its name; undefined, which stands for the cluster's default class, where it has none of them
   */
  public static firstOf(classes: StorageClassPreference): string | undefined {
    // As kubectl prints them, too.
    const available = classes.available.map((name) => name.trim().replace(/^storageclass\.storage\.k8s\.io\//, ''));
    return classes.preferred.map((name) => name.trim()).find((name) => name !== '' && available.includes(name));
  }

  private constructor() {}
}
