// The autoscaler of docs/operations/replicas.md with real metrics: more pods while clients ask more than two can answer within
// their share, and two again some minutes after, with no request failed. For `npm run prove` (PROVE_AUTOSCALING=1): an
// autoscaler waits five minutes before it takes pods away.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { startMetricsServer } from './support/metrics-server';
import { podsOf, restarts } from './support/pods';

jest.setTimeout(600_000);
const MOST = 4;
const AVERAGE = 100;
/** Clients at the same time, each of which opens a connection for ten requests. */
const CLIENTS = 3;

if (process.env.PROVE_AUTOSCALING === '1')
  describeOnCluster(
    'an autoscaler with metrics',
    { ownOnly: 'it brings a metrics-server', programs: ['skopeo', 'curl', 'metricsServer'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let image: OciImage;
      let removeMetrics: (() => Promise<void>) | undefined;
      const figures: string[] = [];

      beforeAll(async () => {
        removeMetrics = await startMetricsServer(cluster());
        const bucket = await startBucket(cluster());
        app = await deployApp(cluster(), 'test/cluster/apps/bucket.ts', {
          purpose: 'autoscaling',
          settings: {
            ENDPOINT: bucket.endpoint,
            BUCKET,
            KEY_ID: KEYS.id,
            KEY_SECRET: KEYS.secret,
            AUTOSCALING: 'yes',
            MOST: String(MOST),
            AVERAGE_MILLIS: String(AVERAGE),
          },
        });
        client = await clientOfService(cluster(), app);
        await client.login(admin(app));
        image = buildImage(client.path('image'), [1_000, 100_000]);
        expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
      });
      afterAll(async () => {
        process.stderr.write(figures.map((line) => `  ${line}\n`).join(''));
        await removeMetrics?.();
        app?.close();
      });

      const autoscaler = () => cluster().json('hpa', 'registry', '-n', app.namespace);
      const ready = async () => {
        const { status } = await cluster().json('deployment', 'registry', '-n', app.namespace);
        return status.readyReplicas as number;
      };

      test('more pods while more is asked, two afterwards, and no request fails', async () => {
        const average = await eventually('the autoscaler knows the average', async () => {
          const { status } = await autoscaler();
          return status.currentMetrics?.[0]?.resource?.current?.averageValue as string | undefined;
        });
        figures.push(`at rest: ${await ready()} pods, ${average} each`);
        expect(await ready()).toBe(2);

        const ca = join(cluster().machine.makeFolder('autoscaling'), 'ca.crt');
        writeFileSync(ca, await cluster().secret(app.namespace, 'registry-tls', 'ca.crt'));
        const { name, password } = admin(app);
        const url = `https://${client.host}/v2/team/app/manifests/1?[1-10]`;
        const options = [
          '-sS',
          '-H',
          'Accept: application/vnd.oci.image.manifest.v1+json',
          '--cacert',
          ca,
          '-u',
          `${name}:${password}`,
          '-o',
          '/dev/null',
          '-w',
          '%{http_code}\\n',
        ];
        const codes = new Map<string, number>();
        const failures: string[] = [];
        let busy = true;
        let going = true;
        const asks = async () => {
          while (busy) {
            const { code, stdout, stderr } = await cluster().machine.run(['curl', ...options, url]);
            if (code !== 0) failures.push(stderr);
            for (const status of stdout.trim().split('\n')) codes.set(status, (codes.get(status) ?? 0) + 1);
          }
        };
        let pulls = 0;
        const pulling = async () => {
          while (going) {
            pulls += 1;
            await client.pull('team/app:1').catch((error: Error) => failures.push(error.message));
            await sleep(1_000);
          }
        };
        const from = Date.now();
        const seconds = () => Math.round((Date.now() - from) / 1000);
        const pulled = pulling();
        const asked = Promise.all(Array.from({ length: CLIENTS }, asks));
        await eventually(`${MOST} pods are ready`, async () => (await ready()) === MOST || undefined, 240);
        figures.push(`${MOST} pods are ready after ${seconds()} s`);
        await sleep(10_000);
        busy = false;
        await asked;
        const rest = Date.now();
        await eventually(
          'two pods again',
          async () => (await podsOf(cluster(), app.namespace)).length === 2 || undefined,
          480,
        );
        figures.push(`two again ${Math.round((Date.now() - rest) / 1000)} s after the last of many requests`);
        await sleep(20_000); // those that go serve for ten seconds more
        going = false;
        await pulled;
        const requests = [...codes.values()].reduce((sum, count) => sum + count, 0);
        figures.push(`${requests} requests, ${pulls} pulls, ${failures.length} failed`);
        expect([...codes.keys()]).toEqual(['200']);
        expect(failures).toEqual([]);
        expect((await podsOf(cluster(), app.namespace)).map(restarts)).toEqual([0, 0]);
        const { status } = await autoscaler();
        const scaling = status.conditions.find(({ type }: { type: string }) => type === 'ScalingActive');
        expect(scaling).toMatchObject({ status: 'True', reason: 'ValidMetricFound' });
      });
    },
  );
else test.todo('an autoscaler with metrics: PROVE_AUTOSCALING=1');
