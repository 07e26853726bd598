// An example of the folder examples, run as its README says: from its app to ready pods, without a login or TLS of which nobody told.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import type { User } from './clients/registry-client';
import { synthesize } from './scenario';

export interface RunningExample {
  readonly runner: PodRunner;
  /** What the app wrote, other kinds than the runner's included. */
  readonly manifests: readonly Manifest[];
  readonly notes: string;
  /** A user whose password the app's store made. */
  user(registry: string, name: string): User;
  close(): Promise<void>;
}

/** Synthesizes an example and runs its registry's Deployment. A bare Pod is left out: its image is in the registry, not on this machine. */
export async function runExample(name: string, deployment: string): Promise<RunningExample> {
  const { folder, manifests, notes } = synthesize(`examples/${name}/main.ts`);
  const runner = await PodRunner.start(
    manifests.filter(({ kind }) => kind !== 'Pod'),
    { preStopSleepLimit: 0 },
  );
  const close = async () => {
    await runner.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const user = (registry: string, login: string) => {
    const [password = ''] = readFileSync(join(folder, '.registry', 'registry', registry, `${login}.password`), 'utf8').split('\n');
    return { name: login, password };
  };
  try {
    await runner.run(deployment);
    return { runner, manifests, notes, user, close };
  } catch (error) {
    await close();
    throw error;
  }
}
