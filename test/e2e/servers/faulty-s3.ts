// A real S3 server that checks keys, behind one that can be slow, answer with an error of S3's, or be away. A program of
// its own on the machine, which reads anew for each request what it shall do.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Computer } from '../../../tools/computer';
import { MACHINE_IP, type Machine } from '../../../tools/pod-runner/machine';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import { TYPESCRIPT } from '../../../tools/typescript';
import { endpointOf, S3_HOST } from './s3-server';

/** The keys that the server knows. */
export const S3_KEYS = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const PORT = Number(new URL(endpointOf(false)).port);
const BEHIND = PORT + 1;

/** What is wrong with it. */
export interface S3Fault {
  /** Milliseconds before each answer. */
  readonly delay?: number;
  /** S3's code of the error that each request is answered with. */
  readonly error?: string;
  /** Connections are closed without an answer. */
  readonly away?: boolean;
}

export class FaultyS3 {
  private readonly file: string;
  /** Where objects are, as files. */
  readonly folder: string;
  /** What is said of them. */
  private readonly sidecar: string;

  /** Starts both, with an empty bucket. */
  static async start(machine: Machine, bucket: string): Promise<FaultyS3> {
    machine.addHost(S3_HOST, MACHINE_IP);
    const server = new FaultyS3(machine);
    for (const folder of [join(server.folder, bucket), server.sidecar])
      mkdirSync(folder, { recursive: true });
    const env = { ...ENVIRONMENT, ROOT_ACCESS_KEY: S3_KEYS.id, ROOT_SECRET_KEY: S3_KEYS.secret };
    machine.spawn(
      [
        pathOf('versitygw'),
        '--port',
        `${MACHINE_IP}:${BEHIND}`,
        '--quiet',
        'posix',
        '--sidecar',
        server.sidecar,
        server.folder,
      ],
      { env, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    startFaults(machine, server.file, `${MACHINE_IP}:${PORT}`, `${MACHINE_IP}:${BEHIND}`);
    // Whatever it answers, who asks without keys among others.
    for (let tries = 0; (await machine.run(['curl', '-s', endpointOf(false)])).code !== 0; tries += 1) {
      if (tries > 200) throw new Error('the S3 server does not start');
      await sleep(100);
    }
    return server;
  }

  private constructor(machine: Machine) {
    const folder = machine.makeFolder('faulty-s3');
    this.file = join(folder, 'fault.json');
    this.folder = join(folder, 'objects');
    this.sidecar = join(folder, 'metadata');
    this.set({});
  }

  /** Has a fault, until the next one; an empty one is none. */
  set(fault: S3Fault): void {
    writeFileSync(this.file, JSON.stringify(fault));
  }
}

/** Starts what has the fault that a file says, at `address:port`, before a server at another. */
export function startFaults(computer: Computer, file: string, at: string, before: string): void {
  const program = [process.execPath, ...TYPESCRIPT, __filename, file, at, before];
  computer.spawn(program, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function serve(file: string, at: string, before: string): void {
  const [[address, port], [host, behind]] = [at.split(':'), before.split(':')];
  createServer(async (asked, answer) => {
    const { delay = 0, error, away } = JSON.parse(readFileSync(file, 'utf8')) as S3Fault;
    await sleep(delay);
    if (away) return void answer.destroy();
    if (error !== undefined) {
      asked.resume();
      const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${error}</Code><Message>${error}</Message></Error>`;
      return void answer.writeHead(403, { 'Content-Type': 'application/xml' }).end(body);
    }
    const { method, url, headers } = asked;
    const passed = request({ host, port: behind, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }).listen(Number(port), address);
}

if (require.main === module) serve(...(process.argv.slice(2) as [string, string, string]));
