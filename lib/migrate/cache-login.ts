// The login of an old release at its upstream. It goes into a Secret, by a command that shows no password.
import { STRINGS } from '../chart/values/formats';
import { shellWord } from '../core/shell';
import { OldConfiguration } from './configuration';
import { SecretFile, SecretFiles } from './files';
import { isFilledIn } from './placeholders';
import { oldName, Translation } from './translation';
import { OldUpstream } from './upstream';

/** Where the login is. */
export interface OldLogin {
  readonly existingSecret: string;
  readonly usernameKey?: string;
  readonly passwordKey?: string;
}

/** Keys of Secrets that the registry's own variables refer to. */
export interface References {
  readonly user?: SecretFile;
  readonly password?: SecretFile;
}

/** Takes them: the variables are for the cache, and not for the registry. */
export function referencesIn(files: SecretFiles): References {
  return {
    user: files.takeReference(variable('USERNAME')),
    password: files.takeReference(variable('PASSWORD')),
  };
}

/** The login, if there is one that a cache can use. */
export function loginOf(
  translation: Translation,
  configuration: OldConfiguration,
  references: References,
  { encrypted, url }: OldUpstream,
): OldLogin | undefined {
  const found = ofVariables(translation, references) ?? ofChart(translation, configuration);
  if (found === undefined || encrypted) return found;
  translation.lost(
    'proxy.password',
    `is not sent to ${url}, which is not encrypted: give its https:// as caches[0].upstreamUrl, and the Secret ${found.existingSecret} as caches[0].login.existingSecret`,
  );
  return undefined;
}

/** Variables that name a Secret come after those of the chart. */
function ofVariables(translation: Translation, { user, password }: References): OldLogin | undefined {
  if (user === undefined || password === undefined) {
    const [what, one] = user ? (['USERNAME', user] as const) : (['PASSWORD', password] as const);
    if (one) half(translation, what, one);
    return undefined;
  }
  if (user.secret !== password.secret)
    translation.lost(
      `extraEnvVars.${variable('USERNAME')}`,
      `user name and password of the upstream must be in one Secret here: copy ${user.key} of ${user.secret} to ${password.secret}`,
    );
  return { existingSecret: password.secret, usernameKey: user.key, passwordKey: password.key };
}

function half(translation: Translation, what: string, { secret, key }: SecretFile): void {
  translation.lost(
    `extraEnvVars.${variable(what)}`,
    `${key} of the Secret ${secret} is half a login: name a Secret with both by caches[0].login`,
  );
}

function variable(what: string): string {
  return `REGISTRY_PROXY_${what}`;
}

function ofChart(translation: Translation, configuration: OldConfiguration): OldLogin | undefined {
  const { old } = translation;
  const given = {
    username: textOf(translation, configuration, 'username'),
    password: textOf(translation, configuration, 'password'),
  };
  const reference = old.boolean('proxy.enabled') ? old.string('proxy.secretRef') : undefined;
  if (reference !== undefined) {
    for (const one of Object.values(given))
      if (one)
        translation.different(one.key, `does not count, since the login comes from the Secret ${reference}`);
    return translation.accepts('proxy.secretRef', reference, 'caches[0].login.existingSecret', STRINGS.name)
      ? { existingSecret: reference, usernameKey: 'proxyUsername', passwordKey: 'proxyPassword' }
      : undefined;
  }
  const { username, password } = given;
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    const one = (username ?? password) as Given;
    translation.lost(
      one.key,
      `is half a login (the rest may have come by --set, which \`helm get values --all\` shows): put both into a Secret, and name that by caches[0].login.existingSecret`,
    );
    return undefined;
  }
  const name = `${oldName(translation) ?? 'registry'}-upstream`;
  translation.lost(
    password.key,
    `no password of an upstream is in values: ${commandFor(translation, name, username, password)}`,
  );
  return { existingSecret: name };
}

interface Given {
  readonly key: string;
  readonly value: string;
}

/** By the chart's own keys, which win over config.yml, or by a variable, which wins over both. */
function textOf(
  { old }: Translation,
  configuration: OldConfiguration,
  name: 'username' | 'password',
): Given | undefined {
  const key = configuration.nameOf(`proxy.${name}`);
  const value = configuration.get(`proxy.${name}`);
  const configured = value === undefined || value === '' ? undefined : { key, value: String(value) };
  if (configured && key.startsWith('extraEnvVars.')) return configured;
  if (!old.boolean('proxy.enabled')) return configured;
  const text = old.string(`proxy.${name}`);
  return text === undefined ? undefined : { key: `proxy.${name}`, value: text };
}

/** A Secret with the login: of the old release's own Secret, while that is there, or of what is typed. */
function commandFor(translation: Translation, name: string, username: Given, password: Given): string {
  const release = oldName(translation);
  const inSecret = (key: string) =>
    `kubectl -n "$NAMESPACE" get secret ${shellWord(`${release}-secret`)} -o jsonpath='{.data.${key}}' | base64 -d`;
  const isOwn = release !== undefined && password.key === 'proxy.password';
  const user =
    isOwn && isFilledIn(username.value) ? `"$(${inSecret('proxyUsername')})"` : shellWord(username.value);
  const create = `kubectl -n "$NAMESPACE" create secret generic ${shellWord(name)} --type kubernetes.io/basic-auth --from-literal username=${user} --from-file password=/dev/stdin`;
  return isOwn
    ? `before the old release goes, run: ${inSecret('proxyPassword')} | ${create}`
    : `before you install, run the following, and type the password, Enter and Ctrl-D: ${create}`;
}
