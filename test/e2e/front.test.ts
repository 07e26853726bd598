// The front in the registry's pod, from the manifests: what every registry must do, and who may do what.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { coreFlow } from './core-flow';
import { changed, deploy, type Scenario } from './scenario';

/** What docs/access.md makes by kubectl. */
const SWITCH = `apiVersion: v1
kind: ConfigMap
metadata: { name: registry-read-only, namespace: registry }
data: { readonly: "" }
`;
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

  const startUpload = async (repository: string) =>
    (await scenario.client.request(`/v2/${repository}/blobs/uploads/`, { user: CI, method: 'POST' })).status;

  test('while a ConfigMap is there, the registry is read-only', async () => {
    const { client, runner, manifests } = scenario;
    runner.apply([...manifests, ...parseManifests(SWITCH, 'the switch')]);
    expect(await startUpload('team/app')).toBe(405);
    expect((await client.request('/v2/team/app/tags/list', { user: CI })).status).toBe(200);
    runner.apply(manifests);
    expect(await startUpload('team/app')).toBe(202);
  });

  test('changed rules count without a restart', async () => {
    const { runner, manifests } = scenario;
    expect(await startUpload('other/app')).toBe(403);
    runner.apply(
      changed(manifests, 'ConfigMap', 'registry-front', ({ data }) => {
        data['nginx.conf'] = data['nginx.conf'].replaceAll(' team/', ' other/');
      }),
    );
    // nginx' configuration is looked at every five seconds.
    for (let tries = 0; tries < 100 && (await startUpload('other/app')) !== 202; tries += 1) await sleep(200);
    await sleep(1_000); // for a moment workers of both answer
    expect(await startUpload('other/app')).toBe(202);
    expect(await startUpload('team/app')).toBe(403);
  });
});
