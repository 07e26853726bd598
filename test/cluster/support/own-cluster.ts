// The project's own cluster (tools/cluster), started for a run of the tests when the first of them asks for
// it, and stopped with the run.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { KUBERNETES } from '../../../tools/programs';

const PROGRAM = resolve(__dirname, '..', '..', '..', 'tools', 'cluster', 'cluster');
const IMAGES = join(__dirname, 'images');
const CACHE = join(homedir(), '.cache', 'cdk8s-registry');
const STATES = join(CACHE, 'clusters');

/**
 * Names the run to which clusters belong. Each run of jest has a name of its own, the number of its main
 * process, and its clusters go with it. A name that somebody sets, E2E_CLUSTER=mine, is for work on tests:
 * the cluster stays for the next run, until `npm run cluster:down`.
 */
export const RUN = 'E2E_CLUSTER';

export interface OwnClusterOptions {
  /** Apart from what other files have: nodes are restarted and drained in it. It ends with the file. */
  readonly name?: string;
  /** @default 1 */
  readonly nodes?: number;
}

const SHARED = 'shared';

/** Whether it is the name of a run of jest, and nobody's own. */
const isRun = (name: string) => /^\d+$/.test(name);
const ofRun = () => isRun(process.env[RUN] ?? String(process.pid));

export class OwnCluster {
  /** Gives the running one, or starts it. Files that run at the same time wait for each other. */
  static start({ name = SHARED, nodes = 1 }: OwnClusterOptions = {}): OwnCluster {
    const cluster = new OwnCluster(OwnCluster.stateOf(name), name !== SHARED && ofRun());
    mkdirSync(STATES, { recursive: true });
    const lock = spawnSync(
      'flock',
      ['--close', `${cluster.state}.start`, 'sh', '-ec', START, String(nodes)],
      {
        env: cluster.environment,
        encoding: 'utf8',
      },
    );
    if (lock.status !== 0)
      throw new Error(`the cluster does not start: ${lock.stdout}${lock.stderr}${cluster.logs()}`);
    return cluster;
  }

  static stateOf(name: string): string {
    const version = KUBERNETES === undefined ? '' : `-${KUBERNETES}`;
    return join(STATES, `${process.env[RUN] ?? process.pid}-${name}${version}`);
  }

  /** Stops the clusters of a run, and those of runs that ended without doing so. */
  static stopAll(run: string): void {
    if (!existsSync(STATES)) return;
    const names = readdirSync(STATES).filter((name) => !/\.(lock|start|images)$/.test(name));
    for (const name of names) {
      const [of = ''] = name.split('-');
      const over = of === run || (isRun(of) && !existsSync(`/proc/${of}`));
      if (!over) continue;
      new OwnCluster(join(STATES, name), true).stop();
    }
  }

  private constructor(
    /** The folder of everything that it writes. */
    readonly state: string,
    /** Whether no other file has it, and nobody wants it to stay. */
    readonly isDoneWith: boolean,
  ) {}

  get kubeconfig(): string {
    return join(this.state, 'pki', 'admin.kubeconfig');
  }

  /** The namespace of the network that the nodes are on. */
  get network(): string {
    return `/proc/${readFileSync(join(this.state, 'lan.pid'), 'utf8').trim()}/ns/net`;
  }

  /**
   * The namespace of a node's own network, from which Services are reached at their cluster addresses, and
   * node ports at 127.0.0.1.
   */
  networkOf(node: string): string {
    return `/proc/${readFileSync(join(this.folderOf(node), 'pid'), 'utf8').trim()}/ns/net`;
  }

  /** Cuts a node's power and starts it again. */
  reboot(node: string): void {
    this.must('reboot', node);
  }

  /** Starts what is missing of it. */
  up(): void {
    this.must('up');
  }

  /** Stops all of it and starts it with the state that it had. */
  restart(): void {
    this.must('down');
    this.up();
  }

  /** Ends it, with its state. */
  stop(): void {
    this.must('down', '--delete');
    for (const suffix of ['lock', 'start', 'images'])
      rmSync(`${this.state}.${suffix}`, { recursive: true, force: true });
  }

  /** What the control group of a node is called. */
  controlGroup(node: string): string {
    const { stdout } = spawnSync('cksum', { input: `${this.folderOf(node)}\n`, encoding: 'utf8' });
    return `cluster-${stdout.split(' ')[0]}`;
  }

  /** Gives an image to all nodes. */
  load(archive: string): void {
    this.must('load', archive);
  }

  /** Runs a command on a node, and gives what it prints. */
  onNode(node: string, ...command: string[]): string {
    return this.must('enter', node, '--', ...command);
  }

  /** The folder in which a node's own files are on this machine, such as etc.upper. */
  folderOf(node: string): string {
    return join(this.state, 'nodes', node);
  }

  private must(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(PROGRAM, args, { env: this.environment, encoding: 'utf8' });
    if (status !== 0)
      throw new Error(`cluster ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}${this.logs()}`);
    return stdout;
  }

  private get environment(): Record<string, string | undefined> {
    return {
      ...process.env,
      CLUSTER_STATE: this.state,
      CLUSTER_PROGRAM: PROGRAM,
      IMAGES,
      CLUSTER_BIN: join(CACHE, 'bin'),
    };
  }

  private logs(): string {
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'tail -n 5 "$0"/logs/*.log "$0"/logs/*/kubelet.log 2>&1', this.state],
      { encoding: 'utf8' },
    );
    return stdout;
  }
}

const START = `
  if [ -e "$CLUSTER_STATE/ready" ]; then exit; fi
  "$IMAGES" "$CLUSTER_STATE.images" &
  "$CLUSTER_PROGRAM" up --nodes "$0"
  wait $!
  "$CLUSTER_PROGRAM" load "$CLUSTER_STATE.images"/*.tar
  rm -rf "$CLUSTER_STATE.images"
  touch "$CLUSTER_STATE/ready"`;
