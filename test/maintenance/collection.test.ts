// The CronJob that collects garbage: what its pod is, what it may do and reach, and what it adds to the registry's.
import { JsonPatch, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, Secret, ServiceAccount } from 'cdk8s-plus-27';
import {
  DescriptorCache,
  Registry,
  RegistryCollection,
  type RegistryCollectionProps,
  type RegistryProps,
  StorageBackend,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

const NAME = 'registry-collection';

function made(props: RegistryProps = {}, options: Omit<RegistryCollectionProps, 'registry'> = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    front: {},
    ingress: {},
    ...props,
    storage: { deletion: true, ...props.storage },
  });
  const collection = new RegistryCollection(chart, 'collection', { registry, ...options });
  expect(problemsIn(chart)).toEqual([]);
  const of = (kind: string, name = NAME) => manifest(chart, `${kind}/${name}`);
  const { spec } = of('CronJob');
  const pod = spec.jobTemplate.spec.template.spec;
  const [collector, watcher] = pod.containers;
  const registryPod = of('Deployment', 'registry').spec.template;
  return { chart, collection, of, spec, pod, collector, watcher, registryPod };
}
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

test('one run at a time, with one retry, that ends', () => {
  const { spec } = made();
  expect(spec).toMatchObject({ schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
  expect(spec.suspend).toBeUndefined();
  expect(spec.jobTemplate.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 14_400 });
  expect(made({}, { suspend: true, schedule: '@weekly' }).spec).toMatchObject({
    suspend: true,
    schedule: '@weekly',
  });
});

test('the collector is the registry with its configuration and storage, and without its HTTP secret', () => {
  const { collector, registryPod, pod } = made({
    env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
  });
  const registry = registryPod.spec.containers.find(({ name }: { name: string }) => name === 'registry');
  expect(collector.image).toBe(registry.image);
  expect(names(collector.env)).toEqual(expect.arrayContaining(['HTTPS_PROXY', 'GOMEMLIMIT']));
  expect(names(registry.env)).toContain('REGISTRY_HTTP_SECRET');
  expect(names(collector.env)).not.toContain('REGISTRY_HTTP_SECRET');
  expect(collector.volumeMounts).toEqual([
    ...registry.volumeMounts,
    { name: 'collection-handover', mountPath: '/collection-handover' },
  ]);
  expect(pod.securityContext).toEqual(registryPod.spec.securityContext);
  expect(collector.securityContext).toEqual(registry.securityContext);
  expect(collector.command.join(' ')).not.toContain('delete-untagged');
});

test("the collector's heap fits its own limit, and its variables are there once", () => {
  const { collector } = made(
    { env: [{ name: 'FOLDER', value: 'mine' }], resources: { memory: { limit: Size.gibibytes(4) } } },
    { resources: { memory: { limit: Size.mebibytes(100) } } },
  );
  const found = collector.env.filter(({ name }: { name: string }) => ['GOMEMLIMIT', 'FOLDER'].includes(name));
  expect(found).toEqual([
    { name: 'GOMEMLIMIT', value: '87040KiB' },
    { name: 'FOLDER', value: '/var/lib/registry/docker/registry/v2' },
  ]);
});

test('it reaches what the registry is allowed to reach', () => {
  const rule = { to: [{ ipBlock: { cidr: '192.0.2.7/32' } }] };
  const { of } = made({ networkPolicy: { allowTo: [rule] } });
  expect(of('NetworkPolicy').spec.egress).toContainEqual(rule);
});

test('only the other container has the token', () => {
  const { pod, collector, watcher } = made();
  expect(pod).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: NAME });
  expect(names(collector.volumeMounts)).not.toContain('collection-api');
  expect(names(watcher.volumeMounts)).toEqual(['collection-handover', 'collection-api']);
});

test('it may read and patch one ConfigMap, which no apply writes to, and list pods', () => {
  const { of } = made();
  expect(of('Role').rules).toEqual([
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [NAME], verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
  ]);
  expect(of('RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: NAME, namespace: 'registry' }]);
  expect(of('ConfigMap')).not.toHaveProperty('data');
});

test("a registry's own account, labels and annotations are the way to its bucket", () => {
  const chart = newChart();
  const account = ServiceAccount.fromServiceAccountName(chart, 'account', 'images');
  const { of, spec, pod } = made({
    serviceAccount: account,
    podLabels: { 'azure.workload.identity/use': 'true' },
    podAnnotations: { 'iam.amazonaws.com/role': 'images' },
    storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }) },
  });
  expect(pod.serviceAccountName).toBe('images');
  expect(of('RoleBinding').subjects).toMatchObject([{ name: 'images' }]);
  expect(() => of('ServiceAccount')).toThrow();
  expect(spec.jobTemplate.spec.template.metadata).toMatchObject({
    labels: { 'azure.workload.identity/use': 'true', 'app.kubernetes.io/component': 'collection' },
    annotations: { 'iam.amazonaws.com/role': 'images' },
  });
});

test('a volume of one node is mounted there, any other anywhere', () => {
  expect(made().pod.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution).toMatchObject([
    { topologyKey: 'kubernetes.io/hostname' },
  ]);
  const shared = StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });
  expect(made({ replicas: 2, storage: { backend: shared } }).pod).not.toHaveProperty('affinity');
  const bucket = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });
  const { pod, collector } = made({ storage: { backend: bucket } });
  expect(pod).not.toHaveProperty('affinity');
  expect(collector.env).toContainEqual({ name: 'FOLDER' });
});

test('its pods reach the API server, one port of the registry and the storage; nobody reaches them', () => {
  const apiServer = [{ to: [{ ipBlock: { cidr: '192.0.2.1/32' } }] }];
  const { of, registryPod } = made({}, { apiServer });
  const { egress, ingress, policyTypes } = of('NetworkPolicy').spec;
  expect({ policyTypes, ingress }).toEqual({ policyTypes: ['Ingress', 'Egress'], ingress: undefined });
  expect(egress.slice(1)).toEqual([
    ...apiServer,
    {
      ports: [{ port: 5004, protocol: 'TCP' }],
      to: [
        {
          podSelector: {
            matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': 'registry' }),
          },
        },
      ],
    },
  ]);
  const admits = of('NetworkPolicy', `${NAME}-of-pods`).spec;
  expect(admits).toMatchObject({ policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'collection' }] }] });
  const front = registryPod.spec.containers.find(({ name }: { name: string }) => name === 'front');
  expect(front.ports).toContainEqual({ name: 'collection', containerPort: 5004 });
});

test('without a policy of the registry none is added, which would close its port', () => {
  const { of } = made({ networkPolicy: { enabled: false } });
  expect(() => of('NetworkPolicy', `${NAME}-of-pods`)).toThrow();
});

test('the pods of the registry see both switches, and roll when there is a collection', () => {
  const { registryPod } = made();
  const volume = registryPod.spec.volumes.find(({ name }: { name: string }) => name === 'front-switches');
  expect(volume).toEqual({
    name: 'front-switches',
    projected: {
      sources: ['registry-read-only', NAME].map((name) => ({ configMap: { name, optional: true } })),
    },
  });
  const without = newChart();
  new Registry(without, 'registry', { front: {}, ingress: {}, storage: { deletion: true } });
  const { template } = manifest(without, 'Deployment/registry').spec;
  expect(template.metadata.annotations).not.toEqual(registryPod.metadata.annotations);
});

test('a patch that moves volumes and containers breaks nothing', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { front: {}, ingress: {}, storage: { deletion: true } });
  registry.deployment.apiObject.addJsonPatch(JsonPatch.remove('/spec/template/spec/volumes/0'));
  registry.deployment.apiObject.addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0', { name: 'mine', image: 'busybox:1.37' }),
  );
  new RegistryCollection(chart, 'collection', { registry });
  const { volumes, containers } = manifest(chart, 'Deployment/registry').spec.template.spec;
  const { projected } = volumes.find(({ name }: { name: string }) => name === 'front-switches');
  expect(projected.sources).toHaveLength(2);
  const front = containers.find(({ name }: { name: string }) => name === 'front');
  expect(names(front.ports)).toEqual(['http', 'collection']);
});

test('a native sidecar is found as well', () => {
  const { collector } = made({ front: { kubernetesVersion: '1.33' } });
  expect(collector.image).toBe('registry:3.1.1');
});

const BUCKET = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });
const cacheOf = ({ watcher }: { watcher: any }) =>
  watcher.env.filter(({ name }: { name: string }) => name.startsWith('CACHE'));

test('a Valkey is emptied by the container with the token, which reaches it', () => {
  const { of, collector, watcher } = made({
    replicas: 2,
    storage: { backend: BUCKET, descriptorCache: DescriptorCache.valkey() },
  });
  const password = { secretKeyRef: { name: 'registry-descriptor-cache', key: 'password' } };
  expect(cacheOf({ watcher })).toEqual([
    { name: 'CACHE', value: 'gopher://registry-descriptor-cache:6379' },
    { name: 'CACHE_SECONDS', value: '120' },
    { name: 'CACHE_PASSWORD', valueFrom: password },
  ]);
  expect(JSON.stringify(collector.env)).not.toContain('descriptor-cache');
  const component = (name: string) => expect.objectContaining({ 'app.kubernetes.io/component': name });
  const own = [{ podSelector: { matchLabels: component('descriptor-cache') } }];
  expect(of('NetworkPolicy').spec.egress).toContainEqual({
    ports: [{ port: 6379, protocol: 'TCP' }],
    to: own,
  });
  expect(of('NetworkPolicy', `${NAME}-of-cache`).spec).toMatchObject({
    podSelector: { matchLabels: component('descriptor-cache') },
    policyTypes: ['Ingress'],
    ingress: [
      { ports: [{ port: 'redis' }], from: [{ podSelector: { matchLabels: component('collection') } }] },
    ],
  });
});

test('of a Redis that exists, login, database and CA are those of the registry', () => {
  const chart = newChart();
  const secret = Secret.fromSecretName(chart, 'secret', 'redis');
  const options = { username: 'images', password: { secret }, database: 3, caSecret: { secret } };
  const { of, pod, collector, watcher } = made({
    storage: { backend: BUCKET, descriptorCache: DescriptorCache.redis('redis.data.svc:6380', options) },
  });
  expect(cacheOf({ watcher })).toEqual([
    { name: 'CACHE', value: 'gophers://redis.data.svc:6380' },
    { name: 'CACHE_SECONDS', value: '120' },
    { name: 'CACHE_CA', value: '/redis-ca/ca.crt' },
    { name: 'CACHE_USER', value: 'images' },
    { name: 'CACHE_DATABASE', value: '3' },
    { name: 'CACHE_PASSWORD', valueFrom: { secretKeyRef: { name: 'redis', key: 'password' } } },
  ]);
  expect(names(watcher.volumeMounts)).toContain('redis-ca');
  expect(names(collector.volumeMounts)).not.toContain('redis-ca');
  expect(names(collector.env).filter((name) => name.includes('REDIS'))).toEqual([]);
  expect(names(pod.volumes)).toContain('redis-ca');
  expect(() => of('NetworkPolicy', `${NAME}-of-cache`)).toThrow();
});

test('another cache than that of the options is refused', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    front: {},
    ingress: {},
    storage: { backend: BUCKET, deletion: true, descriptorCache: DescriptorCache.valkey() },
    configuration: { extra: { redis: { db: 5 } } },
  });
  new RegistryCollection(chart, 'collection', { registry });
  expect(problemsIn(chart)).toEqual([expect.stringContaining('where a collection can not delete them')]);
});
