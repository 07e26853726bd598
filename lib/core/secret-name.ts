// Validates the user-given name of a Secret that a part creates.
import { Check } from './check';

/** The validated name, or the default. A name is an error if no Secret is created. */
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
