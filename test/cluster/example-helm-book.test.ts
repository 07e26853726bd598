// The example helm-book on a real cluster: its LoadBalancer's address, TLS in the pod, a login, and its
// image.

import { buildImage } from '../e2e/clients/oci-image';
import { RegistryClient } from '../e2e/clients/registry-client';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, answers, type Deployed, deployApp, testStartAndSecondApply } from './support/deployed';
import { documented, shell } from './support/example';

const NAME = 'registry-docker-registry';

describeOnCluster('the example helm-book', { programs: ['skopeo', 'curl'] }, (cluster) => {
  let app: Deployed;
  let client: RegistryClient;
  beforeAll(async () => {
    app = await deployApp(cluster(), 'examples/helm-book/main.ts', { purpose: 'helm-book', workloads: [] });
  });
  afterAll(() => app?.close());

  test('roll-out completes', async () => {
    const rolled = await shell(
      cluster(),
      documented('helm-book', 'rollout status', { registry: app.namespace }),
    );
    expect(rolled).toContain('successfully rolled out');
  });

  test('the address is printed with :5000, as the README says', async () => {
    const command = documented('helm-book', 'get service', { registry: app.namespace });
    const address = await eventually(
      'an address',
      async () => /^(\S+):5000\n$/.exec(await shell(cluster(), command))?.[1],
    );
    const host = `${app.namespace}.example.com`;
    // As in the DNS of whoever set it up.
    cluster().machine.addHost(host, address);
    client = new RegistryClient(
      cluster().machine,
      `${host}:5000`,
      await cluster().secret(app.namespace, `${NAME}-tls`, 'ca.crt'),
    );
    expect(await answers(client)).toBe(true);
  });

  testStartAndSecondApply(cluster, () => app);

  test('anonymous gets 401', async () => {
    const { status, headers } = await client.request('/v2/');
    expect({ status, challenge: headers.get('www-authenticate') }).toEqual({
      status: 401,
      challenge: 'Basic realm="Registry Realm"',
    });
  });

  test('login works', async () => {
    expect(await client.login({ ...admin(app), password: 'wrong' })).toMatchObject({ code: 1 });
    expect(await client.login(admin(app))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Login Succeeded'),
    });
  });

  test('push of `go-demo-3:1.0` works', async () => {
    const image = buildImage(client.path('go-demo-3'), [1_000, 2_000_000]);
    expect(await client.push(image.folder, 'go-demo-3:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('go-demo-3:1.0')).toBe(image.digest);
  });

  test("the claim names no class, and has the cluster's default one", async () => {
    const { items } = await cluster().json('storageclass');
    const isDefault = ({ metadata }: any) =>
      metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    const claim = await cluster().json('pvc', NAME, '-n', app.namespace);
    expect(claim.status).toMatchObject({ phase: 'Bound', accessModes: ['ReadWriteOnce'] });
    expect(claim.spec.storageClassName).toBe(items.find(isDefault).metadata.name);
    expect(claim.metadata.annotations['kubectl.kubernetes.io/last-applied-configuration']).not.toContain(
      'storageClassName',
    );
  });

  test('the image survives a restart', async () => {
    await cluster().must(['rollout', 'restart', `deployment/${NAME}`, '-n', app.namespace]);
    await cluster().rolledOut(app.namespace, `deployment/${NAME}`);
    await answers(client);
    await expect(client.pull('go-demo-3:1.0')).resolves.toMatch(/^sha256:/);
  });
});
