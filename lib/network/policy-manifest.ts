// Builds all NetworkPolicies, with their common rules, and rejects user rules that would open or break more
// than they seem to.
import { k8s } from 'cdk8s-plus-27';
import { isCidr } from '../core/addresses';
import { Check } from '../core/check';

/** Allowed ingress and egress of pods. */
export interface Network {
  /** Labels of the pods. */
  readonly pods: Record<string, string>;
  /** Peers and port for ingress; no peers means everyone. Undefined denies all ingress. */
  readonly from?: { readonly portName: string; readonly peers: readonly k8s.NetworkPolicyPeer[] };
  /** Egress besides DNS. Undefined denies all egress, DNS included. */
  readonly to?: readonly k8s.NetworkPolicyEgressRule[];
  /** Leave egress to another policy for the same pods? */
  readonly onlyIngress?: boolean;
}

/** The policy, without metadata. */
export function policyManifest({
  pods,
  from,
  to,
  onlyIngress,
}: Network): ReturnType<typeof k8s.KubeNetworkPolicy.manifest> {
  const ingress = from && {
    ports: [tcp(from.portName)],
    ...(from.peers.length > 0 && { from: [...from.peers] }),
  };
  return k8s.KubeNetworkPolicy.manifest({
    spec: {
      podSelector: { matchLabels: pods },
      policyTypes: onlyIngress ? ['Ingress'] : ['Ingress', 'Egress'],
      ...(ingress && { ingress: [ingress] }),
      ...(to && { egress: [DNS, ...to] }),
    },
  });
}

/** A TCP port by name or number. */
export function tcp(port: string | number): k8s.NetworkPolicyPort {
  return {
    port: typeof port === 'string' ? k8s.IntOrString.fromString(port) : k8s.IntOrString.fromNumber(port),
    protocol: 'TCP',
  };
}

/** Policies see the target port of the DNS pods; OpenShift's listen on 5353. */
const DNS: k8s.NetworkPolicyEgressRule = {
  ports: [53, 5353].flatMap((port) =>
    ['UDP', 'TCP'].map((protocol) => ({ port: k8s.IntOrString.fromNumber(port), protocol })),
  ),
};

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

/** Allowed egress. */
export function checkEgress(check: Check, property: string, given: unknown): k8s.NetworkPolicyEgressRule[] {
  const rules = check.objects<k8s.NetworkPolicyEgressRule>(property, given);
  for (const [index, { to }] of rules.entries()) {
    const at = `${property}[${index}].to`;
    if (Array.isArray(to) && to.length === 0) check.report('egress-open-to-everywhere', at, { value: to });
    describedPeers(check, at, to, "{ ipBlock: { cidr: '10.0.0.0/8' } }");
  }
  return rules;
}

function describedPeers(
  check: Check,
  property: string,
  given: unknown,
  example: string,
): k8s.NetworkPolicyPeer[] {
  const peers = check.objects<k8s.NetworkPolicyPeer>(property, given);
  for (const peer of peers) {
    const at = `${property}[${(given as unknown[]).indexOf(peer)}]`;
    const { ipBlock, namespaceSelector, podSelector } = peer;
    if (!ipBlock && !namespaceSelector && !podSelector)
      check.report('peer-names-nobody', at, { value: peer, example });
    else if (ipBlock && (namespaceSelector || podSelector))
      check.report('range-beside-selector', `${at}.ipBlock`, { value: ipBlock });
    else if (ipBlock && !(typeof ipBlock.cidr === 'string' && isCidr(ipBlock.cidr)))
      check.report('not-an-address-range', `${at}.ipBlock.cidr`, {
        value: ipBlock.cidr,
        example: '10.0.0.0/8',
      });
  }
  return peers;
}
