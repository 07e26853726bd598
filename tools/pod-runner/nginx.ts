// An nginx process on the machine's ports 80 and 443, in whose part of a controller it plays the
// configuration is written.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathOf } from '../programs';
import type { Machine } from './machine';

/** What every controller tells the pods of a request. */
export const PROXY_HEADERS = `proxy_set_header Host $http_host; proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Scheme $scheme;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Port $server_port;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;`;

/** Who may pass, as controllers ask for it themselves. */
export interface Login {
  readonly realm: string;
  /** An htpasswd file. */
  readonly users: Buffer;
}

/** nginx' words for a login; the file of users is written into the folder. */
export function asksFor(login: Login | undefined, folder: string, name: string): string {
  if (login === undefined) return '';
  const file = join(folder, `${name}.htpasswd`);
  writeFileSync(file, login.users);
  return `auth_basic "${login.realm}"; auth_basic_user_file ${file};`;
}

export class Nginx {
  private process?: ChildProcess;

  constructor(
    private readonly machine: Machine,
    private readonly name: string,
  ) {}

  /** Serves these `server` blocks instead of the former ones. They may name files in the folder. */
  async serve(serversIn: (folder: string) => string[]): Promise<void> {
    await this.stop();
    const folder = this.machine.makeFolder(this.name);
    const servers = serversIn(folder);
    if (servers.length === 0) return;
    writeFileSync(join(folder, 'nginx.conf'), configuration(servers));
    const command = [
      pathOf('nginx'),
      '-p',
      folder,
      '-c',
      join(folder, 'nginx.conf'),
      '-e',
      join(folder, 'error.log'),
    ];
    this.process = this.machine.spawn(command, { stdio: 'ignore' });
    await this.isUp(this.process, join(folder, 'error.log'));
  }

  async stop(): Promise<void> {
    const { process } = this;
    this.process = undefined;
    if (process === undefined) return;
    const closed = once(process, 'close');
    process.kill('SIGTERM');
    await closed;
  }

  private async isUp(process: ChildProcess, log: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (process.exitCode !== null) break;
      const open = await this.machine.run([
        'bash',
        '-c',
        'exec 3<>/dev/tcp/127.0.0.1/80 || exec 3<>/dev/tcp/127.0.0.1/443',
      ]);
      if (open.code === 0) return;
      await sleep(50);
    }
    throw new Error(`nginx does not start: ${readFileSync(log, 'utf8')}`);
  }
}

/** One process, which dies with the test; everything that nginx writes stays in its folder. */
function configuration(servers: readonly string[]): string {
  return `
user root root; daemon off; master_process off; pid nginx.pid; error_log error.log warn;
events { worker_connections 512; }
http {
  access_log off; server_tokens off; types_hash_max_size 2048;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  client_header_timeout 60s; client_body_timeout 60s; proxy_http_version 1.1; ssl_protocols TLSv1.2 TLSv1.3;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
${servers.join('\n')}
}`;
}
