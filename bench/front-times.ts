// Starts a registry for each kind of login and one behind the front, has each answer the same requests in turn,
// and prints what that took: node -r esbuild-register front-times.ts <registry> <nginx> <requests> <rounds>. The
// images are in one folder that all of them read. Times of many requests are those of the processor, so that
// whatever else the machine does changes little of them; a pull and a first login are timed by the clock.
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { hashSync } from 'bcryptjs';
import { AccessRule, RegistryAccess } from '../lib/front/access';
import { accessLines } from '../lib/front/access-maps';
import { namedCaches } from '../lib/front/cache-maps';
import { nginxConfiguration } from '../lib/front/nginx-configuration';
import { clocked, MANIFEST, mustGet, pull, push, smallLayers } from './images';
import { cpuMilliseconds, peakMegabytes } from './processes';
import { FIRST_PORT, folder, PASSWORD, print, ready, start, startRegistry, usersFile } from './servers';

const [registry = '', nginx = ''] = process.argv.slice(2, 4);
const [requests, rounds] = process.argv.slice(4, 6).map(Number) as [number, number];
/** Clients at once: a server that waits for each request of one client takes more time for it. */
const CLIENTS = 16;
/** What is slow is asked less often. */
const SHARE_OF_SLOW = 100;
/** Who logs in at the front for the first time, one in each round. */
const newcomers = Array.from({ length: rounds + 1 }, (_, round) => `newcomer-${round}`);

const layers = smallLayers();

// nginx' workers, which are another user where this runs as root, get through to their own folder.
fs.chmodSync(folder, 0o711);

/** What answers: the registry, and nginx where it stands before it. */
interface Server {
  readonly name: string;
  readonly port: number;
  readonly processes: readonly ChildProcess[];
  readonly agent: http.Agent;
  readonly share: number;
  readonly figures: Record<string, number[]>;
}

/** All registries have the same images. */
function registryOf(name: string, port: number, htpasswd?: string): ChildProcess {
  return startRegistry(registry, name, port, {
    storage: { filesystem: { rootdirectory: `${folder}/images` }, cache: { blobdescriptor: 'inmemory' } },
    http: { relativeurls: true, secret: 'x' },
    htpasswd,
  });
}

function startFront(port: number, registryPort: number, htpasswdFile: string): ChildProcess {
  const runFolder = path.join(folder, 'run');
  fs.mkdirSync(runFolder);
  fs.chmodSync(runFolder, 0o777);
  fs.writeFileSync(path.join(runFolder, 'listen.conf'), `listen 127.0.0.1:${port};\n`);
  const rules = ['team', 'public', 'shop', 'web'].map((name) => AccessRule.push(`${name}/**`).toAllUsers());
  const file = path.join(folder, 'nginx.conf');
  fs.writeFileSync(
    file,
    nginxConfiguration({
      registryPort,
      passwordPort: port + 1,
      htpasswdFile,
      tokens: false,
      host: 'registry.example.com',
      realm: 'x',
      rules: accessLines(RegistryAccess.rules(rules)._all(true)),
      groupsOfUsers: [],
      anonymous: false,
      readOnlyFile: path.join(folder, 'read-only'),
      runFolder,
      encryptedAddresses: [],
      trustedProxies: [],
      limits: { loginsPerSecond: 1000, loginBurst: 1000, requestBurst: 0 },
      caches: namedCaches([]),
    }),
  );
  return start(nginx, ['-p', folder, '-e', 'stderr', '-c', file]);
}

async function measure(server: Server, round: number): Promise<void> {
  const { processes, share, figures } = server;
  const add = (name: string, value: number) => {
    if (round > 0) figures[name] = [...(figures[name] ?? []), value];
  };
  const before = processes.map(({ pid }) => cpuMilliseconds(Number(pid)));
  let left = requests / share;
  const client = async () => {
    while (left-- > 0) await mustGet(server, MANIFEST);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const times = processes.map(
    ({ pid }, index) => (cpuMilliseconds(Number(pid)) - (before[index] ?? 0)) * share,
  );
  add(
    'processor',
    times.reduce((sum, one) => sum + one, 0),
  );
  add('busier', Math.max(...times));
  add('pull', await clocked(() => pull(server, layers)));
  const newcomer = newcomers[round] ?? '';
  if (server.name === 'front') add('login', await clocked(() => mustGet(server, MANIFEST, newcomer)));
  add(
    'memory',
    processes.map(({ pid }) => peakMegabytes(Number(pid))).reduce((sum, one) => sum + one, 0),
  );
}

print(async () => {
  const port = FIRST_PORT;
  const made = (name: string, at: number, processes: readonly ChildProcess[]): Server => ({
    name,
    port: at,
    processes,
    agent: new http.Agent({ keepAlive: true, maxSockets: CLIENTS }),
    share: name === 'cost 10' ? SHARE_OF_SLOW : 1,
    figures: {},
  });
  const own = [4, 5, 10].map((cost, index) => {
    const file = usersFile(`users-${cost}`, { admin: hashSync(PASSWORD, cost) });
    const at = port + index;
    return made(`cost ${cost}`, at, [registryOf(`cost-${cost}`, at, file)]);
  });
  const hash = hashSync(PASSWORD, 10).replace('$2b$', '$2y$');
  const users = usersFile('users', Object.fromEntries(['admin', ...newcomers].map((user) => [user, hash])));
  const open = made('none', port + 3, [registryOf('none', port + 3)]);
  const behind = registryOf('behind', port + 4);
  const front = made('front', port + 5, [behind, startFront(port + 5, port + 4, users)]);
  const servers = [open, ...own, front];
  for (const server of servers) await ready(server);
  await push(open, layers);
  for (let round = 0; round <= rounds; round++) for (const server of servers) await measure(server, round);
  return Object.fromEntries(servers.map(({ name, figures }) => [name, figures]));
});
