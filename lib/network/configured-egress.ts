// Egress of the registry's pod besides storage: all addresses in its configuration and variables, and notes
// on unknown ones.
import { k8s } from 'cdk8s-plus-27';
import { destinationOf, isHere, toDestination, toPort } from './egress-rules';

type Tree = { readonly [key: string]: unknown };

/** Egress rules and notes. */
export interface ConfiguredNetwork {
  readonly rules: readonly k8s.NetworkPolicyEgressRule[];
  /** Notes on destinations that these manifests can't know. */
  readonly unknown: readonly string[];
}

/** Rules for all named addresses, without the known ones. */
export function configuredNetwork(
  config: Tree,
  env: unknown,
  known: readonly k8s.NetworkPolicyEgressRule[],
): ConfiguredNetwork {
  const found = [...inConfiguration(config), ...inVariables(env)];
  const seen = new Set(known.map(textOf));
  const rules = found
    .flatMap(({ rule }) => rule ?? [])
    .filter((rule) => !seen.has(textOf(rule)) && seen.add(textOf(rule)));
  return { rules, unknown: [...new Set(found.flatMap(({ unknown }) => unknown ?? []))] };
}

interface Found {
  readonly rule?: k8s.NetworkPolicyEgressRule;
  readonly unknown?: string;
}

function inConfiguration(config: Tree): Found[] {
  const { redis, proxy, notifications, health, reporting, log, storage } = config as Record<string, unknown>;
  const sentinel = has(redis, 'mastername') || has(redis, 'sentinelmasterset');
  return [
    ...[valueIn(redis, 'addr'), ...list(valueIn(redis, 'addrs'))].flatMap((text) =>
      addressed('redis', text, 6379),
    ),
    ...(sentinel ? [{ unknown: 'The addresses of Redis come from its sentinels.' }] : []),
    ...list(valueIn(notifications, 'endpoints')).flatMap((one) =>
      valueIn(one, 'disabled') === true ? [] : addressed('notifications.endpoints', valueIn(one, 'url')),
    ),
    ...mirrored(valueIn(proxy, 'remoteurl')),
    ...list(valueIn(health, 'http')).flatMap((one) => addressed('health.http', valueIn(one, 'uri'))),
    ...list(valueIn(health, 'tcp')).flatMap((one) => addressed('health.tcp', valueIn(one, 'addr'))),
    ...list(valueIn(log, 'hooks')).flatMap((one) =>
      addressed('log.hooks', valueIn(valueIn(valueIn(one, 'options'), 'smtp'), 'addr'), 25),
    ),
    ...(isMap(reporting) ? [{ rule: toPort(443) }] : []),
    ...(isMap(storage) ? Object.values(storage) : []).flatMap((driver) =>
      ['regionendpoint', 'serviceurl', 'authurl'].flatMap((key) =>
        addressed(`storage's ${key}`, valueIn(driver, key), 443),
      ),
    ),
  ];
}

/** An upstream redirects to its own auth and blob hosts, mostly on 443. */
function mirrored(remote: unknown): Found[] {
  const found = addressed('proxy.remoteurl', remote, 443);
  const usual = found.every(({ rule }) => rule === undefined || textOf(rule) === textOf(toPort(443)));
  return usual
    ? found
    : [...found, { unknown: 'The upstream of proxy.remoteurl may name other hosts for logins and blobs.' }];
}

/**
 * Variables with addresses, for Go programs and the registry's own keys. NO_PROXY names none: those hosts are
 * reached as without a proxy.
 */
const VARIABLES: Readonly<Record<string, number | undefined>> = {
  HTTP_PROXY: 80,
  HTTPS_PROXY: 80,
  http_proxy: 80,
  https_proxy: 80,
  OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: undefined,
  REGISTRY_REDIS_ADDR: 6379,
  REGISTRY_REDIS_ADDRS: 6379,
  REGISTRY_PROXY_REMOTEURL: 443,
  REGISTRY_NOTIFICATIONS_ENDPOINTS: undefined,
};

/** Addresses in variables. */
export function inVariables(env: unknown): Found[] {
  return list(env).flatMap((entry) => {
    const name = String(valueIn(entry, 'name'));
    if (!Object.hasOwn(VARIABLES, name)) return [];
    const value = valueIn(entry, 'value');
    if (typeof value !== 'string')
      return has(entry, 'valueFrom')
        ? [{ unknown: `${name} is read from a Secret, ConfigMap or field.` }]
        : [];
    // Lists and maps are YAML; anything in them that looks like an address is taken as one.
    const texts = /^\s*[[{-]/.test(value)
      ? [...value.matchAll(/[a-z]+:\/\/[^\s"',}\]]+|[\w.-]+:\d+/gi)].map(([text]) => text)
      : [value];
    return texts.flatMap((text) => addressed(name, text, VARIABLES[name]));
  });
}

function addressed(where: string, value: unknown, port?: number): Found[] {
  if (value === undefined || value === null || value === '') return [];
  const destination = typeof value === 'string' ? destinationOf(value, port) : undefined;
  if (destination) return [{ rule: toDestination(destination) }];
  const host = String(value)
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/(:\d+)?(\/.*)?$/, '');
  return isHere(host) || /^unix:/.test(String(value))
    ? []
    : [{ unknown: `${where} has no address that can be read here.` }];
}

function textOf(rule: k8s.NetworkPolicyEgressRule): string {
  return JSON.stringify(rule);
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueIn(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function has(value: unknown, key: string): boolean {
  return valueIn(value, key) !== undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
