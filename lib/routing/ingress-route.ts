// Traefik route: an IngressRoute and its related objects.

import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IngressRoute, IngressRouteSpecRoutes, IngressRouteSpecRoutesKind } from '../../imports/traefik.io';
import { problemOf } from '../core/problem';
import { RegistryTls } from '../tls/tls';
import { BasicAuthForm } from './basic-auth';
import { RegistryRoute, RegistryRouteProps, RouteNotes, RouteObject, RouteTarget } from './route';
import {
  basicAuth,
  entryPointFor,
  serversTransport,
  stripPrefix,
  TRAEFIK_BASIC_AUTH,
  TraefikApi,
  traefikTimeout,
} from './traefik-objects';

/** Options of the registry's IngressRoute. */
export interface RegistryIngressRouteOptions {
  /**
   * Names of Traefik's entry points to listen on; at least one.
   *
   * @default - `websecure` with TLS, `web` without
   * @see https://doc.traefik.io/traefik/v3.0/routing/entrypoints/
   */
  readonly entryPoints?: string[];

  /**
   * Name of Traefik's certificate resolver that obtains the certificate, e.g. from Let's Encrypt. No
   * certificate is created then.
   *
   * @default - none; the certificate is that of `tls`
   * @see https://doc.traefik.io/traefik/v3.0/https/acme/
   */
  readonly certResolver?: string;

  /**
   * API group of Traefik's objects.
   *
   * @default TraefikApi.TRAEFIK_IO
   */
  readonly api?: TraefikApi;

  /**
   * Strip `/ui` by a Middleware before Traefik forwards a request to the UI. Not needed for the UI's own pod,
   * which serves `/ui/` too, only for UIs that serve `/` only.
   *
   * @default false
   */
  readonly stripUiPrefix?: boolean;

  /**
   * Names of existing Middlewares in the registry's namespace that requests to the registry pass, in this
   * order. Requests through a proxying UI on its own host pass them too. A buffering Middleware would hold
   * each layer in memory; an authenticating one would lock clients out.
   *
   * @default - none
   * @see https://doc.traefik.io/traefik/v3.0/middlewares/overview/
   */
  readonly middlewares?: string[];

  /**
   * Annotations for the IngressRoute only.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of `RegistryIngressRoute`. */
export interface RegistryIngressRouteProps extends RegistryRouteProps, RegistryIngressRouteOptions {}

/**
 * The registry's IngressRoute and, if the pod terminates TLS, the ServersTransport by which Traefik trusts
 * the pod.
 *
 * @example
 * new RegistryIngressRoute(chart, 'ingress-route', {
 *   service: registry.service,
 *   tls: registry.tls,
 *   host: registry.host,
 *   entryPoints: ['websecure'],
 * });
 */
export class RegistryIngressRoute extends RegistryRoute {
  /** The IngressRoute. */
  public readonly apiObject: ApiObject;
  /** The ServersTransport, if the pod terminates TLS. */
  public readonly serversTransport?: ApiObject;
  /** Names of the entry points. */
  public readonly entryPoints: string[];
  /** The certificate resolver, if there is one. */
  public readonly certResolver?: string;
  /** The certificate, unless a resolver obtains it. */
  public readonly tls?: RegistryTls;
  /** Whether clients connect by HTTPS. */
  public readonly encrypted: boolean;

  private readonly api: TraefikApi;
  private readonly strips: boolean;
  private readonly middlewares: { name: string }[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props backend Service and host
   */
  constructor(scope: Construct, id: string, props: RegistryIngressRouteProps) {
    super(scope, id, props);
    const { certResolver } = props;
    this.certResolver =
      certResolver === undefined ? undefined : this.name('certResolver', certResolver, 'letsencrypt');
    this.tls = this.certResolver === undefined ? this._certificate : undefined;
    this.encrypted = this.certResolver !== undefined || this.tls !== undefined;
    if (this.certResolver !== undefined && this._certificate && !this._podTls) {
      this._check.report('certificate-resolved-twice', 'certResolver', { value: this.certResolver });
    }
    this.entryPoints = this.checkEntryPoints(props.entryPoints);
    this.api = this._check.enum('api', props.api, TraefikApi.TRAEFIK_IO, Object.values(TraefikApi));
    this.strips = this._check.boolean('stripUiPrefix', props.stripUiPrefix, false);
    this.middlewares = this._check.list<string>('middlewares', props.middlewares).map((name, index) => ({
      name: this._check.objectName(`middlewares[${index}]`, name, 'invalid', 'allow-office'),
    }));
    this._checkEncryption(this.encrypted, problemOf('ingress-route-without-certificate', 'tls'));
    const pod = this._podTls;
    if (pod) this.serversTransport = this._add(serversTransport(this.api, this.registryName, this.host, pod));
    const { serviceName: name, port, objectName } = this._root;
    const route = this.rule(
      undefined,
      { name, port, ...(pod && { scheme: 'https', serversTransport: this.registryName }) },
      this.middlewares,
    );
    this.apiObject = this._add(this.route(objectName, [route]));
  }

  /** @internal */
  public _routeTo({ path, serviceName, port, objectName, host, login }: RouteTarget): RouteObject[] {
    const service = { name: serviceName, port };
    const asks = login && basicAuth(this.api, objectName, login);
    const first = asks ? [{ name: asks.name }] : [];
    const before = asks ? [asks] : [];
    if (host) {
      const passed = [...(host.proxiesRegistry ? this.middlewares : []), ...first];
      return [
        ...before,
        this.route(objectName, [this.rule(undefined, service, passed, host.name)], host.tlsSecret),
      ];
    }
    const [exact, below] = [`Path(\`${path}\`)`, `PathPrefix(\`${path}/\`)`];
    if (!this.strips)
      return [...before, this.route(objectName, [this.rule(`(${exact} || ${below})`, service, first)])];
    // The bare path is not stripped: a server at `/` would not redirect it to the path with a slash, which
    // the UI's links need.
    const middleware = stripPrefix(this.api, objectName, path);
    const rules = [
      this.rule(exact, service, first),
      this.rule(below, service, [...first, { name: middleware.name }]),
    ];
    return [...before, middleware, this.route(objectName, rules)];
  }

  /** @internal */
  public get _basicAuth(): BasicAuthForm {
    return TRAEFIK_BASIC_AUTH;
  }

  /** @internal */
  public _notes(): RouteNotes {
    const where = `-o jsonpath='{.items[*].status.loadBalancer.ingress[0].hostname}{.items[*].status.loadBalancer.ingress[0].ip}{"\\n"}'`;
    return {
      address: `kubectl get service --all-namespaces -l app.kubernetes.io/name=traefik ${where}`,
      pushes: traefikTimeout(this.entryPoints),
    };
  }

  /**
   * Traefik matches prefixes by string, not by path element: `/ui` alone would match `/uid` too. The longer
   * rule takes precedence.
   */
  private rule(
    path: string | undefined,
    service: { name: string; port: number; scheme?: string; serversTransport?: string },
    middlewares: { name: string }[] = [],
    host = this.host,
  ): IngressRouteSpecRoutes {
    return {
      kind: IngressRouteSpecRoutesKind.RULE,
      match: [`Host(\`${host}\`)`, ...(path === undefined ? [] : [path])].join(' && '),
      middlewares: middlewares.length > 0 ? middlewares : undefined,
      services: [service],
    };
  }

  private route(
    name: string,
    routes: IngressRouteSpecRoutes[],
    tlsSecret = this.tls?.secretName,
  ): RouteObject {
    const { entryPoints, certResolver } = this;
    const shown = tlsSecret === undefined ? { certResolver } : { secretName: tlsSecret };
    const manifest = IngressRoute.manifest({
      spec: { entryPoints, routes, tls: this.encrypted ? shown : undefined },
    });
    return { id: 'ingress-route', name, manifest: { ...manifest, apiVersion: this.api } };
  }

  private checkEntryPoints(given: string[] | undefined): string[] {
    const property = 'entryPoints';
    const fallback = [entryPointFor(this.encrypted)];
    if (given === undefined) return fallback;
    const names = this._check.list<string>(property, given);
    if (names.length === 0 && Array.isArray(given)) {
      this._check.report('no-entry-points', property, { example: entryPointFor(this.encrypted) });
    }
    return names.map((name, index) => this.name(`${property}[${index}]`, name, 'websecure'));
  }

  private name(property: string, given: unknown, example: string): string {
    const accepts = (text: string) => /^[A-Za-z0-9][-_A-Za-z0-9]*$/.test(text);
    return this._check.string(property, given, example, accepts, 'not-a-traefik-name', { example });
  }
}
