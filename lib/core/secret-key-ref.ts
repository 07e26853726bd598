// Reference to a key of an existing Secret, used throughout the public API.
import { ISecret } from 'cdk8s-plus-27';
import { Check } from './check';

/**
 * A value in an existing Secret. Has the members of cdk8s-plus' `SecretValue`, but the key is optional.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export interface SecretKeyRef {
  /**
   * The Secret, in the namespace of the pods that read it, e.g. `Secret.fromSecretName(this, 'users',
   * 'basic-auth')`.
   */
  readonly secret: ISecret;

  /**
   * The key in the Secret.
   *
   * @default - the key named in the docs of the property or parameter that takes the Secret
   */
  readonly key?: string;
}

/** The name of the Secret, and the key in it. */
export function checkSecretKeyRef(
  check: Check,
  property: string,
  given: unknown,
  fallback: string,
): { name: string; key: string } {
  if (
    typeof given !== 'object' ||
    given === null ||
    Object.getPrototypeOf(given)?.constructor?.name !== 'Object'
  ) {
    check.report('not-a-secret-and-key', property);
    return { name: 'invalid', key: fallback };
  }
  const { secret, key } = given as Partial<SecretKeyRef>;
  return {
    name: check.secret(`${property}.secret`, secret),
    key: check.dataKey(`${property}.key`, key, fallback),
  };
}
