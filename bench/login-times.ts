// Starts a registry for each kind of login, has each answer the same number of requests in turn, and prints
// what that took of its CPU time: node -r esbuild-register login-times.ts <registry> <requests> <rounds>. A
// registry that is busy with passwords answers others later, so its own time is what counts, and whatever
// else the machine does changes little of it.
import type { ChildProcess } from 'node:child_process';
import * as http from 'node:http';
import * as path from 'node:path';
import { hashSync } from 'bcryptjs';
import { cpuMilliseconds } from './processes';
import { ask, FIRST_PORT, folder, PASSWORD, print, ready, startRegistry, usersFile } from './servers';

const [program = '', requests, rounds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const LOGINS: Record<string, number | undefined> = {
  none: undefined,
  'cost 4': 4,
  'cost 5': 5,
  'cost 10': 10,
};

interface Server {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
  readonly agent: http.Agent;
  readonly samples: number[];
}

function start(name: string, cost: number | undefined, port: number): Server {
  const htpasswd =
    cost === undefined ? undefined : usersFile(`users-${cost}`, { admin: hashSync(PASSWORD, cost) });
  const storage = { filesystem: { rootdirectory: path.join(folder, 'images', name) } };
  const child = startRegistry(program, name, port, { storage, htpasswd });
  return { name, port, child, agent: new http.Agent({ keepAlive: true, maxSockets: 1 }), samples: [] };
}

print(async () => {
  const servers = Object.entries(LOGINS).map(([name, cost], index) => start(name, cost, FIRST_PORT + index));
  for (const server of servers) await ready(server);
  for (let round = 0; round <= rounds; round++) {
    for (const { name, port, agent, child, samples } of servers) {
      // Fewer of the slow ones will do.
      const share = name === 'cost 10' ? 16 : 1;
      const before = cpuMilliseconds(Number(child.pid));
      for (let request = 0; request < requests / share; request++) {
        const { statusCode } = await ask({ port, agent, path: '/v2/' });
        if (statusCode !== 200) throw new Error(`${name}: ${statusCode}`);
      }
      if (round > 0) samples.push((cpuMilliseconds(Number(child.pid)) - before) * share);
    }
  }
  return Object.fromEntries(servers.map(({ name, samples }) => [name, samples]));
});
