// Example E run to its outcomes: by the ingress and by the documented port-forward, with maintenance from the toolbox, and pull secrets in two namespaces.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from '../../tools/pod-runner/pod';
import type { PodRunner } from '../../tools/pod-runner/pod-runner';
import { describeWith, ENVIRONMENT, POD_PROGRAMS } from '../../tools/programs';
import { issue } from '../support/certificates';
import { buildImage, type OciImage } from './clients/oci-image';
import { coreFlow } from './core-flow';
import { asManifests, deploy, type Scenario } from './scenario';
import { pushBefore } from './servers/older-registry';

jest.setTimeout(90_000);
const APP = 'examples/small-cluster/main.ts';
const HOST = 'registry.example.com';
const ADDRESS = 'registry:5000';
const CLAIM = 'registry-docker-registry';
const MIB = 2 ** 20;

async function start(prepare?: (runner: PodRunner) => Promise<void>): Promise<Scenario> {
  const { certificate, privateKey } = await issue({ hosts: [HOST] });
  // As cert-manager would make it for the annotation.
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: 'registry-tls', namespace: 'registry' },
    stringData: { 'tls.crt': certificate, 'tls.key': privateKey, 'ca.crt': certificate },
  };
  const scenario = await deploy(APP, {
    existing: asManifests(...['shop', 'blog'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))),
    prepare,
    edit: (manifests) => [...manifests, ...asManifests(secret)],
  });
  // What the search domains of the namespace do for its pods.
  scenario.runner.machine.addHost('registry', scenario.runner.services.address('registry', 'registry').ip);
  return scenario;
}

async function usage({ runner }: Scenario): Promise<number> {
  const { stdout } = await runner.machine.run(['du', '-s', '--block-size=1', runner.claimPath(CLAIM)]);
  return Number(stdout.split('\t')[0]);
}

/** What `kubectl port-forward POD 5000:5000` does. */
async function portForward({ runner }: Scenario, pod: Pod): Promise<void> {
  const forward = `require('node:net').createServer((near) => {
    const far = require('node:net').connect(5000, '${pod.ip}');
    near.pipe(far).pipe(near);
    for (const side of [near, far]) side.on('error', () => { near.destroy(); far.destroy(); });
  }).listen(5000, '127.0.0.1')`;
  runner.machine.spawn([process.execPath, '-e', forward], { stdio: ['ignore', 'inherit', 'inherit'] });
  while ((await runner.machine.run(['curl', '-s', 'http://localhost:5000/'])).code !== 0) await sleep(50);
}

describeWith('small-cluster', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', 'regctl'], () => {
  let scenario: Scenario;
  let toolbox: Pod;
  beforeAll(async () => {
    scenario = await start();
    toolbox = await scenario.runner.run('registry-toolbox');
  });
  afterAll(() => scenario?.close());

  coreFlow(() => scenario);

  const pushed = async (name: string, size: number): Promise<OciImage> => {
    const { client } = scenario;
    const image = buildImage(client.path('image'), [size, 1_000]);
    expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
    return image;
  };
  async function said(...command: string[]): Promise<string[]> {
    const { code, stdout, stderr } = await toolbox.exec(...command);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout.trim().split('\n');
  }

  test('who comes by HTTP is sent on to HTTPS', async () => {
    const { runner } = scenario;
    const { stdout } = await runner.machine.run([
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code} %{redirect_url}',
      `http://${HOST}/v2/`,
    ]);
    expect(stdout).toBe(`308 https://${HOST}/v2/`);
  });

  test('a layer of 300 MB passes the ingress', async () => {
    await pushed('team/large:1', 300 * 10 ** 6);
  });

  test('the port-forward finds the pods by app=docker-registry,release=registry; a push through localhost:5000 arrives', async () => {
    const { runner, client, admin } = scenario;
    const pods = ['registry', 'registry-toolbox'].flatMap((deployment) => runner.podsOf(deployment));
    const found = pods.filter(({ labels }) => labels.app === 'docker-registry' && labels.release === 'registry');
    expect(found).toHaveLength(1);
    await portForward(scenario, found[0]);
    const image = buildImage(client.path('image'), [100_000]);
    const policy = client.file('policy.json', JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
    const push = ['skopeo', '--policy', policy, 'copy', '--dest-tls-verify=false', '--dest-creds', `${admin.name}:${admin.password}`];
    const [from, to] = [`oci:${image.folder}`, 'docker://localhost:5000/team/forwarded:1.0'];
    // skopeo looks for its other settings in the home, and for room in TMPDIR.
    const env = { ...ENVIRONMENT, TMPDIR: runner.machine.makeFolder('skopeo') };
    expect(await runner.machine.run([...push, from, to], { env })).toMatchObject({ code: 0 });
    expect(await client.pull('team/forwarded:1.0')).toBe(image.digest);
  });

  test('the toolbox lists repositories, and the tags of one', async () => {
    expect(await said('regctl', 'repo', 'ls', ADDRESS)).toEqual(['team/app', 'team/forwarded', 'team/large']);
    expect(await said('regctl', 'tag', 'ls', `${ADDRESS}/team/app`)).toEqual(['1.0', '1.1']);
  });

  test('a deleted tag frees no space until the collection has run, which removes its layers and nothing else', async () => {
    const { runner, client } = scenario;
    const kept = await pushed('team/shop:1.0', 5 * MIB);
    const before = await usage(scenario);
    await pushed('team/shop:1.1', 20 * MIB);
    const full = await usage(scenario);
    expect(full - before).toBeGreaterThan(20 * MIB);

    await said('sh', '/toolbox/delete-tag', 'team/shop:1.1');
    expect(await said('regctl', 'tag', 'ls', `${ADDRESS}/team/shop`)).toEqual(['1.0']);
    expect(full - (await usage(scenario))).toBeLessThan(MIB);

    await runner.restart('registry');
    const after = await usage(scenario);
    expect(full - after).toBeGreaterThan(20 * MIB);
    expect(after - before).toBeLessThan(MIB);
    expect(await client.pull('team/shop:1.0')).toBe(kept.digest);
  });

  test.each(['shop', 'blog'])('the pull secret in the namespace %s pulls by the address; without it nobody does', async (namespace) => {
    const { client, runner } = scenario;
    const secret = runner.objects.data('Secret', 'registry-pull', namespace).get('.dockerconfigjson') ?? '';
    const folder = runner.machine.makeFolder(`certs-${namespace}`);
    const ca = runner.objects.data('Secret', 'registry-tls').get('ca.crt') ?? '';
    await runner.machine.must(['cp', client.file('ca.crt', ca), `${folder}/ca.crt`]);
    const pull = (config: Buffer | string) => {
      const authfile = client.file('config.json', config);
      const inspect = ['skopeo', 'inspect', '--authfile', authfile, '--cert-dir', folder, `docker://${HOST}/team/app:1.0`];
      return runner.machine.run(inspect, { env: ENVIRONMENT });
    };
    expect(await pull(secret)).toMatchObject({ code: 0, stdout: expect.stringContaining('sha256:') });
    expect(await pull('{}')).toMatchObject({ code: 1, stderr: expect.stringContaining('authentication required') });
  });
});

describeWith("small-cluster on the Helm chart's claim", [...POD_PROGRAMS, 'registry2', 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario | undefined;
  afterAll(() => scenario?.close());

  test("the chart's images are kept, can be added to and be deleted", async () => {
    let older = '';
    scenario = await start(async (runner) => {
      const path = runner.claimPath(CLAIM);
      // What the kubelet does for the chart's pod: its group is 1000.
      await runner.machine.must(['sh', '-c', 'mkdir -p "$0" && chgrp 1000 "$0" && chmod 2775 "$0"', path]);
      older = await pushBefore(runner.machine, 'team/app:1.0', { storage: { filesystem: { rootdirectory: path } }, userId: 1000 });
    });
    const { client, admin } = scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    expect(await client.pull('team/app:1.0')).toBe(older);
    const image = buildImage(client.path('image'), [1_000]);
    expect(await client.push(image.folder, 'team/app:1.1')).toMatchObject({ code: 0 });
    expect((await client.deleteManifest('team/app', older, admin)).status).toBe(202);
    const tags = await client.request('/v2/team/app/tags/list', { user: admin });
    expect(JSON.parse(tags.body)).toEqual({ name: 'team/app', tags: ['1.1'] });
  });
});
