// Backups, and what is restored of them.
import { Duration } from 'cdk8s';
import { k8s, PersistentVolumeClaim, ServiceAccount } from 'cdk8s-plus-27';
import {
  AlertExporter,
  RegistryAlerts,
  RegistryCollection,
  RegistryDashboard,
  RegistrySnapshots,
  RegistryVeleroBackup,
  StorageBackend,
  VeleroVolumes,
} from '../../../lib';
import type { ValueSet } from './value-set';

export const BACKUPS: readonly ValueSet[] = [
  {
    name: 'a snapshot each night',
    values: { snapshots: { enabled: true } },
    props: () => ({ front: {} }),
    more: (chart, registry) => {
      new RegistrySnapshots(chart, 'snapshots', { registry });
    },
  },
  {
    name: 'snapshots with all of their values, beside a collection, and what watches both',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      snapshots: {
        enabled: true,
        schedule: '0 2 * * 1-5',
        timeZone: 'Europe/Berlin',
        suspend: false,
        keep: 14,
        snapshotClassName: 'csi-snapshots',
        timeLimit: '8h',
        pauseLimit: '600s',
        apiServer: [
          { to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443, protocol: 'TCP' }] },
        ],
        image: { registry: 'mirror.example.com', repository: 'tools/curl', tag: '8' },
      },
      collection: { enabled: true },
      storage: { deletion: true },
      persistence: { existingClaim: 'images' },
      serviceAccount: { name: 'registry' },
      podAnnotations: { 'example.com/a': 'b' },
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      alerts: { enabled: true },
      dashboard: { enabled: true },
    },
    props: (chart) => ({
      front: {},
      storage: {
        deletion: true,
        backend: StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'images')),
      },
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'registry'),
      podAnnotations: { 'example.com/a': 'b' },
      metrics: { serviceMonitor: {} },
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collection', { registry });
      new RegistrySnapshots(chart, 'snapshots', {
        registry,
        schedule: '0 2 * * 1-5',
        timeZone: 'Europe/Berlin',
        keep: 14,
        snapshotClassName: 'csi-snapshots',
        timeLimit: Duration.hours(8),
        pauseLimit: Duration.minutes(10),
        apiServer: [
          {
            to: [{ ipBlock: { cidr: '192.0.2.10/32' } }],
            ports: [{ port: k8s.IntOrString.fromNumber(6443), protocol: 'TCP' }],
          },
        ],
        image: 'mirror.example.com/tools/curl:8',
      });
      new RegistryAlerts(chart, 'alerts', { registry });
      new RegistryDashboard(chart, 'dashboard', { registry });
    },
  },
  {
    name: 'a backup by Velero each night',
    values: { velero: { enabled: true } },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryVeleroBackup(chart, 'velero', { registry });
    },
  },
  {
    name: 'a backup by Velero each month, with alerts about it',
    values: {
      velero: { enabled: true, schedule: '15 3 1 * *' },
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      alerts: { enabled: true, exporters: ['kubelet'] },
    },
    props: () => ({ metrics: { serviceMonitor: {} } }),
    more: (chart, registry) => {
      new RegistryVeleroBackup(chart, 'velero', { registry, schedule: '15 3 1 * *' });
      new RegistryAlerts(chart, 'alerts', { registry, exporters: [AlertExporter.KUBELET] });
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
