// The example self-signed on a real cluster: TLS in the pod, a folder of the node, and a node that comes to
// trust the registry and pulls from it.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryClient } from '../e2e/clients/registry-client';
import { describeOnCluster } from './support/cluster';
import { admin, answers, type Deployed, deployApp, testStartAndSecondApply } from './support/deployed';
import { busyboxImage, documented, forward, madeNamespace, podOf, refused, shell } from './support/example';
import { Laptop } from './support/laptop';

const NAME = 'docker-registry';
const ADDRESS = `${NAME}:5000`;
const IMAGE = `${ADDRESS}/mynginx:v1`;
const PAGE = 'Welcome to mynginx\n';
const NODE = 'node-1';
/** The DaemonSet's file. */
const LATER = /node-trust/;
/** What the DaemonSet writes on nodes. */
const TRUST_FILES = [
  `/etc/docker/certs.d/${ADDRESS}`,
  `/etc/containerd/certs.d/${ADDRESS}`,
  '/etc/rancher/k3s',
];

describeOnCluster(
  'the example self-signed',
  { ownOnly: "it writes into a node's /etc", programs: ['skopeo', 'curl', 'busybox'] },
  (cluster) => {
    let app: Deployed;
    let application: string;
    let trust: string;
    /** A shell of the node. */
    let node: Laptop;
    let client: RegistryClient;

    const onNode = (...command: string[]) => cluster().own.onNode(NODE, ...command);
    const readme = (part: string) =>
      documented('self-signed', part, {
        registry: app.namespace,
        [`${NAME}-node-trust-registry`]: trust,
      }).replace(/(pod\/nginx-pod)/, `-n ${application} $1`);

    beforeAll(async () => {
      await tidy();
      // A folder that root has written.
      onNode(
        'sh',
        '-ec',
        'mkdir -p /tmp/repository/docker; echo old >/tmp/repository/docker/left; chmod 644 /tmp/repository/docker/left',
      );
      node = await Laptop.start(cluster().own.networkOf(NODE));
      application = await madeNamespace(cluster(), 'self-signed-app');
      trust = cluster().newNamespace('self-signed-trust');
      app = await deployApp(cluster(), 'examples/self-signed/main.ts', {
        purpose: 'self-signed',
        settings: { REGISTRY_NODE: NODE, APPLICATION_NAMESPACES: application, TRUST_NAMESPACE: trust },
        // First without the DaemonSet, to see what it is good for.
        leaveOut: LATER,
        workloads: [`deployment/${NAME}`],
      });
    });
    afterAll(async () => {
      await tidy();
      await node.stop();
      app.close();
    });

    /**
     * Takes away what is not in a namespace: the volume, the node's files, its line in /etc/hosts, its image.
     */
    async function tidy(): Promise<void> {
      const { items } = await cluster().json('pvc', '-A');
      for (const { metadata } of items.filter((claim: any) => claim.spec.volumeName === 'docker-repo-pv')) {
        const { namespace } = metadata;
        await cluster().must(['delete', 'deployment', NAME, '-n', namespace, '--ignore-not-found']);
        await cluster().must(['delete', 'pods', '--all', '-n', namespace, '--grace-period=1']);
        await cluster().must(['delete', 'pvc', metadata.name, '-n', namespace, '--ignore-not-found']);
      }
      await cluster().must(['delete', 'pv', 'docker-repo-pv', '--ignore-not-found']);
      onNode('rm', '-rf', '/tmp/repository', ...TRUST_FILES);
      onNode('sed', '-i', `/ ${NAME}$/d`, '/etc/hosts');
      onNode('ctr', '--namespace', 'k8s.io', 'images', 'rm', IMAGE);
    }

    test('the folder that root wrote is given to the registry, with what is in it', async () => {
      expect(
        onNode(
          'stat',
          '-c',
          '%u',
          '/tmp/repository',
          '/tmp/repository/docker',
          '/tmp/repository/docker/left',
        ),
      ).toBe('65532\n65532\n65532\n');
      const volume = await cluster().json('pv', 'docker-repo-pv');
      expect({ phase: volume.status.phase, namespace: volume.spec.claimRef.namespace }).toEqual({
        phase: 'Bound',
        namespace: app.namespace,
      });
    });

    test('a node that cannot resolve the name does not pull', async () => {
      await cluster().apply(podOf(application, 'no-name', IMAGE, 'reg-cred-secret'));
      expect(await refused(cluster(), application, 'no-name', /lookup docker-registry/)).toMatch(
        /^Failed to pull image/,
      );
    });

    test("the README's line for /etc/hosts names the Service's address", async () => {
      const line = await shell(cluster(), readme('get service'));
      expect(line).toMatch(/^10\.[\d.]+ docker-registry\n$/);
      onNode('sh', '-c', `echo '${line.trim()}' >>/etc/hosts`);
      node.addHost(NAME, line.split(' ')[0] ?? '');
      client = new RegistryClient(
        node,
        ADDRESS,
        await cluster().secret(app.namespace, 'certs-secret', 'ca.crt'),
      );
      expect(await answers(client)).toBe(true);
    });

    test('before the node trusts the CA, its pull fails by x509', async () => {
      await cluster().apply(podOf(application, 'no-trust', IMAGE, 'reg-cred-secret'));
      // At its second try at least: containerd keeps for 5 s that the name is unknown.
      const x509 = /x509: certificate signed by unknown authority/;
      expect(await refused(cluster(), application, 'no-trust', x509)).toMatch(/^Failed to pull image/);
    });

    test('login', async () => {
      expect(await client.login({ ...admin(app), password: 'other' })).toMatchObject({ code: 1 });
      expect(await client.login(admin(app))).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Login Succeeded'),
      });
    });

    test('push `mynginx:v1`', async () => {
      // The published nginx can't be had here: a web server of one program stands in.
      const page = { name: 'www/index.html', content: Buffer.from(PAGE) };
      const image = busyboxImage(client.path('mynginx'), ['httpd', '-f', '-p', '80', '-h', '/www'], page);
      expect(await client.push(image.folder, 'mynginx:v1')).toMatchObject({ code: 0 });
      expect(await client.pull('mynginx:v1')).toBe(image.digest);
    });

    test("the repository's directory exists under `/var/lib/registry/docker/registry/v2/repositories/`, and in the node's folder", async () => {
      expect(await shell(cluster(), readme('ls /var/lib/registry'))).toBe('mynginx\n');
      const link = '/tmp/repository/docker/registry/v2/repositories/mynginx/_manifests/tags/v1/current/link';
      expect(onNode('cat', link)).toMatch(/^sha256:/);
    });

    test('the DaemonSet writes what the node needs', async () => {
      const files = readdirSync(app.dist).filter((file) => LATER.test(file));
      expect(files).toHaveLength(1);
      await cluster().must(['apply', ...files.flatMap((file) => ['-f', join(app.dist, file)])]);
      expect(await shell(cluster(), readme('daemonset/'))).toContain('successfully rolled out');
      const ca = (await cluster().secret(app.namespace, 'certs-secret', 'ca.crt')).toString().trim();
      expect(onNode('cat', `/etc/containerd/certs.d/${ADDRESS}/hosts.toml`)).toContain(
        `server = "https://${ADDRESS}"`,
      );
      for (const folder of ['containerd', 'docker'])
        expect(onNode('cat', `/etc/${folder}/certs.d/${ADDRESS}/ca.crt`)).toContain(ca);
      expect(onNode('cat', '/etc/rancher/k3s/registries.yaml')).toContain(`- https://${ADDRESS}`);
    });

    test('nginx-pod, pulled by the kubelet with its pull secret, is ready as the README says', async () => {
      await shell(cluster(), readme('kubectl wait'));
      const pod = await cluster().json('pod', 'nginx-pod', '-n', application);
      expect(pod.status).toMatchObject({
        phase: 'Running',
        containerStatuses: [{ ready: true, image: IMAGE }],
      });
    }, 660_000); // the kubelet tries again after up to five minutes

    test('it serves on :80', async () => {
      const { status } = await cluster().json('pod', 'nginx-pod', '-n', application);
      expect(await node.must(['curl', '-sS', `http://${status.podIP}:80/`])).toBe(PAGE);
      await forward(cluster(), readme('port-forward'));
      expect(await cluster().machine.must(['curl', '-sS', 'http://localhost:8080/'])).toBe(PAGE);
    });

    test('a copy of it without the pull secret gets 401', async () => {
      const pod: any = app.manifests.find(({ kind }) => kind === 'Pod')?.body;
      const { imagePullSecrets, ...spec } = pod.spec;
      expect(imagePullSecrets).toEqual([{ name: 'reg-cred-secret' }]);
      spec.containers[0].imagePullPolicy = 'Always'; // the node has the image
      await cluster().apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'no-login', namespace: application },
        spec,
      });
      const unauthorized = /401 Unauthorized|authorization failed|no basic auth credentials/;
      expect(await refused(cluster(), application, 'no-login', unauthorized)).toMatch(
        /^Failed to pull image/,
      );
    });

    testStartAndSecondApply(cluster, () => app);

    test("the DaemonSet's pods start without a warning, too", async () => {
      expect(await cluster().warnings(trust)).toEqual([]);
    });
  },
);
