// nginx in the registry's pod on a real cluster: what the kubelet pulls through it, and what changes while clients
// push and pull, without a restart and without one that is cut.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KUBERNETES } from '../../tools/programs';
import { buildImage, type OciImage, randomContent } from '../e2e/clients/oci-image';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { describeOnCluster, eventually } from './support/cluster';
import {
  admin,
  answers,
  clientOfService,
  type Deployed,
  deployApp,
  testStartAndSecondApply,
} from './support/deployed';
import { busyboxImage, madeNamespace, podOf as podWith, printed, refused } from './support/example';
import { gone, type Pod, podOf, restarts, watchEnds } from './support/pods';
import { commandsOf, runIn } from './support/shell';
import { SlowLine } from './support/slow-line';

const NODE = 'node-1';
/** Bytes per second with which 200 MB take longer than what is tried meanwhile. */
const SLOW = 3 * 10 ** 6;
const FAST = 10 ** 9;
const CI = { name: 'ci', password: 'the password of ci' };
const CHANGED = { ...CI, password: 'another password' };
const changes = { PASSWORD: CHANGED.password, MORE: 'crew', MORE_HOST: 'more.example.com' };

describeOnCluster(
  'a front',
  { ownOnly: "it writes into a node's /etc", programs: ['skopeo', 'curl', 'busybox'] },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let line: SlowLine;
    /** By that line. */
    let slow: RegistryClient;
    let pulling: string;
    let without: string;
    let address: string;
    let image: OciImage;
    let large: OciImage;
    /** The digest of its layer. */
    let layer: string;
    let caFile: string;
    let before: Pod;

    const onNode = (script: string) => cluster().own.onNode(NODE, 'sh', '-ec', script);
    beforeAll(async () => {
      pulling = await madeNamespace(cluster(), 'pulling');
      without = await madeNamespace(cluster(), 'without');
      app = await deployApp(cluster(), 'test/cluster/apps/front.ts', {
        purpose: 'front',
        settings: { PULLING_NAMESPACE: pulling },
      });
      client = await clientOfService(cluster(), app);
      address = await cluster().addressOf('service', 'registry', app.namespace);
      const ca = await cluster().secret(app.namespace, 'registry-tls', 'ca.crt');
      caFile = client.file('ca.crt', ca);
      const certs = `/etc/containerd/certs.d/${client.host}`;
      onNode(`echo "${address} ${client.host}" >>/etc/hosts; mkdir -p ${certs}
printf '%s' '${ca}' >${certs}/ca.crt; echo 'ca = "ca.crt"' >${certs}/hosts.toml`);
      line = await SlowLine.start(cluster().machine, address, FAST);
      slow = new RegistryClient(cluster().machine, `localhost:${line.port}`, ca);
      large = buildImage(slow.path('large'), [200 * 10 ** 6]);
      const manifest = readFileSync(join(large.folder, 'blobs', ...large.digest.split(':')), 'utf8');
      layer = JSON.parse(manifest).layers[0].digest;
      image = busyboxImage(client.path('image'), ['echo', 'This is team/app.']);
      for (const each of [client, slow]) expect(await each.login(admin(app))).toMatchObject({ code: 0 });
      expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      before = await podOf(cluster(), app.namespace);
    });
    afterAll(() => {
      if (client)
        onNode(`sed -i '/ ${client.host}$/d' /etc/hosts; rm -rf /etc/containerd/certs.d/${client.host}`);
      app?.close();
    });

    const status = async (user: User) => (await client.request('/v2/', { user })).status;
    const startUpload = async (repository: string, user: User) =>
      client.request(`/v2/${repository}/blobs/uploads/`, { method: 'POST', user });
    const apply = () => cluster().must(['apply', '-f', app.dist]);
    /** Whatever changes in a pod has the kubelet look at it, and bring what its volumes are made of. */
    const look = () =>
      cluster().must([
        'annotate',
        '--overwrite',
        'pod',
        before.metadata.name,
        '-n',
        app.namespace,
        `look=${Date.now()}`,
      ]);
    const [log, create, remove] = [0, 1, 2].map(
      (index) => () => runIn(cluster(), app.folder, commandsOf(app.notes, 'See who did what')[index] ?? ''),
    ) as [() => Promise<string>, () => Promise<string>, () => Promise<string>];

    async function sameProcesses(): Promise<void> {
      const now = await podOf(cluster(), app.namespace);
      expect({ uid: now.metadata.uid, restarts: restarts(now) }).toEqual({
        uid: before.metadata.uid,
        restarts: 0,
      });
    }

    testStartAndSecondApply(cluster, () => app);

    test('the kubelet pulls with the secret of a robot, which may not push, and not without', async () => {
      const name = `${client.host}/team/app:1.0`;
      await cluster().apply(podWith(pulling, 'app', name, 'registry-pull'), podWith(without, 'app', name));
      expect(await printed(cluster(), pulling, 'app')).toBe('This is team/app.\n');
      const reason = /401 Unauthorized|authorization failed|no basic auth credentials/;
      expect(await refused(cluster(), without, 'app', reason)).toMatch(/^Failed to pull image/);
      const file = join(app.folder, '.registry', app.namespace, 'registry', 'robot.password');
      const [password = ''] = readFileSync(file, 'utf8').split('\n');
      const answer = await startUpload('team/app', { name: 'robot', password });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body).errors[0]).toMatchObject({
        code: 'DENIED',
        detail: { action: 'push', name: 'team/app' },
      });
    });

    test('the notes’ command shows who did that; without a container, kubectl means the registry', async () => {
      const lines = (await log())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toContainEqual(
        expect.objectContaining({
          user: 'robot',
          action: 'push',
          repository: 'team/app',
          status: 403,
          verdict: 'deny',
        }),
      );
      expect(lines).toContainEqual(
        expect.objectContaining({
          user: 'robot',
          action: 'pull',
          reference: '1.0',
          status: 200,
          verdict: 'ok',
        }),
      );
      expect(await cluster().must(['logs', 'deployment/registry', '-n', app.namespace])).toMatch(
        /msg="listening on/,
      );
      expect(await cluster().exec(app.namespace, 'deployment/registry', 'registry', '--version')).toContain(
        'v3.',
      );
    });

    test('new rules, a password and a certificate count while images are pushed, and none is cut', async () => {
      const { MORE_HOST: more } = changes;
      cluster().machine.addHost(more, address);
      expect((await client.request(`https://${more}/`)).status).toBe(0);
      expect((await startUpload('crew/app', CI)).status).toBe(403);
      line.setRate(SLOW);
      const under: string[] = [];
      const underWay = <T>(what: string, work: Promise<T>) => {
        under.push(what);
        return work.finally(() => under.splice(under.indexOf(what), 1));
      };
      const pushed = underWay('an image', slow.push(large.folder, 'team/large:1.0'));
      const single = underWay('a layer', slow.pushBlob('team/slow', CI, randomContent(200 * 10 ** 6)));
      await sleep(2_000);

      app.synthesizeAgain(changes);
      await apply();
      await look();
      const within = (what: string, ask: () => Promise<boolean>) =>
        eventually(what, async () => (await ask()) || undefined);
      await within('the new password works', async () => (await status(CHANGED)) === 200);
      await within(
        'the new rule counts',
        async () => (await startUpload('crew/app', CHANGED)).status === 202,
      );
      await within(
        'the new certificate',
        async () => (await client.request(`https://${more}/`)).status === 200,
      );
      expect(under).toEqual(['an image', 'a layer']);
      line.setRate(FAST);
      expect(await pushed).toMatchObject({ code: 0 });
      expect(await single).toMatchObject({ status: 201, error: '' });
      await sameProcesses();
    });

    test('is made read-only without a restart, by a switch that an apply does not turn', async () => {
      expect((await startUpload('team/app', CHANGED)).status).toBe(202);
      await create();
      await look();
      const refusedBy = await eventually('pushes are refused', async () => {
        const answer = await startUpload('team/app', CHANGED);
        return answer.status === 405 ? answer.body : undefined;
      });
      expect(refusedBy).toContain('the registry is read-only at the moment');
      const { code, stderr } = await client.push(
        buildImage(client.path('new'), [1_000]).folder,
        'team/new:1.0',
      );
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('read-only at the moment'),
      });
      await apply();
      await look();
      await sleep(5_000);
      expect((await startUpload('team/app', CHANGED)).status).toBe(405);
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
      await remove();
      await look();
      await eventually(
        'pushes go on',
        async () => (await startUpload('team/app', CHANGED)).status === 202 || undefined,
      );
      await sameProcesses();
    });

    test('the old password is forgotten within a minute', async () => {
      await eventually(
        'the old password is refused',
        async () => (await status(CI)) === 401 || undefined,
        65,
      );
    });

    test('its registry is killed: the front says so, and goes on with the next', async () => {
      const { containerStatuses } = (await cluster().json('pod', before.metadata.name, '-n', app.namespace))
        .status;
      const { containerID } = containerStatuses.find(({ name }: { name: string }) => name === 'registry');
      onNode(
        `ctr --namespace k8s.io tasks kill --signal SIGKILL ${containerID.replace('containerd://', '')}`,
      );
      const after = await eventually('it runs again', async () => {
        const pod = await podOf(cluster(), app.namespace);
        return restarts(pod) === 1 && pod.status.containerStatuses?.every(({ ready }) => ready)
          ? pod
          : undefined;
      });
      expect(after.status.containerStatuses).toMatchObject([
        { name: 'front', restartCount: 0 },
        { name: 'registry', restartCount: 1 },
      ]);
      await answers(client);
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
    });

    /** Pulls the layer of the large image by one request, and gives its digest. */
    async function pullLayer(): Promise<string> {
      const url = `https://${slow.host}/v2/team/large/blobs/${layer}`;
      const { name, password } = admin(app);
      const script = 'curl -fsS --cacert "$0" -u "$1" "$2" | sha256sum';
      const sum = await cluster().machine.must(['sh', '-ec', script, caFile, `${name}:${password}`, url]);
      return `sha256:${sum.split(' ')[0]}`;
    }

    /** Whatever ends the pod: nginx ends a pull that is under way, then ends, and then the registry does. */
    async function endsInOrder(pod: Pod, end: () => Promise<unknown>): Promise<void> {
      const { name } = pod.metadata;
      const ends = watchEnds(cluster(), app.namespace, name);
      line.setRate(SLOW);
      let pulled = false;
      const pull = pullLayer().finally(() => {
        pulled = true;
      });
      await sleep(1_000);
      await end();
      await sleep(18_000); // the hooks take 10 and 11
      expect(pulled).toBe(false);
      line.setRate(FAST);
      expect(await pull).toBe(layer);
      const { front, registry } = await ends;
      expect(front).toMatchObject({ exitCode: 0, reason: 'Completed' });
      expect(registry).toMatchObject({ exitCode: 0, reason: 'Completed' });
      expect(Date.parse(front?.finishedAt ?? '')).toBeLessThanOrEqual(Date.parse(registry?.finishedAt ?? ''));
      await gone(cluster(), app.namespace, name);
      await cluster().rolledOut(app.namespace, 'deployment/registry');
      await answers(client);
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
    }

    const SIDECARS = KUBERNETES === undefined;
    test('a pod that goes ends a pull before its front ends, and then its registry', () =>
      endsInOrder(before, async () => {
        if (!SIDECARS)
          return cluster().must(['rollout', 'restart', 'deployment/registry', '-n', app.namespace]);
        app.synthesizeAgain({ ...changes, KUBERNETES: '1.29' });
        return apply();
      }));

    (SIDECARS ? test : test.skip)('the same as a native sidecar, with the same commands', async () => {
      const pod = await podOf(cluster(), app.namespace);
      const warnings = await cluster().warnings(app.namespace);
      expect(warnings.filter((warning) => warning.includes(pod.metadata.name))).toEqual([]);
      expect(pod.status.initContainerStatuses).toMatchObject([{ name: 'registry', ready: true }]);
      expect(await cluster().must(['logs', 'deployment/registry', '-n', app.namespace])).toMatch(
        /msg="listening on/,
      );
      expect(await cluster().exec(app.namespace, 'deployment/registry', 'registry', '--version')).toContain(
        'v3.',
      );
      expect(await log()).toContain('"verdict":"ok"');
      await endsInOrder(pod, () =>
        cluster().must(['delete', 'pod', pod.metadata.name, '-n', app.namespace, '--wait=false']),
      );
    });
  },
);
