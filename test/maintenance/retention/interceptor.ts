// Stands between regbot and the registry, counts requests, and spoils one of them.

import { once } from 'node:events';
import { createServer, request as forward, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to a request: a status in its place, no answer, or something else that ends before it is passed on. */
export type Fault = number | 'cut' | (() => unknown);

export class Interceptor {
  count = 0;
  /** Method and path of each request. */
  readonly requests: string[] = [];
  /** Spoils a request by its number, from 0 on; undefined passes it on. */
  fault: (number: number, request: string) => Fault | undefined = () => undefined;
  /** Added to each answer that is passed on. */
  headers: Record<string, string> = {};
  port = 0;
  private open = 0;
  private readonly server: Server;

  constructor(target: number) {
    this.server = createServer(async (incoming, answer) => {
      const line = `${incoming.method} ${incoming.url}`;
      this.requests.push(line);
      const fault = this.fault(this.count++, line);
      if (fault === 'cut') return void (incoming.socket as Socket).destroy();
      if (typeof fault === 'number') return void answer.writeHead(fault).end();
      await fault?.();
      this.open += 1;
      const { method, url, headers } = incoming;
      const outgoing = forward(
        { port: target, host: '127.0.0.1', method, path: url, headers },
        (response) => {
          answer.writeHead(response.statusCode ?? 500, { ...response.headers, ...this.headers });
          response.pipe(answer);
          // Nobody waits for it any longer, and the registry's answer has an end all the same.
          answer.on('close', () => response.resume());
        },
      );
      // Of a client that was killed the rest never comes.
      incoming.on('close', () => incoming.complete || outgoing.destroy());
      outgoing.on('error', () => answer.destroy());
      outgoing.on('close', () => (this.open -= 1));
      incoming.pipe(outgoing);
    });
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as { port: number }).port;
    return this;
  }

  /** Waits until the registry has answered all that was passed on. */
  async idle(): Promise<void> {
    while (this.open > 0) await sleep(10);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
