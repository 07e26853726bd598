// The commands of docs/operations/backup.md that take a snapshot by hand, beside a client that pulls, with the published
// definition of VolumeSnapshots: once no controller answers, once the test says in its place that the snapshot is cut and
// ready. No volume is snapshotted. For `npm run prove` (PROVE_DAY_2=1): kubelets take their time.
import { setTimeout as sleep } from 'node:timers/promises';
import { addDefinitions, definitions } from '../e2e/admission';
import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { commands, inNamespace } from './support/pages';
import { runIn } from './support/shell';

jest.setTimeout(1_500_000);
const CUT = { creationTime: '2026-11-28T03:03:11Z', readyToUse: false };

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'a snapshot by hand',
    { ownOnly: 'it adds kinds', programs: ['skopeo', 'curl', 'definitions'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let image: OciImage;
      const kinds = definitions().filter(({ name }) => name.startsWith('volumesnapshots.'));

      beforeAll(async () => {
        await addDefinitions(cluster(), kinds);
        app = await deployApp(cluster(), 'test/cluster/apps/snapshots.ts', { purpose: 'snapshots' });
        client = await clientOfService(cluster(), app);
        await client.login(admin(app));
        image = buildImage(client.path('image'), [1_000, 200_000]);
        expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
      });
      afterAll(async () => {
        app?.close();
        await cluster().must(['delete', 'crd', '--wait=false', ...kinds.map(({ name }) => name)]);
      });

      const namespaced = (...args: string[]) => cluster().must(['-n', app.namespace, ...args]);
      const begin = async () => {
        const user = admin(app);
        return (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user })).status;
      };
      /** Whatever changes in a pod has the kubelet bring what its volumes are made of. */
      const becomes = (wanted: number) =>
        eventually(
          `a push is answered with ${wanted}`,
          async () => {
            const labels = 'app.kubernetes.io/component=registry';
            await namespaced('annotate', '--overwrite', 'pod', '-l', labels, `look=${Date.now()}`);
            return (await begin()) === wanted || undefined;
          },
          180,
        );
      /** Runs the commands of the page, and gives what they print, and how many pulls there were meanwhile. */
      async function take(meanwhile: () => Promise<void>): Promise<string> {
        let ended = false;
        const log = runIn(
          cluster(),
          app.folder,
          inNamespace(commands('backup', 'cronjob/registry-snapshots'), app.namespace),
        ).finally(() => {
          ended = true;
        });
        const pulling = (async () => {
          while (!ended) {
            expect(await client.pull('team/app:1')).toBe(image.digest);
            await sleep(1_000);
          }
        })();
        await Promise.all([meanwhile(), pulling]);
        return log;
      }
      const figuresIn = (said: string) =>
        JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '{}');

      test('that no controller takes fails after the pause, and pushes go on', async () => {
        const said = await take(async () => void (await becomes(405)));
        expect(said).toMatch(/ Failed$/m);
        expect(figuresIn(said)).toMatchObject({ snapshot: 'failed', registry: 'registry' });
        expect(said).toContain('was not cut in 300 seconds');
        await becomes(202);
        expect(await namespaced('get', 'volumesnapshots', '-o', 'name')).toBe('');
      });

      test('is made, and kept once it is cut and ready', async () => {
        const said = await take(async () => {
          await becomes(405);
          const name = await eventually(
            'a VolumeSnapshot is made',
            async () =>
              (await cluster().json('volumesnapshots', '-n', app.namespace)).items[0]?.metadata.name,
            300,
          );
          const tell = (status: object) => {
            const patch = ['patch', 'volumesnapshot', name, '--subresource=status', '--type=merge'];
            return namespaced(...patch, '-p', JSON.stringify({ status }));
          };
          await tell(CUT);
          await becomes(202);
          await tell({ ...CUT, readyToUse: true });
        });
        expect(said).toMatch(/ Complete$/m);
        const { name, readOnlySeconds, seconds, ...figures } = figuresIn(said);
        expect(figures).toMatchObject({ snapshot: 'done', registry: 'registry', kept: 1, removed: 0 });
        process.stderr.write(`  a snapshot: ${seconds} s, ${readOnlySeconds} s of them read-only\n`);
        // The last command lists them.
        expect(said).toContain(name);
      });
    },
  );
else test.todo('a snapshot by hand: PROVE_DAY_2=1');
