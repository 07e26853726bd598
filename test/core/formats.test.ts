// Names, hosts, labels, keys and addresses, at the edges of what is accepted.
import {
  hostProblem,
  isDataKey,
  isDnsLabel,
  isDnsName,
  isHostName,
  isIpv4,
  isLabelValue,
  isMetadataKey,
  isObjectName,
  isPort,
  isVariableName,
} from '../../lib/core/formats';

const a = (count: number) => 'a'.repeat(count);

interface Rule {
  readonly accepts: (text: string) => boolean;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const RULES: Record<string, Rule> = {
  'a DNS label': {
    accepts: isDnsLabel,
    good: ['a', '0', 'a-b', 'a--b', 'registry2', a(63)],
    bad: ['', a(64), '-a', 'a-', 'A', 'a.b', 'a_b', 'ä', 'a b', 'a\n'],
  },
  'a DNS name': {
    accepts: isDnsName,
    good: ['a', 'a.b', 'registry.example.com', '10.0.0.1', `${a(63)}.${a(63)}`, `${'a.'.repeat(126)}a`],
    bad: ['', '.', 'a.', '.a', 'a..b', 'A.b', `${a(64)}.b`, `${'a.'.repeat(126)}ab`, 'a/b', '*.a'],
  },
  // The API server limits the whole name alone.
  'a name of an object': {
    accepts: isObjectName,
    good: ['a', 'a.b', a(253), `${a(64)}.b`],
    bad: ['', 'a.', 'a..b', 'A', 'a b', 'a_b', a(254)],
  },
  'a port': {
    accepts: isPort,
    good: ['1', '443', '65535'],
    bad: ['0', '0443', '65536', '', '-1', ' 1', '1e3'],
  },
  'a host name': {
    accepts: isHostName,
    good: ['registry', 'registry.example.com', '3.example.com', 'xn--bcher-kva.example'],
    bad: ['10.0.0.1', '10.0.0.300', 'registry.1', '7', 'Registry', ''],
  },
  'an IPv4 address': {
    accepts: isIpv4,
    good: ['0.0.0.0', '10.0.0.1', '255.255.255.255'],
    bad: [
      '256.0.0.1',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.',
      '010.0.0.1',
      '10.0.0.00',
      'a.b.c.d',
      '1.2.3.-4',
      '1e1.2.3.4',
      '::1',
      ' 1.2.3.4',
      '',
    ],
  },
  'a label value': {
    accepts: isLabelValue,
    good: ['', 'a', 'A.b_c-d', '0', a(63)],
    bad: [a(64), '-a', 'a.', '_a', 'a b', 'a/b', 'ä'],
  },
  'a label or annotation key': {
    accepts: isMetadataKey,
    good: ['app', 'app.kubernetes.io/name', 'Team', `example.com/${a(63)}`],
    bad: ['', '/a', 'a/', 'a/b/c', 'Example.com/a', `example.com/${a(64)}`, 'my key', '-a'],
  },
  'a key of a Secret': {
    accepts: isDataKey,
    good: ['htpasswd', 'tls.crt', '_', '.hidden', '...', a(253)],
    bad: ['', '.', '..', 'a/b', 'a b', 'ä', a(254)],
  },
  "a variable's name": {
    accepts: isVariableName,
    good: ['A', 'HTTP_PROXY', '_', 'a.b-c', 'A1'],
    bad: ['', '1A', 'A B', 'A=B', 'Ä'],
  },
};

describe.each(Object.entries(RULES))('%s', (_, { accepts, good, bad }) => {
  test.each(good)('is %j', (text) => expect(accepts(text)).toBe(true));
  test.each(bad)('is not %j', (text) => expect(accepts(text)).toBe(false));
});

test.each(['registry', 'registry.example.com', 'localhost', '3.example.com'])('%s is a host', (host) => {
  expect(hostProblem(host)).toBeUndefined();
});

test.each([
  ['https://registry.example.com', 'has a scheme', 'registry.example.com'],
  ['HTTP://Registry:80/v2?a=b', 'has a scheme', 'registry'],
  ['https://', 'has a scheme', 'registry.example.com'],
  ['registry.example.com/', 'has a path', 'registry.example.com'],
  ['registry.example.com?a', 'has a path', 'registry.example.com'],
  ['registry:443', 'has a port', 'registry'],
  ['registry:', 'has a port', 'registry'],
  ['::1', 'is an IPv6 address', 'registry.example.com'],
  ['fe80::1', 'is an IPv6 address', 'registry.example.com'],
  ['10.0.0.1', 'is an address, not a host name', 'registry.example.com'],
  ['*.example.com', 'is a wildcard', 'registry.example.com'],
  ['*.', 'is a wildcard', 'registry.example.com'],
  ['Registry', 'is not a host name in lower case', 'registry'],
  ['a_b', 'is not a host name in lower case', 'registry.example.com'],
  ['', 'is not a host name in lower case', 'registry.example.com'],
])('%j %s; write %j', (host, what, instead) => {
  expect(hostProblem(host)).toEqual({ what, instead });
});
