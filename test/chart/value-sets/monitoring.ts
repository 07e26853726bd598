// Values of alerts and dashboards about the registry and its caches, with the constructs that they mean.
import { Duration } from 'cdk8s';
import {
  AlertExporter,
  CertificateIssuer,
  DescriptorCache,
  RegistryAlert,
  RegistryAlerts,
  RegistryCertificate,
  RegistryCollection,
  RegistryDashboard,
  RegistryRetention,
  RegistryVerification,
  RetentionRule,
} from '../../../lib';
import type { ValueSet } from './value-set';

const METRICS = { enabled: true, serviceMonitor: { enabled: true, labels: { release: 'prometheus' } } };
const SERVED = { serviceMonitor: { labels: { release: 'prometheus' } } };

export const MONITORING: readonly ValueSet[] = [
  {
    name: 'alerts about the registry and a cache with images that are fetched before they are pulled',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      metrics: METRICS,
      alerts: { enabled: true, labels: { release: 'prometheus' } },
      caches: [
        {
          upstream: 'docker.io',
          metrics: METRICS,
          alerts: {
            enabled: true,
            labels: { release: 'prometheus' },
            alertLabels: { team: 'images' },
            runbooksUrl: 'https://wiki.example.com/registry',
          },
          prefetch: { images: ['alpine:3.22'] },
        },
      ],
    },
    props: () => ({
      host: 'registry.example.com',
      ingress: {},
      metrics: SERVED,
      caches: [
        {
          upstream: 'docker.io',
          metrics: SERVED,
          alerts: {
            labels: { release: 'prometheus' },
            alertLabels: { team: 'images' },
            runbooksUrl: 'https://wiki.example.com/registry',
          },
          prefetch: { images: ['alpine:3.22'] },
        },
      ],
    }),
    more: (chart, registry) => {
      new RegistryAlerts(chart, 'alerts', { registry, labels: { release: 'prometheus' } });
    },
  },
  {
    name: 'alerts with all settings',
    values: {
      metrics: { enabled: true },
      alerts: {
        enabled: true,
        alertLabels: { team: 'images' },
        runbooksUrl: 'https://wiki.example.com/registry',
        job: 'registry',
        exporters: ['kube-state-metrics', 'cert-manager'],
        certificateName: 'images',
        blackboxInstance: 'https://registry.example.com/v2/',
        thresholds: {
          unavailable: '10m',
          errorPercent: 10,
          manifestLatencyMilliseconds: 500,
          storageLatencyMilliseconds: 250,
          volumeFreePercent: 20,
          volumeFullDays: 7,
          certificateDays: 21,
        },
        cronJobs: [{ name: 'registry-backup', within: '26h' }],
        without: ['RegistryUnreachable'],
      },
    },
    props: () => ({ metrics: {} }),
    more: (chart, registry) => {
      new RegistryAlerts(chart, 'alerts', {
        registry,
        alertLabels: { team: 'images' },
        runbooksUrl: 'https://wiki.example.com/registry',
        job: 'registry',
        exporters: [AlertExporter.KUBE_STATE_METRICS, AlertExporter.CERT_MANAGER],
        certificateName: 'images',
        blackboxInstance: 'https://registry.example.com/v2/',
        thresholds: {
          unavailable: Duration.minutes(10),
          errorPercent: 10,
          manifestLatency: Duration.millis(500),
          storageLatency: Duration.millis(250),
          volumeFreePercent: 20,
          volumeFullDays: 7,
          certificateDays: 21,
        },
        cronJobs: [{ name: 'registry-backup', within: Duration.hours(26) }],
        without: [RegistryAlert.UNREACHABLE],
      });
    },
  },
  {
    name: 'a dashboard for the sidecar, with alerts, a cache that serves metrics and one that does not',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      metrics: METRICS,
      alerts: { enabled: true },
      dashboard: { enabled: true, folder: 'Platform', cronJobs: ['registry-backup'] },
      caches: [
        { upstream: 'docker.io', metrics: METRICS, prefetch: { images: ['alpine:3.22'] } },
        { upstream: 'quay.io' },
      ],
    },
    props: () => ({
      host: 'registry.example.com',
      ingress: {},
      metrics: SERVED,
      caches: [
        { upstream: 'docker.io', metrics: SERVED, prefetch: { images: ['alpine:3.22'] } },
        { upstream: 'quay.io' },
      ],
    }),
    more: (chart, registry) => {
      new RegistryAlerts(chart, 'alerts', { registry });
      new RegistryDashboard(chart, 'dashboard', {
        registry,
        folder: 'Platform',
        cronJobs: ['registry-backup'],
      });
    },
  },
  {
    name: 'a dashboard for the operator, with all settings',
    values: {
      metrics: { enabled: true },
      dashboard: {
        enabled: true,
        operatorLabels: { dashboards: 'grafana' },
        folder: 'Platform',
        title: 'Images of all',
        job: 'registry',
        exporters: ['kube-state-metrics', 'cert-manager'],
        certificateName: 'images',
        cronJobs: ['registry-backup'],
      },
    },
    props: () => ({ metrics: {} }),
    more: (chart, registry) => {
      new RegistryDashboard(chart, 'dashboard', {
        registry,
        operatorLabels: { dashboards: 'grafana' },
        folder: 'Platform',
        title: 'Images of all',
        job: 'registry',
        exporters: [AlertExporter.KUBE_STATE_METRICS, AlertExporter.CERT_MANAGER],
        certificateName: 'images',
        cronJobs: ['registry-backup'],
      });
    },
  },
  {
    name: 'a dashboard for a sidecar with a label of its own',
    values: {
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      dashboard: { enabled: true, sidecarLabels: { dashboards: 'yes' } },
    },
    props: () => ({ metrics: { serviceMonitor: {} } }),
    more: (chart, registry) => {
      new RegistryDashboard(chart, 'dashboard', { registry, sidecarLabels: { dashboards: 'yes' } });
    },
  },
  {
    name: 'alerts and a dashboard about each CronJob of a release',
    values: {
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
      storage: { deletion: true },
      collection: { enabled: true, schedule: '@weekly' },
      retention: { enabled: true, rules: [{ repositories: ['team/**'], keep: [{ newest: 10 }] }] },
      verification: { enabled: true, schedule: '15 * * * *' },
      alerts: { enabled: true },
      dashboard: { enabled: true },
    },
    props: () => ({ metrics: { serviceMonitor: {} }, storage: { deletion: true }, front: {} }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collection', { registry, schedule: '@weekly' });
      new RegistryRetention(chart, 'retention', {
        registry,
        rules: [RetentionRule.repositories('team/**').keepNewest(10)],
      });
      new RegistryVerification(chart, 'verification', {
        registry,
        schedule: '15 * * * *',
        _basicAuthSecret: 'registry-login',
      });
      new RegistryAlerts(chart, 'alerts', { registry });
      new RegistryDashboard(chart, 'dashboard', { registry });
    },
  },
  {
    name: 'a dashboard with a certificate of cert-manager and the cache of descriptors, and alerts without cert-manager',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      tls: { certManager: { enabled: true, issuer: { name: 'ca' } } },
      metrics: METRICS,
      storage: { descriptorCache: { type: 'inmemory' } },
      alerts: { enabled: true, exporters: ['kube-state-metrics'] },
      dashboard: { enabled: true },
    },
    props: () => ({
      host: 'registry.example.com',
      ingress: {},
      tls: {
        certificate: RegistryCertificate.certManager({ issuer: CertificateIssuer.clusterIssuer('ca') }),
      },
      metrics: SERVED,
      storage: { descriptorCache: DescriptorCache.inMemory() },
    }),
    more: (chart, registry) => {
      new RegistryAlerts(chart, 'alerts', { registry, exporters: [AlertExporter.KUBE_STATE_METRICS] });
      new RegistryDashboard(chart, 'dashboard', { registry });
    },
  },
];
