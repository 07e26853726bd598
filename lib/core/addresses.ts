// Addresses in settings: CIDR ranges, and registry addresses in image names.
import { isHostName, isIpv4 } from './formats';

/** An IPv4 or IPv6 range such as 10.0.0.0/8. */
export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  if (more.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  return isIpv4(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128;
}

/** The range to suggest for an invalid one: a single address becomes a /32. */
export function cidrInstead(text: unknown): string {
  return typeof text === 'string' && isIpv4(text) ? `${text}/32` : '10.0.0.0/8';
}

/** `host` or `host:port`, as in image names. */
export function isPullAddress(text: string): boolean {
  const [host = '', port, ...more] = text.split(':');
  if (more.length > 0 || !(isHostName(host) || isIpv4(host))) return false;
  return port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535);
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

/** Canonical short form of an address: IPv6 has many spellings. */
export function shortAddress(text: string): string {
  return isIpv6(text) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text;
}

function isIpv6(text: string): boolean {
  try {
    return text.includes(':') && !/[^0-9a-fA-F:.]/.test(text) && new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}
