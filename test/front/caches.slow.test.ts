// Caches behind the front, with the real nginx and registries: images of other registries by path and by `?ns=`,
// and the rules that are asked for them.
import { AccessRule, RegistryAccess, Subject } from '../../lib/index';
import { describeWith } from '../../tools/programs';
import { RunningCache } from '../caches/running-cache';
import { Upstream } from '../caches/upstream';
import { RunningFront } from './running-front';

const USERS = { ci: 'password of ci', dev: 'password of dev' };
type User = keyof typeof USERS;
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

describeWith('caches behind the front', ['registry3', 'nginx'], () => {
  const hub = new Upstream();
  const team = new Upstream();
  let caches: RunningCache[];
  let front: RunningFront;
  let digest: string;

  beforeAll(async () => {
    await Promise.all([hub.start(), team.start()]);
    ({ digest } = hub.push('1.0', 'of the hub'));
    hub.push('1.1', 'of the hub, later');
    team.push('1.0', 'of the team');
    caches = [new RunningCache({ upstream: hub }), new RunningCache({ upstream: team })];
    await Promise.all(caches.map((cache) => cache.start()));
    front = new RunningFront({
      users: USERS,
      access: RegistryAccess.rules([
        AccessRule.pull('docker.io/library/*').toEveryone(),
        AccessRule.pull('docker.io/**').to(Subject.user('dev')),
        AccessRule.push('**').to(Subject.user('ci')),
        AccessRule.remove('**').to(Subject.user('ci')),
      ]),
      more: {
        caches: ['docker.io', 'team.example.com:5000'].map((upstream, index) => ({
          upstream,
          path: upstream.replace(':', '_'),
          host: '127.0.0.1',
          port: (caches[index] as RunningCache).port,
          pods: {},
          podPort: 5000,
        })),
      },
    });
    await front.start();
  });
  afterAll(async () => {
    await front?.stop();
    await Promise.all((caches ?? []).map((cache) => cache.stop()));
    await Promise.all([hub.goAway(), team.goAway()]);
  });
  beforeEach(() => {
    hub.repositories.clear();
    team.repositories.clear();
  });

  function ask(path: string, user?: User, method = 'GET'): Promise<Response> {
    const login = user && `Basic ${Buffer.from(`${user}:${USERS[user]}`).toString('base64')}`;
    const headers = { Accept: MANIFEST, ...(login && { Authorization: login }) };
    return fetch(`${front.url}/v2/${path}`, { method, headers });
  }
  const status = async (...request: Parameters<typeof ask>) => (await ask(...request)).status;

  test('by the first part of the name', async () => {
    const answer = await ask('docker.io/team/app/manifests/1.0', 'dev');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('docker-content-digest')).toBe(digest);
    expect([...hub.repositories]).toEqual(['team/app']);
    expect(await status('team.example.com_5000/app/manifests/1.0', 'ci')).toBe(200);
    expect([...team.repositories]).toEqual(['app']);
  });

  test('by the registry that containerd names, with a path or without', async () => {
    for (const path of [
      'team/app/manifests/1.0?ns=docker.io',
      'docker.io/team/app/manifests/1.0?ns=docker.io',
    ])
      expect(await status(path, 'dev')).toBe(200);
    expect([...hub.repositories]).toEqual(['team/app']);
    for (const ns of ['team.example.com:5000', 'team.example.com%3A5000'])
      expect(await status(`app/manifests/1.0?ns=${ns}`, 'ci')).toBe(200);
    expect([...team.repositories]).toEqual(['app']);
  });

  test("Docker Hub's images of one part", async () => {
    expect(await status('docker.io/alpine/manifests/1.0')).toBe(200);
    expect(await status('alpine/manifests/1.0?ns=docker.io')).toBe(200);
    expect([...hub.repositories]).toEqual(['library/alpine']);
  });

  test('rules are asked by the whole name, whichever way it came', async () => {
    for (const path of ['docker.io/team/app/manifests/1.0', 'team/app/manifests/1.0?ns=docker.io'])
      expect(await status(path)).toBe(401);
    for (const path of [
      'team.example.com_5000/app/manifests/1.0',
      'app/manifests/1.0?ns=team.example.com:5000',
    ])
      expect(await status(path, 'dev')).toBe(403);
    expect([...hub.repositories, ...team.repositories]).toEqual([]);
  });

  test('all other names, and all other registries, are those of the registry itself', async () => {
    for (const path of [
      'team/app/manifests/1.0',
      'team/app/manifests/1.0?ns=quay.io',
      'docker.iox/a/manifests/1.0',
    ])
      expect(await status(path, 'ci')).toBe(404);
    // A tag is asked for, and not a registry.
    expect(await status('team/app/tags/list?last=ns=docker.io', 'ci')).not.toBe(200);
    expect([...hub.repositories, ...team.repositories]).toEqual([]);
  });

  test('nothing is pushed to a cache', async () => {
    expect(await status('docker.io/library/app/blobs/uploads/', 'ci', 'POST')).toBe(405);
    expect(await status(`docker.io/library/app/manifests/${digest}`, 'ci', 'DELETE')).toBe(405);
  });

  test('the next page of tags is named as the client asked', async () => {
    const answer = await ask('docker.io/team/app/tags/list?n=1', 'dev');
    expect(await answer.json()).toMatchObject({ tags: ['1.0'] });
    expect(answer.headers.get('link')).toContain('</v2/docker.io/team/app/tags/list?');
  });

  test('the log has the whole name', async () => {
    await status('team/app/manifests/1.0?ns=docker.io', 'dev');
    expect(front.audit().at(-1)).toMatchObject({
      repository: 'docker.io/team/app',
      user: 'dev',
      status: 200,
    });
  });
});
