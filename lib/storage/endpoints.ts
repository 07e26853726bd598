// Addresses of object stores: what one must look like, and what the NetworkPolicy must let out to for it.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../validation/check';
import { isHostName, isIpv4 } from '../validation/formats';

/** An http or https URL with a host that exists; undefined, and a message, for anything else. */
export function checkUrl(check: Check, property: string, value: unknown, example: string): URL | undefined {
  if (value === undefined) return undefined;
  const complain = (what: string, instead: string) => void check.add(property, value, what, `write "${instead}"`);
  if (typeof value !== 'string' || value === '') {
    check.add(property, value, value === '' ? 'is empty' : 'is not a text', `write e.g. "${example}"`);
  } else if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    complain('has no scheme', parsed(`https://${value}`) ? `https://${value}` : example);
  } else {
    const url = parsed(value);
    if (!url) complain('is not an address that begins with https:// or http://', example);
    else if (url.username || url.password)
      check.problem(`${property}: holds a user or a password; write "${example}", and the credentials beside it`);
    else if (url.search || url.hash) complain('has a query', `${url.origin}${url.pathname === '/' ? '' : url.pathname}`);
    else return url;
  }
  return undefined;
}

function parsed(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const fine = /^https?:$/.test(url.protocol) && (isHostName(url.hostname) || isIpv4(url.hostname) || url.hostname.startsWith('['));
  return fine ? url : undefined;
}

/** Out to a port, anywhere. */
export function toPort(...ports: number[]): k8s.NetworkPolicyEgressRule {
  return { ports: [...new Set(ports)].map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' })) };
}

/** Out to a port of one address. */
export function toAddress(ip: string, port: number): k8s.NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr: `${ip}/32` } }], ...toPort(port) };
}

/** Where the clouds tell a pod or a node who it is. */
export const METADATA_SERVER = '169.254.169.254';

/**
 * Out to a URL. Policies see a connection after it was led from a Service to a pod, whose port is not known here: for a Service of this cluster it is out to
 * all pods of its namespace.
 */
export function toUrl(url: URL): k8s.NetworkPolicyEgressRule {
  const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\..+)?$/.exec(url.hostname) ?? [];
  if (namespace) return { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }] };
  if (!url.hostname.includes('.') && isHostName(url.hostname)) return { to: [{ podSelector: {} }] };
  return toPort(portOf(url));
}

/** A URL's port, also where it is the scheme's own. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** What the driver is given: no slash at the end. */
export function withoutSlash(url: URL): string {
  return url.href.replace(/\/$/, '');
}
