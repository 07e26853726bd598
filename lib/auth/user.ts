// A user who may log in, and how the password is known.

import { Check } from '../core/check';
import { isVariableName } from '../core/formats';
import { costProblem } from '../secrets/htpasswd';
import { BCRYPT_HASH, MAX_PASSWORD_BYTES } from '../secrets/passwords';
import { LoginRequest, RegistryStore, StoredLogin, StoreOwner } from '../secrets/store';

/** How a password is hashed. */
export interface RegistryUserOptions {
  /**
   * bcrypt cost, from 4 to 14. Each step doubles the time that the registry needs for every single request, since it checks the password
   * each time: 1 ms at 4, 1.8 ms at 5, 15 ms at 8, 63 ms at 10; at 12 clients time out under load (measured on registry 3.1.1, one core).
   *
   * @default - 10 for a password that a person chose; 4 for a generated one, which its 142 random bits protect, not the cost
   */
  readonly bcryptCost?: number;
}

/** What is done while the environment variable of a password is not set. */
export interface RegistryUserEnvironmentOptions extends RegistryUserOptions {
  /**
   * Must the variable be set? Then it is a mistake if it is not, or is set to nothing. Otherwise the password that was set before stays, or one is
   * generated; NOTES.txt says which.
   *
   * @default false
   */
  readonly required?: boolean;
}

const GIVEN_COST = 10;
/** The least that bcrypt knows. */
const GENERATED_COST = 4;
/** What it was before: such a hash is as good, and a new one would only be a change. */
const KEPT_COSTS = [5];

/** A user of the registry. Every user may pull and push everything: htpasswd knows no more. */
export class RegistryUser {
  /**
   * A user whose password is generated (24 characters of [A-Za-z0-9], 142 random bits) and kept in the store.
   *
   * @param name the user's name
   * @param options how to hash
   */
  public static generated(name: string, options: RegistryUserOptions = {}): RegistryUser {
    return new RegistryUser(name, options, {});
  }

  /**
   * A user with a password given in the code. Prefer `fromEnvironment`, which keeps it out of the source.
   *
   * @param name the user's name
   * @param password 1 to 72 bytes: bcrypt ignores what comes after
   * @param options how to hash
   */
  public static password(name: string, password: string, options: RegistryUserOptions = {}): RegistryUser {
    return new RegistryUser(name, options, { password: { value: password, property: 'password' } });
  }

  /**
   * A user whose password stands in an environment variable when the app is synthesized. While the variable is not set, the password
   * that was set before stays; if there never was one, a password is generated. With `required` it is a mistake.
   *
   * @param name the user's name
   * @param variable the environment variable's name
   * @param options how to hash, and whether the variable must be set
   */
  public static fromEnvironment(name: string, variable: string, options: RegistryUserEnvironmentOptions = {}): RegistryUser {
    const value = isVariableName(String(variable ?? '')) ? process.env[variable] : undefined;
    return new RegistryUser(name, options, {
      password: value === undefined ? undefined : { value, property: variable },
      keepGiven: true,
      variable: { name: variable },
    });
  }

  /**
   * A user whose password is known only by its bcrypt hash. Nothing is generated or stored.
   *
   * @param name the user's name
   * @param hash a bcrypt hash: `$2a$`, `$2b$` or `$2y$`, of a cost of 17 or less, e.g. what `htpasswd -nB` prints behind the colon
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
    const needed = check.flag(`${property}.required`, options.required, false);
    const missing = needed && (password === undefined || password.value === '');
    if (variable && !isVariableName(String(variable.name ?? ''))) {
      check.report('not-a-variable-name', `${property}.variable`, { value: variable.name });
    } else if (variable && missing) {
      const state = password === undefined ? 'is not set' : 'is set to nothing';
      check.report('password-variable-missing', String(variable.name), { state, user: this.name });
    }
    if (password && !missing)
      checkPassword(check, password.property === 'password' ? `${property}.password` : password.property, password.value);
    if ('hash' in this.known && !(typeof hash === 'string' && BCRYPT_HASH.test(hash))) {
      check.report('not-a-bcrypt-hash', `${property}.hash`);
    }
    const slow = typeof hash === 'string' ? costProblem(hash) : undefined;
    if (slow !== undefined) check.report('hash-too-slow', `${property}.hash`, slow);
  }

  /** The variable that the password may come from. @internal */
  public get _variable(): { readonly name: string; readonly set: boolean } | undefined {
    const { variable, password } = this.known;
    return variable && { name: String(variable.name), set: password !== undefined };
  }

  /** The user's line in the htpasswd file. Fills the store. @internal */
  public _login(store: RegistryStore, owner: StoreOwner): StoredLogin {
    if (this.known.hash !== undefined) return { line: `${this.name}:${this.known.hash}` };
    return store._login(owner, this.request());
  }

  /** Why the password itself can't be known, or undefined where it can. Changes nothing. @internal */
  public _passwordProblem(store: RegistryStore, owner: StoreOwner): string | undefined {
    if (this.known.hash !== undefined) return `"${this.name}" is known only by the hash of the password`;
    if (store._knowsPassword(owner, this.request())) return undefined;
    return `the password of "${this.name}" was given by ${String(this.known.variable?.name)}, which is not set now, and only its hash is stored`;
  }

  private request(): LoginRequest {
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

/** Checks a user's name: what an htpasswd file, a URL and a file name can all hold. */
export function checkUserName(check: Check, property: string, name: unknown): void {
  check.text(property, name ?? null, 'admin', (text) => /^[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}$/.test(text), 'not-a-user-name');
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
