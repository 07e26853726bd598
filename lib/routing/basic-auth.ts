// Basic auth for the UI, done by the controller in front of it with the registry's own users and realm: one login serves both.
import { ISecret } from 'cdk8s-plus-27';
import type { RegistryAuth } from '../auth/auth';
import { Check } from '../core/check';
import { SecretTexts } from '../core/secret';

/** Settings of a controller's basic auth. */
export interface BasicAuth {
  /** Secret with an htpasswd file, in the controller's format. */
  readonly secretName: string;
  readonly realm: string;
}

/** The format of the htpasswd Secret that a controller expects. */
export interface BasicAuthForm {
  /** Display name of the controller. */
  readonly controller: string;
  /** The key that holds the file. If undefined, the file must be under the only key, of any name. */
  readonly key?: string;
  /** The Secret's type, if the controller requires one. */
  readonly type?: string;
  /** Realms that the controller accepts. */
  readonly realm?: RegExp;
}

/** The UI's login options, unvalidated. */
interface LoginOptions {
  readonly login?: boolean;
  readonly loginSecret?: ISecret;
}

/** Writes a Secret of the UI; returns its name. */
type Write = (texts: SecretTexts, type?: string) => string;

/** The basic auth, if enabled. `form` is a string if the route doesn't support it: why, and what to do. */
export function checkPageLogin(
  check: Check,
  given: LoginOptions,
  form: BasicAuthForm | string,
  auth: RegistryAuth,
  write: Write,
): BasicAuth | undefined {
  const wanted = check.flag('ui.login', given.login, false);
  if (!wanted) {
    if (given.loginSecret !== undefined) check.problem('ui.loginSecret: means nothing without a login; add login: true, or leave it out');
    return undefined;
  }
  if (auth.anonymous) {
    check.problem('ui.login: true, but the registry has no login that the page could share; leave it out, or add auth.credentials');
  }
  if (typeof form === 'string') check.problem(`ui.login: true, but ${form}`);
  if (auth.anonymous || typeof form === 'string') return undefined;
  if (form.realm && !form.realm.test(auth.realm)) {
    check.add(
      'auth.realm',
      auth.realm,
      `can't be told to ${form.controller}, which takes letters, digits, spaces and "-._~/:"`,
      'write e.g. "Registry Realm"',
    );
  }
  return { secretName: loginSecret(check, given, form, auth, write), realm: auth.realm };
}

function loginSecret(check: Check, given: LoginOptions, form: BasicAuthForm, auth: RegistryAuth, write: Write): string {
  if (given.loginSecret !== undefined) return check.secret('ui.loginSecret', given.loginSecret);
  const { _htpasswd: htpasswd, secretName = '', secretKey } = auth;
  if (form.key === undefined) return secretName;
  if (htpasswd) return write({ [form.key]: htpasswd }, form.type);
  if (form.type === undefined && secretKey === form.key) return secretName;
  const type = form.type === undefined ? '' : ` of type ${form.type}`;
  const rename =
    form.type === undefined ? `call the key so and write RegistryCredentials.existingSecret({ secret, key: '${form.key}' }), or ` : '';
  check.problem(
    `ui.login: true, but ${form.controller} wants the htpasswd file in a Secret${type} under the key "${form.key}", and that of "${secretName}" is "${secretKey}"${form.type === undefined ? '' : ' in a Secret whose type is not known here'}; ${rename}name one that has it by ui.loginSecret`,
  );
  return secretName;
}
