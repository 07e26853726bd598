// The part of NOTES.txt about nodes that trust a registry: how to check it, and the limits of these
// manifests.

import { NodeRuntime, RegistryNodeFiles } from '../node-files';
import type { NodeTask } from './script';

const REMARKS: Readonly<Record<NodeRuntime, string>> = {
  [NodeRuntime.CONTAINERD]:
    'containerd reads this only where its config.toml has config_path = "/etc/containerd/certs.d"; then without a restart.',
  [NodeRuntime.DOCKER]: 'Docker needs no restart.',
  [NodeRuntime.K3S]:
    'k3s reads it when it starts: sudo systemctl restart k3s (on agents k3s-agent), node by node. Running pods stay.',
};

/** Nothing fails there: nodes fall back to the other registry, and the mirror is never used. */
function mirrorWarning(address: string, mirrorOf: readonly string[]): string {
  const hosts = mirrorOf.join(', ');
  return `WARNING: ${address} asks for a login, which nodes don't have for images of ${hosts}: it answers 401, they go on to ${hosts}, and it is never used as a mirror. Let everybody pull from it, or leave mirrorOf out.`;
}

/** A login that may pull less than is mirrored. */
function partlyWarning(user: string, hosts: readonly string[]): string {
  return `WARNING: ${user} may not pull all images of ${hosts.join(', ')}. For the others nodes go on to ${hosts.join(', ')}, silently.`;
}

/** A login that does more harm than it must, once somebody takes it from a node. */
function writerWarning(user: string): string {
  return `WARNING: ${user} may push or delete images, and its login is on every node. Name a user that may only pull, by access rules.`;
}

/** Hosts without a cache beside those with one: nodes leave the host out of a name that they ask for. */
function cachelessWarning(
  address: string,
  { mirrorOf, paths }: Pick<RegistryNodeFiles['_source'], 'mirrorOf' | 'paths'>,
): string[] {
  const hosts = Object.keys(paths).length === 0 ? [] : mirrorOf.filter((host) => paths[host] === undefined);
  if (hosts.length === 0) return [];
  return [
    `WARNING: ${address} has no cache of ${hosts.join(', ')}. As a mirror it serves its own images under that name, such as team/app for ${hosts[0]}/team/app. Add a cache, or leave it out of mirrorOf.`,
  ];
}

function sharedLogin(user: string, mirrorOf: readonly string[], runtimes: readonly NodeRuntime[]): string {
  const more = runtimes.includes(NodeRuntime.K3S) ? ', and on k3s whatever else that user may pull' : '';
  return `All pods of the cluster may use the images of ${mirrorOf.join(', ')} that ${user} may pull${more}.`;
}

/** The login for mirrors, and what it doesn't permit, or permits besides. */
interface MirrorAccess {
  readonly closed: readonly string[];
  readonly login?: string;
  /** Whether it may push or delete. */
  readonly writes: boolean;
}

/** The notes of a DaemonSet. */
export function nodeTrustNotes(
  namespace: string,
  name: string,
  { address, _source: { endpoint, mirrorOf, paths } }: RegistryNodeFiles,
  runtimes: readonly NodeRuntime[],
  task: NodeTask,
  { closed, login, writes }: MirrorAccess,
): string {
  const title = task === 'remove' ? `Nodes that no longer trust ${address}` : `Nodes that trust ${address}`;
  const host = endpoint.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  const remarks =
    task === 'remove'
      ? [
          'When all pods are ready, nothing that it wrote is left on the nodes (k3s forgets it at its next start). Then take the construct out of the app, and:',
          `  kubectl delete namespace ${namespace}`,
        ]
      : [
          "A pod that isn't ready has found a file that it didn't write. It continues once you move the file away; its log names the file, and what to merge.",
          ...runtimes.map((runtime) => REMARKS[runtime]),
          ...(login === undefined ? [] : [sharedLogin(login, mirrorOf, runtimes)]),
          ...(login !== undefined && writes ? [writerWarning(login)] : []),
          ...(closed.length > 0
            ? [login === undefined ? mirrorWarning(address, closed) : partlyWarning(login, closed)]
            : []),
          ...cachelessWarning(address, { mirrorOf, paths }),
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
