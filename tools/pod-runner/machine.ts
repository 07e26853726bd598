// The machine that pods run on: Linux namespaces of its own for network, mounts and the hosts file, so that
// every pod has its own address, ports 443 and 5000 are always free, and test files can run at the same time.
//
// Each pod gets a network namespace and a virtual cable to the machine's bridge, as under Kubernetes, because
// the registry listens on all addresses of a fixed port: two pods could not share one namespace. Root makes
// all this directly; an ordinary user makes it inside a user namespace, where files then have one owner only.

import { type ChildProcess, spawn } from 'node:child_process';
import { Computer, type RunOptions as ComputerRunOptions, collect, type Result, started } from '../computer';
import { ENVIRONMENT, IS_ROOT } from '../programs';

export type { Result } from '../computer';

export const MACHINE_IP = '10.244.0.1';

// A bridge takes the lowest address of its cables unless it is given one, and then pods lose it for a minute
// when another pod comes or goes. No addresses of IPv6 but on lo: they come seconds later, by themselves, and
// then Chromium drops its requests, because the network has changed.
const MACHINE_SETUP = `
  ip link set lo up
  ip link add pods address 02:00:00:00:00:01 type bridge
  ip link set pods addrgenmode none
  ip addr add ${MACHINE_IP}/24 dev pods
  ip link set pods up
  mount --bind "$0" /etc/hosts
  echo up
  exec cat`;

const POD_SETUP = `
  ip link add "cable$0" type veth peer name eth0 netns "$1"
  ip link set "cable$0" addrgenmode none
  ip link set "cable$0" master pods up
  nsenter --target "$1" --net sh -ec '
    ip link set lo up
    ip addr add "$0/24" dev eth0
    ip link set eth0 up
    ip route add default via ${MACHINE_IP}' "$2"`;

export interface RunOptions extends ComputerRunOptions {
  /** A pod whose network namespace the program enters. */
  readonly network?: PodNetwork;
}

export interface PodNetwork {
  readonly ip: string;
  /** The process that keeps the namespace alive, as Kubernetes' pause container does. */
  readonly pause: ChildProcess;
}

export class Machine extends Computer {
  static async start(): Promise<Machine> {
    const machine = new Machine();
    const flags = IS_ROOT ? [] : ['--user', '--map-root-user'];
    await machine.boot([
      'unshare',
      ...flags,
      '--net',
      '--mount',
      'sh',
      '-ec',
      MACHINE_SETUP,
      machine.hostsFile,
    ]);
    return machine;
  }

  private readonly namespaces = new Map<string, Map<string, string>>();
  private pods = 1;

  /** A pod's /etc/hosts: there is no DNS. Services of its own namespace have short names too. */
  hostsFileOf(namespace: string): string {
    this.hostsOf(namespace);
    this.writeAllHosts();
    return `${this.hostsFile}.${namespace}`;
  }

  /** Names an address, for all or for the pods of one namespace. */
  override addHost(name: string, ip: string, namespace?: string): void {
    if (namespace === undefined) super.addHost(name, ip);
    else this.hostsOf(namespace).set(name, ip);
    this.writeAllHosts();
  }

  override entering(command: readonly string[], network?: PodNetwork): string[] {
    const net = network === undefined ? '--net' : `--net=/proc/${network.pause.pid}/ns/net`;
    return [...this.enter(net), 'setpriv', '--pdeathsig', 'KILL', '--', ...command];
  }

  override spawn(command: readonly string[], { network, ...options }: RunOptions = {}): ChildProcess {
    const [program, ...args] = this.entering(command, network);
    return this.track(spawn(program, args, { env: ENVIRONMENT, ...options }));
  }

  override run(command: readonly string[], options: RunOptions = {}): Promise<Result> {
    return super.run(command, options);
  }

  override must(command: readonly string[], options: RunOptions = {}): Promise<string> {
    return super.must(command, options);
  }

  /** Runs a command in the namespaces of a running container, as `kubectl exec` does. */
  runInside(
    pid: number,
    uid: number,
    gid: number,
    command: readonly string[],
    env: Record<string, string>,
  ): Promise<Result> {
    const identity = IS_ROOT ? ['--setuid', String(uid), '--setgid', String(gid)] : [];
    const namespaces = ['--mount', '--pid', '--net', '--ipc', '--uts'];
    const [program, ...args] = [
      ...(IS_ROOT ? [] : this.enter()),
      ...['nsenter', '--target', String(pid), ...namespaces, ...identity, '--', ...command],
    ];
    return collect(this.track(spawn(program, args, { env, stdio: 'pipe' })));
  }

  async connectPod(): Promise<PodNetwork> {
    this.pods += 1;
    const ip = `10.244.0.${this.pods}`;
    const hold = ['unshare', '--net', 'sh', '-c', 'echo up; exec cat'];
    const pause = this.spawn(hold, { stdio: ['pipe', 'pipe', 'inherit'] });
    await started(pause);
    await this.must(['sh', '-ec', POD_SETUP, String(this.pods), String(pause.pid), ip]);
    return { ip, pause };
  }

  private hostsOf(namespace: string): Map<string, string> {
    const own = this.namespaces.get(namespace) ?? new Map<string, string>();
    this.namespaces.set(namespace, own);
    return own;
  }

  private writeAllHosts(): void {
    this.writeHosts();
    for (const [namespace, own] of this.namespaces) this.writeHosts(`${this.hostsFile}.${namespace}`, own);
  }
}
