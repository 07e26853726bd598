// Basic auth for the UI, done by the controller in front of it with the registry's own users and realm: one
// login serves both.
import { ISecret } from 'cdk8s-plus-27';
import type { RegistryAuth } from '../auth/auth';
import { Check } from '../core/check';
import { SecretTexts } from '../core/secret-manifest';

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

/** The problem of a route without basic auth. */
export type NoBasicAuth = 'ui-login-at-a-gateway' | 'ui-login-at-haproxy' | 'ui-login-at-unknown-controller';

/** The UI's login options, unvalidated. */
interface LoginOptions {
  readonly login?: boolean;
  readonly loginSecret?: ISecret;
}

/** Writes a Secret of the UI; returns its name. */
type Write = (texts: SecretTexts, type?: string) => string;

/** The basic auth, if enabled. */
export function checkUILogin(
  check: Check,
  given: LoginOptions,
  form: BasicAuthForm | NoBasicAuth,
  auth: RegistryAuth,
  write: Write,
): BasicAuth | undefined {
  const wanted = check.boolean('login', given.login, false);
  if (!wanted) {
    if (given.loginSecret !== undefined) check.report('login-secret-without-login', 'loginSecret');
    return undefined;
  }
  if (auth.anonymous) {
    check.report('ui-login-without-users', 'login');
  }
  if (auth.byToken) check.report('ui-login-with-tokens', 'login');
  if (typeof form === 'string') check.report(form, 'login');
  if (auth.anonymous || auth.byToken || typeof form === 'string') return undefined;
  if (form.realm && !form.realm.test(auth.realm)) {
    check.ofRegistry.report('realm-unsupported', 'auth.realm', {
      value: auth.realm,
      controller: form.controller,
    });
  }
  return { secretName: loginSecret(check, given, form, auth, write), realm: auth.realm };
}

function loginSecret(
  check: Check,
  given: LoginOptions,
  form: BasicAuthForm,
  auth: RegistryAuth,
  write: Write,
): string {
  if (given.loginSecret !== undefined) return check.secret('loginSecret', given.loginSecret);
  const { _htpasswd: htpasswd, secretName = '', secretKey } = auth;
  if (form.key === undefined) return secretName;
  if (htpasswd) return write({ [form.key]: htpasswd }, form.type);
  if (form.type === undefined && secretKey === form.key) return secretName;
  const { controller, key, type } = form;
  const details = { controller, key, secret: secretName, secretKey: String(secretKey) };
  if (type === undefined) check.report('htpasswd-under-another-key', 'login', details);
  else check.report('htpasswd-of-unknown-type', 'login', { ...details, type });
  return secretName;
}
