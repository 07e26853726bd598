// A collection beside clients, with the real registry, nginx and API server: what is removed, what stays, and that the
// registry can be written to afterwards, whatever becomes of a run.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { API_PROGRAMS } from '../../tools/pod-runner/api-server';
import { parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith } from '../../tools/programs';
import { buildImage, type OciImage, randomContent } from './clients/oci-image';
import { Traffic } from './clients/traffic';
import { Collecting, type Run } from './collecting';
import { collectionWithTokens } from './collection-tokens';

/** The faults, and this many rounds beside a client, are for `npm run prove`. */
const ROUNDS = Number(process.env.PROVE_COLLECTION_ROUNDS ?? 0);
const PROGRAMS = [...API_PROGRAMS, 'registry3', 'skopeo', 'nginx'] as const;

if (ROUNDS > 0) describeWith('a collection with tokens', PROGRAMS, collectionWithTokens);

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

  test('removes what is deleted, keeps the rest beside an apply and a switch of a person, and says what it did', async () => {
    const image = await garbage();
    const run = await collecting.run();
    await run.says('asked to be read-only');
    await collecting.apply();
    await collecting.apply('--server-side', '--force-conflicts', '--field-manager=gitops');
    await run.says('nothing is written any more');
    collecting.others = parseManifests(READ_ONLY, 'a person');
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
    expect((await collecting.configMap()).data).toBeUndefined();
    await sleep(6_000); // the front looks every five
    expect(await start()).toBe(405);
    collecting.others = [];
    await writable();
    const { client } = collecting.scenario;
    expect(await client.push(image.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/garbage:1.0')).toBe(image.digest);
  });

  /** Whichever part of a run is killed. */
  async function isKilled(kill: (run: Run) => void, undone: boolean): Promise<void> {
    const image = await garbage();
    const run = await collecting.run({ SETTLE_SECONDS: '50' });
    await run.says('nothing is written any more');
    expect(await start()).toBe(405);
    kill(run);
    expect(await run.ended()).toBe('Failed');
    expect(gone(image)).toBe(0);
    const retry = await collecting.run();
    if (undone) await retry.says(`the switch of ${run.name} was turned back`);
    await succeeds(retry);
    expect(gone(image)).toBe(3);
    await writable();
    await isKept();
  }

  test('kill -9: nothing is removed any more, and the next run undoes it', () =>
    isKilled((run) => run.kill('SIGKILL'), true));

  if (ROUNDS === 0) return;

  test('kill -9 of what collects', () => isKilled((run) => run.collector.signal('SIGKILL'), false));

  test('kill -9 of what talks to the API server', () =>
    isKilled((run) => run.watcher.signal('SIGKILL'), true));

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

  test('without the API server it goes on while the pods are read-only', async () => {
    const image = await garbage();
    const short = await collecting.run();
    await short.says('nothing is written any more');
    await short.setOffline(true);
    await sleep(3_000);
    await short.says('ok 3 2 ', 30);
    expect(gone(image)).toBe(3);
    await short.setOffline(false);
    await succeeds(short);
    await writable();
  });

  test('without the API server for longer it ends before the pods can be written to', async () => {
    const other = await garbage();
    const long = await collecting.run({ SETTLE_SECONDS: '100', LEASE_SECONDS: '40' });
    await long.says('nothing is written any more');
    await long.setOffline(true);
    await long.says('no longer sure', 50);
    expect(await start()).toBe(405);
    expect(gone(other)).toBe(0);
    await writable(40);
    expect(await long.ended()).toBe('Failed');
    const next = await collecting.run();
    await succeeds(next);
    expect(gone(other)).toBe(3);
    await writable();
  });

  test('a kubelet that tells its pods nothing any more: it ends before they do', async () => {
    const image = await garbage();
    const run = await collecting.run({ SETTLE_SECONDS: '100', LEASE_SECONDS: '40' });
    await run.says('nothing is written any more');
    collecting.kubeletIsAway = true;
    expect(await run.ended()).toBe('Failed');
    expect(run.collector.logs).toContain('no longer sure');
    expect(gone(image)).toBe(0);
    await writable(40);
    collecting.kubeletIsAway = false;
    await sleep(1_000);
  });

  test(
    'rounds beside a client that pushes, deletes and pulls all the time',
    async () => {
      const { client, admin } = collecting.scenario;
      const traffic = new Traffic(client, admin);
      let bytes = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await traffic.change();
        const busy = traffic.goOn();
        const run = await collecting.run();
        await succeeds(run);
        bytes += (await collecting.figures()).bytes;
        await writable();
        await busy.stop();
        await traffic.check();
      }
      const { pulls, failures, images } = traffic;
      process.stderr.write(
        `  ${ROUNDS} rounds: ${bytes} bytes removed, ${pulls} pulls, ${images} images kept\n`,
      );
      expect({ failures, freed: bytes > 0 }).toEqual({ failures: [], freed: true });
    },
    300_000 * (ROUNDS + 1),
  );
});

/** The switch of docs/access.md. */
const READ_ONLY = `apiVersion: v1
kind: ConfigMap
metadata: { name: registry-read-only, namespace: registry }
data: { readonly: "" }
`;
