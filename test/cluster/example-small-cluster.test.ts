// The example small-cluster on a real cluster: maintenance by the README's commands, its port-forward, and
// pulls by the kubelet in two namespaces. There is no ingress-nginx here, nor cert-manager: Traefik serves
// the class `nginx`, ignoring nginx's annotations, with a certificate that the test makes. What the
// annotations do, test/e2e/example-small-cluster.test.ts shows with a real nginx.

import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import { RegistryClient } from '../e2e/clients/registry-client';
import { issue, type Pem } from '../support/certificates';
import { describeOnCluster } from './support/cluster';
import { admin, answers, type Deployed, deployApp, testStartAndSecondApply } from './support/deployed';
import {
  busyboxImage,
  documented,
  forward,
  madeNamespace,
  podOf,
  printed,
  refused,
  shell,
  skopeo,
} from './support/example';

const NODE = 'node-1';
const CLAIM = 'registry-docker-registry';
const MIB = 2 ** 20;

// Only on our own: a node is told the host's address and CA, as a public certificate and DNS spare other
// people.
describeOnCluster(
  'the example small-cluster',
  { ownOnly: "it writes into a node's /etc", programs: ['skopeo', 'curl', 'busybox'] },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let applications: string[];
    let host: string;
    let certificate: Pem;
    let image: OciImage;

    const onNode = (...command: string[]) => cluster().own.onNode(NODE, ...command);
    const readme = (part: string) => documented('small-cluster', part, { registry: app.namespace });
    /** What a documented command of the toolbox prints, in lines. */
    const tool = async (part: string) =>
      (await shell(cluster(), `${readme('alias tool=')}\n${readme(part)}`)).trim().split('\n');

    beforeAll(async () => {
      await cluster().apply({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name: 'nginx' },
        spec: { controller: 'traefik.io/ingress-controller' },
      });
      applications = [await madeNamespace(cluster(), 'shop'), await madeNamespace(cluster(), 'blog')];
      app = await deployApp(cluster(), 'examples/small-cluster/main.ts', {
        purpose: 'small-cluster',
        prepare: async (namespace) => {
          host = `${namespace}.example.com`;
          certificate = await issue({ hosts: [host] });
          return {
            REGISTRY_FQN: host,
            REGISTRY_AVAILABLE_CLASSES: await shell(
              cluster(),
              documented('small-cluster', 'storageclass', {}).replace(/.*"\$\((.*)\)"/, '$1'),
            ),
            APPLICATION_NAMESPACES: applications.join(','),
          };
        },
        workloads: ['deployment/registry', 'deployment/registry-toolbox'],
      });
      // As cert-manager would make it for the annotation.
      await cluster().apply({
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: { name: 'registry-tls', namespace: app.namespace },
        stringData: { 'tls.crt': certificate.certificate, 'tls.key': certificate.privateKey },
      });
      const address = await cluster().addressOf('ingress', 'registry', app.namespace);
      cluster().machine.addHost(host, address);
      client = new RegistryClient(cluster().machine, host, Buffer.from(certificate.certificate));
      await answers(client);
      // What DNS and a public certificate do for nodes.
      onNode('sh', '-ec', `echo "${address} ${host}" >>/etc/hosts; mkdir -p /etc/containerd/certs.d/${host}`);
      const ca = `printf '%s' '${certificate.certificate}' >/etc/containerd/certs.d/${host}/ca.crt`;
      onNode('sh', '-ec', `${ca}; echo 'ca = "ca.crt"' >/etc/containerd/certs.d/${host}/hosts.toml`);
    });
    afterAll(() => {
      onNode('sh', '-c', `sed -i '/ ${host}$/d' /etc/hosts; rm -rf /etc/containerd/certs.d/${host}`);
      app?.close();
    });

    async function pushed(name: string, size: number): Promise<OciImage> {
      const made = buildImage(client.path('image'), [size, 1_000]);
      expect(await client.push(made.folder, name)).toMatchObject({ code: 0 });
      return made;
    }

    /** Bytes of the volume, in its folder on the node. */
    async function usage(): Promise<number> {
      const { spec } = await cluster().json('pvc', CLAIM, '-n', app.namespace);
      const volume = await cluster().json('pv', spec.volumeName);
      const { path } = volume.spec.hostPath ?? volume.spec.local;
      return Number(onNode('du', '-s', '--block-size=1', path).split('\t')[0]);
    }

    testStartAndSecondApply(cluster, () => app);

    test('the first of the preferred classes that the cluster has is taken, and the volume is that of the user 1000', async () => {
      const { spec, status } = await cluster().json('pvc', CLAIM, '-n', app.namespace);
      expect({ storageClassName: spec.storageClassName, phase: status.phase }).toEqual({
        storageClassName: 'standard',
        phase: 'Bound',
      });
      expect((await cluster().exec(app.namespace, 'deployment/registry', 'id', '-u')).trim()).toBe('1000');
    });

    test('the port-forward finds the pods by their labels; a push through localhost:5000 arrives', async () => {
      const { name, password } = admin(app);
      await forward(cluster(), readme('port-forward $POD'), readme('POD=$(kubectl'));
      image = busyboxImage(client.path('image'), ['echo', 'This is team/app.']);
      // Docker takes localhost without TLS; skopeo must be told.
      const to = ['--dest-tls-verify=false', '--dest-creds', `${name}:${password}`];
      const copied = await skopeo(
        cluster().machine,
        'copy',
        ...to,
        `oci:${image.folder}`,
        'docker://localhost:5000/team/app:1.0',
      );
      expect(copied).toMatchObject({ code: 0 });
    });

    test('admin logs in and pulls it by the Ingress; others get 401', async () => {
      expect((await client.request('/v2/')).status).toBe(401);
      expect(await client.login(admin(app))).toMatchObject({ code: 0 });
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
    });

    test('each application namespace pulls with its secret, by the kubelet, and not without', async () => {
      for (const namespace of applications) {
        await cluster().apply(
          podOf(namespace, 'app', `${host}/team/app:1.0`, 'registry-pull'),
          podOf(namespace, 'no-login', `${host}/team/app:1.0`),
        );
        expect(await printed(cluster(), namespace, 'app')).toBe('This is team/app.\n');
        const unauthorized = /401 Unauthorized|authorization failed|no basic auth credentials/;
        expect(await refused(cluster(), namespace, 'no-login', unauthorized)).toMatch(
          /^Failed to pull image/,
        );
      }
    });

    test('the toolbox lists repositories, and the tags of one', async () => {
      await pushed('team/other:2.0', 1_000);
      expect(await tool('regctl repo ls')).toEqual(['team/app', 'team/other']);
      expect(await tool('regctl tag ls')).toEqual(['1.0']);
    });

    test('a deleted tag frees no space until the collection has run, which removes its layers and nothing else', async () => {
      const kept = await pushed('team/kept:1.0', 5 * MIB);
      const before = await usage();
      const deleted = await pushed('team/app:1.0', 20 * MIB);
      const full = await usage();
      expect(full - before).toBeGreaterThan(20 * MIB);

      await tool('/toolbox/delete-tag');
      expect((await client.manifest('team/app', deleted.digest, admin(app))).status).toBe(404);
      expect(full - (await usage())).toBeLessThan(MIB);

      await shell(cluster(), readme('rollout restart'));
      await cluster().rolledOut(app.namespace, 'deployment/registry');
      expect(await shell(cluster(), readme('logs deployment/registry'))).toMatch(
        /blobs? eligible for deletion/,
      );
      const after = await usage();
      expect(full - after).toBeGreaterThan(20 * MIB);
      await answers(client);
      expect(await client.pull('team/kept:1.0')).toBe(kept.digest);
      await expect(client.pull('team/app:1.0')).rejects.toThrow('manifest unknown');
    });
  },
);
