// Checks of `allowFrom` and `allowTo`: rejects rules that would open or break more than they seem to.
import { k8s } from 'cdk8s-plus-27';
import { isCidr, isWithin } from '../core/addresses';
import { Check } from '../core/check';
import { isPort, isPortName, PROTOCOLS } from '../core/formats';
import { checkSelector } from '../core/label-selector';
import { isPlainObject } from '../core/problem';
import { toPort } from './egress-rules';

/**
 * Allowed peers. To Kubernetes an empty list means everyone. It rejects an empty peer, but only after other
 * objects were applied.
 */
export function checkPeers(
  check: Check,
  property: string,
  given: unknown,
  example: string,
): k8s.NetworkPolicyPeer[] {
  const peer = `{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': '${example}' } } }`;
  if (Array.isArray(given) && given.length === 0)
    check.report('policy-open-to-everybody', property, { value: given, example: peer });
  return describedPeers(check, property, given, peer);
}

/** Whether a peer is all pods of the cluster, or an eighth of all addresses or more. */
export function isEverybody({ ipBlock, namespaceSelector, podSelector }: k8s.NetworkPolicyPeer): boolean {
  if (ipBlock) return /\/[0-3]$/.test(String(ipBlock.cidr));
  return !!namespaceSelector && [namespaceSelector, podSelector].every(selectsAll);
}

function selectsAll(selector: k8s.LabelSelector | undefined): boolean {
  return isEmpty(selector?.matchExpressions) && Object.keys(selector?.matchLabels ?? {}).length === 0;
}

/** Allowed egress. */
export function checkEgress(check: Check, property: string, given: unknown): k8s.NetworkPolicyEgressRule[] {
  const rules = check.objects<k8s.NetworkPolicyEgressRule>(property, given);
  return rules.flatMap((rule) => {
    const at = `${property}[${(given as unknown[]).indexOf(rule)}]`;
    return check.passes(() => checkRule(check, at, rule)) ? [withPorts(rule)] : [];
  });
}

function checkRule(check: Check, at: string, rule: k8s.NetworkPolicyEgressRule): void {
  const { to, ports } = rule;
  check.fields(at, rule, ['to', 'ports']);
  if (isEmpty(to) && isEmpty(ports)) check.report('egress-unlimited', at, { value: rule });
  else if (to !== undefined && isEmpty(to))
    check.report('egress-open-to-everywhere', `${at}.to`, { value: to });
  describedPeers(check, `${at}.to`, to, "{ ipBlock: { cidr: '10.0.0.0/8' } }");
  checkPorts(check, `${at}.ports`, ports);
}

/** A port that is a plain number or name would be left out by cdk8s-plus, and the rule allow all ports. */
function withPorts(rule: k8s.NetworkPolicyEgressRule): k8s.NetworkPolicyEgressRule {
  if (!Array.isArray(rule.ports)) return rule;
  const ports = rule.ports.map((entry) => {
    const port: unknown = entry?.port;
    if (typeof port === 'number') return { ...entry, port: k8s.IntOrString.fromNumber(port) };
    return typeof port === 'string' ? { ...entry, port: k8s.IntOrString.fromString(port) } : entry;
  });
  return { ...rule, ports };
}

/** Egress to the API server: policies see its own address and port, not those of the Service `kubernetes`. */
export function checkApiServer(
  check: Check,
  property: string,
  given: unknown,
): k8s.NetworkPolicyEgressRule[] {
  if (given === undefined) return [toPort(443, 6443)];
  if (Array.isArray(given) && given.length === 0)
    check.report('list-empty', property, { example: "{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }] }" });
  return checkEgress(check, property, given);
}

/** To Kubernetes, no list and an empty one are the same. */
function isEmpty(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}

/** Ports, of which a range has an end, too. */
function checkPorts(check: Check, property: string, given: unknown): void {
  for (const entry of check.objects<k8s.NetworkPolicyPort>(property, given)) {
    const at = `${property}[${(given as unknown[]).indexOf(entry)}]`;
    check.fields(at, entry, ['port', 'endPort', 'protocol']);
    check.enum(`${at}.protocol`, entry.protocol, undefined, PROTOCOLS);
    const { endPort } = entry;
    const port = portOf(entry.port);
    const valid = typeof port === 'string' ? isPortName(port) : isPort(String(port));
    if (port !== undefined && !valid) check.report('not-a-port', `${at}.port`, { value: port });
    else if (endPort !== undefined && typeof port !== 'number')
      check.report('end-port-without-port', `${at}.endPort`, { value: endPort });
    else if (
      endPort !== undefined &&
      !(Number.isInteger(endPort) && endPort >= Number(port) && endPort <= 65535)
    )
      check.report('not-an-end-port', `${at}.endPort`, { value: endPort, port: Number(port) });
  }
}

/** A port's number or name. Of another copy of cdk8s-plus, too. */
function portOf(port: unknown): unknown {
  if (isPlainObject(port) || typeof port !== 'object' || port === null) return port;
  return (port as { value?: unknown }).value;
}

function describedPeers(
  check: Check,
  property: string,
  given: unknown,
  example: string,
): k8s.NetworkPolicyPeer[] {
  const peers = check.objects<k8s.NetworkPolicyPeer>(property, given);
  return peers.filter((peer) => {
    const at = `${property}[${(given as unknown[]).indexOf(peer)}]`;
    return check.passes(() => checkPeer(check, at, peer, example)) || canBeWritten(peer);
  });
}

/** Whether cdk8s-plus writes a peer, be it refused: other policies may have the same peers, and tell of them, too. */
function canBeWritten(peer: k8s.NetworkPolicyPeer): boolean {
  try {
    k8s.toJson_NetworkPolicyPeer(peer);
    return true;
  } catch {
    return false;
  }
}

function checkPeer(check: Check, at: string, peer: k8s.NetworkPolicyPeer, example: string): void {
  const { ipBlock, namespaceSelector, podSelector } = peer;
  check.fields(at, peer, ['ipBlock', 'namespaceSelector', 'podSelector']);
  checkSelector(check, `${at}.namespaceSelector`, namespaceSelector);
  checkSelector(check, `${at}.podSelector`, podSelector);
  if (ipBlock !== undefined && !isPlainObject(ipBlock)) check.options(`${at}.ipBlock`, ipBlock);
  else if (!ipBlock && !namespaceSelector && !podSelector)
    check.report('peer-names-nobody', at, { value: peer, example });
  else if (ipBlock && (namespaceSelector || podSelector))
    check.report('range-beside-selector', `${at}.ipBlock`, { value: ipBlock });
  else if (ipBlock && !(typeof ipBlock.cidr === 'string' && isCidr(ipBlock.cidr)))
    check.report('not-an-address-range', `${at}.ipBlock.cidr`, {
      value: ipBlock.cidr,
      example: '10.0.0.0/8',
    });
  else if (ipBlock) {
    check.fields(`${at}.ipBlock`, ipBlock, ['cidr', 'except']);
    checkExceptions(check, `${at}.ipBlock`, ipBlock);
  }
}

/** The API server refuses exceptions that are not part of the range. */
function checkExceptions(check: Check, property: string, { cidr, except }: k8s.IpBlock): void {
  check.list<string>(`${property}.except`, except).forEach((range, index) => {
    if (typeof range === 'string' && isWithin(range, cidr)) return;
    check.report('not-within-range', `${property}.except[${index}]`, { value: range, cidr });
  });
}
