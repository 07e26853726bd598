// Client login: a docker config in a Secret, for nodes that pull and for the toolbox.

import { GroupVersionKind } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { isVariableName } from '../core/formats';
import { problemOf } from '../core/problem';
import { secretManifest } from '../core/secret-manifest';
import {
  checkRemoteValue,
  ExternalSecretOptions,
  externalSecret,
  RemoteValue,
} from '../secrets/external-secret';
import type { RegistryAuth } from './auth';
import { checkUserName } from './htpasswd';

/** A client login whose password an ExternalSecret provides. */
export interface ExternalLoginOptions extends ExternalSecretOptions {
  /** The user's name. */
  readonly user: string;

  /** Location of the password. */
  readonly password: RemoteValue;
}

/** The registry's user as which a client logs in. */
export interface UserLoginOptions {
  /**
   * The user's name.
   *
   * @default - the first user
   */
  readonly user?: string;
}

/** Unvalidated arguments of `RegistryLogin`'s factories. */
type LoginSource =
  | { readonly kind: 'user'; readonly options: UserLoginOptions }
  | {
      readonly kind: 'password';
      readonly user: string;
      readonly password: unknown;
      readonly property: string;
    }
  | { readonly kind: 'secret'; readonly secret: ISecret }
  | { readonly kind: 'external'; readonly options: ExternalLoginOptions };

/**
 * Source of a client login.
 *
 * @example
 * const password = { key: 'registry', property: 'admin-password' };
 * const store = ExternalSecretStore.clusterSecretStore('vault');
 * new RegistryPullSecret(chart, 'pull', {
 *   registry,
 *   namespaces: ['shop'],
 *   login: RegistryLogin.externalSecret({ user: 'admin', password, store }),
 * });
 */
export class RegistryLogin {
  /**
   * A user of the registry whose password this library knows: generated, or given at synthesis.
   *
   * @param options which user
   */
  public static ofUser(options: UserLoginOptions = {}): RegistryLogin {
    return new RegistryLogin({ kind: 'user', options });
  }

  /**
   * A password given in the code. Prefer `fromEnvironment`, which keeps it out of the source.
   *
   * @param user the user's name
   * @param password the password
   */
  public static password(user: string, password: string): RegistryLogin {
    return new RegistryLogin({ kind: 'password', user, password, property: 'password' });
  }

  /**
   * A password that is read from an environment variable at synthesis. The variable must be set.
   *
   * @param user the user's name
   * @param variable the environment variable's name
   */
  public static fromEnvironment(user: string, variable: string): RegistryLogin {
    const known = isVariableName(String(variable ?? ''));
    return new RegistryLogin({
      kind: 'password',
      user,
      password: known ? process.env[variable] : undefined,
      property: String(variable),
    });
  }

  /**
   * An existing Secret of type kubernetes.io/dockerconfigjson, in each namespace where it is used.
   *
   * @param secret the Secret, e.g. `Secret.fromSecretName(this, 'pull', 'registry-pull')`
   */
  public static existingSecret(secret: ISecret): RegistryLogin {
    return new RegistryLogin({ kind: 'secret', secret });
  }

  /**
   * A password that the External Secrets Operator reads from an external store.
   *
   * @param options the user, and the location of the password
   */
  public static externalSecret(options: ExternalLoginOptions): RegistryLogin {
    return new RegistryLogin({ kind: 'external', options });
  }

  private constructor(
    /** @internal */
    public readonly _source: LoginSource,
  ) {}
}

/** A validated client login. */
export interface CheckedLogin {
  /** The user, unless only an existing Secret knows. */
  readonly user?: string;
  /** Name of the Secret, if it exists already. */
  readonly existing?: string;
  /** The Secret or ExternalSecret of this name, without metadata. */
  readonly manifest: (secretName: string) => Manifest;
  /** The same with files in which the login stands; absent for a Secret that exists. */
  readonly withFiles?: (secretName: string, files: LoginFiles) => Manifest;
}

type Manifest = GroupVersionKind & { [key: string]: unknown };

/** Contents by key, of `user:password` in base64. */
export type LoginFiles = { readonly [key: string]: (login: string) => string };

/** The key of a docker config in a Secret. */
export const DOCKER_CONFIG_KEY = '.dockerconfigjson';
const TYPE = 'kubernetes.io/dockerconfigjson';

type UnknownPassword =
  | 'password-unknown'
  | 'mirror-password-unknown'
  | 'retention-password-unknown'
  | 'copy-password-unknown'
  | 'verification-password-unknown';

/** Validates the login for a registry address. */
export function checkLogin(
  check: Check,
  property: string,
  given: unknown,
  auth: RegistryAuth,
  address: string,
  unknownPassword: UnknownPassword = 'password-unknown',
): CheckedLogin {
  const login = check.instance(
    property,
    given,
    RegistryLogin,
    RegistryLogin.ofUser(),
    'RegistryLogin.ofUser()',
  )._source;
  switch (login.kind) {
    case 'secret':
      return {
        existing: check.secret(`${property}.secret`, login.secret),
        manifest: () => secretOf(() => ''),
      };
    case 'external':
      return external(check, property, login.options, auth, address);
    case 'password':
      checkMember(check, property, login.user, auth);
      checkGiven(check, property, login.property, login.password);
      return {
        user: login.user,
        manifest: () => secretOf(() => dockerConfig(address, login.user, String(login.password))),
        withFiles: (_, files) => secretWith(files, () => basic(login.user, String(login.password))),
      };
  }
  const options = check.options<UserLoginOptions>(`${property}.options`, login.options);
  const user = options.user ?? auth.userNames[0] ?? '';
  if (options.user !== undefined) checkMember(check, property, options.user, auth);
  check.later(() => {
    const known = auth.userNames.length === 0 || auth.userNames.includes(user);
    const unknown = known ? auth._passwordProblem(user) : undefined;
    return unknown === undefined ? undefined : problemOf(unknownPassword, property, { reason: unknown });
  });
  return {
    user,
    manifest: () => secretOf(() => dockerConfig(address, user, auth._password(user))),
    withFiles: (_, files) => secretWith(files, () => basic(user, auth._password(user))),
  };
}

/** The same of a registry that may ask nobody for one. What asks for tokens is refused elsewhere. */
export function checkLoginIfAsked(
  check: Check,
  property: string,
  given: unknown,
  auth: RegistryAuth,
  address: string,
  unknownPassword: UnknownPassword = 'password-unknown',
): CheckedLogin | undefined {
  if (auth.anonymous && given !== undefined) check.report('login-not-asked-for', property);
  if (auth.anonymous || auth.byToken) return undefined;
  return checkLogin(check, property, given, auth, address, unknownPassword);
}

function external(
  check: Check,
  property: string,
  given: unknown,
  auth: RegistryAuth,
  address: string,
): CheckedLogin {
  const options = check.options<ExternalLoginOptions>(`${property}.options`, given);
  checkMember(check, property, options.user, auth);
  const remoteRef = checkRemoteValue(check, `${property}.password`, options.password);
  const { user } = options;
  const auths = `"username":${JSON.stringify(user)},"password":{{ .password | toJson }},"auth":"{{ printf "${user}:%s" .password | b64enc }}"`;
  const template = { [DOCKER_CONFIG_KEY]: `{"auths":{${JSON.stringify(address)}:{${auths}}}}` };
  const values = [{ secretKey: 'password', remoteRef }];
  // Validated once, not for each namespace that a Secret is written to.
  const manifest = externalSecret(check, `${property}.`, options, { name: '', type: TYPE, values, template });
  const { spec, ...rest } = manifest as typeof manifest & { spec: { target: { template: object } } };
  const targeting = (target: object) => ({
    ...rest,
    spec: { ...spec, target: { ...spec.target, ...target } },
  });
  return {
    user,
    manifest: (name) => targeting({ name }),
    withFiles: (name, files) => {
      const login = `{{ printf "${user}:%s" .password | b64enc }}`;
      const data = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, file(login)]));
      return targeting({ name, template: { ...spec.target.template, type: 'Opaque', data } });
    },
  };
}

function secretOf(text: () => string): Manifest {
  return secretManifest({ [DOCKER_CONFIG_KEY]: text }, TYPE);
}

function secretWith(files: LoginFiles, login: () => string): Manifest {
  const texts = Object.entries(files).map(([key, file]) => [key, () => file(login())]);
  return secretManifest(Object.fromEntries(texts));
}

function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

function dockerConfig(address: string, username: string, password: string): string {
  const auth = basic(username, password);
  return `${JSON.stringify({ auths: { [address]: { username, password, auth } } })}\n`;
}

function checkMember(check: Check, property: string, user: unknown, { userNames }: RegistryAuth): void {
  checkUserName(check, `${property}.user`, user);
  if (typeof user === 'string' && userNames.length > 0 && !userNames.includes(user))
    check.report('not-a-user-of-the-registry', `${property}.user`, {
      value: user,
      users: userNames.join(', '),
    });
}

/** The given value is not shown: it is a password. */
function checkGiven(check: Check, property: string, where: string, password: unknown): void {
  if (typeof password === 'string' && password !== '') return;
  if (where === 'password') check.report('client-password-missing', `${property}.password`);
  else check.report('client-password-variable-missing', property, { variable: where });
}
