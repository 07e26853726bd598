// The registry's own chart, rendered by Helm and run for real: what `helm install` would have made of it,
// without a cluster that makes pods.

import { Machine } from '../../tools/pod-runner/machine';
import { type Manifest, parseManifests } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import { ENVIRONMENT, POD_PROGRAMS, type Program } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { RegistryClient, type User } from './clients/registry-client';
import { Helm, type HelmProgram } from './helm';

/** What a test needs that runs the chart, besides its Helm. */
export const CHART_PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'regctl'];

export const NAMESPACE = 'charts';
/** The objects' name in the release `first`. */
export const NAME = 'first-registry';

export interface RunningChart {
  readonly runner: PodRunner;
  readonly client: RegistryClient;
  /** The user whose password was generated. */
  readonly user: User;
  close(): Promise<void>;
}

export interface ChartOptions {
  readonly values?: object;
  /** Changes the manifests before they are run. */
  readonly edit?: (manifests: readonly Manifest[]) => readonly Manifest[];
}

/** Renders the chart and runs its registry until it is ready. */
export async function runChart(
  program: HelmProgram,
  { values = {}, edit = (same) => same }: ChartOptions = {},
): Promise<RunningChart> {
  const runner = await PodRunner.start([...edit(await rendered(program, values))], { preStopSleepLimit: 0 });
  const close = () => runner.close();
  try {
    await runner.run(NAME);
    const data = (suffix: string) => secretData(runner, `${NAME}-${suffix}`);
    const [tls, login] = [data('tls'), data('login')];
    const client = new RegistryClient(
      runner.machine,
      `${NAME}.${NAMESPACE}.svc:5000`,
      tls.get('ca.crt') ?? Buffer.alloc(0),
    );
    const [name, password] = ['username', 'password'].map((key) => String(login.get(key) ?? ''));
    return { runner, client, user: { name, password }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is in a Secret, and nothing where these values make none. */
function secretData({ objects }: PodRunner, name: string): ReadonlyMap<string, Buffer> {
  const exists = objects.manifests.some((one) => one.kind === 'Secret' && one.name === name);
  return exists ? objects.data('Secret', name) : new Map();
}

async function rendered(program: HelmProgram, values: object): Promise<Manifest[]> {
  const machine = await Machine.start();
  try {
    const helm = new Helm(program, { machine, environment: ENVIRONMENT });
    return parseManifests(
      await helm.template('first', registryChart(), { namespace: NAMESPACE, values }),
      'the chart',
    );
  } finally {
    await machine.stop();
  }
}
