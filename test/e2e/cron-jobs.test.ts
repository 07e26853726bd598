// A real API server takes the schedules and time zones that the library takes, and refuses those that it refuses;
// and the commands of docs/caches.md make a Job of a CronJob.
import { RegistryCache } from '../../lib';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { API_PROGRAMS } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { blocksIn, readPage } from '../support/page';
import { NO_SCHEDULES, NO_TIME_ZONES, SCHEDULES, TIME_ZONES } from '../support/schedules';
import { manifest, newChart } from '../support/synth';
import { startServer } from './admission';

jest.setTimeout(90_000);

const NAME = 'registry-cache-docker-io-prefetch';

function cronJob() {
  const chart = newChart();
  new RegistryCache(chart, 'cache', { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } });
  return manifest(chart, `CronJob/${NAME}`);
}

describeWith('CronJobs on an API server', API_PROGRAMS, () => {
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
    const [create = ''] = commands?.split('\n') ?? [];
    expect(await server.must(create.replace('kubectl ', '').split(' '))).toBe(
      'job.batch/prefetch-now created\n',
    );
    const job = JSON.parse(await server.must(['get', 'job', 'prefetch-now', '-n', 'registry', '-o', 'json']));
    expect(job.spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 14_400 });
    expect(job.spec.template.spec).toMatchObject({
      restartPolicy: 'Never',
      containers: [{ name: 'prefetch', args: ['library/alpine:3.22'] }],
    });
  });
});
