// A zot as a process of this machine: a registry of another kind, with users, access rules and an API of referrers.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import { freePort, PlainRegistry } from '../retention/plain-registry';

/** Who may pull everything: what docs/operations/move.md says that a copy needs. */
export const MOVER = 'mover:of-all-images';
const ADMIN = 'admin:of-this-zot';

export class Zot extends PlainRegistry {
  private zot?: ChildProcess;

  constructor() {
    super('zot');
  }

  override async start(): Promise<this> {
    this.port = await freePort();
    const at = (name: string) => join(this.folder, name);
    const users = [MOVER, ADMIN].map((user) => user.split(':') as [string, string]);
    writeFileSync(
      at('htpasswd'),
      users.map(([name, password]) => `${name}:${hashSync(password, 4)}\n`).join(''),
    );
    const rules = {
      '**': { policies: [{ users: ['mover'], actions: ['read'] }], defaultPolicy: [] },
      'secret/**': { defaultPolicy: [] },
      adminPolicy: { users: ['admin'], actions: ['read', 'create', 'update', 'delete'] },
    };
    const config = {
      storage: { rootDirectory: at('data') },
      http: {
        address: '127.0.0.1',
        port: String(this.port),
        auth: { htpasswd: { path: at('htpasswd') } },
        accessControl: rules,
      },
    };
    writeFileSync(at('zot.json'), JSON.stringify(config));
    const output = openSync(at('log'), 'a');
    this.zot = spawn(pathOf('zot'), ['serve', at('zot.json')], {
      env: ENVIRONMENT as NodeJS.ProcessEnv,
      stdio: ['ignore', output, output],
    });
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await this.request('').catch(() => undefined))?.status === 200) return this;
      await sleep(30);
    }
    throw new Error(readFileSync(at('log'), 'utf8'));
  }

  override async stop(): Promise<void> {
    const { zot } = this;
    this.zot = undefined;
    if (zot === undefined || zot.exitCode !== null) return;
    zot.kill('SIGTERM');
    await once(zot, 'close');
  }

  override request(path: string | URL, init: RequestInit = {}): Promise<Response> {
    const Authorization = `Basic ${Buffer.from(ADMIN).toString('base64')}`;
    return super.request(path, { ...init, headers: { ...(init.headers as object), Authorization } });
  }
}
