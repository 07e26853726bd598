// Who may log in to the registry: an htpasswd file in a Secret.
import { ApiObject, Lazy } from 'cdk8s';
import { ISecret, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BCRYPT_HASH } from './credentials/passwords';
import { RegistryStore, StoredLogin, StoreOwner } from './credentials/store';
import { storeOf } from './credentials/store-of';
import { Component } from './manifests/labels';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { checkUserName, RegistryUser } from './registry-user';
import { Check } from './validation/check';

/** Where the users of a registry come from. */
export class RegistryCredentials {
  /**
   * Users that this library writes an htpasswd file for.
   *
   * @param users one or more, each with a name of its own
   */
  public static users(...users: RegistryUser[]): RegistryCredentials {
    return new RegistryCredentials({ users });
  }

  /**
   * A ready htpasswd file, or one line of it, with bcrypt hashes (`htpasswd -nB admin` makes one). Nothing is generated or stored.
   *
   * @param content lines of `user:$2y$…`
   */
  public static htpasswd(content: string): RegistryCredentials {
    return new RegistryCredentials({ content });
  }

  /**
   * An htpasswd file in a Secret that exists in the registry's namespace. Nothing is generated or stored.
   *
   * @param secret the Secret, e.g. `Secret.fromSecretName(this, 'users', 'basic-auth')`
   * @param key the key in it that holds the file. Default: `htpasswd`
   */
  public static existingSecret(secret: ISecret, key?: string): RegistryCredentials {
    return new RegistryCredentials({ secret, key });
  }

  /** No login: everybody who reaches the registry may pull, push and overwrite. */
  public static anonymous(): RegistryCredentials {
    return new RegistryCredentials({ anonymous: true });
  }

  private constructor(
    /** @internal */
    public readonly _source: {
      readonly users?: RegistryUser[];
      readonly content?: string;
      readonly secret?: ISecret;
      readonly key?: string;
      readonly anonymous?: boolean;
    },
  ) {}
}

/** How people log in. */
export interface RegistryAuthOptions {
  /**
   * Where the users come from.
   *
   * @default - one user `admin` with a generated password
   */
  readonly credentials?: RegistryCredentials;

  /**
   * The realm that the registry names when it asks for a login. No quotation marks or backslashes.
   *
   * @default "Registry Realm"
   */
  readonly realm?: string;

  /**
   * Lets passwords travel unencrypted where nothing terminates TLS. Everybody on the way can read them, and every client needs to be told to
   * accept it. For throw-away clusters and for TLS that is terminated by something that these manifests don't show.
   *
   * @default false
   */
  readonly insecurePasswordsOverHttp?: boolean;
}

/** Props of `RegistryAuth`. */
export interface RegistryAuthProps extends RegistryPartProps, RegistryAuthOptions {}

/** The registry's users: a Secret with an htpasswd file, or the name of one that exists. */
export class RegistryAuth extends RegistryPart {
  /** Does nobody have to log in? */
  public readonly anonymous: boolean;
  /** The realm. */
  public readonly realm: string;
  /** Name of the Secret that holds the htpasswd file, unless anonymous. */
  public readonly secretName?: string;
  /** Key in the Secret. */
  public readonly secretKey: string;
  /** The Secret, where this library writes it. */
  public readonly secret?: ApiObject;
  /** Names of the users, as far as they are known. */
  public readonly userNames: string[];
  /** May passwords travel unencrypted? */
  public readonly insecurePasswordsOverHttp: boolean;

  private readonly store?: RegistryStore;
  private readonly users: RegistryUser[];
  private logins?: StoredLogin[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props who may log in
   */
  constructor(scope: Construct, id: string, props: RegistryAuthProps = {}) {
    super(scope, id, props);
    this.realm = this._check.text(
      'auth.realm',
      props.realm,
      'Registry Realm',
      (text) => /^[^"\\\p{Cc}]+$/u.test(text),
      'is empty, or has a quotation mark, backslash or control character',
      'write e.g. "Registry Realm"',
    );
    this.insecurePasswordsOverHttp = this._check.flag('auth.insecurePasswordsOverHttp', props.insecurePasswordsOverHttp, false);
    const credentials = this._check.instance(
      'auth.credentials',
      props.credentials,
      RegistryCredentials,
      RegistryCredentials.users(RegistryUser.generated('admin')),
      "RegistryCredentials.users(RegistryUser.generated('admin'))",
    );
    const { users, content, secret, key, anonymous } = credentials._source;
    this.anonymous = anonymous ?? false;
    this.secretKey = this._check.dataKey('auth.credentials.key', key, 'htpasswd');
    this.users = users ? checkUsers(this._check, users) : [];
    this.userNames = users ? this.users.map((user) => user.name) : content === undefined ? [] : checkHtpasswd(this._check, content);
    if (this.anonymous) return;
    if (users || content !== undefined) {
      this.secretName = `${this.registryName}-auth`;
      this.secret = this._object(
        'secret',
        Component.REGISTRY,
        { name: this.secretName },
        k8s.KubeSecret.manifest({
          stringData: { [this.secretKey]: Lazy.any({ produce: () => (users ? this.htpasswd() : `${content?.trim()}\n`) }) as string },
        }),
      );
    } else {
      this.secretName = this._check.secret('auth.credentials.secret', secret);
    }
    if (users) this.store = storeOf(this, this._identity);
  }

  /**
   * Command that prints a user's generated password, to be run in the folder in which the app is synthesized.
   *
   * @param user the user's name
   * @returns the command, or undefined where the password was given and is not stored
   */
  public showPasswordCommand(user: string): string | undefined {
    const index = this.userNames.indexOf(user);
    return this.users.length === 0 ? undefined : this.storedLogins()[index]?.show;
  }

  private htpasswd(): string {
    return this.storedLogins()
      .map(({ line }) => `${line}\n`)
      .join('');
  }

  private storedLogins(): StoredLogin[] {
    const owner: StoreOwner = this._identity;
    const { store } = this;
    this.logins ??= store ? this.users.map((user) => user._login(store, owner)) : [];
    return this.logins;
  }
}

function checkUsers(check: Check, users: RegistryUser[]): RegistryUser[] {
  if (users.length === 0)
    check.problem(
      "auth.credentials.users: is empty; name a user, e.g. RegistryUser.generated('admin'), or use RegistryCredentials.anonymous()",
    );
  const names = new Set<string>();
  return users.filter((user, index) => {
    const property = `auth.credentials.users[${index}]`;
    if (!(user instanceof RegistryUser)) {
      check.add(property, user, 'is not a RegistryUser', "write e.g. RegistryUser.generated('admin')");
      return false;
    }
    user._check(check, property);
    if (names.has(user.name)) check.add(`${property}.name`, user.name, 'is given twice', 'give each user a name of its own');
    names.add(user.name);
    return true;
  });
}

function checkHtpasswd(check: Check, content: unknown): string[] {
  const property = 'auth.credentials.htpasswd';
  if (typeof content !== 'string' || content.trim() === '') {
    check.add(property, content, 'has no line', 'write what `htpasswd -nB admin` prints');
    return [];
  }
  const names = content
    .trim()
    .split(/\r?\n/)
    .map((line, index) => {
      const [name, hash, ...more] = line.split(':');
      const at = `${property} line ${index + 1}`;
      checkUserName(check, at, name);
      // The line itself is not shown: it may hold a password in clear.
      if (more.length > 0 || !BCRYPT_HASH.test(hash ?? '')) {
        check.problem(
          `${at}: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind that the registry takes; write what \`htpasswd -nB ${name}\` prints`,
        );
      }
      return name ?? '';
    });
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    check.add(property, name, 'is given twice', 'give each user a name of its own');
  }
  return names;
}
