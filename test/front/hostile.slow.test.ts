// Requests that try to reach more than the rules permit. Not only the status is looked at, but what came to
// the registry: each request that did is read here, by code that shares nothing with the front's.
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { describeWith } from '../../tools/programs';
import { numberFrom } from '../chart/equality/scope';
import { type Received, Recorder } from './recorder';
import { RunningFront } from './running-front';

jest.setTimeout(3_600_000);

const ACCESS = RegistryAccess.rules([
  AccessRule.pull('public/**').toEveryone(),
  AccessRule.push('team/**').to(Subject.user('alice')),
  AccessRule.remove('team/old').to(Subject.user('alice')),
]);
const DIGEST = `sha256:${'a'.repeat(64)}`;
const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const LOGINS = { nobody: '', alice: login('alice', 'of alice'), bob: login('bob', 'of bob') };

function login(user: string, password: string): string {
  return `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`;
}

/** What is wrong with a request that reached the registry, sent by a user. */
function breach(
  user: keyof typeof LOGINS,
  { method, target, headers, rawHeaders }: Received,
): string | undefined {
  if (headers.authorization !== undefined) return 'a login reached the registry';
  const forged = ['forwarded', 'x-forwarded-host', 'x-real-ip'].find((name) => headers[name] !== undefined);
  if (forged !== undefined) return `${forged} reached the registry`;
  if (rawHeaders.filter((text) => text.toLowerCase() === 'content-length').length > 1) return 'two lengths';
  const [path = '', query = ''] = target.split('?', 2);
  if (path === '/v2/' || path === '/v2') return undefined;
  if (/[^\x21-\x7e]|\\|\/\/|\/\.|%(?!3[Aa])/.test(path)) return 'a path that can be read in two ways';
  const parts = path.split('/').slice(2);
  const kind = ['manifests', 'blobs', 'tags', 'referrers'].find((word) => parts.includes(word));
  if (kind === undefined) return 'not a request of a repository';
  const name = parts.slice(0, parts.lastIndexOf(kind)).join('/');
  const upload = kind === 'blobs' && parts.at(parts.lastIndexOf(kind) + 1) === 'uploads';
  const reads = ['GET', 'HEAD'].includes(method) && !upload;
  const from = [...new URLSearchParams(query).getAll('from')];
  if (from.length > 1) return 'two repositories to mount from';
  if (from[0] !== undefined && !mayPull(user, from[0])) return `mounts from ${from[0]}`;
  if (reads) return mayPull(user, name) ? undefined : `reads ${name}`;
  if (user !== 'alice') return `writes ${name}`;
  if (method === 'DELETE' && !upload) return name === 'team/old' ? undefined : `deletes from ${name}`;
  if (headers['content-type'] !== undefined && /form/i.test(headers['content-type'])) return 'a form';
  return name.startsWith('team/') ? undefined : `writes ${name}`;
}

function mayPull(user: keyof typeof LOGINS, name: string): boolean {
  return name.startsWith('public/') || (user === 'alice' && name.startsWith('team/'));
}

const READS = [
  'secret/a/manifests/v1',
  'public/../secret/a/manifests/v1',
  'public/..%2fsecret/a/manifests/v1',
  'public/%2e%2e/secret/a/manifests/v1',
  'public/.%2e/secret/a/manifests/v1',
  'public/..;/secret/a/manifests/v1',
  'public/a/../../secret/a/manifests/v1',
  'public/a/manifests/../../../secret/a/manifests/v1',
  'public/a/manifests/..%2f..%2f..%2fsecret%2fa%2fmanifests%2fv1',
  'public//secret/a/manifests/v1',
  '/public/a/manifests/v1',
  './secret/a/manifests/v1',
  'public/a/./manifests/v1',
  'public\\..\\secret/a/manifests/v1',
  'public%5c..%5csecret/a/manifests/v1',
  'public/a%00/manifests/v1',
  'public/a%0a/manifests/v1',
  'public/a%0d%0aX:%20y/manifests/v1',
  'public/a%20/manifests/v1',
  'public/a%252e%252e/manifests/v1',
  'public/%61/manifests/v1',
  'public%2fa/manifests/v1',
  'PUBLIC/a/manifests/v1',
  'Public/a/manifests/v1',
  'publıc/a/manifests/v1',
  'public/a/manifests/v1#/../../secret',
  'public/a/manifests/v1%23',
  'public/a/manifests/v1/../../../../secret/a/manifests/v1',
  'public/a/manifests/v1;secret/a/manifests/v1',
  'secret/a/manifests/v1?ns=public',
  'public/a/manifests/v1?ns=../secret',
  'public/a/manifests/v1?path=/v2/secret/a',
  'secret/manifests/public/manifests/v1',
  'public/blobs/uploads/manifests/v1',
  'secret/a/tags/list?public/a/tags/list',
  'secret/a/tags/list?last=../../public',
  'secret/a/tags/list?n=1&n=2',
  'secret/a/tags/list/',
  'public/a/tags/list/../../../secret/a/tags/list',
  `secret/a/blobs/${DIGEST}`,
  `public/a/blobs/${DIGEST}/../../../../secret/a/blobs/${DIGEST}`,
  `secret/a/blobs/sha256%3A${'a'.repeat(64)}`,
  `secret/a/referrers/${DIGEST}`,
  `public/a/blobs/uploads/${UUID}`,
  '_catalog',
  '_catalog?n=1',
  '_catalog/',
  '%5fcatalog',
  '_catalog?n=99999999999',
  '_ok',
  '../_ok',
  `${'a/'.repeat(200)}manifests/v1`,
  `public/${'a'.repeat(5000)}/manifests/v1`,
  `public/a/manifests/${'v'.repeat(129)}`,
  `public/${'a-'.repeat(100)}/manifests/v1`,
];
const MOUNTS = [
  `?mount=${DIGEST}&from=secret/a`,
  `?mount=${DIGEST}&from=secret%2Fa`,
  `?mount=${DIGEST}&from=secret%2fa`,
  `?from=secret/a&mount=${DIGEST}`,
  `?mount=${DIGEST}&from=public/a&from=secret/a`,
  `?mount=${DIGEST}&from=secret/a&from=public/a`,
  `?mount=${DIGEST}&%66rom=secret/a`,
  `?mount=${DIGEST}&FROM=secret/a`,
  `?mount=${DIGEST};from=secret/a`,
  `?mount=${DIGEST}&from=public/../secret/a`,
  `?mount=${DIGEST}&from=public%2F..%2Fsecret`,
  `?mount=${DIGEST}&from=/secret/a`,
  `?mount=${DIGEST}&from=secret/a%00`,
  `?mount=${DIGEST}&from=team/a%0aalice`,
  `?mount=${DIGEST}&from=`,
  `?mount=${DIGEST}&from=public/a`,
  '?from=secret/a',
  `?mount=${DIGEST}&mount=${DIGEST}&from=secret/a`,
];
const VALID = [
  '/v2/public/a/manifests/v1',
  '/v2/team/old/manifests/v1',
  '/v2/secret/a/tags/list?n=1',
  `/v2/public/a/blobs/${DIGEST}`,
  `/v2/team/a/blobs/uploads/?mount=${DIGEST}&from=public/a`,
  `/v2/team/a/blobs/uploads/?mount=${DIGEST}&from=secret/a`,
  `/v2/team/a/blobs/uploads/${UUID}?_state=x&digest=${DIGEST}`,
];
const FORM = `mount=${DIGEST}&from=secret/a`;

function request(line: string, headers = '', body = ''): string {
  return `${line}\r\nHost: registry\r\n${headers}Connection: close\r\n\r\n${body}`;
}

/** By a name, what is sent; `LOGIN` stands for the user's login. */
const HOSTILE: Readonly<Record<string, string>> = {
  ...each(READS, (path) => request(`GET /v2/${path} HTTP/1.1`, 'LOGIN')),
  ...each(MOUNTS, (query) =>
    request(`POST /v2/team/a/blobs/uploads/${query} HTTP/1.1`, 'LOGINContent-Length: 0\r\n'),
  ),
  ...each(['POST', 'PATCH', 'PUT'], (method) =>
    request(
      `${method} /v2/team/a/blobs/uploads/${method === 'POST' ? '' : UUID} HTTP/1.1`,
      `LOGINContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${FORM.length}\r\n`,
      FORM,
    ),
  ),
  ...each(
    ['get', 'Get', 'TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'POST', 'PUT', 'PATCH', 'DELETE', 'GET\tX'],
    (method) => request(`${method} /v2/public/a/manifests/v1 HTTP/1.1`, 'LOGIN'),
  ),
  ...each(
    [
      'X-HTTP-Method-Override: DELETE',
      'X-Original-URL: /v2/secret/a/manifests/v1',
      'X-Rewrite-URL: /v2/secret/a',
      'Remote-User: alice',
      'X-Peer: 127.0.0.1',
      'X-Forwarded-User: alice',
      'X-Forwarded-Host: evil',
      'Forwarded: host=evil',
      'X-Real-IP: 127.0.0.1',
      'X-Auth-Request-User: alice',
      'Remote-Groups: ,admins,',
    ],
    (header) => request('GET /v2/team/a/manifests/v1 HTTP/1.1', `LOGIN${header}\r\n`),
  ),
  'two logins': request('GET /v2/team/a/manifests/v1 HTTP/1.1', `LOGIN${LOGINS.bob}`),
  'two logins, the other way': request('GET /v2/team/a/manifests/v1 HTTP/1.1', `${LOGINS.bob}LOGIN`),
  'a login of lines': request(
    'GET /v2/team/a/manifests/v1 HTTP/1.1',
    'Authorization: Basic\r\n YWxpY2U6eA==\r\n',
  ),
  'bearer of a wrong password': request(
    'GET /v2/team/a/manifests/v1 HTTP/1.1',
    `Authorization: Bearer ${Buffer.from('alice:x').toString('base64')}\r\n`,
  ),
  'bearer that is no login': request(
    'GET /v2/team/a/manifests/v1 HTTP/1.1',
    'Authorization: Bearer alice\r\n',
  ),
  'bearer anonymous': request('GET /v2/team/a/manifests/v1 HTTP/1.1', 'Authorization: Bearer anonymous\r\n'),
  'anonymous with a tail': request(
    'GET /v2/team/a/manifests/v1 HTTP/1.1',
    'Authorization: Bearer anonymous\\n\r\n',
  ),
  'digest login': request(
    'GET /v2/team/a/manifests/v1 HTTP/1.1',
    'Authorization: Digest username="alice"\r\n',
  ),
  'absolute form': request('GET http://registry/v2/secret/a/manifests/v1 HTTP/1.1', 'LOGIN'),
  'absolute form with a user': request('GET http://alice@registry/v2/team/a/manifests/v1 HTTP/1.1', 'LOGIN'),
  'absolute form of two': request(
    'GET http://registry/v2/public/a/../../secret/a/manifests/v1 HTTP/1.1',
    'LOGIN',
  ),
  'HTTP/1.0': 'GET /v2/secret/a/manifests/v1 HTTP/1.0\r\nLOGIN\r\n',
  'HTTP/0.9': 'GET /v2/secret/a/manifests/v1\r\n',
  'HTTP/3.0': request('GET /v2/secret/a/manifests/v1 HTTP/3.0', 'LOGIN'),
  'two hosts': request('GET /v2/team/a/manifests/v1 HTTP/1.1', 'LOGINHost: evil\r\n'),
  'a host of another':
    'GET /v2/team/a/manifests/v1 HTTP/1.1\r\nHost: evil/../x\r\nLOGINConnection: close\r\n\r\n',
  'length and chunks': smuggled('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'),
  'chunks and length': smuggled('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n'),
  'chunks, spelt oddly': smuggled('Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n'),
  'chunks after a space': smuggled('Transfer-Encoding : chunked\r\nContent-Length: 4\r\n'),
  'chunks after a tab': smuggled('Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n'),
  'chunks twice': smuggled('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n'),
  'two lengths': smuggled('Content-Length: 4\r\nContent-Length: 400\r\n'),
  'a negative length': smuggled('Content-Length: -1\r\n'),
  'a length with a sign': smuggled('Content-Length: +4\r\n'),
  'a length of two': smuggled('Content-Length: 4, 400\r\n'),
  'a second request in a GET': `GET /v2/public/a/manifests/v1 HTTP/1.1\r\nHost: registry\r\nContent-Length: 64\r\nLOGIN\r\nGET /v2/secret/a/manifests/v1 HTTP/1.1\r\nHost: registry\r\nX: y\r\n\r\n`,
  'two in a row': `GET /v2/public/a/manifests/v1 HTTP/1.1\r\nHost: registry\r\nLOGIN\r\n${request('GET /v2/secret/a/manifests/v1 HTTP/1.1', 'LOGIN')}`,
  'the login of the one before': `GET /v2/public/a/manifests/v1 HTTP/1.1\r\nHost: registry\r\n${LOGINS.alice}\r\n${request('GET /v2/team/a/manifests/v1 HTTP/1.1')}`,
  'lines without returns': 'GET /v2/secret/a/manifests/v1 HTTP/1.1\nHost: registry\nLOGIN\n',
  'a null in a header': request('GET /v2/team/a/manifests/v1 HTTP/1.1', 'LOGINX: a\0b\r\n'),
  expect: request(
    'POST /v2/secret/a/blobs/uploads/ HTTP/1.1',
    'LOGINExpect: 100-continue\r\nContent-Length: 0\r\n',
  ),
  upgrade: request('GET /v2/secret/a/manifests/v1 HTTP/1.1', 'LOGINUpgrade: h2c\r\n'),
  range: request('GET /v2/secret/a/manifests/v1 HTTP/1.1', 'LOGINRange: bytes=0-1\r\n'),
};

function smuggled(headers: string): string {
  return `POST /v2/team/a/blobs/uploads/ HTTP/1.1\r\nHost: registry\r\n${headers}LOGIN\r\n0\r\n\r\nGET /v2/secret/a/manifests/v1 HTTP/1.1\r\nHost: registry\r\n\r\n`;
}

function each(texts: readonly string[], make: (text: string) => string): Record<string, string> {
  return Object.fromEntries(texts.map((text) => [`${JSON.stringify(text).slice(1, 70)}`, make(text)]));
}

describeWith('hostile requests', ['nginx'], () => {
  const recorder = new Recorder();
  const front = new RunningFront({
    access: ACCESS,
    users: { alice: 'of alice', bob: 'of bob' },
    recorder,
  });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  /** Sends it as it stands, and gives everything that is answered within a moment. */
  const send = async (text: string): Promise<string> => {
    const [host, port] = front.host.split(':');
    const socket = connect(Number(port), host);
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => {});
    socket.setTimeout(300, () => socket.destroy());
    const closed = once(socket, 'close');
    socket.write(Buffer.from(text, 'utf8'));
    await closed;
    return answer;
  };

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
