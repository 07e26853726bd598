// The registry's UI: joxit/docker-registry-ui on the registry's own host under a path, or on its own host.
import { ApiObject, Lazy } from 'cdk8s';
import { ISecret, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { required } from '../core/check';
import { CA_CHECKSUM, digestOf, patchedContents } from '../core/checksum';
import { Component, selectorLabels } from '../core/labels';
import { PodOptions } from '../core/pod-options';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { revisionHistory, withoutEmpty } from '../core/restricted-pod';
import { SecretTexts, secretManifest } from '../core/secret-manifest';
import { NetworkPolicyOptions, RegistryNetworkPolicy } from '../network/network-policy';
import { checkUILogin } from '../routing/basic-auth';
import { RegistryHttpRoute } from '../routing/http-route';
import { RegistryRoute, UIHost } from '../routing/route';
import { ROLLING_UPDATE } from '../server/update-strategy';
import { CheckedAccess, checkAccess, RegistryUIAccess } from './access';
import { checkFront } from './front-checks';
import { checkUIImage } from './image';
import { RegistryProxy, UIPodOptions, uiPod } from './pod';
import { RegistryUISettings } from './settings';
import { catalogLimit, checkUIEnv, uiVariables } from './variables';

/** The port of its Service. */
const UI_SERVICE_PORT = 80;

/** Address, appearance and access of the UI. */
export interface RegistryUIOptions extends PodOptions, RegistryUISettings {
  /**
   * The image, with a tag that is not `latest`, or a digest.
   *
   * @default "joxit/docker-registry-ui:2.6.0"
   */
  readonly image?: string;

  /**
   * Where the UI is served, and how the browser reaches the registry from there.
   *
   * @default RegistryUIAccess.path()
   */
  readonly access?: RegistryUIAccess;

  /**
   * Whether the UI itself requires a login, by basic auth of nginx (named by `ingress.controller`) or
   * Traefik, with the registry's own users and realm, so that one login serves both. Without it anyone can
   * load the UI, but sees images only after a login to the registry.
   *
   * @default false
   */
  readonly login?: boolean;

  /**
   * The numeric UID and GID that the UI's nginx runs as, from 1 to 2147483647.
   *
   * @default 101
   */
  readonly userId?: number;

  /**
   * A Secret in the registry's namespace with the registry's users in the form that the controller expects:
   * for ingress-nginx an htpasswd file under `auth`, for F5's NGINX one under `htpasswd` in a Secret of type
   * nginx.org/htpasswd, for Traefik one under the Secret's only key.
   *
   * @default - created if the registry's users are known; else the Secret of `auth`, if it has that form
   */
  readonly loginSecret?: ISecret;

  /**
   * Ingress and egress rules of the UI's pod.
   *
   * @default - ingress to its port from anywhere; egress to DNS only. Where its nginx proxies requests to the
   * registry's pods, also egress to these, and ingress only from the sources that may reach the registry
   */
  readonly networkPolicy?: NetworkPolicyOptions;
}

/** Props of `RegistryUI`. */
export interface RegistryUIProps extends RegistryPartProps, RegistryUIOptions {
  /** The registry's Ingress, IngressRoute or HTTPRoute, whose controller serves the UI too. */
  readonly route: RegistryRoute;
}

/**
 * The UI: a Deployment, its Service, NetworkPolicy and route.
 *
 * @example
 * const route = new RegistryIngress(chart, 'ingress', {
 *   service: registry.service,
 *   tls: registry.tls,
 *   host: registry.host,
 *   className: 'nginx',
 * });
 * new RegistryUI(chart, 'ui', { route, title: 'Team images', theme: RegistryUITheme.DARK });
 */
export class RegistryUI extends RegistryPart {
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** The Ingress, IngressRoute or HTTPRoute. */
  public readonly route: ApiObject;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** The host that the UI is served on. */
  public readonly host: string;
  /** URL of the UI, with the trailing slash. */
  public readonly url: string;

  /** Whether the UI itself requires a login. @internal */
  public readonly _asksForLogin: boolean;
  /** The Secret that cert-manager fills for the UI's host, where that is not the registry's. @internal */
  public readonly _orderedSecret?: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props address, appearance and access
   */
  constructor(scope: Construct, id: string, props: RegistryUIProps) {
    super(scope, id, props);
    const registry = required('route', props.route, RegistryRoute, 'RegistryIngress');
    const { auth, storage, configuration, _context } = registry._service.deployment;
    const access = checkAccess(this._check, props.access, registry.host);
    const scheme = registry.encrypted ? 'https' : 'http';
    this.serviceName = `${this.registryName}-ui`;
    this.host = access.host ?? registry.host;
    const origin = `${scheme}://${this.host}`;
    this.url = `${origin}${access.path === '/' ? '' : access.path}/`;

    const variables = uiVariables(this._check, props, {
      url: access.cors ? `${scheme}://${registry.host}` : origin,
      host: registry.host,
      pullAddress: registry.host,
      secured: !auth.anonymous,
      deletion: storage.deletion,
      readOnly: storage.readOnly,
    });
    checkUIEnv(this._check, props.env);
    const { front } = registry._service.deployment;
    if (front) checkFront(this._check, front, props.deleteImages === true);
    configuration._allowCatalog(catalogLimit(this._check, props));
    if (access.cors) this.allowOrigin(origin, registry);
    const image = checkUIImage(this._check, props.image, _context.imageRegistry);
    this.deployment = this.deploy(props, {
      image,
      env: variables,
      path: access.path,
      proxy: this.proxyTo(registry, access),
    });
    this.service = this.writeService();

    const login = checkUILogin(this._check, props, registry._basicAuth, auth, (...held) =>
      this.writeLogin(...held),
    );
    this._asksForLogin = login !== undefined;
    const host = access.host === undefined ? undefined : this.coveredHost(access.host, access, registry);
    this._orderedSecret = registry._orderedSecret(host, this.serviceName);
    const target = {
      path: access.path,
      objectName: this.serviceName,
      serviceName: this.serviceName,
      port: UI_SERVICE_PORT,
      portName: 'http',
    };
    const objects = registry
      ._routeTo({ ...target, host, login })
      .map(({ id, name, annotations, manifest }) =>
        this._object(id, Component.UI, { name, annotations }, manifest),
      );
    this.route = objects.at(-1) as ApiObject;
    this.writePolicy(props.networkPolicy, registry, access);
  }

  /** The Secret for the UI's own login, where one is created. */
  public get loginSecret(): ApiObject | undefined {
    return this.node.tryFindChild('login') as ApiObject | undefined;
  }

  /** Allows the UI's origin in the registry's CORS headers. */
  private allowOrigin(origin: string, { _service: { deployment }, host }: RegistryRoute): void {
    if (deployment.front && deployment.auth.anonymous)
      return this._check.report('cors-with-front', 'access', { value: origin });
    if (deployment.auth.anonymous) {
      const problem = deployment.configuration._allowOrigin(origin);
      if (problem) this._check.add(problem);
      return;
    }
    const uiHost = new URL(origin).host;
    this._check.report('cors-ui-with-login', 'access', { uiHost, host });
  }

  /** How the UI's nginx reaches the registry's Service, where it does. */
  private proxyTo(
    { _service: { serviceName, port }, _podTls: tls, host }: RegistryRoute,
    access: CheckedAccess,
  ): RegistryProxy | undefined {
    if (access.registryCaSecret !== undefined && !tls) {
      this._check.report('registry-ca-without-tls', 'access.registryCaSecret');
    }
    if (!access.proxies) return undefined;
    const url = `${tls ? 'https' : 'http'}://${serviceName}:${port}`;
    if (!tls) return { url };
    const caSecret =
      access.registryCaSecret ??
      (tls.privateCa && tls.secretName !== undefined ? { name: tls.secretName, key: 'ca.crt' } : undefined);
    return {
      url,
      tls: {
        name: host,
        caSecret,
        authority: access.registryCaSecret === undefined ? () => tls._authority() : undefined,
        from: [tls],
      },
    };
  }

  /** The UI's own host, with a certificate that covers it. */
  private coveredHost(
    name: string,
    { tlsSecret, sectionName, proxies }: CheckedAccess,
    registry: RegistryRoute,
  ): UIHost {
    const { tls, encrypted } = registry;
    if (sectionName !== undefined && !(registry instanceof RegistryHttpRoute)) {
      this._check.report('section-without-gateway', 'access.sectionName', { value: sectionName });
    }
    if (tlsSecret !== undefined && !encrypted) {
      this._check.report('ui-tls-without-tls', 'access.tlsSecret');
    }
    const names = tlsSecret === undefined ? tls?._alsoCover(name) : undefined;
    if (names !== undefined) {
      this._check.report('ui-host-not-covered', 'access', { names, host: name });
    }
    return { name, proxiesRegistry: proxies, tlsSecret, sectionName };
  }

  /** Its parts are made from its own props. @internal */
  public override _propertyOf(_id: string): string {
    return this._check.place;
  }

  private writeLogin(texts: SecretTexts, type?: string): string {
    const name = `${this.serviceName}-auth`;
    this._object('login', Component.UI, { name }, secretManifest(texts, type));
    return name;
  }

  private writeService(): ApiObject {
    return this._object(
      'service',
      Component.UI,
      { name: this.serviceName },
      k8s.KubeService.manifest({
        spec: {
          type: 'ClusterIP',
          selector: selectorLabels(this.registryName, Component.UI),
          ports: [
            {
              name: 'http',
              port: UI_SERVICE_PORT,
              targetPort: k8s.IntOrString.fromString('http'),
              protocol: 'TCP',
            },
          ],
        },
      }),
    );
  }

  /**
   * Where its nginx proxies requests: egress to the registry's pods, and ingress to them even where their
   * policy is narrow.
   */
  private writePolicy(
    given: NetworkPolicyOptions | undefined,
    { _service: { deployment } }: RegistryRoute,
    access: CheckedAccess,
  ): void {
    const ui = { podSelector: { matchLabels: selectorLabels(this.registryName, Component.UI) } };
    const registry = {
      podSelector: { matchLabels: selectorLabels(deployment.registryName, Component.REGISTRY) },
    };
    if (access.proxies) deployment.networkPolicy?._alsoFrom(ui);
    const network = this._check.options<NetworkPolicyOptions>('networkPolicy', given);
    if (!this._check.boolean('networkPolicy.enabled', network.enabled, true)) return;
    const ports = [{ port: k8s.IntOrString.fromNumber(deployment.port), protocol: 'TCP' }];
    new RegistryNetworkPolicy(this, 'network', {
      ...network,
      // Clients that may not reach the registry may not reach it through the UI either.
      allowFrom: network.allowFrom ?? (access.proxies ? deployment.networkPolicy?._givenPeers : undefined),
      _context: this._context,
      component: Component.UI,
      objectName: this.serviceName,
      portName: 'http',
      needs: access.proxies ? [{ to: [registry], ports }] : [],
    });
  }

  private deploy(props: RegistryUIProps, pod: Omit<UIPodOptions, 'selector'>): ApiObject {
    const selector = selectorLabels(this.registryName, Component.UI);
    const authority = pod.proxy?.tls?.authority;
    // nginx reads the CA only at its start.
    const digest = () => {
      const text = authority?.() ?? '';
      return digestOf([text, ...patchedContents(pod.proxy?.tls?.from ?? [])]);
    };
    return this._object(
      'deployment',
      Component.UI,
      { name: this.serviceName },
      k8s.KubeDeployment.manifest({
        spec: {
          replicas: 1,
          revisionHistoryLimit: revisionHistory(this._check, props),
          strategy: ROLLING_UPDATE,
          selector: { matchLabels: selector },
          template: {
            metadata: withoutEmpty({
              labels: { ...this._labels(Component.UI), ...this._userLabels('podLabels', props.podLabels) },
              annotations: {
                ...(authority && { [CA_CHECKSUM]: Lazy.any({ produce: digest }) as string }),
                ...this._podAnnotations('podAnnotations', props.podAnnotations),
              },
            }),
            spec: uiPod(this._check, props, { ...pod, selector }),
          },
        },
      }),
    );
  }
}
