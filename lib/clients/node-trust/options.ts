// Props of RegistryNodeTrust.
import { k8s } from 'cdk8s-plus-27';
import { RegistryLogin } from '../../auth/client-login';
import { Registry } from '../../registry';
import { NodeFilesOptions, NodeRuntime } from '../node-files';

/** Props of `RegistryNodeTrust`. */
export interface RegistryNodeTrustProps extends NodeFilesOptions {
  /** The registry to trust. */
  readonly registry: Registry;

  /**
   * The login with which nodes ask this registry for images of `mirrorOf`, where not everybody may pull them. It
   * stands in files that only root of a node can read, and in a Secret in `trustNamespace`. Whoever creates pods in
   * the cluster can use those images, so name a user that may pull them and nothing else. With k3s it is the login
   * for all images of this registry, of pods without a pull secret.
   *
   * containerd 1.5 or newer sends it. Not possible: `RegistryLogin.existingSecret`, and a registry that verifies
   * tokens.
   *
   * @default - none
   * @see https://github.com/containerd/containerd/blob/main/docs/hosts.md
   */
  readonly mirrorLogin?: RegistryLogin;

  /**
   * The container runtimes on the nodes. For k3s, the folder of its `k3s.yaml` has to be mounted too, and k3s
   * must be restarted after the first time.
   *
   * @default [NodeRuntime.CONTAINERD]
   */
  readonly runtimes?: NodeRuntime[];

  /**
   * Runtimes that were listed in `runtimes` before. Their folders stay mounted, so that the files in them are
   * removed; once all pods are ready, remove this setting. Without it those files can't be reached, and a pod
   * that has a record of them is not ready and says so.
   *
   * @default - none
   */
  readonly retiredRuntimes?: NodeRuntime[];

  /**
   * Whether to remove the files from all nodes instead of writing them. Apply, wait until all pods are ready,
   * then remove the construct.
   *
   * @default false
   */
  readonly uninstall?: boolean;

  /**
   * The namespace that is created for it, since its pods mount folders of the node, which Pod Security
   * `restricted` forbids. It is not shared: it is created as `privileged`, and deleted with the node trust.
   * `default`, `kube-…`, `openshift-…` and the namespaces of registries are not allowed.
   *
   * @default - `<name>-node-trust-<namespace>`; where that is too long or ambiguous, it ends in a digest
   */
  readonly trustNamespace?: string;

  /**
   * An image with a POSIX shell and the usual small commands, with a tag that is not `latest`, or a digest.
   * Nodes pull it before they trust the registry, so it can't come from there.
   *
   * @default "busybox:1.37.0"
   */
  readonly image?: string;

  /**
   * Names of pull secrets for that image, in `trustNamespace`. Nodes pull without those that don't exist there.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: string[];

  /**
   * Labels of the nodes to configure.
   *
   * @default - all nodes
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Tolerations.
   *
   * @default - all, since every node that runs pods pulls images
   */
  readonly tolerations?: k8s.Toleration[];
}
