// Scheduled snapshots with the real registry, nginx and API server, by the published definition of VolumeSnapshots. A
// snapshot controller with its driver can't be had: it is played, and says when a snapshot is cut and ready.
import { setTimeout as sleep } from 'node:timers/promises';
import { API_PROGRAMS } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { Collecting, NAMESPACE, type Run, SNAPSHOTS } from './collecting';
import { CUT, READY, SnapshotController } from './snapshot-controller';

const FAULTS = process.env.PROVE_SNAPSHOTS !== undefined;
const IN = ['-n', NAMESPACE];

describeWith('a snapshot', [...API_PROGRAMS, 'registry3', 'nginx', 'definitions'], () => {
  let taking: Collecting;
  let controller: SnapshotController;
  beforeAll(async () => {
    taking = await Collecting.start('test/e2e/apps/snapshots.ts');
    controller = await SnapshotController.start(taking.server, NAMESPACE);
  });
  afterAll(async () => {
    await controller?.stop();
    await taking?.close();
  });

  const snapshots = () => controller.snapshots();
  const take = (times: Readonly<Record<string, string>> = {}) =>
    taking.run({ PAUSE_SECONDS: '60', ...times }, SNAPSHOTS);
  const start = async () => {
    const { client, admin } = taking.scenario;
    return (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user: admin })).status;
  };
  async function eventually(wanted: number, seconds = 60): Promise<void> {
    for (let tries = 0; tries < seconds * 5; tries += 1) {
      if ((await start()) === wanted) return;
      await sleep(200);
    }
    throw new Error(`pushes are not answered with ${wanted} within ${seconds} s`);
  }
  const states = async () =>
    (await snapshots()).map(({ metadata }) => metadata.labels['cdk8s-registry.io/snapshot']);
  async function succeeds(run: Run): Promise<any> {
    expect({ phase: await run.ended(), logs: run.logs }).toMatchObject({ phase: 'Succeeded' });
    return JSON.parse(run.watcher.logs.split('\n').find((text) => text.startsWith('{')) ?? '');
  }
  async function fails(run: Run, why: string): Promise<void> {
    expect({ phase: await run.ended(), logs: run.logs }).toMatchObject({ phase: 'Failed' });
    const said = JSON.parse(run.watcher.logs.split('\n').find((text) => text.startsWith('{')) ?? '');
    expect(said).toEqual({ snapshot: 'failed', registry: 'registry', error: expect.stringContaining(why) });
    const map = JSON.parse(await taking.server.must(['get', 'configmap', SNAPSHOTS, ...IN, '-o', 'json']));
    expect(map.metadata.annotations['cdk8s-registry.io/last-failed-snapshot']).toContain(why);
    expect((await taking.configMap()).data).toBeUndefined();
    await eventually(202);
  }

  test('is cut while pushes are refused; they go on before it is ready, and the run ends when it is', async () => {
    // One that somebody else made.
    const foreign = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'foreign', namespace: NAMESPACE, labels: { 'cdk8s-registry.io/snapshot': 'whole' } },
      spec: { source: { persistentVolumeClaimName: 'registry' } },
    };
    controller.status = undefined;
    await taking.server.must(['create', '-f', '-'], { input: JSON.stringify(foreign) });
    const run = await take();
    await run.says('was asked for');
    expect(await start()).toBe(405);
    controller.status = CUT;
    await run.says('is cut, and the registry can be written to');
    await eventually(202);
    controller.status = READY;
    const { name, readOnlySeconds, ...said } = await succeeds(run);
    expect(said).toMatchObject({ snapshot: 'done', registry: 'registry', kept: 1, removed: 0 });
    expect(readOnlySeconds).toBeGreaterThanOrEqual(3);
    const made = (await snapshots()).find(({ metadata }) => metadata.name === name);
    expect(made.spec).toEqual({
      source: { persistentVolumeClaimName: 'registry' },
      volumeSnapshotClassName: 'csi-snapshots',
    });
    expect(made.metadata.labels).toEqual({
      'cdk8s-registry.io/snapshot-of': 'registry',
      'cdk8s-registry.io/snapshot': 'whole',
      'velero.io/exclude-from-backup': 'true',
    });
  });

  test('killed (-9) before it is cut: the next run undoes it, deletes what it left, and makes another', async () => {
    controller.status = undefined;
    const killed = await take();
    await killed.says('was asked for');
    killed.kill('SIGKILL');
    expect(await killed.ended()).toBe('Failed');
    expect(await start()).toBe(405);
    expect((await states()).filter((state) => state === 'begun')).toHaveLength(1);
    controller.status = READY;
    const next = await take();
    expect(await succeeds(next)).toMatchObject({ kept: 2, removed: 0 });
    expect(next.logs).toContain(`the switch of ${killed.name} was turned back`);
    expect(next.logs).toMatch(/the snapshot \S+ of an interrupted run was deleted/);
    expect(await states()).not.toContain('begun');
    await eventually(202);
  });

  if (FAULTS) {
    test('that the storage refuses is deleted again, and says why', async () => {
      const before = await snapshots();
      controller.status = {
        readyToUse: false,
        error: { message: 'the "quota" is used up', time: CUT.creationTime },
      };
      const run = await take({ PAUSE_SECONDS: '20' });
      await fails(run, 'was not cut in 20 seconds; the storage says: the ');
      expect(await snapshots()).toHaveLength(before.length);
      controller.status = READY;
    });

    test('the last two of its own are kept, beside those of others', async () => {
      expect(await succeeds(await take())).toMatchObject({ kept: 2, removed: 1 });
      const names = (await snapshots()).map(({ metadata }) => metadata.name);
      expect(names).toHaveLength(3);
      expect(names).toContain('foreign');
    });

    test('SIGTERM before it is cut: it is undone and deleted before it ends', async () => {
      controller.status = undefined;
      const before = await snapshots();
      const run = await take();
      await run.says('was asked for');
      run.kill('SIGTERM');
      await fails(run, 'it was told to stop');
      expect(await snapshots()).toHaveLength(before.length);
      controller.status = READY;
    });

    test('SIGTERM before it is ready: it stays, for it is whole', async () => {
      controller.status = CUT;
      const run = await take();
      await run.says('can be written to');
      run.kill('SIGTERM');
      await fails(run, 'was ready');
      expect((await states()).filter((state) => state === 'begun')).toHaveLength(0);
      controller.status = READY;
    });

    test('the oldest are deleted also while it is not ready', async () => {
      const ready = async () =>
        (await snapshots()).filter(
          ({ metadata, status }) => metadata.name !== 'foreign' && status?.readyToUse,
        ).length;
      expect(await ready()).toBeGreaterThan(1);
      controller.status = CUT;
      const run = await take({ KEEP: '1' });
      await run.says('can be written to');
      while ((await ready()) > 1) await sleep(500);
      run.kill('SIGTERM');
      await fails(run, 'was ready');
      controller.status = READY;
    });

    test('somebody turns the switch before it is cut: there is none', async () => {
      controller.status = undefined;
      const before = await snapshots();
      const run = await take();
      await run.says('was asked for');
      const map = taking.objects.find(({ kind, name }) => kind === 'ConfigMap' && name !== SNAPSHOTS)?.body;
      await taking.server.must(['replace', '-f', '-'], { input: JSON.stringify(map) });
      await fails(run, 'somebody else changed the switch');
      expect(await snapshots()).toHaveLength(before.length);
      controller.status = READY;
    });

    test('waits for a collection that goes on, and a collection for it', async () => {
      const collection = await taking.run();
      await collection.says('asked to be read-only');
      const run = await take();
      await run.says(`the switch is held by ${collection.name}`);
      expect({ phase: await collection.ended(), logs: collection.logs }).toMatchObject({
        phase: 'Succeeded',
      });
      await run.says('asked to be read-only');
      const other = await taking.run();
      await other.says(`the switch is held by ${run.name}`);
      await succeeds(run);
      expect(await other.ended()).toBe('Succeeded');
      await eventually(202);
    });

    test('a collection that was killed: its time is waited for, since its cache was not emptied', async () => {
      const collection = await taking.run({ SETTLE_SECONDS: '50', LEASE_SECONDS: '30' });
      await collection.says('asked to be read-only');
      collection.kill('SIGKILL');
      expect(await collection.ended()).toBe('Failed');
      const begun = Date.now();
      const run = await take({ LEASE_SECONDS: '30' });
      await succeeds(run);
      expect(Date.now() - begun).toBeGreaterThan(30_000);
      await eventually(202);
    });

    test('without the API server before it is cut: pushes go on by themselves, and the next run deletes it', async () => {
      controller.status = undefined;
      const run = await take({ LEASE_SECONDS: '40' });
      await run.says('was asked for');
      await run.setOffline(true);
      await eventually(202, 60);
      expect(await run.ended()).toBe('Failed');
      expect(run.logs).toContain('no longer sure');
      controller.status = READY;
      await succeeds(await take());
      expect(await states()).not.toContain('begun');
    });
  }
});
