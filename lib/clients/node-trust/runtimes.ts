// The container runtimes of a node trust: which folders of the node they read, and what they can't do.
import type { Check } from '../../core/check';
import { NodeRuntime, type RegistryNodeFiles } from '../node-files';

/** The folder of a node that each runtime reads; nothing else of the node is mounted. */
const FOLDERS: Readonly<Record<NodeRuntime, string>> = {
  [NodeRuntime.CONTAINERD]: '/etc/containerd/certs.d',
  [NodeRuntime.DOCKER]: '/etc/docker/certs.d',
  [NodeRuntime.K3S]: '/etc/rancher/k3s',
};

/** The folders of the node that are mounted for runtimes. */
export function foldersOf(runtimes: readonly NodeRuntime[]): { name: string; path: string }[] {
  return [...new Set(runtimes)].map((runtime) => ({ name: runtime, path: FOLDERS[runtime] }));
}

/** The runtimes on the nodes, each once. */
export function checkRuntimes(
  check: Check,
  given: NodeRuntime[] | undefined,
  files: RegistryNodeFiles,
): NodeRuntime[] {
  const list = check.list<NodeRuntime>('runtimes', given);
  if (given !== undefined && list.length === 0) check.report('no-runtimes', 'runtimes');
  const runtimes = list.map((runtime, index) =>
    check.enum(`runtimes[${index}]`, runtime, NodeRuntime.CONTAINERD, Object.values(NodeRuntime)),
  );
  const { url, endpoint } = files._source;
  if (runtimes.includes(NodeRuntime.DOCKER) && endpoint !== url)
    check.report('endpoint-for-docker', 'endpoint', { value: endpoint });
  if (runtimes.includes(NodeRuntime.DOCKER) && url.startsWith('http:'))
    check.report('docker-without-tls', 'runtimes', { address: files.address });
  const docker = runtimes.length > 0 && runtimes.every((runtime) => runtime === NodeRuntime.DOCKER);
  if (docker && files._source.mirrorOf.length > 0) check.report('mirror-for-docker', 'mirrorOf');
  return runtimes.length > 0 ? [...new Set(runtimes)] : [NodeRuntime.CONTAINERD];
}

/** The runtimes that were on the nodes before. */
export function checkRetired(
  check: Check,
  given: NodeRuntime[] | undefined,
  used: readonly NodeRuntime[],
): NodeRuntime[] {
  return check.list<NodeRuntime>('retiredRuntimes', given).flatMap((runtime, index) => {
    const at = `retiredRuntimes[${index}]`;
    if (!used.includes(runtime))
      return check.enum(at, runtime, NodeRuntime.CONTAINERD, Object.values(NodeRuntime));
    check.report('runtime-retired-and-used', at, { value: runtime });
    return [];
  });
}
