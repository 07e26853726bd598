// What the front remembers of logins, and for how long: one hash for many clients, nothing in clear outside of
// its folder of memory, and the switch to read-only.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { describeWith } from '../../tools/programs';
import { numberFrom } from '../chart/equality/scope';
import { Recorder } from './recorder';
import { RunningFront } from './running-front';

const ACCESS = RegistryAccess.rules([
  AccessRule.push('team/**').toAllUsers(),
  AccessRule.pull('public/**').toEveryone(),
]);
/** Less than it really is, but in `npm run prove`. */
const REMEMBERED_SECONDS = numberFrom('PROVE_LOGIN_SECONDS', 4);
const PASSWORD = 'a password to look for';

describeWith('logins', ['nginx'], () => {
  const recorder = new Recorder();
  const front = new RunningFront({
    access: ACCESS,
    users: { alice: PASSWORD, bob: 'of bob' },
    recorder,
    rememberedSeconds: REMEMBERED_SECONDS,
  });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  const ask = async (path: string, user: string, password: string, method = 'GET') => {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const response = await fetch(`${front.url}${path}`, { method, headers: { authorization } });
    return { status: response.status, body: await response.text() };
  };

  test('64 clients at once cost one hash', async () => {
    const before = front.passwordChecks();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => ask('/v2/team/a/tags/list', 'alice', PASSWORD)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(front.passwordChecks() - before).toBe(1);
  });

  test('the token is the login, and everybody gets one of their own', async () => {
    const token = JSON.parse((await ask('/token', 'alice', PASSWORD)).body).token;
    const response = await fetch(`${front.url}/v2/team/a/tags/list`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    const anonymous = JSON.parse(await (await fetch(`${front.url}/token`)).text()).token;
    expect(anonymous).toBe('anonymous');
    expect((await ask('/token', 'alice', 'wrong')).status).toBe(401);
  });

  test('while the file is there, the registry is read-only', async () => {
    const upload = () => ask('/v2/team/a/blobs/uploads/', 'alice', PASSWORD, 'POST');
    expect((await upload()).status).toBe(200);
    writeFileSync(front.readOnlyFile, '');
    expect(await upload()).toEqual({ status: 405, body: expect.stringContaining('read-only') });
    expect((await ask('/v2/team/a/tags/list', 'alice', PASSWORD)).status).toBe(200);
    rmSync(front.readOnlyFile);
    expect((await upload()).status).toBe(200);
  });

  test('passwords are nowhere but in the folder of memory, which nobody else may read', async () => {
    await ask('/v2/team/a/tags/list', 'alice', PASSWORD);
    await ask('/v2/team/a/tags/list', 'alice', `${PASSWORD}!`);
    const basic = Buffer.from(`alice:${PASSWORD}`).toString('base64').slice(0, -4);
    const files = readdirSync(front.folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const found = files
      .map((file) => join(file.parentPath, file.name))
      .filter((file) => {
        const text = readFileSync(file, 'latin1');
        return text.includes(PASSWORD) || text.includes(basic);
      });
    expect(found.length).toBeGreaterThan(0);
    for (const file of found) {
      expect(file).toContain(join(front.folder, 'run', 'logins'));
      expect(statSync(file).mode & 0o077).toBe(0);
    }
  });

  test('a changed password counts at once, and the old one no longer once it is forgotten', async () => {
    expect((await ask('/v2/', 'bob', 'of bob')).status).toBe(200);
    front.writeUsers({ alice: PASSWORD, bob: 'new of bob' });
    expect((await ask('/v2/', 'bob', 'new of bob')).status).toBe(200);
    await sleep((REMEMBERED_SECONDS + 2) * 1000);
    expect((await ask('/v2/', 'bob', 'of bob')).status).toBe(401);
    expect((await ask('/v2/', 'bob', 'new of bob')).status).toBe(200);
  });

  test('the log says who was checked, who was only claimed, and what was refused', async () => {
    await ask('/v2/team/logged/tags/list', 'alice', PASSWORD);
    await ask('/v2/team/logged/tags/list', 'alice', 'wrong');
    await fetch(`${front.url}/v2/team/logged/tags/list`);
    await fetch(`${front.url}/`);
    // Two processes write it, each when it is done: not always in the order of answers.
    const logged = () =>
      front.audit().filter(({ repository, uri }) => repository === 'team/logged' || uri === '/');
    for (let tries = 0; tries < 100 && logged().length < 3; tries += 1) await sleep(100);
    const lines = logged().sort((one, other) => String(one.verdict).localeCompare(String(other.verdict)));
    expect(
      lines.map(({ user, claimed, action, status, verdict }) => [user, claimed, action, status, verdict]),
    ).toEqual([
      ['-', '', 'pull', 401, 'login'],
      ['alice', 'alice', 'pull', 200, 'ok'],
      ['-', 'alice', 'pull', 401, 'wrong_login'],
    ]);
  });
});
