// Backups, and what is restored of them.
import { Duration } from 'cdk8s';
import {
  RegistryAlerts,
  RegistryDashboard,
  RegistryVeleroBackup,
  StorageBackend,
  VeleroVolumes,
} from '../../../lib';
import type { ValueSet } from './value-set';

export const BACKUPS: readonly ValueSet[] = [
  {
    name: 'a backup by Velero each night',
    values: { velero: { enabled: true } },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryVeleroBackup(chart, 'velero', { registry });
    },
  },
  {
    name: 'a backup by the files, with all of its values, of a claim that started from a snapshot',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      velero: {
        enabled: true,
        namespace: 'backup',
        objectName: 'images',
        schedule: '@weekly',
        suspend: true,
        volumes: 'FileSystem',
        ttl: '336h',
        storageLocation: 'second',
        excludedResources: ['jobs.batch', 'pods'],
      },
      persistence: { claimName: 'restored', snapshot: 'registry-20261128-030311' },
      minReadySeconds: 90,
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      alerts: { enabled: true },
      dashboard: { enabled: true },
    },
    props: () => ({
      minReadySeconds: 90,
      metrics: { serviceMonitor: {} },
      storage: {
        backend: StorageBackend.newClaim({ claimName: 'restored', snapshot: 'registry-20261128-030311' }),
      },
    }),
    more: (chart, registry) => {
      new RegistryVeleroBackup(chart, 'velero', {
        registry,
        veleroNamespace: 'backup',
        objectName: 'images',
        schedule: '@weekly',
        suspend: true,
        volumes: VeleroVolumes.FILE_SYSTEM,
        ttl: Duration.days(14),
        storageLocation: 'second',
        excludedResources: ['jobs.batch', 'pods'],
      });
      new RegistryAlerts(chart, 'alerts', { registry });
      new RegistryDashboard(chart, 'dashboard', { registry });
    },
  },
  {
    name: 'a backup of which the data is moved',
    values: { velero: { enabled: true, moveData: true } },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryVeleroBackup(chart, 'velero', { registry, moveData: true });
    },
  },
];
