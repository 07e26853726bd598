// A line to a registry that is as slow as a test wants it, for programs such as skopeo that can't be told to be slow.

import type { Computer } from '../../../tools/computer';

// Each chunk waits for as long as the line takes to carry it. Its rate comes by standard input.
const PROGRAM = `
const { connect, createServer } = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');
let [to, rate] = process.argv.slice(1);
process.stdin.on('data', (bytes) => { rate = Number(bytes); });
const carry = async (from, into) => {
  for await (const chunk of from) {
    into.write(chunk);
    await sleep(chunk.length * 1000 / rate);
  }
  into.end();
};
const server = createServer((client) => {
  const registry = connect(443, to);
  const cut = () => { client.destroy(); registry.destroy(); };
  carry(client, registry).catch(cut);
  carry(registry, client).catch(cut);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

export class SlowLine {
  /** Leads to port 443 of an address, and carries so many bytes per second. */
  static start(machine: Computer, address: string, rate: number): Promise<SlowLine> {
    const child = machine.spawn([process.execPath, '-e', PROGRAM, address, String(rate)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new Promise((done, fail) => {
      const setRate = (bytes: number) => child.stdin?.write(String(bytes));
      child.stdout?.once('data', (port: Buffer) => done(new SlowLine(Number(port), setRate)));
      child.once('close', () => fail(new Error('there is no slow line')));
    });
  }

  private constructor(
    /** The computer's port at which it begins. */
    readonly port: number,
    readonly setRate: (bytesPerSecond: number) => void,
  ) {}
}
