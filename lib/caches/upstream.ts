// The upstream of a cache: its host in image names, its URL, and the egress to it.
import { k8s } from 'cdk8s-plus-27';
import { cidrInstead, isCidr, isPullAddress } from '../core/addresses';
import { Check } from '../core/check';
import { portOf, toUrl } from '../network/egress-rules';
import { bareAddress } from './ring';

/** The validated upstream. */
export interface Upstream {
  /** Its host in image names. */
  readonly host: string;
  readonly url: URL;
  readonly egress: readonly k8s.NetworkPolicyEgressRule[];
}

/** What is given of it. */
export interface GivenUpstream {
  readonly upstream?: unknown;
  readonly upstreamUrl?: unknown;
  readonly upstreamRanges?: unknown;
}

/** Docker Hub in image names. */
export const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_URL = 'https://registry-1.docker.io';
/** Hosts of Docker Hub that people take for its name. */
export const OTHERWISE_DOCKER_HUB = [
  'registry-1.docker.io',
  'index.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
];

/** Registries that nobody runs inside of a cluster or a private network. */
const PUBLIC = [
  DOCKER_HUB,
  'ghcr.io',
  'quay.io',
  'registry.k8s.io',
  'gcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
];

/** Ranges that are not of the Internet: private networks, this host, the metadata of clouds. */
const NOT_PUBLIC = {
  '0.0.0.0/0': [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ],
  '::/0': ['fc00::/7', 'fe80::/10'],
} as const;

/** Checks host, URL and ranges. */
export function checkUpstream(check: Check, given: GivenUpstream): Upstream {
  const host = checkHost(check, given.upstream);
  const usual = host === DOCKER_HUB ? DOCKER_HUB_URL : `https://${host}`;
  const text = check.string('upstreamUrl', given.upstreamUrl, usual, isUrl, 'upstream-not-a-url');
  const url = new URL(text);
  const isPublic = text === usual && PUBLIC.includes(host);
  return { host, url, egress: egressTo(url, checkRanges(check, given.upstreamRanges), isPublic) };
}

/** Whether it is not the registry that serves the cache, which has these addresses. */
export function checkOtherUpstream(
  check: Check,
  upstream: { readonly upstream: string; readonly upstreamUrl: string },
  addresses: readonly string[],
): void {
  const own = addresses.map(bareAddress);
  const property = (['upstream', 'upstreamUrl'] as const).find((one) =>
    own.includes(bareAddress(upstream[one])),
  );
  if (property !== undefined) check.report('cache-of-itself', property, { value: upstream[property] });
}

/** The same URL with TLS. */
export function secured(url: URL): string {
  return url.origin.replace('http:', 'https:');
}

/** Whether it is the host of a registry, as images are named. */
export function isUpstream(host: unknown): host is string {
  return typeof host === 'string' && !OTHERWISE_DOCKER_HUB.includes(host) && isHost(host);
}

/** The host, or what stands for one that is refused: not Docker Hub, of which a cache may be beside it. */
export function usableHost(given: unknown): string {
  if (OTHERWISE_DOCKER_HUB.includes(given as string)) return DOCKER_HUB;
  return isUpstream(given) ? given : 'registry.example.com';
}

function isHost(text: string): boolean {
  // Of those that begin with xn--, not all can be read.
  return isPullAddress(text) && /[.:]/.test(text) && URL.canParse(`https://${text}`);
}

function checkHost(check: Check, given: unknown): string {
  if (given === undefined) {
    check.report('cache-of-nothing', 'upstream');
    return DOCKER_HUB;
  }
  if (OTHERWISE_DOCKER_HUB.includes(given as string)) {
    check.report('upstream-not-docker-hub', 'upstream', { value: given });
    return DOCKER_HUB;
  }
  return check.string('upstream', given, usableHost(given), isHost, 'upstream-not-a-host');
}

function isUrl(text: string): boolean {
  return (
    /^https?:\/\/[^/@?#]+$/.test(text) &&
    isPullAddress(text.replace(/^https?:\/\//, '')) &&
    URL.canParse(text)
  );
}

function checkRanges(check: Check, given: unknown): string[] {
  const ranges = check.list<string>('upstreamRanges', given);
  if (Array.isArray(given) && ranges.length === 0)
    check.report('list-empty', 'upstreamRanges', { example: '"10.0.0.0/8"' });
  return ranges.filter((range, index) => {
    if (typeof range === 'string' && isCidr(range)) return true;
    check.report('not-an-address-range', `upstreamRanges[${index}]`, {
      value: range,
      example: cidrInstead(range),
    });
    return false;
  });
}

/** A policy names no hosts: to a public registry, egress to its port on the Internet, and nowhere else. */
function egressTo(url: URL, ranges: readonly string[], isPublic: boolean): k8s.NetworkPolicyEgressRule[] {
  const port = { port: k8s.IntOrString.fromNumber(portOf(url)), protocol: 'TCP' };
  const to = (blocks: readonly k8s.IpBlock[]) => [
    { ports: [port], to: blocks.map((ipBlock) => ({ ipBlock })) },
  ];
  if (ranges.length > 0) return to(ranges.map((cidr) => ({ cidr })));
  if (isPublic)
    return to(Object.entries(NOT_PUBLIC).map(([cidr, except]) => ({ cidr, except: [...except] })));
  return [toUrl(url)];
}
