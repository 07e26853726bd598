// A directory of a node, as a PersistentVolume and a claim that are bound to each other, so that no
// StorageClass binds either of them.
import { Size } from 'cdk8s';
import { k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { isDnsName } from '../core/formats';
import { KEPT, mounted } from './claims';
import { STORAGE_PATH, StorageContext, StorageDriver, StoragePod } from './driver';

/** Options of a volume that is a directory of a node. */
export interface HostPathOptions {
  /**
   * The directory, as an absolute path. It is created, owned by root, if it does not exist.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
   */
  readonly path: string;

  /**
   * The nominal size of the volume and the claim: whole kibibytes to pebibytes. Nothing enforces it.
   *
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;

  /**
   * Name of the node that has the directory (its label `kubernetes.io/hostname`, of at most 63 characters).
   * The registry's pod then runs there only.
   *
   * @default - any node: correct if there is only one, or if all of them mount the same directory
   */
  readonly node?: string;

  /**
   * Name of the PersistentVolume, which is cluster-scoped.
   *
   * @default - the namespace and the registry's name, joined by a dot
   */
  readonly volumeName?: string;

  /**
   * Name of the claim.
   *
   * @default - the registry's name
   */
  readonly claimName?: string;

  /**
   * Whether to change the directory's owner to the registry's user before the registry starts. Kubernetes
   * doesn't for hostPath volumes, and the registry is not root. An init container does it that runs as root
   * with the one capability CHOWN, which Pod Security `restricted` rejects: a namespace that
   * `createNamespace` creates enforces `baseline` then. Otherwise do it on the node, e.g. `chown -R
   * 65532:65532 <path>`.
   *
   * @default false
   */
  readonly fixOwner?: boolean;

  /**
   * Keeps the volume and the claim when the Helm release is uninstalled, and when Argo CD or Flux would prune them (by their
   * annotations). The directory stays in any case.
   *
   * @default true
   */
  readonly keepOnUninstall?: boolean;
}

/** A directory of a node. */
export function hostPath(context: StorageContext, given: HostPathOptions): StorageDriver {
  const { check, namespace, registryName } = context;
  const options = check.options<HostPathOptions>('options', given);
  const path = check.string(
    'path',
    options.path ?? '',
    '/srv/registry',
    (text) => /^(\/[^/\p{Cc}]+)+$/u.test(text) && !/(^|\/)\.{1,2}(\/|$)/.test(text),
    'not-a-folder',
  );
  const storage = k8s.Quantity.fromString(check.size('size', options.size, Size.gibibytes(10)).asString());
  const claimName = check.objectName('claimName', options.claimName, registryName, 'registry');
  // Neither has a dot, so that no other registry's are joined to the same name.
  const ownName = [namespace, registryName].filter(Boolean).join('.');
  const volumeName = check.objectName('volumeName', options.volumeName, ownName, 'registry-data');
  // It is the value of a label.
  const isNode = (text: string) => isDnsName(text) && text.length <= 63;
  const node =
    options.node === undefined
      ? undefined
      : check.string('node', options.node, 'worker-1', isNode, 'not-a-node-name');
  const annotations = check.boolean('keepOnUninstall', options.keepOnUninstall, true) ? KEPT : {};
  const accessModes = [PersistentVolumeAccessMode.READ_WRITE_ONCE];
  context.add(
    'volume',
    { name: volumeName, annotations, clusterScoped: true },
    k8s.KubePersistentVolume.manifest({
      spec: {
        capacity: { storage },
        accessModes,
        persistentVolumeReclaimPolicy: 'Retain',
        // No class, and no empty storageClassName: the API server does not return an empty one, and `kubectl
        // apply` would find a change each time. Without a namespace the claim's is not known here, and its
        // volumeName alone binds the two.
        ...(namespace !== undefined && {
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claimName },
        }),
        hostPath: { path, type: 'DirectoryOrCreate' },
        ...(node !== undefined && {
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
              ],
            },
          },
        }),
      },
    }),
  );
  const claim = context.add(
    'claim',
    { name: claimName, annotations },
    k8s.KubePersistentVolumeClaim.manifest({
      spec: { accessModes, storageClassName: '', volumeName, resources: { requests: { storage } } },
    }),
  );
  return {
    ...mounted('hostPath', { persistentVolumeClaim: { claimName } }),
    location: `the folder "${path}"${node === undefined ? '' : ` of node "${node}"`}`,
    claim,
    claimName,
    ...(check.boolean('fixOwner', options.fixOwner, false) && {
      rootInitContainers: (pod: StoragePod) => [ownerFixer(pod)],
    }),
  };
}

/**
 * Without further capabilities root can't read folders that are closed to others: each is given to root
 * before its content is listed. The topmost folder comes last, so that an interrupted run is repeated.
 */
const FIX_OWNER = `if [ "$(stat -c %u:%g "$0")" != "$1" ]; then
  find "$0" -type d -exec chown 0:0 {} \\;
  find "$0" -depth -exec chown -h "$1" {} +
fi`;

function ownerFixer({ image, userId }: StoragePod): k8s.Container {
  return {
    name: 'fix-owner',
    image,
    command: ['sh', '-ec', FIX_OWNER, STORAGE_PATH, `${userId}:${userId}`],
    securityContext: {
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      capabilities: { drop: ['ALL'], add: ['CHOWN'] },
    },
    volumeMounts: [{ name: 'data', mountPath: STORAGE_PATH }],
  };
}
