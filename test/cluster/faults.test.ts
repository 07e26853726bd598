// Faults of docs/operations/faults.md where a kubelet pulls, mounts volumes and asks probes: a volume that is full, files that
// are broken, a certificate that has ended. What clients and the kubelet say, which alerts' expressions hold, and that
// nothing is lost. For `npm run prove` (PROVE_DAY_2=1).

import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, type OciImage, randomContent } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { issue, type Pem } from '../support/certificates';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { busyboxImage, madeNamespace, printed, podOf as pulling, refused } from './support/example';
import { forgetOnNode, tellNode } from './support/node-names';
import { commands, inNamespace } from './support/pages';
import { isReady, podOf, restarts } from './support/pods';
import { Prometheus } from './support/prometheus';
import { runIn } from './support/shell';

const NODE = 'node-1';
const MIB = 2 ** 20;
const SMALL = 24 * MIB;
const HOUR = 60 * 60 * 1000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR);

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'faults of a registry on a small volume',
    { ownOnly: 'it mounts a volume on a node', programs: ['skopeo', 'curl', 'busybox', 'prometheus'] },
    (cluster) => {
      let app: Deployed;
      let client: RegistryClient;
      let prometheus: Prometheus;
      let ca: Pem;
      let kept: OciImage;
      let namespace = '';
      let shop: string;
      let volume: string;
      let pods = 0;

      const onNode = (...command: string[]) => cluster().own.onNode(NODE, ...command);
      const certificate = async (from: Date, to: Date) => {
        const hosts = [`${namespace}.example.com`, 'registry', `registry.${namespace}.svc`];
        const { certificate: CERTIFICATE, privateKey: KEY } = await issue({ hosts, from, to, ca });
        return { CERTIFICATE, KEY, CA: ca.certificate };
      };

      beforeAll(async () => {
        ca = await issue({ commonName: 'a CA of the test', signs: true });
        app = await deployApp(cluster(), 'test/cluster/apps/faults.ts', {
          purpose: 'faults',
          leaveOut: /^840-/, // the rule's kind is Prometheus operator's
          prepare: async (name) => {
            namespace = name;
            shop = await madeNamespace(cluster(), 'faults-shop');
            volume = `/tmp/${name}`;
            onNode('mkdir', '-p', volume);
            onNode('mount', '-t', 'tmpfs', '-o', `size=${SMALL}`, name, volume);
            await cluster().apply(localVolume(name, volume));
            return {
              STORAGE_CLASS: name,
              PULLING_NAMESPACE: shop,
              TRUST_NAMESPACE: cluster().newNamespace('faults-trust'),
              ...(await certificate(inHours(-5), inHours(1))),
            };
          },
        });
        client = await clientOfService(cluster(), app);
        tellNode(cluster(), client.host, await cluster().addressOf('service', 'registry', namespace));
        await client.login(admin(app));
        kept = busyboxImage(client.path('kept'), ['echo', 'it runs']);
        expect(await client.push(kept.folder, 'team/kept:1')).toMatchObject({ code: 0 });
        prometheus = await Prometheus.start(cluster(), namespace);
      });
      afterAll(async () => {
        forgetOnNode(cluster(), client.host);
        await cluster().must(['delete', 'deployment', 'registry', '-n', namespace]);
        await cluster().must(['delete', 'pvc', '--all', '-n', namespace, '--wait=false']);
        await cluster().must(['delete', 'pv', namespace, '--wait=false']);
        onNode('umount', '-l', volume);
        app.close();
      });

      /** A pod that the kubelet pulls an image for. */
      const pod = async (image: string): Promise<string> => {
        pods += 1;
        await cluster().apply(pulling(shop, `pod-${pods}`, `${client.host}/${image}`, 'registry-pull'));
        return `pod-${pods}`;
      };
      const expectNothingLost = async () => {
        expect(await client.pull('team/kept:1')).toBe(kept.digest);
        expect(await printed(cluster(), shop, await pod('team/kept:1'))).toBe('it runs\n');
        const now = await podOf(cluster(), namespace);
        expect({ ready: isReady(now), restarts: restarts(now) }).toEqual({ ready: true, restarts: 0 });
      };
      const holding = () => prometheus.holding(app.manifests);
      const holds = (alert: string) =>
        eventually(`${alert} holds`, async () => (await holding()).includes(alert) || undefined, 30);
      /** Clients that try again and again. */
      const again = async (ask: () => Promise<number>, status: number) => {
        for (let times = 0; times < 8; times += 1) {
          expect(await ask()).toBe(status);
          await sleep(400);
        }
      };

      test('no alert before', async () => {
        expect(await holding()).toEqual([]);
      });

      test('full: pushes fail, all pulls go on, and pushes are taken when it has grown', async () => {
        const large = randomContent(SMALL + MIB);
        const failed = await client.pushBlob('team/large', admin(app), large);
        expect(failed).toMatchObject({
          status: 500,
          body: expect.stringContaining('no space left on device'),
        });
        const image = buildImage(client.path('large'), [SMALL + MIB]);
        const pushed = await client.push(image.folder, 'team/large:1');
        expect(pushed).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('500 Internal Server Error'),
        });
        // What was sent stays until the registry purges it: not even an upload can be begun.
        const begin = { method: 'POST', user: admin(app) };
        await again(async () => (await client.request('/v2/team/new/blobs/uploads/', begin)).status, 500);
        await expectNothingLost();
        await holds('RegistryErrors');
        await holds('RegistryVolumeNearlyFull');
        onNode('mount', '-o', `remount,size=${8 * SMALL}`, volume);
        expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 0 });
        expect(await client.pull('team/large:1')).toBe(image.digest);
        await expectNothingLost();
      });

      test('files that lost their contents: found and mended by the commands of the page', async () => {
        const find = commands('faults', 'echo "# done"');
        const aside = commands('faults', '< broken.txt');
        const run = (block: string) => runIn(cluster(), app.folder, inNamespace(block, namespace));
        expect(await run(find)).toBe('# done\n');
        const broken = busyboxImage(client.path('broken'), ['echo', 'another one']);
        expect(await client.push(broken.folder, 'team/broken:1')).toMatchObject({ code: 0 });
        const hex = broken.digest.slice('sha256:'.length);
        const link = 'repositories/team/broken/_manifests/tags/1/current/link';
        const manifest = `blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
        const root = `${volume}/docker/registry/v2`;
        onNode('truncate', '-s', '0', `${root}/${link}`);

        await expect(client.pull('team/broken:1')).rejects.toThrow('500 Internal Server Error');
        const said = await refused(cluster(), shop, await pod('team/broken:1'), /broken/);
        expect(said).toMatch(/^Failed to pull image .* unexpected status .*: 500 Internal Server Error$/);
        await again(async () => (await client.manifest('team/broken', '1', admin(app))).status, 500);
        await holds('RegistryErrors');
        expect(await run(find)).toBe(`${link}\n# done\n`);
        onNode('truncate', '-s', '0', `${root}/${manifest}`);
        expect(await run(find)).toBe(`${link}\n${manifest}\n# done\n`);
        expect(await run(aside)).toBe('');
        expect(await run(find)).toBe('# done\n');
        expect(await run(commands('faults', 'find . -name link').replace('DIGEST', hex))).toMatch(
          /^\.\/team\/broken\/_manifests\/revisions\/.*\/link$/m,
        );
        expect(await client.push(broken.folder, 'team/broken:1')).toMatchObject({ code: 0 });
        expect(await client.pull('team/broken:1')).toBe(broken.digest);
        expect(await printed(cluster(), shop, await pod('team/broken:1'))).toBe('another one\n');
        await expectNothingLost();
      });

      test('a certificate that has ended: clients refuse it, probes do not; the next apply mends it', async () => {
        const { CERTIFICATE, KEY } = await certificate(inHours(-24), inHours(-1));
        const [cert, key] = [CERTIFICATE, KEY].map((pem) => Buffer.from(pem).toString('base64'));
        const patch = JSON.stringify({ data: { 'tls.crt': cert, 'tls.key': key } });
        await cluster().must(['patch', 'secret', 'registry-tls', '-n', namespace, '-p', patch]);
        await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', namespace]);
        await cluster().rolledOut(namespace, 'deployment/registry');
        const x509 = 'certificate has expired or is not yet valid';
        await eventually(
          'the registry shows it',
          async () => (await client.request('/v2/')).error.includes('certificate has expired') || undefined,
        );
        await expect(client.pull('team/kept:1')).rejects.toThrow(x509);
        const said = await refused(cluster(), shop, await pod('team/kept:1'), /x509/);
        expect(said).toMatch(/^Failed to pull image /);
        expect(said).toContain(x509);
        const now = await podOf(cluster(), namespace);
        expect({ ready: isReady(now), restarts: restarts(now) }).toEqual({ ready: true, restarts: 0 });
        const logs = await cluster().must(['logs', 'deployment/registry', '-n', namespace]);
        expect(logs).toContain('http: TLS handshake error');

        app.synthesizeAgain(await certificate(inHours(-1), inHours(24 * 365)));
        await app.apply();
        await cluster().rolledOut(namespace, 'deployment/registry');
        await expectNothingLost();
      });
    },
  );
else test.todo('faults of a volume and of certificates: PROVE_DAY_2=1');

/** A volume that is a folder of the node. */
function localVolume(name: string, path: string): object {
  const expression = { key: 'kubernetes.io/hostname', operator: 'In', values: [NODE] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '100Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: name,
      local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
    },
  };
}
