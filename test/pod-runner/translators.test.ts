// What the translators of routes make of objects, and that they refuse what they would otherwise pass over.
// Needs no programs.

import { gatewayHosts } from '../../tools/pod-runner/gateway';
import { type Manifest, Objects } from '../../tools/pod-runner/manifests';
import { parse, traefikHosts } from '../../tools/pod-runner/traefik';
import { synthesize } from '../e2e/scenario';

const APP = 'test/e2e/apps/routes.ts';
const traefik = synthesize(APP, { ROUTE: 'IngressRoute', STRIP: '1', TLS_IN_POD: '1' }).manifests;
const login = synthesize('test/e2e/apps/ui.ts', { ROUTE: 'IngressRoute', UI_LOGIN: '1' }).manifests;
const gateway = synthesize(APP, { ROUTE: 'HTTPRoute', TLS_IN_POD: '1' }).manifests;

type Path = readonly (string | number)[];

/** A copy in which one value of one object is another. */
function planted(manifests: readonly Manifest[], id: string, path: Path, value: unknown): Objects {
  const copies = structuredClone(manifests) as Manifest[];
  const target = copies.find(({ kind, name }) => `${kind}/${name}` === id);
  if (target === undefined) throw new Error(`there is no ${id}`);
  let place = target.body as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  place[path.at(-1) as string | number] = value;
  return new Objects(copies);
}

const route = ['spec', 'routes', 0] as const;
const rule = ['spec', 'rules', 0] as const;

test('an IngressRoute becomes locations that fit text prefixes, the stripped one and the one with TLS', () => {
  const locations = traefikHosts(new Objects(traefik)).flatMap((host) => host.locations);
  expect(locations).toEqual([
    {
      match: '/',
      namespace: 'registry',
      service: 'registry',
      port: 5000,
      tls: { name: 'registry.example.com', roots: expect.any(String) },
    },
    { match: '= /ui', namespace: 'registry', service: 'registry-ui', port: 80 },
    { match: '^~ /ui/', namespace: 'registry', service: 'registry-ui', port: 80, strip: '/ui' },
  ]);
});

test('a login of Traefik becomes one for its locations, by the only key of its Secret', () => {
  const hosts = traefikHosts(new Objects(login));
  const locations = hosts
    .flatMap((host) => host.locations)
    .filter(({ service }) => service === 'registry-ui');
  expect(locations).toHaveLength(2);
  for (const location of locations) {
    expect(location.login?.realm).toBe('Registry Realm');
    expect(String(location.login?.users)).toMatch(/^admin:\$2/);
  }
});

test('a Secret with a second key is refused as the users of a login', () => {
  const two = planted(login, 'Secret/registry-auth', ['data', 'another'], 'a2V5');
  expect(() => traefikHosts(two)).toThrow('Secret registry-auth has 2 keys, and Traefik wants one');
});

test('an HTTPRoute becomes locations that fit whole path elements', () => {
  const locations = gatewayHosts(new Objects(gateway)).flatMap((host) => host.locations);
  expect(locations.map(({ match, service, tls }) => [match, service, tls?.name])).toEqual([
    ['/', 'registry', 'registry.example.com'],
    ['= /ui', 'registry-ui', undefined],
    ['^~ /ui/', 'registry-ui', undefined],
  ]);
});

test.each([
  'HostRegexp(`.*`)',
  'Host(`a.example.com`, `b.example.com`)',
  'Host(`a.example.com`) || Host(`b.example.com`)',
  'Host(`a.example.com`) && Headers(`X`, `y`)',
  'Host(`a.example.com`) && Path(`/a b`)',
  'Host(`a.example.com`) && (Path(`/a`) && Method(`GET`))',
  'PathPrefix(`/`)',
])('the rule %s is refused', (text) => {
  expect(() => parse(text)).toThrow('is not understood');
});

test.each<[string, string, Path, unknown, string]>([
  [
    'another entry point',
    'IngressRoute/registry',
    ['spec', 'entryPoints'],
    ['metrics'],
    'expected "web" or "websecure"',
  ],
  ['no entry point', 'IngressRoute/registry', ['spec', 'entryPoints'], [], 'one entry point is understood'],
  [
    'TLS on the entry point without',
    'IngressRoute/registry',
    ['spec', 'entryPoints'],
    ['web'],
    'web does not fit its tls',
  ],
  [
    'a resolver that is not there',
    'IngressRoute/registry',
    ['spec', 'tls'],
    { certResolver: 'le' },
    'Traefik has no resolver le',
  ],
  [
    'neither Secret nor resolver',
    'IngressRoute/registry',
    ['spec', 'tls'],
    {},
    'a Secret or a resolver is understood',
  ],
  ['a priority', 'IngressRoute/registry', [...route, 'priority'], 1, 'does not understand this field'],
  [
    'two services',
    'IngressRoute/registry',
    [...route, 'services'],
    Array(2).fill({ name: 'registry', port: 5000 }),
    'one service',
  ],
  [
    'a transport that is not there',
    'IngressRoute/registry',
    [...route, 'services', 0, 'serversTransport'],
    'none',
    'found 0 of them',
  ],
  [
    'a buffering middleware',
    'Middleware/registry-ui',
    ['spec'],
    { buffering: {} },
    'does not understand this field',
  ],
  [
    'no verification',
    'ServersTransport/registry',
    ['spec', 'insecureSkipVerify'],
    true,
    'does not understand this field',
  ],
  [
    'a Secret without a CA',
    'ServersTransport/registry',
    ['spec', 'rootCAsSecrets'],
    ['registry-auth'],
    'neither tls.ca nor ca.crt',
  ],
  [
    'a rule whose length hides the page',
    'IngressRoute/registry',
    [...route, 'match'],
    'Host(`registry.example.com`) && (PathPrefix(`/ui`) || PathPrefix(`/v2`))',
    'takes its requests',
  ],
])('an IngressRoute with %s is refused', (_, id, path, value, message) => {
  expect(() => traefikHosts(planted(traefik, id, path, value))).toThrow(message);
});

test.each<[string, string, Path, unknown, string]>([
  ['no Gateway', 'HTTPRoute/registry', ['spec', 'parentRefs'], [], 'one Gateway is understood'],
  [
    'a Gateway that is not there',
    'HTTPRoute/registry',
    ['spec', 'parentRefs', 0, 'name'],
    'none',
    'found 0 of them',
  ],
  [
    'a listener for another host',
    'Gateway/registry',
    ['spec', 'listeners', 0, 'hostname'],
    'x.example.com',
    'has 0 listeners',
  ],
  ['HTTPS on 80', 'Gateway/registry', ['spec', 'listeners', 0, 'port'], 80, 'port 80 does not fit'],
  ['no time for requests', 'HTTPRoute/registry', [...rule, 'timeouts'], undefined, 'may be cut at any time'],
  ['a limit of time', 'HTTPRoute/registry', [...rule, 'timeouts', 'request'], '60s', 'expected "0s"'],
  ['a filter', 'HTTPRoute/registry', [...rule, 'filters'], [], 'does not understand this field'],
  [
    'an exact path',
    'HTTPRoute/registry',
    [...rule, 'matches', 0, 'path', 'type'],
    'Exact',
    'expected "PathPrefix"',
  ],
  [
    'the roots of the system',
    'BackendTLSPolicy/registry',
    ['spec', 'validation', 'wellKnownCACertificates'],
    'System',
    'does not understand',
  ],
])('an HTTPRoute with %s is refused', (_, id, path, value, message) => {
  expect(() => gatewayHosts(planted(gateway, id, path, value))).toThrow(message);
});
