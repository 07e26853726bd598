// Storage middlewares, which determine where clients are redirected for blobs.
import { Duration } from 'cdk8s';
import { isPullAddress } from '../core/addresses';
import { Check } from '../core/check';
import { isIpv4 } from '../core/formats';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { Version } from '../distribution/version';
import { DEFAULT_IMAGE } from '../distribution/versions';
import { toPort } from '../network/egress-rules';
import { PodAdditions, StorageContext, StorageDriver } from './driver';
import { fileVolume } from './object-store-credentials';
import { checkUrl, withoutSlash } from './object-store-endpoint';

/** Clients that are not redirected to CloudFront. */
export enum CloudFrontFilter {
  /** All clients use CloudFront. */
  NONE = 'none',
  /** Clients on AWS go to S3 directly. */
  AWS = 'aws',
  /** Clients on AWS in some regions go to S3 directly. */
  AWS_REGION = 'awsregion',
}

/** Options of a CloudFront distribution in front of a bucket. */
export interface CloudFrontOptions {
  /** The distribution's address, e.g. `https://d111111abcdef8.cloudfront.net`. */
  readonly baseUrl: string;

  /** Id of the key pair, or of the public key, that the distribution trusts. */
  readonly keyPairId: string;

  /**
   * The private key, in PEM, beginning with `-----BEGIN RSA PRIVATE KEY-----`; it ends up in a Secret of
   * these manifests.
   *
   * @default - that of `privateKeySecret`
   */
  readonly privateKey?: string;

  /**
   * A Secret that exists in the registry's namespace, with the private key. When it changes, restart the
   * registry. Default key: `private-key.pem`.
   *
   * @default - `privateKey`
   */
  readonly privateKeySecret?: SecretKeyRef;

  /**
   * How long a signed URL is valid, 1 second or more.
   *
   * @default Duration.minutes(20)
   */
  readonly duration?: Duration;

  /**
   * Clients that are not redirected to it.
   *
   * @default CloudFrontFilter.NONE
   * @see https://distribution.github.io/distribution/about/configuration/#cloudfront
   */
  readonly filter?: CloudFrontFilter;

  /**
   * The regions whose clients go to S3 directly, for AWS_REGION.
   *
   * @default - none
   */
  readonly regions?: string[];

  /**
   * How often AWS's list of IP ranges is read, 1 second or more, for AWS and AWS_REGION. Distribution 3.x
   * only: 2.8 uses it as `duration`.
   *
   * @default Duration.hours(12)
   */
  readonly updateFrequency?: Duration;
}

/** Options of a server in front of the storage. */
export interface RedirectMiddlewareOptions {
  /**
   * Address of a server that has the storage's files, e.g. `https://cdn.example.com`. A path in it requires
   * Distribution 3.x.
   */
  readonly baseUrl: string;
}

/** Changes to the storage's URLs. */
export interface RewriteMiddlewareOptions {
  /**
   * The host to redirect clients to, e.g. that of a CDN.
   *
   * @default - the storage's own
   */
  readonly host?: string;

  /**
   * The scheme, `https` or `http`.
   *
   * @default - the storage's own
   */
  readonly scheme?: string;

  /**
   * The prefix to remove from paths, e.g. `/container`.
   *
   * @default - nothing
   */
  readonly trimPathPrefix?: string;
}

/** A validated middleware. */
export interface BoundMiddleware extends PodAdditions {
  readonly name: string;
  options(version: Version): { [key: string]: unknown };
}

type BindMiddleware = (context: StorageContext, storage: StorageDriver) => BoundMiddleware;

/**
 * A middleware between the registry and its storage.
 *
 * @example
 * const cloudFront = StorageMiddleware.cloudFront({
 *   baseUrl: 'https://d111111abcdef8.cloudfront.net',
 *   keyPairId: 'K2JCJMDEHXQW5F',
 *   privateKeySecret: { secret: Secret.fromSecretName(chart, 'cdn', 'cloudfront-key') },
 * });
 * const backend = StorageBackend.s3({ bucket: 'team-images', region: 'eu-central-1' });
 * new Registry(chart, 'registry', { storage: { backend, middleware: [cloudFront] } });
 */
export class StorageMiddleware {
  /**
   * Redirects clients to CloudFront, with signed URLs, for the blobs of a bucket on S3.
   *
   * @param options the distribution and its key
   */
  public static cloudFront(options: CloudFrontOptions): StorageMiddleware {
    return new StorageMiddleware((context, storage) => cloudFront(context, storage, options));
  }

  /**
   * Redirects clients to a custom server for blobs, unsigned: it must do its own access control.
   *
   * @param options the server
   */
  public static redirect(options: RedirectMiddlewareOptions): StorageMiddleware {
    return new StorageMiddleware((context) => redirect(context, options));
  }

  /**
   * Changes the URLs that the storage redirects clients to, e.g. to those of a CDN in front of it.
   * Distribution 3.x only.
   *
   * @param options the changes
   */
  public static rewrite(options: RewriteMiddlewareOptions): StorageMiddleware {
    return new StorageMiddleware((context) => rewrite(context, options));
  }

  private constructor(
    /** @internal */
    public readonly _bind: BindMiddleware,
  ) {}
}

const KEY_PATH = '/cloudfront';
const KEY_FILE = 'private-key.pem';

function cloudFront(
  context: StorageContext,
  storage: StorageDriver,
  given: CloudFrontOptions,
): BoundMiddleware {
  const { check } = context;
  const options = check.options<CloudFrontOptions>('options', given);
  if (storage.name !== 'S3') {
    check.report('cloudfront-without-s3', 'props', { storage: storage.name });
  }
  const baseUrl = checkUrl(check, 'baseUrl', options.baseUrl ?? '', 'https://d111111abcdef8.cloudfront.net');
  const keyPairId = check.singleLine(
    'keyPairId',
    options.keyPairId ?? '',
    'K2JCJMDEHXQW5F',
    'K2JCJMDEHXQW5F',
  );
  const filter = check.enum('filter', options.filter, CloudFrontFilter.NONE, Object.values(CloudFrontFilter));
  const regions = check.list<string>('regions', options.regions);
  if (filter === CloudFrontFilter.AWS_REGION && regions.length === 0) {
    check.report('no-regions', 'regions');
  }
  const duration = seconds(check, 'duration', options.duration);
  const frequency = seconds(check, 'updateFrequency', options.updateFrequency);
  const { privateKeySecret } = options;
  const existing =
    privateKeySecret === undefined
      ? undefined
      : checkSecretKeyRef(check, 'privateKeySecret', privateKeySecret, KEY_FILE);
  const pem = existing ? undefined : checkPrivateKey(check, options.privateKey);
  const secret = existing?.name ?? context.addSecret('cloudfront', { [KEY_FILE]: pem ?? '' });
  return {
    name: 'cloudfront',
    options: (version) => {
      if (frequency !== undefined && !version.middleware.updateFrequency) {
        check.report('update-frequency-unknown-to-version', 'updateFrequency', {
          version: version.name,
          ...DEFAULT_IMAGE,
        });
      }
      return {
        baseurl: baseUrl ? withoutSlash(baseUrl) : '',
        privatekey: `${KEY_PATH}/${KEY_FILE}`,
        keypairid: keyPairId,
        ...(duration !== undefined && { duration: `${duration}s` }),
        ...(filter !== CloudFrontFilter.NONE && { ipfilteredby: filter }),
        ...(filter === CloudFrontFilter.AWS_REGION && { awsregion: regions.join(',') }),
        ...(frequency !== undefined && { updatefrequency: `${frequency}s` }),
      };
    },
    volumes: [fileVolume('cloudfront', { secret }, existing?.key ?? KEY_FILE, KEY_FILE)],
    mounts: [{ name: 'cloudfront', mountPath: KEY_PATH, readOnly: true }],
    // AWS's list of IP ranges.
    egress: filter === CloudFrontFilter.NONE ? [] : [toPort(443)],
    secrets: pem === undefined ? [] : [pem],
  };
}

function redirect({ check }: StorageContext, given: RedirectMiddlewareOptions): BoundMiddleware {
  const options = check.options<RedirectMiddlewareOptions>('options', given);
  const baseUrl = checkUrl(check, 'baseUrl', options.baseUrl ?? '', 'https://cdn.example.com');
  return {
    name: 'redirect',
    options: (version) => {
      if (baseUrl && baseUrl.pathname !== '/' && !version.middleware.redirectPath) {
        check.report('base-url-path-unknown-to-version', 'baseUrl', {
          value: options.baseUrl,
          version: version.name,
          origin: baseUrl.origin,
          ...DEFAULT_IMAGE,
        });
      }
      return { baseurl: baseUrl ? withoutSlash(baseUrl) : '' };
    },
  };
}

function rewrite({ check }: StorageContext, given: RewriteMiddlewareOptions): BoundMiddleware {
  const options = check.options<RewriteMiddlewareOptions>('options', given);
  const { host, trimPathPrefix } = options;
  const scheme =
    options.scheme === undefined
      ? undefined
      : check.enum('scheme', options.scheme, 'https', ['https', 'http']);
  return {
    name: 'rewrite',
    options: (version) => {
      if (!version.middleware.rewrite) {
        check.report('rewrite-unknown-to-version', 'props', {
          version: version.name,
          ...DEFAULT_IMAGE,
        });
      }
      return {
        ...(scheme !== undefined && { scheme }),
        ...(host !== undefined && {
          host: check.string(
            'host',
            host,
            'cdn.example.com',
            (text) => isPullAddress(text) && !isIpv4(text.split(':')[0] ?? ''),
            'not-a-middleware-host',
          ),
        }),
        ...(trimPathPrefix !== undefined && {
          trimpathprefix: check.string(
            'trimPathPrefix',
            trimPathPrefix,
            '/registry',
            (text) => /^\/\S+$/.test(text),
            'not-a-path-prefix',
          ),
        }),
      };
    },
  };
}

/** The middleware reads only this format. No message shows the key. */
function checkPrivateKey(check: Check, pem: unknown): string {
  if (typeof pem === 'string' && /^-----BEGIN RSA PRIVATE KEY-----$/m.test(pem)) return pem;
  const [what, instead] =
    typeof pem === 'string' && /^-----BEGIN PRIVATE KEY-----$/m.test(pem)
      ? [
          'is in the format PKCS#8, which the registry does not read',
          'convert it by: openssl rsa -traditional -in key.pem',
        ]
      : pem === undefined
        ? ['is missing', 'write the key, or privateKeySecret']
        : [
            'is not a private RSA key as PEM',
            'write the content of a file that begins with -----BEGIN RSA PRIVATE KEY-----',
          ];
  check.report('private-key-not-usable', 'privateKey', { what, instead });
  return '';
}

function seconds(check: Check, property: string, given: unknown): number | undefined {
  const value = check
    .instance(property, given, Duration, undefined, 'Duration.minutes(20)')
    ?.toSeconds({ integral: false });
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  check.report('duration-not-in-seconds', property, { value: `${value} s`, example: 'Duration.minutes(20)' });
  return undefined;
}
