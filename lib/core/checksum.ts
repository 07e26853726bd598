// The annotation that rolls pods when something changes that they read only at startup.
import { createHash, scryptSync } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The annotation. */
export const CHECKSUM = 'checksum/config';

/** The same for the CA that the UI's nginx uses to trust the registry's pod. */
export const CA_CHECKSUM = 'checksum/registry-ca';

/** SHA-256 of all given strings. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}

/**
 * Digest of strings that may contain passwords. Everyone with read access to pods sees it and could test
 * guesses against it, so each attempt costs some 50 ms of a core and 16 MB. Deterministic, so that unchanged
 * pods stay; `where` salts it per registry.
 */
export function slowDigestOf(texts: readonly string[], where: string): string {
  return scryptSync(texts.join('\0'), where, 32).toString('hex');
}

/** Pod annotations reserved for this library. */
export const OWN_POD_ANNOTATIONS: readonly string[] = [CHECKSUM, CA_CHECKSUM, 'checksum/files'];

type Contents = { readonly [part: string]: unknown };

const originals = new WeakMap<IConstruct, Contents>();

/** Records an object's original contents, to detect later patches. The object stays as it is. */
export function recordOriginal(object: ApiObject, manifest: Contents): void {
  originals.set(object, manifest);
}

/**
 * Digests of the ConfigMaps and Secrets in some constructs whose contents users patched; empty without
 * patches. Call it when the app is complete. The digests are slow to attack.
 */
export function patchedContents(constructs: readonly IConstruct[]): string[] {
  return constructs
    .flatMap(({ node }) => node.findAll())
    .filter(
      (one): one is ApiObject =>
        ApiObject.isApiObject(one) && originals.has(one) && ['ConfigMap', 'Secret'].includes(one.kind),
    )
    .flatMap((object) => {
      const [written, before] = [object.toJson() as Contents, originals.get(object) ?? {}].map(contentsOf);
      if (written === undefined || written === before) return [];
      return slowDigestOf([written], object.node.path);
    });
}

function contentsOf(manifest: Contents): string {
  const parts = ['data', 'stringData', 'binaryData'].map((part) => Object.entries(manifest[part] ?? {}));
  const plain = parts.map((entries) =>
    entries.map(([key, value]) => [key, value instanceof Lazy ? value.produce() : value]).sort(),
  );
  return JSON.stringify(plain);
}
