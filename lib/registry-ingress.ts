// The way into the cluster: an Ingress that lets big and slow pushes through.
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component } from './manifests/labels';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { RegistryService } from './registry-service';
import { RegistryTls } from './registry-tls';
import { required } from './validation/check';

/** How clients come in. */
export interface RegistryIngressOptions {
  /**
   * Name of the IngressClass.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;

  /**
   * Annotations for the Ingress alone. They replace the library's own of the same key; an empty text removes one.
   *
   * @default - what a push needs with the nginx controllers: no limit of the body, no buffering of it, 900 s of patience
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of `RegistryIngress`. */
export interface RegistryIngressProps extends RegistryPartProps, RegistryIngressOptions {
  /** What the Ingress leads to. */
  readonly service: RegistryService;

  /**
   * The host name.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * The certificate that the ingress shows.
   *
   * @default - no TLS
   */
  readonly tls?: RegistryTls;
}

/** The registry's Ingress. */
export class RegistryIngress extends RegistryPart {
  /** The Ingress. */
  public readonly ingress: ApiObject;
  /** The host name. */
  public readonly host: string;
  /** The name of the IngressClass, unless the cluster's default. */
  public readonly className?: string;
  /** The certificate that is shown. */
  public readonly tls?: RegistryTls;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props where it leads, and for which host
   */
  constructor(scope: Construct, id: string, props: RegistryIngressProps) {
    super(scope, id, props);
    const service = required('service', props.service, RegistryService);
    const tls = props.tls === undefined ? undefined : required('tls', props.tls, RegistryTls);
    const { auth } = service.deployment;
    this.host = this._check.host('host', props.host, 'registry.localhost');
    this.className = this._check.objectName('ingress.className', props.className, undefined, 'nginx');
    this.tls = tls?.enabled ? tls : undefined;
    if (!this.tls && !auth.anonymous && !auth.insecurePasswordsOverHttp) {
      this._check.problem(
        'tls: the ingress has no certificate and would carry passwords in clear; add tls: { certificate: RegistryCertificate.selfSigned() }, or accept it by auth: { insecurePasswordsOverHttp: true }',
      );
    }
    const merged = Object.entries({ ...pushAnnotations(service), ...this._shared.annotations });
    const annotations = Object.fromEntries(merged.map(([key, value]) => [key, value === '' ? undefined : value]));
    this.ingress = this._object(
      'ingress',
      Component.REGISTRY,
      { name: this.registryName, annotations },
      ingressManifest({
        host: this.host,
        className: this.className,
        tlsSecretName: this.tls?.secretName,
        path: '/',
        serviceName: service.serviceName,
        portName: service.deployment.portName,
      }),
    );
  }
}

/** One host and path of an Ingress, and the Service behind it. */
export interface IngressRoute {
  readonly host: string;
  readonly className?: string;
  readonly tlsSecretName?: string;
  readonly path: string;
  readonly serviceName: string;
  readonly portName: string;
}

/** An Ingress for one path of one host. */
export function ingressManifest(route: IngressRoute): ReturnType<typeof k8s.KubeIngress.manifest> {
  return k8s.KubeIngress.manifest({
    spec: {
      ingressClassName: route.className,
      tls: route.tlsSecretName === undefined ? undefined : [{ hosts: [route.host], secretName: route.tlsSecretName }],
      rules: [
        {
          host: route.host,
          http: {
            paths: [
              { path: route.path, pathType: 'Prefix', backend: { service: { name: route.serviceName, port: { name: route.portName } } } },
            ],
          },
        },
      ],
    },
  });
}

/**
 * What the two nginx controllers need to be told, the community's and F5's; others ignore it. Unlimited bodies: a layer is one request. Not
 * buffered: else the controller's disk holds each layer first. 900 s: a registry on slow storage is silent for long while it commits a layer.
 */
function pushAnnotations(service: RegistryService): Record<string, string> {
  const inPod = service.deployment.tls?.inPod;
  return {
    'nginx.ingress.kubernetes.io/proxy-body-size': '0',
    'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '900',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '900',
    ...(inPod && { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' }),
    'nginx.org/client-max-body-size': '0',
    'nginx.org/proxy-read-timeout': '900s',
    'nginx.org/proxy-send-timeout': '900s',
    ...(inPod && { 'nginx.org/ssl-services': service.serviceName }),
  };
}
