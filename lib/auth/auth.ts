// Users of the registry: an htpasswd file in a Secret, or the keys of a token service.
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkSecretKeyRef } from '../core/secret-key-ref';
import { secretManifest } from '../core/secret-manifest';
import { writtenSecretName } from '../core/secret-name';
import { RegistryStore, StoredHtpasswdEntry } from '../secrets/store';
import { storeOf } from '../secrets/store-selection';
import { checkCredentials, checkUsers, RegistryCredentials } from './credentials';
import { checkHtpasswd, htpasswdFile } from './htpasswd';
import { AUTO_REDIRECT_PATH, CheckedTokens, checkTokens } from './token';
import { RegistryUser } from './user';

/** Default key of the htpasswd file. */
const HTPASSWD = 'htpasswd';

/** Authentication options. */
export interface RegistryAuthOptions {
  /**
   * Source of the users.
   *
   * @default - one user `admin` with a generated password
   */
  readonly credentials?: RegistryCredentials;

  /**
   * Name of the Secret to create. For an existing one use `RegistryCredentials.existingSecret`.
   *
   * @default - `<name>-auth`
   */
  readonly secretName?: string;

  /**
   * Realm of the basic auth challenge. No quotation marks or backslashes.
   *
   * @default "Registry Realm"
   * @see https://distribution.github.io/distribution/about/configuration/#htpasswd
   */
  readonly realm?: string;

  /**
   * Allow unencrypted passwords if nothing terminates TLS. Anyone on the network path can read them, and
   * every client must be configured to accept it. For throw-away clusters, and for TLS that is terminated by
   * something else in front of the registry.
   *
   * @default false
   */
  readonly insecurePasswordsOverHttp?: boolean;
}

/** Props of `RegistryAuth`. */
export interface RegistryAuthProps extends RegistryPartProps, RegistryAuthOptions {}

/**
 * The registry's users: a Secret with an htpasswd file, or the name of an existing one.
 *
 * @example
 * const auth = new RegistryAuth(chart, 'auth', {
 *   credentials: RegistryCredentials.users(RegistryUser.generated('admin')),
 *   realm: 'Team registry',
 * });
 * const storage = new RegistryStorage(chart, 'storage');
 * new RegistryDeployment(chart, 'deployment', { auth, storage });
 */
export class RegistryAuth extends RegistryPart {
  /** Whether authentication is disabled. */
  public readonly anonymous: boolean;
  /** Whether clients log in by tokens of a service elsewhere. The registry then knows no users. */
  public readonly byToken: boolean;
  /** The realm; with tokens, the URL at which clients fetch them. */
  public readonly realm: string;
  /** Name of the Secret with the htpasswd file, unless anonymous. */
  public readonly secretName?: string;
  /** Key of the file in the Secret. */
  public readonly secretKey: string;
  /** The Secret, if this library creates it. */
  public readonly secret?: ApiObject;
  /** The ConfigMap with the keys of the token service, if this library creates it. */
  public readonly tokenKeys?: ApiObject;
  /** Names of the users, if known. */
  public readonly userNames: string[];
  /** Whether unencrypted passwords are allowed. */
  public readonly insecurePasswordsOverHttp: boolean;

  /**
   * Contents of the htpasswd file, if this library writes it. Creates missing entries in the store. @internal
   */
  public readonly _htpasswd?: () => string;

  /** The token service, and the keys that sign its tokens. @internal */
  public readonly _tokens?: CheckedTokens;

  private readonly store?: RegistryStore;
  private readonly users: RegistryUser[];
  private entries?: StoredHtpasswdEntry[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props users, Secret and realm
   */
  constructor(scope: Construct, id: string, props: RegistryAuthProps = {}) {
    super(scope, id, props);
    const checked = this._check.options<RegistryAuthProps>('props', props);
    const realm = this._check.string(
      'realm',
      checked.realm,
      'Registry Realm',
      (text) => /^[^"\\\p{Cc}]+$/u.test(text),
      'not-a-realm',
    );
    this.insecurePasswordsOverHttp = this._check.boolean(
      'insecurePasswordsOverHttp',
      checked.insecurePasswordsOverHttp,
      false,
    );
    const source = checkCredentials(this._check, checked.credentials)._source;
    const writes = source.kind === 'users' || source.kind === 'htpasswd';
    const written = writtenSecretName(
      this._check,
      'secretName',
      checked.secretName,
      writes,
      `${this.registryName}-auth`,
    );
    this.anonymous = source.kind === 'anonymous';
    this.byToken = source.kind === 'token';
    if (source.kind === 'token') {
      this._tokens = checkTokens(this._check, source.options, this.insecurePasswordsOverHttp);
      this.tokenKeys = this.writeTokenKeys(this._tokens);
      if (checked.realm !== undefined)
        this._check.report('realm-of-tokens', 'realm', { value: checked.realm });
    }
    this.realm = this._tokens
      ? (this._tokens.realm ?? `https://${this._context.host}${AUTO_REDIRECT_PATH}`)
      : realm;
    const existing =
      source.kind === 'secret'
        ? checkSecretKeyRef(this._check, 'credentials', source.from, HTPASSWD)
        : undefined;
    this.secretKey = existing?.key ?? HTPASSWD;
    this.users = source.kind === 'users' ? checkUsers(this._check, source.users) : [];
    this.userNames =
      source.kind === 'htpasswd'
        ? checkHtpasswd(this._check, source.content)
        : this.users.map((user) => user.name);
    switch (source.kind) {
      case 'secret':
        this.secretName = existing?.name;
        break;
      case 'users':
        // Nothing is created here: entries are created when the Secret is rendered, after validation.
        this.store = storeOf(this, this._identity, () => this.htpasswdEntries());
        this._htpasswd = () => this.htpasswd();
        break;
      case 'htpasswd':
        this._htpasswd = () => htpasswdFile(source.content);
        break;
    }
    if (this._htpasswd) {
      this.secret = this.writeSecret(written, this._htpasswd);
      this.secretName = this.secret.name;
    }
  }

  /**
   * Command that prints a user's generated password. Run it in the folder in which the app is synthesized.
   *
   * @param user the user's name
   * @returns the command, or undefined if the password was given and so is not stored
   */
  public showPasswordCommand(user: string): string | undefined {
    const index = this.userNames.indexOf(user);
    return this.users.length === 0 ? undefined : this.htpasswdEntries()[index]?.show;
  }

  /** The environment variable for a user's password. @internal */
  public _passwordVariable(user: string): { readonly name: string; readonly set: boolean } | undefined {
    return this.users.find(({ name }) => name === user)?._variable;
  }

  /** Why a user's password is unknown, or undefined if it is known. Changes nothing. @internal */
  public _passwordProblem(user: string): string | undefined {
    if (this.byToken) return 'users and passwords are those of the token service';
    const found = this.users.find(({ name }) => name === user);
    if (!this.store || !found) return "the registry's users are known only by hashes or by a Secret";
    // An unreadable store reports itself.
    if (this.store._problems(this._identity).length > 0) return undefined;
    return found._passwordProblem(this.store, this._identity);
  }

  /** A user's password, if known. Creates missing entries in the store. @internal */
  public _password(user: string): string {
    return this.htpasswdEntries()[this.users.findIndex(({ name }) => name === user)]?.password ?? '';
  }

  /** Files that the registry reads only at its start. @internal */
  public _digests(): string[] {
    const { contents } = this._tokens?.files ?? {};
    return contents === undefined ? [] : Object.values(contents);
  }

  private writeTokenKeys({ files: { contents } }: CheckedTokens): ApiObject | undefined {
    if (contents === undefined) return undefined;
    return this._object(
      'token-keys',
      Component.REGISTRY,
      { name: `${this.registryName}-token-keys` },
      k8s.KubeConfigMap.manifest({ data: contents }),
    );
  }

  private writeSecret(name: string, produce: () => string): ApiObject {
    return this._object(
      'secret',
      Component.REGISTRY,
      { name },
      secretManifest({ [this.secretKey]: produce }),
    );
  }

  /** The file, rendered by `writeSecret` when the app is written. */
  private htpasswd(): string {
    return this.htpasswdEntries()
      .map(({ line }) => `${line}\n`)
      .join('');
  }

  private htpasswdEntries(): StoredHtpasswdEntry[] {
    const { store } = this;
    this.entries ??= store ? this.users.map((user) => user._htpasswdEntry(store, this._identity)) : [];
    return this.entries;
  }
}
