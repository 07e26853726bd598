// The interface of ingress controllers. Each one is implemented in its own file, and `controllers.ts` lists
// them.
import { Check } from '../../core/check';
import { RegistryTls } from '../../tls/tls';
import { BasicAuth, BasicAuthForm, NoBasicAuth } from '../basic-auth';
import { RouteObject } from '../route';

/** The controller that an Ingress is for. */
export enum IngressController {
  /** The community's ingress-nginx (`nginx.ingress.kubernetes.io/…`), retired in March 2026. */
  COMMUNITY_NGINX = 'COMMUNITY_NGINX',
  /**
   * F5's NGINX Ingress Controller (`nginx.org/…`). The host is written as a master with a minion for each
   * path, as this controller requires.
   */
  F5_NGINX = 'F5_NGINX',
  /** Traefik, by its Ingress provider. */
  TRAEFIK = 'TRAEFIK',
  /**
   * HAProxy: the controller of HAProxy Technologies (`haproxy.org/…`) and the community's
   * (`haproxy-ingress.github.io/…`).
   */
  HAPROXY = 'HAPROXY',
}

/** One ingress controller: its annotations, additional objects, and settings outside of these manifests. */
export interface Controller {
  /** Word in an IngressClass name that identifies this controller, if any. */
  readonly classWord?: string;

  /** The format of users for the controller's own basic auth; else the error code for its absence. */
  readonly basicAuth: BasicAuthForm | NoBasicAuth;

  /** How several Ingresses share a host, if the controller rejects a second one for the same host. */
  readonly merging?: Merging;

  /**
   * Annotations for pushes. Unlimited body size: a layer is one request. No request buffering: otherwise the
   * controller's disk holds each layer first. 900 s timeouts: a registry on slow storage is silent for long
   * while it commits a layer.
   */
  pushAnnotations(backend: Backend): Annotations;

  /** Annotations for every Ingress of a host, with TLS at the controller or without TLS. */
  hostAnnotations(exposure: Exposure): Annotations;

  /**
   * Requires basic auth before a request is forwarded. The credentials are forwarded too: the registry asks
   * for the same.
   */
  login(login: BasicAuth, target: LoginTarget): Addition;

  /**
   * Additions for TLS to the registry's pod, besides the Ingress's annotations. Annotations go on the
   * Service.
   */
  trustPod(pod: TlsPod): Addition;

  /** Settings needed outside of these manifests, as human-readable text. */
  settingsElsewhere(exposure: Exposure): string[];
}

/** The backend Service of a path. */
export interface Backend {
  readonly serviceName: string;
  /** Whether its pods serve TLS. */
  readonly https: boolean;
}

/** How the controller is exposed to clients. */
export interface Exposure {
  readonly encrypted: boolean;
  /** Whether the IngressClass is the cluster's default. */
  readonly defaultClass: boolean;
}

/** The Ingress that requires basic auth. */
export interface LoginTarget extends Namespaced {
  readonly objectName: string;
  /** Existing annotations of the Ingress. */
  readonly annotations: Annotations;
}

/** The registry's pod, if it terminates TLS. */
export interface TlsPod extends Namespaced {
  readonly registryName: string;
  readonly host: string;
  readonly tls: RegistryTls;
}

/** Namespace of objects that the controller references by namespace. */
export interface Namespaced {
  readonly namespace?: string;
  /** Collects a missing namespace as a problem. */
  readonly check: Check;
}

/** Additions to an Ingress or a Service: annotations, and objects that they reference. */
export interface Addition {
  readonly annotations?: Annotations;
  readonly objects?: readonly RouteObject[];
}

/** A host split into several Ingresses: a master with the host and its certificate, and a minion per path. */
export interface Merging {
  readonly masterAnnotations: Annotations;
  minionAnnotations(backend: Backend): Annotations;
  /** Whether the annotation applies to a path, so that the controller rejects it on a master. */
  isForMinion(key: string): boolean;
}

export type Annotations = Record<string, string>;
