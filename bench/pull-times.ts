// Starts a registry as this library configures it, one as the successor chart does with a password of bcrypt cost 10, and one
// without a login, has each answer the same requests in turn, and prints what that took: node -r esbuild-register
// pull-times.ts <registry> <requests> <rounds> <pulls at once> <megabytes of each>. All read the same images. Times of
// manifests are those of the processor; others are by the clock.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import { hashSync } from 'bcryptjs';
import { Chart, Testing } from 'cdk8s';
import { Registry, RegistryCredentials, RegistryUser } from '../lib';
import { FixedStore } from '../lib/secrets/fixed-store';
import { blobPath, clocked, MANIFEST, mustGet, pull, push, pushBlob, smallLayers } from './images';
import { cpuMilliseconds, peakMegabytes } from './processes';
import { FIRST_PORT, folder, PASSWORD, print, ready, serve, usersFile } from './servers';

const [program = ''] = process.argv.slice(2, 3);
const [requests, rounds, atOnce, megabytes] = process.argv.slice(3, 7).map(Number) as [
  number,
  number,
  number,
  number,
];
const CLIENTS = 16;
/** What is slow is asked less often. */
const SHARE_OF_SLOW = 100;
/** Of a generated password, as the store makes it. */
const GENERATED_COST = 4;

interface Server {
  readonly name: string;
  readonly port: number;
  readonly agent: http.Agent;
  readonly start: () => ChildProcess;
  readonly share: number;
  readonly figures: Record<string, number[]>;
}

/** What config.yml and the environment are by default, with or without a login. */
function byLibrary(name: string, port: number, credentials: RegistryCredentials, users = ''): ChildProcess {
  const app = Testing.app();
  new FixedStore().useIn(app);
  const registry = new Registry(new Chart(app, 'chart', { namespace: 'registry' }), 'registry', {
    host: 'registry.example.com',
    ingress: {},
    auth: { credentials },
  });
  const [pod] = Testing.synth(registry.node.scope as Chart).filter(({ kind }) => kind === 'Deployment');
  const { env } = pod.spec.template.spec.containers[0] as { env: { name: string; value?: string }[] };
  const given = env.flatMap(({ name: variable, value }) => (value === undefined ? [] : [[variable, value]]));
  const configuration = registry.deployment.configuration
    .toYaml()
    .replace(/addr: \S*:5000$/m, `addr: 127.0.0.1:${port}`)
    .replace('rootdirectory: /var/lib/registry', `rootdirectory: ${folder}/images`)
    .replace(/path: \/auth\/\S+/, `path: ${users}`);
  return serve(program, name, configuration, { REGISTRY_HTTP_SECRET: 'x', ...Object.fromEntries(given) });
}

/** The configData of docker-registry, with htpasswd. It sets no variables of Go's. */
function bySuccessor(name: string, port: number, users: string): ChildProcess {
  const configuration = {
    version: '0.1',
    log: { fields: { service: 'registry' } },
    storage: { filesystem: { rootdirectory: `${folder}/images` }, cache: { blobdescriptor: 'inmemory' } },
    http: { addr: `127.0.0.1:${port}`, headers: { 'X-Content-Type-Options': ['nosniff'] }, secret: 'x' },
    health: { storagedriver: { enabled: true, interval: '10s', threshold: 3 } },
    auth: { htpasswd: { realm: 'Registry Realm', path: users } },
  };
  return serve(program, name, JSON.stringify(configuration));
}

function servers(): Server[] {
  const file = (cost: number) => usersFile(`users-${cost}`, { admin: hashSync(PASSWORD, cost) });
  const users = RegistryCredentials.users(RegistryUser.generated('admin'));
  const [cheap, costly] = [file(GENERATED_COST), file(10)];
  const starts: Readonly<Record<string, (name: string, port: number) => ChildProcess>> = {
    none: (name, port) => byLibrary(name, port, RegistryCredentials.anonymous()),
    default: (name, port) => byLibrary(name, port, users, cheap),
    successor: (name, port) => bySuccessor(name, port, costly),
  };
  return Object.entries(starts).map(([name, begin], index) => ({
    name,
    port: FIRST_PORT + index,
    agent: new http.Agent({ keepAlive: true, maxSockets: atOnce }),
    start: () => begin(name, FIRST_PORT + index),
    share: name === 'successor' ? SHARE_OF_SLOW : 1,
    figures: {},
  }));
}

/** Each round begins with a new process, so that the peak of its memory is that of the large pulls. */
async function measure(
  server: Server,
  round: number,
  layers: readonly Buffer[],
  large: Buffer,
): Promise<void> {
  const { share, figures } = server;
  const add = (name: string, value: number) => {
    if (round > 0) figures[name] = [...(figures[name] ?? []), value];
  };
  const child = server.start();
  const pid = Number(child.pid);
  await ready(server);
  if (round === 0 && server.name === 'none') {
    await push(server, layers);
    await pushBlob(server, large);
  }
  const before = cpuMilliseconds(pid);
  let left = requests / share;
  const client = async () => {
    while (left-- > 0) await mustGet(server, MANIFEST);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  add('processor', (cpuMilliseconds(pid) - before) * share);
  add('pull', await clocked(() => pull(server, layers)));
  const pulls = () =>
    Promise.all(Array.from({ length: atOnce }, () => mustGet(server, blobPath(large)))).then(() => undefined);
  if (round > 0) add('large', await clocked(pulls));
  add('memory', peakMegabytes(pid));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  server.agent.destroy();
}

print(async () => {
  const all = servers();
  const [layers, large] = [smallLayers(), randomBytes(megabytes * 1_000_000)];
  for (let round = 0; round <= rounds; round++)
    for (const server of all) await measure(server, round, layers, large);
  return Object.fromEntries(all.map(({ name, figures }) => [name, figures]));
});
