// The pod that writes files into a node's folders: root without capabilities, and nothing else of the node.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../../core/check';
import { checkImage } from '../../core/image';
import { withoutEmpty } from '../../core/restricted-pod';
import { checkTolerations } from '../../core/tolerations';
import { type NodeTask } from './script';

/** The image, unless another one is given. */
export const NODE_TRUST_IMAGE = 'busybox:1.37.0';
/** The key of the script in the ConfigMap. */
export const NODE_TRUST_SCRIPT_KEY = 'node-trust.sh';
/** Folder of the script and the files in the pod. */
const FILES_PATH = '/node-trust';
/** The mount path of the node's folders. */
const HOST_PATH = '/host';
/** Seconds between two checks of the node's files. */
const EVERY = 300;
/** The same while a file is in conflict. */
const RETRY = 10;
/** Seconds that a probe waits for the files to be written: a start that is slow is nothing to warn of. */
const PATIENCE = 5;

/** The user's options. */
interface NodeTrustPodOptions {
  readonly image?: string;
  readonly imagePullSecrets?: string[];
  readonly nodeSelector?: { [key: string]: string };
  readonly tolerations?: k8s.Toleration[];
}

/** Mounts and task of the pod. */
interface NodeTrustPod {
  /** Name of the ConfigMap with the script and the files. */
  readonly configMap: string;
  /** Name of the Secret with those files in which a login stands. */
  readonly secret?: string;
  /** The folders of the node that are mounted. */
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  readonly task: NodeTask;
  /** Where the image is pulled from, unless it names a registry. */
  readonly imageRegistry?: string;
}

/** The pod of each node. */
export function nodeTrustPod(
  check: Check,
  options: NodeTrustPodOptions,
  { configMap, secret, folders, task, imageRegistry }: NodeTrustPod,
): k8s.PodSpec {
  const script = `${FILES_PATH}/${NODE_TRUST_SCRIPT_KEY}`;
  return withoutEmpty({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 5,
    imagePullSecrets: check.list<string>('imagePullSecrets', options.imagePullSecrets).map((name, index) => ({
      name: check.objectName(`imagePullSecrets[${index}]`, name, 'invalid', 'mirror'),
    })),
    nodeSelector: check.labels('nodeSelector', options.nodeSelector),
    tolerations:
      options.tolerations === undefined
        ? [{ operator: 'Exists' }]
        : checkTolerations(check, options.tolerations),
    // The folders belong to root, which needs no capability to write to them.
    securityContext: {
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'node-trust',
        image: checkImage(check, 'image', options.image, NODE_TRUST_IMAGE, imageRegistry),
        command: ['sh', script, task, String(EVERY), String(RETRY)],
        resources: {
          requests: { cpu: k8s.Quantity.fromString('5m'), memory: k8s.Quantity.fromString('8Mi') },
          limits: { memory: k8s.Quantity.fromString('32Mi') },
        },
        // Ready once all files on the node are as wanted. No liveness probe: a restart resolves no conflict.
        readinessProbe: {
          exec: { command: ['sh', script, 'check', task, String(PATIENCE)] },
          periodSeconds: 10,
          timeoutSeconds: 10,
        },
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'files', mountPath: FILES_PATH, readOnly: true },
          ...folders.map(({ name, path }) => ({ name, mountPath: `${HOST_PATH}${path}` })),
        ],
      },
    ],
    volumes: [
      { name: 'files', ...filesOf(configMap, secret) },
      ...folders.map(({ name, path }) => ({ name, hostPath: { path, type: 'DirectoryOrCreate' } })),
    ],
  });
}

/** Both in one folder, readable by root alone where there is a login. */
function filesOf(configMap: string, secret: string | undefined): Omit<k8s.Volume, 'name'> {
  if (secret === undefined) return { configMap: { name: configMap } };
  return {
    projected: {
      defaultMode: 0o400,
      sources: [{ configMap: { name: configMap } }, { secret: { name: secret } }],
    },
  };
}
