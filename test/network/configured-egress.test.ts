// The NetworkPolicy lets the registry out to every address that its configuration and its variables name, and
// NOTES.txt tells of the rest.
import { Registry, type RegistryProps, S3Credentials, StorageBackend } from '../../lib';
import { destinationOf } from '../../lib/network/egress-rules';
import { manifest, newChart, problemsIn } from '../support/synth';

type Env = NonNullable<RegistryProps['env']>;

const port = (number: number) => ({ ports: [{ port: number, protocol: 'TCP' }] });
const address = (cidr: string, number: number) => ({ to: [{ ipBlock: { cidr } }], ...port(number) });
const namespace = (name: string) => ({
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }],
});
const OWN_NAMESPACE = { to: [{ podSelector: {} }] };

/** What is opened besides DNS, and what the notes say about the rest. */
function opened(extra: object, env: Env = [], more: RegistryProps = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    ingress: {},
    configuration: { extra: extra as never },
    env,
    ...more,
  });
  expect(problemsIn(chart)).toEqual([]);
  const [, ...rules] = manifest(chart, 'NetworkPolicy/registry').spec.egress;
  const [, told = ''] = /Allow egress that.*\n((?: +.*\n)*)/.exec(registry.notes()) ?? [];
  const lines = told.split('\n').map((line) => line.trim());
  return { rules, unknown: lines.filter((line) => line !== '' && !line.startsWith('Allow what is missing')) };
}

test.each<[name: string, extra: object, rules: object[]]>([
  ['nothing', {}, []],
  ['Redis as a Service', { redis: { addrs: ['redis.data.svc:6379'] } }, [namespace('data')]],
  [
    'Redis as a Service, its whole name',
    { redis: { addrs: ['redis.data.svc.cluster.local:6379'] } },
    [namespace('data')],
  ],
  ['Redis beside the registry', { redis: { addrs: ['redis:6379'] } }, [OWN_NAMESPACE]],
  ['Redis by its address', { redis: { addrs: ['10.1.2.3:6380'] } }, [address('10.1.2.3/32', 6380)]],
  ['Redis by an address of IPv6', { redis: { addrs: ['[fd00::1]:6379'] } }, [address('fd00::1/128', 6379)]],
  ['Redis elsewhere', { redis: { addrs: ['cache.example.com:6380'] } }, [port(6380)]],
  ['Redis without a port', { redis: { addrs: ['cache.example.com'] } }, [port(6379)]],
  ['Redis of registry 2.8', { redis: { addr: 'cache.example.com:6379' } }, [port(6379)]],
  [
    'several of Redis',
    { redis: { addrs: ['a.data.svc:1', 'b.data.svc:2', '10.0.0.1:3'] } },
    [namespace('data'), address('10.0.0.1/32', 3)],
  ],
  ['Redis in the pod', { redis: { addrs: ['localhost:6379'] } }, []],
  [
    'notifications',
    {
      notifications: {
        endpoints: [
          { name: 'a', url: 'http://listener.platform.svc/events' },
          { name: 'b', url: 'https://hooks.example.com:8443/x' },
        ],
      },
    },
    [namespace('platform'), port(8443)],
  ],
  [
    'notifications that are off',
    { notifications: { endpoints: [{ url: 'https://hooks.example.com', disabled: true }] } },
    [],
  ],
  ['an upstream', { proxy: { remoteurl: 'https://registry-1.docker.io' } }, [port(443)]],
  [
    'what health is checked by',
    { health: { http: [{ uri: 'http://10.0.0.8/ok' }], tcp: [{ addr: 'db.example.com:5432' }] } },
    [address('10.0.0.8/32', 80), port(5432)],
  ],
  [
    'mail',
    { log: { hooks: [{ type: 'mail', options: { smtp: { addr: 'mail.example.com:587' } } }] } },
    [port(587)],
  ],
  ['reports', { reporting: { newrelic: { name: 'images' } } }, [port(443)]],
])('by raw keys: %s', (_, extra, rules) => {
  expect(opened(extra)).toEqual({ rules, unknown: [] });
});

test.each<[name: string, env: Env, rules: object[]]>([
  ['a proxy', [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }], [port(3128)]],
  [
    'a proxy by its address, with a login',
    [{ name: 'HTTP_PROXY', value: 'http://me:$(PROXY_PASSWORD)@10.0.0.9:3128/' }],
    [address('10.0.0.9/32', 3128)],
  ],
  [
    'a proxy without a scheme',
    [{ name: 'https_proxy', value: 'proxy.egress.svc:3128' }],
    [namespace('egress')],
  ],
  [
    'both proxies',
    ['HTTP_PROXY', 'HTTPS_PROXY'].map((name) => ({ name, value: 'http://proxy.example.com:3128' })),
    [port(3128)],
  ],
  [
    'no proxy',
    [
      { name: 'NO_PROXY', value: '10.0.0.0/8,.svc' },
      { name: 'HTTPS_PROXY', value: '' },
    ],
    [],
  ],
  [
    'traces',
    [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel.tracing.svc:4318' }],
    [namespace('tracing')],
  ],
  [
    'keys of config.yml',
    [{ name: 'REGISTRY_REDIS_ADDRS', value: '["redis.data.svc:6379", "10.0.0.1:6379"]' }],
    [namespace('data'), address('10.0.0.1/32', 6379)],
  ],
  [
    'endpoints',
    [
      {
        name: 'REGISTRY_NOTIFICATIONS_ENDPOINTS',
        value: '- {name: a, url: "https://hooks.example.com:8443/x"}',
      },
    ],
    [port(8443)],
  ],
  ['others', [{ name: 'MY_ADDRESS', value: 'http://10.0.0.1' }], []],
])('by variables: %s', (_, env, rules) => {
  expect(opened({}, env)).toEqual({ rules, unknown: [] });
});

test.each<[name: string, extra: object, env: Env, unknown: string[]]>([
  [
    'a proxy of a Secret',
    {},
    [{ name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } }],
    ['HTTPS_PROXY is read from a Secret, ConfigMap or field.'],
  ],
  [
    'a proxy of another variable',
    {},
    [{ name: 'HTTPS_PROXY', value: 'http://$(HOST):3128' }],
    ['HTTPS_PROXY has no address that can be read here.'],
  ],
  [
    'sentinels',
    { redis: { addrs: [], mastername: 'main' } },
    [],
    ['The addresses of Redis come from its sentinels.'],
  ],
])('what can not be known is told: %s', (_, extra, env, unknown) => {
  expect(opened(extra, env)).toEqual({ rules: [], unknown });
  expect(opened(extra, env, { networkPolicy: { allowTo: [port(443) as never] } }).unknown).toEqual(unknown);
});

test('an upstream inside may send the registry elsewhere', () => {
  expect(opened({ proxy: { remoteurl: 'http://mirror.ci.svc:5000' } })).toEqual({
    rules: [namespace('ci')],
    unknown: ['The upstream of proxy.remoteurl may name other hosts for logins and blobs.'],
  });
});

test('without a policy nothing is told', () => {
  const registry = new Registry(newChart(), 'registry', {
    networkPolicy: { enabled: false },
    env: [{ name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } }],
  });
  expect(registry.notes()).not.toContain('NetworkPolicy does not know');
});

test.each<[endpoint: string, rule: object]>([
  ['https://minio.example.com:9000', port(9000)],
  ['https://10.0.0.5', address('10.0.0.5/32', 443)],
  ['https://minio.store.svc:9000', namespace('store')],
])('a storage at %s is opened once', (endpoint, rule) => {
  const credentials = S3Credentials.keys({ accessKeyId: 'a', secretAccessKey: 'b' });
  expect(
    opened({}, [], { storage: { backend: StorageBackend.s3({ bucket: 'images', endpoint, credentials }) } }),
  ).toEqual({
    rules: [rule],
    unknown: [],
  });
});

test.each<[text: string, found: object | undefined]>([
  ['a:1', { host: 'a', port: 1 }],
  ['A.Example.com:1', { host: 'a.example.com', port: 1 }],
  ['a', undefined],
  ['a:0', undefined],
  ['a:65536', undefined],
  ['http://a', { host: 'a', port: 80 }],
  ['rediss://u:p@a/0', { host: 'a', port: 6379 }],
  ['ftp://a', undefined],
  ['127.0.0.1:80', undefined],
  ['[::1]:80', undefined],
  ['a b:80', undefined],
  ['', undefined],
])('%j names an address, or not', (text, found) => {
  expect(destinationOf(text)).toEqual(found);
});
