// A real S3 server behind one that delays or refuses what is asked of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, pathOf } from '../../tools/programs';
import { freePort } from './processes';

export const BUCKET = 'images';

export class S3WithFaults {
  port = 0;
  /** Milliseconds before each answer. */
  delay = 0;
  /** Answers 403 to reads of objects, as an account does that lost the right to decrypt them. */
  refuses = false;
  private readonly program: ChildProcess;
  private readonly front: Server;
  private behind = 0;

  private constructor() {
    this.front = createServer((asked, answer) => void this.serve(asked, answer));
    this.program = undefined as never;
  }

  static async start(): Promise<S3WithFaults> {
    const server = new S3WithFaults();
    server.behind = await freePort();
    const env = { ...ENVIRONMENT, S3_IGNORE_SUBDOMAIN_BUCKETNAME: 'true' };
    const args = ['--host', '127.0.0.1', '--port', String(server.behind)];
    Object.assign(server, { program: spawn(pathOf('moto'), args, { env, stdio: 'ignore' }) });
    const bucket = `http://127.0.0.1:${server.behind}/${BUCKET}`;
    for (let tries = 0; tries < 300; tries += 1) {
      if ((await fetch(bucket, { method: 'PUT' }).catch(() => undefined))?.ok) break;
      await sleep(100);
    }
    server.front.listen(0, '127.0.0.1');
    await once(server.front, 'listening');
    server.port = (server.front.address() as { port: number }).port;
    return server;
  }

  async stop(): Promise<void> {
    this.front.closeAllConnections();
    this.front.close();
    this.program.kill('SIGKILL');
    await once(this.program, 'close');
  }

  private async serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.delay > 0) await sleep(this.delay);
    const { method, url = '', headers } = asked;
    // What is listed has a query.
    if (this.refuses && method === 'GET' && !url.includes('?')) {
      answer.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      return;
    }
    const passed = request(
      { port: this.behind, host: '127.0.0.1', method, path: url, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }
}
