// The example node-port on a real cluster: plain HTTP without a login at every node's own address, where its
// kubelet pulls, too.

import { describeOnCluster, eventually } from './support/cluster';
import { type Deployed, deployApp, testStartAndSecondApply } from './support/deployed';
import { busyboxImage, documented, madeNamespace, podOf, printed, skopeo } from './support/example';
import { Laptop } from './support/laptop';

const ADDRESS = '127.0.0.1:30500';
const IMAGE = `${ADDRESS}/busybox:v0.1`;

describeOnCluster(
  'the example node-port',
  { ownOnly: "it needs a node's shell", programs: ['skopeo', 'curl', 'busybox'] },
  (cluster) => {
    let app: Deployed;
    let node: string;
    /** A shell of the node. */
    let shell: Laptop;
    beforeAll(async () => {
      [node = ''] = (
        await cluster().must(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}'])
      ).split(' ');
      shell = await Laptop.start(cluster().own.networkOf(node));
      cluster().own.onNode(node, 'ctr', '--namespace', 'k8s.io', 'images', 'rm', IMAGE); // of a run before
      app = await deployApp(cluster(), 'examples/node-port/main.ts', { purpose: 'node-port' });
    });
    afterAll(async () => {
      await cluster().kubectl(['delete', 'service', 'registry', '-n', app.namespace]); // its port is the next run's
      await shell.stop();
      app.close();
    });

    const catalog = () => cluster().own.onNode(node, 'curl', '-sS', `http://${ADDRESS}/v2/_catalog`);

    async function push(name: string): Promise<void> {
      const image = busyboxImage(shell.makeFolder('images', name), ['echo', `This is ${name}.`]);
      // Docker asks no certificate of 127.0.0.1; skopeo must be told.
      const copied = await skopeo(
        shell,
        'copy',
        '--dest-tls-verify=false',
        `oci:${image.folder}`,
        `docker://${ADDRESS}/${name}:v0.1`,
      );
      expect(copied).toMatchObject({ code: 0 });
    }

    testStartAndSecondApply(cluster, () => app);

    test('on the node, `GET /v2/_catalog` gives `{"repositories":[]}`, as the README says', async () => {
      // kube-proxy has the port's rules a moment after the pod is ready.
      expect(await eventually('the node port answers', async () => catalog(), 30)).toBe(
        '{"repositories":[]}\n',
      );
      const [command, expected] = documented('node-port', '# {"repositories":[]}', {}).split('#');
      expect(
        cluster()
          .own.onNode(node, 'sh', '-c', command ?? '')
          .trim(),
      ).toBe(expected?.trim());
    });

    test('after one push `{"repositories":["busybox"]}`', async () => {
      await push('busybox');
      expect(catalog()).toBe('{"repositories":["busybox"]}\n');
    });

    test('several images pushed under one explicit tag (`v0.1`)', async () => {
      for (const name of ['api', 'worker']) await push(name);
      expect(catalog()).toBe('{"repositories":["api","busybox","worker"]}\n');
      for (const name of ['api', 'busybox', 'worker']) {
        expect(cluster().own.onNode(node, 'curl', '-sS', `http://${ADDRESS}/v2/${name}/tags/list`)).toBe(
          `{"name":"${name}","tags":["v0.1"]}\n`,
        );
      }
    });

    test('nothing is called `latest`', async () => {
      const asked = await skopeo(
        shell,
        'inspect',
        '--tls-verify=false',
        `docker://${ADDRESS}/busybox:latest`,
      );
      expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('manifest unknown') });
    });

    test(`the kubelet pulls ${IMAGE}, and its pod runs`, async () => {
      const namespace = await madeNamespace(cluster(), 'node-port-app');
      await cluster().apply(podOf(namespace, 'busybox', IMAGE));
      expect(await printed(cluster(), namespace, 'busybox')).toBe('This is busybox.\n');
      const { items } = await cluster().json('events', '-n', namespace, '--field-selector', 'reason=Pulled');
      expect(items.map(({ message }: any) => message)).toEqual([
        expect.stringMatching(`^Successfully pulled image "${IMAGE}"`),
      ]);
    });
  },
);
