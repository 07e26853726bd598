// A collection of a bucket beside two replicas that share a cache of descriptors, by the command of
// docs/operations/collection.md, with both major versions: what was collected is pushed again as clients do, which ask
// first whether a layer is there, and is whole. For `npm run prove` (PROVE_DAY_2=1): kubelets take their time.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { commands, inNamespace } from './support/pages';
import { podsOf, restarts } from './support/pods';
import { figuresIn, runIn } from './support/shell';

jest.setTimeout(600_000);

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'a collection beside a shared cache of descriptors',
    {
      ownOnly: 'it needs an image of 2.8 and an enforcer of NetworkPolicies',
      programs: ['skopeo', 'curl', 'redisServer'],
    },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      afterEach(() => app?.close());

      const keys = () =>
        cluster().exec(
          app.namespace,
          'deployment/registry-descriptor-cache',
          ...['sh', '-c', 'printf "AUTH %s\nDBSIZE\n" "$PASSWORD" | valkey-cli'],
        );

      test.each(['registry:3.1.1', 'registry:2.8.3'])('of %s', async (image) => {
        const bucket = await startBucket(cluster());
        app = await deployApp(cluster(), 'test/cluster/apps/cached-collection.ts', {
          purpose: 'cached',
          workloads: ['deployment/registry', 'deployment/registry-descriptor-cache'],
          settings: {
            IMAGE: image,
            ENDPOINT: bucket.endpoint,
            BUCKET,
            KEY_ID: KEYS.id,
            KEY_SECRET: KEYS.secret,
          },
        });
        client = await clientOfService(cluster(), app);
        const user = admin(app);
        await client.login(user);
        const [kept, removed] = [
          buildImage(client.path('kept'), [200_000]),
          buildImage(client.path('old'), [300_000]),
        ];
        for (const [name, { folder }] of [
          ['team/kept:1', kept],
          ['team/old:1', removed],
        ] as const)
          expect(await client.push(folder, name)).toMatchObject({ code: 0 });
        // Pulls fill the cache.
        for (let times = 0; times < 4; times += 1)
          expect(await client.pull('team/old:1')).toBe(removed.digest);
        expect(await keys()).toMatch(/^OK\n[1-9]\d*\n$/);
        const { body } = await client.manifest('team/old', '1', user);
        const [layer] = JSON.parse(body).layers;
        const head = async () =>
          (await client.request(`/v2/team/old/blobs/${layer.digest}`, { method: 'HEAD', user })).status;
        expect(await head()).toBe(200);
        expect((await client.deleteManifest('team/old', removed.digest, user)).status).toBe(202);
        // The cache says so for as long as nothing empties it.
        expect(await head()).toBe(200);

        let ended = false;
        const log = runIn(
          cluster(),
          app.folder,
          inNamespace(commands('collection', 'create job'), app.namespace),
        ).finally(() => {
          ended = true;
        });
        let pulls = 0;
        while (!ended) {
          expect(await client.pull('team/kept:1')).toBe(kept.digest);
          pulls += 1;
          await sleep(500);
        }
        const figures = figuresIn(await log);
        expect(figures).toMatchObject({ collection: 'done', blobs: 3 });
        process.stderr.write(`  ${image}: ${JSON.stringify(figures)}, ${pulls} pulls meanwhile\n`);

        // Each replica, by any connection.
        for (let times = 0; times < 10; times += 1) expect(await head()).toBe(404);
        await eventually('both can be written to', async () => {
          const labels = 'app.kubernetes.io/component=registry';
          const look = ['annotate', '--overwrite', 'pod', '-l', labels, `look=${Date.now()}`];
          await cluster().must(['-n', app.namespace, ...look]);
          for (let times = 0; times < 10; times += 1) {
            const begun = await client.request('/v2/team/old/blobs/uploads/', { method: 'POST', user });
            if (begun.status !== 202) return undefined;
          }
          return true;
        });
        expect(await client.push(removed.folder, 'team/old:1')).toMatchObject({ code: 0, stderr: '' });
        for (let times = 0; times < 4; times += 1) {
          expect(await client.pull('team/old:1')).toBe(removed.digest);
          expect(await client.pull('team/kept:1')).toBe(kept.digest);
        }
        expect((await podsOf(cluster(), app.namespace)).map(restarts)).toEqual([0, 0]);
      });
    },
  );
else test.todo('a collection beside a shared cache of descriptors: PROVE_DAY_2=1');
