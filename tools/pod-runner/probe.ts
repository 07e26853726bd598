// Runs a container's probe as the kubelet does: again and again, and its state changes only after as many
// results in a row as the probe's thresholds say.

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningContainer } from './container';
import type { Machine } from './machine';
import type { Container, Probe } from './shapes';

/**
 * The one liberty that the runner takes: until a probe has succeeded for the first time it is not worth a
 * long wait.
 */
const FIRST_SUCCESS_POLL_MS = 100;

export class Prober {
  /** Undefined until the first success. */
  healthy?: boolean;
  private readonly stopped = new AbortController();

  constructor(
    private readonly probe: Probe,
    private readonly container: RunningContainer,
    private readonly ip: string,
    private readonly machine: Machine,
    private readonly changed: () => void = () => undefined,
  ) {
    void this.poll();
  }

  stop(): void {
    this.stopped.abort();
  }

  private async poll(): Promise<void> {
    const { signal } = this.stopped;
    const pause = (ms: number): Promise<void> =>
      sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
    await pause(this.probe.initialDelaySeconds * 1000);
    let row = { success: true, length: 0 };
    while (!signal.aborted) {
      const success = await this.ask();
      row = success === row.success ? { success, length: row.length + 1 } : { success, length: 1 };
      const enough = row.length >= (success ? this.probe.successThreshold : this.probe.failureThreshold);
      const verdict = success || this.healthy !== undefined; // before the first success there is nothing to lose
      if (enough && verdict && this.healthy !== success) {
        this.healthy = success;
        if (!signal.aborted) this.changed();
      }
      await pause(this.healthy === undefined ? FIRST_SUCCESS_POLL_MS : this.probe.periodSeconds * 1000);
    }
  }

  private async ask(): Promise<boolean> {
    const { httpGet, tcpSocket, exec, timeoutSeconds } = this.probe;
    const seconds = String(timeoutSeconds);
    if (exec !== undefined)
      return (await this.container.exec(['timeout', seconds, ...exec.command])).code === 0;
    if (tcpSocket !== undefined) {
      const port = containerPort(this.container.spec, tcpSocket.port);
      const open = `exec 3<>/dev/tcp/${this.ip}/${port}`;
      return (await this.machine.run(['timeout', seconds, 'bash', '-c', open])).code === 0;
    }
    if (httpGet === undefined)
      throw new Error(`container ${this.container.spec.name}: a probe without a handler`);
    const port = containerPort(this.container.spec, httpGet.port);
    const url = `${httpGet.scheme.toLowerCase()}://${this.ip}:${port}${httpGet.path}`;
    // The kubelet does not verify certificates either.
    const { stdout } = await this.machine.run([
      'curl',
      '-sk',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--max-time',
      seconds,
      url,
    ]);
    return Number(stdout) >= 200 && Number(stdout) < 400;
  }
}

/** The number of a port that is given by number or by name. */
export function containerPort(container: Container, port: number | string): number {
  if (typeof port === 'number') return port;
  const found = container.ports.find(({ name }) => name === port);
  if (found === undefined) throw new Error(`container ${container.name} has no port named ${port}`);
  return found.containerPort;
}
