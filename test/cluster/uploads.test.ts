// An upload that is under way when its pod is told to end, or is killed: through Traefik, and through a load
// balancer with TLS in the pod.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, type OciImage, randomContent, sha256 } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { DEFAULT_APP } from '../e2e/scenario';
import { describeOnCluster, eventually, testOnOwn } from './support/cluster';
import {
  admin,
  answers,
  clientOfService,
  clientThroughIngress,
  type Deployed,
  deployApp,
} from './support/deployed';
import { gone, Probe, podOf, signal, watchEnd } from './support/pods';

const RATE = 2 * 10 ** 6;
/** The hook that keeps a stopping pod open takes 10 of them. */
const UPLOAD_S = 24;

interface Way {
  readonly title: string;
  readonly app: string;
  readonly purpose: string;
  readonly client: typeof clientThroughIngress;
}

const WAYS: readonly Way[] = [
  {
    title: 'through Traefik',
    app: DEFAULT_APP,
    purpose: 'upload',
    client: (cluster, app) => clientThroughIngress(cluster, app),
  },
  {
    title: 'through a load balancer',
    app: 'test/cluster/apps/balanced.ts',
    purpose: 'balanced',
    client: clientOfService,
  },
];

describeOnCluster('an upload that is under way', { programs: ['skopeo', 'curl'] }, (cluster) => {
  const registries = new Map<
    Way,
    { readonly app: Deployed; readonly client: RegistryClient; readonly image: OciImage }
  >();
  let probe: Probe;
  beforeAll(async () => {
    await Promise.all(
      WAYS.map(async (way) => {
        const app = await deployApp(cluster(), way.app, { purpose: way.purpose });
        const client = await way.client(cluster(), app);
        const image = buildImage(client.path('image'), [1_000, 2_000_000]);
        await client.login(admin(app));
        const { code, stderr } = await client.push(image.folder, 'team/app:1.0');
        if (code !== 0) throw new Error(stderr);
        registries.set(way, { app, client, image });
      }),
    );
    const elsewhere = cluster().newNamespace('elsewhere');
    await cluster().must(['create', 'namespace', elsewhere]);
    probe = await Probe.start(cluster(), elsewhere, 'probe');
  });
  afterAll(() => {
    for (const { app } of registries.values()) app.close();
  });

  function of(way: Way) {
    const registry = registries.get(way);
    if (registry === undefined) throw new Error(`there is no registry ${way.title}`);
    return registry;
  }

  /** Starts an upload, and waits until some of it has come. */
  async function upload(way: Way, seconds: number) {
    const { app, client } = of(way);
    const content = randomContent(seconds * RATE);
    const { child, response } = await client.startSlowPush('team/slow', admin(app), content, RATE);
    const ended = once(child, 'close');
    await sleep(1_000);
    return {
      digest: sha256(content),
      content,
      going: () => child.exitCode === null,
      result: async () => {
        await ended;
        return response();
      },
    };
  }

  const head = (way: Way, digest: string) => {
    const { app, client } = of(way);
    return client.request(`/v2/team/slow/blobs/${digest}`, { method: 'HEAD', user: admin(app) });
  };

  /** What was pushed is there, byte for byte as it was sent. */
  async function intact(way: Way, digest?: string): Promise<void> {
    const { app, client, image } = of(way);
    await cluster().rolledOut(app.namespace, 'deployment/registry');
    await answers(client);
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
    if (digest === undefined) return;
    const blob = await head(way, digest);
    expect(blob).toMatchObject({ status: 200 });
    expect(blob.headers.get('docker-content-digest')).toBe(digest);
  }

  /** What is tried in both ways at once. */
  const inBothWays = (body: (way: Way) => Promise<void>) => async () => {
    const failed: string[] = [];
    await Promise.all(
      WAYS.map((way) => body(way).catch((error: Error) => failed.push(`${way.title}: ${error.message}`))),
    );
    expect(failed).toEqual([]);
  };

  test('has to do with registries that started without a warning', async () => {
    const warnings = await Promise.all(WAYS.map((way) => cluster().warnings(of(way).app.namespace)));
    expect(warnings.flat()).toEqual([]);
  });

  test(
    'is finished by a pod that is deleted, which takes no other after its hook is over',
    inBothWays(async (way) => {
      const { namespace } = of(way).app;
      const { metadata, status } = await podOf(cluster(), namespace);
      const end = watchEnd(cluster(), namespace, metadata.name);
      const { result, digest, going } = await upload(way, UPLOAD_S);
      const began = Date.now();
      await cluster().must(['delete', 'pod', metadata.name, '-n', namespace, '--wait=false']);
      await sleep(4_000);
      expect(await probe.reaches(status.podIP ?? '', 5000)).toBe(true); // for those who have not heard of the end yet
      await eventually(
        'it takes no more',
        async () => !(await probe.reaches(status.podIP ?? '', 5000)) || undefined,
        20,
      );
      expect(Date.now() - began).toBeGreaterThan(9_500);
      expect(going()).toBe(true);
      expect(await result()).toMatchObject({ status: 201, error: '' });
      expect(await end).toMatchObject({ exitCode: 0, reason: 'Completed' });
      await gone(cluster(), namespace, metadata.name);
      await intact(way, digest);
    }),
  );

  test(
    'is finished before a restart by `kubectl rollout restart`',
    inBothWays(async (way) => {
      const { namespace } = of(way).app;
      const { metadata } = await podOf(cluster(), namespace);
      const end = watchEnd(cluster(), namespace, metadata.name);
      const { result, digest } = await upload(way, UPLOAD_S);
      await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', namespace]);
      expect(await result()).toMatchObject({ status: 201, error: '' });
      expect(await end).toMatchObject({ exitCode: 0, reason: 'Completed' });
      await intact(way, digest);
    }),
  );

  testOnOwn(
    'is lost with a process that is killed; the same container goes on, and the next try succeeds',
    async () => {
      const way = WAYS[0];
      const { app, client } = of(way);
      const before = await podOf(cluster(), app.namespace);
      const { result, content } = await upload(way, 20);
      await kill(app.namespace);
      expect((await result()).status).not.toBe(201);
      const after = await eventually('it runs again', async () => {
        const pod = await podOf(cluster(), app.namespace);
        return pod.status.containerStatuses?.every(({ ready, restartCount }) => ready && restartCount === 1)
          ? pod
          : undefined;
      });
      expect(after.metadata.uid).toBe(before.metadata.uid);
      expect(after.status.containerStatuses).toMatchObject([
        { lastState: { terminated: { exitCode: 137 } } },
      ]);
      await answers(client);
      expect((await head(way, sha256(content))).status).toBe(404);
      expect(await client.pushBlob('team/slow', admin(app), content)).toMatchObject({
        status: 201,
        error: '',
      });
      await intact(way, sha256(content));
    },
  );

  test('would be cut without the drain time-out', async () => {
    const way = WAYS[1];
    const { namespace } = of(way).app;
    const config = await cluster().json('configmap', 'registry-config', '-n', namespace);
    const text: string = config.data['config.yml'];
    expect(text).toMatch(/^ *draintimeout: /m);
    await cluster().apply({ ...config, data: { 'config.yml': text.replace(/^ *draintimeout: .*\n/m, '') } });
    await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', namespace]);
    await intact(way);
    const { metadata } = await podOf(cluster(), namespace);
    const { result, digest } = await upload(way, UPLOAD_S);
    await cluster().must(['delete', 'pod', metadata.name, '-n', namespace, '--wait=false']);
    // Where the pod's network goes before the end of the connection has got through, the client hears nothing
    // more.
    const heard = await Promise.race([result(), sleep((UPLOAD_S + 5) * 1_000, undefined, { ref: false })]);
    expect(heard?.status).not.toBe(201);
    await gone(cluster(), namespace, metadata.name);
    await intact(way);
    expect((await head(way, digest)).status).toBe(404);
  });

  /** As the kernel kills who takes too much memory. */
  async function kill(namespace: string): Promise<void> {
    const labels = 'app.kubernetes.io/component=registry';
    await signal(cluster(), { namespace, labels, container: 'registry' }, 'SIGKILL');
  }
});
