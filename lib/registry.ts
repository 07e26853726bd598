// Composes a registry from its parts. Start here: each part is in the file that is named after it.
import { ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { writeNamespace } from './app/namespace';
import { addNotes } from './app/notes/collector';
import { writeNotes } from './app/notes/notes';
import { RegistryAuth } from './auth/auth';
import { RegistryCache } from './caches/cache';
import { cachesOf, propertyOfCache } from './caches/caches';
import { NodeFilesOptions, NodeRuntime, RegistryNodeFiles } from './clients/node-files';
import { isAddress, isOnDockerHub, isPullAddress, shortAddress } from './core/addresses';
import { Check } from './core/check';
import { RegistryPart, RegistryPartProps } from './core/registry-part';
import { RegistryFront } from './front/front';
import { RegistryMetrics } from './monitoring/metrics';
import { RegistryProps } from './registry-props';
import { RegistryHttpRoute } from './routing/http-route';
import { RegistryIngress } from './routing/ingress';
import { RegistryIngressRoute } from './routing/ingress-route';
import { RegistryRoute } from './routing/route';
import { routeOf } from './routing/route-selection';
import { tlsFor } from './routing/tls-termination';
import { RegistryDeployment } from './server/deployment';
import { RegistryService, RegistryServiceOptions } from './server/service';
import { RegistryStorage } from './storage/storage';
import { RegistryTls } from './tls/tls';
import { RegistryUI, RegistryUIOptions } from './ui/ui';

/**
 * A private container registry: users, certificate, storage, pods and Service; optionally a route and a UI.
 *
 * @example
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   auth: { credentials: RegistryCredentials.users(RegistryUser.generated('ci'), RegistryUser.generated('admin')) },
 *   storage: { backend: StorageBackend.newClaim({ size: Size.gibibytes(50) }), deletion: true },
 *   ingress: { className: 'nginx' },
 *   ui: { deleteImages: true },
 * });
 */
export class Registry extends RegistryPart {
  /** Users of the registry. */
  public readonly auth: RegistryAuth;
  /** The certificate. */
  public readonly tls: RegistryTls;
  /** Storage of images. */
  public readonly storage: RegistryStorage;
  /** Pull-through caches on the registry's host. */
  public readonly caches: RegistryCache[];
  /** The nginx before the registry, if there is one. */
  public readonly front?: RegistryFront;
  /** The pods. */
  public readonly deployment: RegistryDeployment;
  /** The Service. */
  public readonly service: RegistryService;
  /** The Ingress, if there is one. */
  public readonly ingress?: RegistryIngress;
  /** The IngressRoute, if there is one. */
  public readonly ingressRoute?: RegistryIngressRoute;
  /** The HTTPRoute, if there is one. */
  public readonly httpRoute?: RegistryHttpRoute;
  /** The UI, if there is one. */
  public readonly ui?: RegistryUI;
  /** The metrics, if they are enabled. */
  public readonly metrics?: RegistryMetrics;
  /** Host under which clients reach the registry. */
  public readonly host: string;

  private readonly pullsFrom?: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props options of the registry and its parts
   */
  constructor(scope: Construct, id: string, props: RegistryProps = {}) {
    super(scope, id, props);
    const {
      pullAddress,
      createNamespace,
      auth,
      tls,
      access,
      front,
      caches,
      storage,
      service,
      metrics,
      ui,
      ...others
    } = this._check.options<RegistryProps>('props', props);
    const { ingress, ingressRoute, httpRoute, ...deployment } = others;
    const routes = routeOf(this._check, { ingress, ingressRoute, httpRoute });
    // Validated by checkContext in core/context.ts; all parts receive it in `_context`.
    this.host = this._context.host;
    this.pullsFrom = this.checkPullAddress(pullAddress);
    if (this._check.boolean('createNamespace', createNamespace, false)) writeNamespace(this, this._check);

    this.auth = new RegistryAuth(this, 'auth', this.part('auth', auth));
    this.tls = new RegistryTls(this, 'tls', {
      ...tlsFor(this._check, routes, this.part('tls', tls), this._context.annotations),
      additionalHosts: this.otherHosts(service),
    });
    this.storage = new RegistryStorage(this, 'storage', this.part('storage', storage));
    this.caches = cachesOf(this, this._check, caches);
    if (front !== undefined || access !== undefined || this.auth._verifier || this.caches.length > 0)
      this.front = new RegistryFront(this, 'front', {
        ...this.part('front', front),
        access,
        auth: this.auth,
        storage: this.storage,
        tls: this.tls,
        _caches: this.caches.map((cache) => cache._asServer),
      });
    this.deployment = new RegistryDeployment(this, 'deployment', {
      ...deployment,
      _context: this._context,
      auth: this.auth,
      storage: this.storage,
      tls: this.tls,
      front: this.front,
      metrics: metrics !== undefined,
    });
    if (metrics !== undefined)
      this.metrics = new RegistryMetrics(this, 'metrics', {
        ...this.part('metrics', metrics),
        deployment: this.deployment,
      });
    this.service = new RegistryService(this, 'service', {
      ...this.part('service', service),
      deployment: this.deployment,
    });
    // Routes take the host from `_context` too (routing/route.ts).
    const target = { service: this.service, tls: this.tls };
    if (routes.ingress !== undefined)
      this.ingress = new RegistryIngress(this, 'ingress', {
        ...this.part('ingress', routes.ingress),
        ...target,
      });
    if (routes.ingressRoute !== undefined)
      this.ingressRoute = new RegistryIngressRoute(this, 'ingress-route', {
        ...this.part('ingressRoute', routes.ingressRoute),
        ...target,
      });
    if (routes.httpRoute !== undefined)
      this.httpRoute = new RegistryHttpRoute(this, 'http-route', {
        ...this.part('httpRoute', routes.httpRoute),
        ...target,
      });
    if (ui !== undefined) this.ui = this.createUI(this.part('ui', ui));

    if (this.front) this.tellFront(this.front);
    for (const cache of this.caches)
      if (this.front)
        cache._servedBy({
          front: this.front,
          pullAddress: () => this.pullAddress,
          addresses: this.addresses(),
        });
    this.checkAddress();
    this.checkEncryption();
    addNotes(this, () => this.notes());
  }

  /** The route for clients outside the cluster: the Ingress, IngressRoute or HTTPRoute, if there is one. */
  public get route(): RegistryRoute | undefined {
    return this.ingress ?? this.ingressRoute ?? this.httpRoute;
  }

  /**
   * Registry address in image names: the host, and the port unless it is 443. If Kubernetes chooses the node
   * port, it is unknown here and reads `<port>`.
   */
  public get address(): string {
    const { type, port, nodePort } = this.service;
    // A route, or a proxy in front of node ports, has its own port.
    if (this.route || (this.tls.external && type !== ServiceType.LOAD_BALANCER)) return this.host;
    if (type === ServiceType.NODE_PORT) return `${this.host}:${nodePort ?? '<port>'}`;
    return port === 443 ? this.host : `${this.host}:${port}`;
  }

  /** Registry address in image names that nodes pull. Defaults to `address`. */
  public get pullAddress(): string {
    return this.pullsFrom ?? this.address;
  }

  /** The runtimes of nodes that a RegistryNodeTrust configures: nobody has to do it by hand. @internal */
  public readonly _configuredRuntimes = new Set<NodeRuntime>();

  /**
   * Whether nodes pull by plain HTTP from the Service itself, past the route or proxy that terminates TLS.
   * @internal
   */
  public get _pullsPastTls(): boolean {
    if (this.pullAddress === this.address || this.tls.inPod) return false;
    return this.service.external || this.pullsAtClusterIp;
  }

  /** The registry's URL. */
  public get url(): string {
    const encrypted = this.route ? this.route.encrypted : this.tls.inPod || this.tls.external;
    return `${encrypted ? 'https' : 'http'}://${this.address}`;
  }

  /**
   * Next commands for this registry: apply, wait, find the address, trust the certificate, log in, push,
   * pull, open the UI.
   *
   * @returns human-readable text. Creates the registry's secrets in the store if they don't exist
   */
  public notes(): string {
    return writeNotes(this);
  }

  /**
   * Files that let nodes trust and find this registry, for manual node configuration. `RegistryNodeTrust`
   * installs them.
   *
   * @param options how nodes reach the registry. Problems in them are reported at synthesis
   * @throws an Error that names the problems in them, if the app has already been synthesized
   */
  public nodeFiles(options: NodeFilesOptions = {}): RegistryNodeFiles {
    const check = new Check(this);
    const files = RegistryNodeFiles._of(check, this, options);
    // Files for a CA that nodes already trust are valid, but there is nothing to install.
    check.throwIfLate((problem) => this.tls.privateCa || problem.code !== 'registry-brings-no-ca');
    return files;
  }

  /** @internal */
  public override _propertyOf(id: string): string {
    return PROPERTIES.get(id) ?? propertyOfCache(id) ?? '';
  }

  /**
   * Props of a part: its options, and the validated context with the host. Its own annotations take
   * precedence.
   */
  private part<T extends object>(
    property: string,
    given: T | undefined,
  ): T & Pick<RegistryPartProps, '_context'> {
    const options = this._check.options<T & { readonly annotations?: object }>(property, given);
    const own = this._check.annotations(`${property}.annotations`, options.annotations);
    return {
      ...options,
      _context: { ...this._context, annotations: { ...this._context.annotations, ...own } },
    };
  }

  private createUI(options: RegistryUIOptions): RegistryUI | undefined {
    const { route } = this;
    if (!route) {
      this._check.report('ui-needs-a-route', 'ui');
      return undefined;
    }
    // With several registries, the UI works out each address itself.
    const pullAddress =
      options.pullAddress ?? (options.registries === undefined ? this.pullAddress : undefined);
    return new RegistryUI(this, 'ui', { ...options, route, pullAddress });
  }

  /** Additional hosts in a certificate issued by this library: the pull host and the Service's address. */
  private otherHosts(service: RegistryServiceOptions | undefined): string[] {
    return [
      ...(this.pullsFrom === undefined ? [] : [this.pullsFrom.replace(/:\d+$/, '')]),
      ...fixedAddress(service),
    ];
  }

  /** Where it is reached: by clients, nodes and pods. */
  private addresses(): string[] {
    return [this.address, this.pullAddress, ...this.service._addresses];
  }

  /** Where clients speak HTTPS although the pod does not. */
  private tellFront(front: RegistryFront): void {
    if (this.tls.inPod || !this.url.startsWith('https:')) return;
    front._encryptedAt(this.address);
    if (!this._pullsPastTls) front._encryptedAt(this.pullAddress);
  }

  private get pullsAtClusterIp(): boolean {
    return this.pullsFrom !== undefined && this.pullsFrom.replace(/:\d+$/, '') === this.service.clusterIP;
  }

  private checkPullAddress(given: string | undefined): string | undefined {
    if (given === undefined) return undefined;
    const address = this._check.string(
      'pullAddress',
      given,
      'registry.localhost',
      isPullAddress,
      'not-a-pull-address',
    );
    const example = 'registry.example.com" or "127.0.0.1:30500';
    if (isOnDockerHub(address))
      this._check.report('address-on-docker-hub', 'pullAddress', { value: address, example });
    return address;
  }

  /** Without a dot or a port, clients resolve the name on Docker Hub. Its own image can't come from there. */
  private checkAddress(): void {
    const example = 'registry.example.com';
    if (isOnDockerHub(this.address))
      this._check.report('address-on-docker-hub', 'host', { value: this.host, example });
    const { imageRegistry = '' } = this._context;
    const [mirror = ''] = imageRegistry.split('/');
    if ([this.address, this.pullAddress].includes(mirror))
      this._check.report('image-registry-of-itself', 'imageRegistry', { value: imageRegistry });
  }

  /**
   * Passwords must not be sent unencrypted. The Service and the route check themselves; this covers the
   * remaining cases.
   */
  private checkEncryption(): void {
    const { auth, tls, route, service } = this;
    if (auth.anonymous || auth.insecurePasswordsOverHttp || tls.inPod) return;
    if (this._pullsPastTls && !service.external && this.url.startsWith('https:'))
      this._check.report('pull-address-past-tls', 'pullAddress', { value: this.pullAddress });
    // Without a route, the proxy that has the certificate is in front of the Service.
    if (tls.external && route && service.external)
      this._check.report('service-beside-external-tls', 'service.type', { value: service.type });
    if (tls.external || route || service.external) return;
    if (tls.enabled) this._check.report('tls-ends-nowhere', 'tls.termination');
    else this._check.report('needs-tls', 'tls.certificate');
  }
}

/** The prop of each part, by the part's id. The deployment's props are the registry's own. */
const PROPERTIES = new Map<string, keyof RegistryProps>([
  ['auth', 'auth'],
  ['tls', 'tls'],
  ['storage', 'storage'],
  ['front', 'front'],
  ['metrics', 'metrics'],
  ['service', 'service'],
  ['ingress', 'ingress'],
  ['ingress-route', 'ingressRoute'],
  ['http-route', 'httpRoute'],
  ['ui', 'ui'],
]);

/** The Service's fixed address, if it has one. The Service reports invalid ones itself. */
function fixedAddress(service: RegistryServiceOptions | undefined): string[] {
  const address: unknown = service?.clusterIP;
  return typeof address === 'string' && isAddress(address) ? [shortAddress(address)] : [];
}
