// The front's nginx before a real registry, as processes of this machine: for what does not depend on a pod.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import type { RegistryAccess } from '../../lib/front/access';
import { groupsOfUsers } from '../../lib/front/access-checks';
import { accessLines, groupLines } from '../../lib/front/access-maps';
import { CACHE_ADDRESSES, namedCaches, serversOf } from '../../lib/front/cache-maps';
import type { FrontCache, FrontConfiguration } from '../../lib/front/front-configuration';
import { nginxConfiguration } from '../../lib/front/nginx-configuration';
import { LOGIN_SECONDS } from '../../lib/front/nginx-logins';
import { describeWith, ENVIRONMENT, type Program, pathOf } from '../../tools/programs';
import { newPublicFolder } from '../support/folder';
import type { Recorder } from './recorder';

/** nginx' user where the tests run as root: its workers would be another user otherwise. */
const USER = 65532;
const IS_ROOT = process.getuid?.() === 0;

/** Debian's nginx, which is older than the published image's, and one that is newer. */
export const NGINXES = ['nginx', 'newNginx'] as const satisfies readonly Program[];
type Nginx = (typeof NGINXES)[number];

/** `describe` for tests that run the front with each nginx, and other programs. */
export function describeWithNginxes(
  title: string,
  programs: readonly Program[],
  body: (nginx: Nginx) => void,
): void {
  for (const nginx of NGINXES) describeWith(`${title}, ${nginx}`, [nginx, ...programs], () => body(nginx));
}

export interface RunningFrontOptions {
  readonly access: RegistryAccess;
  /** Passwords by user. */
  readonly users: Readonly<Record<string, string>>;
  /** The registry, or what stands in its place. */
  readonly program?: 'registry2' | 'registry3';
  readonly recorder?: Recorder;
  /** The section `auth` of the registry's config.yml. */
  readonly auth?: object;
  /** Which nginx; Debian's unless told. */
  readonly nginx?: Nginx;
  /** How long a right login is remembered. */
  readonly rememberedSeconds?: number;
  readonly more?: Partial<Omit<FrontConfiguration, 'caches'>> & { readonly caches?: readonly FrontCache[] };
}

export class RunningFront {
  readonly folder = newPublicFolder();
  private readonly errors = openSync(join(this.folder, 'errors.log'), 'a');
  private readonly processes: ChildProcess[] = [];
  private nginx?: ChildProcess;
  private ports: readonly number[] = [];

  constructor(private readonly options: RunningFrontOptions) {}

  /** What clients reach. */
  get host(): string {
    return `127.0.0.1:${this.ports[0]}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** The registry itself, without rules. */
  get registryUrl(): string {
    return `http://127.0.0.1:${this.ports[1]}`;
  }

  get readOnlyFile(): string {
    return join(this.folder, 'read-only');
  }

  get htpasswdFile(): string {
    return join(this.folder, 'htpasswd');
  }

  /** Lines of the audit log. */
  audit(): Record<string, string>[] {
    return readFileSync(join(this.folder, 'audit.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** What the registry said, and nginx' errors. */
  log(): string {
    return readFileSync(join(this.folder, 'errors.log'), 'utf8');
  }

  /** How often nginx was asked for a password that it did not remember. */
  passwordChecks(): number {
    return readFileSync(join(this.folder, 'passwords.log'), 'utf8').split('\n').length;
  }

  writeUsers(users: Readonly<Record<string, string>>): void {
    const lines = Object.entries(users).map(([user, password]) => `${user}:${hashSync(password, 4)}\n`);
    writeFileSync(this.htpasswdFile, lines.join(''));
  }

  async start(): Promise<void> {
    const {
      access,
      users,
      program = 'registry3',
      recorder,
      more,
      rememberedSeconds = LOGIN_SECONDS,
    } = this.options;
    this.ports = await freePorts(3);
    const [port, registryPort, passwordPort] = this.ports as [number, number, number];
    const runFolder = join(this.folder, 'run');
    mkdirSync(runFolder);
    if (IS_ROOT) for (const folder of [this.folder, runFolder]) chownSync(folder, USER, USER);
    writeFileSync(join(runFolder, 'listen.conf'), `listen 127.0.0.1:${port};\n`);
    const servers = (more?.caches ?? []).map(
      (cache, index) =>
        `upstream ${serversOf(index)} { server ${cache.host}:${cache.port}; keepalive 16; }\n`,
    );
    writeFileSync(join(runFolder, CACHE_ADDRESSES), servers.join(''));
    this.writeUsers(users);
    const configuration = nginxConfiguration({
      registryPort,
      passwordPort,
      htpasswdFile: this.htpasswdFile,
      tokens: false,
      host: 'registry.example.com',
      realm: 'Registry Realm',
      rules: accessLines(access._all(true)),
      groupsOfUsers: groupLines(groupsOfUsers(access)),
      anonymous: access._permitsAnonymous,
      readOnlyFile: this.readOnlyFile,
      runFolder,
      encryptedAddresses: [],
      trustedProxies: [],
      limits: { loginsPerSecond: 100, loginBurst: 1000, requestBurst: 100 },
      ...more,
      caches: namedCaches(more?.caches ?? []),
    })
      .replace(`204 ${LOGIN_SECONDS}s;`, `204 ${rememberedSeconds}s;`)
      .replaceAll('/dev/stdout', join(this.folder, 'audit.log'))
      .replace('access_log off;', `access_log ${join(this.folder, 'passwords.log')};`);
    writeFileSync(join(this.folder, 'nginx.conf'), configuration);
    writeFileSync(
      join(this.folder, 'config.yml'),
      JSON.stringify({
        version: 0.1,
        log: { level: this.options.auth ? 'info' : 'warn', accesslog: { disabled: true } },
        storage: {
          filesystem: { rootdirectory: join(this.folder, 'images') },
          delete: { enabled: true },
        },
        ...(this.options.auth && { auth: this.options.auth }),
        http: { addr: `127.0.0.1:${registryPort}`, secret: 'of a test', relativeurls: true },
      }),
    );
    if (recorder) await recorder.listen(registryPort);
    else this.run(pathOf(program), ['serve', join(this.folder, 'config.yml')]);
    // A copy: where the tests run as root, its user may not get to the folder that it is in.
    const nginx = join(this.folder, 'nginx');
    copyFileSync(pathOf(this.options.nginx ?? 'nginx'), nginx);
    this.nginx = this.run(nginx, ['-p', this.folder, '-c', join(this.folder, 'nginx.conf')], USER);
    await this.answers();
  }

  /** nginx' workers. */
  get workers(): number[] {
    const master = Number(this.nginx?.pid);
    const children = readFileSync(`/proc/${master}/task/${master}/children`, 'utf8');
    return children.trim().split(' ').map(Number);
  }

  /** Has nginx read its configuration again, and waits until new workers are there. */
  async reload(): Promise<void> {
    const before = this.workers;
    this.nginx?.kill('SIGHUP');
    while (this.workers.every((worker) => before.includes(worker))) await sleep(20);
  }

  async stop(): Promise<void> {
    await this.options.recorder?.close();
    await Promise.all(
      this.processes.splice(0).map(async (process) => {
        if (process.exitCode !== null) return;
        const closed = once(process, 'close');
        process.kill('SIGTERM');
        await closed;
      }),
    );
  }

  private run(path: string, args: readonly string[], user?: number): ChildProcess {
    const child = spawn(path, args, {
      env: ENVIRONMENT,
      stdio: ['ignore', 'ignore', this.errors],
      ...(IS_ROOT && user !== undefined && { uid: user, gid: user }),
    });
    this.processes.push(child);
    return child;
  }

  private async answers(): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await fetch(`${this.url}/`).catch(() => undefined))?.status === 200) return;
      await sleep(50);
    }
    throw new Error(`the front does not answer: ${this.log()}`);
  }
}

/** Ports at which nothing listens. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map(async (server) => once(server.close(), 'close')));
  return ports;
}
