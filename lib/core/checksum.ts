// The annotation by which pods are replaced when something changes that they read at their start only.
import { createHash, scryptSync } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The annotation. */
export const CHECKSUM = 'checksum/config';

/** The same for the CA by which the web page's nginx trusts the registry's pod. */
export const CA_CHECKSUM = 'checksum/registry-ca';

/** A digest that changes with each of the texts. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}

/**
 * A digest of texts that may hold passwords: everybody who may look at pods sees it, and could try out guesses on it. So each try takes some 50 ms of
 * a core and 16 MB. The same texts always make the same digest, by which pods stay; `where` makes it another one for each registry.
 */
export function slowDigestOf(texts: readonly string[], where: string): string {
  return scryptSync(texts.join('\0'), where, 32).toString('hex');
}

/** Annotations of pods that are this library's own. */
export const OWN_POD_ANNOTATIONS: readonly string[] = [CHECKSUM, CA_CHECKSUM, 'checksum/files'];

type Contents = { readonly [part: string]: unknown };

const meant = new WeakMap<IConstruct, Contents>();

/** Notes what an object was made of, to tell later whether it was patched. */
export function noteMeant(object: ApiObject, manifest: Contents): void {
  meant.set(object, manifest);
}

/**
 * What the ConfigMaps and Secrets in some constructs hold where that is not what they were made of: users may patch any object. Nothing where nothing was
 * patched. Asked when the app is complete. What is in them is slow to try out.
 */
export function patchedContents(constructs: readonly IConstruct[]): string[] {
  return constructs
    .flatMap(({ node }) => node.findAll())
    .filter((one): one is ApiObject => ApiObject.isApiObject(one) && meant.has(one) && ['ConfigMap', 'Secret'].includes(one.kind))
    .flatMap((object) => {
      const [written, before] = [object.toJson() as Contents, meant.get(object) ?? {}].map(contentsOf);
      if (written === undefined || written === before) return [];
      return slowDigestOf([written], object.node.path);
    });
}

function contentsOf(manifest: Contents): string {
  const parts = ['data', 'stringData', 'binaryData'].map((part) => Object.entries(manifest[part] ?? {}));
  const plain = parts.map((entries) => entries.map(([key, value]) => [key, value instanceof Lazy ? value.produce() : value]).sort());
  return JSON.stringify(plain);
}
