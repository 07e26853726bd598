// What the ways in have in common: each leads one host to the registry, and can lead a path of it to another Service, such as the web page.

import { ApiObject, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { required } from '../core/check';
import { isIpv4 } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/part';
import { type Problem } from '../core/problem';
import { RegistryService } from '../server/service';
import { RegistryTls } from '../tls/tls';
import { BasicAuth, BasicAuthForm, NoBasicAuth } from './basic-auth';

/** Props that every way in has. */
export interface RegistryRouteProps extends RegistryPartProps {
  /** What it leads to. */
  readonly service: RegistryService;

  /**
   * The host name.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * The certificate that clients are shown, or that the pod has.
   *
   * @default - no TLS
   */
  readonly tls?: RegistryTls;
}

/** A host of the web page's own. */
export interface PageHost {
  readonly name: string;
  /** Are requests passed on to the registry behind it? Then what guards the registry's way in must guard this one too. */
  readonly leadsToRegistry: boolean;
  /** A certificate for it, where the registry's own does not cover it. */
  readonly tlsSecret?: string;
  /** The listener that takes it, on a Gateway that exists. */
  readonly sectionName?: string;
}

/** A path of the host, and the Service behind it. */
export interface RouteTarget {
  readonly path: string;
  readonly serviceName: string;
  readonly port: number;
  readonly portName: string;
  /** Name of the objects that are to be made. */
  readonly objectName: string;
  /** Another host than the registry's. */
  readonly host?: PageHost;
  /** The login that the controller is to ask for. */
  readonly login?: BasicAuth;
}

/** An object of a route, to be made by the part that it leads to. */
export interface RouteObject {
  readonly id: string;
  readonly name: string;
  readonly annotations?: Record<string, string | undefined>;
  readonly manifest: GroupVersionKind & { [key: string]: unknown };
}

/** What a route has to say in NOTES.txt. */
export interface RouteNotes {
  /** Command that prints the address at which clients come in. */
  readonly address: string;
  /** What has to be set elsewhere, so that big and slow pushes pass. */
  readonly pushes: readonly string[];
}

/** A way in for clients outside of the cluster: an Ingress, an IngressRoute or an HTTPRoute. Not of use by itself. */
export abstract class RegistryRoute extends RegistryPart {
  /** The host name. */
  public readonly host: string;
  /** The certificate that clients are shown, where it is in a Secret of the registry. */
  public abstract readonly tls?: RegistryTls;
  /** Do clients come by HTTPS? */
  public abstract readonly encrypted: boolean;

  /** What it leads to. @internal */
  public readonly _service: RegistryService;
  /** The certificate of the route or of the pod. @internal */
  protected readonly _certificate?: RegistryTls;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props where it leads, and for which host
   */
  protected constructor(scope: Construct, id: string, props: RegistryRouteProps) {
    super(scope, id, props);
    this._service = required('service', props.service, RegistryService);
    const tls = props.tls === undefined ? undefined : required('tls', props.tls, RegistryTls);
    this._certificate = tls?.enabled ? tls : undefined;
    const { host } = this._context;
    this.host = isIpv4(host) ? this._check.host('host', host, 'registry.localhost') : host;
  }

  /** The objects that lead a path of the host, or another host, to a Service of the same namespace. @internal */
  public abstract _routeTo(target: RouteTarget): RouteObject[];

  /** The form in which the controller wants users for its own basic auth; else why it has none, and what to do. @internal */
  public abstract get _basicAuth(): BasicAuthForm | NoBasicAuth;

  /** Name of the Secret that cert-manager fills for a host of the page's own, where it is told to by the objects of `_routeTo`. @internal */
  public _orderedSecret(_host: PageHost | undefined, _objectName: string): string | undefined {
    return undefined;
  }

  /** What NOTES.txt says about this way in. @internal */
  public abstract _notes(): RouteNotes;

  /** kubectl in a namespace; in the registry's own unless told otherwise. @internal */
  protected _kubectl(namespace = this.namespace): string {
    return namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
  }

  /** The certificate of the registry's pod, where it speaks TLS itself. @internal */
  public get _podTls(): RegistryTls | undefined {
    const { tls } = this._service.deployment;
    return tls?.inPod ? tls : undefined;
  }

  /** The whole host, led to the registry. @internal */
  protected get _root(): RouteTarget {
    const { serviceName, port, deployment } = this._service;
    return { path: '/', serviceName, port, portName: deployment.portName, objectName: this.registryName };
  }

  /** Writes an object of the registry's own part. @internal */
  protected _write({ id, name, annotations, manifest }: RouteObject): ApiObject {
    return this._object(id, Component.REGISTRY, { name, annotations }, manifest);
  }

  /** A password must not travel in clear. @internal */
  protected _checkEncryption(encrypted: boolean, problem: Problem): void {
    const { auth } = this._service.deployment;
    if (!encrypted && !auth.anonymous && !auth.insecurePasswordsOverHttp) this._check.add(problem);
  }
}
