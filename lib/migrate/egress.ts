// The registry's own connections, from its config.yml and its environment variables: the ports that need
// egress rules.
import { isMap } from './old-keys';
import { isFilledIn } from './placeholders';

/** An address that the registry connects to, and its name in the old values. */
export interface Address {
  readonly key: string;
  readonly text: string;
}

/**
 * Where addresses are in config.yml, `*` for any name. Other values that look like addresses are for clients,
 * or unused: the realm of tokens, origins, http.host.
 */
const ADDRESSES: readonly string[] = [
  'notifications.endpoints.*.url',
  'redis.addr',
  'redis.addrs.*',
  'redis.sentinel.addrs.*',
  'health.http.*.uri',
  'health.tcp.*.addr',
  'log.hooks.*.options.smtp.addr',
  'middleware.storage.*.options.iprangesurl',
  'reporting.bugsnag.endpoint',
];

/** Environment variables that hold addresses; the registry is a Go program. */
const VARIABLES = /^(https?_proxy|all_proxy)$/i;

/** Default ports. */
const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  redis: 6379,
  rediss: 6379,
  socks5: 1080,
  socks5h: 1080,
};

/** The addresses in a part of config.yml. */
export function addressesIn(path: string, value: unknown): Address[] {
  return ADDRESSES.flatMap((pattern) => textsAt(path, value, pattern.split('.')));
}

function textsAt(key: string, value: unknown, pattern: readonly string[]): Address[] {
  const path = key.split('.');
  if (
    path.length > pattern.length ||
    path.some((name, index) => pattern[index] !== '*' && pattern[index] !== name)
  )
    return [];
  if (typeof value === 'string') return path.length === pattern.length ? [{ key, text: value }] : [];
  const inside = Array.isArray(value) ? value.entries() : Object.entries(isMap(value) ? value : {});
  return [...inside].flatMap(([name, one]) => textsAt(`${key}.${name}`, one, pattern));
}

/** The addresses in environment variables. */
export function addressesOf(variables: readonly Readonly<Record<string, unknown>>[]): Address[] {
  const named = variables.filter(({ name, value }) => VARIABLES.test(String(name)) && value !== '');
  // Values from Secrets and ConfigMaps are unknown here.
  return named.map(({ name, value }) => ({
    key: `extraEnvVars.${name}`,
    text: typeof value === 'string' ? value : '',
  }));
}

/**
 * The port of an address such as `redis:6379` or `https://hooks.example.com/x`; undefined where it can't be
 * determined.
 */
export function portOf({ key, text }: Address): number | undefined {
  if (isFilledIn(text)) return undefined;
  // Without a scheme, a proxy's is http, and anything else is host and port.
  const full = text.includes('://') ? text : `${key.startsWith('extraEnvVars.') ? 'http' : 'tcp'}://${text}`;
  try {
    const { protocol, port, hostname } = new URL(full);
    if (hostname === '') return undefined;
    return port === '' ? PORTS[protocol.slice(0, -1)] : Number(port);
  } catch {
    return undefined;
  }
}
