// The registry's address inside the cluster, or at its edge.
import { ApiObject } from 'cdk8s';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component, selectorLabels } from './manifests/labels';
import { REGISTRY_PORT } from './registry-configuration';
import { RegistryDeployment } from './registry-deployment';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { required } from './validation/check';

/** How the Service is reached. */
export interface RegistryServiceOptions {
  /**
   * ClusterIP, NodePort or LoadBalancer. The last two need TLS in the pod where there is a login.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly type?: ServiceType;

  /**
   * The Service's port, from 1 to 65535.
   *
   * @default 5000
   */
  readonly port?: number;

  /**
   * The port on every node, from 30000 to 32767, for NodePort and LoadBalancer.
   *
   * @default - Kubernetes chooses
   */
  readonly nodePort?: number;

  /**
   * Annotations for the Service alone.
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

/** The Service in front of the registry's pods. */
export class RegistryService extends RegistryPart {
  /** The Service. */
  public readonly service: ApiObject;
  /** Its name, under which pods of the same namespace reach the registry. */
  public readonly serviceName: string;
  /** Its port. */
  public readonly port: number;
  /** Its type. */
  public readonly type: ServiceType;
  /** The port on every node, if it was chosen. */
  public readonly nodePort?: number;
  /** The pods behind it. */
  public readonly deployment: RegistryDeployment;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the pods, and how they are reached
   */
  constructor(scope: Construct, id: string, props: RegistryServiceProps) {
    super(scope, id, props);
    this.deployment = required('deployment', props.deployment, RegistryDeployment);
    const { auth, tls, portName } = this.deployment;
    this.serviceName = this.registryName;
    this.type = this._check.choice('service.type', props.type, ServiceType.CLUSTER_IP, TYPES);
    this.port = this._check.integer('service.port', props.port, REGISTRY_PORT, 1, 65535);
    this.nodePort = this._check.integer('service.nodePort', props.nodePort, undefined, 30000, 32767);
    if (this.nodePort !== undefined && !this.external) {
      this._check.add(
        'service.nodePort',
        this.nodePort,
        'means nothing for a ClusterIP',
        'add type: ServiceType.NODE_PORT, or leave it out',
      );
    }
    if (this.external && !tls?.inPod && !auth.anonymous && !auth.insecurePasswordsOverHttp) {
      this._check.add(
        'service.type',
        this.type,
        'would carry passwords in clear, since TLS does not end in the pod',
        'add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept it by auth: { insecurePasswordsOverHttp: true }',
      );
    }
    this.service = this._object(
      'service',
      Component.REGISTRY,
      { name: this.serviceName },
      k8s.KubeService.manifest({
        spec: {
          type: this.type,
          selector: selectorLabels(this.registryName, Component.REGISTRY),
          ports: [
            { name: portName, port: this.port, targetPort: k8s.IntOrString.fromString(portName), protocol: 'TCP', nodePort: this.nodePort },
          ],
        },
      }),
    );
  }

  /** Is the Service reached from outside of the cluster by itself? */
  public get external(): boolean {
    return this.type !== ServiceType.CLUSTER_IP;
  }
}

const TYPES = [ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER];
