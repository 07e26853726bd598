// Faults of a bucket, by docs/operations/faults.md, where kubelets pull and probe: the node's clock seems wrong to the bucket,
// and keys are rolled out that it refuses. What clients, the kubelet and the alerts' expressions say, and that nothing is
// lost. For `npm run prove` (PROVE_DAY_2=1): health checks take half a minute to fail.

import { setTimeout as sleep } from 'node:timers/promises';
import type { OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { issue } from '../support/certificates';
import { BUCKET, KEYS } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { busyboxImage, madeNamespace, printed, podOf as pulling, refused } from './support/example';
import { FaultyBucket } from './support/faulty-bucket';
import { forgetOnNode, tellNode } from './support/node-names';
import { commands, inNamespace } from './support/pages';
import { isReady, podsOf, restarts } from './support/pods';
import { Prometheus } from './support/prometheus';
import { runIn } from './support/shell';

const REPLICAS = 2;

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'faults of a bucket',
    {
      ownOnly: 'a server on a node stands before the bucket',
      programs: ['skopeo', 'curl', 'busybox', 'prometheus'],
    },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let prometheus: Prometheus;
      let bucket: FaultyBucket;
      let kept: OciImage;
      let namespace: string;
      let shop: string;
      let pods = 0;
      const said: string[] = [];

      beforeAll(async () => {
        bucket = await FaultyBucket.start(cluster());
        shop = await madeNamespace(cluster(), 'bucket-shop');
        app = await deployApp(cluster(), 'test/cluster/apps/faults.ts', {
          purpose: 'bucket-faults',
          leaveOut: /^840-/, // the rule's kind is Prometheus operator's
          prepare: async (name) => {
            namespace = name;
            const ca = await issue({ commonName: 'a CA of the test', signs: true });
            const hosts = [`${name}.example.com`, 'registry', `registry.${name}.svc`];
            const { certificate: CERTIFICATE, privateKey: KEY } = await issue({ hosts, ca });
            return {
              PULLING_NAMESPACE: shop,
              TRUST_NAMESPACE: cluster().newNamespace('bucket-trust'),
              ...{ CERTIFICATE, KEY, CA: ca.certificate },
              ...{ ENDPOINT: bucket.endpoint, BUCKET, KEY_ID: KEYS.id, KEY_SECRET: KEYS.secret },
            };
          },
        });
        client = await clientOfService(cluster(), app);
        tellNode(cluster(), client.host, await cluster().addressOf('service', 'registry', namespace));
        await client.login(admin(app));
        kept = busyboxImage(client.path('kept'), ['echo', 'it runs']);
        expect(await client.push(kept.folder, 'team/kept:1')).toMatchObject({ code: 0 });
        prometheus = await Prometheus.start(cluster(), namespace);
      });
      afterAll(async () => {
        process.stderr.write(said.map((line) => `  ${line}\n`).join(''));
        forgetOnNode(cluster(), client.host);
        await bucket.stop();
        app.close();
      });

      const since = (from: number) => `${Math.round((Date.now() - from) / 1000)} s`;
      const pod = async () => {
        pods += 1;
        const name = `pod-${pods}`;
        await cluster().apply(pulling(shop, name, `${client.host}/team/kept:1`, 'registry-pull'));
        return name;
      };
      const asked = async () => (await client.manifest('team/kept', '1', admin(app))).status;
      const becomes = (status: number, seconds?: number) =>
        eventually(`it answers ${status}`, async () => (await asked()) === status || undefined, seconds);
      const ready = async () => (await podsOf(cluster(), namespace)).filter(isReady).length;
      const areReady = (count: number, seconds = 90) =>
        eventually(`${count} pods are ready`, async () => (await ready()) === count || undefined, seconds);
      const expectNothingLost = async () => {
        await areReady(REPLICAS);
        await becomes(200);
        expect(await client.pull('team/kept:1')).toBe(kept.digest);
        expect(await printed(cluster(), shop, await pod())).toBe('it runs\n');
        expect(await client.push(kept.folder, 'team/new:1')).toMatchObject({ code: 0 });
        expect((await podsOf(cluster(), namespace)).map(restarts)).toEqual([0, 0]);
      };
      /** Requests that fail, until the alert of them holds. */
      const errorsHold = () =>
        eventually('RegistryErrors holds', async () => {
          for (let times = 0; times < 4; times += 1) await asked();
          await sleep(500);
          await prometheus.lookAtPods();
          return (await prometheus.holding(app.manifests)).includes('RegistryErrors') || undefined;
        });

      test("the node's clock is wrong for the bucket", async () => {
        expect(await prometheus.holding(app.manifests)).toEqual([]);
        bucket.set({ error: 'RequestTimeTooSkewed' });
        const from = Date.now();
        const refusal = await client.manifest('team/kept', '1', admin(app));
        expect(refusal).toMatchObject({ status: 500, body: expect.stringContaining('RequestTimeTooSkewed') });
        await expect(client.pull('team/kept:1')).rejects.toThrow('500 Internal Server Error');
        said.push(await refused(cluster(), shop, await pod(), /Failed to pull image/));
        expect(said.at(-1)).toMatch(/: 50[03] (Internal Server Error|Service Unavailable)$/);
        await errorsHold();
        await areReady(0, 120);
        said.push(`no pod is ready after ${since(from)}`);
        const logs = await cluster().must(['logs', 'deployment/registry', '-n', namespace]);
        expect(logs).toContain('storage driver health check: s3aws: RequestTimeTooSkewed');
        const why = inNamespace(commands('faults', 'storage driver health check'), namespace);
        expect(await runIn(cluster(), app.folder, why)).toContain('s3aws: RequestTimeTooSkewed');
        bucket.set({});
        const well = Date.now();
        await expectNothingLost();
        said.push(`all is well ${since(well)} after the clock`);
      });

      test.each([
        ['goes through, and takes all pods down', {}, 0, 503],
        ['stops with minReadySeconds, and the old pods serve', { MIN_READY: '60' }, REPLICAS, 200],
      ])('a roll-out of keys that the bucket refuses %s', async (_, settings, oldPods, answer) => {
        const before = (await podsOf(cluster(), namespace)).map(({ metadata }) => metadata.uid);
        app.synthesizeAgain({ ...settings, KEY_SECRET: 'another' });
        await app.apply();
        await sleep(110_000);
        const now = await podsOf(cluster(), namespace);
        const old = now.filter(({ metadata }) => before.includes(metadata.uid));
        said.push(
          `110 s after the apply: ${now.length} pods, ${old.length} of them old, ${await ready()} ready`,
        );
        const logs = await cluster().must([
          ...['logs', '-n', namespace, '-l', 'app.kubernetes.io/component=registry', '--tail=-1'],
        ]);
        expect(logs).toContain('storage driver health check: s3aws: SignatureDoesNotMatch');
        expect([old.length, await ready()]).toEqual([oldPods, oldPods]);
        if (answer === 200) expect(await asked()).toBe(200);
        else expect([0, 503]).toContain(await asked());
        app.synthesizeAgain({});
        const mended = Date.now();
        await app.apply();
        await cluster().rolledOut(namespace, 'deployment/registry');
        await expectNothingLost();
        said.push(`mended ${since(mended)} after the right keys were applied`);
      });
    },
  );
else test.todo('faults of a bucket: PROVE_DAY_2=1');
