// A DaemonSet's pod on a node whose root is a folder of the test: root without capabilities on a read-only
// root, and of the node no more than the folders that the manifest mounts.

import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { imageFiles } from './image';
import type { Machine, Result } from './machine';
import type { Objects } from './manifests';
import type { DaemonSet } from './shapes';

type Container = DaemonSet['spec']['template']['spec']['containers'][number];

export class NodeAgent {
  private readonly container: Container;
  private readonly mounts: string[];
  private child?: ChildProcess;
  private output = '';

  /** `root` is the node's root folder. */
  constructor(
    private readonly machine: Machine,
    objects: Objects,
    name: string,
    root: string,
  ) {
    const { metadata, spec } = objects.one('DaemonSet', name);
    const { containers, volumes } = spec.template.spec;
    const [container, ...more] = containers;
    if (container === undefined || more.length > 0)
      throw new Error(`DaemonSet ${name}: it needs exactly one container`);
    this.container = container;
    this.mounts = container.volumeMounts.flatMap((mount) => {
      const volume = volumes.find((candidate) => candidate.name === mount.name);
      if (volume?.hostPath !== undefined) {
        const folder = join(root, volume.hostPath.path);
        mkdirSync(folder, { recursive: true, mode: 0o755 });
        return [mount.readOnly ? '--ro-bind' : '--bind', folder, mount.mountPath];
      }
      if (volume?.configMap === undefined && volume?.projected === undefined)
        throw new Error(`DaemonSet ${name}: there is no volume ${mount.name}`);
      const folder = machine.makeFolder('agents', name, mount.name);
      const { sources, defaultMode: mode } = volume.projected ?? { sources: [volume] };
      for (const { configMap, secret } of sources.map((source) => ({ secret: undefined, ...source }))) {
        const contents = configMap
          ? objects.data('ConfigMap', configMap.name, metadata.namespace)
          : objects.data('Secret', secret?.name ?? '', metadata.namespace);
        for (const [key, content] of contents) writeFileSync(join(folder, key), content, { mode });
      }
      return ['--ro-bind', folder, mount.mountPath];
    });
  }

  /**
   * Runs the container until it is ready or has ended, or, for one that has to wait for something, until it
   * printed this.
   */
  async start(until?: string): Promise<void> {
    this.output = '';
    const child = this.machine.spawn(
      this.sandbox([...(this.container.command ?? []), ...(this.container.args ?? [])]),
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    for (const deadline = Date.now() + 60_000; child.exitCode === null && !(await this.reached(until)); ) {
      if (Date.now() > deadline) throw new Error(`the agent is not ready: ${this.output}`);
      await sleep(50);
    }
  }

  private async reached(text?: string): Promise<boolean> {
    return text === undefined ? (await this.probe()).code === 0 : this.output.includes(text);
  }

  /** What it printed, and its exit code if it has ended by itself. */
  async stop(): Promise<{ readonly logs: string; readonly code: number | null }> {
    // What it printed last is on its way.
    for (let said = -1; said !== this.output.length; await sleep(300)) said = this.output.length;
    const code = this.child?.exitCode ?? null;
    this.child?.kill('SIGKILL');
    return { logs: this.output, code };
  }

  /** Asks the readiness probe, as the kubelet does. */
  probe(): Promise<Result> {
    return this.run(this.container.readinessProbe?.exec?.command ?? ['false']);
  }

  /** Runs a command under the same restrictions. */
  run(command: readonly string[]): Promise<Result> {
    return this.machine.run(this.sandbox(command));
  }

  private sandbox(command: readonly string[]): string[] {
    return [
      ...[
        'bwrap',
        '--unshare-user',
        '--uid',
        '0',
        '--gid',
        '0',
        '--cap-drop',
        'ALL',
        '--unshare-pid',
        '--unshare-net',
        '--unshare-ipc',
      ],
      ...['--die-with-parent', '--new-session', '--clearenv', '--setenv', 'PATH', '/bin'],
      ...imageFiles(this.machine, this.container.image),
      ...['--dev-bind', '/dev/null', '/dev/null', '--proc', '/proc', ...this.mounts],
      ...['--remount-ro', '/', '--', ...command],
    ];
  }
}
