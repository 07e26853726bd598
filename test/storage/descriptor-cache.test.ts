// What a cache of blob descriptors adds: sections of config.yml, variables, egress, and the Valkey's own objects.

import { Size } from 'cdk8s';
import { type k8s, Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { DescriptorCache, FixedStore, Registry, StorageBackend } from '../../lib';
import { manifest, manifestsIn, newChart, problemsIn, textsOf } from '../support/synth';

const S3 = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });

function registryWith(descriptorCache: DescriptorCache, image?: string, store?: FixedStore) {
  const chart = newChart(store, { namespace: 'images' });
  const backend = image ? StorageBackend.newClaim() : S3;
  new Registry(chart, 'registry', { image, storage: { backend, descriptorCache, deletion: true } });
  const pod = manifest(chart, 'Deployment/registry').spec.template.spec;
  return {
    chart,
    config: parse(manifest(chart, 'ConfigMap/registry-config').data['config.yml']),
    env: Object.fromEntries(pod.containers[0].env.map((one: k8s.EnvVar) => [one.name, one])),
    mounts: pod.containers[0].volumeMounts,
    egress: manifest(chart, 'NetworkPolicy/registry').spec.egress,
  };
}

const TIMEOUTS = { dialtimeout: '200ms', readtimeout: '200ms', writetimeout: '200ms' };

describe('a Valkey beside the registry', () => {
  test('is told to 3.x and 2.8 in their own keys', () => {
    const { config } = registryWith(DescriptorCache.valkey());
    expect(config.storage.cache).toEqual({ blobdescriptor: 'redis' });
    expect(config.redis).toEqual({
      addrs: ['registry-descriptor-cache:6379'],
      ...TIMEOUTS,
      maxretries: -1,
    });
    expect(registryWith(DescriptorCache.valkey(), 'registry:2.8.3').config.redis).toEqual({
      addr: 'registry-descriptor-cache:6379',
      ...TIMEOUTS,
      pool: { maxidle: 16, maxactive: 64, idletimeout: '300s' },
    });
  });

  test('is reached by the registry, and reaches nothing', () => {
    const { chart, egress } = registryWith(DescriptorCache.valkey());
    const pods = (component: string) => ({
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/name': 'registry',
          'app.kubernetes.io/instance': 'registry',
          'app.kubernetes.io/component': component,
        },
      },
    });
    expect(egress).toContainEqual({
      ports: [{ port: 6379, protocol: 'TCP' }],
      to: [pods('descriptor-cache')],
    });
    expect(egress).not.toContainEqual({ to: [{ podSelector: {} }] });
    const { spec } = manifest(chart, 'NetworkPolicy/registry-descriptor-cache');
    expect(spec).toEqual({
      ...pods('descriptor-cache'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 'redis', protocol: 'TCP' }], from: [pods('registry')] }],
    });
  });

  test('has a password that is in its Secret only, and rolls both when it changes', () => {
    const { chart, env } = registryWith(DescriptorCache.valkey());
    const password = textsOf(manifest(chart, 'Secret/registry-descriptor-cache')).password as string;
    expect(password.length).toBeGreaterThan(20);
    const others = manifestsIn(chart).filter(({ kind }) => kind !== 'Secret');
    expect(JSON.stringify(others)).not.toContain(password);
    expect(env.REGISTRY_REDIS_PASSWORD).toEqual({
      name: 'REGISTRY_REDIS_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'registry-descriptor-cache', key: 'password' } },
    });
    for (const name of ['registry', 'registry-descriptor-cache'])
      expect(manifest(chart, `Deployment/${name}`).spec.template.metadata.annotations).toHaveProperty([
        'checksum/config',
      ]);
  });

  test('has the memory that it is given, and the pod more', () => {
    const { chart } = registryWith(DescriptorCache.valkey({ memory: Size.mebibytes(100) }));
    const [container] = manifest(chart, 'Deployment/registry-descriptor-cache').spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'MEMORY', value: '102400kb' });
    expect(container.resources.limits).toEqual({ memory: '166Mi' });
  });
});

describe('a Redis that exists', () => {
  const secret = (name: string) => ({ secret: Secret.fromSecretName(newChart(), name, name) });

  test('is reached over TLS, by the public CAs or by one of its own', () => {
    const { config, env, egress } = registryWith(DescriptorCache.redis('redis.data.svc'));
    expect(config.redis).toMatchObject({
      addrs: ['redis.data.svc:6379'],
      tls: { rootcas: ['/etc/ssl/certs/ca-certificates.crt'] },
    });
    expect(env).not.toHaveProperty('REGISTRY_REDIS_PASSWORD');
    expect(egress).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } } }],
    });
    const own = registryWith(DescriptorCache.redis('10.0.0.5:6380', { caSecret: secret('ca'), database: 3 }));
    expect(own.config.redis).toMatchObject({
      addrs: ['10.0.0.5:6380'],
      db: 3,
      tls: { rootcas: ['/redis-ca/ca.crt'] },
    });
    expect(own.mounts).toContainEqual({ name: 'redis-ca', mountPath: '/redis-ca', readOnly: true });
    expect(own.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.0.0.5/32' } }],
      ports: [{ port: 6380, protocol: 'TCP' }],
    });
  });

  test('gets the password as it is, whatever its characters', () => {
    const { config, env } = registryWith(
      DescriptorCache.redis('redis:6379', {
        password: secret('redis'),
        username: 'registry',
        withoutTls: true,
      }),
    );
    expect(config.redis).toEqual({
      addrs: ['redis:6379'],
      ...TIMEOUTS,
      maxretries: -1,
      username: 'registry',
    });
    expect(env.REGISTRY_REDIS_PASSWORD.value).toBe('|2-\n  $(TEXT_OF_REGISTRY_REDIS_PASSWORD)');
    expect(env.TEXT_OF_REGISTRY_REDIS_PASSWORD.valueFrom).toEqual({
      secretKeyRef: { name: 'redis', key: 'password' },
    });
  });
});

test('two registries have a Valkey each, and none takes part in what the other has', () => {
  const chart = newChart(undefined, { namespace: 'images' });
  for (const name of ['one', 'two'])
    new Registry(chart, name, {
      name,
      host: `${name}.example.com`,
      storage: { backend: StorageBackend.newClaim(), descriptorCache: DescriptorCache.valkey() },
    });
  expect(problemsIn(chart)).toEqual([]);
  for (const name of ['one', 'two']) {
    const { egress } = manifest(chart, `NetworkPolicy/${name}`).spec;
    const instances = JSON.stringify(egress).match(/"app.kubernetes.io\/instance":"\w+"/g);
    expect(instances).toEqual([`"app.kubernetes.io/instance":"${name}"`]);
  }
});
