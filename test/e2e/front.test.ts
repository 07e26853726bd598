// The front in the registry's pod, from the manifests: what every registry must do, and who may do what.
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { coreFlow } from './core-flow';
import { deploy, type Scenario } from './scenario';

jest.setTimeout(60_000);

const CI = { name: 'ci', password: 'the password of ci' };

describeWith('a front', [...POD_PROGRAMS, 'registry3', 'skopeo', 'nginx'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy('test/e2e/apps/front.ts');
  });
  afterAll(() => scenario?.close());

  coreFlow(() => scenario);

  test('a user does what the rules permit, and no more', async () => {
    const { client } = scenario;
    const start = (repository: string) =>
      client.request(`/v2/${repository}/blobs/uploads/`, { user: CI, method: 'POST' });
    expect((await start('team/app')).status).toBe(202);
    expect((await start('other/app')).status).toBe(403);
    expect((await client.request('/v2/_catalog', { user: CI })).status).toBe(403);
  });
});
