// The machine that pods run on: Linux namespaces of its own for network, mounts and the hosts file, so that every pod
// has its own address, ports 443 and 5000 are always free, and test files can run at the same time.
//
// Each pod gets a network namespace and a virtual cable to the machine's bridge, as under Kubernetes, because the
// registry listens on all addresses of a fixed port: two pods could not share one namespace. Root makes all this
// directly; an ordinary user makes it inside a user namespace, where files then have one owner only.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT, IS_ROOT } from '../programs';

export const MACHINE_IP = '10.244.0.1';

// A bridge takes the lowest address of its cables unless it is given one, and then pods lose it for a minute when another pod comes or goes.
// No addresses of IPv6 but on lo: they come seconds later, by themselves, and then Chromium drops its requests, because the network has changed.
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

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions extends SpawnOptions {
  /** Text for the program's standard input. */
  readonly input?: string;
  /** A pod whose network namespace the program enters. */
  readonly network?: PodNetwork;
}

export interface PodNetwork {
  readonly ip: string;
  /** The process that keeps the namespace alive, as Kubernetes' pause container does. */
  readonly pause: ChildProcess;
}

export class Machine {
  static async start(): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-e2e-'));
    chmodSync(folder, 0o755); // pods run as other users
    const machine = new Machine(folder);
    const flags = IS_ROOT ? [] : ['--user', '--map-root-user'];
    const setup = ['unshare', ...flags, '--net', '--mount', 'sh', '-ec', MACHINE_SETUP, machine.hostsFile];
    machine.init = machine.track(spawn(setup[0], setup.slice(1), { env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'inherit'] }));
    await started(machine.init);
    return machine;
  }

  private readonly children = new Set<ChildProcess>();
  private readonly hosts = new Map([['localhost', '127.0.0.1']]);
  private readonly namespaces = new Map<string, Map<string, string>>();
  private pods = 1;
  private init?: ChildProcess;

  private constructor(readonly folder: string) {
    this.writeHosts();
  }

  /** The machine's /etc/hosts: there is no DNS. */
  get hostsFile(): string {
    return join(this.folder, 'hosts');
  }

  /** A pod's /etc/hosts: Services of its own namespace have short names too. */
  hostsFileOf(namespace: string): string {
    this.hostsOf(namespace);
    this.writeHosts();
    return `${this.hostsFile}.${namespace}`;
  }

  /** Names an address, for all or for the pods of one namespace. */
  addHost(name: string, ip: string, namespace?: string): void {
    (namespace === undefined ? this.hosts : this.hostsOf(namespace)).set(name, ip);
    this.writeHosts();
  }

  makeFolder(...name: string[]): string {
    const path = join(this.folder, ...name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** What runs a program on the machine for as long as the process lives that starts it: for those that start programs themselves. */
  entering(command: readonly string[], network?: PodNetwork): string[] {
    return [...this.enter(network), 'setpriv', '--pdeathsig', 'KILL', '--', ...command];
  }

  /** Starts a program on the machine; it dies with the test. */
  spawn(command: readonly string[], { network, ...options }: RunOptions = {}): ChildProcess {
    const [program, ...args] = this.entering(command, network);
    return this.track(spawn(program, args, { env: ENVIRONMENT, ...options }));
  }

  run(command: readonly string[], options: RunOptions = {}): Promise<Result> {
    return collect(this.spawn(command, { stdio: 'pipe', ...options }), options.input);
  }

  /** Like `run`, for what must succeed before anything can be tested. */
  async must(command: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, options);
    if (code !== 0) throw new Error(`${command.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs a command in the namespaces of a running container, as `kubectl exec` does. */
  runInside(pid: number, uid: number, gid: number, command: readonly string[], env: Record<string, string>): Promise<Result> {
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

  async stop(): Promise<void> {
    const running = [...this.children];
    const closed = running.map((child) => once(child, 'close'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(closed);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private enter(network?: PodNetwork): string[] {
    const user = IS_ROOT ? [] : ['--user', '--preserve-credentials'];
    const net = network === undefined ? '--net' : `--net=/proc/${network.pause.pid}/ns/net`;
    return ['nsenter', '--target', String(this.init?.pid), ...user, '--mount', net, '--'];
  }

  private track(child: ChildProcess): ChildProcess {
    this.children.add(child);
    child.once('close', () => this.children.delete(child));
    return child;
  }

  private hostsOf(namespace: string): Map<string, string> {
    const own = this.namespaces.get(namespace) ?? new Map<string, string>();
    this.namespaces.set(namespace, own);
    return own;
  }

  private writeHosts(): void {
    const write = (file: string, hosts: Iterable<[string, string]>) =>
      writeFileSync(file, [...hosts].map(([name, ip]) => `${ip} ${name}\n`).join(''));
    write(this.hostsFile, this.hosts);
    for (const [namespace, own] of this.namespaces) write(`${this.hostsFile}.${namespace}`, [...this.hosts, ...own]);
  }
}

/** Waits until a helper process has said that it is up. */
async function started(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit').then(() => Promise.reject(new Error(`${child.spawnargs.join(' ')} did not start`)));
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), exited]);
  exited.catch(() => undefined); // it ends with the machine
}

async function collect(child: ChildProcess, input = ''): Promise<Result> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  child.stdin?.on('error', () => undefined); // a program may exit without reading its input
  child.stdin?.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}
