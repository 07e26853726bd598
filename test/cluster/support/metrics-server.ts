// metrics-server on a cluster of our own, by the manifests that it publishes: autoscalers ask it for the CPU time of pods. It
// trusts kubelets by the cluster's CA.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathOf } from '../../../tools/programs';
import { type Cluster, eventually } from './cluster';

const PUBLISHED = 'gcr.io/k8s-staging-metrics-server/metrics-server';
const CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/** Starts it, waits until it has figures, and gives what removes it. */
export async function startMetricsServer(cluster: Cluster): Promise<() => Promise<void>> {
  const program = pathOf('metricsServer');
  const version = readFileSync(join(dirname(program), 'version'), 'utf8').trim();
  const folder = cluster.machine.makeFolder('metrics-server');
  const root = join(folder, 'root');
  mkdirSync(join(root, 'tmp'), { recursive: true, mode: 0o1777 });
  cpSync(program, join(root, 'metrics-server'));
  const archive = join(folder, 'image.tar');
  const name = `${PUBLISHED}:${version}`;
  const image = join(dirname(pathOf('cluster')), 'image');
  await cluster.machine.must([
    image,
    '--name',
    name,
    '--root',
    root,
    '--output',
    archive,
    '--',
    '/metrics-server',
  ]);
  cluster.own.load(archive);
  cpSync(join(dirname(program), 'manifests'), join(folder, 'published'), { recursive: true });
  const path = '/spec/template/spec/containers/0/args/-';
  const patch = [{ op: 'add', path, value: `--kubelet-certificate-authority=${CA}` }];
  const kustomization = {
    resources: ['published'],
    images: [{ name: PUBLISHED, newTag: version }],
    patches: [{ target: { kind: 'Deployment' }, patch: JSON.stringify(patch) }],
  };
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  await cluster.must(['apply', '-k', folder]);
  await cluster.rolledOut('kube-system', 'deployment/metrics-server');
  await eventually('there are figures of pods', async () => {
    const { code } = await cluster.kubectl(['top', 'pods', '-n', 'kube-system']);
    return code === 0 || undefined;
  });
  // Without its API the cluster could not remove namespaces as long as the API is announced.
  return async () => void (await cluster.must(['delete', '-k', folder, '--wait=false']));
}
