// What the cluster of test/cluster/example-small-cluster.test.ts can't show of example E: nginx, by the
// Ingress's annotations, and a claim that the Helm chart's registry 2.8 has filled.

import type { PodRunner } from '../../tools/pod-runner/pod-runner';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { issue } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { asManifests, deploy, type Scenario } from './scenario';
import { pushBefore } from './servers/older-registry';

const APP = 'examples/small-cluster/main.ts';
const HOST = 'registry.example.com';
const CLAIM = 'registry-docker-registry';

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
  return deploy(APP, {
    existing: asManifests(
      ...['shop', 'blog'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ),
    prepare,
    edit: (manifests) => [...manifests, ...asManifests(secret)],
  });
}

describeWith('small-cluster', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await start();
  });
  afterAll(() => scenario?.close());

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

  test('admin logs in and pushes; a layer of 300 MB passes the ingress', async () => {
    const { client, admin } = scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    const image = buildImage(client.path('image'), [300 * 10 ** 6, 1_000]);
    expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 0 });
    expect(await client.pull('team/large:1')).toBe(image.digest);
  });
});

describeWith(
  "small-cluster on the Helm chart's claim",
  [...POD_PROGRAMS, 'registry2', 'registry3', 'nginx', 'skopeo'],
  () => {
    let scenario: Scenario | undefined;
    afterAll(() => scenario?.close());

    test("the chart's images are kept, can be added to and be deleted", async () => {
      let older = '';
      scenario = await start(async (runner) => {
        const path = runner.claimPath(CLAIM);
        // What the kubelet does for the chart's pod: its group is 1000.
        await runner.machine.must(['sh', '-c', 'mkdir -p "$0" && chgrp 1000 "$0" && chmod 2775 "$0"', path]);
        older = await pushBefore(runner.machine, 'team/app:1.0', {
          storage: { filesystem: { rootdirectory: path } },
          userId: 1000,
        });
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
  },
);
