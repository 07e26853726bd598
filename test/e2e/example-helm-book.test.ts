// The example helm-book for real: TLS in the pod behind a LoadBalancer, a login, and its image.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { RegistryClient } from './clients/registry-client';
import { type RunningExample, runExample } from './example';

jest.setTimeout(60_000);
const NAME = 'registry-docker-registry';

describeWith('the example helm-book', [...POD_PROGRAMS, 'registry3', 'skopeo'], () => {
  let example: RunningExample;
  let client: RegistryClient;
  beforeAll(async () => {
    example = await runExample('helm-book', NAME);
    const { runner } = example;
    const { externalIp = '' } = runner.services.address('registry', NAME);
    runner.machine.addHost('registry.example.com', externalIp);
    const ca = runner.objects.data('Secret', `${NAME}-tls`).get('ca.crt') ?? Buffer.alloc(0);
    client = new RegistryClient(runner.machine, 'registry.example.com:5000', ca);
  });
  afterAll(() => example?.close());

  test('roll-out completes', () => {
    const pods = example.runner.podsOf(NAME);
    expect(pods.map(({ ready, alive }) => [ready, alive])).toEqual([[true, true]]);
  });

  test('the LoadBalancer has an address, and listens on :5000', async () => {
    const { externalIp, port } = example.runner.services.address('registry', NAME);
    expect(`${externalIp}:${port}`).toMatch(/^[\d.]+:5000$/);
    const { status } = await client.request('/');
    expect(status).toBe(200);
  });

  test('anonymous gets 401', async () => {
    const { status, headers } = await client.request('/v2/');
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Registry Realm"']);
  });

  test('login works', async () => {
    expect(await client.login(example.user(NAME, 'admin'))).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
  });

  test('push of `go-demo-3:1.0` works', async () => {
    const image = buildImage(client.path('go-demo-3'), [1_000, 2_000_000]);
    expect(await client.push(image.folder, 'go-demo-3:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('go-demo-3:1.0')).toBe(image.digest);
  });

  test('the image survives a restart', async () => {
    await example.runner.restart(NAME);
    await expect(client.pull('go-demo-3:1.0')).resolves.toMatch(/^sha256:/);
  });
});
