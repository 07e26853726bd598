// A computer of the tests: a hosts file of its own, and programs that end with it. What it is joined to, a
// network of pods or a real cluster's, its subclasses say.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT, IS_ROOT } from './programs';

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions extends SpawnOptions {
  /** Text for the program's standard input. */
  readonly input?: string;
}

export abstract class Computer {
  /** For what its programs and the tests leave; it goes with the computer. */
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-e2e-'));
  private readonly children = new Set<ChildProcess>();
  private readonly hosts = new Map([['localhost', '127.0.0.1']]);
  /** Keeps the computer's namespaces. */
  private init?: ChildProcess;

  protected constructor() {
    chmodSync(this.folder, 0o755); // pods run as other users
    this.writeHosts();
  }

  /** The computer's /etc/hosts. */
  get hostsFile(): string {
    return join(this.folder, 'hosts');
  }

  addHost(name: string, ip: string): void {
    this.hosts.set(name, ip);
    this.writeHosts();
  }

  makeFolder(...name: string[]): string {
    const path = join(this.folder, ...name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /**
   * What runs a program on the computer for as long as the process lives that starts it: for those that start
   * programs themselves.
   */
  entering(command: readonly string[]): string[] {
    return [...this.enter(), 'setpriv', '--pdeathsig', 'KILL', '--', ...command];
  }

  /** Starts a program on the computer; it dies with the test. */
  spawn(command: readonly string[], options: RunOptions = {}): ChildProcess {
    const [program, ...args] = this.entering(command);
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

  async stop(): Promise<void> {
    const running = [...this.children];
    const closed = running.map((child) => once(child, 'close'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(closed);
    // What was started in a sandbox ends a moment after it, and may write until then.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Starts the process that keeps the computer's namespaces. It must print something when they are made. */
  protected async boot(command: readonly string[]): Promise<void> {
    this.init = this.track(
      spawn(command[0], command.slice(1), { env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    await started(this.init);
  }

  protected enter(net = '--net'): string[] {
    const user = IS_ROOT ? [] : ['--user', '--preserve-credentials'];
    return ['nsenter', '--target', String(this.init?.pid), ...user, '--mount', net, '--'];
  }

  protected track(child: ChildProcess): ChildProcess {
    this.children.add(child);
    child.once('close', () => this.children.delete(child));
    return child;
  }

  protected writeHosts(file = this.hostsFile, more: Iterable<[string, string]> = []): void {
    writeFileSync(file, [...this.hosts, ...more].map(([name, ip]) => `${ip} ${name}\n`).join(''));
  }
}

/** Waits until a helper process has said that it is up. */
export async function started(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit').then(() =>
    Promise.reject(new Error(`${child.spawnargs.join(' ')} did not start`)),
  );
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), exited]);
  exited.catch(() => undefined); // it ends with the computer
}

export async function collect(child: ChildProcess, input = ''): Promise<Result> {
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
