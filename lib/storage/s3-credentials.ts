// The keys with which the registry uses a bucket.
import { ISecret, k8s } from 'cdk8s-plus-27';
import { StorageContext } from './driver';
import { checkSecret, fromSecret } from './object-store-credentials';

/** A pair of S3 keys. */
export interface S3Keys {
  /** The access key, e.g. `AKIAIOSFODNN7EXAMPLE`. */
  readonly accessKeyId: string;

  /** The secret key. It is written into a Secret of the registry. */
  readonly secretAccessKey: string;
}

/** A pair of S3 keys in an existing Secret. */
export interface S3SecretKeys {
  /** The Secret, e.g. `Secret.fromSecretName(this, 'bucket', 's3-keys')`, in the registry's namespace. */
  readonly secret: ISecret;

  /**
   * The Secret's key that holds the access key.
   *
   * @default "AWS_ACCESS_KEY_ID"
   */
  readonly accessKeyIdKey?: string;

  /**
   * The Secret's key that holds the secret key.
   *
   * @default "AWS_SECRET_ACCESS_KEY"
   */
  readonly secretAccessKeyKey?: string;
}

/** Unvalidated arguments of `S3Credentials`' factories. */
type S3CredentialsSource =
  | { readonly kind: 'keys'; readonly keys: S3Keys }
  | { readonly kind: 'secret'; readonly from: S3SecretKeys }
  | { readonly kind: 'none' };

/**
 * The keys with which the registry uses a bucket.
 *
 * @example
 * const backend = StorageBackend.s3({
 *   bucket: 'images',
 *   endpoint: 'https://minio.example.com',
 *   credentials: S3Credentials.existingSecret({ secret: Secret.fromSecretName(chart, 'keys', 'minio-keys') }),
 * });
 * new Registry(chart, 'registry', { storage: { backend } });
 */
export class S3Credentials {
  /**
   * Keys by value; they end up in a Secret of these manifests.
   *
   * @param keys the pair of keys
   */
  public static keys(keys: S3Keys): S3Credentials {
    return new S3Credentials({ kind: 'keys', keys });
  }

  /**
   * A Secret that exists in the registry's namespace. When its keys change, restart the registry.
   *
   * @param from the Secret, and its two keys. Default keys: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`
   */
  public static existingSecret(from: S3SecretKeys): S3Credentials {
    return new S3Credentials({ kind: 'secret', from });
  }

  /**
   * No keys: the identity of the pod. On EKS that is the service account (IRSA: give the registry a
   * `serviceAccount` with the annotation `eks.amazonaws.com/role-arn`; or Pod Identity), elsewhere on AWS the
   * node. Not supported by Distribution 2.8.
   */
  public static none(): S3Credentials {
    return new S3Credentials({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _source: S3CredentialsSource,
  ) {}
}

/**
 * The environment variables of the registry's S3 driver for keys, and their values where known. Undefined
 * means no keys.
 */
export function s3Variables(
  context: StorageContext,
  given: S3Credentials,
): { env: k8s.EnvVar[]; secrets: string[] } | undefined {
  const check = context.check.at('credentials');
  const source = given._source;
  if (source.kind === 'none') return undefined;
  if (source.kind === 'secret') {
    const from = check.options<S3SecretKeys>('props', source.from);
    const name = check.secret('secret', from.secret);
    return {
      env: [
        fromSecret(ID, name, check.dataKey('accessKeyIdKey', from.accessKeyIdKey, ID)),
        fromSecret(SECRET, name, check.dataKey('secretAccessKeyKey', from.secretAccessKeyKey, SECRET)),
      ],
      secrets: [],
    };
  }
  const keys = check.options<S3Keys>('keys', source.keys);
  const id = checkSecret(check, 'accessKeyId', keys.accessKeyId, 's3-key-not-usable');
  const secret = checkSecret(check, 'secretAccessKey', keys.secretAccessKey, 's3-key-not-usable');
  const name = context.addSecret('s3', { [ID]: id, [SECRET]: secret });
  return { env: [fromSecret(ID, name, ID), fromSecret(SECRET, name, SECRET)], secrets: [id, secret] };
}

const ID = 'AWS_ACCESS_KEY_ID';
const SECRET = 'AWS_SECRET_ACCESS_KEY';
