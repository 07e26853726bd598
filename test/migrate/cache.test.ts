// Releases of the old charts that were pull-through caches: each becomes a registry with a cache on its host.
import { parse, stringify } from 'yaml';
import { migrate } from '../../lib/migrate/migration';
import { remarkLines, valuesText } from '../../lib/migrate/report';
import { Matter, MigrationOptions } from '../../lib/migrate/translation';
import { madeOf } from '../chart/given-values';

type Values = Readonly<Record<string, any>>;

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const USERS = { tlsSecretName: 'pair', secrets: { htpasswd: `alice:${HASH}` } };
const PASSWORD = 's3cr3t-of-the-upstream';
const LOGIN = { username: 'robot', password: PASSWORD };

/** What becomes of a release with this `proxy`, and what is said about it. */
function moved(proxy: Values, old: Values = {}, options: MigrationOptions = { release: 'docker-registry' }) {
  const migrated = migrate(
    stringify({ image: { tag: '3.1.0' }, proxy: { enabled: true, ...proxy }, ...old }),
    options,
  );
  const made = madeOf(migrated.values);
  expect(made).toMatchObject({ problems: [], unasked: [], misfits: [] });
  const text = valuesText(migrated);
  expect(text).not.toContain(PASSWORD);
  const values: Values = parse(text);
  const about = (key: string, matter?: Matter) =>
    migrated.remarks
      .filter((one) => one.key === key && (matter === undefined || one.matter === matter))
      .map((one) => one.text)
      .join('\n');
  return {
    cache: values.caches?.[0] as Values,
    about,
    remarks: migrated.remarks,
    values,
    manifests: made.manifests,
  };
}

describe('a cache of Docker Hub with nothing else set', () => {
  const { values, cache, about, remarks, manifests } = moved({});

  test('is a cache on the host of a registry to which nobody pushes', () => {
    expect(cache).toEqual({
      upstream: 'docker.io',
      image: { tag: '3.1.0' },
      persistence: { enabled: false },
    });
    expect(values).toMatchObject({ storage: { readOnly: true }, persistence: { enabled: false } });
    const names = manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    expect(names.sort()).toEqual(['docker-registry', 'docker-registry-cache-docker-io']);
  });

  test('says what changes for clients', () => {
    expect(about('proxy.enabled', Matter.LOST)).toContain(
      'its images are named <host>/docker.io/... instead of <host>/...',
    );
    expect(about('auth.enabled')).toContain('may pull. Leave');
    expect(remarkLines(remarks).join('\n')).not.toContain('upstream login');
  });

  test('its images go with the pod, as before', () => {
    expect(about('caches[0].persistence.enabled', Matter.OPEN)).toContain('false, as it was');
    expect(about('storage.readOnly')).not.toContain('volume');
  });
});

describe('the URL', () => {
  test.each([
    ['https://registry-1.docker.io', { upstream: 'docker.io' }],
    ['https://registry-1.docker.io/', { upstream: 'docker.io' }],
    ['https://registry-1.docker.io:443', { upstream: 'docker.io' }],
    ['http://index.docker.io/v1', { upstream: 'docker.io' }],
    ['https://docker.io', { upstream: 'docker.io' }],
    ['https://mirror.gcr.io', { upstream: 'docker.io', upstreamUrl: 'https://mirror.gcr.io' }],
    ['https://QUAY.io', { upstream: 'quay.io' }],
    ['registry.k8s.io', { upstream: 'registry.k8s.io' }],
    ['https://registry.example.com:5000', { upstream: 'registry.example.com:5000' }],
    ['http://10.0.0.5:5000', { upstream: '10.0.0.5:5000', upstreamUrl: 'http://10.0.0.5:5000' }],
    ['http://nexus', { upstream: 'nexus:80', upstreamUrl: 'http://nexus' }],
    ['https://nexus', { upstream: 'nexus:443', upstreamUrl: 'https://nexus' }],
    [
      'http://nexus.tools.svc:8081/',
      { upstream: 'nexus.tools.svc:8081', upstreamUrl: 'http://nexus.tools.svc:8081' },
    ],
    [' https://ghcr.io ', { upstream: 'ghcr.io' }],
  ])('%s', (remoteurl, expected) => {
    const { upstream, upstreamUrl } = moved({ remoteurl }).cache;
    expect({ upstream, ...(upstreamUrl && { upstreamUrl }) }).toEqual(expected);
  });

  test('without a scheme never worked, which is said', () => {
    expect(moved({ remoteurl: 'ghcr.io' }).about('proxy.remoteurl', Matter.GUESSED)).toContain(
      'without https://',
    );
    expect(moved({ remoteurl: 'https://ghcr.io' }).about('proxy.remoteurl')).toBe('');
  });

  test.each([
    ['https://artifactory.example.com/api/docker/hub/', 'has a path'],
    ['https://artifactory.example.com/hub/v2', 'has a path'],
    ['ftp://ghcr.io', 'is not the URL of a registry'],
    ['https://', 'is not the URL of a registry'],
    ['https://[2001:db8::1]:5000', '[2001:db8::1]:5000 is not a host'],
    ['https://my_registry.example.com', 'my_registry.example.com is not a host'],
    [`\${UPSTREAM}`, 'is filled in later'],
    [`ftp://me:${PASSWORD}@ghcr.io`, 'is not the URL of a registry'],
  ])('%s makes no cache, and takes no pushes', (remoteurl, why) => {
    const { cache, about, values } = moved({ remoteurl });
    expect(cache).toBeUndefined();
    // The old release took no pushes.
    expect(values.storage).toEqual({ readOnly: true });
    expect(about('proxy.remoteurl', Matter.LOST)).toContain(why);
  });

  test('with a login is not shown', () => {
    const { cache, about } = moved({ remoteurl: `https://me:${PASSWORD}@ghcr.io` });
    expect(cache.upstream).toBe('ghcr.io');
    expect(about('proxy.remoteurl', Matter.LOST)).toContain('has a login');
  });

  test('may come from config.yml or from a variable, which wins', () => {
    const configData = { proxy: { remoteurl: 'https://quay.io', ttl: '24h' } };
    const off = { enabled: false, remoteurl: 'https://ghcr.io' };
    expect(moved(off, { configData }).cache).toMatchObject({ upstream: 'quay.io', ttl: '24h' });
    expect(moved({}, { configData }).cache.upstream).toBe('docker.io');
    const extraEnvVars = [{ name: 'REGISTRY_PROXY_REMOTEURL', value: 'https://registry.k8s.io' }];
    expect(moved({}, { configData, extraEnvVars }).cache.upstream).toBe('registry.k8s.io');
    expect(moved(off).cache).toBeUndefined();
  });
});

describe('the login', () => {
  test('is copied from the old release, without being shown', () => {
    const { cache, about } = moved(LOGIN, USERS);
    expect(cache.login).toEqual({ existingSecret: 'docker-registry-upstream' });
    expect(about('proxy.password', Matter.LOST)).toContain(
      'kubectl -n "$NAMESPACE" get secret docker-registry-secret -o jsonpath=\'{.data.proxyPassword}\' | base64 -d | kubectl -n "$NAMESPACE" create secret generic docker-registry-upstream --type kubernetes.io/basic-auth --from-literal username=robot --from-file password=/dev/stdin',
    );
  });

  test('is typed where the old release is not known, or does not have it', () => {
    expect(moved(LOGIN, USERS, {}).about('proxy.password')).toContain('type the password');
    const configData = { proxy: { remoteurl: 'https://quay.io', ...LOGIN } };
    const { cache, about } = moved({ enabled: false }, { ...USERS, configData });
    expect(cache.login).toEqual({ existingSecret: 'docker-registry-upstream' });
    expect(about('configData.proxy.password')).toContain('type the password');
  });

  test('of a user that is filled in later is that of the old Secret', () => {
    const { about } = moved({ ...LOGIN, username: '<path:kv/hub#user>' }, USERS);
    expect(about('proxy.password')).toContain(
      '--from-literal username="$(kubectl -n "$NAMESPACE" get secret docker-registry-secret -o jsonpath=\'{.data.proxyUsername}\' | base64 -d)"',
    );
  });

  test('stays in a Secret', () => {
    const { cache, about } = moved({ secretRef: 'hub', ...LOGIN }, USERS);
    expect(cache.login).toEqual({
      existingSecret: 'hub',
      usernameKey: 'proxyUsername',
      passwordKey: 'proxyPassword',
    });
    expect(about('proxy.password')).toBe('does not count, since the login comes from the Secret hub');
    expect(moved({ secretRef: 'A_b' }).about('proxy.secretRef')).toContain(
      'is not what `caches[0].login.existingSecret` takes',
    );
  });

  test('may come from variables', () => {
    const from = (name: string, secret: string, key: string) => ({
      name: `REGISTRY_PROXY_${name}`,
      valueFrom: { secretKeyRef: { name: secret, key } },
    });
    const one = moved(
      {},
      { ...USERS, extraEnvVars: [from('USERNAME', 'hub', 'u'), from('PASSWORD', 'hub', 'p')] },
    );
    expect(one.cache.login).toEqual({ existingSecret: 'hub', usernameKey: 'u', passwordKey: 'p' });
    expect(one.values.extraEnv).toBeUndefined();
    const two = moved(
      {},
      { ...USERS, extraEnvVars: [from('USERNAME', 'a', 'u'), from('PASSWORD', 'b', 'p')] },
    );
    expect(two.about('extraEnvVars.REGISTRY_PROXY_USERNAME', Matter.LOST)).toContain('copy u of a to b');
    const half = moved({}, { ...USERS, extraEnvVars: [from('PASSWORD', 'b', 'p')] });
    expect(half.cache.login).toBeUndefined();
    expect(half.about('extraEnvVars.REGISTRY_PROXY_PASSWORD', Matter.LOST)).toContain('half a login');
  });

  test.each(['username', 'password'] as const)('with %s alone is none', (name) => {
    const { cache, about } = moved({ [name]: LOGIN[name] });
    expect(cache.login).toBeUndefined();
    expect(about(`proxy.${name}`, Matter.LOST)).toContain('half a login');
  });

  test('is not sent in clear', () => {
    const { cache, about } = moved({ remoteurl: 'http://nexus:8081', secretRef: 'nexus' }, USERS);
    expect(cache).toMatchObject({ upstream: 'nexus:8081' });
    expect(cache.login).toBeUndefined();
    expect(about('proxy.password', Matter.LOST)).toContain('http://nexus:8081, which is not encrypted');
  });

  test('is for everybody where nobody needs a login to pull, which is said', () => {
    const { cache, about } = moved({ secretRef: 'hub' });
    expect(cache.login.publicImagesOnly).toBe(true);
    expect(about('caches[0].login.publicImagesOnly', Matter.OPEN)).toContain('everybody may pull whatever');
    expect(moved({ secretRef: 'hub' }, USERS).cache.login).not.toHaveProperty('publicImagesOnly');
  });
});

describe('the image', () => {
  const image = (given: Values) => moved({}, { image: given });

  test('of 3.1.0 or newer is that of the cache', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const { cache } = image({ repository: 'mirror.example.com/registry', tag: `3.1.1@${digest}` });
    expect(cache.image).toEqual({ repository: 'mirror.example.com/registry', tag: '3.1.1', digest });
  });

  test.each(['2.8.3', '3.0.0', '2'])('%s stays for the registry alone', (tag) => {
    const { cache, values, about } = image({ tag });
    expect(cache.image).toBeUndefined();
    expect(values.image.tag).toBe(tag);
    expect(about('image.tag', Matter.DIFFERENT)).toContain('the cache runs registry:3.1.1: below 3.1.0');
  });

  test('of a tag that says nothing is the usual one', () => {
    const { cache, about } = image({ repository: 'company/registry', tag: 'edge' });
    expect(cache.image).toEqual({ repository: 'company/registry' });
    expect(about('image.tag', Matter.GUESSED)).toContain('which company/registry must have, too');
  });
});

describe('the volume', () => {
  const persistence = { enabled: true, size: '100Gi' };

  test('is the same claim', () => {
    const { cache, values, about, manifests } = moved({}, { persistence });
    expect(cache.persistence).toEqual({ existingClaim: 'docker-registry' });
    expect(values.userId).toBe(1000);
    expect(about('persistence.existingClaim')).toContain('helm.sh/resource-policy=keep');
    expect(about('storage.readOnly')).toContain(
      'beside the cache. Those that were pushed before it was a cache are in its volume',
    );
    expect(about('caches[0].persistence.existingClaim')).toContain('is never deleted');
    const volumesOf = (name: string) =>
      JSON.stringify(
        manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)?.spec.template
          .spec.volumes,
      );
    expect(volumesOf('docker-registry-cache-docker-io')).toContain('"claimName":"docker-registry"');
    expect(volumesOf('docker-registry')).not.toContain('claimName');
  });

  test('that expired images were deleted from needs no remark', () => {
    const deleted = moved({}, { persistence: { ...persistence, deleteEnabled: true } });
    expect(deleted.about('caches[0].persistence.existingClaim')).toBe('');
    expect(deleted.values.storage).toEqual({ readOnly: true });
    const configData = { storage: { delete: { enabled: true } } };
    expect(moved({}, { persistence, configData }).about('caches[0].persistence.existingClaim')).toBe('');
  });

  test('may be one of their own, shared by several', () => {
    const { cache } = moved(
      {},
      { persistence: { ...persistence, existingClaim: 'hub', accessMode: 'ReadWriteMany' } },
    );
    expect(cache.persistence).toEqual({ existingClaim: 'hub', accessMode: 'ReadWriteMany' });
    const { about } = moved({}, { persistence: { ...persistence, accessMode: 'ReadOnlyMany' } });
    expect(about('persistence.accessMode', Matter.LOST)).toContain('caches[0].persistence.accessMode');
  });

  test('is new where images were in a bucket, or in memory', () => {
    const s3 = { region: 'eu-central-1', bucket: 'images' };
    const { cache, values, about } = moved({}, { storage: 's3', s3 });
    expect(cache.persistence).toBeUndefined();
    expect(values.storage).toEqual({ readOnly: true });
    expect(about('storage', Matter.LOST)).toContain(
      '"s3": a cache of this chart keeps its images in a volume',
    );
    expect(moved({}, { storage: 'inmemory', persistence }).cache.persistence).toEqual({ enabled: false });
  });
});

test('its pods are like the old ones', () => {
  const { cache, values, about } = moved(
    {},
    {
      persistence: { enabled: true },
      resources: { limits: { memory: '1Gi' }, requests: { cpu: '100m' } },
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'high',
      podLabels: { team: 'platform' },
      podAnnotations: { note: 'x' },
      metrics: { enabled: true, serviceMonitor: { enabled: true, labels: { release: 'monitoring' } } },
      configData: {
        log: { level: 'debug' },
        notifications: { endpoints: [{ name: 'a', url: 'https://b.c' }] },
      },
      extraEnvVars: [
        { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
        { name: 'TZ', value: 'UTC' },
      ],
      extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
      garbageCollect: { enabled: true },
      replicaCount: 3,
    },
  );
  expect(cache).toMatchObject({
    resources: { limits: { memory: '1Gi' }, requests: { cpu: '100m', memory: '1Gi' } },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
    priorityClassName: 'high',
    podLabels: { team: 'platform' },
    podAnnotations: { note: 'x' },
    metrics: { enabled: true, serviceMonitor: { enabled: true, labels: { release: 'monitoring' } } },
    configuration: { logLevel: 'debug' },
    extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
  });
  expect(values.resources).toBeUndefined();
  expect(values.replicaCount).toBeUndefined();
  expect(about('garbageCollect.schedule', Matter.LOST)).toContain(
    'kubectl -n "$NAMESPACE" rollout restart deployment docker-registry-cache-docker-io',
  );
  expect(about('extraVolumes')).toContain('caches[0].caSecret');
  expect(about('configData.notifications')).toContain('pulls from the cache are not told');
  expect(about('caches[0].metrics')).toContain('docker-registry-cache-docker-io-metrics');
});

test.each([
  ['24h', '24h'],
  ['90m', '90m'],
  ['168h', undefined],
  ['168h30m', '606600s'],
  ['0', undefined],
  [0, undefined],
  ['1.5h', undefined],
  [86400000000000, undefined],
])('a ttl of %j', (ttl, ours) => {
  const { cache, about } = moved({}, { configData: { proxy: { remoteurl: 'https://ghcr.io', ttl } } });
  expect(cache.ttl).toBe(ours);
  expect(about('configData.proxy.ttl') !== '').toBe(ours === undefined && ttl !== '168h');
});

test('what a cache here has no setting for is named', () => {
  const proxy = { exec: { command: '/bin/login' }, cachewritetimeout: '5m', remoteurls: [] };
  const { about } = moved({}, { configData: { proxy } });
  for (const key of ['exec', 'cachewritetimeout', 'remoteurls'])
    expect(about(`configData.proxy.${key}`, Matter.LOST)).not.toBe('');
});

test.each([
  [
    'tokens',
    { auth: { token: { realm: 'https://a.b', service: 'c', issuer: 'd', rootcertbundle: '/e' } } },
    'tokens',
  ],
  ['certificates of clients', { http: { tls: { clientcas: ['/ca.crt'] } } }, 'configData.http.tls.clientcas'],
])('a release with %s stays what it is', (_, configData, why) => {
  const { cache, about } = moved({}, { tlsSecretName: 'pair', configData });
  expect(cache).toBeUndefined();
  expect(about('proxy.remoteurl', Matter.LOST)).toContain(why);
});

test('a realm that nginx does not take is left out', () => {
  const configData = { auth: { htpasswd: { realm: 'Größe', path: '/auth/htpasswd' } } };
  const { values, about } = moved({}, { ...USERS, configData });
  expect(values.auth).not.toHaveProperty('realm');
  expect(about('auth.realm', Matter.LOST)).toContain('nginx');
});

describe('the name', () => {
  test('is shortened where the old one is long', () => {
    const { cache, manifests } = moved({}, { fullnameOverride: `a${'b'.repeat(39)}` });
    expect(cache.name).toBe('doc');
    expect(manifests.map(({ metadata }) => metadata.name)).toContain(`a${'b'.repeat(39)}-cache-doc`);
  });
});
