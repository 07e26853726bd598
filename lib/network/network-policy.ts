// What may talk to a pod and what it may talk to.
import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { isDnsLabel } from '../core/formats';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/part';
import { checkEgress, checkPeers, policyManifest } from './policies';

/** How narrow a pod's network is. */
export interface NetworkPolicyOptions {
  /**
   * Write a NetworkPolicy?
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Who may reach the pod's port, e.g. the ingress controller's namespace. The list must have an entry. The library's own pods that need it, the web page's
   * where it passes requests on and the toolbox, are let in besides.
   *
   * @default - everybody, because these manifests can't know the controller's namespace; all other ports are closed
   */
  readonly allowFrom?: k8s.NetworkPolicyPeer[];

  /**
   * What the pod may reach besides DNS, its storage and what its configuration and `env` name: Redis, endpoints of notifications, the upstream of a cache,
   * HTTP_PROXY and HTTPS_PROXY. Policies see pods and not Services: for a Service of this cluster (`redis.data.svc`) all ports of its namespace are
   * opened, for a name elsewhere its port to anywhere, for an IP address that address and port. Name a Service here by its pods, not by its ClusterIP.
   * NOTES.txt tells of what can't be known.
   *
   * @default - nothing
   */
  readonly allowTo?: k8s.NetworkPolicyEgressRule[];
}

/** Props of `RegistryNetworkPolicy`. */
export interface RegistryNetworkPolicyProps extends RegistryPartProps, NetworkPolicyOptions {
  /** The part of the registry whose pods are meant. */
  readonly component: string;
  /** Name of the object. */
  readonly objectName: string;
  /** Name of the container port that may be reached. */
  readonly portName: string;

  /**
   * What the pods can't do without reaching, besides DNS.
   *
   * @default - nothing
   */
  readonly needs?: k8s.NetworkPolicyEgressRule[];
}

/** A NetworkPolicy for the registry's pods or the UI's: in by the one port, out to DNS and what is named. */
export class RegistryNetworkPolicy extends RegistryPart {
  /** The NetworkPolicy. */
  public readonly apiObject: ApiObject;

  private readonly peers: k8s.NetworkPolicyPeer[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props whose network it is, and how narrow
   */
  constructor(scope: Construct, id: string, props: RegistryNetworkPolicyProps) {
    super(scope, id, props);
    const component = this._check.choice('networkPolicy.component', props.component ?? null, Component.REGISTRY, Object.values(Component));
    const objectName = this._check.objectName('networkPolicy.objectName', props.objectName ?? null, this.registryName, 'registry');
    const portName = this._check.text('networkPolicy.portName', props.portName ?? null, 'http', isDnsLabel, 'not-a-port-name');
    const peers = checkPeers(this._check, 'networkPolicy.allowFrom', props.allowFrom, 'ingress-nginx');
    this.peers = peers;
    const to = [...(props.needs ?? []), ...checkEgress(this._check, 'networkPolicy.allowTo', props.allowTo)];
    const network = { pods: selectorLabels(this.registryName, component), from: { portName, peers }, to };
    this.apiObject = this._object('policy', component, { name: objectName }, policyManifest(network));
  }

  /** Who was named, if anybody. @internal */
  public get _givenPeers(): k8s.NetworkPolicyPeer[] | undefined {
    return this.peers.length > 0 ? this.peers : undefined;
  }

  /** Lets one more in, where not everybody is let in anyway. @internal */
  public _alsoFrom(peer: k8s.NetworkPolicyPeer): void {
    if (this.peers.length > 0) this.apiObject.addJsonPatch(JsonPatch.add('/spec/ingress/0/from/-', peer));
  }
}
