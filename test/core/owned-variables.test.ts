// Which variables of the registry's pod are refused because they would change what this library writes, and
// which pass.
import {
  DescriptorCache,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  S3Credentials,
  StorageBackend,
} from '../../lib';
import { type Manifest, manifest, newChart, problemsIn } from '../support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};
const BUCKET: RegistryProps = {
  ...OPEN,
  storage: {
    backend: StorageBackend.s3({
      bucket: 'images',
      region: 'eu-west-1',
      credentials: S3Credentials.keys({ accessKeyId: 'a', secretAccessKey: 'b' }),
    }),
  },
};

function problems(name: string, props: RegistryProps = {}): string[] {
  const chart = newChart();
  new Registry(chart, 'registry', { ...props, env: [{ name, value: 'x' }] });
  return problemsIn(chart).map((problem) => problem.replace(/^env\[0\]\.name: /, ''));
}

test.each<[variable: string, key: string, instead: string, props?: RegistryProps]>([
  ['REGISTRY_VERSION', 'version', ''],
  ['REGISTRY_HTTP', 'http', ', or write configuration: { extra: { http: {...} } }'],
  ['REGISTRY_HTTP_ADDR', 'http.addr', ', or write service: { port: ... } for the port that people use'],
  ['REGISTRY_HTTP_NET', 'http.net', ', or write service: { port: ... } for the port that people use'],
  [
    'REGISTRY_HTTP_PREFIX',
    'http.prefix',
    ', or give the registry a host of its own: clients put no path before /v2/',
  ],
  [
    'REGISTRY_STORAGE_MAINTENANCE_READONLY',
    'storage.maintenance.readonly',
    ', or write storage: { readOnly: ... } or storage: { uploadPurging: {...} }',
  ],
  [
    'REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED',
    'storage.maintenance.readonly',
    ', or write storage: { readOnly: ... } or storage: { uploadPurging: {...} }',
  ],
  ['REGISTRY_HTTP_DEBUG_ADDR', 'http.debug', ', or write metrics: {...}'],
  ['REGISTRY_HTTP_TLS_CERTIFICATE', 'http.tls.certificate', ', or write tls: {...}'],
  ['REGISTRY_HTTP_DRAINTIMEOUT', 'http.draintimeout', ', or write configuration: { drainTimeout: ... }'],
  ['REGISTRY_LOG_LEVEL', 'log.level', ', or write configuration: { logLevel: ... }'],
  ['REGISTRY_LOG', 'log', ', or write configuration: { logLevel, logFormat, accessLog }'],
  ['REGISTRY_AUTH', 'auth', ', or write auth: { credentials: ... }'],
  ['REGISTRY_AUTH_HTPASSWD_PATH', 'auth.htpasswd.path', ', or write auth: { credentials: ... }'],
  ['REGISTRY_AUTH_TOKEN_REALM', 'auth', ', or write auth: { credentials: ... }'],
  ['REGISTRY_STORAGE', 'storage', ', or write storage: { backend: ... }'],
  [
    'REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY',
    'storage.filesystem.rootdirectory',
    ', or write storage: { backend: ... }',
  ],
  ['REGISTRY_STORAGE_S3_BUCKET', 'storage', ', or write storage: { backend: ... }'],
  ['REGISTRY_STORAGE_S3_BUCKET', 'storage.s3.bucket', ', or write storage: { backend: ... }', BUCKET],
  ['REGISTRY_STORAGE_S3_SECRETKEY', 'storage.s3.secretkey', ', or write storage: { backend: ... }', BUCKET],
  ['REGISTRY_STORAGE_INMEMORY', 'storage', ', or write storage: { backend: ... }'],
  ['REGISTRY_STORAGE_DELETE_ENABLED', 'storage.delete.enabled', ', or write storage: { deletion: ... }'],
  [
    'REGISTRY_STORAGE_MAINTENANCE',
    'storage.maintenance',
    ', or write storage: { readOnly: ... } or storage: { uploadPurging: {...} }',
  ],
  ['REGISTRY_STORAGE_REDIRECT_DISABLE', 'storage.redirect', ', or write storage: { redirect: ... }'],
  ['REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR', 'storage.cache', ', or write storage: { descriptorCache: ... }'],
  [
    'REGISTRY_HEALTH_STORAGEDRIVER_ENABLED',
    'health.storagedriver.enabled',
    ', or write storage: { health: {...} }',
  ],
])('%s is refused, for it is %s', (variable, key, instead, ...[props]) => {
  expect(problems(variable, props)).toEqual([
    `"${variable}" would override ${key}, which this library sets; leave it out${instead}`,
  ]);
});

test.each<[variable: string, props?: RegistryProps]>([
  ['REGISTRY_LOG_FIELDS_SERVICE'],
  ['REGISTRY_HTTP_HOST'],
  ['REGISTRY_HTTP_HEADERS_X-Frame-Options'],
  ['REGISTRY_NOTIFICATIONS_EVENTS_INCLUDEREFERENCES'],
  ['REGISTRY_REDIS_USERNAME'],
  ['REGISTRY_PROXY_REMOTEURL'],
  ['REGISTRY_STORAGE_FILESYSTEM_MAXTHREADS'],
  ['REGISTRY_STORAGE_TAG_CONCURRENCYLIMIT'],
  ['REGISTRY_CATALOG_MAXENTRIES'],
  ['REGISTRY_AUTH_TOKEN_REALM', OPEN],
  ['REGISTRY_STORAGE_S3_V4AUTH', BUCKET],
  ['HTTPS_PROXY'],
  ['registry_http_addr'],
])('%s passes', (variable, ...[props]) => {
  expect(problems(variable, props)).toEqual([]);
});

test('what only some registries have is theirs there', () => {
  expect(
    problems('REGISTRY_STORAGE_CACHE', { storage: { descriptorCache: DescriptorCache.inMemory() } }),
  ).toHaveLength(1);
  expect(problems('REGISTRY_HTTP_HEADERS', {})).toHaveLength(1);
  const redis = { storage: { descriptorCache: DescriptorCache.redis('redis', { withoutTls: true }) } };
  for (const variable of [
    'REGISTRY_REDIS',
    'REGISTRY_REDIS_DB',
    'REGISTRY_REDIS_TLS_ROOTCAS',
    'REGISTRY_REDIS_USERNAME',
  ])
    expect(problems(variable, redis)).toEqual([
      expect.stringMatching(
        /would override redis.*leave it out, or write storage: { descriptorCache: ... }$/,
      ),
    ]);
  expect(problems('REGISTRY_REDIS_POOLSIZE', redis)).toEqual([]);
});

describe('variables of the library that people may have other wishes for', () => {
  const envOf = (env: { name: string; value: string }[]): Manifest[] => {
    const chart = newChart();
    new Registry(chart, 'registry', {
      env,
      garbageCollection: { onStart: true },
      storage: { deletion: true },
    });
    expect(problemsIn(chart)).toEqual([]);
    const { containers, initContainers } = manifest(chart, 'Deployment/registry').spec.template.spec;
    expect(initContainers[0].env).toEqual(containers[0].env);
    return containers[0].env;
  };

  test.each(['OTEL_TRACES_EXPORTER', 'GOGC', 'GOMEMLIMIT'])(
    '%s is replaced, once, in the collection too',
    (name) => {
      const env = envOf([{ name, value: 'mine' }]);
      expect(env.filter((entry) => entry.name === name)).toEqual([{ name, value: 'mine' }]);
      expect(env).toHaveLength(envOf([]).length);
    },
  );

  test('but not given twice', () => {
    const chart = newChart();
    new Registry(chart, 'registry', {
      env: [
        { name: 'GOGC', value: '1' },
        { name: 'GOGC', value: '2' },
      ],
    });
    expect(problemsIn(chart)).toEqual([
      'env[1].name: "GOGC" is already used in this pod; choose another name',
    ]);
  });
});
