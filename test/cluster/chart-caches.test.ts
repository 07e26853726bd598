// A release with caches, access rules and trust on nodes, on a real cluster: images of an upstream are pulled under the
// registry's host, and by the kubelet under their own name through the node's mirror entry, also while the upstream
// is away. An upgrade adds a cache and removes another.
import { registryChart } from '../chart/registry-chart';
import type { OciImage } from '../e2e/clients/oci-image';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { Helm } from '../e2e/helm';
import { Release } from '../e2e/release';
import { clientOf, namespaceFor, WAIT } from './support/chart';
import { describeOnCluster, eventually } from './support/cluster';
import { answers } from './support/deployed';
import { busyboxImage, madeNamespace, podOf, printed } from './support/example';

/** Hosts that no DNS knows: nodes get their images from a mirror or not at all. */
const [FIRST, SECOND] = ['first.upstream.example.com', 'second.upstream.example.com'];
const NODE = 'node-1';

describeOnCluster(
  'a release with caches',
  { ownOnly: "it writes into a node's /etc", programs: ['helm4', 'skopeo', 'curl', 'busybox'] },
  (cluster) => {
    let upstream: string;
    let apps: string;
    let release: Release;
    let client: RegistryClient;
    let user: User;
    let image: OciImage;
    let trust: string;
    let clusterIP: string;
    const own = (upstreamHost: string) => ({
      upstream: upstreamHost,
      upstreamUrl: `http://upstream.${upstream}.svc:5000`,
    });
    const values = (hosts: readonly string[]) => ({
      host: `${release.namespace}.example.com`,
      service: { type: 'LoadBalancer', port: 443, clusterIP },
      caches: hosts.map(own),
      access: {
        administrators: ['admin'],
        rules: [{ action: 'pull', repositories: hosts.map((host) => `${host}/**`), everyone: true }],
      },
      nodeTrust: { enabled: true, namespace: trust, endpoint: `https://${clusterIP}`, mirrorOf: hosts },
    });
    const tidy = () =>
      cluster().own.onNode(NODE, 'sh', '-c', 'rm -rf /etc/containerd/certs.d/*upstream.example.com');

    beforeAll(async () => {
      tidy();
      upstream = await madeNamespace(cluster(), 'upstream');
      apps = await madeNamespace(cluster(), 'apps');
      trust = cluster().newNamespace('caches-trust');
      const published = ['upstream', '--image=registry:3.1.1', '--port=5000', '-n', upstream];
      await cluster().must(['create', 'deployment', ...published]);
      await cluster().must(['expose', 'deployment/upstream', '--type=LoadBalancer', '-n', upstream]);
      release = new Release(
        cluster(),
        new Helm('helm4', cluster()),
        registryChart(),
        'first',
        await namespaceFor(cluster(), 'caches'),
      );
      // One that is free now: a certificate that the chart issues covers it.
      await cluster().must(['create', 'service', 'clusterip', 'free', '--tcp=1', '-n', release.namespace]);
      clusterIP = (await cluster().json('service', 'free', '-n', release.namespace)).spec.clusterIP;
      await cluster().must(['delete', 'service', 'free', '-n', release.namespace]);
      await cluster().rolledOut(upstream, 'deployment/upstream');
      const address = await cluster().addressOf('service', 'upstream', upstream);
      const source = new RegistryClient(cluster().machine, `${address}:5000`);
      image = busyboxImage(source.path('image'), ['echo', 'it runs']);
      const ask = ['curl', '-sS', '--connect-timeout', '2', `http://${address}:5000/v2/`];
      await eventually('the upstream answers', async () => (await cluster().machine.must(ask)) || undefined);
      expect(await source.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      await release.install(values([FIRST]), WAIT);
      const { host } = values([FIRST]);
      cluster().machine.addHost(
        host,
        await cluster().addressOf('service', 'first-registry', release.namespace),
      );
      [client, user] = await clientOf(cluster(), release, host);
      await answers(client);
    });
    afterAll(tidy);

    /** What a pod prints whose image the kubelet has to ask for under the upstream's name. */
    async function ran(pod: string, host: string): Promise<string> {
      await cluster().apply(podOf(apps, pod, `${host}/team/app:1.0`));
      return printed(cluster(), apps, pod);
    }
    const mirrored = (host: string) =>
      eventually(`the node has an entry for ${host}`, async () => {
        const file = `/etc/containerd/certs.d/${host}/hosts.toml`;
        return (
          cluster().own.onNode(NODE, 'cat', file).includes(`"https://${clusterIP}/v2/${host}"`) || undefined
        );
      });

    test('its pods run without a warning, and its test passes', async () => {
      const deployments = await cluster().must(['get', 'deployments', '-o', 'name', '-n', release.namespace]);
      expect(deployments.trim().split('\n')).toEqual([
        'deployment.apps/first-registry',
        'deployment.apps/first-registry-cache-first-upstream-example-com',
      ]);
      expect(await cluster().warnings(release.namespace)).toEqual([]);
      expect(await release.test()).toMatchObject({ code: 0 });
    });

    test('everybody pulls by the path of the cache, and nobody pushes to it', async () => {
      expect(await client.pull(`${FIRST}/team/app:1.0`)).toBe(image.digest);
      const push = async (repository: string, who?: User) =>
        (await client.request(`/v2/${repository}/blobs/uploads/`, { method: 'POST', user: who })).status;
      expect([
        await push(`${FIRST}/team/app`, user),
        await push(`${FIRST}/team/app`),
        await push('own/app'),
      ]).toEqual([405, 401, 401]);
      expect(await client.login(user)).toMatchObject({ code: 0 });
      expect(await client.push(image.folder, 'own/app:1.0')).toMatchObject({ code: 0 });
    });

    test("the kubelet pulls the upstream's image by the node's mirror entry", async () => {
      await mirrored(FIRST);
      expect(await ran('first', FIRST)).toBe('it runs\n');
    });

    test('an upgrade adds a cache and removes the other, with its claim; images and the login stay', async () => {
      await release.upgrade(values([SECOND]), WAIT);
      const kinds = 'deployments,services,pvc,networkpolicies';
      const named = () => cluster().must(['get', kinds, '-o', 'name', '-n', release.namespace]);
      // A claim goes with the last pod that has it.
      await eventually('it is gone', async () => !(await named()).includes('cache-first') || undefined);
      expect((await named()).match(/.*cache-second-upstream.*/g)).toHaveLength(4);
      await answers(client);
      expect(await client.pull('own/app:1.0')).toBe(image.digest);
      // Nothing restarts: the front reads its configuration again once the kubelet has brought it, which a change of
      // the pod has it do at once.
      await eventually('the front knows the cache', async () => {
        const pods = ['pod', '-l', 'app.kubernetes.io/component=registry', '-n', release.namespace];
        await cluster().must(['annotate', '--overwrite', ...pods, `look=${Date.now()}`]);
        return (await client.pull(`${SECOND}/team/app:1.0`)) === image.digest || undefined;
      });
      await mirrored(SECOND);
      expect(await ran('second', SECOND)).toBe('it runs\n');
    });

    test('while the upstream is away, the kubelet pulls what is cached', async () => {
      await cluster().must(['delete', 'deployment', 'upstream', '-n', upstream]);
      await cluster().must(['wait', '--for=delete', 'pods', '--all', '-n', upstream, '--timeout=150s']);
      cluster().own.onNode(NODE, 'ctr', '--namespace', 'k8s.io', 'images', 'rm', `${SECOND}/team/app:1.0`);
      expect(await ran('third', SECOND)).toBe('it runs\n');
    });

    test('uninstalled from nodes, it leaves no entry there', async () => {
      const { nodeTrust, ...others } = values([SECOND]);
      await release.upgrade({ ...others, nodeTrust: { ...nodeTrust, uninstall: true } }, WAIT);
      await cluster().must(['rollout', 'status', 'daemonset', '-n', trust, '--timeout=150s']);
      expect(cluster().own.onNode(NODE, 'ls', '/etc/containerd/certs.d')).not.toContain(
        'upstream.example.com',
      );
    });
  },
);
