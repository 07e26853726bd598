// The objects of a cache, its configuration, and the egress to its upstream.
import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  NodeRuntime,
  Registry,
  RegistryAccess,
  RegistryCache,
  type RegistryCacheProps,
  type RegistryProps,
  StorageBackend,
} from '../../lib';
import { type Manifest, manifest, namesIn, newChart, problemsIn } from '../support/synth';

function cacheOf(props: Partial<RegistryCacheProps> = {}) {
  const chart = newChart();
  const cache = new RegistryCache(chart, 'cache', { upstream: 'docker.io', ...props });
  expect(problemsIn(chart)).toEqual([]);
  return { chart, cache };
}

function podOf(props: Partial<RegistryCacheProps> = {}): Manifest {
  const { chart, cache } = cacheOf(props);
  return manifest(chart, `Deployment/${cache.objectName}`).spec.template.spec;
}

function egressOf(props: Partial<RegistryCacheProps>): Manifest[] {
  const { chart, cache } = cacheOf(props);
  return manifest(chart, `NetworkPolicy/${cache.objectName}`).spec.egress.slice(1);
}

const PORT = (port: number) => [{ port, protocol: 'TCP' }];

test('its objects are named after the registry and the upstream', () => {
  const { chart, cache } = cacheOf();
  expect(namesIn(chart)).toEqual([
    'ConfigMap/registry-cache-docker-io-config',
    'ConfigMap/registry-cache-docker-io-upstream',
    'Deployment/registry-cache-docker-io',
    'NetworkPolicy/registry-cache-docker-io',
    'PersistentVolumeClaim/registry-cache-docker-io',
    'Service/registry-cache-docker-io',
  ]);
  expect(cache.url).toBe('http://registry-cache-docker-io.registry.svc:5000');
  expect(cache.upstreamUrl).toBe('https://registry-1.docker.io');
  expect(manifest(chart, 'Deployment/registry-cache-docker-io').metadata.labels).toMatchObject({
    'app.kubernetes.io/instance': 'registry-cache-docker-io',
    'app.kubernetes.io/part-of': 'registry',
  });
});

test('four caches stand beside each other', () => {
  const chart = newChart();
  for (const upstream of ['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io'])
    new RegistryCache(chart, upstream, { upstream });
  expect(problemsIn(chart)).toEqual([]);
  expect(namesIn(chart).filter((name) => name.startsWith('Service/'))).toEqual([
    'Service/registry-cache-docker-io',
    'Service/registry-cache-ghcr-io',
    'Service/registry-cache-quay-io',
    'Service/registry-cache-registry-k8s-io',
  ]);
});

test('annotations of the Service are beside those of all objects', () => {
  const annotations = { 'example.com/all': 'a', 'example.com/b': 'c' };
  const { chart } = cacheOf({ annotations, service: { annotations: { 'example.com/b': 'own' } } });
  expect(manifest(chart, 'Service/registry-cache-docker-io').metadata.annotations).toEqual({
    'example.com/all': 'a',
    'example.com/b': 'own',
  });
  expect(manifest(chart, 'Deployment/registry-cache-docker-io').metadata.annotations).toEqual(annotations);
});

test('another name, and an upstream with a port', () => {
  const { cache } = cacheOf({ name: 'images', upstream: 'registry.example.com:5000' });
  expect(cache.objectName).toBe('images-cache-registry-example-com-5000');
  expect(cacheOf({ cacheName: 'hub' }).cache.objectName).toBe('registry-cache-hub');
});

describe('config.yml', () => {
  const proxyOf = (props: Partial<RegistryCacheProps> = {}) => {
    const { cache } = cacheOf(props);
    return (cache.deployment.configuration._whole as Manifest).proxy;
  };

  test('asks for the login by a command, so that a start needs no upstream', () => {
    expect(proxyOf()).toEqual({
      remoteurl: 'https://registry-1.docker.io',
      exec: { command: '/etc/upstream/print-login', lifetime: '30s' },
      ttl: '168h',
      cachewritetimeout: '1h',
    });
  });

  test('the URL, the ttl, and what is left to raw keys', () => {
    const extra = { proxy: { cachewritetimeout: '3h' } };
    expect(
      proxyOf({
        upstream: 'ghcr.io',
        upstreamUrl: 'http://10.0.0.5:5000',
        ttl: Duration.hours(36),
        configuration: { extra },
      }),
    ).toMatchObject({ remoteurl: 'http://10.0.0.5:5000', ttl: '36h', cachewritetimeout: '3h' });
  });

  test('deletes, and has no login of its own', () => {
    const config = cacheOf().cache.deployment.configuration._whole as Manifest;
    expect(config.storage.delete).toEqual({ enabled: true });
    expect(config.auth).toBeUndefined();
  });
});

describe('the pod', () => {
  const secret = Secret.fromSecretName(newChart(), 'secret', 'hub');

  test('reads the login from files', () => {
    const { volumes, containers } = podOf({
      login: { secret, passwordKey: 'token', publicImagesOnly: true },
    });
    expect(volumes.find(({ name }: Manifest) => name === 'upstream-login').secret).toEqual({
      secretName: 'hub',
      defaultMode: 0o440,
      items: [
        { key: 'username', path: 'username' },
        { key: 'token', path: 'password' },
      ],
    });
    expect(volumes.find(({ name }: Manifest) => name === 'upstream').configMap.defaultMode).toBe(0o555);
    expect(containers[0].env.map(({ name }: Manifest) => name)).toEqual([
      'OTEL_TRACES_EXPORTER',
      'GOMEMLIMIT',
      'GOGC',
    ]);
  });

  test('trusts a CA in a Secret beside the public ones', () => {
    const { volumes, containers } = podOf({ caSecret: { secret, key: 'ca.pem' } });
    expect(volumes.find(({ name }: Manifest) => name === 'upstream-ca').secret).toEqual({
      secretName: 'hub',
      items: [{ key: 'ca.pem', path: 'ca.crt' }],
    });
    expect(containers[0].env).toContainEqual({ name: 'SSL_CERT_DIR', value: '/etc/upstream-ca' });
  });

  test('collects on a volume, and on nothing else', () => {
    const names = (props: Partial<RegistryCacheProps>) =>
      (podOf(props).initContainers ?? []).map(({ name }: Manifest) => name);
    expect(names({})).toEqual(['collect-garbage']);
    expect(names({ garbageCollection: { onStart: false } })).toEqual([]);
    expect(names({ storage: { backend: StorageBackend.ephemeral() } })).toEqual([]);
    const s3 = StorageBackend.s3({ bucket: 'cache', region: 'eu-central-1' });
    expect(names({ storage: { backend: s3 } })).toEqual([]);
  });

  test('its resources are smaller than a registry’s, and its volume is of the size that is given', () => {
    expect(podOf().containers[0].resources).toEqual({
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { memory: '256Mi' },
    });
    const { chart } = cacheOf({
      storage: { backend: StorageBackend.newClaim({ size: Size.gibibytes(100) }) },
    });
    const claim = manifest(chart, 'PersistentVolumeClaim/registry-cache-docker-io');
    expect(claim.spec.resources.requests.storage).toBe('100Gi');
  });
});

describe('egress', () => {
  test('to a public registry: its port on the Internet, and no private network', () => {
    const [rule, ...others] = egressOf({ upstream: 'quay.io' });
    expect(others).toEqual([]);
    expect(rule?.ports).toEqual(PORT(443));
    expect(rule?.to[0].ipBlock.except).toContain('10.0.0.0/8');
    expect(rule?.to[0].ipBlock.except).toContain('169.254.0.0/16');
  });

  test('to another: its port', () => {
    expect(egressOf({ upstream: 'registry.example.com:5000' })).toEqual([{ ports: PORT(5000) }]);
    expect(egressOf({ upstreamUrl: 'https://mirror.example.com' })).toEqual([{ ports: PORT(443) }]);
  });

  test('to an address, and to a Service of the cluster', () => {
    expect(egressOf({ upstreamUrl: 'http://10.0.0.5:5000' })).toEqual([
      { ports: PORT(5000), to: [{ ipBlock: { cidr: '10.0.0.5/32' } }] },
    ]);
    expect(egressOf({ upstreamUrl: 'https://registry.images.svc' })).toEqual([
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'images' } } }] },
    ]);
  });

  test('to ranges alone, and to a proxy', () => {
    expect(
      egressOf({
        upstreamRanges: ['192.0.2.0/24', '2001:db8::/32'],
        env: [{ name: 'HTTPS_PROXY', value: 'http://10.0.0.9:3128' }],
      }),
    ).toEqual([
      {
        ports: PORT(443),
        to: [{ ipBlock: { cidr: '192.0.2.0/24' } }, { ipBlock: { cidr: '2001:db8::/32' } }],
      },
      { ports: PORT(3128), to: [{ ipBlock: { cidr: '10.0.0.9/32' } }] },
    ]);
  });
});

test('a login for private images is for the clients that the policy names', () => {
  const secret = Secret.fromSecretName(newChart(), 'secret', 'team');
  const allowFrom = [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }];
  cacheOf({ login: { secret }, networkPolicy: { allowFrom } });
});

test.each([
  ['registry:3.1.0', undefined],
  ['registry:3.1', undefined],
  ['registry:v3.2.0-rc.1', undefined],
  ['registry:4.0.0', undefined],
  ['mirror.example.com/registry:3.1.1-alpine', undefined],
  ['registry:edge', '3.1.1'],
  [`registry@sha256:${'0'.repeat(64)}`, '3.1.0'],
])('the image %s', (image, imageVersion) => {
  expect(podOf({ image, imageVersion }).containers[0].image).toBe(image);
});

describe('on the host of a registry', () => {
  const HUB = { upstream: 'docker.io' };
  const open = RegistryAccess.rules([AccessRule.pull('docker.io/**').toEveryone()]);
  const registryOf = (props: RegistryProps = {}) => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', {
      host: 'registry.example.com',
      ingress: {},
      caches: [HUB, { upstream: 'registry.team.example.com:5000' }],
      ...props,
    });
    expect(problemsIn(chart)).toEqual([]);
    return { chart, registry };
  };

  test('a front leads to them, and follows their addresses', () => {
    const { chart } = registryOf();
    const { data } = manifest(chart, 'ConfigMap/registry-front');
    expect(data.caches).toBe(
      [
        'cache_0 registry-cache-docker-io.registry.svc 5000\n',
        'cache_1 registry-cache-registry-team-example-com-5000.registry.svc 5000\n',
      ].join(''),
    );
    expect(data['nginx.conf']).toContain('"~^registry\\.team\\.example\\.com_5000/" cache_1;');
    expect(data['front.sh']).toContain('getent ahosts');
  });

  test('only its pods reach them, and its pods reach them', () => {
    const { chart } = registryOf();
    const pods = (instance: string) => ({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/component': 'registry',
          'app.kubernetes.io/instance': instance,
          'app.kubernetes.io/name': 'registry',
        },
      },
    });
    const policy = (name: string) => manifest(chart, `NetworkPolicy/${name}`).spec;
    expect(policy('registry-cache-docker-io').ingress[0].from).toEqual([pods('registry')]);
    expect(policy('registry').egress).toContainEqual({
      ports: PORT(5000),
      to: [pods('registry-cache-docker-io')],
    });
  });

  test('a registry without caches knows nothing of them', () => {
    const { chart } = registryOf({ caches: [], front: {} });
    const { data } = manifest(chart, 'ConfigMap/registry-front');
    expect(Object.keys(data).sort()).toEqual(['front.sh', 'nginx.conf']);
    expect(JSON.stringify(data)).not.toMatch(/cache_0|caches\.conf|\$repository/);
  });

  test('nodes ask it by a path', () => {
    const files = registryOf({ access: open }).registry.nodeFiles({ mirrorOf: ['docker.io'] });
    const [toml] = files
      .filesFor(NodeRuntime.CONTAINERD)
      .filter(({ path }) => path.endsWith('/docker.io/hosts.toml'));
    expect(toml?.content).toContain('[host."https://registry.example.com/v2/docker.io"]');
    expect(toml?.content).toContain('override_path = true');
    expect(files.k3sRegistriesYaml).toContain('- https://registry.example.com/v2/docker.io\n');
  });

  test('the login of a private upstream is for users', () => {
    const secret = Secret.fromSecretName(newChart(), 'secret', 'team');
    const caches = [{ ...HUB, login: { secret } }];
    registryOf({ caches });
    registryOf({ caches, access: RegistryAccess.rules([AccessRule.pull('public/**').toEveryone()]) });
    const chart = newChart();
    new Registry(chart, 'registry', { caches, access: open });
    expect(problemsIn(chart)).toEqual([
      "caches[0].login: gives everybody the private images of this login: some access rule permits pulls of docker.io/… without a login; permit them to users only, e.g. AccessRule.pull('docker.io/**').toAllUsers(), or state that the login sees public images only, by login: { publicImagesOnly: true }",
    ]);
  });
});
