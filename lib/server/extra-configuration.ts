// Raw keys of config.yml, `configuration.extra`: which ones are not allowed, and how the rest is merged over
// the library's own keys.
import { Check } from '../core/check';
import { isBehindFront, isLoggedInBefore, ownedVariable, secondDriver } from '../core/owned-variables';
import { secretsIn } from '../core/secret-keys';

/** A map in config.yml. */
export type Tree = { readonly [key: string]: unknown };

/**
 * Rejects keys with which the registry does not start, or which probes, Service and NetworkPolicy would not
 * follow.
 */
export function checkExtra(
  check: Check,
  given: { [key: string]: unknown } | undefined,
  rendered: Tree,
): Tree {
  const at = 'configuration.extra';
  const extra: Tree = check.options(at, given);
  if (extra.auth !== undefined && rendered.auth !== undefined) {
    const code = isLoggedInBefore(rendered) ? 'login-behind-front' : 'second-login';
    check.report(code, `${at}.auth`, { value: extra.auth });
  }
  checkDriver(check, `${at}.storage`, extra.storage, rendered);
  const { auth: _, ...others } = extra;
  checkMaps(check, at, others, rendered);
  checkFolder(check, `${at}.storage`, extra.storage);
  checkHttp(check, `${at}.http`, extra.http, rendered);
  checkSecrets(check, at, extra, rendered);
  return extra;
}

/** Merges maps key by key; anything else replaces. Undefined is omitted. */
export function merge(base: unknown, over: unknown): unknown {
  if (!isMap(over)) return over;
  const under = isMap(base) ? base : {};
  const inBase = (key: string) => (Object.hasOwn(under, key) ? under[key] : undefined);
  const merged = Object.keys({ ...under, ...over }).map((key) => {
    const given = Object.hasOwn(over, key) ? over[key] : undefined;
    return [key, given === undefined ? inBase(key) : merge(inBase(key), given)] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/** The registry starts with one storage driver only. */
function checkDriver(check: Check, at: string, storage: unknown, rendered: Tree): void {
  for (const [key, value] of Object.entries(isMap(storage) ? storage : {})) {
    const own = value === undefined ? undefined : secondDriver(key, rendered);
    if (own === undefined) continue;
    check.report('second-storage', `${at}.${key}`, { value, own });
  }
}

/** The volume is mounted at the folder that this library renders. */
function checkFolder(check: Check, at: string, storage: unknown): void {
  const { filesystem } = isMap(storage) ? storage : {};
  if (isMap(filesystem) && filesystem.rootdirectory !== undefined) {
    check.report('root-directory-set', `${at}.filesystem.rootdirectory`, { value: filesystem.rootdirectory });
  }
}

/** Address, certificate and secret are those of the pod, its Service and its Secrets. */
function checkHttp(check: Check, at: string, given: unknown, rendered: Tree): void {
  const http = isMap(given) ? given : {};
  const tls = isMap(http.tls) ? http.tls : {};
  const complain = (key: string, value: unknown, instead: string) => {
    if (value !== undefined) check.report('http-key-set', `${at}.${key}`, { value, instead });
  };
  for (const key of ['addr', 'net'])
    complain(key, http[key], 'leave it out; the port that people use is service: { port: ... }');
  complain('prefix', http.prefix, 'leave it out; clients put no path before /v2/');
  const debug = isMap(rendered.http) && rendered.http.debug !== undefined;
  if (debug) complain('debug', http.debug, 'leave it out, or write metrics: {...}');
  for (const key of ['certificate', 'key', 'letsencrypt'])
    complain(`tls.${key}`, tls[key], 'leave it out, or write tls: {...}');
  if (isBehindFront(rendered) && http.tls !== undefined)
    check.report('tls-behind-front', `${at}.tls`, { value: http.tls });
  if (http.secret !== undefined) check.report('secret-in-config', `${at}.secret`);
}

/** config.yml is in a ConfigMap, which many may read. */
function checkSecrets(check: Check, at: string, extra: Tree, rendered: Tree): void {
  for (const { path, variable } of secretsIn(extra)) {
    const owned = ownedVariable(variable, rendered);
    if (owned === undefined) check.report('secret-in-raw-keys', `${at}.${path}`, { variable });
    else check.report('secret-of-own-keys', `${at}.${path}`, { instead: owned.instead });
  }
}

/**
 * Where this library renders a map, only a map can be merged: null, for example, would remove it, such as TLS
 * of the pod.
 */
function checkMaps(check: Check, at: string, given: Tree, rendered: Tree): void {
  for (const [key, value] of Object.entries(given)) {
    const own = Object.hasOwn(rendered, key) ? rendered[key] : undefined;
    if (value === undefined || !isMap(own)) continue;
    if (isMap(value)) checkMaps(check, `${at}.${key}`, value, own);
    else check.report('map-removed', `${at}.${key}`, { value, key });
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
