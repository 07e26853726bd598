// The registry's config.yml, rendered completely for the version of the registry that runs.
import { ApiObject, Duration, Lazy, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RegistryAuth } from '../auth/auth';
import { tokenConfiguration } from '../auth/token';
import { required } from '../core/check';
import { slowDigestOf } from '../core/checksum';
import { Component } from '../core/labels';
import { type Problem, problemOf } from '../core/problem';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { RegistryVersion, Version } from '../distribution/version';
import { DEFAULT_VERSION, VERSION_NAMES, versionOf } from '../distribution/versions';
import { RegistryFront } from '../front/front';
import { BEHIND_FRONT_PORT } from '../front/front-pod';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import { CachedUpstream } from './cached-upstream';
import { RegistryConfigurationOptions, RegistryLogFormat, RegistryLogLevel } from './configuration-options';
import { checkOrigin, corsHeaders } from './cors';
import { checkExtra, merge, Tree } from './extra-configuration';
import { foreignLayers } from './foreign-layers';

/** Folder of the htpasswd file, or of the keys of tokens, in the pod. */
export const AUTH_PATH = '/auth';
/** Folder of the certificate in the pod. */
export const TLS_PATH = '/certs';
/** The port that the registry listens on. */
export const REGISTRY_PORT = 5000;
/** The metrics port's number and name, and the path on it. */
export const METRICS = { port: 5001, name: 'metrics', path: '/metrics' };

/** The registry's default limit of repositories per catalog request; it answers 400 to requests for more. */
const DEFAULT_CATALOG_LIMIT = 1000;

/** Props of `RegistryConfiguration`. */
export interface RegistryConfigurationProps extends RegistryPartProps, RegistryConfigurationOptions {
  /** Where images are stored. */
  readonly storage: RegistryStorage;

  /** The registry's users. */
  readonly auth: RegistryAuth;

  /**
   * The certificate.
   *
   * @default - no TLS in the pod
   */
  readonly tls?: RegistryTls;

  /**
   * The registry's major version.
   *
   * @default RegistryVersion.V3
   */
  readonly version?: RegistryVersion;

  /**
   * Whether metrics are served on a separate port, 5001.
   *
   * @default false
   */
  readonly metrics?: boolean;

  /**
   * The nginx before the registry, in the same pod. It checks logins and ends TLS, and the registry listens on
   * 127.0.0.1 only.
   *
   * @default - none
   */
  readonly front?: RegistryFront;

  /** The upstream that it caches. @internal */
  readonly _upstream?: CachedUpstream;
}

/**
 * The registry's config.yml in a ConfigMap.
 *
 * @example
 * new RegistryConfiguration(chart, 'configuration', {
 *   auth: new RegistryAuth(chart, 'auth'),
 *   storage: new RegistryStorage(chart, 'storage'),
 *   logLevel: RegistryLogLevel.WARN,
 *   logFormat: RegistryLogFormat.JSON,
 *   extra: { catalog: { maxentries: 5000 } },
 * });
 */
export class RegistryConfiguration extends RegistryPart {
  /** The ConfigMap. */
  public readonly configMap: ApiObject;
  /** Name of the ConfigMap. Its one key is `config.yml`. */
  public readonly configMapName: string;
  /** Folder that the ConfigMap is mounted at. */
  public readonly folder: string;
  /** How long in-flight uploads may continue after SIGTERM. */
  public readonly drainTimeout: Duration;

  private corsOrigin?: string;
  private catalogLimit = DEFAULT_CATALOG_LIMIT;
  private readonly rendered: Tree;
  private readonly extra: Tree;
  private readonly storage: RegistryStorage;
  /** Computed once, for the ConfigMap and for the checksum. */
  private text?: string;
  private digest?: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the storage, the users and the settings
   */
  constructor(scope: Construct, id: string, props: RegistryConfigurationProps) {
    super(scope, id, props);
    const version = versionOf(this._check.enum('version', props.version, DEFAULT_VERSION, VERSION_NAMES));
    this.folder = version.configFolder;
    this.drainTimeout = this.checkDrain(props.drainTimeout);
    this.corsOrigin = checkOrigin(
      this._check,
      props.corsOrigin,
      required('auth', props.auth, RegistryAuth).anonymous,
      props.front !== undefined,
    );
    if (props.auth?._verifier && !props.front)
      this._check.ofRegistry.report('verifier-without-front', 'auth');
    this.storage = required('storage', props.storage, RegistryStorage);
    this.rendered = this.render(props, version);
    this.extra = checkExtra(this._check, props.extra, this.rendered);
    this.configMapName = `${this.registryName}-config`;
    this.configMap = this._object(
      'config',
      Component.REGISTRY,
      { name: this.configMapName },
      k8s.KubeConfigMap.manifest({
        data: { 'config.yml': Lazy.any({ produce: () => this.toYaml() }) as string },
      }),
    );
  }

  /** Whether it contains user-provided values, which may include passwords. @internal */
  public get _maySayPasswords(): boolean {
    return Object.keys(this.extra).length > 0;
  }

  /** Changes whenever config.yml changes. @internal */
  public _digest(): string {
    const text = this.toYaml();
    if (!this._maySayPasswords) return text;
    this.digest ??= slowDigestOf([text], `${this.namespace ?? ''}/${this.registryName}/config.yml`);
    return this.digest;
  }

  /** The path of config.yml in the pod. */
  public get path(): string {
    return `${this.folder}/config.yml`;
  }

  /**
   * The content of config.yml.
   *
   * @returns YAML. It never contains secrets
   */
  public toYaml(): string {
    this.text ??= Yaml.stringify(this._whole);
    return this.text;
  }

  /** The library's own keys; the UI, which is created later, may add to them. @internal */
  public get _rendered(): Tree {
    return merge(this.rendered, this.uiHeaders(this.storage)) as Tree;
  }

  /** All of config.yml. @internal */
  public get _whole(): Tree {
    return merge(this._rendered, this.extra) as Tree;
  }

  /** Whether pushes and deletions are refused, also by raw keys. @internal */
  public get _readOnly(): boolean {
    const { storage } = this._whole as { storage?: { maintenance?: { readonly?: { enabled?: unknown } } } };
    return storage?.maintenance?.readonly?.enabled === true;
  }

  /** Whether deleted images stay in the memory of a pod, by raw keys. @internal */
  public get _remembersDeleted(): boolean {
    const { storage } = this._whole as {
      storage?: { cache?: Record<string, unknown>; delete?: { enabled?: unknown } };
    };
    const { blobdescriptor, layerinfo } = storage?.cache ?? {};
    return storage?.delete?.enabled === true && [blobdescriptor, layerinfo].includes('inmemory');
  }

  private render({ tls, ...props }: RegistryConfigurationProps, version: Version): Tree {
    const { storage } = this;
    const auth = required('auth', props.auth, RegistryAuth);
    const stored = storage._configuration(version);
    return {
      version: '0.1',
      log: {
        level: this._check.enum(
          'configuration.logLevel',
          props.logLevel,
          RegistryLogLevel.INFO,
          Object.values(RegistryLogLevel),
        ),
        formatter: this._check.enum(
          'configuration.logFormat',
          props.logFormat,
          RegistryLogFormat.TEXT,
          Object.values(RegistryLogFormat),
        ),
        accesslog: { disabled: !this._check.boolean('configuration.accessLog', props.accessLog, false) },
      },
      storage: stored.storage,
      ...(stored.middleware && { middleware: stored.middleware }),
      // Behind the front there is no login but by tokens, which it passes on, and none can be added.
      ...(props.front && !auth.byToken
        ? { auth: {} }
        : !auth.anonymous && { auth: authConfiguration(auth, version) }),
      http: {
        addr: props.front ? `127.0.0.1:${BEHIND_FRONT_PORT}` : `:${REGISTRY_PORT}`,
        // Responses contain no host, so that each client continues with the address that it used.
        relativeurls: true,
        draintimeout: `${this.drainTimeout.toSeconds()}s`,
        headers: { 'X-Content-Type-Options': ['nosniff'] },
        ...(tls?.inPod &&
          !props.front && {
            tls: { certificate: `${TLS_PATH}/tls.crt`, key: `${TLS_PATH}/tls.key` },
            // Over TLS, HTTP/2 transfers a big layer at two thirds of HTTP/1's speed.
            http2: { disabled: true },
          }),
        ...(this._check.boolean('metrics', props.metrics, false) && {
          debug: { addr: `:${METRICS.port}`, prometheus: { enabled: true, path: METRICS.path } },
        }),
      },
      health: stored.health,
      ...foreignLayers(this._check, props.foreignLayerUrls),
      ...(stored.redis && { redis: stored.redis }),
      ...(props._upstream && { proxy: props._upstream.proxy }),
    };
  }

  /**
   * Allows a UI on another host to use the registry from browsers.
   *
   * @returns why that is not possible, or undefined
   * @internal
   */
  public _allowOrigin(origin: string): Problem | undefined {
    this.corsOrigin ??= origin;
    this.text = undefined;
    if (this.corsOrigin === origin || this.corsOrigin === '*') return undefined;
    return problemOf('cors-origin-of-another-ui', 'configuration.corsOrigin', {
      value: this.corsOrigin,
      origin,
    });
  }

  /** Allows the UI to request that many repositories at once. @internal */
  public _allowCatalog(limit: number | undefined): void {
    this.catalogLimit = Math.max(this.catalogLimit, limit ?? 0);
    this.text = undefined;
  }

  /** Further settings that UIs need. */
  private uiHeaders({ deletion, readOnly }: RegistryStorage): object {
    return {
      ...(this.corsOrigin !== undefined && {
        http: { headers: corsHeaders(this.corsOrigin, deletion && !readOnly) },
      }),
      ...(this.catalogLimit > DEFAULT_CATALOG_LIMIT && { catalog: { maxentries: this.catalogLimit } }),
    };
  }

  private checkDrain(given: Duration | undefined): Duration {
    const fallback = Duration.seconds(300);
    const drain = this._check.instance(
      'configuration.drainTimeout',
      given,
      Duration,
      fallback,
      'Duration.seconds(300)',
    );
    const seconds = drain.toSeconds({ integral: false });
    if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) return drain;
    this._check.report('drain-timeout-not-in-range', 'configuration.drainTimeout', { value: `${seconds} s` });
    return fallback;
  }
}

function authConfiguration(auth: RegistryAuth, version: Version): object {
  const { realm, secretKey, _tokens: tokens, _context: context } = auth;
  return tokens
    ? { token: tokenConfiguration(tokens, version, { folder: AUTH_PATH, host: context.host }) }
    : { htpasswd: { realm, path: `${AUTH_PATH}/${secretKey}` } };
}
