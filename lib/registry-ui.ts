// The registry's web page: joxit/docker-registry-ui on the registry's own host under /ui/, so that a browser needs no CORS and one login serves both.
import { ApiObject, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component, selectorLabels } from './manifests/labels';
import { PodOptions } from './pod-options';
import { checkImage } from './registry-image';
import { NetworkPolicyOptions, RegistryNetworkPolicy } from './registry-network-policy';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { RegistryRoute } from './registry-route';
import { restrictedPod, withoutEmpty } from './restricted-pod';
import { required } from './validation/check';
import { checkResources } from './validation/resources';

/** The UI image that is run if none is named. */
const DEFAULT_UI_IMAGE = 'joxit/docker-registry-ui:2.6.0';
/** Where the page is. The image's page links its parts relatively, so the last slash is needed. */
const UI_PATH = '/ui';
/** What the image listens on when it does not run as root. */
const UI_PORT = 8080;
/** What its Service listens on. */
const UI_SERVICE_PORT = 80;
/** The user `nginx` of the image. */
const NGINX_USER = 101;

/** What the web page shows and may do. */
export interface RegistryUIOptions extends PodOptions {
  /**
   * The image, with a tag that is not `latest`, or a digest.
   *
   * @default "joxit/docker-registry-ui:2.6.0"
   */
  readonly image?: string;

  /**
   * The page's title. The characters `~`, `&`, `\` and line breaks would break the image's start script and are refused.
   *
   * @default - the registry's host
   */
  readonly title?: string;

  /**
   * May images be deleted on the page? Needs `storage: { deletion: true }` on the registry.
   *
   * @default false
   */
  readonly deleteImages?: boolean;

  /**
   * Who may talk to the UI's pod and what it may talk to.
   *
   * @default - in by its port from everywhere, out to DNS: the browser talks to the registry, not the UI's pod
   */
  readonly networkPolicy?: NetworkPolicyOptions;
}

/** Props of `RegistryUI`. */
export interface RegistryUIProps extends RegistryPartProps, RegistryUIOptions {
  /** The registry's Ingress, IngressRoute or HTTPRoute, whose host and certificate the page shares. */
  readonly route: RegistryRoute;

  /**
   * What the page shows before an image's name in pull commands.
   *
   * @default - the host
   */
  readonly pullAddress?: string;

  /**
   * May images be deleted on the registry?
   *
   * @default false
   */
  readonly registryDeletion?: boolean;
}

/** The web page: a Deployment, its Service, NetworkPolicy and Ingress or other route. */
export class RegistryUI extends RegistryPart {
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** The Ingress, IngressRoute or HTTPRoute. */
  public readonly route: ApiObject;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** Where the page is, with the slash at the end. */
  public readonly url: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props what the page shows and where
   */
  constructor(scope: Construct, id: string, props: RegistryUIProps) {
    super(scope, id, props);
    const route = required('route', props.route, RegistryRoute, 'RegistryIngress');
    const { host } = route;
    const origin = `${route.encrypted ? 'https' : 'http'}://${host}`;
    this.serviceName = `${this.registryName}-ui`;
    this.url = `${origin}${UI_PATH}/`;
    const title = this._check.text(
      'ui.title',
      props.title,
      host,
      (text) => /^[^~&\\\p{Cc}]+$/u.test(text),
      "is empty or has one of ~ & \\ or a line break, which break the image's start script",
      'write e.g. "Our images"',
    );
    const deleteImages = this._check.flag('ui.deleteImages', props.deleteImages, false);
    if (deleteImages && !props.registryDeletion) {
      this._check.problem(
        'ui.deleteImages: true, but the registry refuses deletion; add storage: { deletion: true }, or leave ui.deleteImages out',
      );
    }
    const image = checkImage(this._check, 'ui.image', props.image, DEFAULT_UI_IMAGE);
    this.deployment = this.deploy(props, image, [
      { name: 'SINGLE_REGISTRY', value: 'true' },
      { name: 'REGISTRY_TITLE', value: title },
      { name: 'REGISTRY_URL', value: origin },
      { name: 'PULL_URL', value: props.pullAddress ?? host },
      { name: 'DELETE_IMAGES', value: String(deleteImages) },
      { name: 'NGINX_LISTEN_PORT', value: String(UI_PORT) },
      { name: 'ENABLE_VERSION_NOTIFICATION', value: 'false' },
    ]);
    this.service = this._object(
      'service',
      Component.UI,
      { name: this.serviceName },
      k8s.KubeService.manifest({
        spec: {
          type: 'ClusterIP',
          selector: selectorLabels(this.registryName, Component.UI),
          ports: [{ name: 'http', port: UI_SERVICE_PORT, targetPort: k8s.IntOrString.fromString('http'), protocol: 'TCP' }],
        },
      }),
    );
    const target = { path: UI_PATH, objectName: this.serviceName, serviceName: this.serviceName, port: UI_SERVICE_PORT, portName: 'http' };
    const objects = route
      ._routeTo(target)
      .map(({ id, name, annotations, manifest }) => this._object(id, Component.UI, { name, annotations }, manifest));
    this.route = objects.at(-1) as ApiObject;
    const network = this._check.options<NetworkPolicyOptions>('ui.networkPolicy', props.networkPolicy);
    if (this._check.flag('ui.networkPolicy.enabled', network.enabled, true)) {
      const pods = { component: Component.UI, objectName: this.serviceName, portName: 'http' };
      new RegistryNetworkPolicy(this, 'network', { ...network, ...this._shared, ...pods });
    }
  }

  private deploy(props: RegistryUIProps, image: string, env: k8s.EnvVar[]): ApiObject {
    const selector = selectorLabels(this.registryName, Component.UI);
    const port = k8s.IntOrString.fromString('http');
    const folders = [
      { name: 'nginx', mountPath: '/etc/nginx' },
      { name: 'html', mountPath: '/usr/share/nginx/html' },
    ];
    return this._object(
      'deployment',
      Component.UI,
      { name: this.serviceName },
      k8s.KubeDeployment.manifest({
        spec: {
          replicas: 1,
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
          },
          selector: { matchLabels: selector },
          template: {
            metadata: withoutEmpty({
              labels: { ...this._labels(Component.UI), ...this._userLabels('ui.podLabels', props.podLabels) },
              annotations: this._check.annotations('ui.podAnnotations', props.podAnnotations),
            }),
            spec: restrictedPod(this._check, 'ui.', props, {
              main: {
                name: 'ui',
                image,
                env,
                ports: [{ name: 'http', containerPort: UI_PORT }],
                volumeMounts: [...folders, { name: 'tmp', mountPath: '/tmp' }, { name: 'cache', mountPath: '/var/cache/nginx' }],
                readinessProbe: { httpGet: { path: `${UI_PATH}/`, port }, periodSeconds: 10, timeoutSeconds: 5 },
                livenessProbe: { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
              },
              initContainers: [
                {
                  name: 'prepare',
                  image,
                  command: ['sh', '-ec', PREPARE],
                  volumeMounts: folders.map(({ name }) => ({ name, mountPath: `/prepared/${name}` })),
                },
              ],
              volumes: [
                ...folders.map(({ name }) => ({ name, emptyDir: SCRATCH })),
                { name: 'tmp', emptyDir: SCRATCH },
                { name: 'cache', emptyDir: SCRATCH },
              ],
              userId: NGINX_USER,
              replicas: 1,
              selector,
              graceSeconds: 30,
              resources: checkResources(this._check, 'ui.resources', props.resources, {
                cpu: { request: Cpu.millis(10) },
                memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
              }),
            }),
          },
        },
      }),
    );
  }
}

/**
 * The image's start script edits its page and nginx's configuration in place, which a read-only root forbids: so both are copied into volumes.
 * `ui` as a link to the page's own folder lets nginx answer under /ui/, so that no ingress needs a rule to strip the path.
 */
const PREPARE = [
  'cp -r /etc/nginx/. /prepared/nginx/',
  'cp -r /usr/share/nginx/html/. /prepared/html/',
  'ln -s . /prepared/html/ui',
  "echo 'absolute_redirect off;' > /prepared/nginx/conf.d/absolute-redirect.conf",
].join('\n');

/** Bounds what a pod can write on its node: the page has 2 MB, and nginx' files for answers under way are small. */
const SCRATCH: k8s.EmptyDirVolumeSource = { sizeLimit: k8s.Quantity.fromString('64Mi') };
