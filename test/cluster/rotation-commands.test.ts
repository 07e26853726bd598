// The commands of docs/operations/rotation.md as they are, `npm run synth` too, where controllers roll out pods and kubelets
// bring Secrets; clients that try again pull meanwhile. For `npm run prove` (PROVE_DAY_2=1): kubelets take their time.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { adminIn } from '../e2e/scenario';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { madeNamespace } from './support/example';
import { commands, inNamespace } from './support/pages';
import { podsOf, restarts } from './support/pods';
import { asClone, runIn } from './support/shell';

const APP = 'test/cluster/apps/credentials.ts';
const CACHE = 'registry-cache-team';
const SECOND = { id: 'AKIAI44QH8DHBEXAMPLE2', secret: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY' };

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'the commands that change a credential',
    { ownOnly: 'the app writes on nodes', programs: ['skopeo', 'curl', 'redisServer'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let bucket: Awaited<ReturnType<typeof startBucket>>;
      let image: OciImage;
      let user: User;
      let settings: Readonly<Record<string, string>>;
      const figures: string[] = [];

      const run = (block: string) =>
        runIn(cluster(), app.folder, inNamespace(block, app.namespace), settings);
      const status = async (as = user, by = client) => (await by.manifest('team/app', '1', as)).status;
      const rolledOut = () =>
        cluster().rolledOut(app.namespace, 'deployment/registry', 'deployment/registry-descriptor-cache');
      /** Without that of the cache, which is a registry too. */
      const pods = async () =>
        (await podsOf(cluster(), app.namespace)).filter(({ metadata }) => !metadata.name.startsWith(CACHE));
      const uids = async () => (await pods()).map(({ metadata }) => metadata.uid);
      const caNow = () => cluster().secret(app.namespace, 'registry-tls', 'ca.crt');

      /** Does something beside a client that pulls, with any of these users and CAs, and once more if it failed. */
      async function beside(
        what: string,
        happens: () => Promise<unknown>,
        who = () => [user],
      ): Promise<void> {
        const pulls = { tried: 0, again: 0, failed: [] as string[] };
        const answers = async () => {
          for (const one of who()) if ((await status(one)) === 200) return true;
          return false;
        };
        let going = true;
        const puller = (async () => {
          while (going) {
            pulls.tried += 1;
            if (await answers()) continue;
            pulls.again += 1;
            await sleep(500);
            if (!(await answers())) pulls.failed.push(new Date().toISOString());
          }
        })();
        const from = Date.now();
        await happens().finally(() => {
          going = false;
        });
        await puller;
        const seconds = Math.round((Date.now() - from) / 1000);
        figures.push(`${what}: ${seconds} s, ${pulls.tried} pulls, ${pulls.again} of them twice`);
        expect(pulls.failed).toEqual([]);
      }

      beforeAll(async () => {
        bucket = await startBucket(cluster());
        app = await deployApp(cluster(), APP, {
          purpose: 'commands',
          workloads: ['deployment/registry', 'deployment/registry-descriptor-cache'],
          prepare: async (name) => ({
            UI_HOST: `images-${name}.example.com`,
            PULLING_NAMESPACE: await madeNamespace(cluster(), 'commands-shop'),
            TRUST_NAMESPACE: cluster().newNamespace('commands-trust'),
            SERVICE_ADDRESS: '10.96.77.78',
            ENDPOINT: bucket.endpoint,
            BUCKET,
            KEY_ID: KEYS.id,
            KEY_SECRET: KEYS.secret,
          }),
        });
        ({ settings } = app);
        asClone(app.folder, APP);
        client = await clientOfService(cluster(), app);
        user = admin(app);
        await client.login(user);
        image = buildImage(client.path('image'), [1_000, 300_000]);
        for (const tag of ['1', '2', '3'])
          expect(await client.push(image.folder, `team/app:${tag}`)).toMatchObject({ code: 0 });
        await login(user);
        await cluster().rolledOut(app.namespace, `deployment/${CACHE}`);
      });
      afterAll(() => {
        process.stderr.write(figures.map((line) => `  ${line}\n`).join(''));
        app?.close();
      });

      const cached = async (tag: string) => {
        const accept = 'Accept: application/vnd.oci.image.manifest.v1+json';
        const url = `http://127.0.0.1:5000/v2/team/app/manifests/${tag}`;
        const ask = ['wget', '-qO-', '--header', accept, url];
        const { code } = await cluster().kubectl([
          ...['exec', '-n', app.namespace, `deployment/${CACHE}`, '--', ...ask],
        ]);
        return code === 0;
      };
      /** The Secret of the login of a cache, by the page. */
      const login = ({ name, password }: User) =>
        run(
          commands('rotation', 'create secret generic docker-hub')
            .replace('=USER', `=${name}`)
            .replace('=PASSWORD', `=${password}`),
        );

      test("a user's password", async () => {
        expect(await cached('1')).toBe(true);
        const first = user;
        let printed = '';
        await beside(
          'a password',
          async () => {
            printed = await run(commands('rotation', 'admin.password'));
            user = adminIn(app);
            expect(user.password).not.toBe(first.password);
            // In both pods, whose kubelet brings it to one after the other.
            const both = async () => {
              for (let times = 0; times < 10; times += 1)
                if ((await status()) !== 200 || (await status(first)) !== 401) return undefined;
              return true;
            };
            await eventually('it works, and the old one does not', both, 120);
            await client.login(user);
          },
          () => [first, user],
        );
        expect(printed.trim().split('\n').at(-1)).toBe(user.password);
      });

      test("an upstream's login, which the cache takes without a restart", async () => {
        expect(await cached('2')).toBe(false);
        const from = Date.now();
        await login(user);
        await eventually('the new one works', async () => (await cached('3')) || undefined, 150);
        figures.push(`the cache logs in again after ${Math.round((Date.now() - from) / 1000)} s`);
      });

      test('the HTTP secret', async () => {
        const before = await uids();
        await beside('the HTTP secret', async () => {
          await run(commands('rotation', 'http-secret'));
          await rolledOut();
        });
        expect((await uids()).filter((uid) => before.includes(uid))).toEqual([]);
        expect(await client.push(image.folder, 'team/app:4')).toMatchObject({ code: 0 });
      });

      test('a synth and an apply, which change nothing once more', async () => {
        const generations = async () =>
          (await cluster().json('deployments,networkpolicies,services', '-n', app.namespace)).items.map(
            ({ metadata }: any) => [metadata.name, metadata.generation],
          );
        const before = [await uids(), await generations()];
        await run(commands('rotation', 'npm run synth && kubectl apply -f dist'));
        expect([await uids(), await generations()]).toEqual(before);
      });

      test('keys of the bucket', async () => {
        await cluster().exec(
          bucket.namespace,
          'deployment/s3',
          ...['versitygw', 'admin', '--access', KEYS.id, '--secret', KEYS.secret],
          ...['--endpoint-url', 'http://127.0.0.1:7070', 'create-user'],
          ...['--access', SECOND.id, '--secret', SECOND.secret, '--role', 'admin'],
        );
        settings = { ...settings, KEY_ID: SECOND.id, KEY_SECRET: SECOND.secret };
        await beside('keys of the bucket', async () => {
          const said = await run(commands('rotation', 'apply -f dist\nkubectl -n registry rollout'));
          expect(said).toContain('successfully rolled out');
          await sleep(60_000);
          const looked = await run(commands('rotation', 'storage driver health check'));
          expect(looked).toMatch(/^(registry-\S+ +1\/1 +Running.*\n){2}0\n$/m);
        });
      });

      test('the password of Valkey', async () => {
        await beside('Valkey', async () => {
          await run(commands('rotation', 'descriptor-cache'));
          await rolledOut();
        });
        expect(await client.pull('team/app:1')).toBe(image.digest);
      });

      test('the CA', async () => {
        const old = await caNow();
        await run(commands('rotation', 'rm .registry/registry/registry/ca\n'));
        const next = await caNow();
        expect(next.equals(old)).toBe(false);
        await rolledOut();
        const later = new RegistryClient(cluster().machine, client.host, next);
        await eventually(
          'the next certificate is shown',
          async () => (await status(user, later)) === 200 || undefined,
        );
        expect(await status(user, client)).toBe(0); // there is no overlap
        client = later;
        await cluster().rolledOut(settings.TRUST_NAMESPACE as string, 'daemonset/registry-node-trust');
        await client.login(user);
        expect(await client.pull('team/app:4')).toBe(image.digest);
      });

      test('a Secret of your own: a restart, pod by pod', async () => {
        const before = await uids();
        await beside('a restart', () => run(commands('rotation', 'rollout restart')));
        const now = await pods();
        expect(now.filter(({ metadata }) => before.includes(metadata.uid))).toEqual([]);
        expect(now.map(restarts)).toEqual([0, 0]);
      });
    },
  );
else test.todo('the commands that change a credential: PROVE_DAY_2=1');
