// A container on Azure Blob Storage.
import { k8s } from 'cdk8s-plus-27';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { Version } from '../distribution/version';
import { DEFAULT_IMAGE } from '../distribution/versions';
import { toAddress, toPort, toUrl } from '../network/egress-rules';
import { textFromSecret } from '../secrets/env-from-secret';
import { PodAdditions, StorageContext, StorageDriver } from './driver';
import { asYaml, checkSecret, fromSecret } from './object-store-credentials';
import { checkUrl, METADATA_SERVER, withoutSlash } from './object-store-endpoint';
import { checkPrefix } from './object-store-options';

/** An application in Entra ID that may use a container. */
export interface AzureClient {
  /** The tenant id. */
  readonly tenantId: string;

  /** The client id. */
  readonly clientId: string;
}

/** Unvalidated arguments of `AzureCredentials`' factories. */
type AzureCredentialsSource =
  | { readonly kind: 'shared_key'; readonly key: SecretSource }
  | { readonly kind: 'client_secret'; readonly client: AzureClient; readonly key: SecretSource }
  | { readonly kind: 'default_credentials' };
type SecretSource = { readonly value: string } | { readonly from: SecretKeyRef };

/**
 * The identity with which the registry uses a container.
 *
 * @example
 * const accountKey = Secret.fromSecretName(chart, 'account', 'azure-account');
 * const backend = StorageBackend.azure({
 *   accountName: 'teamimages',
 *   container: 'registry',
 *   credentials: AzureCredentials.existingSharedKey({ secret: accountKey }),
 * });
 * new Registry(chart, 'registry', { storage: { backend } });
 */
export class AzureCredentials {
  /**
   * A key of the storage account by value; it ends up in a Secret of these manifests.
   *
   * @param accountKey one of the account's two keys
   */
  public static sharedKey(accountKey: string): AzureCredentials {
    return new AzureCredentials({ kind: 'shared_key', key: { value: accountKey } });
  }

  /**
   * A key of the storage account, in a Secret that exists in the registry's namespace. When it changes,
   * restart the registry.
   *
   * @param from the Secret, and the key in it. Default key: `accountKey`
   */
  public static existingSharedKey(from: SecretKeyRef): AzureCredentials {
    return new AzureCredentials({ kind: 'shared_key', key: { from } });
  }

  /**
   * An application and its secret by value, which ends up in a Secret of these manifests. Distribution 3.x
   * only.
   *
   * @param client the application
   * @param secret its secret
   */
  public static clientSecret(client: AzureClient, secret: string): AzureCredentials {
    return new AzureCredentials({ kind: 'client_secret', client, key: { value: secret } });
  }

  /**
   * An application, and its secret in a Secret that exists in the registry's namespace. When it changes,
   * restart the registry. Distribution 3.x only.
   *
   * @param client the application
   * @param from the Secret, and the key in it. Default key: `clientSecret`
   */
  public static existingClientSecret(client: AzureClient, from: SecretKeyRef): AzureCredentials {
    return new AzureCredentials({ kind: 'client_secret', client, key: { from } });
  }

  /**
   * No secret: the identity of the pod or its node. On AKS with workload identity, give the registry a
   * `serviceAccount` with the annotation `azure.workload.identity/client-id`, and `podLabels: {
   * 'azure.workload.identity/use': 'true' }`. Distribution 3.x only.
   */
  public static defaultCredentials(): AzureCredentials {
    return new AzureCredentials({ kind: 'default_credentials' });
  }

  private constructor(
    /** @internal */
    public readonly _source: AzureCredentialsSource,
  ) {}
}

/** Options of a container on Azure. */
export interface AzureOptions {
  /** Name of the storage account. */
  readonly accountName: string;

  /** Name of the container, which exists. */
  readonly container: string;

  /**
   * The identity. Required by Distribution 3.x.
   *
   * @see https://distribution.github.io/distribution/storage-drivers/azure/
   */
  readonly credentials: AzureCredentials;

  /**
   * Prefix of all blob names, e.g. `team/registry`. Distribution 3.x only.
   *
   * @default - none: the registry's own `docker/registry/v2/…`
   */
  readonly prefix?: string;

  /**
   * Domain of the cloud, e.g. `core.chinacloudapi.cn` or `core.usgovcloudapi.net`.
   *
   * @default "core.windows.net"
   * @see https://distribution.github.io/distribution/storage-drivers/azure/
   */
  readonly realm?: string;

  /**
   * Address of the blob service where it is not the account's own. Distribution 3.x only.
   *
   * @default - `https://<accountName>.blob.<realm>`
   */
  readonly endpoint?: string;
}

/** A container on Azure. */
export function azure(context: StorageContext, given: AzureOptions): StorageDriver {
  const { check } = context;
  const options = check.options<AzureOptions>('options', given);
  const accountname = check.string(
    'accountName',
    options.accountName ?? '',
    'account',
    (text) => /^[a-z0-9]{3,24}$/.test(text),
    'not-an-azure-account',
  );
  const container = check.string(
    'container',
    options.container ?? '',
    'registry',
    (text) => /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(text),
    'not-an-azure-container',
  );
  const prefix = checkPrefix(check, options.prefix);
  const realm =
    options.realm === undefined ? undefined : check.host('realm', options.realm, 'core.windows.net');
  const endpoint = checkUrl(check, 'endpoint', options.endpoint, 'https://account.blob.core.windows.net');
  const { kind, config, additions } = identity(context, options.credentials);
  const shared = { accountname, container, ...(realm !== undefined && { realm }) };
  return {
    name: 'Azure',
    location: `the container "${container}" of ${accountname}${prefix === undefined ? '' : ` under "${prefix}"`}`,
    shared: true,
    redirect: true,
    config: (version) => {
      if (!version.azure.beyondAccountKeys) {
        // What is no URL may have a password, and is not shown a second time.
        const { prefix: path, endpoint: address } = options;
        checkAccountKey(context, { prefix: path, endpoint: endpoint && address }, kind, version);
        return { azure: shared };
      }
      return {
        azure: {
          ...shared,
          ...(prefix !== undefined && { rootdirectory: `/${prefix}` }),
          ...(endpoint && { serviceurl: withoutSlash(endpoint) }),
          ...config,
        },
      };
    },
    ...additions,
    egress: [toPort(443), ...(endpoint ? [toUrl(endpoint)] : []), ...(additions.egress ?? [])],
  };
}

function identity(
  context: StorageContext,
  given: AzureCredentials | undefined,
): { kind: AzureCredentialsSource['kind']; config: object; additions: PodAdditions } {
  const check = context.check.at('credentials');
  if (given === undefined) context.check.report('azure-credentials-missing', 'credentials');
  const fallback = AzureCredentials.defaultCredentials();
  const source = context.check.instance(
    'credentials',
    given,
    AzureCredentials,
    fallback,
    'AzureCredentials.defaultCredentials()',
  )._source;
  const { kind } = source;
  if (source.kind === 'default_credentials') {
    return {
      kind,
      config: { credentials: { type: kind } },
      additions: { egress: [toAddress(METADATA_SERVER, 80)] },
    };
  }
  if (source.kind === 'shared_key') {
    const { env, secrets } = variable(context, source.key, 'accountKey', `${PREFIX}ACCOUNTKEY`);
    return { kind, config: { credentials: { type: kind } }, additions: { env, secrets } };
  }
  // Environment variables can't add to a map inside of config.yml's map, so all of these credentials are
  // environment variables.
  const client = check.options<AzureClient>('client', source.client);
  const id = (name: keyof AzureClient) =>
    check.string(
      name,
      client[name] ?? '',
      '00000000-0000-0000-0000-000000000000',
      (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
      'not-an-entra-id',
    );
  const { env, secrets } = variable(context, source.key, 'clientSecret', `${PREFIX}CREDENTIALS_SECRET`);
  return {
    kind,
    config: {},
    additions: {
      env: [
        { name: `${PREFIX}CREDENTIALS_TYPE`, value: kind },
        { name: `${PREFIX}CREDENTIALS_TENANTID`, value: id('tenantId') },
        { name: `${PREFIX}CREDENTIALS_CLIENTID`, value: id('clientId') },
        ...env,
      ],
      secrets,
    },
  };
}

const PREFIX = 'REGISTRY_STORAGE_AZURE_';

function variable(
  context: StorageContext,
  source: SecretSource,
  property: string,
  name: string,
): { env: k8s.EnvVar[]; secrets: string[] } {
  if ('from' in source) {
    const { name: secret, key } = checkSecretKeyRef(context.check, 'credentials', source.from, property);
    return { env: textFromSecret(name, secret, key), secrets: [] };
  }
  const value = checkSecret(
    context.check.at('credentials'),
    property,
    source.value,
    'azure-secret-not-usable',
  );
  const secret = context.addSecret('azure', { [property]: asYaml(value) });
  return { env: [fromSecret(name, secret, property)], secrets: [value] };
}

/** Reports options that versions with account keys only don't support. */
function checkAccountKey(
  { check }: StorageContext,
  { prefix, endpoint }: Pick<AzureOptions, 'prefix' | 'endpoint'>,
  kind: string,
  { name: version }: Version,
): void {
  if (kind !== 'shared_key') {
    check.report('azure-identity-unknown-to-version', 'credentials', {
      kind,
      identity: kind === 'client_secret' ? 'clientSecret' : 'defaultCredentials',
      version,
      ...DEFAULT_IMAGE,
    });
  }
  for (const [name, value] of Object.entries({ prefix, endpoint })) {
    if (value === undefined) continue;
    check.report('setting-unknown-to-version', name, { value, version, ...DEFAULT_IMAGE });
  }
}
