// The NetworkPolicy object, with the rules that all of them share, such as egress to DNS.
import { k8s } from 'cdk8s-plus-27';

/** Allowed ingress and egress of pods. */
export interface Network {
  /** Labels of the pods. */
  readonly pods: Record<string, string>;
  /** Peers and port for ingress; no peers means everyone. Undefined denies all ingress. */
  readonly from?: { readonly portName: string; readonly peers: readonly k8s.NetworkPolicyPeer[] };
  /** Egress besides DNS. Undefined denies all egress, DNS included. */
  readonly to?: readonly k8s.NetworkPolicyEgressRule[];
  /** Whether egress is left to another policy for the same pods. */
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
