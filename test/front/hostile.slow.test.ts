// Requests that try to reach more than the rules permit. Not only the status is looked at, but what came to
// the registry: each request that did is read here, by code that shares nothing with the front's. With tokens the
// registry itself says who may do what: there, each must be one that can be read in one way, and no write while the
// registry is read-only.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { numberFrom } from '../chart/equality/scope';
import { DIGEST, HOSTILE, LOGINS, request, UUID, VALID } from './hostile-requests';
import { type Received, Recorder } from './recorder';
import { describeWithNginxes, RunningFront } from './running-front';

jest.setTimeout(3_600_000);

const ACCESS = RegistryAccess.rules([
  AccessRule.pull('public/**').toEveryone(),
  AccessRule.push('team/**').to(Subject.user('alice')),
  AccessRule.remove('team/old').to(Subject.user('alice')),
]);

/** What is wrong with a request that reached the registry, sent by a user. */
function breach(user: keyof typeof LOGINS, received: Received): string | undefined {
  if (received.headers.authorization !== undefined) return 'a login reached the registry';
  const misread = misreading(received);
  if (misread !== undefined) return misread;
  const { method, name, from, upload } = partsOf(received);
  if (name === undefined) return undefined;
  const reads = ['GET', 'HEAD'].includes(method) && !upload;
  if (from !== undefined && !mayPull(user, from)) return `mounts from ${from}`;
  if (reads) return mayPull(user, name) ? undefined : `reads ${name}`;
  if (user !== 'alice') return `writes ${name}`;
  if (method === 'DELETE' && !upload) return name === 'team/old' ? undefined : `deletes from ${name}`;
  return name.startsWith('team/') ? undefined : `writes ${name}`;
}

/** What is wrong with it where the registry itself says who may do what. */
function breachOfTokens(received: Received, readOnly: boolean): string | undefined {
  const { method, path, upload, from } = partsOf(received);
  if (readOnly && (upload || !['GET', 'HEAD'].includes(method))) return 'a write';
  if (from !== undefined && !/^[a-z0-9]+(?:\/[a-z0-9]+)*$/.test(from)) return `mounts from ${from}`;
  return path === '/v2/_catalog' ? undefined : misreading(received);
}

function partsOf({ method, target }: Received) {
  const [path = '', query = ''] = target.split('?', 2);
  const parts = path.split('/').slice(2);
  const kind = ['manifests', 'blobs', 'tags', 'referrers'].find((word) => parts.includes(word));
  const isPing = path === '/v2/' || path === '/v2';
  const name = isPing || kind === undefined ? undefined : parts.slice(0, parts.lastIndexOf(kind)).join('/');
  const upload = kind === 'blobs' && parts.at(parts.lastIndexOf(kind) + 1) === 'uploads';
  const [from, ...more] = new URLSearchParams(query).getAll('from');
  return { method, path, isPing, kind, name, upload, from, more };
}

/** Whether the registry may read it in another way than nginx. */
function misreading(received: Received): string | undefined {
  const { method, headers, rawHeaders } = received;
  const forged = ['forwarded', 'x-forwarded-host', 'x-real-ip'].find((name) => headers[name] !== undefined);
  if (forged !== undefined) return `${forged} reached the registry`;
  if (rawHeaders.filter((text) => text.toLowerCase() === 'content-length').length > 1) return 'two lengths';
  const { path, isPing, kind, upload, more } = partsOf(received);
  if (isPing) return undefined;
  if (/[^\x21-\x7e]|\\|\/\/|\/\.|%(?!3[Aa])/.test(path)) return 'a path that can be read in two ways';
  if (kind === undefined) return 'not a request of a repository';
  if (more.length > 0) return 'two repositories to mount from';
  const writes = upload || !['GET', 'HEAD'].includes(method);
  return writes && /form/i.test(headers['content-type'] ?? '') ? 'a form' : undefined;
}

function mayPull(user: keyof typeof LOGINS, name: string): boolean {
  return name.startsWith('public/') || (user === 'alice' && name.startsWith('team/'));
}

/** Sends it as it stands, and gives everything that is answered: until nginx ends it, or within a moment of the last. */
async function sendTo(front: RunningFront, text: string): Promise<string> {
  const [host, port] = front.host.split(':');
  const socket = connect(Number(port), host);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => {});
  socket.setTimeout(text.includes('Connection: close') ? 10_000 : 1_000, () => socket.destroy());
  const closed = once(socket, 'close');
  socket.write(Buffer.from(text, 'utf8'));
  await closed;
  return answer;
}

describeWithNginxes('hostile requests', [], (nginx) => {
  const recorder = new Recorder();
  const front = new RunningFront({
    access: ACCESS,
    users: { alice: 'of alice', bob: 'of bob' },
    recorder,
    nginx,
  });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  const send = (text: string) => sendTo(front, text);

  describe.each(Object.entries(LOGINS) as [keyof typeof LOGINS, string][])('of %s', (user, header) => {
    test.each(Object.entries(HOSTILE))('%s', async (name, text) => {
      const answer = await send(text.replaceAll('LOGIN', header));
      const received = recorder.take();
      const asAlice =
        name === 'the login of the one before' || (name.startsWith('two logins') && user === 'alice');
      // Of several requests in one connection, the second has no login of its own.
      const breaches = received.map((one) => breach(asAlice ? 'nobody' : user, one)).filter(Boolean);
      expect(breaches).toEqual([]);
      expect(answer).not.toMatch(/HTTP\/1\.1 50[0234]/);
    });
  });

  test('what is permitted reaches the registry', async () => {
    await send(request('GET /v2/public/a/manifests/v1 HTTP/1.1'));
    await send(request('PUT /v2/team/a/manifests/v1 HTTP/1.1', `${LOGINS.alice}Content-Length: 0\r\n`));
    await send(request('DELETE /v2/team/old/manifests/v1 HTTP/1.1', LOGINS.alice));
    expect(recorder.take().map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /v2/public/a/manifests/v1',
      'PUT /v2/team/a/manifests/v1',
      'DELETE /v2/team/old/manifests/v1',
    ]);
  });

  test('paths and queries by chance', async () => {
    const piece = fc.constantFrom(
      ...[
        '/',
        '//',
        '.',
        '..',
        '%2e',
        '%2f',
        '%2F',
        '%3A',
        '%',
        '?',
        '&',
        '=',
        '#',
        ';',
        '\\',
        ':',
        '-',
        '_',
        '__',
        '~',
      ],
      ...[
        'v2',
        'public',
        'secret',
        'team',
        'old',
        'a',
        'A',
        'manifests',
        'blobs',
        'uploads',
        'tags',
        'list',
        '_catalog',
      ],
      ...[
        'from=secret/a',
        'mount=',
        DIGEST,
        UUID,
        'ns=docker.io',
        '_state=x',
        'digest=',
        'n=1',
        'last=a',
        'v1',
        '/v2/',
      ],
    );
    const pieces = (limit: number) => fc.array(piece, { maxLength: limit });
    const joined = fc
      .tuple(pieces(14), fc.constantFrom('', '/'))
      .map(([parts, between]) => `/v2/${parts.join(between)}`);
    // A request of the grammar, and something put into it.
    const nearMiss = fc.tuple(fc.constantFrom(...VALID), fc.nat(), pieces(2)).map(([valid, where, parts]) => {
      const at = where % (valid.length + 1);
      return `${valid.slice(0, at)}${parts.join('')}${valid.slice(at)}`;
    });
    const target = fc.oneof(joined, nearMiss);
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(
        target,
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'),
        fc.constantFrom(...(Object.keys(LOGINS) as (keyof typeof LOGINS)[])),
        async (path, method, user) => {
          await send(request(`${method} ${path} HTTP/1.1`, `${LOGINS[user]}Content-Length: 0\r\n`));
          const received = recorder.take();
          reached += received.length;
          expect(received.map((one) => breach(user, one)).filter(Boolean)).toEqual([]);
        },
      ),
      { numRuns: numberFrom('PROVE_REQUESTS', 500), seed: numberFrom('PROVE_SEED', 1) },
    );
    expect(reached).toBeGreaterThan(10);
  });
});

describeWithNginxes('hostile requests with tokens', [], (nginx) => {
  const recorder = new Recorder();
  const front = new RunningFront({
    access: RegistryAccess.rules([]),
    users: {},
    recorder,
    nginx,
    more: { htpasswdFile: undefined, tokens: true },
  });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  test.each([false, true])('read-only: %s', async (readOnly) => {
    if (readOnly) writeFileSync(front.readOnlyFile, '');
    let reached = 0;
    for (const [name, text] of Object.entries(HOSTILE)) {
      const answer = await sendTo(front, text.replaceAll('LOGIN', LOGINS.alice));
      const received = recorder.take();
      reached += received.length;
      const breaches = received.map((one) => breachOfTokens(one, readOnly)).filter(Boolean);
      expect([name, ...breaches]).toEqual([name]);
      expect(answer).not.toMatch(/HTTP\/1\.1 50[0234]/);
    }
    expect(reached).toBeGreaterThan(10);
    await sendTo(front, request('GET /v2/team/a/manifests/v1 HTTP/1.1', LOGINS.alice));
    const [{ headers }] = recorder.take() as [Received];
    expect(`Authorization: ${headers.authorization}\r\n`).toBe(LOGINS.alice);
  });
});
