// Names that a node of our own cluster resolves, as one does with a DNS of its network.

import type { Cluster } from './cluster';

/** Lets a node find a host at an address. */
export function tellNode(cluster: Cluster, host: string, address: string, node = 'node-1'): void {
  cluster.own.onNode(node, 'sh', '-ec', `echo '${address} ${host}' >>/etc/hosts`);
}

/** Takes the host and the files for containerd away again. */
export function forgetOnNode(cluster: Cluster, host: string, node = 'node-1'): void {
  cluster.own.onNode(node, 'sed', '-i', `/ ${host}$/d`, '/etc/hosts');
  cluster.own.onNode(node, 'rm', '-rf', `/etc/containerd/certs.d/${host}`);
}
