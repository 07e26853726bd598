// The registry's Ingress, configured for large and slow pushes.

import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { problemOf } from '../core/problem';
import { ISSUER_ANNOTATION } from '../tls/cert-manager';
import { RegistryTls } from '../tls/tls';
import { BasicAuthForm, NoBasicAuth } from './basic-auth';
import { Controller, Exposure, IngressController, Merging } from './controllers/controller';
import {
  CONTROLLER_NAMES,
  controllerOf,
  controllerOfClass,
  isAboutPath,
  PLACEHOLDER_CONTROLLER,
} from './controllers/controllers';
import { RegistryRoute, RegistryRouteProps, RouteNotes, RouteObject, RouteTarget, UIHost } from './route';

/** Options of the registry's Ingress. */
export interface RegistryIngressOptions {
  /**
   * Name of the IngressClass. Not allowed together with the legacy annotation `kubernetes.io/ingress.class`.
   *
   * @default - the cluster's default class
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
   */
  readonly className?: string;

  /**
   * The controller of the class. F5's and the community's nginx share the class name `nginx`. F5's rejects a
   * second Ingress for a host, so name it if it serves the UI too.
   *
   * @default - derived from the class name: Traefik or HAProxy if the name contains it, else annotations that
   * both nginx controllers understand
   */
  readonly controller?: IngressController;

  /**
   * Annotations for the Ingress only. They replace the library's own of the same key; an empty string removes
   * one. The Ingress of a proxying UI on its own host has them too, because it routes to the registry.
   *
   * @default - the controller's settings for large pushes: unlimited body size, no request buffering, 900 s
   * timeouts
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of `RegistryIngress`. */
export interface RegistryIngressProps extends RegistryRouteProps, RegistryIngressOptions {}

/**
 * The registry's Ingress.
 *
 * @example
 * new RegistryIngress(chart, 'ingress', {
 *   service: registry.service,
 *   tls: registry.tls,
 *   host: registry.host,
 *   className: 'nginx',
 *   controller: IngressController.F5_NGINX,
 * });
 */
export class RegistryIngress extends RegistryRoute {
  /** The Ingress. With F5's controller it is the master, which has the host and its certificate. */
  public readonly apiObject: ApiObject;
  /** Name of the IngressClass; undefined for the cluster's default. */
  public readonly className?: string;
  /** The controller, if known. */
  public readonly controller?: IngressController;
  /** The certificate. */
  public readonly tls?: RegistryTls;
  /** Whether clients connect by HTTPS. */
  public readonly encrypted: boolean;

  private readonly dialect: Controller;
  private readonly exposure: Exposure;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props backend Service and host
   */
  constructor(scope: Construct, id: string, props: RegistryIngressProps) {
    // Sets this.host from the context.
    super(scope, id, props);
    this.className = this._check.objectName('className', props.className, undefined, 'nginx');
    const old = this._context.annotations[OLD_CLASS];
    if (this.className !== undefined && old !== undefined && old !== '') {
      this._check.report('class-named-twice', `annotations["${OLD_CLASS}"]`, {
        value: old,
        class: this.className,
      });
    }
    const known = controllerOfClass(this.className);
    this.controller =
      props.controller === undefined
        ? known
        : this._check.enum('controller', props.controller, PLACEHOLDER_CONTROLLER, CONTROLLER_NAMES);
    this.dialect = controllerOf(this.controller);
    this.tls = this._certificate;
    this.encrypted = this.tls !== undefined;
    this.exposure = { encrypted: this.encrypted, defaultClass: this.className === undefined };
    this._checkEncryption(this.encrypted, problemOf('ingress-without-certificate', 'tls'));
    if (this.encrypted && !this.tls?.external && this._needsEncryption) this.checkRedirects();
    const backend = { serviceName: this._service.serviceName, https: this._podTls !== undefined };
    const own = { ...this.dialect.pushAnnotations(backend), ...this.dialect.hostAnnotations(this.exposure) };
    // Only F5's controller (controllers/f5-nginx.ts) merges several Ingresses of one host.
    const { merging } = this.dialect;
    this.apiObject = merging
      ? this.writeMerged(merging, own)
      : this._add(this.route(this._root, without({ ...own, ...this._context.annotations })));
    this.trustPod();
  }

  /** @internal */
  public _routeTo(target: RouteTarget): RouteObject[] {
    const { host, login, serviceName, objectName } = target;
    const backend = { serviceName, https: false };
    const guard = host?.proxiesRegistry ? this.guards : {};
    const { namespace } = this;
    const check = this._check.ofRegistry;
    const asks = login ? this.dialect.login(login, { objectName, namespace, check, annotations: guard }) : {};
    const before = asks.objects ?? [];
    const shared = {
      ...this.noIssuer,
      ...this.dialect.hostAnnotations(this.exposure),
      ...guard,
      ...asks.annotations,
    };
    if (!host)
      return [
        ...before,
        this.route(target, { ...this.dialect.merging?.minionAnnotations(backend), ...shared }),
      ];
    const ordered = this._orderedSecret(host, objectName);
    const annotations = {
      ...this.dialect.pushAnnotations(backend),
      ...shared,
      ...(ordered !== undefined && this.issuerAnnotations),
    };
    return [
      ...before,
      this.route(
        { ...target, host: { ...host, tlsSecret: ordered ?? host.tlsSecret } },
        without(annotations),
      ),
    ];
  }

  /** @internal */
  public override _orderedSecret(host: UIHost | undefined, objectName: string): string | undefined {
    const orders = host && host.tlsSecret === undefined && Object.keys(this.issuerAnnotations).length > 0;
    return orders ? `${objectName}-tls` : undefined;
  }

  /** @internal */
  public get _basicAuth(): BasicAuthForm | NoBasicAuth {
    return this.dialect.basicAuth;
  }

  /** @internal */
  public _notes(): RouteNotes {
    const where = `-o jsonpath='{.status.loadBalancer.ingress[0].hostname}{.status.loadBalancer.ingress[0].ip}{"\\n"}'`;
    return {
      address: `${this._kubectl()} get ingress ${this.registryName} ${where}`,
      pushes: this.dialect.settingsElsewhere(this.exposure),
    };
  }

  /** Controllers redirect to HTTPS where the Ingress has TLS, unless an annotation turns it off. */
  private checkRedirects(): void {
    const { annotations } = this._context;
    for (const key of redirectsTurnedOff(annotations))
      this._check.report('redirect-turned-off', `annotations["${key}"]`, { value: annotations[key] });
  }

  /**
   * Annotations that make cert-manager issue a certificate for the registry's host. It issues one for each
   * Ingress that has them.
   */
  private get issuerAnnotations(): Record<string, string> {
    const given = Object.entries(this._context.annotations).filter(([key]) =>
      key.startsWith('cert-manager.io/'),
    );
    return Object.fromEntries(
      this.encrypted && given.some(([key, value]) => ISSUER_ANNOTATION.test(key) && value !== '')
        ? given
        : [],
    );
  }

  /**
   * The certificate is requested once, by the registry's own Ingress, even if the issuer is annotated on all
   * objects.
   */
  private get noIssuer(): Record<string, undefined> {
    const given = Object.keys(this._context.annotations).filter((key) => key.startsWith('cert-manager.io/'));
    return Object.fromEntries(given.map((key) => [key, undefined]));
  }

  /**
   * User annotations of the registry's Ingress that also apply to other Services, such as allowed client
   * ranges.
   */
  private get guards(): Record<string, string> {
    const given = Object.entries(this._context.annotations);
    return Object.fromEntries(
      given.filter(
        ([key]) => !isAboutPath(key) && !OF_BACKEND.test(key) && !key.startsWith('cert-manager.io/'),
      ),
    );
  }

  private route(target: RouteTarget, annotations: Record<string, string | undefined>): RouteObject {
    const port = { name: target.portName };
    const paths = [
      { path: target.path, pathType: 'Prefix', backend: { service: { name: target.serviceName, port } } },
    ];
    const { host } = target;
    const tls =
      this.dialect.merging && !host
        ? []
        : this.shown(host?.name ?? this.host, host?.tlsSecret ?? this.tls?.secretName);
    const manifest = this.manifest(host?.name ?? this.host, tls, { paths });
    return { id: 'ingress', name: target.objectName, annotations, manifest };
  }

  /** TLS entry for a host. Without a Secret the controller serves its default certificate. */
  private shown(host: string, secretName: string | undefined): k8s.IngressTls[] {
    return this.encrypted ? [{ hosts: [host], secretName }] : [];
  }

  private manifest(
    host: string,
    tls: k8s.IngressTls[],
    http?: k8s.HttpIngressRuleValue,
  ): RouteObject['manifest'] {
    return k8s.KubeIngress.manifest({
      spec: {
        ingressClassName: this.className,
        tls: tls.length === 0 ? undefined : tls,
        rules: [{ host, http }],
      },
    });
  }

  /** The host split into several Ingresses: one with the certificate and no paths, and one per path. */
  private writeMerged(merging: Merging, own: Record<string, string>): ApiObject {
    const given = Object.entries(this._context.annotations);
    const ofHost = Object.fromEntries(given.filter(([key]) => !merging.isForMinion(key)));
    const ofPath = Object.fromEntries(given.filter(([key]) => merging.isForMinion(key)));
    const unset = (entries: Record<string, string>) =>
      Object.fromEntries(Object.keys(entries).map((key) => [key, undefined]));
    const master = this._add({
      id: 'ingress',
      name: this.registryName,
      annotations: { ...unset(ofPath), ...without({ ...own, ...merging.masterAnnotations, ...ofHost }) },
      manifest: this.manifest(this.host, this.shown(this.host, this.tls?.secretName)),
    });
    const minion = merging.minionAnnotations({
      serviceName: this._service.serviceName,
      https: this._podTls !== undefined,
    });
    const root = this.route(
      { ...this._root, objectName: `${this.registryName}-root` },
      { ...unset(ofHost), ...without({ ...minion, ...ofPath }) },
    );
    this._add({ ...root, id: 'root' });
    return master;
  }

  /**
   * Configures TLS from the controller to the pod, besides the Ingress. User settings of the Service take
   * precedence.
   */
  private trustPod(): void {
    const { registryName, host, namespace, _podTls: tls } = this;
    const check = this._check.ofRegistry;
    if (!tls) return;
    const { objects = [], annotations = {} } = this.dialect.trustPod({
      registryName,
      host,
      namespace,
      tls,
      check,
    });
    for (const object of objects) this._add(object);
    const { metadata } = this._service.apiObject;
    const given = (metadata.toJson() as { annotations?: Record<string, string> }).annotations ?? {};
    for (const [key, value] of Object.entries(annotations)) {
      if (!(key in given)) metadata.addAnnotation(key, value);
    }
  }
}

/** The annotation that named an Ingress's class before Kubernetes 1.18. */
const OLD_CLASS = 'kubernetes.io/ingress.class';
/** Of the community's nginx, F5's, HAProxy's and Traefik. */
const OF_ENCRYPTION = /\/(ssl-redirect|router\.tls)$/;
/** What controllers read as false. */
const OFF = /^ *(false|f|0|off|no|disabled) *$/i;
/** Annotations about the protocol between controller and pod. */
const OF_BACKEND = /\/(backend-protocol|server-ssl|proxy-ssl-.*)$/;

/** Annotations with which controllers answer plain HTTP although there is a certificate. */
export function redirectsTurnedOff(annotations: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(annotations).filter(
    (key) => OF_ENCRYPTION.test(key) && OFF.test(String(annotations[key])),
  );
}

/** An empty string removes an annotation. */
function without(annotations: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key, value === '' ? undefined : value]),
  );
}
