// Maintenance by kubectl: the toolbox lists and deletes, a restart of the registry collects, and bytes on the
// disk tell what that did. And a namespace's pull secret, as a node's runtime reads it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pod } from '../../tools/pod-runner/pod';
import { describeWith, ENVIRONMENT, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { deploy, type Scenario } from './scenario';

const APP = 'test/e2e/apps/trust.ts';
const ADDRESS = 'registry:5000';
const MIB = 2 ** 20;

async function prepared(
  settings: Record<string, string> = {},
): Promise<{ scenario: Scenario; toolbox: Pod }> {
  const scenario = await deploy(APP, { settings });
  const { runner, client, admin } = scenario;
  await client.login(admin);
  // What the search domains of the namespace do for its pods.
  runner.machine.addHost('registry', runner.services.address('registry', 'registry').ip);
  return { scenario, toolbox: await runner.run('registry-toolbox') };
}

async function usage({ runner }: Scenario): Promise<number> {
  const { stdout } = await runner.machine.run(['du', '-s', '--block-size=1', runner.claimPath('registry')]);
  return Number(stdout.split('\t')[0]);
}

describeWith('the toolbox', [...POD_PROGRAMS, 'registry3', 'skopeo', 'regctl'], () => {
  let scenario: Scenario;
  let toolbox: Pod;
  beforeAll(async () => {
    ({ scenario, toolbox } = await prepared());
  });
  afterAll(() => scenario?.close());

  async function said(...command: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await toolbox.exec(...command);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout.trim().split('\n');
  }
  const pushed = async (name: string, size: number) => {
    const { client } = scenario;
    const image = buildImage(client.path('image'), [size, 1_000]);
    expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
    return image;
  };

  test('a registry to which nothing was pushed starts with a collector', () => {
    expect(scenario.runner.podsOf('registry')[0].initLogs).toBe('nothing was pushed yet\n');
  });

  test('lists repositories and tags', async () => {
    await pushed('team/app:1.0', 1_000);
    await pushed('team/app:1.1', 1_000);
    await pushed('team/web:1.0', 1_000);
    expect(await said('regctl', 'repo', 'ls', ADDRESS)).toEqual(['team/app', 'team/web']);
    expect(await said('regctl', 'tag', 'ls', `${ADDRESS}/team/app`)).toEqual(['1.0', '1.1']);
  });

  test('deletes one tag; its bytes stay until the registry was restarted', async () => {
    const { runner, client } = scenario;
    const kept = await pushed('team/app:2.0', 5 * MIB);
    const before = await usage(scenario);
    await pushed('team/app:2.1', 20 * MIB);
    const full = await usage(scenario);
    expect(full - before).toBeGreaterThan(20 * MIB);

    expect(await said('sh', '/toolbox/delete-tag', 'team/app:2.1')).toEqual([
      'deleted team/app:2.1; its layers take space until garbage is collected',
    ]);
    expect(await said('regctl', 'tag', 'ls', `${ADDRESS}/team/app`)).toEqual(['1.0', '1.1', '2.0']);
    expect(full - (await usage(scenario))).toBeLessThan(MIB);

    await runner.restart('registry');
    const after = await usage(scenario);
    expect(full - after).toBeGreaterThan(20 * MIB);
    expect(after - before).toBeLessThan(MIB);
    expect(await client.pull('team/app:2.0')).toBe(kept.digest);
  });

  test('what was collected can be pushed again', async () => {
    const { client, runner } = scenario;
    const image = await pushed('team/again:1.0', 100_000);
    await said('sh', '/toolbox/delete-tag', 'team/again:1.0');
    await runner.restart('registry');
    expect(await client.push(image.folder, 'team/again:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/again:1.0')).toBe(image.digest);
  });

  test('keeps an image that another tag names', async () => {
    const { client, runner } = scenario;
    const image = await pushed('team/twin:1.0', 100_000);
    expect(await client.push(image.folder, 'team/twin:stable')).toMatchObject({ code: 0 });
    expect(await said('sh', '/toolbox/delete-tag', 'team/twin:1.0')).toEqual([
      'deleted the tag team/twin:1.0; the image stays, as stable',
    ]);
    await runner.restart('registry');
    expect(await said('regctl', 'tag', 'ls', `${ADDRESS}/team/twin`)).toEqual(['stable']);
    expect(await client.pull('team/twin:stable')).toBe(image.digest);
  });

  test('says what is wrong with a tag that is not there', async () => {
    expect(await toolbox.exec('sh', '/toolbox/delete-tag', 'team/app:9.9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not found'),
    });
    expect(await toolbox.exec('sh', '/toolbox/delete-tag', 'team/app')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('usage:'),
    });
  });

  test('a collection that fails does not keep the registry from starting', async () => {
    const { runner, client } = scenario;
    const digest = createHash('sha256').update('').digest('hex');
    const links = `${runner.claimPath('registry')}/docker/registry/v2/repositories/team/web/_manifests/revisions/sha256/${digest}`;
    await runner.machine.must(['sh', '-c', 'mkdir -p "$0" && : > "$0/link" && chmod -R a+rwX "$0"', links]);
    const pod = await runner.restart('registry');
    expect(pod.initLogs).toContain('the collection failed; the registry starts all the same');
    expect((await client.manifest('team/web', '1.0', scenario.admin)).status).toBe(200);
    await runner.machine.must(['rm', '-r', links]);
  });

  test("the pull secret lets another namespace's pods pull, and nobody without it", async () => {
    const { client, runner } = scenario;
    const image = await pushed('team/pulled:1.0', 1_000);
    const { body } =
      runner.objects.manifests.find(
        ({ kind, namespace }) => kind === 'ServiceAccount' && namespace === 'shop',
      ) ?? {};
    expect(body).toMatchObject({
      metadata: { name: 'default' },
      imagePullSecrets: [{ name: 'registry-pull' }],
    });
    const secret = runner.objects.data('Secret', 'registry-pull', 'shop').get('.dockerconfigjson') ?? '';
    const ca = runner.machine.makeFolder('pull-certs');
    await runner.machine.must([
      'cp',
      client.file('ca.crt', runner.objects.data('Secret', 'registry-tls').get('ca.crt') ?? ''),
      `${ca}/ca.crt`,
    ]);
    const policy = client.file(
      'policy.json',
      JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }),
    );
    const pull = (config: Buffer | string) =>
      runner.machine.run(
        [
          'skopeo',
          '--policy',
          policy,
          'inspect',
          '--authfile',
          client.file('config.json', config),
          '--cert-dir',
          ca,
          `docker://${client.host}/team/pulled:1.0`,
        ],
        { env: ENVIRONMENT },
      );
    expect(await pull(secret)).toMatchObject({ code: 0, stdout: expect.stringContaining(image.digest) });
    expect(await pull('{}')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('authentication required'),
    });
  });
});

for (const [program, version] of [
  ['registry3', '3.1.1'],
  ['registry2', '2.8.3'],
] as const) {
  describeWith(`a collection of registry ${version}`, [...POD_PROGRAMS, program, 'skopeo', 'regctl'], () => {
    let scenario: Scenario;
    beforeAll(async () => {
      ({ scenario } = await prepared({ REGISTRY_IMAGE: `registry:${version}` }));
    });
    afterAll(() => scenario?.close());

    test('keeps images whose tag was moved away', async () => {
      const { client, runner, admin } = scenario;
      const before = buildImage(client.path('image'), [10 * MIB]);
      expect(await client.push(before.folder, 'team/moved:1')).toMatchObject({ code: 0 });
      const moved = buildImage(client.path('image'), [1_000]);
      expect(await client.push(moved.folder, 'team/moved:1')).toMatchObject({ code: 0 });
      const full = await usage(scenario);
      await runner.restart('registry');
      expect(full - (await usage(scenario))).toBeLessThan(MIB);
      expect(await client.pull('team/moved:1')).toBe(moved.digest);
      expect((await client.manifest('team/moved', before.digest, admin)).status).toBe(200);
    });

    // What --delete-untagged of 3.1.1 destroys: a part that another repository deleted, of an image that is
    // whole and has a tag here.
    test('keeps a multi-platform image, whatever another repository deleted of its own', async () => {
      const { client, runner, admin } = scenario;
      const part = buildImage(client.path('image'), [10 * MIB]);
      const manifest = readFileSync(join(part.folder, 'blobs', ...part.digest.split(':')));
      const mediaType = 'application/vnd.oci.image.manifest.v1+json';
      const manifests = [
        {
          mediaType,
          digest: part.digest,
          size: manifest.length,
          platform: { architecture: 'amd64', os: 'linux' },
        },
      ];
      const type = 'application/vnd.oci.image.index.v1+json';
      const index = client.file('index', JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }));
      for (const repository of ['team/a', 'team/b']) {
        expect(await client.push(part.folder, `${repository}:part`)).toMatchObject({ code: 0 });
        const put = { method: 'PUT', user: admin, upload: index, headers: { 'Content-Type': type } };
        expect(await client.request(`/v2/${repository}/manifests/all`, put)).toMatchObject({ status: 201 });
      }
      expect((await client.deleteManifest('team/a', part.digest, admin)).status).toBe(202);
      for (let times = 0; times < 2; times += 1) {
        await runner.restart('registry');
        expect(await client.pull('team/b:part')).toBe(part.digest);
      }
    });
  });
}

describeWith('the toolbox and registry 2.8', [...POD_PROGRAMS, 'registry2', 'skopeo', 'regctl'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  test('delete and collect as with 3', async () => {
    const prepares = await prepared({ REGISTRY_IMAGE: 'registry:2.8.3' });
    scenario = prepares.scenario;
    const { client, runner } = scenario;
    const kept = buildImage(client.path('image'), [1_000]);
    for (const tag of ['1', 'stable'])
      expect(await client.push(kept.folder, `team/app:${tag}`)).toMatchObject({ code: 0 });
    expect(
      await client.push(buildImage(client.path('image'), [10 * MIB]).folder, 'team/app:big'),
    ).toMatchObject({ code: 0 });
    const full = await usage(scenario);
    for (const tag of ['big', '1']) {
      expect(await prepares.toolbox.exec('sh', '/toolbox/delete-tag', `team/app:${tag}`)).toMatchObject({
        code: 0,
        stderr: '',
      });
    }
    await runner.restart('registry');
    expect(full - (await usage(scenario))).toBeGreaterThan(10 * MIB);
    const { stdout } = await prepares.toolbox.exec('regctl', 'tag', 'ls', `${ADDRESS}/team/app`);
    expect(stdout).toBe('stable\n');
    expect(await client.pull('team/app:stable')).toBe(kept.digest);
  });
});
