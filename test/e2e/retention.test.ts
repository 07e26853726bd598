// The pod of a retention beside the registry that it cleans, as the CronJob has it: with TLS, its own login and access
// rules. What is kept and what goes is in test/maintenance/retention.
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { deploy, type Scenario } from './scenario';

describeWith('a retention', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', 'regbot'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  async function ran(DRY_RUN: string) {
    scenario = await deploy('test/e2e/apps/retention.ts', { settings: { DRY_RUN } });
    const { runner, client, admin } = scenario;
    await client.login(admin);
    runner.machine.addHost('registry', runner.services.address('registry', 'registry').ip);
    const images = [];
    for (const name of ['team/app:1', 'team/app:2', 'other/app:1', 'other/app:2']) {
      const image = buildImage(client.path('image'), [1_000]);
      expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
      images.push(image);
    }
    const { code, logs } = await runner.runJobOf('registry-retention');
    const status = async (name: string, tag: string) => (await client.manifest(name, tag, admin)).status;
    const left = [
      await status('team/app', '1'),
      await status('team/app', '2'),
      await status('other/app', '1'),
      await status('other/app', '2'),
    ];
    return { code, logs, left };
  }

  test('reports first', async () => {
    const { code, logs, left } = await ran('true');
    expect({ code, left }).toEqual({ code: 0, left: [200, 200, 200, 200] });
    expect(logs).toContain('A dry run: nothing is deleted.\n');
    expect(logs).toMatch(/^team\/app: rule 1, 1 of 2 tags would be deleted\n {2}DELETE {2}1 /m);
  });

  test('deletes by the rights of its user', async () => {
    const { code, logs, left } = await ran('false');
    expect(logs).toMatch(/"deletedTags":1,"deletedManifests":1,"failures":0/);
    expect({ code, left }).toEqual({ code: 0, left: [404, 200, 200, 200] });
  });
});
