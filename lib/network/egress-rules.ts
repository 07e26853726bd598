// Converts addresses to egress rules of a NetworkPolicy.
import { k8s } from 'cdk8s-plus-27';
import { isHostName, isIpv4 } from '../core/formats';

/** A host and a TCP port. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

/** Egress to a port, anywhere. */
export function toPort(...ports: number[]): k8s.NetworkPolicyEgressRule {
  return {
    ports: [...new Set(ports)].map((port) => ({ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' })),
  };
}

/** Egress to a port of one address. */
export function toAddress(ip: string, port: number): k8s.NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr: ip.includes(':') ? `${ip}/128` : `${ip}/32` } }], ...toPort(port) };
}

/** Egress to all pods of a namespace. */
export function toNamespace(name: string): k8s.NetworkPolicyEgressRule {
  return { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }] };
}

/**
 * Egress to a host. Policies apply after a Service is resolved to a pod, whose port is unknown here: for a
 * Service of this cluster, egress to all ports of its namespace. A name reveals no address: for any other
 * name, egress to the port, anywhere.
 */
export function toDestination({ host, port }: Destination): k8s.NetworkPolicyEgressRule {
  const bare = host.replace(/^\[|\]$/g, '');
  const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\..+)?$/.exec(host) ?? [];
  if (namespace) return toNamespace(namespace);
  if (isIpv4(bare) || bare.includes(':')) return toAddress(bare, port);
  if (!host.includes('.') && isHostName(host)) return { to: [{ podSelector: {} }] };
  return toPort(port);
}

/** Egress to a URL. */
export function toUrl(url: URL): k8s.NetworkPolicyEgressRule {
  return toDestination({ host: url.hostname, port: portOf(url) });
}

/** A URL's port, or its scheme's default. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  redis: 6379,
  rediss: 6379,
  socks5: 1080,
  smtp: 25,
};

/**
 * Host and port of a URL or of `host:port`. Undefined if it is no address of another machine, or if the port
 * can't be determined.
 */
export function destinationOf(text: string, fallback?: number): Destination | undefined {
  const [, scheme = '', host = '', port] =
    /^\s*(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?(?:[/?#]\S*)?\s*$/i.exec(
      text,
    ) ?? [];
  const number = Number(port ?? PORTS[scheme.toLowerCase()] ?? fallback ?? 0);
  if (host === '' || number < 1 || number > 65535 || isHere(host)) return undefined;
  return { host: host.toLowerCase(), port: number };
}

/** Whether a host is the pod itself. */
export function isHere(host: string): boolean {
  return /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/i.test(host);
}
