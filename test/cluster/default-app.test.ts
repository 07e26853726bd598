// The default app on a real cluster, from its two commands to a pull, through Traefik: what every user meets
// first.

import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { DEFAULT_APP } from '../e2e/scenario';
import { describeOnCluster } from './support/cluster';
import {
  admin,
  answers,
  clientThroughIngress,
  type Deployed,
  deployApp,
  testStartAndSecondApply,
} from './support/deployed';

describeOnCluster('the default app', { ingress: true, programs: ['skopeo', 'curl'] }, (cluster) => {
  let app: Deployed;
  let client: RegistryClient;
  let image: OciImage;
  beforeAll(async () => {
    app = await deployApp(cluster(), DEFAULT_APP, {
      purpose: 'default',
      workloads: ['deployment/registry', 'deployment/registry-ui'],
    });
    client = await clientThroughIngress(cluster(), app);
    image = buildImage(client.path('image'), [1_000, 2_000_000, 300_000]);
  });
  afterAll(() => app?.close());

  testStartAndSecondApply(cluster, () => app);

  test('asks who comes without a login, or with a wrong one, to log in', async () => {
    expect(await client.request('/v2/')).toMatchObject({ status: 401, error: '' });
    expect((await client.request('/v2/', { user: { ...admin(app), password: 'wrong' } })).status).toBe(401);
    expect((await client.request('/v2/', { user: admin(app) })).status).toBe(200);
  });

  test('gives back what was pushed, through Traefik', async () => {
    expect(await client.login(admin(app))).toMatchObject({ code: 0 });
    expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
  });

  test('a layer of 300 MB passes', async () => {
    const large = buildImage(client.path('large'), [300 * 10 ** 6]);
    expect(await client.push(large.folder, 'team/large:1')).toMatchObject({ code: 0 });
    expect(await client.pull('team/large:1')).toBe(large.digest);
  });

  test('images survive a restart', async () => {
    await cluster().must(['rollout', 'restart', 'deployment/registry', '-n', app.namespace]);
    await cluster().rolledOut(app.namespace, 'deployment/registry');
    await answers(client);
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
  });
});
