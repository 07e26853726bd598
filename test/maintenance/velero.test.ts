// The Schedule of Velero, and what it makes of the registry's pod.
import { Duration } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import {
  Registry,
  type RegistryProps,
  RegistryVeleroBackup,
  type RegistryVeleroBackupProps,
  StorageBackend,
  VeleroVolumes,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

function made(props: RegistryProps = {}, options: Omit<RegistryVeleroBackupProps, 'registry'> = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { name: 'images', ...props });
  const backup = new RegistryVeleroBackup(chart, 'velero', { registry, ...options });
  expect(problemsIn(chart)).toEqual([]);
  const schedule = manifest(chart, `Schedule/${backup.objectName}`);
  return { backup, schedule, pod: manifest(chart, 'Deployment/images').spec.template };
}
const ANNOTATION = 'backup.velero.io/backup-volumes';

test('the namespace is saved each night with a snapshot of the volume, and kept for 30 days', () => {
  const { schedule, pod } = made();
  expect(schedule.metadata).toMatchObject({ name: 'registry.images', namespace: 'velero' });
  expect(schedule.spec).toEqual({
    schedule: '0 5 * * *',
    template: {
      // Labels of the Schedule itself would become those of the backups.
      metadata: { labels: { 'cdk8s-registry.io/backup-of': 'images' } },
      includedNamespaces: ['registry'],
      excludedResources: [
        'jobs.batch',
        'endpoints',
        'endpointslices.discovery.k8s.io',
        'certificaterequests.cert-manager.io',
        'orders.acme.cert-manager.io',
        'challenges.acme.cert-manager.io',
      ],
      snapshotVolumes: true,
      defaultVolumesToFsBackup: false,
      ttl: '2592000s',
    },
  });
  expect(pod.metadata.annotations).not.toHaveProperty([ANNOTATION]);
});

test('everything else is as asked for', () => {
  const { schedule } = made(
    {},
    {
      veleroNamespace: 'backup',
      objectName: 'images-nightly',
      schedule: '@weekly',
      suspend: true,
      moveData: true,
      ttl: Duration.days(7),
      storageLocation: 'second',
      excludedResources: [],
    },
  );
  expect(schedule.metadata).toMatchObject({ name: 'images-nightly', namespace: 'backup' });
  expect(schedule.spec).toMatchObject({
    schedule: '@weekly',
    paused: true,
    template: {
      snapshotMoveData: true,
      ttl: '604800s',
      storageLocation: 'second',
      excludedResources: [],
    },
  });
});

test('by files: the volume of the images is named at the pod', () => {
  const { schedule, pod } = made({}, { volumes: VeleroVolumes.FILE_SYSTEM });
  expect(schedule.spec.template).toMatchObject({ snapshotVolumes: false, defaultVolumesToFsBackup: false });
  expect(pod.metadata.annotations).toMatchObject({ [ANNOTATION]: 'data' });
  expect(pod.spec.volumes).toContainEqual(expect.objectContaining({ name: 'data' }));
  const others = made(
    { podAnnotations: { [ANNOTATION]: 'logs,data' } },
    { volumes: VeleroVolumes.FILE_SYSTEM },
  );
  expect(others.pod.metadata.annotations).toMatchObject({ [ANNOTATION]: 'logs,data' });
});

test('without a volume of its own only the objects are saved', () => {
  for (const backend of [
    StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }),
    StorageBackend.hostPath({ path: '/srv/registry' }),
    StorageBackend.ephemeral(),
  ]) {
    const { backup, schedule } = made({ storage: { backend } });
    expect(backup.volumes).toBe('None');
    expect(schedule.spec.template).toMatchObject({ snapshotVolumes: false });
  }
  const claim = PersistentVolumeClaim.fromClaimName(newChart(), 'claim', 'images');
  const existing = made({ storage: { backend: StorageBackend.existingClaim(claim) } });
  expect(existing.backup.volumes).toBe('Snapshot');
});

test('a claim of a snapshot, under a name of its own', () => {
  const chart = newChart();
  const backend = StorageBackend.newClaim({ claimName: 'restored', snapshot: 'registry-20261128-030311' });
  new Registry(chart, 'registry', { storage: { backend } });
  expect(problemsIn(chart)).toEqual([]);
  expect(manifest(chart, 'PersistentVolumeClaim/restored').spec.dataSource).toEqual({
    apiGroup: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshot',
    name: 'registry-20261128-030311',
  });
});
