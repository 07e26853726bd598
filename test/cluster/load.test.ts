// Two replicas on a bucket, with a Valkey, while clients push and pull all the time and parts of it are stopped, evicted,
// killed, hung or cut off. `npm run prove` does all of it with 2,000 pulls and 200
// pushes (PROVE_PULLS), `npm test` the first of the events with few.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { commands, inNamespace } from './support/pages';
import { podsOf, signal } from './support/pods';
import { runIn } from './support/shell';

const PULLS = Number(process.env.PROVE_PULLS ?? 8);
jest.setTimeout(300_000 + PULLS * 1_000);
/** Clients at the same time. */
const PULLERS = 3;
const CACHE = 'app.kubernetes.io/component=descriptor-cache';

describeOnCluster(
  'two replicas on a bucket, with clients that push and pull all the time',
  { programs: ['skopeo', 'curl', 'redisServer'], ownOnly: 'its containers get signals' },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let bucket: Awaited<ReturnType<typeof startBucket>>;
    /** The digest of each image by its name. */
    const pushed = new Map<string, string>();
    const figures: string[] = [];

    beforeAll(async () => {
      bucket = await startBucket(cluster());
      app = await deployApp(cluster(), 'test/cluster/apps/bucket.ts', {
        purpose: 'load',
        workloads: ['deployment/registry', 'deployment/registry-descriptor-cache'],
        settings: {
          ENDPOINT: bucket.endpoint,
          BUCKET,
          KEY_ID: KEYS.id,
          KEY_SECRET: KEYS.secret,
          REPLICAS: '2',
          CACHE: 'valkey',
        },
      });
      client = await clientOfService(cluster(), app);
      await client.login(admin(app));
      for (let image = 0; image < 3; image += 1) await push();
    });
    afterAll(() => {
      process.stderr.write(figures.map((line) => `  ${line}\n`).join(''));
      app?.close();
    });

    async function push(): Promise<void> {
      const name = `team/app-${pushed.size % 5}:${pushed.size}`;
      const image = buildImage(client.path('image'), [500, 40_000, 1_000 + pushed.size]);
      const { code, stderr } = await client.push(image.folder, name);
      if (code !== 0) throw new Error(`push of ${name}: ${stderr}`);
      pushed.set(name, image.digest);
    }

    async function pull(name: string): Promise<void> {
      const digest = await client.pull(name);
      if (digest !== pushed.get(name)) throw new Error(`pull of ${name}: ${digest}`);
    }

    /** Does something, and once more if it failed, as clients do. Counts what failed. */
    async function twice(
      what: () => Promise<void>,
      failed: { first: number; both: string[] },
    ): Promise<void> {
      await what().catch(async () => {
        failed.first += 1;
        await sleep(500);
        await what().catch((error: Error) => failed.both.push(error.message));
      });
    }

    /** Pushes and pulls, a part of all of them, while something happens. Gives what failed twice. */
    async function meanwhile(
      event: string,
      happens: () => Promise<unknown>,
      steps: number,
    ): Promise<string[]> {
      const pulls = Math.ceil(PULLS / steps);
      const failed = { first: 0, both: [] as string[] };
      let left = pulls;
      const puller = async () => {
        while (left > 0) {
          left -= 1;
          const names = [...pushed.keys()];
          const name = names[Math.floor(Math.random() * names.length)] as string;
          await twice(() => pull(name), failed);
        }
      };
      const pushes = Math.max(1, Math.round(pulls / 10));
      const pusher = async () => {
        for (let count = 0; count < pushes; count += 1) await twice(push, failed);
      };
      await Promise.all([happens(), pusher(), ...Array.from({ length: PULLERS }, puller)]);
      figures.push(
        `${event}: ${pulls} pulls, ${pushes} pushes; ${failed.first} failed once, ${failed.both.length} twice`,
      );
      return failed.both;
    }

    const ready = () => cluster().rolledOut(app.namespace, 'deployment/registry');
    const onePod = async () => (await podsOf(cluster(), app.namespace))[0]?.metadata.name as string;
    const stopped = async (labels: string, container: string, namespace: string) => {
      const where = { namespace, labels, container };
      await signal(cluster(), where, 'SIGSTOP');
      await sleep(10_000);
      await signal(cluster(), where, 'SIGCONT');
    };

    /** Lets nobody reach a namespace for ten seconds. */
    const cutOff = async (namespace: string) => {
      const metadata = { name: 'cut-off', namespace };
      const spec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
      await cluster().apply({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
      await sleep(10_000);
      await cluster().must(['delete', 'networkpolicy', 'cut-off', '-n', namespace]);
    };
    /** Stops a container for half a second, again and again. */
    const slowly = async (labels: string, container: string, namespace: string) => {
      const where = { namespace, labels, container };
      for (let times = 0; times < 20; times += 1) {
        await signal(cluster(), where, 'SIGSTOP');
        await sleep(500);
        await signal(cluster(), where, 'SIGCONT');
      }
    };

    /** What happens, and whether anything may fail. */
    const EVENTS: [event: string, happens: () => Promise<unknown>, mayFail: boolean][] = [
      [
        'a pod is deleted',
        async () => {
          await cluster().must(['delete', 'pod', await onePod(), '-n', app.namespace, '--wait=false']);
          await ready();
        },
        false,
      ],
      ['Valkey hangs', () => stopped(CACHE, 'valkey', app.namespace), false],
      ['the bucket hangs', () => stopped('app=s3', 's3', bucket.namespace), false],
      ['the bucket is cut off', () => cutOff(bucket.namespace), true],
      ['the bucket answers slowly', () => slowly('app=s3', 's3', bucket.namespace), false],
      [
        'a pod is evicted, as by a drain',
        async () => {
          const name = await onePod();
          const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
          const path = `/api/v1/namespaces/${app.namespace}/pods/${name}/eviction`;
          await cluster().must(['create', '--raw', path, '-f', '-'], { input: JSON.stringify(eviction) });
          await ready();
        },
        false,
      ],
      [
        'all pods are replaced',
        async () => {
          await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', app.namespace]);
          await ready();
        },
        false,
      ],
      [
        'Valkey is replaced',
        async () => {
          await cluster().must(['delete', 'pod', '-l', CACHE, '-n', app.namespace]);
          await cluster().rolledOut(app.namespace, 'deployment/registry-descriptor-cache');
        },
        false,
      ],
      [
        'a registry is killed',
        async () => {
          const labels = 'app.kubernetes.io/component=registry';
          await signal(cluster(), { namespace: app.namespace, labels, container: 'registry' }, 'SIGKILL');
          await eventually('it runs again', async () => {
            const pods = await podsOf(cluster(), app.namespace);
            return (
              pods.every(({ status }) => status.containerStatuses?.every((one) => one.ready)) || undefined
            );
          });
        },
        true,
      ],
    ];
    const tried = process.env.PROVE_PULLS === undefined ? EVENTS.slice(0, 1) : EVENTS;

    test.each(tried)('%s', async (event, happens, mayFail) => {
      const failed = await meanwhile(event, happens, tried.length);
      if (mayFail) expect(failed.length).toBeLessThanOrEqual(Math.ceil(PULLS / 50));
      else expect(failed).toEqual([]);
    });

    test('every image that was pushed is there, byte for byte', async () => {
      expect(pushed.size).toBeGreaterThan(3);
      const failed: string[] = [];
      for (const name of pushed.keys()) await pull(name).catch((error: Error) => failed.push(error.message));
      expect(failed).toEqual([]);
    });

    describe('the commands of docs/operations/replicas.md', () => {
      const run = (block: string) => runIn(cluster(), app.folder, inNamespace(block, app.namespace));

      test('empty the cache of descriptors', async () => {
        const keys = () =>
          cluster().exec(
            app.namespace,
            'deployment/registry-descriptor-cache',
            ...['sh', '-c', 'printf "AUTH %s\nDBSIZE\n" "$PASSWORD" | valkey-cli'],
          );
        expect(await keys()).toMatch(/^OK\n[1-9]\d*\n$/);
        expect(await run(commands('replicas', 'FLUSHDB'))).toBe('OK\nOK\n');
        expect(await keys()).toBe('OK\n0\n');
        const [name] = pushed.keys();
        await pull(name as string);
      });

      test("keep the pods when their number becomes the autoscaler's", async () => {
        const pods = async () =>
          (await podsOf(cluster(), app.namespace)).map(({ metadata }) => metadata.uid).sort();
        const deployment = async () => {
          const { metadata, spec } = await cluster().json('deployment', 'registry', '-n', app.namespace);
          return [metadata.generation, spec.replicas];
        };
        const [before, [generation]] = [await pods(), await deployment()];
        expect(before).toHaveLength(2);
        await run(commands('replicas', 'set-last-applied'));
        app.synthesizeAgain({ AUTOSCALING: 'yes' });
        await runIn(cluster(), app.folder, 'kubectl apply -f dist');
        // One bump is that of the annotation. A number that went to 1 and back would be two more.
        expect(await deployment()).toEqual([generation + 1, 2]);
        expect(await pods()).toEqual(before);
        const { spec } = await cluster().json('hpa', 'registry', '-n', app.namespace);
        expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 3 });
      });
    });
  },
);
