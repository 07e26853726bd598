// Prometheus beside a cluster of our own: it asks a registry's pods and the kubelet for metrics by the API server, and
// evaluates the alerts of an app.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../tools/pod-runner/manifests';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import { type Cluster, eventually } from './cluster';
import { podsOf } from './pods';

const PORT = 9090;
const SERVER = '10.99.0.1:6443';

export class Prometheus {
  /** For the registry of a namespace, on a node. */
  static async start(cluster: Cluster, namespace: string, node = 'node-1'): Promise<Prometheus> {
    const folder = cluster.machine.makeFolder(`prometheus-${namespace}`);
    const pki = join(cluster.own.state, 'pki');
    const asked = {
      scheme: 'https',
      tls_config: {
        ca_file: join(pki, 'ca.crt'),
        cert_file: join(pki, 'admin.crt'),
        key_file: join(pki, 'admin.key'),
      },
    };
    const targets = join(folder, 'pods.json');
    const configuration = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      scrape_configs: [
        {
          job_name: 'registry-metrics',
          ...asked,
          file_sd_configs: [{ files: [targets], refresh_interval: '1s' }],
        },
        {
          job_name: 'kubelet',
          ...asked,
          honor_labels: true,
          metrics_path: `/api/v1/nodes/${node}/proxy/metrics`,
          static_configs: [{ targets: [SERVER] }],
        },
      ],
    };
    const file = join(folder, 'prometheus.json');
    writeFileSync(file, JSON.stringify(configuration));
    const args = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${PORT}`,
    ];
    cluster.machine.spawn([pathOf('prometheus'), ...args], { env: ENVIRONMENT, stdio: 'ignore' });
    const prometheus = new Prometheus(cluster, namespace, targets);
    await prometheus.lookAtPods();
    await eventually('Prometheus has metrics of the registry and of the kubelet', async () => {
      const up = await prometheus.query('count by (job) (up == 1)');
      return up.length === 2 || undefined;
    });
    return prometheus;
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly targets: string,
  ) {}

  /** Asks the pods that there are now, which its package can't find out by itself. */
  async lookAtPods(): Promise<void> {
    const { namespace } = this;
    const pods = await podsOf(this.cluster, namespace);
    const lists = pods.map(({ metadata: { name: pod } }) => ({
      targets: [SERVER],
      labels: {
        namespace,
        pod,
        __metrics_path__: `/api/v1/namespaces/${namespace}/pods/${pod}:5001/proxy/metrics`,
      },
    }));
    writeFileSync(this.targets, JSON.stringify(lists));
  }

  /** What an expression gives now. */
  async query(expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
    const said = await this.cluster.machine.must([
      ...['curl', '-sS', '--data-urlencode', `query=${expression}`],
      `http://127.0.0.1:${PORT}/api/v1/query`,
    ]);
    const { data, error } = JSON.parse(said);
    if (error !== undefined) throw new Error(`${expression}: ${error}`);
    return data.result;
  }

  /** Names of the alerts of an app whose expressions hold now; how long they must, nobody waits. */
  async holding(manifests: readonly Manifest[]): Promise<string[]> {
    const rule = manifests.find(({ kind }) => kind === 'PrometheusRule')?.body as any;
    const rules: { alert: string; expr: string }[] = rule.spec.groups.flatMap((group: any) => group.rules);
    const names: string[] = [];
    for (const { alert, expr } of rules)
      if (alert !== 'RegistryMetricsMissing' && (await this.query(expr)).length > 0) names.push(alert);
    return names;
  }
}
