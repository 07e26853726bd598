// The registry's Service: its address inside the cluster, or for external clients.
import { ApiObject } from 'cdk8s';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { cidrInstead, isAddress, isCidr, shortAddress } from '../core/addresses';
import { Check, required } from '../core/check';
import { isIpv4, isMetadataKey } from '../core/formats';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { REGISTRY_PORT } from './configuration';
import { RegistryDeployment } from './deployment';

/** How nodes route external traffic to pods (`externalTrafficPolicy`). */
export enum ExternalTrafficPolicy {
  /** To any pod: every node answers, but the pod sees the node's address instead of the client's. */
  CLUSTER = 'Cluster',
  /**
   * To pods on the same node only: the pod sees the client's address, and nodes without a pod don't answer.
   */
  LOCAL = 'Local',
}

/** Type, ports and addresses of the Service. */
export interface RegistryServiceOptions {
  /**
   * ClusterIP, NodePort or LoadBalancer. The last two need TLS in the pod if authentication is enabled.
   *
   * @default ServiceType.CLUSTER_IP
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
   */
  readonly type?: ServiceType;

  /**
   * The Service's port, from 1 to 65535.
   *
   * @default 5000
   */
  readonly port?: number;

  /**
   * The address inside the cluster, an IPv4 or IPv6 address of its Service range, for nodes that pull by it
   * because they don't resolve the cluster's names. A certificate issued by this library covers it.
   * Immutable.
   *
   * @default - Kubernetes chooses
   * @see https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/
   */
  readonly clusterIP?: string;

  /**
   * The port on every node, from 30000 to 32767, for NodePort and LoadBalancer.
   *
   * @default - Kubernetes chooses
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
   */
  readonly nodePort?: number;

  /**
   * Client CIDR ranges that the load balancer admits, such as `10.0.0.0/8`. Some clouds ignore them.
   *
   * @default - all addresses
   * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * The load balancer class, for clusters with several implementations, e.g. `service.k8s.aws/nlb`.
   * Immutable.
   *
   * @default - the cluster's default
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  readonly loadBalancerClass?: string;

  /**
   * The IPv4 address that the LoadBalancer requests. Kubernetes deprecates the field and some clouds ignore
   * it in favour of their own annotation; NOTES.txt has the command that checks whether it was assigned.
   *
   * @default - the cloud chooses
   */
  readonly loadBalancerIP?: string;

  /**
   * How nodes route external traffic to pods, for NodePort and LoadBalancer.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;

  /**
   * Annotations for the Service only.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of `RegistryService`. */
export interface RegistryServiceProps extends RegistryPartProps, RegistryServiceOptions {
  /** The pods behind the Service. */
  readonly deployment: RegistryDeployment;
}

/**
 * The Service in front of the registry's pods.
 *
 * @example
 * const deployment = new RegistryDeployment(chart, 'deployment', {
 *   auth: new RegistryAuth(chart, 'auth'),
 *   storage: new RegistryStorage(chart, 'storage'),
 *   tls: new RegistryTls(chart, 'tls', { termination: TlsTermination.POD }),
 * });
 * new RegistryService(chart, 'service', { deployment, type: ServiceType.LOAD_BALANCER, port: 443 });
 */
export class RegistryService extends RegistryPart {
  /** The Service. */
  public readonly apiObject: ApiObject;
  /** Its name, under which pods of the same namespace reach the registry. */
  public readonly serviceName: string;
  /** Its port. */
  public readonly port: number;
  /** Its type. */
  public readonly type: ServiceType;
  /** The address inside the cluster, if given. */
  public readonly clusterIP?: string;
  /** The port on every node, if given. */
  public readonly nodePort?: number;
  /** The address that the LoadBalancer requests, if given. */
  public readonly loadBalancerIP?: string;
  /** The pods behind it. */
  public readonly deployment: RegistryDeployment;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the pods, and how to expose them
   */
  constructor(scope: Construct, id: string, props: RegistryServiceProps) {
    super(scope, id, props);
    this.deployment = required('deployment', props.deployment, RegistryDeployment);
    const { auth, tls, portName } = this.deployment;
    this.serviceName = this.registryName;
    this.type = this._check.enum('type', props.type, ServiceType.CLUSTER_IP, TYPES);
    this.port = this._check.integer('port', props.port, REGISTRY_PORT, 1, 65535);
    this.nodePort = this._check.integer('nodePort', props.nodePort, undefined, 30000, 32767);
    if (this.nodePort !== undefined && !this.external) {
      this._check.report('node-port-of-cluster-ip', 'nodePort', { value: this.nodePort });
    }
    if (
      this.external &&
      !tls?.inPod &&
      !tls?.external &&
      !auth.anonymous &&
      !auth.insecurePasswordsOverHttp
    ) {
      this._check.report('service-without-tls', 'type', { value: this.type });
    }
    this.clusterIP = checkClusterIp(this._check, props.clusterIP);
    if (this.clusterIP !== undefined && tls?._selfSigned) tls._alsoCover(shortAddress(this.clusterIP));
    this.loadBalancerIP = this.balancerIp(props.loadBalancerIP);
    this.apiObject = this._object(
      'service',
      Component.REGISTRY,
      { name: this.serviceName },
      k8s.KubeService.manifest({
        spec: {
          type: this.type,
          clusterIp: this.clusterIP,
          loadBalancerClass: this.balancerClass(props.loadBalancerClass),
          loadBalancerIp: this.loadBalancerIP,
          loadBalancerSourceRanges: this.sourceRanges(props.loadBalancerSourceRanges),
          externalTrafficPolicy: this.trafficPolicy(props.externalTrafficPolicy),
          selector: selectorLabels(this.registryName, Component.REGISTRY),
          ports: [
            {
              name: portName,
              port: this.port,
              targetPort: k8s.IntOrString.fromString(portName),
              protocol: 'TCP',
              nodePort: this.nodePort,
            },
          ],
        },
      }),
    );
  }

  /** Where pods reach it: `host:port`. @internal */
  public get _addresses(): string[] {
    const named = this.namespace === undefined ? [] : ['', '.svc', '.svc.cluster.local'];
    const hosts = [this.serviceName, ...named.map((end) => `${this.serviceName}.${this.namespace}${end}`)];
    return hosts.map((host) => `${host}:${this.port}`);
  }

  /** Whether the Service itself is reachable from outside the cluster. */
  public get external(): boolean {
    return this.type !== ServiceType.CLUSTER_IP;
  }

  private sourceRanges(given: string[] | undefined): string[] | undefined {
    const property = 'loadBalancerSourceRanges';
    const ranges = this._check.list<string>(property, given);
    ranges.forEach((range, index) => {
      if (typeof range === 'string' && isCidr(range)) return;
      this._check.report('not-an-address-range', `${property}[${index}]`, {
        value: range,
        example: cidrInstead(range),
      });
    });
    this.onlyBalanced(property, ranges.length > 0 ? ranges : undefined);
    return ranges.length > 0 ? ranges : undefined;
  }

  private balancerClass(given: string | undefined): string | undefined {
    const property = 'loadBalancerClass';
    this.onlyBalanced(property, given);
    if (given === undefined || (typeof given === 'string' && isMetadataKey(given))) return given;
    this._check.report('not-a-load-balancer-class', property, { value: given });
    return undefined;
  }

  private balancerIp(given: string | undefined): string | undefined {
    const property = 'loadBalancerIP';
    this.onlyBalanced(property, given);
    if (given === undefined || (typeof given === 'string' && isIpv4(given))) return given;
    this._check.report('not-an-ipv4-address', property, { value: given });
    return undefined;
  }

  private trafficPolicy(given: ExternalTrafficPolicy | undefined): ExternalTrafficPolicy | undefined {
    const property = 'externalTrafficPolicy';
    if (given === undefined) return undefined;
    if (!this.external) {
      this._check.report('traffic-policy-of-cluster-ip', property, { value: given });
      return undefined;
    }
    return this._check.enum(
      property,
      given,
      ExternalTrafficPolicy.CLUSTER,
      Object.values(ExternalTrafficPolicy),
    );
  }

  private onlyBalanced(property: string, given: unknown): void {
    if (given === undefined || this.type === ServiceType.LOAD_BALANCER) return;
    this._check.report('no-load-balancer', property, { value: given, type: this.type });
  }
}

const TYPES = [ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER];

function checkClusterIp(check: Check, given: unknown): string | undefined {
  if (given === undefined || (typeof given === 'string' && isAddress(given))) return given;
  const none =
    given === 'None'
      ? 'leave it out: a Service without an address of its own leads nobody to a pod that is ready'
      : undefined;
  check.report('not-a-cluster-ip', 'clusterIP', {
    value: given,
    instead: none ?? 'write e.g. "10.96.0.50", of the range that the cluster has for Services',
  });
  return undefined;
}
