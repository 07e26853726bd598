// What every registry must do, whatever its version and however clients reach it.

import { buildImage, type OciImage } from './clients/oci-image';
import type { Scenario } from './scenario';

export function coreFlow(scenario: () => Scenario): void {
  let image: OciImage;

  beforeAll(() => {
    image = buildImage(scenario().client.path('image'), [1_000, 2_000_000, 300_000]);
  });

  test('anonymous requests get 401 and are told how to log in', async () => {
    const response = await scenario().client.request('/v2/');
    expect(response.error).toBe('');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="Registry Realm"');
  });

  test('a wrong password gets 401', async () => {
    const { client, admin } = scenario();
    const wrong = { ...admin, password: `${admin.password}x` };
    expect((await client.request('/v2/', { user: wrong })).status).toBe(401);
    expect(await client.login(wrong)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('invalid username/password'),
    });
  });

  test('the right password gets in', async () => {
    const { client, admin } = scenario();
    expect((await client.request('/v2/', { user: admin })).status).toBe(200);
    expect(await client.login(admin)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Login Succeeded'),
    });
  });

  test('an image comes back as it was pushed', async () => {
    const { client, admin } = scenario();
    expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
    const { headers } = await client.manifest('team/app', '1.0', admin);
    expect(headers.get('docker-content-digest')).toBe(image.digest);
  });

  test('the catalog lists the repository, and the repository its tags', async () => {
    const { client, admin } = scenario();
    expect(await client.push(image.folder, 'team/app:1.1')).toMatchObject({ code: 0 });
    const catalog = await client.request('/v2/_catalog', { user: admin });
    expect(JSON.parse(catalog.body)).toEqual({ repositories: ['team/app'] });
    const tags = await client.request('/v2/team/app/tags/list', { user: admin });
    const listed = JSON.parse(tags.body) as { name: string; tags: string[] };
    expect({ ...listed, tags: listed.tags.sort() }).toEqual({ name: 'team/app', tags: ['1.0', '1.1'] }); // 2.8 does not sort
  });

  test('images survive a restart', async () => {
    const { client, runner } = scenario();
    const pod = await runner.restart('registry');
    expect(pod.alive).toBe(true);
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
  });
}
