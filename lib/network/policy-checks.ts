// Checks of `allowFrom` and `allowTo`: rejects rules that would open or break more than they seem to.
import { k8s } from 'cdk8s-plus-27';
import { isCidr } from '../core/addresses';
import { Check } from '../core/check';

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
