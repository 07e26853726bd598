// Snapshots of a release of the chart, without a collection beside them, by what docs/operations/backup.md says: its values, one
// by hand, the list, and a restore by an upgrade. As in snapshots.test.ts, the controllers of a cluster are played.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { parse } from 'yaml';
import { API_PROGRAMS, type ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { type Manifest, parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { blocksIn, readPage, sectionOf } from '../support/page';
import { Collecting, NAMESPACE, SNAPSHOTS } from './collecting';
import { Helm } from './helm';
import { endJob } from './job-controller';
import { SnapshotController } from './snapshot-controller';

const IN = ['-n', NAMESPACE];
const SECTION = sectionOf(readPage('docs/operations/backup.md'), '## Snapshots of the volume');
const [VALUES = '', RESTORE = ''] = blocksIn(SECTION, 'yaml');
const [COMMANDS = ''] = blocksIn(SECTION, 'sh');
const ADMIN = { name: 'admin', password: 'of-the-test' };
const TITLE = 'snapshots of a release';

async function rendered(values: object): Promise<Manifest[]> {
  const machine = await Machine.start();
  try {
    const helm = new Helm('helm3', { machine, environment: ENVIRONMENT });
    const text = await helm.template('registry', registryChart(), { namespace: NAMESPACE, values });
    return parseManifests(text, 'the chart');
  } finally {
    await machine.stop();
  }
}

// What differs from snapshots.test.ts is the manifests, which are compared with the constructs' elsewhere.
if (process.env.PROVE_SNAPSHOTS === undefined) test.todo(`${TITLE}: PROVE_SNAPSHOTS=1`);
else
  describeWith(TITLE, [...API_PROGRAMS, 'registry3', 'nginx', 'definitions', 'helm3'], () => {
    const values = {
      ...parse(VALUES),
      host: 'registry.example.com',
      ingress: { enabled: true, className: 'nginx' },
      auth: { htpasswd: `${ADMIN.name}:${hashSync(ADMIN.password, 4)}` },
    };
    let taking: Collecting;
    let server: ApiServer;
    let controller: SnapshotController;
    let folder: string;
    beforeAll(async () => {
      const manifests = await rendered(values);
      const options = { edit: () => manifests, user: ADMIN };
      taking = await Collecting.start('test/e2e/apps/snapshots.ts', options, SNAPSHOTS);
      ({ server } = taking);
      controller = await SnapshotController.start(server, NAMESPACE);
      folder = server.machine.makeFolder('reader');
      // There is no kubelet to ask for logs.
      const kubectl = `#!/bin/sh\ncase " $* " in *' logs '*) exec cat '${folder}/logs' ;; esac\nexec '${pathOf('kubectl')}' "$@"\n`;
      writeFileSync(join(folder, 'kubectl'), kubectl, { mode: 0o755 });
      symlinkSync(pathOf('helm3'), join(folder, 'helm'));
      await helm('install', values, '--take-ownership');
    });
    afterAll(async () => {
      await controller?.stop();
      await taking?.close();
    });

    const helm = (command: string, given: object, ...args: string[]) =>
      new Helm('helm3', server).must([command, 'registry', registryChart(), ...args], {
        namespace: NAMESPACE,
        values: given,
      });
    const json = async (...what: string[]) =>
      JSON.parse(await server.must(['get', ...what, ...IN, '-o', 'json']));
    const follow = (commands: string) =>
      server.machine.must(['bash', '-euo', 'pipefail', '-c', commands], {
        env: { ...server.environment, PATH: `${folder}:${ENVIRONMENT.PATH}` },
      });
    /** What controllers of CronJobs and Jobs do, until a command has ended. */
    async function during<T>(command: Promise<T>): Promise<T> {
      let ended = false;
      const both = command.finally(() => {
        ended = true;
      });
      both.catch(() => undefined);
      while (!ended) {
        await sleep(200);
        for (const { metadata, spec, status } of (await json('jobs')).items) {
          if (status?.conditions) continue;
          const { template } = (await json('cronjob', SNAPSHOTS)).spec.jobTemplate.spec;
          expect(spec.template.spec.containers).toEqual(template.spec.containers);
          const run = await taking.run({ PAUSE_SECONDS: '60' }, SNAPSHOTS);
          const phase = await run.ended();
          writeFileSync(join(folder, 'logs'), run.logs);
          await endJob(server, NAMESPACE, metadata.name, phase === 'Succeeded');
        }
      }
      return both;
    }

    let first = '';
    test('one by hand, by the commands of the page, and again', async () => {
      const said = await during(follow(COMMANDS));
      expect(said).toMatch(/^job\.batch\/snapshot-\d+ created$/m);
      expect(said).toMatch(/\bComplete\b/);
      const figures = JSON.parse(/^\{"snapshot":"done".*$/m.exec(said)?.[0] ?? '{}');
      expect(figures).toMatchObject({ registry: 'registry', kept: 1, removed: 0 });
      first = figures.name;
      expect(said).toMatch(new RegExp(`^${first} +true +registry `, 'm'));
      const made = await json('volumesnapshot', first);
      expect(made.spec.source).toEqual({ persistentVolumeClaimName: 'registry' });
      const { annotations, ...map } = (await json('configmap', SNAPSHOTS)).metadata;
      expect({ ...map, annotations }).toMatchObject({
        annotations: { 'cdk8s-registry.io/last-snapshot': expect.stringContaining(first) },
      });
      expect((await taking.configMap()).data).toBeUndefined();
      // The notes of the release have the same commands.
      const notes = await new Helm('helm3', server).must(['get', 'notes', 'registry'], {
        namespace: NAMESPACE,
      });
      expect(notes).toContain(COMMANDS.trim().split('\n').slice(0, 4).join('\n'));
      expect(notes).toContain(COMMANDS.trim().split('\n').at(-1));
      expect(await during(follow(COMMANDS))).toMatch(/"kept":2,"removed":0/);
    });

    test('that an upgrade leaves what a run wrote, and pushes go on', async () => {
      await helm('upgrade', { ...values, commonAnnotations: { 'example.com/a': 'b' } });
      const { annotations } = (await json('configmap', SNAPSHOTS)).metadata;
      expect(annotations).toMatchObject({
        'cdk8s-registry.io/last-snapshot': expect.any(String),
        'example.com/a': 'b',
      });
      const { client } = taking.scenario;
      const begun = await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user: ADMIN });
      expect(begun.status).toBe(202);
    });

    test('a restore, by the values of the page: another claim, that starts from it', async () => {
      const restore = parse(RESTORE.replace(/registry-\d{8}-\d{6}/, first));
      await helm('upgrade', { ...values, ...restore });
      const claim = await json('persistentvolumeclaim', 'registry-restored');
      expect(claim.spec.dataSource).toEqual({
        apiGroup: 'snapshot.storage.k8s.io',
        kind: 'VolumeSnapshot',
        name: first,
      });
      const { volumes } = (await json('deployment', 'registry')).spec.template.spec;
      expect(volumes).toContainEqual({
        name: 'data',
        persistentVolumeClaim: { claimName: 'registry-restored' },
      });
      // What was restored is what the next snapshot is of; and the old claim is there until somebody deletes it.
      const [{ env }] = (await json('cronjob', SNAPSHOTS)).spec.jobTemplate.spec.template.spec.containers;
      expect(env).toContainEqual({ name: 'CLAIM', value: 'registry-restored' });
      const old = await json('persistentvolumeclaim', 'registry');
      expect(old.metadata.deletionTimestamp).toBeUndefined();
      expect(readFileSync(join(folder, 'logs'), 'utf8')).not.toBe('');
    });
  });
