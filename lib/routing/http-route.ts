// Gateway API route: an HTTPRoute, and a new Gateway if no existing one is named.

import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  BackendTlsPolicy,
  BackendTlsPolicySpecValidationWellKnownCaCertificates,
  Gateway,
  GatewaySpecListeners,
  GatewaySpecListenersAllowedRoutesNamespacesFrom,
  GatewaySpecListenersTlsMode,
  HttpRoute,
  HttpRouteSpecParentRefs,
  HttpRouteSpecRulesMatchesPathType,
} from '../../imports/gateway.networking.k8s.io';
import { otherCopy } from '../core/duplicate-packages';
import { isDnsLabel } from '../core/formats';
import { problemOf } from '../core/problem';
import { RegistryTls } from '../tls/tls';
import type { NoBasicAuth } from './basic-auth';
import { ExistingGatewayOptions, NewGatewayOptions, RegistryGateway } from './gateway';
import { RegistryRoute, RegistryRouteProps, RouteNotes, RouteObject, RouteTarget, UIHost } from './route';

/** Options of the registry's HTTPRoute. */
export interface RegistryHttpRouteOptions {
  /** The Gateway: `RegistryGateway.existing({ name })` or `RegistryGateway.newGateway({ className })`. */
  readonly gateway: RegistryGateway;

  /**
   * Annotations for the HTTPRoute only.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of `RegistryHttpRoute`. */
export interface RegistryHttpRouteProps extends RegistryRouteProps, RegistryHttpRouteOptions {}

/**
 * The registry's HTTPRoute, its Gateway if one is created, and, if the pod terminates TLS, the
 * BackendTLSPolicy by which Gateways trust the pod.
 *
 * @example
 * new RegistryHttpRoute(chart, 'route', {
 *   service: registry.service,
 *   tls: registry.tls,
 *   host: registry.host,
 *   gateway: RegistryGateway.newGateway({ className: 'cilium' }),
 * });
 */
export class RegistryHttpRoute extends RegistryRoute {
  /** The HTTPRoute. */
  public readonly apiObject: ApiObject;
  /** The Gateway, if one is created. */
  public readonly gateway?: ApiObject;
  /** Name of the Gateway. */
  public readonly gatewayName: string;
  /** The certificate of the listener, if the Gateway is created here. */
  public readonly tls?: RegistryTls;
  /** Whether clients connect by HTTPS. */
  public readonly encrypted: boolean;

  private readonly parent: HttpRouteSpecParentRefs;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props backend Service, host and Gateway
   */
  constructor(scope: Construct, id: string, props: RegistryHttpRouteProps) {
    super(scope, id, props);
    const source = this.checkGateway(props.gateway)?._source;
    const made = source?.kind === 'new' ? source.options : undefined;
    this.tls = made ? this._certificate : undefined;
    this.parent =
      source?.kind === 'existing' ? this.checkExisting(source.options) : { name: this.registryName };
    this.gatewayName = this.parent.name;
    const https =
      source?.kind === 'existing' ? this._check.boolean('gateway.https', source.options?.https, true) : true;
    this.encrypted = made ? this.tls !== undefined : https;
    if (made && this._certificate?.external) {
      this._check.report('gateway-without-certificate', 'gateway');
    }
    if (source)
      this._checkEncryption(
        this.encrypted,
        made
          ? problemOf('new-gateway-without-certificate', 'tls')
          : problemOf('gateway-without-tls', 'tls', { gateway: this.gatewayName }),
      );
    if (made) this.gateway = this.writeGateway(made);
    if (this._podTls) this.trustPod(this._podTls);
    const [route] = this._routeTo(this._root);
    this.apiObject = this._add(route as RouteObject);
  }

  /** @internal */
  public _routeTo({ path, serviceName, port, objectName, host }: RouteTarget): RouteObject[] {
    if (host) this.listenFor(host, objectName);
    // Defaults in lists are written: else each `kubectl apply` would take them away, and the API server bring them back.
    const manifest = HttpRoute.manifest({
      spec: {
        parentRefs: [
          {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            ...this.parent,
            sectionName: host?.sectionName ?? this.parent.sectionName,
          },
        ],
        hostnames: [host?.name ?? this.host],
        rules: [
          {
            matches: [{ path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: path } }],
            backendRefs: [{ group: '', kind: 'Service', name: serviceName, port, weight: 1 }],
            // No timeout: pushing a big layer may take any time.
            timeouts: { request: '0s' },
          },
        ],
      },
    });
    return [{ id: 'http-route', name: objectName, manifest }];
  }

  /** @internal */
  public get _basicAuth(): NoBasicAuth {
    return 'ui-login-at-a-gateway';
  }

  /** @internal */
  public _notes(): RouteNotes {
    const { name, namespace } = this.parent;
    return {
      address: `${this._kubectl(namespace)} get gateway ${name} -o jsonpath='{.status.addresses[0].value}{"\\n"}'`,
      pushes: [
        'Further limits for large and slow pushes depend on the implementation of the GatewayClass:',
        '  NGINX Gateway Fabric limits bodies to 1 MB: apply a ClientSettingsPolicy with spec.body.maxSize: "0" to the Gateway.',
        '  Traefik aborts requests after 60 s: start it with --entryPoints.websecure.transport.respondingTimeouts.readTimeout=0s',
      ],
    };
  }

  private checkGateway(given: unknown): RegistryGateway | undefined {
    if (given instanceof RegistryGateway) return given;
    const other = otherCopy(given, RegistryGateway);
    if (other !== undefined) {
      this._check.report('of-another-copy', 'gateway', { value: given, other });
      return undefined;
    }
    this._check.report('not-a-gateway', 'gateway', { value: given });
    return undefined;
  }

  private checkExisting(given: ExistingGatewayOptions): HttpRouteSpecParentRefs {
    const at = 'gateway';
    const { name, namespace, sectionName } = this._check.options<ExistingGatewayOptions>(at, given);
    if (this._certificate && !this._certificate.external && !this._podTls) {
      this._check.ofRegistry.report('certificate-shown-to-nobody', 'tls.certificate', { name });
    }
    return {
      name:
        name === undefined
          ? this.missing(`${at}.name`, 'public')
          : this._check.objectName(`${at}.name`, name, 'invalid', 'public'),
      namespace:
        namespace === undefined
          ? undefined
          : this._check.string(`${at}.namespace`, namespace, 'gateways', isDnsLabel, 'not-a-namespace', {
              example: 'gateways',
            }),
      sectionName: this._check.objectName(`${at}.sectionName`, sectionName, undefined, 'https'),
    };
  }

  private writeGateway(given: NewGatewayOptions): ApiObject {
    const at = 'gateway';
    const { className, annotations } = this._check.options<NewGatewayOptions>(at, given);
    const gatewayClassName =
      className === undefined
        ? this.missing(`${at}.className`, 'nginx')
        : this._check.objectName(`${at}.className`, className, 'invalid', 'nginx');
    return this._add({
      id: 'gateway',
      name: this.registryName,
      annotations: this._check.annotations(`${at}.annotations`, annotations),
      manifest: Gateway.manifest({ spec: { gatewayClassName, listeners: [this.listener(this.host)] } }),
    });
  }

  private listener(hostname: string, suffix = '', secretName = this.tls?.secretName): GatewaySpecListeners {
    const allowedRoutes = { namespaces: { from: GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };
    if (!this.tls) return { name: `http${suffix}`, port: 80, protocol: 'HTTP', hostname, allowedRoutes };
    const certificateRefs = secretName === undefined ? [] : [{ group: '', kind: 'Secret', name: secretName }];
    const tls = { mode: GatewaySpecListenersTlsMode.TERMINATE, certificateRefs };
    return { name: `https${suffix}`, port: 443, protocol: 'HTTPS', tls, hostname, allowedRoutes };
  }

  /** A second host needs a listener on a new Gateway; an existing one has its own. */
  private listenFor({ name, tlsSecret, sectionName }: UIHost, objectName: string): void {
    const unused = this.gateway
      ? { 'ui.access.sectionName': sectionName }
      : { 'ui.access.tlsSecret': tlsSecret };
    for (const [property, value] of Object.entries(unused)) {
      const why = this.gateway
        ? 'the Gateway is created here, with a listener for the UI'
        : 'the Gateway exists and has its own certificates';
      if (value !== undefined) this._check.ofRegistry.report('no-effect-here', property, { value, why });
    }
    this.gateway?.addJsonPatch(
      JsonPatch.add(
        '/spec/listeners/-',
        this.listener(name, objectName.slice(this.registryName.length), tlsSecret),
      ),
    );
  }

  private missing(property: string, example: string): string {
    this._check.report('missing', property, { example });
    return 'invalid';
  }

  /**
   * TLS from Gateways to the registry's pod: validates the certificate for the host, against the CA that
   * signed it.
   */
  private trustPod(tls: RegistryTls): void {
    const refs = this.authority(tls);
    this._add({
      id: 'backend-tls',
      name: this.registryName,
      manifest: BackendTlsPolicy.manifest({
        spec: {
          targetRefs: [{ group: '', kind: 'Service', name: this._service.serviceName }],
          validation: {
            hostname: this.host,
            ...(refs
              ? { caCertificateRefs: [{ group: '', ...refs }] }
              : { wellKnownCaCertificates: BackendTlsPolicySpecValidationWellKnownCaCertificates.SYSTEM }),
          },
        },
      }),
    });
  }

  /**
   * All implementations accept a CA from a ConfigMap, only some from a Secret. So a Secret is used only if
   * the CA is known in the cluster alone.
   */
  private authority(tls: RegistryTls): { kind: string; name: string } | undefined {
    if (!tls.privateCa || !tls.secretName) return undefined;
    const ca = tls._lazyAuthority;
    if (ca === undefined) return { kind: 'Secret', name: tls.secretName };
    const name = `${this.registryName}-backend-ca`;
    this._add({ id: 'backend-ca', name, manifest: k8s.KubeConfigMap.manifest({ data: { 'ca.crt': ca } }) });
    return { kind: 'ConfigMap', name };
  }
}
