// One container as a bubblewrap sandbox: its own processes, a read-only root made of the image's files and
// the mounted volumes, the specified user without capabilities. As root, setpriv changes to that user first,
// so that files which are not readable for the pod's user and groups are refused as on a node.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, fchmodSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { IS_ROOT } from '../programs';
import { imageConfig, imageFiles } from './image';
import type { Machine, PodNetwork, Result } from './machine';
import type { Objects } from './manifests';
import type { Container, PodSpec } from './shapes';
import type { MountedVolume } from './volumes';

export interface ContainerContext {
  readonly machine: Machine;
  readonly network: PodNetwork;
  readonly objects: Objects;
  readonly namespace: string;
  readonly hostname: string;
  readonly pod: PodSpec;
  readonly volumes: ReadonlyMap<string, MountedVolume>;
}

export class RunningContainer {
  private static count = 0;

  static async start(container: Container, context: ContainerContext): Promise<RunningContainer> {
    const running = new RunningContainer(container, context);
    const { machine, network } = context;
    // Programs open /dev/stdout again by its path, which can't be done with the sockets that Node makes.
    const output = openSync(running.output, 'a', 0o666);
    fchmodSync(output, 0o666);
    const child = machine.spawn(running.command(), { network, stdio: ['ignore', output, output, 'pipe'] });
    closeSync(output);
    await running.watch(child);
    return running;
  }

  /** A file of everything that the container has printed. */
  private readonly output: string;
  /** Set when the container has ended. */
  exitCode?: number;
  readonly ended: Promise<number>;
  private end: (code: number) => void = () => undefined;
  private pid = 0;
  private readonly uid: number;
  private readonly gid: number;

  private constructor(
    readonly spec: Container,
    private readonly context: ContainerContext,
  ) {
    const { securityContext: pod } = context.pod;
    const uid = spec.securityContext.runAsUser ?? pod.runAsUser;
    const gid = spec.securityContext.runAsGroup ?? pod.runAsGroup;
    const nonRoot = spec.securityContext.runAsNonRoot ?? pod.runAsNonRoot;
    if (uid === undefined || gid === undefined || nonRoot === undefined || nonRoot === (uid === 0)) {
      throw new Error(
        `container ${spec.name}: it needs runAsUser and runAsGroup, and a runAsNonRoot that says the same`,
      );
    }
    this.uid = uid;
    this.gid = gid;
    RunningContainer.count += 1;
    this.output = join(context.machine.makeFolder('logs'), `${spec.name}-${RunningContainer.count}`);
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Everything that the container has printed. */
  get logs(): string {
    return readFileSync(this.output, 'utf8');
  }

  /** Runs a command in the container's namespaces, as `exec` probes and preStop hooks do. */
  exec(command: readonly string[]): Promise<Result> {
    return this.context.machine.runInside(this.pid, this.uid, this.gid, command, this.environment());
  }

  signal(signal: NodeJS.Signals): void {
    if (this.exitCode !== undefined) return;
    try {
      process.kill(this.pid, signal);
    } catch (error) {
      // It has just ended by itself, which is only not known yet.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /**
   * What the kubelet does to end a container: preStop, SIGTERM, and SIGKILL when the grace period is over.
   */
  async stop(preStop: readonly string[] | undefined): Promise<number> {
    const deadline = Date.now() + this.context.pod.terminationGracePeriodSeconds * 1000;
    const over = new AbortController();
    const graceEnds = sleep(deadline - Date.now(), undefined, { signal: over.signal, ref: false }).catch(
      () => undefined,
    );
    if (preStop !== undefined && this.exitCode === undefined) {
      const hook = await Promise.race([this.exec(preStop), graceEnds]);
      if (hook?.code !== 0)
        appendFileSync(this.output, `runner: preStop failed: ${hook?.stderr ?? 'it took too long'}\n`);
    }
    this.signal('SIGTERM');
    await Promise.race([this.ended, graceEnds]);
    this.signal('SIGKILL');
    over.abort();
    return this.ended;
  }

  private async watch(child: ChildProcess): Promise<void> {
    child.once('close', (code: number | null) => {
      this.exitCode = code ?? -1;
      this.end(this.exitCode);
    });
    let info = '';
    const report = child.stdio[3] as Readable;
    report.on('data', (chunk: Buffer) => {
      info += chunk.toString();
    });
    await once(report, 'end');
    if (info === '') throw new Error(`container ${this.spec.name} did not start: ${this.logs}`);
    this.pid = (JSON.parse(info) as { 'child-pid': number })['child-pid'];
  }

  private command(): string[] {
    const { machine, namespace, pod, hostname } = this.context;
    const groups =
      pod.securityContext.fsGroup === undefined
        ? ['--clear-groups']
        : ['--groups', String(pod.securityContext.fsGroup)];
    const user = ['setpriv', '--reuid', String(this.uid), '--regid', String(this.gid), ...groups, '--'];
    // Root stays the machine's root, without its powers: inside a user namespace it could give files to
    // nobody.
    const sandboxed =
      this.uid === 0 ? [] : ['--unshare-user', '--uid', String(this.uid), '--gid', String(this.gid)];
    const added = this.spec.securityContext.capabilities.add.flatMap((name) => ['--cap-add', `CAP_${name}`]);
    const environment = Object.entries(this.environment()).flatMap(([name, value]) => [
      '--setenv',
      name,
      value,
    ]);
    return [
      ...(IS_ROOT ? user : []),
      ...['bwrap', ...sandboxed, '--cap-drop', 'ALL', ...added],
      ...['--unshare-pid', '--as-pid-1', '--unshare-ipc', '--unshare-uts', '--hostname', hostname],
      ...['--die-with-parent', '--new-session', '--info-fd', '3', '--clearenv', ...environment],
      ...imageFiles(machine, this.spec.image),
      ...['--ro-bind', machine.hostsFileOf(namespace), '/etc/hosts', '--proc', '/proc', ...devices()],
      ...this.mounts(),
      ...['--remount-ro', '/', '--chdir', imageConfig(this.spec.image).workingDir, '--', ...this.process()],
    ];
  }

  /**
   * A command of the manifest takes the place of all that the image would run, arguments that of its
   * arguments.
   */
  private process(): string[] {
    const { image, name, command, args } = this.spec;
    if (command !== undefined) return [...command, ...(args ?? [])];
    const { entrypoint, cmd = [] } = imageConfig(image);
    if (entrypoint === undefined)
      throw new Error(`container ${name}: what the image ${image} runs by itself is not known here`);
    return [...entrypoint, ...(args ?? cmd)];
  }

  /** In the order of their paths, so that a mount inside another one comes later. */
  private mounts(): string[] {
    const mounts = [...this.spec.volumeMounts].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
    return mounts.flatMap(({ name, mountPath, readOnly }) => {
      const volume = this.context.volumes.get(name);
      if (volume === undefined) throw new Error(`container ${this.spec.name}: there is no volume ${name}`);
      return [readOnly || volume.readOnly ? '--ro-bind' : '--bind', volume.path, mountPath];
    });
  }

  private environment(): Record<string, string> {
    const environment: Record<string, string> = {
      ...imageConfig(this.spec.image).env,
      HOSTNAME: this.context.hostname,
    };
    for (const { name, value, valueFrom } of this.spec.env) {
      if (value !== undefined && valueFrom !== undefined)
        throw new Error(`variable ${name}: value and valueFrom`);
      environment[name] =
        valueFrom === undefined
          ? expanded(value ?? '', environment)
          : this.secretKey(name, valueFrom.secretKeyRef);
    }
    return environment;
  }

  private secretKey(variable: string, { name, key }: { name: string; key: string }): string {
    const value = this.context.objects.data('Secret', name, this.context.namespace).get(key);
    if (value === undefined) throw new Error(`variable ${variable}: Secret ${name} has no key ${key}`);
    return value.toString();
  }
}

/**
 * As the kubelet does it: names of variables that come before, once; what is not known stays, and `$$` is one
 * `$`.
 */
function expanded(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replace(/\$(?:\$|\(([^)]*)\))/g, (all, name?: string) =>
    name === undefined ? '$' : (environment[name] ?? all),
  );
}

/** The devices of every container; /dev itself is on the read-only root. */
function devices(): string[] {
  const nodes = ['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`);
  const memory = ['--perms', '1777', '--size', String(64 * 2 ** 20), '--tmpfs', '/dev/shm'];
  const links = [
    ['fd', 'fd'],
    ['fd/0', 'stdin'],
    ['fd/1', 'stdout'],
    ['fd/2', 'stderr'],
  ].flatMap(([target, name]) => ['--symlink', `/proc/self/${target}`, `/dev/${name}`]);
  return [...nodes.flatMap((node) => ['--dev-bind', node, node]), ...links, ...memory];
}
