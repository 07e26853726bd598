// The archive of docs/operations/backup.md, by its commands: taken while the registry is read-only, restored into a volume
// that has lost everything. For `npm run prove` (PROVE_DAY_2=1): the registry's pod is replaced four times.

import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { issue } from '../support/certificates';
import { describeOnCluster } from './support/cluster';
import { admin, answers, clientOfService, type Deployed, deployApp } from './support/deployed';
import { madeNamespace } from './support/example';
import { commands, inNamespace } from './support/pages';
import { runIn } from './support/shell';

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'an archive of the volume',
    { ownOnly: 'the app writes on nodes', programs: ['skopeo', 'curl'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      const images = new Map<string, OciImage>();

      beforeAll(async () => {
        app = await deployApp(cluster(), 'test/cluster/apps/faults.ts', {
          purpose: 'archive',
          leaveOut: /^(840|81|83|7)/,
          prepare: async (name) => {
            const ca = await issue({ commonName: 'a CA of the test', signs: true });
            const hosts = [`${name}.example.com`, 'registry', `registry.${name}.svc`];
            const { certificate: CERTIFICATE, privateKey: KEY } = await issue({ hosts, ca });
            const PULLING_NAMESPACE = await madeNamespace(cluster(), 'archive-shop');
            const TRUST_NAMESPACE = cluster().newNamespace('archive-trust');
            return { CERTIFICATE, KEY, CA: ca.certificate, PULLING_NAMESPACE, TRUST_NAMESPACE };
          },
        });
        client = await clientOfService(cluster(), app);
        await client.login(admin(app));
        for (const name of ['team/one:1', 'team/one:2', 'team/two:1']) {
          const image = buildImage(client.path('image'), [1_000, 300_000]);
          expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
          images.set(name, image);
        }
      });
      afterAll(() => app?.close());

      const take = commands('backup', 'tar -c');
      const restore = commands('backup', 'tar -x');
      const run = (block: string) => runIn(cluster(), app.folder, inNamespace(block, app.namespace));
      const begin = async () =>
        (await client.request('/v2/team/one/blobs/uploads/', { method: 'POST', user: admin(app) })).status;
      const change = async (settings: Record<string, string>) => {
        app.synthesizeAgain(settings);
        await app.apply();
        await cluster().rolledOut(app.namespace, 'deployment/registry');
        await answers(client);
      };
      const allAreThere = async () => {
        for (const [name, { digest }] of images) expect(await client.pull(name)).toBe(digest);
      };

      test('is taken, and restored after everything was lost', async () => {
        expect(await begin()).toBe(202);
        app.synthesizeAgain({ READ_ONLY: 'yes' });
        await app.apply();
        expect(await run(take)).toMatch(/\nwhole\n$/); // it waits for the roll-out itself
        await answers(client);
        expect(await begin()).toBe(405);
        await allAreThere();
        await change({});
        expect(await begin()).toBe(202);

        await cluster().exec(app.namespace, 'deployment/registry', 'rm', '-r', '/var/lib/registry/docker');
        await expect(client.pull('team/one:1')).rejects.toThrow('manifest unknown');
        await change({ READ_ONLY: 'yes' });
        await run(restore);
        await cluster().rolledOut(app.namespace, 'deployment/registry');
        await answers(client);
        await allAreThere();
        await change({});
        await allAreThere();
        const image = buildImage(client.path('image'), [2_000]);
        expect(await client.push(image.folder, 'team/one:3')).toMatchObject({ code: 0 });
        expect(await client.pull('team/one:3')).toBe(image.digest);
      });
    },
  );
else test.todo('an archive of the volume: PROVE_DAY_2=1');
