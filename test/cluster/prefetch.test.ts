// The CronJob of a cache where controllers run it and NetworkPolicies are enforced, by the commands of
// docs/caches.md.
import { buildImage } from '../e2e/clients/oci-image';
import { blocksIn, readPage } from '../support/page';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { Probe } from './support/pods';
import { runIn } from './support/shell';

const CACHE = 'registry-cache-team';
const PREFETCH = {
  'app.kubernetes.io/name': 'registry',
  'app.kubernetes.io/instance': CACHE,
  'app.kubernetes.io/component': 'prefetch',
};

describeOnCluster(
  'a cache that fetches images on a schedule',
  { ownOnly: 'it needs an enforcer of NetworkPolicies', programs: ['skopeo', 'curl'] },
  (cluster) => {
    let app: Deployed;
    const namespaced = (...args: string[]) => cluster().must([...args, '-n', app.namespace]);
    beforeAll(async () => {
      app = await deployApp(cluster(), 'test/cluster/apps/prefetch.ts', { purpose: 'prefetch' });
      const { name, password } = admin(app);
      const literals = [`--from-literal=username=${name}`, `--from-literal=password=${password}`];
      await namespaced('create', 'secret', 'generic', 'team-login', ...literals);
      const client = await clientOfService(cluster(), app);
      await client.login(admin(app));
      const image = buildImage(client.path('image'), [10_000, 2_000_000]);
      expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      await cluster().rolledOut(app.namespace, `deployment/${CACHE}`);
    });
    afterAll(() => app?.close());

    test('the commands of the page', async () => {
      const page =
        blocksIn(readPage('docs/caches.md'), 'sh').find((text) => text.includes('create job')) ?? '';
      const commands = page
        .replaceAll('-n registry ', `-n ${app.namespace} `)
        .replaceAll('registry-cache-docker-io', CACHE);
      const said = await runIn(cluster(), app.folder, commands);
      expect(said).toMatch(/Complete\nread: team\/app:1\.0 linux\/amd64\n$/);
    });

    test('its pods reach the cache and nothing else, and others do not reach the cache', async () => {
      const [own, other] = await Promise.all([
        Probe.start(cluster(), app.namespace, 'own', { labels: PREFETCH }),
        Probe.start(cluster(), app.namespace, 'other'),
      ]);
      const addressOf = async (name: string): Promise<string> =>
        (await cluster().json('service', name, '-n', app.namespace)).spec.clusterIP;
      const [cache, registry] = await Promise.all([addressOf(CACHE), addressOf('registry')]);
      const open = async () =>
        Promise.all([own.reaches(cache, 5000), own.reaches(registry, 443), other.reaches(cache, 5000)]);
      await eventually('the policies know the pods', async () => (await open())[0] || undefined, 30);
      expect(await open()).toEqual([true, false, false]);
      await namespaced('delete', 'networkpolicy', '--all');
      await eventually('all is open', async () => (await open()).every((one) => one) || undefined, 30);
    });
  },
);
