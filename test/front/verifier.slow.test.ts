// Logins that a service elsewhere checks: its users and groups reach the rules, and what a client says of itself
// does not.
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { describeWith } from '../../tools/programs';
import { issue } from '../support/certificates';
import { newFolder } from '../support/folder';
import { Recorder } from './recorder';
import { RunningFront } from './running-front';

const ACCESS = RegistryAccess.rules([
  AccessRule.push('team/**').to(Subject.group('devs')),
  AccessRule.pull('own/**').to(Subject.user('carol')),
  AccessRule.pull('public/**').toEveryone(),
]);

/** What the service knows: users with the groups that it tells in its header. */
const KNOWN: Readonly<Record<string, string>> = {
  alice: 'ops,devs',
  carol: '',
  dave: 'developers,xdevs,devs2',
  mallory: 'a"b,devs',
  frank: 'authentik Admins|devs',
  'eve devs': 'devs',
};

describeWith('a verifier', ['nginx'], () => {
  let asked = 0;
  const service = createServer((request, response) => {
    asked += 1;
    const [user = ''] = Buffer.from(`${request.headers.authorization}`.slice(6), 'base64')
      .toString()
      .split(':');
    const groups = KNOWN[user];
    response.setHeader('Set-Cookie', 'session=1');
    response.setHeader('Cache-Control', 'no-store');
    if (request.headers['x-user'] !== undefined || groups === undefined)
      return response.writeHead(user === 'gone' ? 403 : 401).end();
    return response.writeHead(202, { 'X-User': user, 'X-Groups': groups }).end();
  });
  const recorder = new Recorder();
  let front: RunningFront;
  beforeAll(async () => {
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    front = new RunningFront({
      access: ACCESS,
      users: {},
      recorder,
      more: {
        htpasswdFile: undefined,
        verifier: {
          url: `http://127.0.0.1:${port}/auth`,
          userHeader: 'X-User',
          groupsHeader: 'X-Groups',
          caFile: '/not/read',
        },
      },
    });
    await front.start();
  });
  afterAll(async () => {
    await front.stop();
    service.closeAllConnections();
    service.close();
  });

  const ask = async (
    path: string,
    user: string | undefined,
    more: Record<string, string> = {},
    method = 'GET',
  ) => {
    const authorization = `Basic ${Buffer.from(`${user}:of ${user}`).toString('base64')}`;
    const headers = { ...(user !== undefined && { authorization }), ...more };
    return (await fetch(`${front.url}${path}`, { method, headers })).status;
  };
  const push = (user: string | undefined, more?: Record<string, string>) =>
    ask('/v2/team/a/blobs/uploads/', user, more, 'POST');

  test('its users and groups reach the rules', async () => {
    expect(await push('alice')).toBe(200);
    expect(await push('frank')).toBe(200);
    expect(await push('carol')).toBe(403);
    expect(await ask('/v2/own/a/tags/list', 'carol')).toBe(200);
    expect(await ask('/v2/own/a/tags/list', 'alice')).toBe(403);
  });

  test('a group is a whole word, and a list or a name of other letters is none', async () => {
    expect(await Promise.all([push('dave'), push('mallory'), push('eve devs')])).toEqual([403, 403, 403]);
  });

  test('who is refused there is refused here, in public repositories too', async () => {
    expect(await ask('/v2/public/a/tags/list', 'nobody-knows')).toBe(401);
    expect(await ask('/v2/public/a/tags/list', 'gone')).toBe(401);
    expect(await ask('/v2/public/a/tags/list', undefined)).toBe(200);
  });

  test('headers of the client say nothing', async () => {
    const forged = { 'X-User': 'alice', 'X-Groups': 'devs', 'Remote-User': 'alice', 'Remote-Groups': 'devs' };
    expect(await push(undefined, forged)).toBe(401);
    expect(await push('carol', forged)).toBe(403);
  });

  test('it is asked once for many clients, and a login that was right outlives it for a minute', async () => {
    const before = asked;
    await Promise.all(Array.from({ length: 64 }, () => ask('/v2/own/b/tags/list', 'carol')));
    expect(asked - before).toBeLessThanOrEqual(1);
    service.closeAllConnections();
    await once(service.close(), 'close');
    expect(await ask('/v2/own/a/tags/list', 'carol')).toBe(200);
    expect(await ask('/v2/own/a/tags/list', 'grace')).toBe(503);
  });
});

describeWith('a verifier over https', ['nginx'], () => {
  const folder = newFolder();
  let service: ReturnType<typeof createTlsServer>;
  beforeAll(async () => {
    const its = await issue({ commonName: 'its CA', signs: true });
    const another = await issue({ commonName: 'another CA', signs: true });
    // nginx runs as another user than root.
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'its.crt'), its.certificate);
    writeFileSync(join(folder, 'another.crt'), another.certificate);
    const own = await issue({ commonName: 'verifier', hosts: ['localhost'], ca: its });
    service = createTlsServer({ cert: own.certificate, key: own.privateKey }, (_, response) =>
      response.writeHead(202, { 'X-User': 'alice', 'X-Groups': 'devs' }).end(),
    );
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
  });
  afterAll(() => {
    service.closeAllConnections();
    service.close();
  });

  test.each([
    ['its', 200],
    ['another', 503],
  ])('has its certificate checked: %s CA', async (authority, status) => {
    const { port } = service.address() as AddressInfo;
    const front = new RunningFront({
      access: ACCESS,
      users: {},
      recorder: new Recorder(),
      more: {
        htpasswdFile: undefined,
        verifier: {
          url: `https://localhost:${port}/auth`,
          userHeader: 'X-User',
          groupsHeader: 'X-Groups',
          caFile: join(folder, `${authority}.crt`),
        },
      },
    });
    try {
      await front.start();
      const authorization = `Basic ${Buffer.from('alice:a').toString('base64')}`;
      const answer = await fetch(`${front.url}/v2/team/a/tags/list`, { headers: { authorization } });
      expect(answer.status).toBe(status);
    } finally {
      await front.stop();
    }
  });
});
