// What was pushed to one address is pulled from the other, and each is what its certificate says.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { RegistryClient } from './clients/registry-client';
import { certificateAuthority, deploy, type Scenario } from './scenario';

const PULLS = 'registry.nodes.example.com';

describeWith('two addresses', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy('test/e2e/apps/two-addresses.ts');
    scenario.runner.machine.addHost(PULLS, '127.0.0.1');
  });
  afterAll(() => scenario?.close());

  test('an image goes in by the ingress and out by the port on the node', async () => {
    const { client, runner, admin, notes } = scenario;
    const image = buildImage(client.path('image'), [1_000, 2_000_000]);
    const [, pulled] = /docker pull (\S+)\/hello:1\.0/.exec(notes) ?? [];
    const node = new RegistryClient(runner.machine, pulled ?? '', certificateAuthority(runner));
    expect({ client: client.host, node: node.host }).toEqual({
      client: 'registry.example.com',
      node: `${PULLS}:30500`,
    });

    for (const one of [client, node]) expect(await one.login(admin)).toMatchObject({ code: 0 });
    expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
    expect(await node.pull('team/app:1.0')).toBe(image.digest);
    expect((await node.request('/v2/')).status).toBe(401);
  });
});
