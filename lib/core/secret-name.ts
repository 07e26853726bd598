// User-chosen name of a Secret that a part writes.
import { Check } from './check';

/** A Secret's name. It has no effect if no Secret is written. */
export function writtenSecretName(
  check: Check,
  property: string,
  given: unknown,
  written: boolean,
  fallback: string,
): string {
  if (given !== undefined && !written) check.report('secret-not-written', property, { value: given });
  return check.objectName(property, given, fallback, fallback);
}
