// Base of all routes. Each routes one host to the registry, and can route a path of it or another host to
// another Service, such as the UI.

import { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { required } from '../core/check';
import { isIpv4 } from '../core/formats';
import { kubectlIn } from '../core/kubectl';
import { Component } from '../core/labels';
import { type Problem } from '../core/problem';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { RegistryService } from '../server/service';
import { RegistryTls } from '../tls/tls';
import { BasicAuth, BasicAuthForm, NoBasicAuth } from './basic-auth';

/** Props common to all routes. */
export interface RegistryRouteProps extends RegistryPartProps {
  /** The backend Service. */
  readonly service: RegistryService;

  /**
   * The host name.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * The certificate that clients see, or that the pod has.
   *
   * @default - no TLS
   */
  readonly tls?: RegistryTls;
}

/** A host of the UI's own. */
export interface UIHost {
  readonly name: string;
  /**
   * Whether it proxies requests to the registry. If so, access restrictions of the registry's route apply
   * too.
   */
  readonly proxiesRegistry: boolean;
  /** Its certificate, if the registry's own does not cover it. */
  readonly tlsSecret?: string;
  /** The listener that accepts it, on an existing Gateway. */
  readonly sectionName?: string;
}

/** A path of the host and its backend Service. */
export interface RouteTarget {
  readonly path: string;
  readonly serviceName: string;
  readonly port: number;
  readonly portName: string;
  /** Name of the objects to create. */
  readonly objectName: string;
  /** A host other than the registry's. */
  readonly host?: UIHost;
  /** The basic auth that the controller requires. */
  readonly login?: BasicAuth;
}

/** An object of a route, created by the part to which it routes. */
export interface RouteObject {
  readonly id: string;
  readonly name: string;
  readonly annotations?: Record<string, string | undefined>;
  readonly manifest: GroupVersionKind & { [key: string]: unknown };
}

/** A route's contribution to NOTES.txt. */
export interface RouteNotes {
  /** Command that prints the route's external address. */
  readonly address: string;
  /** Settings needed elsewhere for large and slow pushes. */
  readonly pushes: readonly string[];
}

/** A route for clients outside the cluster: an Ingress, IngressRoute or HTTPRoute. Not for direct use. */
export abstract class RegistryRoute extends RegistryPart {
  /** The host name. */
  public readonly host: string;
  /** The certificate that clients see, if it is in a Secret of the registry. */
  public abstract readonly tls?: RegistryTls;
  /** Whether clients connect by HTTPS. */
  public abstract readonly encrypted: boolean;

  /** The backend Service. @internal */
  public readonly _service: RegistryService;
  /** The certificate of the route or of the pod. @internal */
  protected readonly _certificate?: RegistryTls;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props backend Service and host
   */
  protected constructor(scope: Construct, id: string, props: RegistryRouteProps) {
    super(scope, id, props);
    this._service = required('service', props.service, RegistryService);
    const tls = props.tls === undefined ? undefined : required('tls', props.tls, RegistryTls);
    this._certificate = tls?.enabled ? tls : undefined;
    const { host } = this._context;
    // Hosts of Ingress and HTTPRoute can't be IP addresses; the registry's own host can.
    this.host = isIpv4(host) ? this._check.ofRegistry.host('host', host, 'registry.localhost') : host;
  }

  /** Objects that route a path of the host, or another host, to a Service of the same namespace. @internal */
  public abstract _routeTo(target: RouteTarget): RouteObject[];

  /**
   * The format of users for the controller's own basic auth; else the error code for its absence. @internal
   */
  public abstract get _basicAuth(): BasicAuthForm | NoBasicAuth;

  /**
   * Name of the Secret that cert-manager fills for the UI's own host, if the objects of `_routeTo` request
   * it. @internal
   */
  public _orderedSecret(_host: UIHost | undefined, _objectName: string): string | undefined {
    return undefined;
  }

  /** This route's contribution to NOTES.txt. @internal */
  public abstract _notes(): RouteNotes;

  /** kubectl with a namespace, by default the registry's. @internal */
  protected _kubectl(namespace = this.namespace): string {
    return kubectlIn(namespace);
  }

  /** The certificate of the registry's pod, if it terminates TLS. @internal */
  public get _podTls(): RegistryTls | undefined {
    const { tls } = this._service.deployment;
    return tls?.inPod ? tls : undefined;
  }

  /** The whole host, routed to the registry. @internal */
  protected get _root(): RouteTarget {
    const { serviceName, port, deployment } = this._service;
    return { path: '/', serviceName, port, portName: deployment.portName, objectName: this.registryName };
  }

  /** Adds an object to the construct tree; `RegistryApp.synth` (app/app.ts) writes it. @internal */
  protected _add({ id, name, annotations, manifest }: RouteObject): ApiObject {
    return this._object(id, Component.REGISTRY, { name, annotations }, manifest);
  }

  /** Passwords must not be sent unencrypted. @internal */
  protected _checkEncryption(encrypted: boolean, problem: Problem): void {
    if (!encrypted && this._needsEncryption) this._check.add(problem);
  }

  /** Whether clients send passwords, which must not be sent unencrypted. @internal */
  protected get _needsEncryption(): boolean {
    const { auth } = this._service.deployment;
    return !auth.anonymous && !auth.insecurePasswordsOverHttp;
  }
}
