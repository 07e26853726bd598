// A bucket on Amazon S3, or on a server with the S3 API: MinIO, Ceph, Garage, Cloudflare R2, …
import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { Version } from '../distribution/version';
import { DEFAULT_IMAGE } from '../distribution/versions';
import { toAddress, toPort, toUrl } from '../network/egress-rules';
import { StorageContext, StorageDriver } from './driver';
import { fileVolume } from './object-store-credentials';
import { checkUrl, METADATA_SERVER, withoutSlash } from './object-store-endpoint';
import { checkChunk, checkPrefix } from './object-store-options';
import { S3Credentials, s3Variables } from './s3-credentials';

/** S3 storage classes. Distribution 2.8 supports STANDARD, REDUCED_REDUNDANCY and NONE only. */
export enum S3StorageClass {
  /** No class is requested: the server's own default. */
  NONE = 'NONE',
  /** Amazon's default. */
  STANDARD = 'STANDARD',
  /** Lower durability. */
  REDUCED_REDUNDANCY = 'REDUCED_REDUNDANCY',
  /** For infrequently accessed objects. */
  STANDARD_IA = 'STANDARD_IA',
  /** For infrequently accessed objects, in one zone only. */
  ONEZONE_IA = 'ONEZONE_IA',
  /** Moved between tiers by access frequency. */
  INTELLIGENT_TIERING = 'INTELLIGENT_TIERING',
  /** On Outposts. */
  OUTPOSTS = 'OUTPOSTS',
  /** Archived, with instant retrieval. */
  GLACIER_IR = 'GLACIER_IR',
  /** One zone, fast. */
  EXPRESS_ONEZONE = 'EXPRESS_ONEZONE',
}

/** Options of a bucket. */
export interface S3Options {
  /** Name of the bucket, which exists. Several registries can share one, each under its own prefix. */
  readonly bucket: string;

  /**
   * The bucket's region, e.g. `eu-central-1`.
   *
   * @default "us-east-1" with an `endpoint` that is not Amazon's; else it must be given
   * @see https://distribution.github.io/distribution/storage-drivers/s3/
   */
  readonly region?: string;

  /**
   * Address of an S3 server other than Amazon's, e.g. `https://minio.example.com` or
   * `http://minio.minio.svc:9000`. By default the bucket is then in the path, no storage class is requested,
   * and blobs go through the registry (`redirect: false`), since clients may not reach the server. The
   * NetworkPolicy allows egress to the address' port, or for a Service of the cluster to the pods of its
   * namespace; if the address routes back into the cluster through a load balancer, add the port of the pods
   * behind it to `networkPolicy.allowTo`.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;

  /**
   * Whether the bucket is in the path of URLs instead of the host name. Distribution 2.8 always does so with
   * an endpoint.
   *
   * @default - true with an `endpoint`, else false
   * @see https://distribution.github.io/distribution/storage-drivers/s3/
   */
  readonly pathStyle?: boolean;

  /**
   * Prefix of all object names, e.g. `team/registry`.
   *
   * @default - none: the registry's own `docker/registry/v2/…`
   * @see https://distribution.github.io/distribution/storage-drivers/s3/
   */
  readonly prefix?: string;

  /**
   * Whether the server encrypts objects at rest.
   *
   * @default - true with `kmsKeyId`, else false: the bucket's own setting
   */
  readonly encrypt?: boolean;

  /**
   * The AWS KMS key to encrypt with: an id, an ARN or an alias.
   *
   * @default - S3's own key
   */
  readonly kmsKeyId?: string;

  /**
   * The storage class of objects.
   *
   * @default S3StorageClass.STANDARD, or NONE with an `endpoint`
   * @see https://aws.amazon.com/s3/storage-classes/
   */
  readonly storageClass?: S3StorageClass;

  /**
   * Size of the parts in which blobs are uploaded, from 5 MiB to 5 GiB. Each upload needs as much memory, and
   * a blob has at most 10,000 parts.
   *
   * @default Size.mebibytes(10)
   * @see https://distribution.github.io/distribution/storage-drivers/s3/
   */
  readonly chunkSize?: Size;

  /**
   * Whether to skip verification of the server's certificate. Prefer giving its CA.
   *
   * @default false
   */
  readonly skipVerify?: boolean;

  /**
   * The CA of the server's certificate, in PEM. Public CAs stay trusted.
   *
   * @default - public CAs only
   */
  readonly ca?: string;

  /**
   * A Secret that exists in the registry's namespace, with the CA of the server's certificate. Default key:
   * `ca.crt`.
   *
   * @default - public CAs only
   */
  readonly caSecret?: SecretKeyRef;

  /**
   * The keys. Required for servers other than Amazon's.
   *
   * @default S3Credentials.none()
   */
  readonly credentials?: S3Credentials;
}

const MEBIBYTE = 1024;
/** The address from which a pod gets its identity on EKS. */
const POD_IDENTITY_AGENT = '169.254.170.23';
const CA_PATH = '/storage-ca';

/** A bucket. */
export function s3(context: StorageContext, given: S3Options): StorageDriver {
  const { check } = context;
  const options = check.options<S3Options>('options', given);
  const endpoint = checkUrl(check, 'endpoint', options.endpoint, 'https://minio.example.com');
  const amazon = options.endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(endpoint?.hostname ?? '');
  const bucket = checkBucket(check, options.bucket, amazon);
  const region = checkRegion(check, options.region, amazon);
  const keys = checkCredentials(context, options, amazon);
  const pathStyle = check.boolean('pathStyle', options.pathStyle, options.endpoint !== undefined);
  const prefix = checkPrefix(check, options.prefix);
  const encryption = checkEncryption(check, options);
  const storageClass = checkClass(check, options.storageClass, amazon);
  const chunkSize = checkChunk(check, options.chunkSize, {
    min: 5 * MEBIBYTE,
    max: 5 * MEBIBYTE ** 2,
    of: 'S3',
  });
  const skipVerify = check.boolean('skipVerify', options.skipVerify, false);
  const trust = checkCa(context, options, endpoint);
  const configured = {
    bucket,
    region,
    ...(endpoint && {
      regionendpoint: withoutSlash(endpoint),
      ...(endpoint.protocol === 'http:' && { secure: false }),
    }),
    ...(prefix !== undefined && { rootdirectory: `/${prefix}` }),
    ...encryption,
    ...(storageClass !== undefined && { storageclass: storageClass }),
    ...(chunkSize !== undefined && { chunksize: chunkSize }),
    ...(skipVerify && { skipverify: true }),
  };
  return {
    name: 'S3',
    location: locationOf(amazon ? undefined : endpoint, bucket, prefix),
    shared: true,
    redirect: amazon,
    config: (version) => {
      checkVersion(check, options, { version, pathStyle, keys: keys !== undefined });
      return { s3: { ...configured, ...(pathStyle && version.s3.pathStyle && { forcepathstyle: true }) } };
    },
    env: [...(keys?.env ?? []), ...trust.env],
    volumes: trust.volumes,
    mounts: trust.mounts,
    egress: [
      endpoint ? toUrl(endpoint) : toPort(443),
      // Without keys, the driver asks for an identity.
      ...(keys
        ? []
        : [
            ...(endpoint ? [toPort(443)] : []),
            toAddress(METADATA_SERVER, 80),
            toAddress(POD_IDENTITY_AGENT, 80),
          ]),
    ],
    secrets: [...(keys?.secrets ?? []), ...trust.texts],
  };
}

/** Bucket names are unique on Amazon S3. */
function locationOf(endpoint: URL | undefined, bucket: string, prefix: string | undefined): string {
  const server = endpoint === undefined ? '' : ` of ${endpoint.host.replace(/\.cluster\.local(?=:|$)/, '')}`;
  return `the bucket "${bucket}"${server}${prefix === undefined ? '' : ` under "${prefix}"`}`;
}

function checkBucket(check: Check, given: unknown, amazon: boolean): string {
  if (given === undefined || given === '') {
    check.report('bucket-missing', 'bucket');
    return 'registry-images';
  }
  const accepts = amazon ? /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/ : /^[A-Za-z0-9][\w.-]*$/;
  const code = amazon ? 'not-an-amazon-bucket' : 'not-an-s3-bucket';
  return check.string('bucket', given, 'registry-images', (text) => accepts.test(text), code);
}

function checkRegion(check: Check, given: unknown, amazon: boolean): string {
  if (!amazon) return check.singleLine('region', given, 'us-east-1', 'us-east-1');
  if (given === undefined) {
    check.report('region-missing', 'region');
  }
  return check.string(
    'region',
    given,
    'eu-central-1',
    (text) => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text),
    'not-an-amazon-region',
  );
}

function checkCredentials(
  context: StorageContext,
  options: S3Options,
  amazon: boolean,
): ReturnType<typeof s3Variables> {
  const { check } = context;
  const example = 'S3Credentials.keys({ accessKeyId: "...", secretAccessKey: "..." })';
  const credentials = check.instance(
    'credentials',
    options.credentials,
    S3Credentials,
    S3Credentials.none(),
    example,
  );
  const keys = s3Variables(context, credentials);
  if (!keys && !amazon) {
    check.report('s3-keys-missing', 'credentials');
  }
  return keys;
}

function checkEncryption(check: Check, options: S3Options): { encrypt?: true; keyid?: string } {
  const encrypt = check.boolean('encrypt', options.encrypt, options.kmsKeyId !== undefined);
  const keyid =
    options.kmsKeyId === undefined
      ? undefined
      : check.singleLine('kmsKeyId', options.kmsKeyId, 'alias/registry', 'alias/registry');
  if (keyid !== undefined && !encrypt) {
    check.report('kms-key-without-encryption', 'kmsKeyId', { value: keyid });
  }
  return encrypt ? { encrypt: true, ...(keyid !== undefined && { keyid }) } : {};
}

function checkClass(
  check: Check,
  given: S3StorageClass | undefined,
  amazon: boolean,
): S3StorageClass | undefined {
  if (given === undefined) return amazon ? undefined : S3StorageClass.NONE;
  return check.enum('storageClass', given, S3StorageClass.STANDARD, Object.values(S3StorageClass));
}

interface Trust {
  readonly env: k8s.EnvVar[];
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
  readonly texts: string[];
}

/**
 * The driver has no setting for a CA, and panics with AWS_CA_BUNDLE, so Go's own variable is used. The folder
 * of public CAs is read in addition.
 */
function checkCa(
  context: StorageContext,
  { ca, caSecret, skipVerify }: S3Options,
  endpoint: URL | undefined,
): Trust {
  const { check, registryName } = context;
  const none: Trust = { env: [], volumes: [], mounts: [], texts: [] };
  const given = [ca !== undefined && 'ca', caSecret !== undefined && 'caSecret'].filter(
    (name) => name !== false,
  );
  const [property] = given;
  if (property === undefined) return none;
  if (given.length > 1) check.report('ca-given-twice', 'caSecret');
  if (skipVerify === true) check.report('ca-not-used', property);
  if (endpoint?.protocol !== 'https:') {
    check.report('ca-without-https', property, { property });
  }
  const files = (source: { secret?: string; configMap?: string }, key: string): Trust => ({
    env: [{ name: 'SSL_CERT_FILE', value: `${CA_PATH}/ca.crt` }],
    volumes: [fileVolume('storage-ca', source, key, 'ca.crt')],
    mounts: [{ name: 'storage-ca', mountPath: CA_PATH, readOnly: true }],
    texts: ca === undefined ? [] : [String(ca)],
  });
  if (caSecret !== undefined) {
    const { name, key } = checkSecretKeyRef(check, 'caSecret', caSecret, 'ca.crt');
    return files({ secret: name }, key);
  }
  const configMap = `${registryName}-s3-ca`;
  if (typeof ca !== 'string' || !/^-----BEGIN CERTIFICATE-----$/m.test(ca))
    check.report('s3-ca-not-pem', 'ca');
  else if (/PRIVATE KEY-----/.test(ca)) check.report('private-key-in-ca', 'ca');
  else context.add('ca', { name: configMap }, k8s.KubeConfigMap.manifest({ data: { 'ca.crt': ca } }));
  // Also where it is refused, so that names of other volumes are judged alike.
  return files({ configMap }, 'ca.crt');
}

/** Reports options that the version does not support. */
function checkVersion(
  check: Check,
  { endpoint, storageClass }: S3Options,
  { version, pathStyle, keys }: { version: Version; pathStyle: boolean; keys: boolean },
): void {
  const { name, s3: known } = version;
  if (!keys && !known.serviceAccounts) {
    check.report('service-account-unknown-to-version', 'credentials', {
      version: name,
      ...DEFAULT_IMAGE,
    });
  }
  if (storageClass !== undefined && known.storageClasses && !known.storageClasses.includes(storageClass)) {
    check.report('storage-class-unknown-to-version', 'storageClass', {
      value: storageClass,
      version: name,
      classes: known.storageClasses.join(', '),
      ...DEFAULT_IMAGE,
    });
  }
  if (!known.pathStyle && pathStyle !== (endpoint !== undefined)) {
    check.report('path-style-unknown-to-version', 'pathStyle', {
      value: pathStyle,
      version: name,
      with: endpoint === undefined ? 'without' : 'with',
      ...DEFAULT_IMAGE,
    });
  }
}
