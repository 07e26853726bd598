// A pod that works to its end: its init containers one after the other, then its containers, until all of
// them have ended.

import { type ContainerContext, RunningContainer } from './container';
import type { Machine } from './machine';
import type { Objects } from './manifests';
import type { Pod } from './shapes';
import type { VolumeMaker } from './volumes';

export interface Ended {
  /** That of the first container that failed; 0 if none did. */
  readonly code: number;
  readonly logs: string;
}

export async function runToEnd(
  name: string,
  pod: Pod,
  machine: Machine,
  objects: Objects,
  volumes: VolumeMaker,
): Promise<Ended> {
  const { spec, metadata } = pod;
  const namespace = metadata.namespace ?? 'default';
  const network = await machine.connectPod();
  const context: ContainerContext = {
    ...{ machine, network, objects, namespace, hostname: metadata.name, pod: spec },
    volumes: await volumes.make(name, namespace, spec),
  };
  const ended: RunningContainer[] = [];
  for (const together of [...spec.initContainers.map((one) => [one]), spec.containers]) {
    const running = await Promise.all(together.map((one) => RunningContainer.start(one, context)));
    await Promise.all(running.map((container) => container.ended));
    ended.push(...running);
    if (running.some(({ exitCode }) => exitCode !== 0)) break;
  }
  network.pause.kill('SIGKILL');
  return {
    code: ended.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0,
    logs: ended.map(({ logs }) => logs).join(''),
  };
}
