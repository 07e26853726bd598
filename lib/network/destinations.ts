// Where a pod goes, as a NetworkPolicy lets it out: from an address as people write it to the rule for it.
import { k8s } from 'cdk8s-plus-27';
import { isHostName, isIpv4 } from '../core/formats';

/** A host and a port of TCP. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Out to a port, anywhere. */
export function toPort(...ports: number[]): k8s.NetworkPolicyEgressRule {
  return { ports: [...new Set(ports)].map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' })) };
}

/** Out to a port of one address. */
export function toAddress(ip: string, port: number): k8s.NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr: ip.includes(':') ? `${ip}/128` : `${ip}/32` } }], ...toPort(port) };
}

/** Out to all pods of a namespace. */
export function toNamespace(name: string): k8s.NetworkPolicyEgressRule {
  return { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }] };
}

/**
 * Out to a host. Policies see a connection after it was led from a Service to a pod, whose port is not known here: for a Service of this cluster it is out to
 * all pods of its namespace, at any port. A name says nothing of addresses: for any other it is out to the port, anywhere.
 */
export function toDestination({ host, port }: Destination): k8s.NetworkPolicyEgressRule {
  const bare = host.replace(/^\[|\]$/g, '');
  const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\..+)?$/.exec(host) ?? [];
  if (namespace) return toNamespace(namespace);
  if (isIpv4(bare) || bare.includes(':')) return toAddress(bare, port);
  if (!host.includes('.') && isHostName(host)) return { to: [{ podSelector: {} }] };
  return toPort(port);
}

/** Out to a URL. */
export function toUrl(url: URL): k8s.NetworkPolicyEgressRule {
  return toDestination({ host: url.hostname, port: portOf(url) });
}

/** A URL's port, also where it is the scheme's own. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, redis: 6379, rediss: 6379, socks5: 1080, smtp: 25 };

/**
 * The host and port of a URL, or of `host:port`. Undefined for what is no address of another machine, and where there is no port and nothing tells it.
 */
export function destinationOf(text: string, fallback?: number): Destination | undefined {
  const [, scheme = '', host = '', port] =
    /^\s*(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?(?:[/?#]\S*)?\s*$/i.exec(text) ?? [];
  const number = Number(port ?? PORTS[scheme.toLowerCase()] ?? fallback ?? 0);
  if (host === '' || number < 1 || number > 65535 || isHere(host)) return undefined;
  return { host: host.toLowerCase(), port: number };
}

/** The pod itself. */
export function isHere(host: string): boolean {
  return /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/i.test(host);
}
