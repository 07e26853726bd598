// Collections on a cluster, one after the other, beside a client that pushes, deletes and pulls images of several platforms
// with shared layers all the time: nothing tagged is lost, space is freed, pulls never fail. A retention deletes what is
// old before each of them. For `npm run prove`: PROVE_CLUSTER_ROUNDS says how many.

import { buildImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { Traffic } from '../e2e/clients/traffic';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';

const ROUNDS = Number(process.env.PROVE_CLUSTER_ROUNDS ?? 0);

if (ROUNDS > 0)
  describeOnCluster(
    'rounds of collections and retentions',
    { ownOnly: 'it needs an enforcer of NetworkPolicies', programs: ['skopeo', 'curl', 'regbot'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      const namespaced = (...args: string[]) => cluster().must(['-n', app.namespace, ...args]);

      beforeAll(async () => {
        app = await deployApp(cluster(), 'test/cluster/apps/day-2.ts', {
          purpose: 'rounds',
          settings: { DELETE: 'yes', SCHEDULE: '0 0 1 1 *' },
        });
        client = await clientOfService(cluster(), app);
        await client.login(admin(app));
      });
      afterAll(() => app?.close());

      /** Whatever changes in a pod has the kubelet bring what its volumes are made of. Else it takes a minute or two. */
      const look = async () => {
        const labels = 'app.kubernetes.io/component=registry';
        await namespaced('annotate', '--overwrite', 'pod', '-l', labels, `look=${Date.now()}`);
      };
      const begins = async () => {
        const user = admin(app);
        return (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user })).status;
      };
      /** The last line of the log of a Job of a CronJob, which must succeed. */
      const job = async (cronJob: string, name: string, container: string[]) => {
        await namespaced('create', 'job', name, `--from=cronjob/${cronJob}`);
        await eventually(
          `${name} succeeds`,
          async () => {
            await look();
            const { status } = await cluster().json('job', name, '-n', app.namespace);
            if (status.failed) throw new Error(`${name} failed: ${JSON.stringify(status)}`);
            return status.succeeded;
          },
          300,
        );
        return JSON.parse(
          (await namespaced('logs', `job/${name}`, ...container)).trim().split('\n').at(-1) ?? '',
        );
      };

      test(
        `${ROUNDS} rounds`,
        async () => {
          const traffic = new Traffic(client, admin(app));
          const sum = { blobs: 0, bytes: 0, deletedTags: 0 };
          for (let round = 1; round <= ROUNDS; round += 1) {
            await traffic.change();
            const busy = traffic.goOn();
            // Of these the retention keeps one.
            for (const tag of ['1', '2']) {
              const image = buildImage(client.path('old'), [50_000 + round]);
              expect(await client.push(image.folder, `team/old:${tag}`)).toMatchObject({ code: 0 });
            }
            const { deletedTags } = await job('registry-retention', `retain-${round}`, []);
            const { blobs, bytes } = await job('registry-collection', `collect-${round}`, ['-c', 'watch']);
            await eventually('it can be written to', async () => {
              await look();
              return (await begins()) === 202 || undefined;
            });
            await busy.stop();
            await traffic.check();
            sum.blobs += blobs;
            sum.bytes += bytes;
            sum.deletedTags += deletedTags;
            expect({ round, failures: traffic.failures }).toEqual({ round, failures: [] });
            await namespaced('delete', 'job', `retain-${round}`, `collect-${round}`, '--wait=false');
          }
          process.stderr.write(
            `  ${ROUNDS} rounds: ${JSON.stringify(sum)}, ${traffic.pulls} pulls, ${traffic.images} images kept\n`,
          );
          expect(sum.bytes).toBeGreaterThan(0);
          expect(sum.deletedTags).toBeGreaterThanOrEqual(ROUNDS);
        },
        300_000 * (ROUNDS + 1),
      );
    },
  );
else test.todo('rounds of collections and retentions: PROVE_CLUSTER_ROUNDS');
