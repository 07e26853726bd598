// The annotation by which pods are replaced when something changes that they read at their start only.
import { createHash } from 'node:crypto';

/** The annotation. */
export const CHECKSUM = 'checksum/config';

/** The same for the CA by which the web page's nginx trusts the registry's pod. */
export const CA_CHECKSUM = 'checksum/registry-ca';

/** A digest that changes with each of the texts. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}
