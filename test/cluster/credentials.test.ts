// Every credential of a registry by one apply, as docs/operations/rotation.md says, where controllers roll out pods and
// kubelets bring Secrets: nodes, pull secrets, toolbox and UI follow, and clients that try again pull meanwhile. For `npm
// run prove` (PROVE_DAY_2=1).

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OciImage } from '../e2e/clients/oci-image';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { adminIn } from '../e2e/scenario';
import { issue, type Pem } from '../support/certificates';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { busyboxImage, madeNamespace, printed, podOf as pulling } from './support/example';
import { forgetOnNode, tellNode } from './support/node-names';
import { podOf, podsOf, restarts } from './support/pods';

const ACCEPT = { Accept: 'application/vnd.oci.image.manifest.v1+json' };
/** The pair of keys that is made beside the first. */
const SECOND = { id: 'AKIAI44QH8DHBEXAMPLE2', secret: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY' };

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'every credential',
    { ownOnly: "it writes into a node's /etc", programs: ['skopeo', 'curl', 'busybox', 'redisServer'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let namespace: string;
      let shop: string;
      let trust: string;
      let bucket: Awaited<ReturnType<typeof startBucket>>;
      let image: OciImage;
      let [old, next]: Pem[] = [];
      let uiHost: string;
      let pods = 0;
      let settings: Record<string, string> = {};
      const figures: string[] = [];

      const certificate = async (ca: Pem, ...shown: Pem[]) => {
        const hosts = [`${namespace}.example.com`, uiHost, 'registry', `registry.${namespace}.svc`];
        const { certificate: CERTIFICATE, privateKey: KEY } = await issue({ hosts, ca });
        return { CERTIFICATE, KEY, CA: shown.map((one) => one.certificate).join('') };
      };
      const only = (one: Pem) => Buffer.from(one.certificate);

      beforeAll(async () => {
        [old, next] = (await Promise.all(
          ['old', 'next'].map((commonName) => issue({ commonName, signs: true })),
        )) as [Pem, Pem];
        bucket = await startBucket(cluster());
        shop = await madeNamespace(cluster(), 'credentials-shop');
        trust = cluster().newNamespace('credentials-trust');
        app = await deployApp(cluster(), 'test/cluster/apps/credentials.ts', {
          purpose: 'credentials',
          workloads: [
            'deployment/registry',
            'deployment/registry-descriptor-cache',
            'deployment/registry-ui',
          ],
          prepare: async (name) => {
            namespace = name;
            uiHost = `images-${name}.example.com`;
            settings = {
              UI_HOST: uiHost,
              PULLING_NAMESPACE: shop,
              TRUST_NAMESPACE: trust,
              ENDPOINT: bucket.endpoint,
              BUCKET,
              KEY_ID: KEYS.id,
              KEY_SECRET: KEYS.secret,
              ...(await certificate(old, old)),
            };
            return settings;
          },
        });
        client = await clientOfService(cluster(), app);
        tellNode(cluster(), client.host, await cluster().addressOf('service', 'registry', namespace));
        cluster().machine.addHost(uiHost, await cluster().addressOf('ingress', 'registry-ui', namespace));
        await client.login(admin(app));
        image = busyboxImage(client.path('image'), ['echo', 'it runs']);
        expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
        await nodesKnow();
      });
      afterAll(() => {
        process.stderr.write(figures.map((line) => `  ${line}\n`).join(''));
        forgetOnNode(cluster(), client.host);
        app?.close();
      });

      const nodesKnow = () => cluster().rolledOut(trust, 'daemonset/registry-node-trust');
      const rolledOut = () =>
        cluster().rolledOut(namespace, 'deployment/registry', 'deployment/registry-descriptor-cache');
      const kubeletPulls = async () => {
        pods += 1;
        await cluster().apply(pulling(shop, `pod-${pods}`, `${client.host}/team/app:1`, 'registry-pull'));
        expect(await printed(cluster(), shop, `pod-${pods}`)).toBe('it runs\n');
      };
      /** Synthesizes with what is other now, and applies all of it once. */
      const change = async (more: Record<string, string>, ...entries: string[]) => {
        for (const entry of entries)
          rmSync(join(app.folder, '.registry', namespace, 'registry', entry), { force: true });
        settings = { ...settings, ...more };
        app.synthesizeAgain(settings);
        await app.apply();
      };
      const status = async (by: RegistryClient, user: User, host = by.host) =>
        (await by.request(`https://${host}/v2/team/app/manifests/1`, { user, headers: ACCEPT })).status;

      test('first both CAs, which nodes and the UI get by one apply', async () => {
        await change({ CA: old.certificate + next.certificate });
        await nodesKnow();
        await rolledOut();
        expect(
          cluster().own.onNode('node-1', 'cat', `/etc/containerd/certs.d/${client.host}/ca.crt`),
        ).toContain(next.certificate.trim());
        await kubeletPulls();
        expect(await status(client, admin(app))).toBe(200);
      });

      test('then all at once: password, HTTP secret, certificate, keys of the bucket, password of Valkey', async () => {
        const first = admin(app);
        const toolbox = await podOf(cluster(), namespace, 'toolbox');
        const uiBefore = await podOf(cluster(), namespace, 'ui');
        const before = (await podsOf(cluster(), namespace)).map(({ metadata }) => metadata.uid);
        // One that knows only the CA that signs from now on, and one of nodes and people who know both.
        const later = new RegistryClient(cluster().machine, client.host, only(next));
        const both = new RegistryClient(
          cluster().machine,
          client.host,
          Buffer.concat([only(old), only(next)]),
        );
        await secondKeys();

        const users = ['admin.password', 'admin.htpasswd'];
        const keys = { KEY_ID: SECOND.id, KEY_SECRET: SECOND.secret };
        const pulls = { tried: 0, again: 0, failed: [] as string[] };
        let going = true;
        let second = first;
        const puller = (async () => {
          while (going) {
            pulls.tried += 1;
            // As a client that has either password.
            const asked = async () => {
              for (const user of [first, second]) if ((await status(both, user)) === 200) return true;
              return false;
            };
            if (await asked()) continue;
            pulls.again += 1;
            await sleep(500);
            if (!(await asked())) pulls.failed.push(new Date().toISOString());
          }
        })();
        const from = Date.now();
        const seconds = () => Math.round((Date.now() - from) / 1000);
        await change(
          { ...keys, ...(await certificate(next, old, next)) },
          ...users,
          'http-secret',
          'descriptor-cache',
        );
        second = adminIn(app);
        expect(second.password).not.toBe(first.password);
        await rolledOut();
        figures.push(`rolled out after ${seconds()} s`);
        await eventually(
          'the new password works',
          async () => (await status(later, second)) === 200 || undefined,
        );
        figures.push(`the new password works after ${seconds()} s`);
        await sleep(40_000); // keys of the bucket that are wrong show after the third check
        going = false;
        await puller;
        figures.push(`${pulls.tried} pulls meanwhile, ${pulls.again} of them twice`);
        expect(pulls.failed).toEqual([]);

        expect(await status(later, first)).toBe(401);
        expect(await status(client, second)).toBe(0); // it knows the old CA only
        const now = await podsOf(cluster(), namespace);
        expect(now).toHaveLength(2);
        expect(now.filter(({ metadata }) => before.includes(metadata.uid))).toEqual([]);
        expect(now.map(restarts)).toEqual([0, 0]);

        await later.login(second);
        expect(await later.pull('team/app:1')).toBe(image.digest);
        expect(await later.push(image.folder, 'team/app:2')).toMatchObject({ code: 0 });
        await kubeletPulls();
        const listed = await eventually(
          'the toolbox has the new password',
          async () => {
            const repos = ['sh', '-c', 'regctl repo ls "$REGISTRY"'];
            const { code, stdout } = await cluster().kubectl([
              ...['exec', '-n', namespace, 'deployment/registry-toolbox', '--', ...repos],
            ]);
            return code === 0 ? stdout : undefined;
          },
          100,
        );
        expect(listed).toBe('team/app\n');
        expect((await podOf(cluster(), namespace, 'toolbox')).metadata.uid).toBe(toolbox.metadata.uid);
        expect((await podOf(cluster(), namespace, 'ui')).metadata.uid).toBe(uiBefore.metadata.uid);
        expect(await status(later, second, uiHost)).toBe(200);
      });

      test('at last the next CA alone', async () => {
        const path = `/etc/containerd/certs.d/${client.host}/ca.crt`;
        await change({ CA: next.certificate });
        await nodesKnow();
        await rolledOut();
        const shown = cluster().own.onNode('node-1', 'cat', path);
        expect([shown.includes(next.certificate.trim()), shown.includes(old.certificate.trim())]).toEqual([
          true,
          false,
        ]);
        await kubeletPulls();
        expect(await cluster().warnings(trust)).toEqual([]);
      });

      const admins = (...args: string[]) =>
        cluster().exec(
          bucket.namespace,
          'deployment/s3',
          ...['versitygw', 'admin', '--access', KEYS.id, '--secret', KEYS.secret],
          ...['--endpoint-url', 'http://127.0.0.1:7070', ...args],
        );
      const secondKeys = () =>
        admins('create-user', '--access', SECOND.id, '--secret', SECOND.secret, '--role', 'admin');
    },
  );
else test.todo('every credential: PROVE_DAY_2=1');
