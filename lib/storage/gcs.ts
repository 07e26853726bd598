// A bucket on Google Cloud Storage.
import { Size } from 'cdk8s';
import type { Check } from '../core/check';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { DEFAULT_IMAGE } from '../distribution/versions';
import { toAddress, toPort } from '../network/egress-rules';
import { PodAdditions, StorageContext, StorageDriver } from './driver';
import { fileVolume } from './object-store-credentials';
import { METADATA_SERVER } from './object-store-endpoint';
import { checkChunk, checkPrefix } from './object-store-options';

/** Options of a pod's own identity on Google Cloud. */
export interface GcsIdentityOptions {
  /**
   * Whether the account may sign (`iam.serviceAccounts.signBlob` on itself, e.g. by the role Service Account
   * Token Creator). Only then can clients be redirected to the bucket for blobs; otherwise blobs go through
   * the registry. Not supported by Distribution 2.8.
   *
   * @default false
   */
  readonly signing?: boolean;
}

/** Unvalidated arguments of `GcsCredentials`' factories. */
type GcsCredentialsSource =
  | { readonly kind: 'keyFile'; readonly json: string }
  | { readonly kind: 'secret'; readonly from: SecretKeyRef }
  | { readonly kind: 'identity'; readonly options: GcsIdentityOptions };

/**
 * The account with which the registry uses a bucket.
 *
 * @example
 * const credentials = GcsCredentials.workloadIdentity({ signing: true });
 * new Registry(chart, 'registry', {
 *   storage: { backend: StorageBackend.gcs({ bucket: 'team-images', credentials }) },
 *   serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'registry'),
 * });
 */
export class GcsCredentials {
  /**
   * The key file of a service account by value; it ends up in a Secret of these manifests.
   *
   * @param json the file's content
   */
  public static keyFile(json: string): GcsCredentials {
    return new GcsCredentials({ kind: 'keyFile', json });
  }

  /**
   * A Secret that exists in the registry's namespace, with the key file of a service account. When it
   * changes, restart the registry.
   *
   * @param from the Secret, and the key in it. Default key: `key.json`
   */
  public static existingSecret(from: SecretKeyRef): GcsCredentials {
    return new GcsCredentials({ kind: 'secret', from });
  }

  /**
   * No key: on GKE the identity of the pod's service account (workload identity: give the registry a
   * `serviceAccount` with the annotation `iam.gke.io/gcp-service-account`), elsewhere on Google Cloud the
   * node's.
   *
   * @param options the account's permissions
   */
  public static workloadIdentity(options: GcsIdentityOptions = {}): GcsCredentials {
    return new GcsCredentials({ kind: 'identity', options });
  }

  private constructor(
    /** @internal */
    public readonly _source: GcsCredentialsSource,
  ) {}
}

/** Options of a bucket on Google Cloud Storage. */
export interface GcsOptions {
  /** Name of the bucket, which exists. */
  readonly bucket: string;

  /**
   * Prefix of all object names, e.g. `team/registry`. Google Cloud Storage requires an existing object of
   * that name with a trailing slash.
   *
   * @default - none: the registry's own `docker/registry/v2/…`
   * @see https://distribution.github.io/distribution/storage-drivers/gcs/
   */
  readonly prefix?: string;

  /**
   * Size of the parts in which blobs are uploaded: a multiple of 256 KiB.
   *
   * @default - the gcs driver's own: 5 MiB on 2.8, 16 MiB on 3.x
   * @see https://distribution.github.io/distribution/storage-drivers/gcs/
   */
  readonly chunkSize?: Size;

  /**
   * The account.
   *
   * @default GcsCredentials.workloadIdentity()
   */
  readonly credentials?: GcsCredentials;
}

const KEY_PATH = '/storage-credentials';
const KEY_FILE = 'key.json';
/** The metadata address from which pods get their identity on GKE. */
const GKE_METADATA_SERVER = '169.254.169.252';

/** A bucket on Google Cloud Storage. */
export function gcs(context: StorageContext, given: GcsOptions): StorageDriver {
  const { check } = context;
  const options = check.options<GcsOptions>('options', given);
  if (options.bucket === undefined) {
    check.report('bucket-missing', 'bucket');
  }
  const bucket = check.string(
    'bucket',
    options.bucket,
    'registry-images',
    (text) => /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(text),
    'not-a-gcs-bucket',
  );
  const prefix = checkPrefix(check, options.prefix);
  const chunkSize = checkChunk(check, options.chunkSize, { min: 256, of: 'Google' });
  if (chunkSize !== undefined && chunkSize % (256 * 1024) !== 0) {
    check.report('chunk-not-a-multiple', 'chunkSize', { value: options.chunkSize?.asString() });
  }
  const { keyFile, signing, additions } = account(context, options.credentials);
  return {
    name: 'GCS',
    location: `the bucket "${bucket}" of Google${prefix === undefined ? '' : ` under "${prefix}"`}`,
    shared: true,
    redirect: keyFile || signing,
    config: (version) => {
      if (signing && !keyFile && !version.gcs.signsWithoutKeyFile) {
        check.at('credentials').report('signing-unknown-to-version', 'signing', {
          version: version.name,
          ...DEFAULT_IMAGE,
        });
      }
      return {
        gcs: {
          bucket,
          ...(prefix !== undefined && { rootdirectory: `/${prefix}` }),
          ...(chunkSize !== undefined && { chunksize: chunkSize }),
          ...(keyFile && { keyfile: `${KEY_PATH}/${KEY_FILE}` }),
        },
      };
    },
    redirectProblem: (version) => {
      if (keyFile || signing) return undefined;
      return version.gcs.signsWithoutKeyFile ? 'redirect-without-signing' : 'redirect-without-key-file';
    },
    ...additions,
  };
}

function account(
  context: StorageContext,
  given: unknown,
): { keyFile: boolean; signing: boolean; additions: PodAdditions } {
  const check = context.check.at('credentials');
  const example = 'GcsCredentials.workloadIdentity()';
  const source = context.check.instance(
    'credentials',
    given,
    GcsCredentials,
    GcsCredentials.workloadIdentity(),
    example,
  )._source;
  if (source.kind === 'identity') {
    const { signing } = check.options<GcsIdentityOptions>('options', source.options);
    return {
      keyFile: false,
      signing: check.boolean('signing', signing, false),
      additions: {
        egress: [toPort(443), toAddress(METADATA_SERVER, 80), toAddress(GKE_METADATA_SERVER, 988)],
      },
    };
  }
  const json = source.kind === 'keyFile' ? checkKeyFile(check, source.json) : undefined;
  const existing =
    source.kind === 'secret'
      ? checkSecretKeyRef(context.check, 'credentials', source.from, KEY_FILE)
      : undefined;
  const name = existing?.name ?? context.addSecret('gcs', { [KEY_FILE]: json ?? '' });
  return {
    keyFile: true,
    signing: true,
    additions: {
      volumes: [fileVolume('storage-credentials', { secret: name }, existing?.key ?? KEY_FILE, KEY_FILE)],
      mounts: [{ name: 'storage-credentials', mountPath: KEY_PATH, readOnly: true }],
      egress: [toPort(443)],
      secrets: json === undefined ? [] : [json],
    },
  };
}

/** The content of a key file. No message shows it. */
function checkKeyFile(check: Check, json: unknown): string {
  let file: Readonly<Record<string, unknown>> | null;
  try {
    file = JSON.parse(String(json));
  } catch {
    check.report('key-file-not-json', 'keyFile');
    return '';
  }
  const { type, client_email, private_key } = file ?? {};
  if (type === 'service_account' && typeof client_email === 'string' && typeof private_key === 'string')
    return String(json);
  check.report('not-a-key-file', 'keyFile');
  return '';
}
