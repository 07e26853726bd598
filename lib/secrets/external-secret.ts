// A Secret that the External Secrets Operator fills from an external store, so that these manifests contain
// no secret.
import { ApiObject, Duration, GroupVersionKind } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Check } from '../core/check';
import { isDataKey, isDnsName } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';

/** Version of the ExternalSecret API. */
export enum ExternalSecretVersion {
  /** `external-secrets.io/v1`: operators from 0.16 on. */
  V1 = 'v1',
  /** `external-secrets.io/v1beta1`: operators before 0.17. */
  V1BETA1 = 'v1beta1',
}

/**
 * The store that an ExternalSecret reads: an existing object in the cluster.
 *
 * @example
 * const { secret } = new RegistryExternalSecret(chart, 'bucket-keys', {
 *   store: ExternalSecretStore.clusterSecretStore('vault'),
 *   secretName: 'bucket-keys',
 *   values: {
 *     AWS_ACCESS_KEY_ID: { key: 'registry/bucket', property: 'id' },
 *     AWS_SECRET_ACCESS_KEY: { key: 'registry/bucket', property: 'secret' },
 *   },
 * });
 * const credentials = S3Credentials.existingSecret({ secret });
 * const backend = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1', credentials });
 * new Registry(chart, 'registry', { storage: { backend } });
 */
export class ExternalSecretStore {
  /**
   * A SecretStore in the namespace of the Secret.
   *
   * @param name its name
   */
  public static secretStore(name: string): ExternalSecretStore {
    return new ExternalSecretStore('SecretStore', name);
  }

  /**
   * A ClusterSecretStore.
   *
   * @param name its name
   */
  public static clusterSecretStore(name: string): ExternalSecretStore {
    return new ExternalSecretStore('ClusterSecretStore', name);
  }

  private constructor(
    /** Kind of the object. */
    public readonly kind: string,
    /** Name of the object. */
    public readonly name: string,
  ) {}
}

/** Location of a value in the external store. */
export interface RemoteValue {
  /** Name or path of the entry. */
  readonly key: string;

  /**
   * Field of the entry.
   *
   * @default - the whole entry
   */
  readonly property?: string;

  /**
   * Version of the entry.
   *
   * @default - the newest
   */
  readonly version?: string;
}

/** Store, API version and refresh interval. */
export interface ExternalSecretOptions {
  /**
   * The store that is read.
   *
   * @see https://external-secrets.io/latest/api/secretstore/
   */
  readonly store: ExternalSecretStore;

  /**
   * Refresh interval, from 1 second to 30 days.
   *
   * @default Duration.hours(1)
   * @see https://external-secrets.io/latest/api/externalsecret/
   */
  readonly refreshInterval?: Duration;

  /**
   * Version of the API.
   *
   * @default ExternalSecretVersion.V1
   */
  readonly version?: ExternalSecretVersion;
}

/** Props of `RegistryExternalSecret`. */
export interface RegistryExternalSecretProps extends RegistryPartProps, ExternalSecretOptions {
  /** Name of the Secret and of the ExternalSecret. */
  readonly secretName: string;

  /**
   * Keys of the Secret and the location of each value: `{ htpasswd: { key: 'registry', property: 'htpasswd' }
   * }`. At least one.
   */
  readonly values: { [secretKey: string]: RemoteValue };

  /**
   * Type of the Secret: `kubernetes.io/tls` for a certificate, `kubernetes.io/dockerconfigjson` for a pull
   * secret.
   *
   * @default "Opaque"
   */
  readonly secretType?: string;
}

/**
 * An ExternalSecret, and a reference to the Secret that it creates: for `RegistryCredentials.existingSecret`,
 * `RegistryCertificate.existingSecret`, `httpSecret`, `RegistryLogin.existingSecret` and anything else that
 * takes an existing Secret.
 *
 * @example
 * const { secret } = new RegistryExternalSecret(chart, 'users', {
 *   store: ExternalSecretStore.clusterSecretStore('vault'),
 *   secretName: 'registry-users',
 *   values: { htpasswd: { key: 'registry', property: 'htpasswd' } },
 *   refreshInterval: Duration.minutes(15),
 * });
 * new Registry(chart, 'registry', {
 *   auth: { credentials: RegistryCredentials.existingSecret({ secret }) },
 * });
 */
export class RegistryExternalSecret extends RegistryPart {
  /** The ExternalSecret. */
  public readonly apiObject: ApiObject;
  /** Name of the Secret that the operator creates. */
  public readonly secretName: string;
  /** The Secret that the operator creates. */
  public readonly secret: ISecret;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the Secret, and the location of its values
   */
  constructor(scope: Construct, id: string, props: RegistryExternalSecretProps) {
    super(scope, id, props);
    this.secretName = this._check.objectName(
      'secretName',
      props.secretName ?? null,
      'registry-users',
      'registry-users',
    );
    const type = this._check.singleLine('secretType', props.secretType, 'Opaque', 'kubernetes.io/tls');
    const values = Object.entries(
      this._check.options<{ [key: string]: RemoteValue }>('values', props.values),
    ).map(([key, value]) => {
      if (!isDataKey(key)) this._check.report('not-a-secret-key', 'values', { value: key });
      return { secretKey: key, remoteRef: checkRemoteValue(this._check, `values["${key}"]`, value) };
    });
    const keys = values.map(({ secretKey }) => secretKey);
    if (keys.length === 0) this._check.report('no-values', 'values');
    for (const missing of (REQUIRED_KEYS[type] ?? []).filter((key) => keys.length > 0 && !keys.includes(key)))
      this._check.report('secret-type-needs-key', 'values', { type, missing });
    this.apiObject = this._object(
      'external-secret',
      Component.REGISTRY,
      { name: this.secretName },
      externalSecret(this._check, '', props, { name: this.secretName, type, values }),
    );
    this.secret = Secret.fromSecretName(this, 'secret', this.secretName);
  }
}

const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
};

/** The Secret that an ExternalSecret creates. */
export interface ExternalSecretContent {
  /** Name of the Secret. */
  readonly name: string;
  readonly type: string;
  readonly values: readonly { readonly secretKey: string; readonly remoteRef: RemoteValue }[];
  /** Templates with `{{ .key }}` for values; without them, the values are the Secret's keys. */
  readonly template?: Record<string, string>;
}

/** An ExternalSecret without metadata. `prefix` precedes property names in messages. */
export function externalSecret(
  check: Check,
  prefix: string,
  options: ExternalSecretOptions,
  { name, type, values, template }: ExternalSecretContent,
): GroupVersionKind & { [key: string]: unknown } {
  const fallback = ExternalSecretStore.secretStore('vault');
  const store = check.instance(
    `${prefix}store`,
    options.store ?? null,
    ExternalSecretStore,
    fallback,
    "ExternalSecretStore.clusterSecretStore('vault')",
  );
  const storeName = check.string(
    `${prefix}store.name`,
    store.name ?? null,
    'vault',
    isDnsName,
    'not-a-store-name',
    {
      kind: String(store.kind),
    },
  );
  const version = check.enum(
    `${prefix}version`,
    options.version,
    ExternalSecretVersion.V1,
    Object.values(ExternalSecretVersion),
  );
  return {
    apiVersion: `external-secrets.io/${version}`,
    kind: 'ExternalSecret',
    spec: {
      refreshInterval: `${checkInterval(check, `${prefix}refreshInterval`, options.refreshInterval)}s`,
      secretStoreRef: { kind: store.kind, name: storeName },
      target: {
        name,
        creationPolicy: 'Owner',
        ...((type !== 'Opaque' || template) && {
          template: { engineVersion: 'v2', type, ...(template && { data: template }) },
        }),
      },
      data: values.map(({ secretKey, remoteRef }) => ({
        secretKey,
        remoteRef: { ...REMOTE_DEFAULTS, ...remoteRef },
      })),
    },
  };
}

/** Validates the location of a value. */
export function checkRemoteValue(check: Check, property: string, given: unknown): RemoteValue {
  const { key, property: field, version } = check.options<RemoteValue>(property, given ?? null);
  return {
    key: check.singleLine(`${property}.key`, key ?? null, 'registry', 'registry'),
    ...(field !== undefined && {
      property: check.singleLine(`${property}.property`, field, 'value', 'htpasswd'),
    }),
    ...(version !== undefined && { version: check.singleLine(`${property}.version`, version, '1', '1') }),
  };
}

/** What the API server sets in lists, where `kubectl apply` would take it away each time. */
const REMOTE_DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

function checkInterval(check: Check, property: string, given: unknown): number {
  const seconds = check
    .instance(property, given, Duration, Duration.hours(1), 'Duration.hours(1)')
    .toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 30 * 24 * 3600) return seconds;
  check.report('refresh-not-in-range', property, { value: `${seconds} s` });
  return 3600;
}
