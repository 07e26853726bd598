// What happens to a registry when its node loses power, is drained, or has to give up a pod: on two nodes of
// a cluster of our own.

import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { DEFAULT_APP, PAGE } from '../e2e/scenario';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { type Cluster, describeOnCluster, eventually } from './support/cluster';
import {
  admin,
  answers,
  clientOfService,
  clientThroughIngress,
  type Deployed,
  deployApp,
} from './support/deployed';
import { gone, isReady, type Pod, Probe, podOf, podsOf, reaches } from './support/pods';

/** The cluster's own programs, DNS and Traefik are on the other. */
const NODE = 'node-2';
const READY_AGAIN_S = 60;

describeOnCluster(
  'nodes',
  { name: 'nodes', nodes: 2, ownOnly: 'it restarts nodes', programs: ['skopeo', 'curl'] },
  (cluster) => {
    afterEach(() => cluster().must(['uncordon', NODE])); // whatever became of the test

    describe('one registry on a volume of its node', () => {
      let app: Deployed;
      let client: RegistryClient;
      let image: OciImage;
      beforeAll(async () => {
        await cluster().must(['cordon', 'node-1']);
        try {
          app = await deployApp(cluster(), DEFAULT_APP, {
            purpose: 'node',
            workloads: ['deployment/registry', `deployment/${PAGE}`],
          });
        } finally {
          await cluster().must(['uncordon', 'node-1']);
        }
        client = await clientThroughIngress(cluster(), app);
        image = buildImage(client.path('image'), [1_000, 2_000_000]);
        await client.login(admin(app));
        expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      });
      afterAll(async () => {
        await clear(cluster(), app?.namespace);
        app?.close();
      });

      const pod = (component = 'registry') => podOf(cluster(), app.namespace, component);
      const intact = async () => expect(await client.pull('team/app:1.0')).toBe(image.digest);

      describe('after the node lost power', () => {
        let before: Record<string, Pod>;
        beforeAll(async () => {
          before = { registry: await pod(), ui: await pod('ui') };
          expect(before.registry.spec.nodeName).toBe(NODE);
          expect(before.ui.spec.nodeName).toBe(NODE);
          cluster().own.reboot(NODE);
        });

        test(`the same pod is ready again within ${READY_AGAIN_S} s, with its images`, async () => {
          const { metadata, status } = await readyAgain('registry');
          expect(metadata.uid).toBe(before.registry.metadata.uid);
          expect(status.containerStatuses).toMatchObject([{ restartCount: 1 }]);
          await answers(client);
          await intact();
          expect(await client.push(image.folder, 'team/app:1.1')).toMatchObject({ code: 0 });
        });

        // Its volumes outlive the first start: the init container finds there what it made then.
        test('the UI is ready again, too', async () => {
          expect((await readyAgain('ui')).metadata.uid).toBe(before.ui.metadata.uid);
        });
      });

      test('an eviction is granted, and the next pod has the images', async () => {
        const { metadata } = await pod();
        const eviction = {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: metadata.name, namespace: app.namespace },
        };
        const path = `/api/v1/namespaces/${app.namespace}/pods/${metadata.name}/eviction`;
        const { code, stdout } = await cluster().kubectl(['create', '--raw', path, '-f', '-'], {
          input: JSON.stringify(eviction),
        });
        expect({ code, stdout }).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('"status":"Success"'),
        });
        await gone(cluster(), app.namespace, metadata.name);
        await cluster().rolledOut(app.namespace, 'deployment/registry');
        expect((await pod()).metadata.uid).not.toBe(metadata.uid);
        await answers(client);
        await intact();
      });

      test('a drain of its node goes through; it waits for its volume, and comes back with it', async () => {
        const { metadata } = await pod();
        await drain(cluster());
        const waiting = await eventually('the next pod', () => pod());
        expect(waiting.metadata.uid).not.toBe(metadata.uid);
        const why = await eventually('a reason to wait', async () =>
          (await pod()).status.conditions?.find(({ type }) => type === 'PodScheduled'),
        );
        expect(why).toMatchObject({
          status: 'False',
          message: expect.stringMatching(/1 node\(s\) were unschedulable/),
        });
        await cluster().must(['uncordon', NODE]);
        await cluster().rolledOut(app.namespace, 'deployment/registry');
        expect((await pod()).metadata.uid).toBe(waiting.metadata.uid);
        await answers(client);
        await intact();
      });

      /**
       * The pod, once its containers were started again and are ready. Where one of them fails, what it says
       * last.
       */
      async function readyAgain(component: string): Promise<Pod> {
        const ended: string[] = [];
        const again = await eventually(
          `${component} is ready again`,
          async () => {
            const now = await pod(component);
            const broken = now.status.initContainerStatuses?.find(
              ({ state, restartCount }) => restartCount > 0 && state.waiting?.reason === 'CrashLoopBackOff',
            );
            if (broken !== undefined) {
              ended.push(
                await cluster().must([
                  'logs',
                  now.metadata.name,
                  '-c',
                  broken.name,
                  '-n',
                  app.namespace,
                  '--tail=1',
                ]),
              );
              return now;
            }
            return isReady(now) && now.status.containerStatuses?.every(({ restartCount }) => restartCount > 0)
              ? now
              : undefined;
          },
          READY_AGAIN_S,
        );
        if (ended.length > 0) throw new Error(ended[0].trim());
        return again;
      }
    });

    describe('two replicas on a bucket, one on each node', () => {
      let app: Deployed;
      let client: RegistryClient;
      let image: OciImage;
      beforeAll(async () => {
        const { endpoint } = await startBucket(cluster(), 'node-1');
        const settings = {
          ENDPOINT: endpoint,
          BUCKET,
          KEY_ID: KEYS.id,
          KEY_SECRET: KEYS.secret,
          REPLICAS: '2',
        };
        app = await deployApp(cluster(), 'test/cluster/apps/bucket.ts', { purpose: 'replicas', settings });
        client = await clientOfService(cluster(), app);
        image = buildImage(client.path('image'), [1_000, 2_000_000]);
        await client.login(admin(app));
        expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      });
      afterAll(() => app?.close());

      const places = async () =>
        (await podsOf(cluster(), app.namespace)).map(({ spec }) => spec.nodeName).sort();

      test('start without a warning', async () => {
        expect(await places()).toEqual(['node-1', NODE]);
        expect(await cluster().warnings(app.namespace)).toEqual([]);
      });

      test("a replica can't talk to the API server on the other node, as a pod beside it can", async () => {
        const elsewhere = cluster().newNamespace('elsewhere');
        await cluster().must(['create', 'namespace', elsewhere]);
        const probe = await Probe.start(cluster(), elsewhere, 'probe', { node: NODE });
        const replica = (await podsOf(cluster(), app.namespace)).find(({ spec }) => spec.nodeName === NODE);
        const { spec } = await cluster().json('service', 'kubernetes', '-n', 'default');
        expect(await probe.reaches(spec.clusterIP, 443)).toBe(true);
        expect(
          await reaches(cluster(), app.namespace, replica?.metadata.name ?? '', spec.clusterIP, 443),
        ).toBe(false);
        await cluster().must(['delete', 'pod', probe.name, '-n', elsewhere, '--grace-period=0', '--force']);
      });

      test('only one of them at a time may be evicted', async () => {
        const budget = await cluster().json('poddisruptionbudget', 'registry', '-n', app.namespace);
        expect(budget.status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1 });
      });

      test('no pull fails while a node is drained', async () => {
        const pulls = keepPulling(client, image.digest);
        await drain(cluster());
        await cluster().rolledOut(app.namespace, 'deployment/registry');
        expect(await places()).toEqual(['node-1', 'node-1']);
        const { done, failed } = await pulls.stop();
        expect(failed).toEqual([]);
        expect(done).toBeGreaterThan(3);
      });

      test('pulls do fail when no replica is left', async () => {
        const scale = (replicas: number) =>
          cluster().must(['scale', 'deployment/registry', '-n', app.namespace, `--replicas=${replicas}`]);
        await scale(0);
        await cluster().must([
          'wait',
          'pods',
          '-l',
          'app=registry',
          '-n',
          app.namespace,
          '--for=delete',
          '--timeout=120s',
        ]);
        await expect(client.pull('team/app:1.0')).rejects.toThrow();
        await scale(2);
        await cluster().rolledOut(app.namespace, 'deployment/registry');
      });
    });
  },
);

/** Makes room: what a test has left is not to be waited for when the next one drains a node. */
async function clear(cluster: Cluster, namespace: string): Promise<void> {
  await cluster.must([
    'delete',
    'deployments,pods',
    '--all',
    '-n',
    namespace,
    '--grace-period=1',
    '--wait=false',
  ]);
}

function drain(cluster: Cluster): Promise<string> {
  return cluster.must(['drain', NODE, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=120s']);
}

/** Pulls an image again and again. */
function keepPulling(
  client: RegistryClient,
  digest: string,
): { stop(): Promise<{ done: number; failed: string[] }> } {
  const failed: string[] = [];
  let [done, going] = [0, true];
  const loop = (async () => {
    while (going) {
      const got = await client.pull('team/app:1.0').catch((error: Error) => error.message);
      if (got !== digest) failed.push(got);
      done += 1;
    }
  })();
  return {
    async stop() {
      going = false;
      await loop;
      return { done, failed };
    },
  };
}
