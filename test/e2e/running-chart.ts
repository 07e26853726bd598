// The registry's own chart, rendered by Helm and run for real: what `helm install` would have made of it, without a cluster that makes pods.

import { registryChart } from '../helm/registry-chart';
import { RegistryClient, type User } from './clients/registry-client';
import { Cluster } from './cluster/cluster';
import { Machine } from './cluster/machine';
import { type Manifest, parseManifests } from './cluster/manifests';
import { Helm, type HelmProgram } from './helm';
import { ENVIRONMENT, POD_PROGRAMS, type Program } from './programs';

/** What a test needs that runs the chart, besides its Helm. */
export const CHART_PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'regctl'];

export const NAMESPACE = 'charts';
/** The objects' name in the release `first`. */
export const NAME = 'first-registry';

export interface RunningChart {
  readonly cluster: Cluster;
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
export async function runChart(program: HelmProgram, { values = {}, edit = (same) => same }: ChartOptions = {}): Promise<RunningChart> {
  const cluster = await Cluster.start([...edit(await rendered(program, values))], { preStopSleepLimit: 0 });
  const close = () => cluster.close();
  try {
    await cluster.run(NAME);
    const data = (suffix: string) => secretData(cluster, `${NAME}-${suffix}`);
    const [tls, login] = [data('tls'), data('login')];
    const client = new RegistryClient(cluster.machine, `${NAME}.${NAMESPACE}.svc:5000`, tls.get('ca.crt') ?? Buffer.alloc(0));
    const [name, password] = ['username', 'password'].map((key) => String(login.get(key) ?? ''));
    return { cluster, client, user: { name, password }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is in a Secret, and nothing where these values make none. */
function secretData({ objects }: Cluster, name: string): ReadonlyMap<string, Buffer> {
  const exists = objects.manifests.some((one) => one.kind === 'Secret' && one.name === name);
  return exists ? objects.data('Secret', name) : new Map();
}

async function rendered(program: HelmProgram, values: object): Promise<Manifest[]> {
  const machine = await Machine.start();
  try {
    const helm = new Helm(program, { machine, environment: ENVIRONMENT });
    return parseManifests(await helm.template('first', registryChart(), { namespace: NAMESPACE, values }), 'the chart');
  } finally {
    await machine.stop();
  }
}
