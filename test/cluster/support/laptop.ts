// A computer beside the cluster, as a person's: on the network of the cluster's nodes where the cluster is
// our own, else on this machine's. Or a shell of a node of our own: on that node's network.

import { Computer } from '../../../tools/computer';
import { IS_ROOT } from '../../../tools/programs';

export class Laptop extends Computer {
  /** `network` is a file under /proc that names a network namespace. */
  static async start(network?: string): Promise<Laptop> {
    const laptop = new Laptop();
    const joined = network === undefined ? [] : ['nsenter', `--net=${network}`];
    const flags = IS_ROOT ? [] : ['--user', '--map-root-user'];
    const setup = 'mount --bind "$0" /etc/hosts; echo up; exec cat';
    await laptop.boot([...joined, 'unshare', ...flags, '--mount', 'sh', '-ec', setup, laptop.hostsFile]);
    return laptop;
  }
}
