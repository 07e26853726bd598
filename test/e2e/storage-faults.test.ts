// A volume that is read-only or full: pushes fail with a clear answer, pulls go on, nothing stored is lost,
// and the pod is not restarted, which would not help.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage, type OciImage, randomContent } from './clients/oci-image';
import { DEFAULT_APP, deploy, type Scenario } from './scenario';

jest.setTimeout(60_000);
const MIB = 2 ** 20;

describeWith('a volume in trouble', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  let kept: OciImage;
  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP, { prepare: (runner) => runner.limitClaim('registry', 64 * MIB) });
    await scenario.client.login(scenario.admin);
    kept = buildImage(scenario.client.path('kept'), [10 * MIB, 1_000]);
    expect(await scenario.client.push(kept.folder, 'team/kept:1')).toMatchObject({ code: 0 });
  });
  afterAll(() => scenario?.close());

  async function expectNothingLost(): Promise<void> {
    const { client, admin, runner } = scenario;
    expect(await client.pull('team/kept:1')).toBe(kept.digest);
    const tags = await client.request('/v2/team/kept/tags/list', { user: admin });
    expect(JSON.parse(tags.body)).toEqual({ name: 'team/kept', tags: ['1'] });
    expect(runner.podsOf('registry')).toMatchObject([{ alive: true, ready: true }]);
  }

  test('a read-only volume still serves, and takes pushes again as soon as it is writable', async () => {
    const { client, admin, runner } = scenario;
    const image = buildImage(client.path('image'), [1_000]);
    await runner.remountClaim('registry', 'ro');
    const refused = await client.request('/v2/team/new/blobs/uploads/', { method: 'POST', user: admin });
    expect(refused).toMatchObject({ status: 500, body: expect.stringContaining('read-only file system') });
    expect(await client.push(image.folder, 'team/new:1')).toMatchObject({ code: 1 });
    await expectNothingLost();
    await runner.remountClaim('registry', 'rw');
    expect(await client.push(image.folder, 'team/new:1')).toMatchObject({ code: 0 });
    expect(await client.pull('team/new:1')).toBe(image.digest);
  });

  test('a pod also starts on a read-only volume', async () => {
    const { runner } = scenario;
    await runner.remountClaim('registry', 'ro');
    await runner.restart('registry');
    await expectNothingLost();
    await runner.remountClaim('registry', 'rw');
    await runner.restart('registry');
    await expectNothingLost();
  });

  test('a full volume still serves, and takes pushes again when it has grown', async () => {
    const { client, admin, runner } = scenario;
    const image = buildImage(client.path('image'), [80 * MIB]);
    const refused = await client.pushBlob('team/large', admin, randomContent(80 * MIB));
    expect(refused).toMatchObject({ status: 500, body: expect.stringContaining('no space left on device') });
    expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 1 });
    await expectNothingLost();
    await runner.restart('registry');
    await expectNothingLost();

    await runner.remountClaim('registry', `size=${256 * MIB}`);
    expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 0 });
    expect(await client.pull('team/large:1')).toBe(image.digest);
    await expectNothingLost();
  });
});
