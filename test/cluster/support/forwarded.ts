// A port that `kubectl port-forward` opens on a person's computer, for as long as something is done through
// it.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Computer } from '../../../tools/computer';
import { eventually } from './cluster';

const TRIES = 5;
/** Another test may have the port. */
const PATIENCE_S = 200;

/**
 * Does something while the command runs. It is done again, as a person would, where kubectl ended meanwhile:
 * it does so as soon as one connection is reset (kubernetes/kubectl#1249), and what closes a connection under
 * TLS often resets it.
 */
export async function whileForwarded<T>(
  machine: Computer,
  command: string,
  env: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const forwarding = await eventually(command, () => start(machine, command, env), PATIENCE_S);
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !(await Promise.race([forwarding.lost, sleep(500, false)]))) throw error;
    } finally {
      await forwarding.stop();
    }
  }
}

interface Forwarding {
  /** Ends with kubectl: is it because of a connection? */
  readonly lost: Promise<boolean>;
  stop(): Promise<unknown>;
}

/** Fails where another has the port. */
async function start(
  machine: Computer,
  command: string,
  env: Readonly<Record<string, string>>,
): Promise<Forwarding> {
  const child = machine.spawn(['sh', '-c', `exec ${command}`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  let ended = false;
  const closed = once(child, 'close').then(() => {
    ended = true;
  });
  await eventually(
    `${command} says something`,
    async () => ended || said.includes('Forwarding from 127.0.0.1') || undefined,
  );
  if (ended) throw new Error(said);
  const stop = () => {
    child.kill('SIGKILL');
    return closed;
  };
  return { lost: closed.then(() => said.includes('lost connection to pod')), stop };
}
