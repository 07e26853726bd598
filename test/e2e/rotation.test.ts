// Credentials are changed as docs/operations/rotation.md says, while the registry runs: what takes them without a restart,
// and what is cut. Passwords and the kubelet's part: test/cluster/rotation.test.ts.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodeAgent } from '../../tools/pod-runner/node-agent';
import type { Pod } from '../../tools/pod-runner/pod';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { issue, type Pem } from '../support/certificates';
import { buildImage, randomContent, sha256 } from './clients/oci-image';
import { deploy, type Scenario, synthesize } from './scenario';

/** Synthesizes again where the store is, and applies it all. */
function apply(
  app: string,
  { runner, folder }: Scenario,
  settings: Readonly<Record<string, string>> = {},
): void {
  runner.apply(synthesize(app, settings, [], folder).manifests);
}

describeWith('a registry with a toolbox', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', 'regctl'], () => {
  const APP = 'test/cluster/apps/with-more.ts';
  let scenario: Scenario;
  let toolbox: Pod;
  beforeAll(async () => {
    scenario = await deploy(APP, {
      settings: { REGISTRY_ADMIN_PASSWORD: 'the first password' },
      user: { name: 'admin', password: 'the first password' },
    });
    toolbox = await scenario.runner.run('registry-toolbox');
  });
  afterAll(() => scenario?.close());

  test('the toolbox logs in by the new password, as the same pod', async () => {
    const list = () => toolbox.exec('regctl', 'repo', 'ls', 'registry:5000');
    expect(await list()).toMatchObject({ code: 0 });
    apply(APP, scenario, { REGISTRY_ADMIN_PASSWORD: 'the second password' });
    expect(await list()).toMatchObject({ code: 0, stderr: '' });
    const { client } = scenario;
    const status = async (password: string) =>
      (await client.request('/v2/', { user: { name: 'admin', password } })).status;
    expect([await status('the first password'), await status('the second password')]).toEqual([401, 200]);
  });

  test('another HTTP secret: uploads that have begun must begin anew, and nothing else is lost', async () => {
    const { client, runner, folder } = scenario;
    const user = { name: 'admin', password: 'the second password' };
    await client.login(user);
    const image = buildImage(client.path('image'), [1_000]);
    expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
    const content = randomContent(1_000);
    const begun = await client.openUpload('team/app', user, sha256(content));
    rmSync(join(folder, '.registry/registry/registry/http-secret'));
    apply(APP, scenario, { REGISTRY_ADMIN_PASSWORD: user.password });
    await runner.restart('registry');
    const ended = await client.request(begun, { method: 'PUT', user, upload: client.file('blob', content) });
    expect(ended).toMatchObject({ status: 404, body: expect.stringContaining('BLOB_UPLOAD_INVALID') });
    expect(await client.pushBlob('team/app', user, content)).toMatchObject({ status: 201 });
    expect(await client.pull('team/app:1')).toBe(image.digest);
  });
});

describeWith('users of a front', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  const APP = 'test/e2e/apps/front.ts';
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy(APP, {
      settings: { REGISTRY_ADMIN_PASSWORD: 'the first password' },
      user: { name: 'admin', password: 'the first password' },
    });
  });
  afterAll(() => scenario?.close());

  const status = async (password: string) =>
    (await scenario.client.request('/v2/_catalog', { user: { name: 'admin', password } })).status;

  test('a new password works at once, as the same pod; one that was used is remembered for a minute', async () => {
    expect(await status('the first password')).toBe(200);
    apply(APP, scenario, { REGISTRY_ADMIN_PASSWORD: 'the second password' });
    expect([await status('the first password'), await status('the second password')]).toEqual([200, 200]);
    // The second one was not used: it is refused at once.
    apply(APP, scenario, { REGISTRY_ADMIN_PASSWORD: 'the third password' });
    apply(APP, scenario, { REGISTRY_ADMIN_PASSWORD: 'the fourth password' });
    expect([await status('the third password'), await status('the fourth password')]).toEqual([401, 200]);
    expect(scenario.runner.podsOf('registry')).toMatchObject([{ ready: true, alive: true }]);
  });
});

describeWith(
  'a CA of your own, replaced by another',
  [...POD_PROGRAMS, 'registry3', 'skopeo', 'containerdPull'],
  () => {
    const APP = 'test/e2e/apps/trust.ts';
    const ADDRESS = 'registry.example.com:5000';
    let scenario: Scenario;
    let old: Pem;
    let next: Pem;
    let byOld: Pem;
    let byNext: Pem;
    let digest: string;
    const settings = (leaf: Pem, ...cas: readonly Pem[]) => ({
      CERTIFICATE: leaf.certificate,
      KEY: leaf.privateKey,
      CA: cas.map(({ certificate }) => certificate).join(''),
    });
    beforeAll(async () => {
      [old, next] = (await Promise.all(
        ['old', 'next'].map((commonName) => issue({ commonName, signs: true })),
      )) as [Pem, Pem];
      const hosts = ['registry.example.com', 'registry', 'registry.registry.svc'];
      [byOld, byNext] = (await Promise.all([old, next].map((ca) => issue({ hosts, ca })))) as [Pem, Pem];
      scenario = await deploy(APP, { settings: settings(byOld, old) });
      const { client, admin } = scenario;
      await client.login(admin);
      const image = buildImage(client.path('image'), [1_000]);
      digest = image.digest;
      expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
    });
    afterAll(() => scenario?.close());

    /** What the DaemonSet does on a node. */
    async function trusted(node: string): Promise<void> {
      const agent = new NodeAgent(
        scenario.runner.machine,
        scenario.runner.objects,
        'registry-node-trust',
        node,
      );
      await agent.start();
      await agent.stop();
    }
    async function pulls(node: string): Promise<boolean> {
      const { runner, admin } = scenario;
      const { code, stdout, stderr } = await runner.machine.run(
        [
          pathOf('containerdPull'),
          join(node, 'etc/containerd/certs.d'),
          `${ADDRESS}/team/app:1`,
          admin.name,
          admin.password,
        ],
        { env: { ...ENVIRONMENT, SSL_CERT_DIR: '/nonexistent' } },
      );
      if (code === 0) expect(stdout.trim()).toBe(digest);
      else expect(stderr).toContain('certificate signed by unknown authority');
      return code === 0;
    }

    test('nodes have both while one changes, and pull at each step', async () => {
      const { runner } = scenario;
      const [node, late] = ['node', 'late'].map((name) => runner.machine.makeFolder('nodes', name)) as [
        string,
        string,
      ];
      for (const one of [node, late]) await trusted(one);
      expect([await pulls(node), await pulls(late)]).toEqual([true, true]);

      apply(APP, scenario, settings(byOld, old, next));
      await trusted(node);
      expect([await pulls(node), await pulls(late)]).toEqual([true, true]);

      apply(APP, scenario, settings(byNext, old, next));
      await runner.restart('registry');
      expect([await pulls(node), await pulls(late)]).toEqual([true, false]);

      apply(APP, scenario, settings(byNext, next));
      await trusted(node);
      await trusted(late);
      expect([await pulls(node), await pulls(late)]).toEqual([true, true]);
    });
  },
);
