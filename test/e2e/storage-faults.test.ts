// A volume that is read-only or full: pushes fail with a clear answer, pulls go on, nothing stored is lost,
// and the pod is not restarted, which would not help. Files that lost their contents, as after a loss of power, or whose
// bytes changed: what clients see, and that docs/operations/faults.md finds and mends them.

import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { blocksIn, readPage } from '../support/page';
import { buildImage, type OciImage, randomContent } from './clients/oci-image';
import { DEFAULT_APP, deploy, type Scenario } from './scenario';

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

/** What the page runs in the pod: it lists what is broken, moves it aside, and finds the repositories of a digest. */
const [CHECK = '', SET_ASIDE = '', WHERE = ''] = blocksIn(
  readPage('docs/operations/faults.md'),
  'sh',
).flatMap((block) => /exec (?:-i )?deployment\/registry -- sh -c '([^']+)'/.exec(block)?.[1] ?? []);

describeWith('files of a volume that are broken', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  const images = new Map<string, OciImage>();
  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP);
    const { client, admin } = scenario;
    await client.login(admin);
    for (const name of ['whole', 'tag', 'revision', 'layer-link', 'layer', 'manifest', 'missing']) {
      const image = buildImage(client.path(name), [1_000, 5_000]);
      expect(await client.push(image.folder, `team/${name}:1`)).toMatchObject({ code: 0 });
      images.set(name, image);
    }
  });
  afterAll(() => scenario?.close());

  const imageOf = (name: string) => images.get(name) as OciImage;
  const layerOf = (name: string): string => {
    const { folder, digest } = imageOf(name);
    return JSON.parse(readFileSync(join(folder, 'blobs', ...digest.split(':')), 'utf8')).layers[1].digest;
  };
  const hex = (digest: string) => digest.slice('sha256:'.length);
  const blob = (digest: string) => `blobs/sha256/${hex(digest).slice(0, 2)}/${hex(digest)}/data`;
  /** The file of each fault. */
  const broken = (): Record<string, string> => ({
    tag: 'repositories/team/tag/_manifests/tags/1/current/link',
    revision: `repositories/team/revision/_manifests/revisions/sha256/${hex(imageOf('revision').digest)}/link`,
    'layer-link': `repositories/team/layer-link/_layers/sha256/${hex(layerOf('layer-link'))}/link`,
    layer: blob(layerOf('layer')),
    manifest: blob(imageOf('manifest').digest),
  });
  const pod = () => scenario.runner.podsOf('registry')[0];
  const listed = async () => {
    const { code, stdout, stderr } = await pod().exec('sh', '-c', CHECK);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/(^|\n)# done\n$/);
    return stdout;
  };
  const pulled = (name: string) => scenario.client.pull(`team/${name}:1`);
  const pushAgain = async (name: string) =>
    (await scenario.client.push(imageOf(name).folder, `team/${name}:1`)).code;

  const dryRun = () => pod().exec('registry', 'garbage-collect', '--dry-run', '/etc/distribution/config.yml');

  test('nothing is broken at first', async () => {
    expect(await listed()).toBe('# done\n');
  });

  test('clients are told, and the other images are served', async () => {
    const root = join(scenario.runner.claimPath('registry'), 'docker/registry/v2');
    for (const [name, file] of Object.entries(broken())) {
      if (name !== 'layer') truncateSync(join(root, file), 0);
      else {
        const content = readFileSync(join(root, file));
        writeFileSync(
          join(root, file),
          Buffer.from(content.map((byte, index) => (index === 9 ? ~byte : byte))),
        );
      }
    }
    for (const name of ['tag', 'revision', 'manifest'])
      await expect(pulled(name)).rejects.toThrow(
        'received unexpected HTTP status: 500 Internal Server Error',
      );
    rmSync(join(root, blob(layerOf('missing'))));
    await expect(pulled('missing')).rejects.toThrow('invalid status code from registry 404');
    await expect(pulled('layer-link')).rejects.toThrow('invalid status code from registry 500');
    await expect(pulled('layer')).rejects.toThrow('Digest did not match');
    expect(await pulled('whole')).toBe(imageOf('whole').digest);
    expect(pod().logs).toContain('err.detail="invalid checksum digest format"');
    expect(pod().logs).toContain('err.detail="unexpected end of JSON input"');
  });

  test('a collection fails and removes nothing', async () => {
    const { code, stdout, stderr } = await dryRun();
    expect(code).toBe(1);
    expect(stderr).toContain('failed to mark');
    expect(stdout).not.toContain('eligible for deletion');
  });

  test('another push mends links of tags and manifests and what is missing, and nothing else', async () => {
    expect((await listed()).trim().split('\n').sort()).toEqual(['# done', ...Object.values(broken()).sort()]);
    for (const name of ['tag', 'revision', 'missing']) {
      expect(await pushAgain(name)).toBe(0);
      expect(await pulled(name)).toBe(imageOf(name).digest);
    }
    expect(await pushAgain('layer-link')).toBe(1);
    for (const name of ['layer', 'manifest']) {
      expect(await pushAgain(name)).toBe(0); // the registry sees that there is such a file, and takes it for whole
      await expect(pulled(name)).rejects.toThrow();
    }
  });

  test('set aside and pushed again, all are whole', async () => {
    const files = await listed();
    const where = await pod().exec('sh', '-c', WHERE.replace('DIGEST', hex(layerOf('layer'))));
    expect(where.stdout).toBe(`./team/layer/_layers/sha256/${hex(layerOf('layer'))}/link\n`);
    const aside = await pod().exec('sh', '-c', 'printf %s "$0" | sh -c "$1"', files, SET_ASIDE);
    expect(aside).toMatchObject({ code: 0, stderr: '' });
    expect(await listed()).toBe('# done\n');
    // Until they are back, what belongs to them counts as deleted: the page has collections suspended.
    const { code, stdout } = await dryRun();
    expect(code).toBe(0);
    expect(stdout).toContain(`blob eligible for deletion: sha256:${hex(layerOf('manifest'))}`);
    expect(stdout).not.toContain(`for deletion: sha256:${hex(layerOf('whole'))}`);
    for (const [name, { digest }] of images) {
      expect(await pushAgain(name)).toBe(0);
      expect(await pulled(name)).toBe(digest);
    }
    expect(await listed()).toBe('# done\n');
  });
});
