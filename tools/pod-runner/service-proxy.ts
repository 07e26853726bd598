// A program of its own, run in the machine's network: what kube-proxy does. It listens on the Services'
// addresses and hands each new connection to one of the ready pods; connections that exist stay with their
// pod.

import { connect, createServer, type Server } from 'node:net';

export interface Forward {
  readonly ip: string;
  readonly port: number;
  /** `ip:port` of the ready pods. */
  readonly endpoints: readonly string[];
}

const servers = new Map<string, Server>();
const endpoints = new Map<string, readonly string[]>();

function listen(key: string, ip: string, port: number): Promise<void> {
  let turn = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const ready = endpoints.get(key) ?? [];
    turn += 1;
    const [host, target] = ready.length === 0 ? [] : ready[turn % ready.length].split(':');
    if (host === undefined) {
      client.resetAndDestroy(); // kube-proxy rejects connections to a Service without endpoints
      return;
    }
    const pod = connect({ host, port: Number(target), allowHalfOpen: true });
    client.pipe(pod).pipe(client);
    client.on('error', () => pod.destroy());
    pod.on('error', () => client.resetAndDestroy());
  });
  servers.set(key, server);
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, ip, resolve));
}

process.on('message', async (forwards: readonly Forward[]) => {
  for (const { ip, port, endpoints: ready } of forwards) {
    const key = `${ip}:${port}`;
    endpoints.set(key, ready);
    if (!servers.has(key)) await listen(key, ip, port);
  }
  process.send?.('done');
});
