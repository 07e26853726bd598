// A pull-through cache: a registry of its own that fetches from one upstream, and keeps for a while what it
// fetched. How it reaches the upstream is in upstream.ts and upstream-access.ts.

import { ApiObject, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../app/notes/collector';
import { RegistryAuth } from '../auth/auth';
import { RegistryCredentials } from '../auth/credentials';
import type { Checked, RegistryContext } from '../core/context';
import { kubectlIn } from '../core/kubectl';
import { Component, selectorLabels } from '../core/labels';
import { type Problem, problemOf } from '../core/problem';
import { RegistryPart } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { runNow } from '../core/run-now';
import { RegistryVersion } from '../distribution/version';
import { RegistryFront } from '../front/front';
import type { FrontCache } from '../front/front-configuration';
import { RegistryMetrics, RegistryMetricsOptions } from '../monitoring/metrics';
import { NetworkPolicyOptions } from '../network/network-policy';
import { isEverybody } from '../network/policy-checks';
import { RegistryConfigurationOptions } from '../server/configuration-options';
import { RegistryDeployment } from '../server/deployment';
import { GarbageCollectionOptions } from '../server/garbage-collection';
import { RegistryService, RegistryServiceOptions } from '../server/service';
import { StorageBackend } from '../storage/backend';
import { STORAGE_PATH } from '../storage/driver';
import { RegistryStorage, RegistryStorageOptions } from '../storage/storage';
import { CacheAlerts, RegistryCacheAlertsOptions } from './cache-alerts';
import { checkCacheImage } from './cache-image';
import { checkName } from './cache-name';
import { RegistryCacheProps } from './cache-options';
import { CachePrefetch } from './prefetch';
import { CachePrefetchOptions } from './prefetch-options';
import { checkRing } from './ring';
import { checkOtherUpstream, checkUpstream } from './upstream';
import { checkRawUpstream, UpstreamAccess } from './upstream-access';

/**
 * A pull-through cache of one upstream: its own Deployment, Service, volume and NetworkPolicy. It fetches what it
 * does not have, serves what it has while the upstream is away, and takes no pushes. It asks nobody for a login.
 *
 * @example
 * new RegistryCache(chart, 'docker-hub', {
 *   upstream: 'docker.io',
 *   login: { secret: Secret.fromSecretName(chart, 'hub', 'docker-hub'), publicImagesOnly: true },
 *   ttl: Duration.days(14),
 *   storage: { backend: StorageBackend.newClaim({ size: Size.gibibytes(100) }) },
 * });
 */
export class RegistryCache extends RegistryPart {
  /** Name of the cache, its Deployment and its Service: `<name>-cache-<cacheName>`. */
  public readonly objectName: string;
  /** Host of the upstream in image names. */
  public readonly upstream: string;
  /** URL of the upstream. */
  public readonly upstreamUrl: string;
  /** The ConfigMap with the command that prints the login, and the CA. */
  public readonly configMap: ApiObject;
  /** Storage of images. */
  public readonly storage: RegistryStorage;
  /** The pods. */
  public readonly deployment: RegistryDeployment;
  /** The Service. */
  public readonly service: RegistryService;
  /** The metrics, if they are enabled. */
  public readonly metrics?: RegistryMetrics;
  /** The PrometheusRule, if there is one. */
  public readonly alerts?: ApiObject;
  /** The CronJob that fetches images before they are pulled, if there is one. */
  public readonly prefetchCronJob?: ApiObject;

  /** The first part of its images' names at a registry that serves it. @internal */
  public readonly _path: string;

  private readonly access: UpstreamAccess;
  /** Where a registry serves it: the beginning of its images' names. */
  private served?: () => string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the upstream, and how the cache runs
   */
  constructor(scope: Construct, id: string, props: RegistryCacheProps) {
    super(scope, id, props);
    const options = this._check.options<RegistryCacheProps>('props', props);
    const upstream = checkUpstream(this._check, options);
    this.upstream = upstream.host;
    this.upstreamUrl = upstream.url.origin;
    // A part of a repository's name has no colon.
    this._path = upstream.host.replace(':', '_');
    const _context = this.contextOf(options);
    this.objectName = _context.name;
    this.access = new UpstreamAccess(this, 'upstream', { _context, upstream, options });
    this.configMap = this.access.configMap;
    this.storage = new RegistryStorage(this, 'storage', { ...this.checkStorage(options.storage), _context });
    this.deployment = this.deploy(options, _context);
    const service = this._check.options<RegistryServiceOptions>('service', options.service);
    const own = this._check.annotations('service.annotations', service.annotations);
    this.service = new RegistryService(this, 'service', {
      ...service,
      _context: { ..._context, annotations: { ..._context.annotations, ...own } },
      deployment: this.deployment,
    });
    if (options.metrics !== undefined)
      this.metrics = new RegistryMetrics(this, 'metrics', {
        ...this._check.options<RegistryMetricsOptions>('metrics', options.metrics),
        _context,
        deployment: this.deployment,
      });
    if (options.alerts !== undefined)
      this.alerts = new CacheAlerts(this, 'alerts', {
        _context,
        options: this._check.options<RegistryCacheAlertsOptions>('alerts', options.alerts),
        upstreamUrl: this.upstreamUrl,
        registry: this.registryName,
        metrics: this.metrics,
      }).rule;
    if (options.prefetch !== undefined) this.prefetchCronJob = this.prefetch(options.prefetch, _context);
    this._check.later(() => this.openToEverybody());
    checkRing(this._check, this, () =>
      this.node.root.node.findAll().filter((one) => one instanceof RegistryCache),
    );
    addNotes(this, () => this.notes());
  }

  /** URL of the cache inside the cluster. */
  public get url(): string {
    return `http://${this.address}:${this.service.port}`;
  }

  /**
   * A registry serves it: images are named after it, and whoever may pull them there gets what the login sees.
   * @internal
   */
  public _servedBy({ front, pullAddress, addresses }: ServingRegistry): void {
    this.served = () => `${pullAddress()}/${this._path}`;
    checkOtherUpstream(this._check, { upstream: this.upstream, upstreamUrl: this.upstreamUrl }, addresses);
    if (this.access.isPrivate)
      this._check.later(() =>
        front._mayPullBelow(undefined, this._path)
          ? problemOf('cache-private-and-open', this._check.path('login'), { path: this._path })
          : undefined,
      );
  }

  /** @internal */
  public get _addresses(): readonly string[] {
    return this.service._addresses;
  }

  /** @internal */
  public get _asServer(): FrontCache {
    const { upstream, _path, service, deployment } = this;
    return {
      path: _path,
      upstream,
      host: this.address,
      port: service.port,
      pods: selectorLabels(this.objectName, Component.REGISTRY),
      podPort: deployment.port,
    };
  }

  /** Host of its Service. */
  private get address(): string {
    const { serviceName } = this.service;
    return this.namespace === undefined ? serviceName : `${serviceName}.${this.namespace}.svc`;
  }

  /** @internal */
  public override _propertyOf(id: string): string {
    return OWN_OPTIONS.includes(id) ? this._check.path(id) : this._check.place;
  }

  /** All parts are those of a registry with the cache's name. */
  private contextOf({ cacheName, _nameInstead }: RegistryCacheProps): RegistryContext {
    const name = checkName(this._check, this.registryName, cacheName, this.upstream);
    return {
      ...this._context,
      name: (_nameInstead ?? name) as Checked<'name'>,
      labels: { 'app.kubernetes.io/part-of': this.registryName, ...this._context.labels },
    };
  }

  private checkStorage(given: unknown): RegistryStorageOptions {
    const storage = this._check.options<RegistryStorageOptions>('storage', given);
    if (storage.deletion === false)
      this._check.report('cache-keeps-everything', 'storage.deletion', { value: false });
    if (storage.readOnly === true) this._check.report('cache-read-only', 'storage.readOnly');
    const backend =
      storage.backend ?? StorageBackend.newClaim({ size: DEFAULT_SIZE, keepOnUninstall: false });
    return { ...storage, backend, deletion: true, readOnly: undefined };
  }

  private deploy(options: RegistryCacheProps, _context: RegistryContext): RegistryDeployment {
    const { storage, access } = this;
    const network = this._check.options<NetworkPolicyOptions>('networkPolicy', options.networkPolicy);
    const registry = { podSelector: { matchLabels: selectorLabels(this.registryName, Component.REGISTRY) } };
    const peers = this._check.list<k8s.NetworkPolicyPeer>('networkPolicy.allowFrom', network.allowFrom);
    if (access.isPrivate && network.enabled !== false)
      peers.forEach((peer, index) => {
        if (isEverybody(peer))
          this._check.report('cache-open-to-a-peer', `networkPolicy.allowFrom[${index}]`);
      });
    checkCacheImage(this._check, options.image, options.imageVersion);
    const configuration = this._check.options<RegistryConfigurationOptions>(
      'configuration',
      options.configuration,
    );
    checkRawUpstream(this._check, configuration.extra);
    // What is on an object store takes a request for each manifest, and may take hours.
    const onVolume =
      storage._kind !== 'ephemeral' &&
      storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH);
    return new RegistryDeployment(this, 'deployment', {
      ...options,
      _context,
      _upstream: access.pod,
      auth: new RegistryAuth(this, 'auth', { _context, credentials: RegistryCredentials.anonymous() }),
      storage,
      version: RegistryVersion.V3,
      resources: checkResources(this._check, 'resources', options.resources, DEFAULT_CACHE_RESOURCES),
      configuration,
      networkPolicy: options._behindRegistry
        ? {
            ...network,
            allowFrom: [...peers, registry],
          }
        : network,
      garbageCollection: {
        onStart: onVolume,
        ...this._check.options<GarbageCollectionOptions>('garbageCollection', options.garbageCollection),
      },
      metrics: options.metrics !== undefined,
    });
  }

  /** Past the registry's front, which would ask for a login. */
  private prefetch(given: unknown, _context: RegistryContext): ApiObject {
    const { upstream, deployment } = this;
    return new CachePrefetch(this, 'prefetch', {
      _context,
      cache: {
        upstream,
        address: `${this.address}:${this.service.port}`,
        pods: selectorLabels(this.objectName, Component.REGISTRY),
        podPort: deployment.port,
        networkPolicy: deployment.networkPolicy,
      },
      options: this._check.options<CachePrefetchOptions>('prefetch', given),
    }).cronJob;
  }

  /** Whoever reaches a cache gets what its login sees. */
  private openToEverybody(): Problem | undefined {
    if (!this.access.isPrivate) return undefined;
    const { networkPolicy } = this.deployment;
    if (networkPolicy?._givenPeers !== undefined) return undefined;
    return problemOf('cache-open-to-everybody', this._check.path('login'));
  }

  private notes(): string {
    const { objectName, upstream, upstreamUrl, namespace, url } = this;
    const kubectl = kubectlIn(namespace);
    const title = `The cache "${objectName}" of ${upstream}`;
    const where = this.served
      ? `Fetches from ${upstreamUrl}. Its images begin with ${this.served()}/`
      : `Fetches from ${upstreamUrl}. In the cluster it is ${url}`;
    return [
      title,
      '='.repeat(title.length),
      '',
      where,
      '',
      `${kubectl} rollout status deployment/${objectName}`,
      '',
      'While the upstream is away or refuses the login, images that are not cached are answered with 404. Its log has',
      'the reason:',
      `${kubectl} logs deployment/${objectName}`,
      '',
      ...this.prefetchNotes(kubectl),
    ].join('\n');
  }

  private prefetchNotes(kubectl: string): string[] {
    if (this.prefetchCronJob === undefined) return [];
    const { name } = this.prefetchCronJob;
    return [
      'Fetch the images of its schedule now, and see what happens:',
      ...runNow(kubectl, name, 'prefetch'),
      '',
    ];
  }
}

/** The registry that serves it, and where both are reached. */
interface ServingRegistry {
  readonly front: RegistryFront;
  readonly pullAddress: () => string;
  readonly addresses: readonly string[];
}

const DEFAULT_SIZE = Size.gibibytes(20);
/** A cache takes some 50 MiB. */
export const DEFAULT_CACHE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
};
/** Ids of the parts with options of their own. */
const OWN_OPTIONS = ['storage', 'service', 'metrics', 'prefetch', 'alerts'];
