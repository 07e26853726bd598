// What scripts share that start servers and time their answers: a folder and programs that go when the script ends,
// the wait until a server answers, and figures on stdout for whoever started the script.
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';

/** Of every user. */
export const PASSWORD = 'x'.repeat(24);
/** The first of the ports that a script uses. */
export const FIRST_PORT = 20000 + (process.pid % 20000);

/** The script's folder. */
export const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-registry-bench-'));
const running: ChildProcess[] = [];
process.on('exit', () => {
  for (const child of running) child.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts a program without an environment, unless one is given. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(program, args, { stdio: 'ignore', env });
  running.push(child);
  return child;
}

/** Starts a registry on one processor, with what is added to its configuration. */
export function startRegistry(
  program: string,
  name: string,
  port: number,
  { storage, http: ofHttp, htpasswd }: { storage: object; http?: object; htpasswd?: string },
): ChildProcess {
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage,
    http: { addr: `127.0.0.1:${port}`, ...ofHttp },
    ...(htpasswd !== undefined && { auth: { htpasswd: { realm: 'x', path: htpasswd } } }),
  };
  return serve(program, name, JSON.stringify(configuration));
}

/** Starts a registry on one processor by its whole config.yml, with what is added to its environment. */
export function serve(
  program: string,
  name: string,
  configuration: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const file = path.join(folder, `${name}.yml`);
  fs.writeFileSync(file, configuration);
  return start(program, ['serve', file], { OTEL_TRACES_EXPORTER: 'none', GOMAXPROCS: '1', ...env });
}

/** Writes users and their hashes as the registry reads them. */
export function usersFile(name: string, hashes: Readonly<Record<string, string>>): string {
  const file = path.join(folder, name);
  const lines = Object.entries(hashes).map(([user, hash]) => `${user}:${hash}\n`);
  fs.writeFileSync(file, lines.join(''));
  return file;
}

/** Where a request goes, and what it says. */
export interface Asked {
  readonly port: number;
  readonly agent: http.Agent;
  readonly path: string;
  readonly method?: string;
  /** `admin` unless told. */
  readonly user?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: Buffer;
}

/** Status and headers of an answer that was read to its end. */
export function ask({ user = 'admin', body, ...request }: Asked): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http
      .request({ host: '127.0.0.1', auth: `${user}:${PASSWORD}`, ...request }, (answer) =>
        answer.resume().on('end', () => resolve(answer)),
      )
      .on('error', reject)
      .end(body);
  });
}

/** Waits until a server answers a login. */
export async function ready({
  name,
  port,
  agent,
}: {
  name: string;
  port: number;
  agent: http.Agent;
}): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await ask({ port, agent, path: '/v2/' }).catch(() => undefined);
    if (answer?.statusCode === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name}: nothing answers as it should`);
}

/** Prints what was measured, and ends. */
export function print(measure: () => Promise<object>): void {
  measure().then(
    (figures) => {
      process.stdout.write(`${JSON.stringify(figures)}\n`);
      process.exit(0);
    },
    (error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
}
