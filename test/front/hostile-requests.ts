// What the hostile requests are: each as it is sent, under a name.

export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const UUID = '01234567-89ab-cdef-0123-456789abcdef';
export const LOGINS = { nobody: '', alice: login('alice', 'of alice'), bob: login('bob', 'of bob') };

function login(user: string, password: string): string {
  return `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`;
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
/** What the grammar permits. */
export const VALID = [
  '/v2/public/a/manifests/v1',
  '/v2/team/old/manifests/v1',
  '/v2/secret/a/tags/list?n=1',
  `/v2/public/a/blobs/${DIGEST}`,
  `/v2/team/a/blobs/uploads/?mount=${DIGEST}&from=public/a`,
  `/v2/team/a/blobs/uploads/?mount=${DIGEST}&from=secret/a`,
  `/v2/team/a/blobs/uploads/${UUID}?_state=x&digest=${DIGEST}`,
];
const FORM = `mount=${DIGEST}&from=secret/a`;

export function request(line: string, headers = '', body = ''): string {
  return `${line}\r\nHost: registry\r\n${headers}Connection: close\r\n\r\n${body}`;
}

/** By a name, what is sent; `LOGIN` stands for the user's login. */
export const HOSTILE: Readonly<Record<string, string>> = {
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
