// Addresses in settings: CIDR ranges, and registry addresses in image names.
import { isHostName, isIpv4, isPort } from './formats';

/** An IPv4 or IPv6 range such as 10.0.0.0/8. */
export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  if (more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) return false;
  return isIpv4(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128;
}

/** Whether a range is a smaller one within another, as the exceptions of a NetworkPolicy must be. */
export function isWithin(range: string, outer: string): boolean {
  if (!isCidr(range) || !isCidr(outer)) return false;
  const [inside, around] = [bitsOf(range), bitsOf(outer)];
  return inside.length > around.length && inside.startsWith(around);
}

/** The range to suggest for an invalid one: a single address becomes a /32. */
export function cidrInstead(text: unknown): string {
  return typeof text === 'string' && isIpv4(text) ? `${text}/32` : '10.0.0.0/8';
}

/** `host` or `host:port`, as in image names. */
export function isPullAddress(text: string): boolean {
  const [host = '', port, ...more] = text.split(':');
  if (more.length > 0 || !(isHostName(host) || isIpv4(host))) return false;
  return port === undefined || isPort(port);
}

/** Whether a URL's port and IPv4 address are written as they are read: `0443` and `010.0.0.1` are not. */
export function isPlainAddress(url: string): boolean {
  const [, host = '', port] = /^[a-z][a-z0-9+.-]*:\/\/(\[[^\]]*\]|[^/?#:]*)(?::([^/?#]*))?/i.exec(url) ?? [];
  const isNumeric = URL.canParse(url) && isIpv4(new URL(url).hostname);
  return (port === undefined || isPort(port)) && (!isNumeric || isIpv4(host));
}

/** Whether a URL has a port that is none: `99999`, or with leading zeros. */
export function hasWrongPort(url: string): boolean {
  const [, port] = /^https?:\/\/(?:\[[^/\]]*\]|[^/:]+):(\d+)(?:[/?#]|$)/.exec(url) ?? [];
  return port !== undefined && !isPort(port);
}

/** A registry in image names, with a path or without: nothing that Docker takes for a name on Docker Hub. */
export function isImageRegistry(text: string): boolean {
  const [address = '', ...path] = text.split('/');
  return (
    isPullAddress(address) &&
    !isOnDockerHub(address) &&
    path.every((segment) => /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(segment))
  );
}

/** Whether Docker resolves `<address>/image` on Docker Hub: without a dot or port, except for localhost. */
export function isOnDockerHub(address: string): boolean {
  return address !== 'localhost' && !/[.:]/.test(address);
}

/** An IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/**
 * An address as Kubernetes writes it: IPv6 in lower case, without leading zeros, and with `::` for two groups or more.
 * Of other spellings the API server warns.
 */
export function isPlainIp(text: string): boolean {
  if (isIpv4(text)) return true;
  const [before = '', after, ...more] = text.split('::');
  const groups = [before, after ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  return (
    more.length === 0 &&
    groups.every((group) => /^(0|[1-9a-f][0-9a-f]{0,3})$/.test(group)) &&
    (after === undefined ? groups.length === 8 : groups.length <= 6)
  );
}

/** Canonical short form of an address: IPv6 has many spellings. */
export function shortAddress(text: string): string {
  return isIpv6(text) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text;
}

/** The kind of addresses of a range, and the bits that all of them begin with. */
function bitsOf(range: string): string {
  const [address = '', count] = range.split('/');
  if (isIpv4(address)) return `4:${inBits(address.split('.'), 10, 8)}`.slice(0, 2 + Number(count));
  const [before = '', after] = shortAddress(address).split('::');
  const groups = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const [first = [], last = []] = groups;
  const zeros = new Array(8 - first.length - last.length).fill('0');
  return `6:${inBits([...first, ...zeros, ...last], 16, 16)}`.slice(0, 2 + Number(count));
}

function inBits(numbers: readonly string[], base: number, width: number): string {
  return numbers.map((number) => Number.parseInt(number, base).toString(2).padStart(width, '0')).join('');
}

function isIpv6(text: string): boolean {
  try {
    return text.includes(':') && !/[^0-9a-fA-F:.]/.test(text) && new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}

/** One form of the names by which a pod of a namespace may call the same host. */
export function inCluster(host: string, namespace = ''): string {
  const name = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/\.cluster\.local$/, '')
    .replace(/\.svc$/, '');
  return name.includes('.') ? name : `${name}.${namespace}`;
}
