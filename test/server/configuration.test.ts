// config.yml, whole, for both lines of the registry and for each thing that can be set in it.
import { Duration } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  FixedStore,
  Registry,
  RegistryAuth,
  type RegistryAuthOptions,
  RegistryConfiguration,
  type RegistryConfigurationOptions,
  RegistryCredentials,
  RegistryLogFormat,
  RegistryLogLevel,
  RegistryStorage,
  RegistryTls,
  RegistryVersion,
  TlsTermination,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

interface Parts {
  readonly version?: RegistryVersion;
  readonly auth?: RegistryAuthOptions;
  readonly deletion?: boolean;
  readonly termination?: TlsTermination;
}

function configurationOf(
  options: RegistryConfigurationOptions = {},
  { version, auth, deletion, termination }: Parts = {},
) {
  const chart = newChart();
  const configuration = new RegistryConfiguration(chart, 'configuration', {
    ...options,
    version,
    auth: new RegistryAuth(chart, 'auth', auth),
    storage: new RegistryStorage(chart, 'storage', { deletion }),
    tls: termination && new RegistryTls(chart, 'tls', { termination }),
  });
  return { chart, configuration, config: parse(configuration.toYaml()) };
}

const EXPECTED = `version: "0.1"
log:
  level: info
  formatter: text
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: /var/lib/registry
  delete:
    enabled: false
  maintenance:
    uploadpurging:
      enabled: true
      age: 24h
      interval: 6h
      dryrun: false
auth:
  htpasswd:
    realm: Registry Realm
    path: /auth/htpasswd
http:
  addr: :5000
  relativeurls: true
  draintimeout: 300s
  headers:
    X-Content-Type-Options:
      - nosniff
health:
  storagedriver:
    enabled: true
    interval: 10s
    threshold: 3
`;

test.each([
  [undefined, '/etc/distribution/config.yml'],
  [RegistryVersion.V3, '/etc/distribution/config.yml'],
  [RegistryVersion.V2, '/etc/docker/registry/config.yml'],
])('config.yml of %s is whole and stands at %s', (version, path) => {
  const { chart, configuration } = configurationOf({}, { version });
  expect(configuration.toYaml()).toBe(EXPECTED);
  expect(configuration.path).toBe(path);
  expect(configuration.configMapName).toBe('registry-config');
  expect(manifest(chart, 'ConfigMap/registry-config').data).toEqual({ 'config.yml': EXPECTED });
});

test('without a login it has no auth', () => {
  expect(
    configurationOf({}, { auth: { credentials: RegistryCredentials.anonymous() } }).config,
  ).not.toHaveProperty('auth');
});

test('realm and key of the htpasswd file', () => {
  const { config } = configurationOf({}, { auth: { realm: 'Team A: images' } });
  expect(config.auth).toEqual({ htpasswd: { realm: 'Team A: images', path: '/auth/htpasswd' } });
});

test('TLS that ends in the pod, without HTTP/2, which is slower for big layers', () => {
  const { config } = configurationOf({}, { termination: TlsTermination.POD });
  expect(config.http).toMatchObject({
    tls: { certificate: '/certs/tls.crt', key: '/certs/tls.key' },
    http2: { disabled: true },
  });
});

test('TLS that ends at the ingress is no business of the registry', () => {
  const { config } = configurationOf({}, { termination: TlsTermination.INGRESS });
  expect(Object.keys(config.http)).toEqual(['addr', 'relativeurls', 'draintimeout', 'headers']);
});

test('deletion', () => {
  expect(configurationOf({}, { deletion: true }).config.storage.delete).toEqual({ enabled: true });
});

test('the log', () => {
  const { config } = configurationOf({
    logLevel: RegistryLogLevel.WARN,
    logFormat: RegistryLogFormat.JSON,
    accessLog: false,
  });
  expect(config.log).toEqual({ level: 'warn', formatter: 'json', accesslog: { disabled: true } });
});

test('the drain timeout, in seconds', () => {
  const { config, configuration } = configurationOf({ drainTimeout: Duration.minutes(10) });
  expect(config.http.draintimeout).toBe('600s');
  expect(configuration.drainTimeout.toSeconds()).toBe(600);
});

describe('extra keys', () => {
  test('are merged map by map; lists and plain values replace', () => {
    // WHEN
    const { config } = configurationOf({
      extra: {
        log: { fields: { service: 'registry' } },
        http: {
          headers: { 'X-Content-Type-Options': ['nosniff', 'other'], 'X-Frame-Options': ['DENY'] },
          debug: { addr: ':5001' },
        },
        storage: { maintenance: { uploadpurging: { age: '72h' } } },
        health: null,
      },
    });

    // THEN
    expect(config.log).toEqual({
      level: 'info',
      formatter: 'text',
      accesslog: { disabled: true },
      fields: { service: 'registry' },
    });
    expect(config.http.headers).toEqual({
      'X-Content-Type-Options': ['nosniff', 'other'],
      'X-Frame-Options': ['DENY'],
    });
    expect(config.http.debug).toEqual({ addr: ':5001' });
    expect(config.http.addr).toBe(':5000');
    expect(config.storage.maintenance.uploadpurging).toEqual({
      enabled: true,
      age: '72h',
      interval: '6h',
      dryrun: false,
    });
    expect(config.health).toBeNull();
  });

  test('that are undefined are left out, at any depth; null is written', () => {
    const { config } = configurationOf({
      extra: { http: undefined, log: { level: undefined, fields: { a: undefined, b: null } } },
    });
    expect(config.http.addr).toBe(':5000');
    expect(config.log).toMatchObject({ level: 'info', fields: { b: null } });
    expect(Object.keys(config.log.fields)).toEqual(['b']);
  });

  test('named like what all objects have change nothing but themselves', () => {
    const { config } = configurationOf({
      extra: JSON.parse('{"__proto__": {"polluted": true}, "toString": {"a": 1}}'),
    });
    expect(Object.entries(config).at(-1)).toEqual(['toString', { a: 1 }]);
    expect({}).not.toHaveProperty('polluted');
  });
});

test.each([{ http: { tls: null } }, { storage: { maintenance: null } }, { storage: { filesystem: 'x' } }])(
  '%j is refused',
  (extra) => {
    const chart = newChart(new FixedStore(), { namespace: 'registry' });
    new Registry(chart, 'registry', {
      service: { type: ServiceType.LOAD_BALANCER },
      configuration: { extra },
    });
    expect(problemsIn(chart).join()).toContain('would remove all keys of this map');
  },
);

test.each([RegistryVersion.V2, RegistryVersion.V3])('layers elsewhere, as %s is told', (version) => {
  const of = (options: RegistryConfigurationOptions) => {
    return configurationOf(options, { version }).config.validation;
  };
  expect(of({})).toBeUndefined();
  expect(of({ foreignLayerUrls: [] })).toBeUndefined();
  const allow = ['^https://mcr\\.microsoft\\.com/'];
  expect(of({ foreignLayerUrls: allow })).toEqual({ manifests: { urls: { allow } } });
});
