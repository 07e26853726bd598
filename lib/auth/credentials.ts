// Sources of a registry's users: users with passwords, an htpasswd file, a Secret, or a token service.
import { Check } from '../core/check';
import { otherCopy } from '../core/duplicate-packages';
import { SecretKeyRef } from '../core/secret-key-ref';
import { RegistryTokenOptions } from './token';
import { RegistryUser } from './user';

/** Unvalidated arguments of `RegistryCredentials`' factories. */
type CredentialsSource =
  | { readonly kind: 'users'; readonly users: RegistryUser[] }
  | { readonly kind: 'htpasswd'; readonly content: string }
  | { readonly kind: 'secret'; readonly from: SecretKeyRef }
  | { readonly kind: 'token'; readonly options: RegistryTokenOptions }
  | { readonly kind: 'anonymous' };

/**
 * Source of a registry's users.
 *
 * @example
 * const users = Secret.fromSecretName(chart, 'users', 'basic-auth');
 * new Registry(chart, 'registry', {
 *   auth: { credentials: RegistryCredentials.existingSecret({ secret: users }) },
 * });
 */
export class RegistryCredentials {
  /**
   * Users for an htpasswd file that this library writes.
   *
   * @param users one or more, with unique names
   */
  public static users(...users: RegistryUser[]): RegistryCredentials {
    return new RegistryCredentials({ kind: 'users', users });
  }

  /**
   * An existing htpasswd file, or one line of it, with bcrypt hashes (`htpasswd -nB admin` makes one).
   * Nothing is generated or stored. Comments (`#`) and empty lines are dropped.
   *
   * @param content lines of `user:$2y$…`, with a bcrypt cost of at most 17
   */
  public static htpasswd(content: string): RegistryCredentials {
    return new RegistryCredentials({ kind: 'htpasswd', content });
  }

  /**
   * An htpasswd file in an existing Secret of the registry's namespace. Nothing is generated or stored.
   *
   * @param from the Secret, and the key in it that holds the file. Default key: `htpasswd`
   */
  public static existingSecret(from: SecretKeyRef): RegistryCredentials {
    return new RegistryCredentials({ kind: 'secret', from });
  }

  /**
   * Tokens of a service elsewhere, which checks users and passwords and signs what each may do: an issuer that
   * exists already, such as Keycloak or GitLab. The registry verifies the tokens and knows no users, so the UI
   * has no login of its own, and there is no toolbox.
   *
   * @param options the token service, and the keys that sign its tokens
   * @see https://distribution.github.io/distribution/spec/auth/token/
   */
  public static token(options: RegistryTokenOptions): RegistryCredentials {
    return new RegistryCredentials({ kind: 'token', options });
  }

  /** No authentication: everyone with access to the registry may pull, push and overwrite. */
  public static anonymous(): RegistryCredentials {
    return new RegistryCredentials({ kind: 'anonymous' });
  }

  private constructor(
    /** @internal */
    public readonly _source: CredentialsSource,
  ) {}
}

/** The given source; else one user with a generated password. */
export function checkCredentials(check: Check, given: unknown): RegistryCredentials {
  const fallback = RegistryCredentials.users(RegistryUser.generated('admin'));
  if (given === undefined || given instanceof RegistryCredentials) return given ?? fallback;
  const other = otherCopy(given, RegistryCredentials);
  if (other !== undefined) {
    check.report('of-another-copy', 'credentials', { value: given, other });
    return fallback;
  }
  // Given values are not shown, here and below: they may be passwords.
  check.report('not-credentials', 'credentials');
  return fallback;
}

/** Users with unique names. */
export function checkUsers(check: Check, users: RegistryUser[]): RegistryUser[] {
  if (users.length === 0) check.report('no-users', 'credentials.users');
  const names = new Set<string>();
  return users.filter((user, index) => {
    const property = `credentials.users[${index}]`;
    if (!(user instanceof RegistryUser)) {
      const other = otherCopy(user, RegistryUser);
      if (other === undefined) check.report('not-a-user', property);
      else check.report('of-another-copy', property, { value: user, other });
      return false;
    }
    user._check(check, property);
    if (names.has(user.name)) check.report('user-given-twice', `${property}.name`, { value: user.name });
    names.add(user.name);
    return true;
  });
}
