// A collection beside clients, with the real registry, nginx and API server: what is removed, what stays, and that the
// registry can be written to afterwards, whatever becomes of a run.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { API_PROGRAMS } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { buildImage, type OciImage, randomContent } from './clients/oci-image';
import { Collecting, type Run } from './collecting';

jest.setTimeout(120_000);

const PROGRAMS = [...API_PROGRAMS, 'registry3', 'skopeo', 'nginx'] as const;

describeWith('a collection', PROGRAMS, () => {
  let collecting: Collecting;
  let kept: OciImage;
  beforeAll(async () => {
    collecting = await Collecting.start('test/e2e/apps/collection.ts');
    const { client, admin } = collecting.scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    kept = buildImage(client.path('kept'), [10_000, 20_000]);
    expect(await client.push(kept.folder, 'team/kept:1.0')).toMatchObject({ code: 0 });
  });
  afterAll(() => collecting?.close());

  const start = async () => {
    const { client, admin } = collecting.scenario;
    return (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user: admin })).status;
  };
  const eventually = async (what: string, holds: () => Promise<boolean>, seconds = 60) => {
    for (let tries = 0; tries < seconds * 5; tries += 1) {
      if (await holds()) return;
      await sleep(200);
    }
    throw new Error(`${what}: not within ${seconds} s`);
  };
  const writable = (seconds?: number) =>
    eventually('it can be written to', async () => (await start()) === 202, seconds);
  const isKept = async () => expect(await collecting.scenario.client.pull('team/kept:1.0')).toBe(kept.digest);

  /** An image that is pushed and deleted: garbage of about this size. */
  async function garbage(size = 500_000): Promise<OciImage> {
    const { client, admin } = collecting.scenario;
    const image = buildImage(client.path('garbage'), [size]);
    expect(await client.push(image.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
    expect((await client.deleteManifest('team/garbage', image.digest, admin)).status).toBe(202);
    return image;
  }
  const blobs = ({ folder }: OciImage) => readdirSync(join(folder, 'blobs', 'sha256'));
  function stored(blob: string): boolean {
    const root = join(collecting.scenario.runner.claimPath('registry'), 'docker/registry/v2/blobs/sha256');
    return existsSync(join(root, blob.slice(0, 2), blob, 'data'));
  }
  const gone = (image: OciImage) => blobs(image).filter((blob) => !stored(blob)).length;

  async function succeeds(run: Run): Promise<void> {
    expect({ phase: await run.ended(), logs: run.logs }).toMatchObject({ phase: 'Succeeded' });
  }

  test('removes what is deleted, keeps the rest, and says what it did', async () => {
    const image = await garbage();
    const run = await collecting.run();
    await run.says('nothing is written any more');
    expect(await start()).toBe(405);
    await isKept();
    await succeeds(run);
    expect(gone(image)).toBe(3);
    await isKept();
    const line = run.watcher.logs.split('\n').find((text) => text.startsWith('{'));
    const { collection, registry, ...said } = JSON.parse(line ?? '');
    expect({ collection, registry }).toEqual({ collection: 'done', registry: 'registry' });
    const figures = await collecting.figures();
    expect(figures).toEqual(said);
    expect(figures).toMatchObject({ blobs: 3, layerLinks: 2, bytes: expect.any(Number) });
    expect(figures.bytes).toBeGreaterThan(500_000);
    expect(figures.seconds).toBeGreaterThanOrEqual(3);
    await writable();
    expect((await collecting.configMap()).data).toBeUndefined();
    const { client } = collecting.scenario;
    expect(await client.push(image.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/garbage:1.0')).toBe(image.digest);
  });

  test('an apply during a run changes nothing, whichever way', async () => {
    const run = await collecting.run();
    await run.says('asked to be read-only');
    await collecting.apply();
    await collecting.apply('--server-side', '--force-conflicts', '--field-manager=gitops');
    await succeeds(run);
    await collecting.apply();
    await writable();
  });

  test('waits for an upload that is under way, and collects nothing if it takes too long', async () => {
    const { client, admin } = collecting.scenario;
    const image = await garbage();
    const content = randomContent(400_000);
    const slow = await client.startSlowPush('team/slow', admin, content, 20_000);
    await sleep(500);
    const run = await collecting.run({ WAIT_SECONDS: '10' });
    expect(await run.ended()).toBe('Failed');
    expect(run.watcher.logs).toContain(
      '"error":"something is still written to registry-1, after 10 seconds"',
    );
    expect(gone(image)).toBe(0);
    const patient = await collecting.run();
    await eventually('the upload ends', async () => slow.response().status !== 0);
    expect(slow.response().status).toBe(201);
    await succeeds(patient);
    expect(gone(image)).toBe(3);
    await writable();
  });

  test.each(['collector', 'watcher', 'both'] as const)(
    'kill -9 of the %s: nothing is removed any more, and the next run undoes it',
    async (which) => {
      const image = await garbage();
      const run = await collecting.run({ SETTLE_SECONDS: '50' });
      await run.says('nothing is written any more');
      expect(await start()).toBe(405);
      if (which === 'both') run.kill('SIGKILL');
      else run[which].signal('SIGKILL');
      expect(await run.ended()).toBe('Failed');
      expect(gone(image)).toBe(0);
      const retry = await collecting.run();
      if (which !== 'collector') await retry.says(`the switch of ${run.name} was turned back`);
      await succeeds(retry);
      expect(gone(image)).toBe(3);
      await writable();
      await isKept();
    },
  );

  test('a run that is no more, and none after it: the pods end it by themselves', async () => {
    const run = await collecting.run({ SETTLE_SECONDS: '50', LEASE_SECONDS: '25' });
    await run.says('asked to be read-only');
    await eventually('it is read-only', async () => (await start()) === 405);
    run.kill('SIGKILL');
    expect(await run.ended()).toBe('Failed');
    await writable(40);
    expect((await collecting.configMap()).data).toBeDefined();
  });

  test('SIGTERM: it is undone before it ends', async () => {
    const image = await garbage();
    const run = await collecting.run({ SETTLE_SECONDS: '50' });
    await run.says('nothing is written any more');
    run.kill('SIGTERM');
    expect(await run.ended()).toBe('Failed');
    expect((await collecting.configMap()).data).toBeUndefined();
    expect(await collecting.figures('last-failed-collection')).toMatchObject({
      error: 'it was told to stop',
    });
    expect(gone(image)).toBe(0);
    await writable();
  });

  test('somebody turns the switch: nothing is removed any more', async () => {
    const image = await garbage();
    const run = await collecting.run({ SETTLE_SECONDS: '50' });
    await run.says('nothing is written any more');
    const { objects, server } = collecting;
    const map = objects.find(({ kind }) => kind === 'ConfigMap')?.body;
    await server.must(['replace', '-f', '-'], { input: JSON.stringify(map) });
    expect(await run.ended()).toBe('Failed');
    expect(run.logs).toContain('somebody else changed the switch');
    expect(gone(image)).toBe(0);
    await writable();
  });

  test('a pod that hangs keeps it from beginning', async () => {
    await collecting.createPod('hung', 'registry', '10.244.0.250');
    const run = await collecting.run({ WAIT_SECONDS: '15' });
    expect(await run.ended()).toBe('Failed');
    expect(run.watcher.logs).toContain('hung does not answer, after 15 seconds');
    await collecting.deletePod('hung');
    await writable();
  });

  test('of two runs one waits', async () => {
    const first = await collecting.run();
    await first.says('asked to be read-only');
    const second = await collecting.run();
    await second.says(`the switch is held by ${first.name}`);
    await succeeds(first);
    await succeeds(second);
    await writable();
  });

  test('a switch of an operator stays', async () => {
    const { runner, manifests } = collecting.scenario;
    expect(runner && manifests).toBeDefined();
    const run = await collecting.run();
    await succeeds(run);
  });
});
