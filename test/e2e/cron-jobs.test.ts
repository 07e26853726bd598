// A real API server takes the schedules and time zones that the library takes, and refuses those that it refuses;
// and the commands of docs/caches.md make a Job of a CronJob.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry, RegistryCache, RegistryRetention, RetentionRule } from '../../lib';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { API_PROGRAMS } from '../../tools/pod-runner/api-server';
import { MACHINE_IP } from '../../tools/pod-runner/machine';
import { describeWith, ENVIRONMENT } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { blocksIn, readPage } from '../support/page';
import { NO_SCHEDULES, NO_TIME_ZONES, SCHEDULES, TIME_ZONES } from '../support/schedules';
import { manifest, manifestsIn, newChart } from '../support/synth';
import { startServer } from './admission';

const NAME = 'registry-cache-docker-io-prefetch';

function cronJob() {
  const chart = newChart();
  new RegistryCache(chart, 'cache', { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } });
  return manifest(chart, `CronJob/${NAME}`);
}

describeWith('CronJobs on an API server', [...API_PROGRAMS, 'curl'], () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
    await server.createNamespace('registry');
    await server.prepareNamespaces();
  });
  afterAll(() => server?.machine.stop());

  /** Which of these changes of the specification are taken, by their place in the list. */
  async function taken(changes: readonly object[]): Promise<number[]> {
    const original = cronJob();
    const objects = changes.map((change, index) => ({
      ...original,
      metadata: { ...original.metadata, name: `number-${index}` },
      spec: { ...original.spec, ...change },
    }));
    const { stdout } = await server.kubectl(['create', '--dry-run=server', '--validate=strict', '-f', '-'], {
      input: objects.map((object) => JSON.stringify(object)).join('\n'),
    });
    return [...stdout.matchAll(/^cronjob\.batch\/number-(\d+) created/gm)].map(([, index]) => Number(index));
  }

  test('schedules', async () => {
    const all = [...SCHEDULES, ...NO_SCHEDULES];
    const indexes = await taken(all.map((schedule) => ({ schedule })));
    expect(indexes.map((index) => all[index])).toEqual(SCHEDULES);
  });

  test('time zones', async () => {
    const all = [...TIME_ZONES, ...NO_TIME_ZONES];
    const indexes = await taken(all.map((timeZone) => ({ timeZone })));
    expect(indexes.map((index) => all[index])).toEqual(TIME_ZONES);
  });

  test('a Job by the command of the page', async () => {
    await server.must(['create', '-f', '-'], { input: JSON.stringify(cronJob()) });
    const commands = blocksIn(readPage('docs/caches.md'), 'sh').find((text) => text.includes('create job'));
    const [, create = ''] = commands?.split('\n') ?? [];
    const words = create.replace('kubectl ', '').replace(' &&', '').replace('$job', 'prefetch-1').split(' ');
    expect(await server.must(words)).toBe('job.batch/prefetch-1 created\n');
    const job = JSON.parse(await server.must(['get', 'job', 'prefetch-1', '-n', 'registry', '-o', 'json']));
    // The CronJob keeps the last few of its Jobs, and deletes older ones: nobody has to.
    expect(job.metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', name: NAME, controller: true }]);
    expect(job.spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 14_400 });
    expect(job.spec.template.spec).toMatchObject({
      restartPolicy: 'Never',
      containers: [{ name: 'prefetch', args: ['library/alpine:3.22'] }],
    });
  });

  test('a retention lists the images of all pods with its own token, and may do nothing else', async () => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', { storage: { deletion: true } });
    const rules = [RetentionRule.repositories('**').keepNewest(1)];
    new RegistryRetention(chart, 'retention', { registry, rules, spareRunning: {} });
    const objects = manifestsIn(chart).filter(({ metadata }) => /-retention/.test(metadata.name));
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'ConfigMap',
      'CronJob',
      'NetworkPolicy',
      'Secret',
      'ServiceAccount',
    ]);
    await server.must(['apply', '--validate=strict', '-f', '-'], {
      input: objects.map((object) => JSON.stringify(object)).join('\n'),
    });
    const account = ['--as=system:serviceaccount:registry:registry-retention'];
    const may = async (...args: string[]) =>
      (await server.kubectl(['auth', 'can-i', ...args, ...account])).stdout.trim();
    expect(await may('list', 'pods', '--all-namespaces')).toBe('yes');
    for (const [verb, kind] of [
      ['get', 'pods'],
      ['delete', 'pods'],
      ['list', 'secrets'],
      ['list', 'nodes'],
    ] as const)
      expect(await may(verb, kind, '--all-namespaces')).toBe('no');

    const pods = Array.from({ length: 3 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `app-${index}`, namespace: 'default', annotations: { note: '"image":"no/image:1"' } },
      spec: { containers: [{ name: 'app', image: `registry.example.com/team/app:${index}` }] },
    }));
    await server.must(['create', '-f', '-'], { input: pods.map((pod) => JSON.stringify(pod)).join('\n') });
    const folder = newFolder();
    for (const name of ['account', 'running']) mkdirSync(join(folder, name));
    const token = await server.must(['create', 'token', 'registry-retention', '-n', 'registry']);
    const { clusters } = JSON.parse(readFileSync(server.environment.KUBECONFIG as string, 'utf8'));
    const [{ cluster }] = clusters;
    writeFileSync(join(folder, 'account', 'token'), token.trim());
    writeFileSync(join(folder, 'account', 'ca.crt'), readFileSync(cluster['certificate-authority']));
    const { initContainers } = manifest(chart, 'CronJob/registry-retention').spec.jobTemplate.spec.template
      .spec;
    const [, , script] = initContainers[0].command as string[];
    // Pages of two pods, so that there is more than one.
    const adapted = (script ?? '')
      .replaceAll('/account/', `${folder}/account/`)
      .replace('cd /running', `cd ${folder}/running`)
      .replace('limit=500', 'limit=2');
    writeFileSync(join(folder, 'list.sh'), adapted);
    const list = await server.machine.run(['sh', join(folder, 'list.sh')], {
      env: { ...ENVIRONMENT, KUBERNETES_SERVICE_HOST: MACHINE_IP, KUBERNETES_SERVICE_PORT: '6443' },
    });
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'running', 'list'), 'utf8')).toBe(
      `${[0, 1, 2].map((index) => `registry.example.com/team/app:${index}\n`).join('')}complete\n`,
    );

    await server.must(['delete', 'clusterrolebinding', 'registry.registry-retention']);
    // The API server hears of it a moment later.
    for (let tries = 0; tries < 100 && (await may('list', 'pods', '--all-namespaces')) !== 'no'; tries += 1)
      await sleep(100);
    const refused = await server.machine.run(['sh', join(folder, 'list.sh')], {
      env: { ...ENVIRONMENT, KUBERNETES_SERVICE_HOST: MACHINE_IP, KUBERNETES_SERVICE_PORT: '6443' },
    });
    expect(refused.code).not.toBe(0);
  });
});
