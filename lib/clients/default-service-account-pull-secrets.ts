// The pull secrets of namespaces' default service accounts: always the whole list, because Kubernetes treats
// it as atomic.
import { ApiObject } from 'cdk8s';
import { ISecret, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../app/notes/collector';
import { isClustersOwn, isDnsLabel } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart } from '../core/registry-part';

/** Props of `DefaultServiceAccountPullSecrets`. */
export interface DefaultServiceAccountPullSecretsProps {
  /**
   * The namespaces whose `default` account is managed, one or more, which exist. Not the cluster's own
   * namespaces, `kube-…` and `openshift-…`.
   */
  readonly namespaces: string[];

  /**
   * All pull secrets of the accounts, one or more, in the order in which they are tried: for every registry,
   * this library's or not, e.g. `Secret.fromSecretName(this, 'hub', 'docker-hub')`. They are expected to
   * exist in each of the namespaces.
   */
  readonly secrets: ISecret[];

  /**
   * Name of the registry in the accounts' labels, by which `RegistryApp` assigns them to a file.
   *
   * @default "registry"
   */
  readonly registryName?: string;
}

/**
 * All pull secrets of the `default` service account of one or more namespaces, so that pods there need no
 * `imagePullSecrets` of their own.
 *
 * It owns the list: other entries of the account are replaced when the manifests are applied, because
 * Kubernetes takes the list as a whole (`listType: atomic`). So name every Secret to keep, and create only
 * one of these per namespace; a second one is an error. Apart from the list, only the account's labels
 * change. Running pods are not affected. `kubectl delete` of these manifests deletes the account, and
 * Kubernetes recreates it at once, without pull secrets.
 *
 * @example
 * const { secretName } = new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'] });
 * new DefaultServiceAccountPullSecrets(chart, 'accounts', {
 *   namespaces: ['shop'],
 *   secrets: [
 *     Secret.fromSecretName(chart, 'own', secretName),
 *     Secret.fromSecretName(chart, 'hub', 'docker-hub'),
 *   ],
 * });
 */
export class DefaultServiceAccountPullSecrets extends RegistryPart {
  /** The namespaces. */
  public readonly namespaces: string[];
  /** Names of all pull secrets of their accounts. */
  public readonly secretNames: string[];
  /** The service accounts, one for each namespace. */
  public readonly serviceAccounts: ApiObject[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the namespaces, and all Secrets. Problems in them are reported when the app is synthesized
   */
  constructor(scope: Construct, id: string, props: DefaultServiceAccountPullSecretsProps) {
    super(scope, id, { name: props.registryName });
    this.namespaces = this.checkNamespaces(props.namespaces);
    this._check.namespaces = this.namespaces;
    this.secretNames = this.checkSecrets(props.secrets);
    const mine = this.namespaces.filter((namespace) => this.isFree(namespace));
    const list = this.secretNames.map((name) => ({ name }));
    this.serviceAccounts = mine.map((namespace) =>
      this._object(
        `account-${namespace}`,
        Component.PULL_SECRET,
        { name: 'default', namespace },
        k8s.KubeServiceAccount.manifest({ imagePullSecrets: list }),
      ),
    );
    addNotes(this, () => this.notes());
  }

  /** Whether no other construct owns the namespace's list, and the namespace is not the cluster's own. */
  private isFree(namespace: string): boolean {
    if (isClustersOwn(namespace) && namespace !== 'default') {
      this._check.report('namespace-of-the-cluster', 'namespaces', { value: namespace });
      return false;
    }
    const other = this.node.root.node.findAll().find((part): part is DefaultServiceAccountPullSecrets => {
      return (
        part instanceof DefaultServiceAccountPullSecrets &&
        part !== this &&
        part.namespaces.includes(namespace)
      );
    });
    if (other === undefined) return true;
    const names = [...new Set([...other.secretNames, ...this.secretNames])]
      .map((name) => `Secret.fromSecretName(chart, '${name}', '${name}')`)
      .join(', ');
    this._check.report('pull-secrets-written-twice', 'namespaces', {
      value: namespace,
      owner: other.node.path,
      namespace,
      names,
    });
    return false;
  }

  private checkNamespaces(given: unknown): string[] {
    const namespaces = this.listOf<string>('namespaces', given, '"shop"');
    return namespaces.filter((namespace, index) => {
      const at = `namespaces[${index}]`;
      const valid = typeof namespace === 'string' && isDnsLabel(namespace);
      if (!valid) this._check.report('not-a-namespace', at, { value: namespace, example: 'shop' });
      else if (namespaces.indexOf(namespace) !== index)
        this._check.report('given-twice', at, { value: namespace });
      return valid && namespaces.indexOf(namespace) === index;
    });
  }

  private checkSecrets(given: unknown): string[] {
    const secrets = this.listOf<ISecret>(
      'secrets',
      given,
      "Secret.fromSecretName(this, 'hub', 'docker-hub')",
    );
    const names = secrets.map((secret, index) => this._check.secret(`secrets[${index}]`, secret));
    return names.filter((name, index) => {
      const first = names.indexOf(name) === index;
      if (!first && name !== 'invalid')
        this._check.report('given-twice', `secrets[${index}]`, { value: name });
      return first;
    });
  }

  /** A list that is not empty. */
  private listOf<T>(property: string, given: unknown, example: string): T[] {
    if (Array.isArray(given) && given.length === 0) this._check.report('list-empty', property, { example });
    return this._check.list<T>(property, given ?? null);
  }

  private notes(): string {
    const title = `Pull secrets of the default service account in ${this.namespaces.join(', ')}`;
    return [
      title,
      '='.repeat(title.length),
      '',
      `These manifests make its list exactly: ${this.secretNames.join(', ')}`,
      'What else is in the list is replaced. Look before you apply, and name what should stay (DefaultServiceAccountPullSecrets):',
      ...this.namespaces.map(
        (namespace) =>
          `  kubectl -n ${namespace} get serviceaccount default -o jsonpath='{.imagePullSecrets[*].name}'`,
      ),
      '',
    ].join('\n');
  }
}
