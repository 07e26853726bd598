// The example homelab-s3 on a real cluster: its bucket on a real S3 server with TLS by a CA of its own, and
// real Traefik in front of it.

import { buildImage } from '../e2e/clients/oci-image';
import { RegistryClient } from '../e2e/clients/registry-client';
import { uiAnswers } from '../e2e/ui-flow';
import { issue } from '../support/certificates';
import { type Cluster, describeOnCluster, eventually } from './support/cluster';
import { answers, type Deployed, deployApp, testStartAndSecondApply } from './support/deployed';
import { documented, madeNamespace, shell } from './support/example';
import { Laptop } from './support/laptop';

const BUCKET = 'docker-registry';
const USER = { name: 'me', password: 'correct horse battery staple' };
const KEYS = { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' };
/** MinIO's own. */
const PORT = 9000;

/** A server in MinIO's place, which can't be had here. Gives its address and its CA. */
async function startMinio(cluster: Cluster, namespace: string): Promise<{ endpoint: string; ca: string }> {
  const host = `minio.${namespace}.svc`;
  const { certificate, privateKey } = await issue({ hosts: [host] });
  const metadata = { name: 'minio', namespace };
  const labels = { app: 'minio' };
  const server = {
    image: 'versity/versitygw:v1.8.0',
    volumeMounts: [
      { name: 'buckets', mountPath: '/buckets' },
      { name: 'certs', mountPath: '/certs', readOnly: true },
    ],
  };
  await cluster.apply(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ port: PORT }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            // A bucket is a folder.
            initContainers: [{ ...server, name: 'bucket', command: ['mkdir', `/buckets/${BUCKET}`] }],
            containers: [
              {
                ...server,
                name: 'minio',
                args: [
                  '--port',
                  `:${PORT}`,
                  '--cert',
                  '/certs/tls.crt',
                  '--key',
                  '/certs/tls.key',
                  'posix',
                  '/buckets',
                ],
                env: [
                  { name: 'ROOT_ACCESS_KEY', value: KEYS.MINIO_ACCESS_KEY },
                  { name: 'ROOT_SECRET_KEY', value: KEYS.MINIO_SECRET_KEY },
                ],
                readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
              },
            ],
            volumes: [
              { name: 'buckets', emptyDir: {} },
              { name: 'certs', secret: { secretName: 'minio' } },
            ],
          },
        },
      },
    },
  );
  await cluster.rolledOut(namespace, 'deployment/minio');
  return { endpoint: `https://${host}:${PORT}`, ca: certificate };
}

// Only on our own: it needs Traefik, and its definitions.
describeOnCluster(
  'the example homelab-s3',
  { ownOnly: "it needs Traefik's own kinds and a node's shell", programs: ['skopeo', 'curl', 'htpasswd'] },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let minio: string;
    beforeAll(async () => {
      minio = await madeNamespace(cluster(), 'homelab-minio');
      app = await deployApp(cluster(), 'examples/homelab-s3/main.ts', {
        purpose: 'homelab-s3',
        leaveOut: /^[4-7]00-/,
        prepare: async (namespace) => {
          // As the README has it done by hand.
          const [made, users] = ['create namespace', 'create secret'].map((part) =>
            documented('homelab-s3', part, { registry: namespace }),
          );
          const htpasswd = documented('homelab-s3', 'htpasswd -nB', {}).replace(
            '-nB me',
            `-nbB ${USER.name} '${USER.password}'`,
          );
          await shell(
            cluster(),
            `cd ${cluster().machine.makeFolder('users')}\n${made?.replace(/registry$/, namespace)}\n${htpasswd}\n${users}`,
          );
          const { endpoint, ca } = await startMinio(cluster(), minio);
          return { ...KEYS, MINIO_ENDPOINT: endpoint, MINIO_CA: ca };
        },
      });
    });
    afterAll(() => app?.close());

    test('100, 200 and 300 alone run the registry, which its Service reaches', async () => {
      const { items } = await cluster().json('deployments,ingressroutes', '-n', app.namespace);
      expect(items.map(({ kind, metadata }: any) => `${kind} ${metadata.name}`)).toEqual([
        'Deployment registry',
      ]);
      const { spec } = await cluster().json('service', 'registry', '-n', app.namespace);
      const node = await Laptop.start(cluster().own.networkOf('node-1'));
      const login = ['-u', `${USER.name}:${USER.password}`];
      const catalog = await eventually('an answer', async () =>
        node.must(['curl', '-sS', ...login, `http://${spec.clusterIP}:5000/v2/_catalog`]),
      );
      await node.stop();
      expect(catalog).toBe('{"repositories":[]}\n');
    });

    test('the other files add the routes and the UI', async () => {
      await cluster().must(['apply', '-f', app.dist]);
      await cluster().rolledOut(app.namespace, 'deployment/registry', 'deployment/registry-ui');
      const host = `${app.namespace}.example.com`;
      cluster().machine.addHost(host, await cluster().addressOf('service', 'traefik', 'traefik'));
      // This Traefik has no resolver called tlsresolver, which would ask Let's Encrypt: it shows its default
      // certificate, which is for no host. So clients take any here; test/e2e/example-homelab-s3.test.ts has
      // them check one.
      client = new RegistryClient(cluster().machine, host);
      expect(await answers(client)).toBe(true);
    });

    testStartAndSecondApply(cluster, () => app);

    test('anonymous requests and wrong passwords get 401, by the realm homelab', async () => {
      const { status, headers } = await client.request('/v2/');
      expect({ status, challenge: headers.get('www-authenticate') }).toEqual({
        status: 401,
        challenge: 'Basic realm="homelab"',
      });
      expect((await client.request('/v2/', { user: { ...USER, password: 'wrong' } })).status).toBe(401);
    });

    test('a user of basic-auth logs in, pushes and pulls through Traefik', async () => {
      expect(await client.login(USER)).toMatchObject({ code: 0 });
      const image = buildImage(client.path('image'), [1_000, 12_000_000]);
      expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      expect(await client.pull('team/app:1.0')).toBe(image.digest);
    });

    test('the images are in the bucket, with no prefix', async () => {
      const tag = `/buckets/${BUCKET}/docker/registry/v2/repositories/team/app/_manifests/tags/1.0/current/link`;
      const digest = await cluster().exec(minio, 'deployment/minio', 'cat', tag);
      expect(digest).toBe(await client.pull('team/app:1.0'));
      const blobs = await cluster().exec(
        minio,
        'deployment/minio',
        'find',
        `/buckets/${BUCKET}/docker/registry/v2/blobs`,
        '-name',
        'data',
      );
      expect(blobs).toContain(digest.replace('sha256:', ''));
    });

    test("the NetworkPolicy lets the registry out to the bucket's namespace, and to no other", async () => {
      const connect = async (
        from: string,
        workload: string,
        namespace: string,
        service: string,
        port: number,
      ) => {
        const { spec } = await cluster().json('service', service, '-n', namespace);
        const nc = ['nc', '-w', '2', spec.clusterIP, String(port), '-e', 'true'];
        return (await cluster().kubectl(['exec', '-n', from, workload, '--', ...nc])).code;
      };
      expect(await connect(app.namespace, 'deployment/registry', minio, 'minio', PORT)).toBe(0);
      expect(await connect(app.namespace, 'deployment/registry', 'traefik', 'traefik', 443)).toBe(1);
      expect(await connect(minio, 'deployment/minio', 'traefik', 'traefik', 443)).toBe(0);
    });

    test('a new pod has all of it', async () => {
      const before = await client.pull('team/app:1.0');
      await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', app.namespace]);
      await cluster().rolledOut(app.namespace, 'deployment/registry');
      await answers(client);
      expect(await client.pull('team/app:1.0')).toBe(before);
    });

    test('-l app=registry selects its pods', async () => {
      const pods = async (...selector: string[]) =>
        (
          await cluster().json(
            'pods',
            '-n',
            app.namespace,
            '--field-selector',
            'status.phase=Running',
            ...selector,
          )
        ).items
          .filter(({ metadata }: any) => metadata.deletionTimestamp === undefined)
          .map(({ metadata }: any) => metadata.name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''))
          .sort();
      expect(await pods('-l', 'app=registry')).toEqual(['registry']);
      expect(await pods()).toEqual(['registry', 'registry-ui']);
    });

    test('no request is logged', async () => {
      const logs = await cluster().must(['logs', 'deployment/registry', '-n', app.namespace]);
      expect(logs).toContain('listening on');
      expect(logs).not.toMatch(/"(GET|HEAD|PUT|POST) \/v2\//);
    });

    test('/ui and /ui/ lead to the UI, anything else to the registry', async () => {
      await uiAnswers({ client });
    });

    test('an image can be deleted', async () => {
      const image = buildImage(client.path('image'), [1_000]);
      expect(await client.push(image.folder, 'team/deleted:1')).toMatchObject({ code: 0 });
      expect((await client.deleteManifest('team/deleted', image.digest, USER)).status).toBe(202);
      expect((await client.manifest('team/deleted', '1', USER)).status).toBe(404);
    });
  },
);
