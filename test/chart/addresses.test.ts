// Ports and IP addresses are taken or refused alike by the constructs and by the chart: at each place where a URL, or a
// host with a port, is written.
import { isPlainIp } from '../../lib/core/addresses';
import { ChartSchema } from './chart-schema';
import { nested, type Values } from './value-sets/value-set';
import { registryOfValues } from './values-registry';

const S3 = {
  'storage.type': 's3',
  'storage.s3.bucket': 'images',
  'storage.s3.region': 'garage',
  'storage.s3.existingSecret': 'keys',
};
const AZURE = {
  'storage.type': 'azure',
  'storage.azure.accountName': 'images',
  'storage.azure.container': 'images',
  'storage.azure.existingSecret': 'keys',
};
const SWIFT = {
  'storage.type': 'swift',
  'storage.swift.container': 'images',
  'storage.swift.username': 'a',
  'storage.swift.existingSecret': 'keys',
  'image.tag': '2.8.3',
};
const TOKEN = {
  'auth.token.enabled': true,
  'auth.token.service': 'a',
  'auth.token.issuer': 'b',
  'auth.token.jwksSecret': 'jwks',
};
const ALERTS = {
  'alerts.enabled': true,
  'metrics.enabled': true,
  'metrics.serviceMonitor.enabled': true,
  'alerts.exporters': ['kube-state-metrics'],
};
const OPEN = { 'auth.enabled': false };

/** Values with a port at a place, and whether a rule of the chart refuses a wrong one, and not its schema. */
const PLACES: Record<string, readonly [(port: string) => Record<string, unknown>, 'rule' | 'schema']> = {
  'storage.s3.endpoint': [(port) => ({ ...S3, 'storage.s3.endpoint': `https://a.b:${port}` }), 'rule'],
  'storage.azure.endpoint': [
    (port) => ({ ...AZURE, 'storage.azure.endpoint': `https://a.b:${port}/` }),
    'rule',
  ],
  'storage.swift.authUrl': [
    (port) => ({ ...SWIFT, 'storage.swift.authUrl': `https://a.b:${port}/v3` }),
    'rule',
  ],
  'storage.descriptorCache.address': [
    (port) => ({
      ...S3,
      'storage.s3.endpoint': 'https://a.b',
      'storage.descriptorCache.type': 'redis',
      'storage.descriptorCache.address': `a.b:${port}`,
    }),
    'schema',
  ],
  pullAddress: [(port) => ({ pullAddress: `a.b:${port}` }), 'schema'],
  'global.imageRegistry': [(port) => ({ 'global.imageRegistry': `a.b:${port}` }), 'schema'],
  'image.repository': [
    (port) => ({ 'image.registry': '', 'image.repository': `a.b:${port}/registry` }),
    'schema',
  ],
  'ui.pullAddress': [
    (port) => ({ 'ui.enabled': true, 'ingress.enabled': true, host: 'c.d', 'ui.pullAddress': `a.b:${port}` }),
    'schema',
  ],
  'auth.verifier.url': [(port) => ({ 'auth.verifier.url': `http://a.b:${port}/auth` }), 'schema'],
  'auth.token.realm': [(port) => ({ ...TOKEN, 'auth.token.realm': `https://a.b:${port}/token` }), 'schema'],
  'nodeTrust.endpoint': [
    (port) => ({ 'nodeTrust.enabled': true, 'nodeTrust.endpoint': `https://a.b:${port}` }),
    'schema',
  ],
  'nodeTrust.mirrorOf': [
    (port) => ({ 'nodeTrust.enabled': true, 'nodeTrust.mirrorOf': [`a.b:${port}`] }),
    'schema',
  ],
  'localRegistryHosting.help': [
    (port) => ({ 'localRegistryHosting.enabled': true, 'localRegistryHosting.help': `https://a.b:${port}` }),
    'rule',
  ],
  'caches[].upstream': [(port) => ({ ...OPEN, caches: [{ upstream: `a.b:${port}` }] }), 'rule'],
  'caches[].upstreamUrl': [
    (port) => ({ ...OPEN, caches: [{ upstream: 'a.b', upstreamUrl: `https://c.d:${port}` }] }),
    'rule',
  ],
  'copies[].source': [
    (port) => ({ copies: [{ source: `a.b:${port}`, remote: { anonymous: true } }] }),
    'rule',
  ],
  'alerts.runbooksUrl': [(port) => ({ ...ALERTS, 'alerts.runbooksUrl': `https://a.b:${port}/` }), 'schema'],
};
const WRONG = ['0', '080', '00', '65536', '70000', '99999', '100000'];
const RIGHT = ['1', '5001', '65535'];
const schema = new ChartSchema();

describe.each(Object.entries(PLACES))('the port in %s', (_, [valuesOf, refusedBy]) => {
  const at = (port: string): Values => nested(valuesOf(port));

  test.each(RIGHT)('%s is taken', (port) => {
    expect(registryOfValues(at(port)).problems).toEqual([]);
    expect(schema.problems(at(port))).toEqual([]);
  });

  // What rules refuse is compared in refusals.slow.test.ts.
  test.each(WRONG)(`%s is refused by the constructs, and by a ${refusedBy} of the chart`, (port) => {
    expect(registryOfValues(at(port)).problems).not.toEqual([]);
    expect(schema.problems(at(port)).length > 0).toBe(refusedBy === 'schema');
  });
});

test('IP addresses of hosts and nameservers are the same ones', () => {
  const group = ['0', '1', 'ffff', '0db8', 'F', '00000', ''];
  const forms = group.flatMap((one) => [
    ...[0, 1, 5, 6, 7, 8, 9].map((count) => new Array(count).fill(one).join(':')),
    ...[0, 1, 3, 6, 7].flatMap((before) =>
      [0, 1, 3, 6, 7].map(
        (after) => `${new Array(before).fill(one).join(':')}::${new Array(after).fill(one).join(':')}`,
      ),
    ),
  ]);
  const addresses = [
    ...forms,
    ...[
      '1::2::3',
      ':::',
      ':1',
      '1:',
      'fe80::1%eth0',
      '[::1]',
      '::ffff:10.0.0.1',
      '2001:db8::1',
      '2001:DB8::1',
      '::1 ',
      '::g',
    ],
    ...['10.0.0.1', '010.0.0.1', '10.0.0', '10.0.0.256', '0.0.0.0', '10.0.0.1/8', 'localhost', '1.2.3.4.5'],
  ];
  const taken = addresses.filter(isPlainIp);
  expect(taken.length).toBeGreaterThan(20);
  const aliases = (ip: string) => ({ hostAliases: [{ ip, hostnames: ['a.b'] }] });
  expect(addresses.filter((ip) => schema.problems(aliases(ip)).length === 0)).toEqual(taken);
  for (const ip of ['2001:DB8::1', '::ffff:10.0.0.1', '0db8::1', '2001:db8::1', '10.0.0.1'])
    expect([ip, registryOfValues(aliases(ip)).problems.length === 0]).toEqual([ip, isPlainIp(ip)]);
});
