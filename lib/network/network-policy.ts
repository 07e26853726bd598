// The NetworkPolicy of a pod and its options: allowed ingress and egress.
import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { isDnsLabel } from '../core/formats';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkEgress, checkPeers } from './policy-checks';
import { policyManifest } from './policy-manifest';

/** Options of a pod's NetworkPolicy. */
export interface NetworkPolicyOptions {
  /**
   * Whether to create a NetworkPolicy.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Peers that may reach the pod's port, e.g. the ingress controller's namespace; at least one. The library's
   * own pods that need it, the proxying UI and the toolbox, are always allowed.
   *
   * @default - everyone, because these manifests can't know the controller's namespace; all other ports are
   * closed
   * @see
   * https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
   */
  readonly allowFrom?: k8s.NetworkPolicyPeer[];

  /**
   * Egress besides DNS, the storage, and everything that the configuration and `env` name: Redis,
   * notification endpoints, the upstream of a cache, HTTP_PROXY and HTTPS_PROXY. Policies see pods, not
   * Services: a Service of this cluster (`redis.data.svc`) opens all ports of its namespace, another name
   * opens its port to anywhere, an IP address opens that address and port. Select a Service's pods here, not
   * its ClusterIP. NOTES.txt lists connections that can't be determined.
   *
   * @default - nothing
   */
  readonly allowTo?: k8s.NetworkPolicyEgressRule[];
}

/** Props of `RegistryNetworkPolicy`. */
export interface RegistryNetworkPolicyProps extends RegistryPartProps, NetworkPolicyOptions {
  /** Component that the policy selects. */
  readonly component: string;
  /** Name of the object. */
  readonly objectName: string;
  /** Name of the container port to open. */
  readonly portName: string;

  /**
   * Egress that the pods require, besides DNS.
   *
   * @default - nothing
   */
  readonly needs?: k8s.NetworkPolicyEgressRule[];
}

/**
 * NetworkPolicy for the registry's pods or the UI's: ingress to one port; egress to DNS and named
 * destinations.
 *
 * @example
 * new RegistryNetworkPolicy(chart, 'policy', {
 *   component: 'registry',
 *   objectName: 'registry-from-ci',
 *   portName: registry.deployment.portName,
 *   allowFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }],
 * });
 */
export class RegistryNetworkPolicy extends RegistryPart {
  /** The NetworkPolicy. */
  public readonly apiObject: ApiObject;

  /** `allowTo`, checked. @internal */
  public readonly _allowedTo: k8s.NetworkPolicyEgressRule[];

  private readonly peers: k8s.NetworkPolicyPeer[];
  /** Peers that were added, of which several may be the same. */
  private readonly also = new Set<string>();

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props component, port, ingress and egress
   */
  constructor(scope: Construct, id: string, props: RegistryNetworkPolicyProps) {
    super(scope, id, props);
    const component = this._check.enum(
      'networkPolicy.component',
      props.component ?? null,
      Component.REGISTRY,
      Object.values(Component),
    );
    const objectName = this._check.objectName(
      'networkPolicy.objectName',
      props.objectName ?? null,
      this.registryName,
      'registry',
    );
    const portName = this._check.string(
      'networkPolicy.portName',
      props.portName ?? null,
      'http',
      isDnsLabel,
      'not-a-port-name',
    );
    const peers = checkPeers(this._check, 'networkPolicy.allowFrom', props.allowFrom, 'ingress-nginx');
    this.peers = peers;
    this._allowedTo = checkEgress(this._check, 'networkPolicy.allowTo', props.allowTo);
    const to = [...(props.needs ?? []), ...this._allowedTo];
    const network = { pods: selectorLabels(this.registryName, component), from: { portName, peers }, to };
    this.apiObject = this._object('policy', component, { name: objectName }, policyManifest(network));
  }

  /** The allowed peers, if any were named. @internal */
  public get _givenPeers(): k8s.NetworkPolicyPeer[] | undefined {
    return this.peers.length > 0 ? this.peers : undefined;
  }

  /** Allows one more peer, unless everyone is allowed anyway. @internal */
  public _alsoFrom(peer: k8s.NetworkPolicyPeer): void {
    const key = JSON.stringify(peer);
    if (this.peers.length === 0 || this.also.has(key)) return;
    this.also.add(key);
    this.apiObject.addJsonPatch(JsonPatch.add('/spec/ingress/0/from/-', peer));
  }
}
