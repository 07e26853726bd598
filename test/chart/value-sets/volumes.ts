// Volumes, and how images are kept.
import { Duration, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { DescriptorCache, StorageBackend } from '../../../lib';
import type { ValueSet } from './value-set';

export const VOLUMES: readonly ValueSet[] = [
  {
    name: 'three replicas on a claim for many',
    values: {
      replicaCount: 3,
      persistence: { accessMode: 'ReadWriteMany', size: '2Ti', storageClass: 'fast.nfs', keep: false },
    },
    props: () => ({
      replicas: 3,
      storage: {
        backend: StorageBackend.newClaim({
          accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
          size: Size.tebibytes(2),
          storageClassName: 'fast.nfs',
          keepOnUninstall: false,
        }),
      },
    }),
  },
  {
    name: 'a claim for a volume that was made by hand',
    values: { persistence: { accessMode: 'ReadWriteOncePod', storageClass: '-' } },
    props: () => ({
      storage: {
        backend: StorageBackend.newClaim({
          accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
          storageClassName: '',
        }),
      },
    }),
  },
  {
    name: 'two replicas on a claim that exists',
    values: { replicaCount: 2, persistence: { existingClaim: 'images', accessMode: 'ReadWriteMany' } },
    props: (chart) => ({
      replicas: 2,
      storage: {
        backend: StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'images'), {
          accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
        }),
      },
    }),
  },
  {
    name: 'images that go with the pod',
    values: { persistence: { enabled: false, sizeLimit: '20Gi' } },
    props: () => ({ storage: { backend: StorageBackend.ephemeral({ sizeLimit: Size.gibibytes(20) }) } }),
  },
  {
    name: 'a directory of a node',
    values: {
      userId: 1000,
      persistence: {
        size: '100Gi',
        keep: false,
        hostPath: { path: '/srv/registry', nodeName: 'worker-1', volumeName: 'images', fixOwner: true },
      },
    },
    props: () => ({
      userId: 1000,
      storage: {
        backend: StorageBackend.hostPath({
          path: '/srv/registry',
          node: 'worker-1',
          volumeName: 'images',
          fixOwner: true,
          size: Size.gibibytes(100),
          keepOnUninstall: false,
        }),
      },
    }),
  },
  {
    name: 'a directory that all nodes have, without further options',
    values: { persistence: { hostPath: { path: '/srv/registry' } } },
    props: () => ({ storage: { backend: StorageBackend.hostPath({ path: '/srv/registry' }) } }),
  },
  {
    name: 'all that can be set about keeping images',
    values: {
      storage: {
        deletion: true,
        descriptorCache: { type: 'inmemory' },
        uploadPurging: { enabled: false, age: '36h', interval: '90m', dryRun: true },
        health: { interval: '45s', threshold: 7 },
      },
    },
    props: () => ({
      storage: {
        deletion: true,
        descriptorCache: DescriptorCache.inMemory(),
        uploadPurging: {
          enabled: false,
          age: Duration.hours(36),
          interval: Duration.minutes(90),
          dryRun: true,
        },
        health: { interval: Duration.seconds(45), threshold: 7 },
      },
    }),
  },
  {
    name: 'read-only, and nobody watches the storage',
    values: { storage: { readOnly: true, health: { enabled: false } } },
    props: () => ({ storage: { readOnly: true, health: { enabled: false } } }),
  },
];
