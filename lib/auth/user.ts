// A user of the registry and the source of its password. The password becomes an htpasswd entry in
// secrets/local-store.ts.

import { Check } from '../core/check';
import { isVariableName } from '../core/formats';
import { RegistryIdentity } from '../core/registry-part';
import { BCRYPT_HASH, MAX_PASSWORD_BYTES } from '../secrets/passwords';
import { HtpasswdRequest, RegistryStore, StoredHtpasswdEntry } from '../secrets/store';
import { checkUserName, costProblem } from './htpasswd';

/** Options for hashing a password. */
export interface RegistryUserOptions {
  /**
   * bcrypt cost, from 4 to 14. Each step doubles the time of every request, since the registry checks the
   * password each time: 1 ms at 4, 1.8 ms at 5, 15 ms at 8, 63 ms at 10; at 12 clients time out under load
   * (measured on registry 3.1.1, one core).
   *
   * @default - 10 for a password given by the user; 4 for a generated one, which is protected by its 142
   * random bits, not by the cost
   */
  readonly bcryptCost?: number;
}

/** Options for a password from an environment variable. */
export interface RegistryUserEnvironmentOptions extends RegistryUserOptions {
  /**
   * Whether the variable must be set and not empty. If false and it is not set, the previous password stays,
   * or one is generated; see NOTES.txt.
   *
   * @default false
   */
  readonly required?: boolean;
}

const GIVEN_COST = 10;
/** bcrypt's minimum. */
const GENERATED_COST = 4;
/** Default cost of earlier versions; existing hashes are kept to avoid changes. */
const KEPT_COSTS = [5];

/**
 * A user of the registry. Every user may pull and push everything: htpasswd has no per-repository
 * permissions.
 *
 * @example
 * new Registry(chart, 'registry', {
 *   auth: {
 *     credentials: RegistryCredentials.users(
 *       RegistryUser.generated('admin'),
 *       RegistryUser.fromEnvironment('ci', 'CI_PASSWORD'),
 *     ),
 *   },
 * });
 */
export class RegistryUser {
  /**
   * A user with a generated password (24 characters of [A-Za-z0-9], 142 random bits), kept in the store.
   *
   * @param name the user's name
   * @param options hashing
   */
  public static generated(name: string, options: RegistryUserOptions = {}): RegistryUser {
    return new RegistryUser(name, options, {});
  }

  /**
   * A user with a password given in the code. Prefer `fromEnvironment`, which keeps it out of the source.
   *
   * @param name the user's name
   * @param password 1 to 72 bytes: bcrypt ignores the rest
   * @param options hashing
   */
  public static password(name: string, password: string, options: RegistryUserOptions = {}): RegistryUser {
    return new RegistryUser(name, options, { password: { value: password, property: 'password' } });
  }

  /**
   * A user whose password is read from an environment variable at synthesis. If the variable is not set, the
   * previous password stays; without one, a password is generated. With `required`, an unset variable is an
   * error.
   *
   * @param name the user's name
   * @param variable the environment variable's name
   * @param options hashing, and whether the variable must be set
   */
  public static fromEnvironment(
    name: string,
    variable: string,
    options: RegistryUserEnvironmentOptions = {},
  ): RegistryUser {
    const value = isVariableName(String(variable ?? '')) ? process.env[variable] : undefined;
    return new RegistryUser(name, options, {
      password: value === undefined ? undefined : { value, property: variable },
      keepGiven: true,
      variable: { name: variable },
    });
  }

  /**
   * A user known only by a bcrypt hash. Nothing is generated or stored.
   *
   * @param name the user's name
   * @param hash a bcrypt hash: `$2a$`, `$2b$` or `$2y$`, with a cost of at most 17, e.g. the output of
   * `htpasswd -nB` after the colon
   */
  public static bcryptHash(name: string, hash: string): RegistryUser {
    return new RegistryUser(name, {}, { hash });
  }

  private constructor(
    /** The user's name. */
    public readonly name: string,
    private readonly options: RegistryUserEnvironmentOptions,
    private readonly known: {
      readonly password?: { readonly value: unknown; readonly property: string };
      readonly keepGiven?: boolean;
      readonly variable?: { readonly name: unknown };
      readonly hash?: unknown;
    },
  ) {}

  /** @internal */
  public _check(check: Check, property: string): void {
    checkUserName(check, `${property}.name`, this.name);
    const options = check.options<RegistryUserEnvironmentOptions>(`${property}.options`, this.options);
    check.integer(`${property}.bcryptCost`, options.bcryptCost, GIVEN_COST, 4, 14);
    const { password, variable, hash } = this.known;
    const needed = check.boolean(`${property}.required`, options.required, false);
    const missing = needed && (password === undefined || password.value === '');
    if (variable && !isVariableName(String(variable.name ?? ''))) {
      check.report('not-a-variable-name', `${property}.variable`, { value: variable.name });
    } else if (variable && missing) {
      const state = password === undefined ? 'is not set' : 'is set to an empty string';
      check.ofRegistry.report('password-variable-missing', String(variable.name), { state, user: this.name });
    }
    if (password && !missing) {
      if (password.property === 'password') checkPassword(check, `${property}.password`, password.value);
      else checkPassword(check.ofRegistry, password.property, password.value);
    }
    if ('hash' in this.known && !(typeof hash === 'string' && BCRYPT_HASH.test(hash))) {
      check.report('not-a-bcrypt-hash', `${property}.hash`);
    }
    const slow = typeof hash === 'string' ? costProblem(hash) : undefined;
    if (slow !== undefined) check.report('hash-too-slow', `${property}.hash`, slow);
  }

  /** The environment variable for the password. @internal */
  public get _variable(): { readonly name: string; readonly set: boolean } | undefined {
    const { variable, password } = this.known;
    return variable && { name: String(variable.name), set: password !== undefined };
  }

  /**
   * The user's htpasswd entry, created in the store (e.g. secrets/local-store.ts) if it is missing. Called by
   * RegistryAuth (auth.ts) when it renders its Secret. @internal
   */
  public _htpasswdEntry(store: RegistryStore, owner: RegistryIdentity): StoredHtpasswdEntry {
    if (this.known.hash !== undefined) return { line: `${this.name}:${this.known.hash}` };
    return store._htpasswdEntry(owner, this.request());
  }

  /** Why the password is unknown, or undefined if it is known. Changes nothing. @internal */
  public _passwordProblem(store: RegistryStore, owner: RegistryIdentity): string | undefined {
    if (this.known.hash !== undefined) return `"${this.name}" is known only by the hash of the password`;
    if (store._knowsPassword(owner, this.request())) return undefined;
    return `the password of "${this.name}" was given by ${String(this.known.variable?.name)}, which is not set now, and only its hash is stored`;
  }

  private request(): HtpasswdRequest {
    const { bcryptCost } = this.options;
    return {
      user: this.name,
      password: this.known.password?.value as string | undefined,
      keepGiven: this.known.keepGiven ?? false,
      cost: {
        given: bcryptCost ?? GIVEN_COST,
        generated: bcryptCost ?? GENERATED_COST,
        kept: bcryptCost === undefined ? KEPT_COSTS : [],
      },
    };
  }
}

function checkPassword(check: Check, property: string, password: unknown): void {
  if (typeof password !== 'string') return check.report('password-not-a-string', property);
  if (password === '') return check.report('password-empty', property);
  const bytes = Buffer.byteLength(password);
  if (bytes > MAX_PASSWORD_BYTES) {
    check.report('password-too-long', property, { bytes, max: MAX_PASSWORD_BYTES });
  }
  if (/\p{Cc}/u.test(password)) check.report('password-has-control-characters', property);
}
