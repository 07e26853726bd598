// A DaemonSet that makes every node trust and find the registry, for clusters whose nodes are not configured
// by other means.
import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../../app/notes/collector';
import { CheckedLogin } from '../../auth/client-login';
import { required } from '../../core/check';
import { patchedContents } from '../../core/checksum';
import { isClustersOwn, isDnsLabel } from '../../core/formats';
import { Component, selectorLabels } from '../../core/labels';
import { problemOf } from '../../core/problem';
import { RegistryPart } from '../../core/registry-part';
import { policyManifest } from '../../network/policy-manifest';
import { Registry } from '../../registry';
import { checkMirrorLogin, closedMirrors, mayWrite } from '../mirror-login';
import { NodeRuntime, PlannedFile, RegistryNodeFiles } from '../node-files';
import { nodeTrustNamespace } from './namespace';
import { nodeTrustNotes } from './notes';
import { RegistryNodeTrustProps } from './options';
import { NODE_TRUST_SCRIPT_KEY, nodeTrustPod } from './pod';
import { checkRetired, checkRuntimes, foldersOf } from './runtimes';
import { NODE_TRUST_SCRIPT, type NodeTask } from './script';

/**
 * Installs the registry's CA and its address on every node: a DaemonSet in a namespace of its own, which
 * checks every 5 minutes and never changes a file that it did not write. Written files are recorded on the
 * node, in `.cdk8s-registry` in each runtime's folder, and removed when it is no longer needed, for example a
 * mirror's files. If another owner's file is in conflict, the pod waits, is not ready and says so, and
 * continues within 10 seconds of its removal.
 *
 * It can't make nodes resolve the registry's host (they don't use the cluster's DNS; use DNS, /etc/hosts or
 * `endpoint`), set containerd's `config_path`, restart k3s, or write where SELinux forbids it.
 *
 * @example
 * new RegistryNodeTrust(chart, 'node-trust', {
 *   registry,
 *   runtimes: [NodeRuntime.CONTAINERD],
 *   nodeSelector: { 'kubernetes.io/os': 'linux' },
 * });
 */
export class RegistryNodeTrust extends RegistryPart {
  /** The DaemonSet. */
  public readonly daemonSet: ApiObject;
  /** The script and the files. */
  public readonly configMap: ApiObject;
  /** The Secret with the files in which `mirrorLogin` stands, or the ExternalSecret that creates it. */
  public readonly secret?: ApiObject;
  /** The files that are installed. */
  public readonly files: RegistryNodeFiles;
  /** The namespace of all these objects. */
  public readonly trustNamespace: string;

  private readonly login?: CheckedLogin;
  private readonly runtimes: NodeRuntime[];
  /** The folders of the node that are mounted. */
  private readonly folders: { name: string; path: string }[];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and the runtimes on the nodes
   */
  constructor(scope: Construct, id: string, props: RegistryNodeTrustProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const fallback = nodeTrustNamespace(this._identity);
    this.trustNamespace = this._check.string(
      'trustNamespace',
      props.trustNamespace,
      fallback,
      isDnsLabel,
      'not-a-namespace',
      {
        example: fallback,
      },
    );
    this.checkTrustNamespace(fallback);
    const { endpoint, mirrorOf, ca } = props;
    this.files = RegistryNodeFiles._of(this._check, props.registry, { endpoint, mirrorOf, ca });
    this.login = checkMirrorLogin(this._check, props.mirrorLogin, props.registry, this.files);
    this.runtimes = checkRuntimes(this._check, props.runtimes, this.files);
    const retired = checkRetired(this._check, props.retiredRuntimes, this.runtimes);
    this.folders = foldersOf([...this.runtimes, ...retired]);
    this.writeNamespace();
    this.writePolicy();
    this.configMap = this.writeConfigMap();
    this.secret = this.writeSecret();
    const task: NodeTask = this._check.boolean('uninstall', props.uninstall, false) ? 'remove' : 'install';
    this.daemonSet = this.writeDaemonSet(task, props);
    if (task === 'install')
      for (const runtime of this.runtimes) props.registry._configuredRuntimes.add(runtime);
    addNotes(this, () =>
      nodeTrustNotes(this.trustNamespace, this.about.name, this.files, this.runtimes, task, {
        closed: closedMirrors(props.registry, this.files, this.login?.user),
        login: this.login?.user,
        writes: this.login?.user !== undefined && mayWrite(props.registry, this.login.user),
      }),
    );
  }

  /** The namespace is created, and privileged: so it must not be in use. */
  private checkTrustNamespace(example: string): void {
    const { trustNamespace } = this;
    if (trustNamespace === this.namespace)
      this._check.report('trust-namespace-of-the-registry', 'trustNamespace', {
        value: trustNamespace,
        example,
      });
    else if (isClustersOwn(trustNamespace))
      this._check.report('trust-namespace-of-the-cluster', 'trustNamespace', {
        value: trustNamespace,
        example,
      });
    this._check.later(() => {
      const other = this.node.root.node
        .findAll()
        .find(
          (part) =>
            part instanceof Registry &&
            part.namespace === trustNamespace &&
            part.namespace !== this.namespace,
        );
      return (
        other &&
        problemOf('trust-namespace-of-another-registry', 'trustNamespace', {
          value: trustNamespace,
          registry: other.node.path,
          example,
        })
      );
    });
  }

  private writeNamespace(): void {
    const labels = ['enforce', 'warn', 'audit'].map((mode) => [
      `pod-security.kubernetes.io/${mode}`,
      'privileged',
    ]);
    const object = this._object(
      'namespace',
      Component.NODE_TRUST,
      { name: this.trustNamespace },
      k8s.KubeNamespace.manifest({}),
    );
    for (const [key, value] of labels) object.metadata.addLabel(String(key), String(value));
    // cdk8s gives every object the chart's namespace; this one is cluster-scoped.
    if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }

  /** No ingress and no egress. */
  private writePolicy(): void {
    const pods = selectorLabels(this.registryName, Component.NODE_TRUST);
    this._object('policy', Component.NODE_TRUST, this.about, policyManifest({ pods }));
  }

  private get about(): { name: string; namespace: string } {
    return { name: `${this.registryName}-node-trust`, namespace: this.trustNamespace };
  }

  private get plan(): PlannedFile[] {
    return this.runtimes.flatMap((runtime) => this.files._plan(runtime, this.login !== undefined));
  }

  private writeConfigMap(): ApiObject {
    const contents = new Map(
      this.plan
        .filter(({ secret }) => !secret)
        .map(({ key, content }) => [key, Lazy.any({ produce: () => content() }) as string]),
    );
    const data = {
      [NODE_TRUST_SCRIPT_KEY]: NODE_TRUST_SCRIPT,
      owner: `${this.files._source.owner}\n`,
      id: `${[this.namespace, this.registryName].filter(Boolean).join('.')}\n`,
      folders: this.folders.map(({ path }) => `${path}\n`).join(''),
      plan: this.plan.map(({ key, path, secret }) => `${key} ${path}${secret ? ' 600' : ''}\n`).join(''),
      ...Object.fromEntries(contents),
    };
    return this._object('files', Component.NODE_TRUST, this.about, k8s.KubeConfigMap.manifest({ data }));
  }

  /** The files in which a login stands. */
  private writeSecret(): ApiObject | undefined {
    const { name } = this.about;
    const files = this.plan.filter(({ secret }) => secret).map(({ key, content }) => [key, content] as const);
    const manifest = this.login?.withFiles?.(name, Object.fromEntries(files));
    return manifest && this._object('secret', Component.NODE_TRUST, this.about, manifest);
  }

  private writeDaemonSet(task: NodeTask, props: RegistryNodeTrustProps): ApiObject {
    const matchLabels = selectorLabels(this.registryName, Component.NODE_TRUST);
    const checksum = () =>
      createHash('sha256')
        .update(
          [
            NODE_TRUST_SCRIPT,
            // The script takes over a changed login by itself, and no digest of a password is shown.
            ...this.plan.flatMap(({ path, secret, content }) => [path, secret ? '' : content()]),
            ...patchedContents([this.configMap]),
          ].join('\0'),
        )
        .digest('hex');
    return this._object(
      'daemon-set',
      Component.NODE_TRUST,
      this.about,
      k8s.KubeDaemonSet.manifest({
        spec: {
          selector: { matchLabels },
          // Replacing a pod interrupts nothing, so all nodes update at once.
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('100%') },
          },
          template: {
            metadata: {
              labels: this._labels(Component.NODE_TRUST),
              annotations: { 'checksum/files': Lazy.any({ produce: checksum }) as string },
            },
            spec: nodeTrustPod(this._check, props, {
              configMap: this.about.name,
              secret: this.secret?.name,
              folders: this.folders,
              task,
              imageRegistry: this._context.imageRegistry,
            }),
          },
        },
      }),
    );
  }
}
