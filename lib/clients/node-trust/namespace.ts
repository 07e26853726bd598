// The default name of the namespace that a node trust has for itself.
import { digestOf } from '../../core/checksum';
import type { RegistryIdentity } from '../../core/registry-part';

/** Names of namespaces end here. */
const LONGEST = 63;
/** Of these, the digest and the hyphen before it take nine. */
const KEPT = LONGEST - 9;

/** `a` in `node-trust-b` and `a-node-trust` in `b` are joined to the same text. */
const AMBIGUOUS = /node-trust-.*node-trust-/;

/**
 * Namespaces are cluster-scoped, and two of them may each have a registry of one name: so the default is
 * `<name>-node-trust-<namespace>`. Where that is too long or ambiguous, it is cut and ends in a digest.
 */
export function nodeTrustNamespace({ name, namespace }: RegistryIdentity): string {
  if (namespace === undefined) return `${name}-node-trust`;
  const plain = `${name}-node-trust-${namespace}`;
  if (plain.length <= LONGEST && !AMBIGUOUS.test(plain)) return plain;
  return `${plain.slice(0, KEPT)}-${digestOf([`${namespace}/${name}`]).slice(0, 8)}`;
}
