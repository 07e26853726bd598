// Lets pods in a namespace pull images from the registry: a docker config in a Secret, and a service account
// that uses it.
import { ApiObject } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkLogin, RegistryLogin } from '../auth/client-login';
import { required } from '../core/check';
import { isDnsLabel } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { AccessPermission } from '../front/access';
import { Registry } from '../registry';
import { pullAddress } from '../routing/pull-address';
import { DefaultServiceAccountPullSecrets } from './default-service-account-pull-secrets';

/** Props of `RegistryPullSecret`. */
export interface RegistryPullSecretProps {
  /** The registry to pull from. It must have a login. */
  readonly registry: Registry;

  /** The namespaces that get the Secret, one or more, which exist. */
  readonly namespaces: string[];

  /**
   * Name of the Secret in each of the namespaces.
   *
   * @default - `<name>-pull`
   */
  readonly secretName?: string;

  /**
   * The login in it.
   *
   * @default - the registry's first user, whose password this library must know: one that is generated, or
   * given at this synth
   */
  readonly login?: RegistryLogin;

  /**
   * Whether to make the Secret the only pull secret of each namespace's `default` service account, so that
   * pods need no `imagePullSecrets` of their own.
   *
   * Other pull secrets of the account are replaced, since Kubernetes takes the list as a whole. For several
   * pull secrets, for example for two registries, omit this and create one `DefaultServiceAccountPullSecrets`
   * that names them all.
   *
   * @default false
   * @see
   * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#add-imagepullsecrets-to-a-service-account
   */
  readonly replaceDefaultPullSecrets?: boolean;
}

/**
 * Secrets of type kubernetes.io/dockerconfigjson with which pods in other namespaces pull from a registry.
 *
 * @example
 * new RegistryPullSecret(chart, 'pull', {
 *   registry,
 *   namespaces: ['shop', 'billing'],
 *   replaceDefaultPullSecrets: true,
 * });
 */
export class RegistryPullSecret extends RegistryPart {
  /** The registry's address in the Secrets: the prefix of image names. */
  public readonly address: string;
  /** Name of the Secret in each of the namespaces. */
  public readonly secretName: string;
  /** The namespaces. */
  public readonly namespaces: string[];
  /**
   * The Secrets, one for each namespace; or the ExternalSecrets that create them; empty where they exist
   * already.
   */
  public readonly secrets: ApiObject[];
  /** The service accounts, where `replaceDefaultPullSecrets` is set. */
  public readonly serviceAccounts: ApiObject[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and the namespaces that pull from it
   */
  constructor(scope: Construct, id: string, props: RegistryPullSecretProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    this.address = pullAddress(this._check, registry);
    this.namespaces = this.checkNamespaces(props.namespaces);
    const attach = this._check.boolean('replaceDefaultPullSecrets', props.replaceDefaultPullSecrets, false);
    const fallback = `${this.registryName}-pull`;
    const named = this._check.objectName('secretName', props.secretName, fallback, fallback);
    this.checkExisting(named, registry);
    if (registry.auth.anonymous) {
      this._check.report('pull-secret-without-login', 'registry');
      this.secretName = named;
      this.secrets = [];
      this.serviceAccounts = [];
      return;
    }
    this._check.namespaces = this.namespaces;
    const login = checkLogin(this._check, 'login', props.login, registry.auth, this.address);
    const { user } = login;
    if (user && registry.front?._mayDo(user, AccessPermission.PULL) === false)
      this._check.report('login-may-not-pull', 'login', { value: user, user });
    this.secretName = login.existing ?? named;
    if (login.existing && props.secretName !== undefined && props.secretName !== login.existing)
      this._check.report('pull-secret-of-another-name', 'secretName', {
        value: props.secretName,
        existing: login.existing,
      });
    if (login.existing && !attach) this._check.report('pull-secret-does-nothing', 'login');
    this.secrets = login.existing
      ? []
      : this.namespaces.map((namespace) =>
          this._object(
            `secret-${namespace}`,
            Component.PULL_SECRET,
            { name: this.secretName, namespace },
            login.manifest(this.secretName),
          ),
        );
    this.serviceAccounts = attach ? this.attach() : [];
  }

  /** Secrets of users that the registry reads. Those that are written here are compared at synthesis. */
  private checkExisting(name: string, { namespace, auth, tls }: Registry): void {
    if (namespace === undefined || !this.namespaces.includes(namespace)) return;
    const existing = [auth, tls].filter(({ secret }) => secret === undefined);
    if (existing.some(({ secretName }) => secretName === name))
      this._check.report('pull-secret-name-in-use', 'secretName', { value: name });
  }

  private attach(): ApiObject[] {
    const { namespaces, secretName, registryName } = this;
    if (namespaces.length === 0) return []; // reported
    return new DefaultServiceAccountPullSecrets(this, 'accounts', {
      namespaces,
      secrets: [Secret.fromSecretName(this, 'attached', secretName)],
      registryName,
    }).serviceAccounts;
  }

  private checkNamespaces(given: unknown): string[] {
    const namespaces = this._check.list<string>('namespaces', given ?? null);
    if (Array.isArray(given) && given.length === 0) this._check.report('no-namespaces', 'namespaces');
    return namespaces.filter((namespace, index) => {
      const valid = typeof namespace === 'string' && isDnsLabel(namespace);
      const at = `namespaces[${index}]`;
      if (!valid) this._check.report('not-a-namespace', at, { value: namespace, example: 'shop' });
      else if (namespaces.indexOf(namespace) !== index)
        this._check.report('given-twice', at, { value: namespace });
      return valid && namespaces.indexOf(namespace) === index;
    });
  }
}
