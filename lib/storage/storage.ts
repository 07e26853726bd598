// The registry's storage: a backend (backend.ts lists them), middlewares, and the storage section of
// config.yml.

import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Check } from '../core/check';
import { slowDigestOf } from '../core/checksum';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { secretManifest } from '../core/secret-manifest';
import { Version } from '../distribution/version';
import { StorageBackend } from './backend';
import { DescriptorCache } from './descriptor-cache';
import { BoundDescriptorCache, PodAdditions, StorageContext, StorageDriver, StoragePod } from './driver';
import { checkHealth, StorageHealthOptions } from './health-check';
import { BoundMiddleware, StorageMiddleware } from './middleware';
import { checkUploadPurging, UploadPurgingOptions } from './upload-purging';

/** How images are stored. */
export interface RegistryStorageOptions {
  /**
   * Where images are stored.
   *
   * @default StorageBackend.newClaim()
   */
  readonly backend?: StorageBackend;

  /**
   * Whether clients may delete images. Blobs of deleted images use space until garbage collection.
   *
   * @default false
   * @see https://distribution.github.io/distribution/about/configuration/#delete
   */
  readonly deletion?: boolean;

  /**
   * Whether pushes and deletions are refused, for a backup or a migration.
   *
   * @default false
   * @see https://distribution.github.io/distribution/about/configuration/#readonly
   */
  readonly readOnly?: boolean;

  /**
   * Whether clients are redirected to the object store for blobs, with signed URLs that are valid for 20
   * minutes. That takes load off the registry, but clients must reach the store and trust its certificate.
   *
   * @default - true for Amazon S3, Azure, Swift, for Google where the account can sign, and with
   * `middleware`; else false
   * @see https://distribution.github.io/distribution/about/configuration/#redirect
   */
  readonly redirect?: boolean;

  /**
   * Storage middlewares, such as CloudFront, applied in order; the last is outermost.
   *
   * @default - none
   * @see https://distribution.github.io/distribution/about/configuration/#middleware
   */
  readonly middleware?: StorageMiddleware[];

  /**
   * How incomplete uploads are purged.
   *
   * @default - after 24 hours
   * @see https://distribution.github.io/distribution/about/configuration/#uploadpurging
   */
  readonly uploadPurging?: UploadPurgingOptions;

  /**
   * Health checks of the storage.
   *
   * @default - every 10 seconds
   * @see https://distribution.github.io/distribution/about/configuration/#health
   */
  readonly health?: StorageHealthOptions;

  /**
   * Where the registry remembers descriptors of blobs. A pull of ten layers takes 13 calls to an object store instead of 92.
   * Several replicas with deletion need one that all of them share.
   *
   * @default - none: the storage is asked each time
   * @see https://distribution.github.io/distribution/about/configuration/#cache
   */
  readonly descriptorCache?: DescriptorCache;
}

/** Props of `RegistryStorage`. */
export interface RegistryStorageProps extends RegistryPartProps, RegistryStorageOptions {}

/**
 * The registry's storage: a volume, or a bucket.
 *
 * @example
 * const storage = new RegistryStorage(chart, 'storage', {
 *   backend: StorageBackend.newClaim({ size: Size.gibibytes(50) }),
 *   deletion: true,
 *   uploadPurging: { age: Duration.days(2) },
 * });
 * new RegistryDeployment(chart, 'deployment', { auth: new RegistryAuth(chart, 'auth'), storage });
 */
export class RegistryStorage extends RegistryPart {
  /** Whether clients may delete images. */
  public readonly deletion: boolean;
  /** Whether pushes and deletions are refused. */
  public readonly readOnly: boolean;
  /** Whether several pods can use the storage at once. */
  public readonly shared: boolean;
  /** Name of the claim, where there is one. */
  public readonly claimName?: string;
  /** The claim, where this library creates it. */
  public readonly claim?: ApiObject;
  /** The storage's name in messages, e.g. `ReadWriteOnce`. @internal */
  public readonly _kind: string;
  /**
   * The location of images, as in `usesStorage` (app/storage-conflicts.ts), if another registry can use the
   * same one. @internal
   */
  public readonly _location?: string;
  /** Where blob descriptors are cached, if anywhere. @internal */
  public readonly _descriptorCache?: BoundDescriptorCache;
  /** Additions to the registry's pod. @internal */
  public readonly _pod: Required<PodAdditions>;

  /** The constructs whose pods use it. @internal */
  public readonly _users: RegistryPart[] = [];

  /** The property that names the backend, as messages show it. @internal */
  public readonly _property: string;

  private readonly driver: StorageDriver;
  private readonly middleware: readonly BoundMiddleware[];
  private readonly redirect?: boolean;
  private readonly maintenance: { [key: string]: unknown };
  private readonly health: { [key: string]: unknown };
  private digest?: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props where images are stored
   */
  constructor(scope: Construct, id: string, props: RegistryStorageProps = {}) {
    super(scope, id, props);
    const check = this._check;
    const checked = check.options<RegistryStorageProps>('props', props);
    this.deletion = check.boolean('deletion', checked.deletion, false);
    this.readOnly = check.boolean('readOnly', checked.readOnly, false);
    const example = 'StorageBackend.newClaim({ size: Size.gibibytes(10) })';
    const backend = check.instance(
      'backend',
      checked.backend,
      StorageBackend,
      StorageBackend.newClaim(),
      example,
    );
    this._property = check.path('backend');
    // Calls e.g. newClaim() in claims.ts, which adds the claim.
    this.driver = backend._bind(this.context(check.at('backend')));
    this.middleware = check.list<unknown>('middleware', checked.middleware).flatMap((given, index) => {
      const middleware = check.instance(
        `middleware[${index}]`,
        given,
        StorageMiddleware,
        undefined,
        'StorageMiddleware.redirect(...)',
      );
      return middleware ? [middleware._bind(this.context(check.at('middleware')), this.driver)] : [];
    });
    this._descriptorCache = check
      .instance(
        'descriptorCache',
        checked.descriptorCache,
        DescriptorCache,
        undefined,
        'DescriptorCache.valkey()',
      )
      ?._bind(this, check.at('descriptorCache'));
    this.redirect =
      checked.redirect === undefined ? undefined : check.boolean('redirect', checked.redirect, false);
    this.maintenance = {
      uploadpurging: checkUploadPurging(check, checked.uploadPurging),
      ...(this.readOnly && { readonly: { enabled: true } }),
    };
    this.health = checkHealth(check, checked.health);
    const { name, shared, claim, claimName, location } = this.driver;
    this.shared = shared;
    this.claim = claim;
    this.claimName = claimName;
    this._kind = name;
    this._location = location;
    const sources: PodAdditions[] = [this.driver, ...this.middleware, this._descriptorCache ?? {}];
    this._pod = {
      volumes: sources.flatMap(({ volumes = [] }) => volumes),
      mounts: sources.flatMap(({ mounts = [] }) => mounts),
      env: sources.flatMap(({ env = [] }) => env),
      egress: sources.flatMap(({ egress = [] }) => egress),
      secrets: sources.flatMap(({ secrets = [] }) => secrets),
    };
  }

  /** The storage sections of config.yml. Options that the version does not support are reported. @internal */
  public _configuration(version: Version): { [part: string]: { [key: string]: unknown } } {
    const { middleware, _descriptorCache: cache } = this;
    return {
      storage: {
        ...this.driver.config(version),
        delete: { enabled: this.deletion },
        maintenance: this.maintenance,
        ...(cache && { cache: { blobdescriptor: cache.redis ? 'redis' : 'inmemory' } }),
        ...(this.redirects(version) === false && { redirect: { disable: true } }),
      },
      ...(middleware.length > 0 && {
        middleware: { storage: middleware.map(({ name, options }) => ({ name, options: options(version) })) },
      }),
      health: { storagedriver: this.health },
      ...(cache?.redis && { redis: cache.redis(version) }),
    };
  }

  /** @internal */
  public override _propertyOf(_id: string): string {
    return this._check.path('descriptorCache');
  }

  /** Containers that run as root before the registry. @internal */
  public _rootInitContainers(pod: StoragePod): k8s.Container[] {
    return this.driver.rootInitContainers?.(pod) ?? [];
  }

  /** Whether Pod Security "restricted" rejects the registry's pod because of the storage. @internal */
  public get _needsRoot(): boolean {
    return this.driver.rootInitContainers !== undefined;
  }

  /**
   * Checksum of the secrets that a running pod has read. Deliberately slow (scrypt), against brute force.
   * @internal
   */
  public _digests(): string[] {
    const { secrets } = this._pod;
    if (secrets.length === 0) return [];
    this.digest ??= slowDigestOf(
      secrets.map((text) => (typeof text === 'string' ? text : text())),
      `${this.namespace ?? ''}/${this.registryName}`,
    );
    return [this.digest];
  }

  /** Whether clients are redirected; undefined if the storage does not determine it. */
  private redirects(version: Version): boolean | undefined {
    const { redirect, middleware, driver } = this;
    if (middleware.length > 0) {
      if (redirect === false) this._check.report('redirect-off-with-middleware', 'redirect');
      return true;
    }
    const problem = redirect ? driver.redirectProblem?.(version) : undefined;
    if (problem !== undefined) this._check.report(problem, 'redirect', { value: redirect });
    return driver.redirect === undefined ? undefined : (redirect ?? driver.redirect);
  }

  /** The context of a backend or middleware; `check` is that of its prop. */
  private context(check: Check): StorageContext {
    return {
      check,
      registryName: this.registryName,
      namespace: this.namespace,
      add: (id, { clusterScoped, ...about }, manifest) => {
        const object = this._object(id, Component.REGISTRY, about, manifest);
        // cdk8s gives every object the chart's namespace; this one is cluster-scoped.
        if (clusterScoped && object.metadata.namespace !== undefined)
          object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
        return object;
      },
      addSecret: (id, texts) => {
        const name = `${this.registryName}-${id}`;
        this._object(id, Component.REGISTRY, { name }, secretManifest(texts));
        return name;
      },
    };
  }
}
