// What the first version applied runs, has an image, and is upgraded in place by the commands of
// docs/operations/upgrades.md: no Deployment, Service or claim is made anew, and the image is there afterwards.
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseManifests } from '../../tools/pod-runner/manifests';
import { buildImage } from '../e2e/clients/oci-image';
import { DEFAULT_APP, synthesize } from '../e2e/scenario';
import { describeOnCluster } from './support/cluster';
import { admin, answers, clientThroughIngress, type Deployed } from './support/deployed';
import { commands, inNamespace } from './support/pages';
import { runIn } from './support/shell';

/** What `npx cdk8s synth` of that commit wrote, with nothing in the Secrets. */
const FIXTURE = resolve(__dirname, '..', 'upgrades', 'a8ecdfa', 'default.yaml');

describeOnCluster(
  'an upgrade from the first version',
  { ingress: true, programs: ['skopeo', 'curl'] },
  (cluster) => {
    let app: Deployed;
    beforeAll(() => {
      const namespace = cluster().newNamespace('upgrade');
      const settings = { REGISTRY_NAMESPACE: namespace, REGISTRY_HOST: `${namespace}.example.com` };
      const synthesized = synthesize(DEFAULT_APP, settings);
      const { folder } = synthesized;
      app = {
        ...synthesized,
        namespace,
        dist: join(folder, 'dist'),
        settings,
        synthesizeAgain: (more) => void synthesize(DEFAULT_APP, { ...settings, ...more }, [], folder),
        apply: () => cluster().must(['apply', '-f', join(folder, 'dist')]),
        close: () => rmSync(folder, { recursive: true }),
      };
    });
    afterAll(() => app?.close());

    /** The objects of the first version, with the passwords and keys of the app's store. */
    function before(): object[] {
      const { namespace } = app;
      const text = readFileSync(FIXTURE, 'utf8').replaceAll('registry.localhost', `${namespace}.example.com`);
      return parseManifests(text, FIXTURE).map(({ kind, name, body }) => {
        const old: any = structuredClone(body);
        if (kind === 'Namespace') old.metadata.name = namespace;
        else old.metadata.namespace = namespace;
        if (kind !== 'Secret') return old;
        const now: any = app.manifests.find((one) => one.kind === kind && one.name === name)?.body;
        return { ...old, stringData: now.stringData, data: now.data };
      });
    }
    async function uids(): Promise<Record<string, string>> {
      const kinds = 'deployments,services,ingresses,pvc,secrets,networkpolicies';
      const { items } = await cluster().json(kinds, '-n', app.namespace);
      return Object.fromEntries(
        items.map(({ kind, metadata }: any) => [`${kind} ${metadata.name}`, metadata.uid]),
      );
    }

    test('keeps images, passwords and certificates, and every object', async () => {
      await cluster().apply(...before());
      await cluster().rolledOut(app.namespace, 'deployment/registry', 'deployment/registry-ui');
      const client = await clientThroughIngress(cluster(), app);
      await client.login(admin(app));
      const image = buildImage(client.path('image'), [1_000, 2_000_000]);
      expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      const there = await uids();
      expect(Object.keys(there).length).toBeGreaterThan(9);

      const block = inNamespace(commands('upgrades', 'kubectl diff'), app.namespace);
      const [synth, diff, ...rest] = block.trim().split('\n') as [string, string, ...string[]];
      expect(synth).toBe('npm run synth');
      // kubectl ends with 1 if something differs.
      expect(await runIn(cluster(), app.folder, `${diff} || [ $? = 1 ]`)).toMatch(/^\+ +startupProbe:/m);
      await runIn(cluster(), app.folder, rest.join(' && '));
      await cluster().rolledOut(app.namespace, 'deployment/registry-ui');

      expect(await uids()).toMatchObject(there);
      await answers(client);
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
      expect(await client.push(image.folder, 'team/app:1.1')).toMatchObject({ code: 0 });
      expect(await cluster().warnings(app.namespace)).toEqual([]);
      expect(await runIn(cluster(), app.folder, diff)).toBe('');
    });

    if (process.env.PROVE_DAY_2 === '1')
      test('the namespace that the first version had for nodes is looked at, and deleted', async () => {
        const metadata = { name: 'docker-registry-node-trust' };
        await cluster().apply(
          { apiVersion: 'v1', kind: 'Namespace', metadata },
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left', namespace: metadata.name } },
        );
        const said = await runIn(cluster(), app.folder, commands('upgrades', 'delete namespace'));
        expect(said).toContain('configmap/left');
        expect(said).toContain('namespace "docker-registry-node-trust" deleted');
      });
  },
);
