// What may talk to a pod and what it may talk to.
import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component, selectorLabels } from './manifests/labels';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { isDnsLabel } from './validation/formats';

/** How narrow a pod's network is. */
export interface NetworkPolicyOptions {
  /**
   * Write a NetworkPolicy?
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Who may reach the pod's port, e.g. the ingress controller's namespace.
   *
   * @default - everybody, because these manifests can't know the controller's namespace; all other ports are closed
   */
  readonly allowFrom?: k8s.NetworkPolicyPeer[];

  /**
   * What the pod may reach besides DNS and its storage.
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
  public readonly networkPolicy: ApiObject;

  /** Who may reach the port; nobody in it stands for everybody. @internal */
  public readonly _peers: k8s.NetworkPolicyPeer[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props whose network it is, and how narrow
   */
  constructor(scope: Construct, id: string, props: RegistryNetworkPolicyProps) {
    super(scope, id, props);
    const component = this._check.choice('networkPolicy.component', props.component ?? null, Component.REGISTRY, Object.values(Component));
    const objectName = this._check.objectName('networkPolicy.objectName', props.objectName ?? null, this.registryName, 'registry');
    const portName = this._check.text(
      'networkPolicy.portName',
      props.portName ?? null,
      'http',
      isDnsLabel,
      'is not the name of a port',
      'write e.g. "http"',
    );
    const peers = this._check.objects<k8s.NetworkPolicyPeer>('networkPolicy.allowFrom', props.allowFrom);
    this._peers = peers;
    const port = (name: string | number, protocol: string) => ({
      port: typeof name === 'string' ? k8s.IntOrString.fromString(name) : k8s.IntOrString.fromNumber(name),
      protocol,
    });
    this.networkPolicy = this._object(
      'policy',
      component,
      { name: objectName },
      k8s.KubeNetworkPolicy.manifest({
        spec: {
          podSelector: { matchLabels: selectorLabels(this.registryName, component) },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ ports: [port(portName, 'TCP')], ...(peers.length > 0 && { from: peers }) }],
          egress: [
            { ports: [port(53, 'UDP'), port(53, 'TCP')] },
            ...(props.needs ?? []),
            ...this._check.objects<k8s.NetworkPolicyEgressRule>('networkPolicy.allowTo', props.allowTo),
          ],
        },
      }),
    );
  }

  /** Lets one more in, where not everybody is let in anyway. @internal */
  public _alsoFrom(peer: k8s.NetworkPolicyPeer): void {
    if (this._peers.length > 0) this.networkPolicy.addJsonPatch(JsonPatch.add('/spec/ingress/0/from/-', peer));
  }
}
