// A new password in the Secret works without a restart, because the kubelet swaps the files of a mounted Secret.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { changed, DEFAULT_APP, deploy, type Scenario } from './scenario';

jest.setTimeout(60_000);

describeWith('password rotation', [...POD_PROGRAMS, 'registry3', 'nginx', 'htpasswd'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP);
  });
  afterAll(() => scenario?.close());

  test('the new password works and the old one does not, in the same process', async () => {
    const { client, runner, manifests, admin } = scenario;
    const rotated = { ...admin, password: 'a-new-password' };
    const status = async (user: typeof admin) => (await client.request('/v2/', { user })).status;
    expect([await status(admin), await status(rotated)]).toEqual([200, 401]);

    const line = await runner.machine.must(['htpasswd', '-nbBC', '5', rotated.name, rotated.password]);
    runner.apply(
      changed(manifests, 'Secret', 'registry-auth', ({ stringData }) => {
        stringData.htpasswd = line;
      }),
    );
    expect([await status(admin), await status(rotated)]).toEqual([401, 200]);
    expect(await runner.stop('registry')).toEqual([0]); // still the process that was started first
  });
});
