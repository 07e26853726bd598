// User-facing settings of the registry's config.yml.
import { Duration } from 'cdk8s';

/** The registry's log level. */
export enum RegistryLogLevel {
  /** Failures only. */
  ERROR = 'error',
  /** Warnings, too. */
  WARN = 'warn',
  /** Normal events, too. */
  INFO = 'info',
  /** Details, too; costs about 30 % of the requests per second. */
  DEBUG = 'debug',
}

/** The format of the log. */
export enum RegistryLogFormat {
  /** Human-readable: key=value. */
  TEXT = 'text',
  /** For log collectors. */
  JSON = 'json',
  /** JSON with the field names that Logstash expects. */
  LOGSTASH = 'logstash',
}

/** Settings of config.yml. */
export interface RegistryConfigurationOptions {
  /**
   * The log level.
   *
   * @default RegistryLogLevel.INFO
   * @see https://distribution.github.io/distribution/about/configuration/#log
   */
  readonly logLevel?: RegistryLogLevel;

  /**
   * The format of the log.
   *
   * @default RegistryLogFormat.TEXT
   * @see https://distribution.github.io/distribution/about/configuration/#log
   */
  readonly logFormat?: RegistryLogFormat;

  /**
   * Whether to log a second line for each request, in Apache's format. It includes the kubelet's probes, six
   * a minute, which the main log omits. The main log has each request as `response completed`, on
   * Distribution 3.x with its user, while `logLevel` is info or debug.
   *
   * @default false
   * @see https://distribution.github.io/distribution/about/configuration/#accesslog
   */
  readonly accessLog?: boolean;

  /**
   * How long in-flight uploads may continue after SIGTERM, from 1 to 3600 seconds. New connections are
   * refused at once. The pod's grace period follows it.
   *
   * @default Duration.seconds(300)
   * @see https://distribution.github.io/distribution/about/configuration/#http
   */
  readonly drainTimeout?: Duration;

  /**
   * Origin of a UI on another host that may use the registry from browsers, e.g.
   * `https://images.example.com`, or `*` for all. The registry answers with the CORS headers that listing,
   * showing and, where allowed, deleting images requires. Only one origin: the registry sends the same
   * headers to all clients, and browsers refuse a response with two origins. Not allowed with authentication:
   * the registry answers a browser's preflight request with 401.
   *
   * @default - none, or the origin of the UI with `ui: { access: RegistryUIAccess.hostWithCors(...) }`
   */
  readonly corsOrigin?: string;

  /**
   * URLs from which manifests may have clients fetch layers that the registry doesn't hold, as Windows' base images
   * once did: regular expressions in Go's syntax, such as `^https://mcr[.]microsoft[.]com/`. Manifests with other
   * URLs are refused, unless the registry holds the layer.
   *
   * @default - none
   * @see https://distribution.github.io/distribution/about/configuration/#urls
   */
  readonly foreignLayerUrls?: string[];

  /**
   * Raw keys of config.yml, merged over the rendered ones map by map (lists and scalars replace; undefined is
   * omitted). Distribution 3.x silently ignores unknown keys. Keys that the rest of the manifests would not
   * follow are not allowed: `auth` beside users, a second driver in `storage`, and in `http` the registry's
   * address, its secret and its certificate. Secrets, such as passwords and keys, are not allowed either: `env`
   * sets the same keys, e.g. REGISTRY_REDIS_PASSWORD, from a Secret.
   *
   * @default - none
   * @see https://distribution.github.io/distribution/about/configuration/
   */
  readonly extra?: { [key: string]: unknown };
}
