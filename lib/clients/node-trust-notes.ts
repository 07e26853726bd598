// The notes of RegistryNodeTrust: how to check the nodes, and what must be configured by hand.

import { NodeRuntime, RegistryNodeFiles } from './node-files';
import type { NodeTask } from './node-trust-script';

const REMARKS: Readonly<Record<NodeRuntime, string>> = {
  [NodeRuntime.CONTAINERD]:
    'containerd: config.toml must have config_path = "/etc/containerd/certs.d". The files take effect without a restart.',
  [NodeRuntime.DOCKER]: 'Docker: the file takes effect without a restart.',
  [NodeRuntime.K3S]:
    'k3s: registries.yaml is read at its start. Run sudo systemctl restart k3s (on agents k3s-agent), node by node. Running pods continue.',
};

/** Nothing fails in this case: nodes pull from the upstream, and never from the mirror. */
function mirrorWarning(address: string, mirrorOf: readonly string[]): string {
  const hosts = mirrorOf.join(', ');
  return `WARNING: ${address} requires a login, and nodes have no credentials for images of ${hosts}: it answers 401, nodes pull from ${hosts}, and the mirror is never used. Allow anonymous pulls, or leave mirrorOf out.`;
}

/** The notes of a DaemonSet. */
export function nodeTrustNotes(
  namespace: string,
  name: string,
  { address, _source: { endpoint, mirrorOf, login } }: RegistryNodeFiles,
  runtimes: readonly NodeRuntime[],
  task: NodeTask,
): string {
  const title = task === 'remove' ? `Nodes that no longer trust ${address}` : `Nodes that trust ${address}`;
  const host = endpoint.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  const remarks =
    task === 'remove'
      ? [
          'When all pods are ready, the files are removed from all nodes (k3s rereads registries.yaml at its next start). Then remove the construct from the app, and run:',
          `  kubectl delete namespace ${namespace}`,
        ]
      : [
          'A pod is not ready if it found a file of another owner. It leaves that file unchanged; its log shows which one, and what to merge by hand.',
          ...runtimes.map((runtime) => REMARKS[runtime]),
          ...(login && mirrorOf.length > 0 ? [mirrorWarning(address, mirrorOf)] : []),
          `Each node must resolve ${host}. Nodes do not use the cluster's DNS.`,
        ];
  return [
    title,
    '='.repeat(title.length),
    '',
    `kubectl -n ${namespace} rollout status daemonset/${name}`,
    `kubectl -n ${namespace} logs daemonset/${name}`,
    '',
    ...remarks,
    '',
  ].join('\n');
}
