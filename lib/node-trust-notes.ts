// What NOTES.txt says of nodes that trust a registry: how to see that they do, and what these manifests can't do for them.
import type { NodeTask } from './node-trust-script';
import { NodeRuntime, RegistryNodeFiles } from './registry-node-files';

const REMARKS: Readonly<Record<NodeRuntime, string>> = {
  [NodeRuntime.CONTAINERD]:
    'containerd reads this only where its config.toml has config_path = "/etc/containerd/certs.d"; then without a restart.',
  [NodeRuntime.DOCKER]: 'Docker needs no restart.',
  [NodeRuntime.K3S]: 'k3s reads it when it starts: sudo systemctl restart k3s (on agents k3s-agent), node by node. Running pods stay.',
};

/** The notes of a DaemonSet. */
export function nodeTrustNotes(
  namespace: string,
  name: string,
  { address, _source: { endpoint } }: RegistryNodeFiles,
  runtimes: readonly NodeRuntime[],
  task: NodeTask,
): string {
  const title = task === 'remove' ? `Nodes that no longer trust ${address}` : `Nodes that trust ${address}`;
  const host = endpoint.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  const remarks =
    task === 'remove'
      ? [
          'When all pods are ready, nothing of it is left on the nodes (k3s forgets it at its next start). Then take the construct out of the app, and:',
          `  kubectl delete namespace ${namespace}`,
        ]
      : [
          'A pod that is not ready found a file that it did not write, and left it alone; its log shows what to merge into that file.',
          ...runtimes.map((runtime) => REMARKS[runtime]),
          `The nodes themselves must resolve ${host}; they don't ask the cluster's DNS.`,
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
