// Starts a registry for each kind of login, has each answer the same number of requests in turn, and prints
// what that took of its CPU time: node -r esbuild-register login-times.ts <registry> <requests> <rounds>. A
// registry that is busy with passwords answers others later, so its own time is what counts, and whatever
// else the machine does changes little of it.
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { hashSync } from 'bcryptjs';
import { cpuMilliseconds } from './processes';

const [program = '', requests, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const LOGINS: Record<string, number | undefined> = {
  none: undefined,
  'cost 4': 4,
  'cost 5': 5,
  'cost 10': 10,
};
const PASSWORD = 'x'.repeat(24);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-registry-logins-'));
const running: ChildProcess[] = [];
process.on('exit', () => {
  for (const child of running) child.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Server {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
  readonly agent: http.Agent;
  readonly samples: number[];
}

function start(name: string, cost: number | undefined, port: number): Server {
  const at = path.join(folder, name.replace(' ', '-'));
  fs.mkdirSync(at);
  if (cost !== undefined) fs.writeFileSync(`${at}/htpasswd`, `admin:${hashSync(PASSWORD, cost)}\n`);
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: `${at}/data` } },
    http: { addr: `127.0.0.1:${port}` },
    ...(cost !== undefined && { auth: { htpasswd: { realm: 'x', path: `${at}/htpasswd` } } }),
  };
  fs.writeFileSync(`${at}/config.yml`, JSON.stringify(config));
  const child = spawn(program, ['serve', `${at}/config.yml`], {
    stdio: 'ignore',
    env: { OTEL_TRACES_EXPORTER: 'none', GOMAXPROCS: '1' },
  });
  running.push(child);
  return { name, port, child, agent: new http.Agent({ keepAlive: true, maxSockets: 1 }), samples: [] };
}

function get({ port, agent }: Server): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const auth = `admin:${PASSWORD}`;
    http
      .get({ host: '127.0.0.1', port, path: '/v2/', auth, agent }, (answer) =>
        answer.resume().on('end', () => resolve(answer.statusCode)),
      )
      .on('error', reject);
  });
}

async function ready(server: Server): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const status = await get(server).catch(() => undefined);
    if (status === 200) return;
    if (status !== undefined) throw new Error(`${server.name}: ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${server.name}: no registry answers`);
}

function cpu({ child }: Server): number {
  return cpuMilliseconds(Number(child.pid));
}

async function main(): Promise<void> {
  const port = 20000 + (process.pid % 20000);
  const servers = Object.entries(LOGINS).map(([name, cost], index) => start(name, cost, port + index));
  for (const server of servers) await ready(server);
  for (let round = 0; round <= rounds; round++) {
    for (const server of servers) {
      // Fewer of the slow ones will do.
      const share = server.name === 'cost 10' ? 16 : 1;
      const before = cpu(server);
      for (let request = 0; request < requests / share; request++) {
        const status = await get(server);
        if (status !== 200) throw new Error(`${server.name}: ${status}`);
      }
      if (round > 0) server.samples.push((cpu(server) - before) * share);
    }
  }
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries(servers.map(({ name, samples }) => [name, samples])))}\n`,
  );
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
