// The CronJob that takes snapshots: what its pod is, what it may do and reach, and whose switch it turns.
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryAlerts,
  RegistryCollection,
  RegistrySnapshots,
  type RegistrySnapshotsProps,
  StorageBackend,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

const NAME = 'registry-snapshots';

function made(
  options: Omit<RegistrySnapshotsProps, 'registry'> = {},
  collection: 'first' | 'last' | 'none' = 'none',
) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    front: {},
    podAnnotations: { 'backup.velero.io/backup-volumes': 'data', 'example.com/a': 'b' },
    ingress: {},
    metrics: { serviceMonitor: {} },
    storage: { deletion: true, backend: StorageBackend.newClaim({ claimName: 'images' }) },
  });
  if (collection === 'first') new RegistryCollection(chart, 'collection', { registry });
  new RegistrySnapshots(chart, 'snapshots', { registry, ...options });
  if (collection === 'last') new RegistryCollection(chart, 'collection', { registry });
  new RegistryAlerts(chart, 'alerts', { registry });
  expect(problemsIn(chart)).toEqual([]);
  const of = (kind: string, name = NAME) => manifest(chart, `${kind}/${name}`);
  const { spec } = of('CronJob');
  const pod = spec.jobTemplate.spec.template.spec;
  const env = Object.fromEntries(
    pod.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  return { of, spec, pod, env };
}

test("annotations of the registry's pods are its own, but for those that name volumes to Velero", () => {
  const { annotations } = made().spec.jobTemplate.spec.template.metadata;
  expect(annotations).toEqual({ 'example.com/a': 'b' });
});

test('one run at a time, with one retry, that ends', () => {
  const { spec, env } = made();
  expect(spec).toMatchObject({ schedule: '0 2 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
  expect(spec.jobTemplate.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 14_400 });
  expect(env).toMatchObject({
    CLAIM: 'images',
    CLASS: undefined,
    KEEP: '7',
    PAUSE_SECONDS: '900',
    SETTLE_SECONDS: '60',
  });
  const more = made({
    keep: 14,
    snapshotClassName: 'csi',
    suspend: true,
    pauseLimit: Duration.minutes(30),
    timeLimit: Duration.hours(1),
  });
  expect(more.spec.suspend).toBe(true);
  expect(more.env).toMatchObject({ CLASS: 'csi', KEEP: '14', PAUSE_SECONDS: '1800' });
});

test('its container has resources of its own', () => {
  const resourcesOf = (options: Omit<RegistrySnapshotsProps, 'registry'>) =>
    made(options).pod.containers[0].resources;
  expect(resourcesOf({})).toEqual({ requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } });
  expect(
    resourcesOf({ resources: { cpu: { request: Cpu.millis(20) }, memory: { limit: Size.mebibytes(16) } } }),
  ).toEqual({ requests: { cpu: '20m', memory: '16Mi' }, limits: { memory: '16Mi' } });
});

// A collector takes away only what no manifest names, and nothing can be pushed meanwhile.
test('a registry that collects at each start may have snapshots', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    front: {},
    storage: { deletion: true },
    garbageCollection: { onStart: true },
  });
  new RegistrySnapshots(chart, 'snapshots', { registry });
  expect(problemsIn(chart)).toEqual([]);
});

test('its pod mounts nothing but the token, which is of an account of its own', () => {
  const { pod } = made();
  expect(pod).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: NAME });
  expect(pod.volumes).toEqual([{ name: 'snapshot-api', projected: { sources: expect.anything() } }]);
  expect(pod).not.toHaveProperty('affinity');
});

test('without a collection it has a switch of its own; with one, both turn the same, whichever is made first', () => {
  const mounted = ({ of }: ReturnType<typeof made>) =>
    of('Deployment', 'registry')
      .spec.template.spec.volumes.find(({ name }: { name: string }) => name === 'front-switches')
      .projected.sources.map(({ configMap }: { configMap: { name: string } }) => configMap.name);
  const alone = made();
  expect(alone.env).toMatchObject({ SWITCH: NAME, FIGURES: NAME });
  expect(alone.of('Role').rules[0].resourceNames).toEqual([NAME]);
  expect(mounted(alone)).toEqual(['registry-read-only', NAME]);
  for (const order of ['first', 'last'] as const) {
    const both = made({}, order);
    expect(both.env).toMatchObject({ SWITCH: 'registry-collection', FIGURES: NAME });
    expect(both.of('Role').rules[0].resourceNames).toEqual(['registry-collection', NAME]);
    expect(mounted(both)).toEqual(['registry-read-only', 'registry-collection']);
    const [, watcher] = both.of('CronJob', 'registry-collection').spec.jobTemplate.spec.template.spec
      .containers;
    const { value: runs } = watcher.env.find(({ name }: { name: string }) => name === 'RUNS');
    expect(runs).toBe(both.env.RUNS);
    expect(runs).toMatch(/component%20in%20\(collection,snapshots\)$/);
  }
});

test('it may make and delete VolumeSnapshots, and turn the switch', () => {
  const { of } = made();
  expect(of('Role').rules.slice(1)).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    {
      apiGroups: ['snapshot.storage.k8s.io'],
      resources: ['volumesnapshots'],
      verbs: ['get', 'list', 'create', 'patch', 'delete'],
    },
  ]);
  expect(of('RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: NAME, namespace: 'registry' }]);
  expect(of('ConfigMap')).not.toHaveProperty('data');
});

test('a run that is missed is told', () => {
  const { groups } = made().of('PrometheusRule', 'registry-alerts').spec;
  const missed = groups
    .flatMap(({ rules }: { rules: { alert: string; expr: string }[] }) => rules)
    .filter(({ expr }: { expr: string }) => expr.includes(NAME));
  expect(missed.map(({ alert }: { alert: string }) => alert)).toEqual([
    'RegistryCronJobFailed',
    'RegistryCronJobMissed',
  ]);
});
