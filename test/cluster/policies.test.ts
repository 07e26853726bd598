// NetworkPolicies where they are enforced: each connection that must not come about is tried again once the
// policies are gone, so that none is closed by chance.

import type { RegistryClient } from '../e2e/clients/registry-client';
import { PAGE } from '../e2e/scenario';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, answers, clientThroughIngress, type Deployed, deployApp } from './support/deployed';
import { Probe, podOf, reaches } from './support/pods';

// Not here: the API server is on the node, and policies don't concern what pods have to do with their own
// node. See nodes.test.ts.
const LISTENING = 8080;
/** Outside: another file's port-forward may have that one. */
const OUTSIDE = 8099;

/** One pod's way to an address. */
interface Way {
  readonly title: string;
  readonly from: () => { readonly namespace: string; readonly name: string };
  readonly to: () => readonly [ip: string, port: number];
}

describeOnCluster(
  'NetworkPolicies',
  {
    ownOnly: 'it stands outside, beside the nodes, and needs an enforcer and Traefik',
    programs: ['curl', 'busybox'],
  },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let stranger: Probe;
    let neighbour: Probe;
    let prometheus: Probe;
    /** Addresses of pods and Services. */
    const ips: Record<
      'registry' | 'ui' | 'service' | 'page' | 'bucket' | 'traefik' | 'dns' | 'laptop',
      string
    > = {
      registry: '',
      ui: '',
      service: '',
      page: '',
      bucket: '',
      traefik: '',
      dns: '',
      laptop: '10.99.0.254',
    };
    const pods = { registry: '', ui: '' };

    beforeAll(async () => {
      const bucket = await startBucket(cluster());
      const settings = { ENDPOINT: bucket.endpoint, BUCKET, KEY_ID: KEYS.id, KEY_SECRET: KEYS.secret };
      const workloads = ['deployment/registry', `deployment/${PAGE}`];
      const elsewhere = cluster().newNamespace('elsewhere');
      await cluster().must(['create', 'namespace', elsewhere]);
      [app, stranger, prometheus] = await Promise.all([
        deployApp(cluster(), 'test/cluster/apps/policies.ts', { purpose: 'policies', settings, workloads }),
        Probe.start(cluster(), elsewhere, 'stranger'),
        Probe.start(cluster(), elsewhere, 'prometheus', {
          labels: { 'app.kubernetes.io/name': 'prometheus' },
        }),
      ]);
      neighbour = await Probe.start(cluster(), app.namespace, 'neighbour');
      client = await clientThroughIngress(cluster(), app);
      cluster().machine.addHost(
        `page.${client.host}`,
        await cluster().addressOf('ingress', 'registry', app.namespace),
      );
      for (const component of ['registry', 'ui'] as const) {
        const { metadata, status } = await podOf(cluster(), app.namespace, component);
        pods[component] = metadata.name;
        ips[component] = status.podIP ?? '';
        // The outside answers pods here by a route, elsewhere by their node's address.
        await cluster().machine.must([
          'ip',
          'route',
          'replace',
          `${status.podIP}/32`,
          'via',
          status.hostIP ?? '',
        ]);
      }
      const clusterIp = async (name: string, namespace: string): Promise<string> =>
        (await cluster().json('service', name, '-n', namespace)).spec.clusterIP;
      ips.service = await clusterIp('registry', app.namespace);
      ips.page = await clusterIp(PAGE, app.namespace);
      ips.bucket = await clusterIp('s3', bucket.namespace);
      ips.traefik = await clusterIp('traefik', 'traefik');
      ips.dns = await clusterIp('kube-dns', 'kube-system');
      // Stands for the world outside, to which nothing else leads from here.
      cluster().machine.spawn(['busybox', 'nc', '-ll', '-p', String(OUTSIDE), '-e', 'true'], {
        stdio: 'ignore',
      });
    });
    afterAll(() => app?.close());

    const registry = () => ({ namespace: app.namespace, name: pods.registry });
    const page = () => ({ namespace: app.namespace, name: pods.ui });
    const comesAbout = ({ from, to }: Way) => reaches(cluster(), from().namespace, from().name, ...to());

    const OPEN: readonly Way[] = [
      {
        title: 'from a pod of another namespace to the registry',
        from: () => stranger,
        to: () => [ips.service, 5000],
      },
      {
        title: 'from a pod of its own namespace to the registry',
        from: () => neighbour,
        to: () => [ips.service, 5000],
      },
      {
        title: 'from a pod of another namespace to the UI',
        from: () => stranger,
        to: () => [ips.page, 80],
      },
      { title: 'from the UI to the registry', from: page, to: () => [ips.service, 5000] },
      { title: 'from Prometheus to the metrics', from: () => prometheus, to: () => [ips.registry, 5001] },
      { title: 'from the registry to its bucket', from: registry, to: () => [ips.bucket, 7070] },
      { title: 'from the registry to DNS', from: registry, to: () => [ips.dns, 53] },
      { title: 'from the UI to DNS', from: page, to: () => [ips.dns, 53] },
    ];

    const CLOSED: readonly Way[] = [
      {
        title: 'from a pod of another namespace to the metrics',
        from: () => stranger,
        to: () => [ips.registry, 5001],
      },
      {
        title: 'from a pod of its own namespace to the metrics',
        from: () => neighbour,
        to: () => [ips.registry, 5001],
      },
      { title: 'from the UI to the metrics', from: page, to: () => [ips.registry, 5001] },
      { title: 'from the registry to the ingress controller', from: registry, to: () => [ips.traefik, 443] },
      {
        title: 'from the registry to a pod of another namespace',
        from: registry,
        to: () => [stranger.ip, LISTENING],
      },
      {
        title: 'from the registry to a pod of its own namespace',
        from: registry,
        to: () => [neighbour.ip, LISTENING],
      },
      { title: 'from the registry to the UI', from: registry, to: () => [ips.page, 80] },
      { title: 'from the registry to the outside', from: registry, to: () => [ips.laptop, OUTSIDE] },
      { title: 'from the UI to the ingress controller', from: page, to: () => [ips.traefik, 443] },
      {
        title: 'from the UI to a pod of another namespace',
        from: page,
        to: () => [stranger.ip, LISTENING],
      },
      {
        title: 'from the UI to a pod of its own namespace',
        from: page,
        to: () => [neighbour.ip, LISTENING],
      },
      { title: 'from the UI to the bucket', from: page, to: () => [ips.bucket, 7070] },
      { title: 'from the UI to the outside', from: page, to: () => [ips.laptop, OUTSIDE] },
    ];

    test('it starts without a warning', async () => {
      expect(await cluster().warnings(app.namespace)).toEqual([]);
    });

    test.each(OPEN)('open: $title', async (way) => {
      expect(await comesAbout(way)).toBe(true);
    });

    test.each(CLOSED)('closed: $title', async (way) => {
      expect(await comesAbout(way)).toBe(false);
    });

    test('open: from the ingress controller to the registry, and by the UI', async () => {
      expect(await statusOf(client.host)).toBe(401);
      expect(await statusOf(`page.${client.host}`)).toBe(401);
    });

    test('a name of a Service is found, and the bucket takes what is pushed', async () => {
      const content = Buffer.from('a layer');
      expect(await client.pushBlob('team/app', admin(app), content)).toMatchObject({
        status: 201,
        error: '',
      });
    });

    describe('with allowFrom: a namespace and that of the ingress controller', () => {
      let inside: Probe;
      beforeAll(async () => {
        const namespace = cluster().newNamespace('inside');
        await cluster().must(['create', 'namespace', namespace]);
        inside = await Probe.start(cluster(), namespace, 'inside');
        app.synthesizeAgain({ ALLOW_FROM: `${namespace},traefik` });
        await cluster().must(['apply', '-f', app.dist]);
        await eventually(
          'the change has come to the node',
          async () => !(await stranger.reaches(ips.service, 5000)) || undefined,
        );
      });

      test('a pod outside is shut out, from registry and page', async () => {
        expect(await stranger.reaches(ips.service, 5000)).toBe(false);
        expect(await stranger.reaches(ips.page, 80)).toBe(false);
        expect(await neighbour.reaches(ips.service, 5000)).toBe(false);
        expect(await prometheus.reaches(ips.service, 5000)).toBe(false);
      });

      test('a pod inside gets in, but not to the metrics', async () => {
        expect(await inside.reaches(ips.service, 5000)).toBe(true);
        expect(await inside.reaches(ips.page, 80)).toBe(true);
        expect(await inside.reaches(ips.registry, 5001)).toBe(false);
      });

      test('the ingress controller, the UI and Prometheus still get in', async () => {
        await answers(client);
        expect(await statusOf(`page.${client.host}`)).toBe(401);
        expect(await prometheus.reaches(ips.registry, 5001)).toBe(true);
      });
    });

    test('without the policies, all that was closed is open', async () => {
      await cluster().must(['delete', 'networkpolicy', '--all', '-n', app.namespace]);
      const open = await Promise.all(
        CLOSED.map((way) =>
          eventually(way.title, async () => (await comesAbout(way)) || undefined).catch(
            (error: Error) => error.message,
          ),
        ),
      );
      expect(open.filter((result) => result !== true)).toEqual([]);
      expect(await stranger.reaches(ips.service, 5000)).toBe(true);
    });

    /** What the registry's API answers there: 401 is its own word. */
    async function statusOf(host: string): Promise<number> {
      return (await client.request(`https://${host}/v2/`)).status;
    }
  },
);
