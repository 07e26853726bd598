// What an Ingress asks its controller. Each controller answers in a file of its own, and `controllers.ts` lists them.
import { Check } from '../../core/check';
import { RegistryTls } from '../../tls/tls';
import { BasicAuth, BasicAuthForm, NoBasicAuth } from '../basic-auth';
import { RouteObject } from '../route';

/** The controller that an Ingress is for. */
export enum IngressController {
  /** The community's ingress-nginx (`nginx.ingress.kubernetes.io/…`), retired in March 2026. */
  COMMUNITY_NGINX = 'COMMUNITY_NGINX',
  /** F5's NGINX Ingress Controller (`nginx.org/…`). The host is written as a master with a minion for each path, as it wants it. */
  F5_NGINX = 'F5_NGINX',
  /** Traefik, by its Ingress provider. */
  TRAEFIK = 'TRAEFIK',
  /** HAProxy: the controller of HAProxy Technologies (`haproxy.org/…`) and the community's (`haproxy-ingress.github.io/…`). */
  HAPROXY = 'HAPROXY',
}

/** One ingress controller: its annotations, the objects that it takes besides, and what it can be told only elsewhere. */
export interface Controller {
  /** The word in the name of an IngressClass that tells this controller, where one does. */
  readonly classWord?: string;

  /** The form in which the controller wants users for its own basic auth; else why it has none, and what to do. */
  readonly basicAuth: BasicAuthForm | NoBasicAuth;

  /** How several Ingresses share a host, where the controller refuses a second one for the same host. */
  readonly merging?: Merging;

  /**
   * What a push needs. Unlimited bodies: a layer is one request. Not buffered: else the controller's disk holds each layer first. 900 s: a registry
   * on slow storage is silent for long while it commits a layer.
   */
  pushAnnotations(backend: Backend): Annotations;

  /** What every Ingress of a host needs, with TLS at the controller or without any. */
  hostAnnotations(exposure: Exposure): Annotations;

  /** Has the controller ask for a login before it passes a request on. It passes the login on too, and the registry asks for the same. */
  login(login: BasicAuth, target: LoginTarget): Addition;

  /** What it takes to speak TLS with the registry's pod, besides annotations of the Ingress. The annotations are the Service's. */
  trustPod(pod: TlsPod): Addition;

  /** What is set outside of these manifests, for people. */
  settingsElsewhere(exposure: Exposure): string[];
}

/** The Service behind a path. */
export interface Backend {
  readonly serviceName: string;
  /** Do its pods speak TLS? */
  readonly https: boolean;
}

/** How clients meet the controller. */
export interface Exposure {
  readonly encrypted: boolean;
  /** Is the IngressClass the cluster's default? */
  readonly defaultClass: boolean;
}

/** The Ingress that is to ask for a login. */
export interface LoginTarget extends Namespaced {
  readonly objectName: string;
  /** Annotations that the Ingress has already. */
  readonly annotations: Annotations;
}

/** The registry's pod, where it speaks TLS itself. */
export interface TlsPod extends Namespaced {
  readonly registryName: string;
  readonly host: string;
  readonly tls: RegistryTls;
}

/** Where objects stand that the controller finds by their namespace. */
export interface Namespaced {
  readonly namespace?: string;
  /** Where a missing namespace is reported. */
  readonly check: Check;
}

/** What is added to an Ingress or a Service: annotations, and objects that they name. */
export interface Addition {
  readonly annotations?: Annotations;
  readonly objects?: readonly RouteObject[];
}

/** A host in several Ingresses: a master with the host and its certificate, and a minion for each path. */
export interface Merging {
  readonly masterAnnotations: Annotations;
  minionAnnotations(backend: Backend): Annotations;
  /** Is the annotation about a path, so that the controller refuses it on a master? */
  isForMinion(key: string): boolean;
}

export type Annotations = Record<string, string>;
