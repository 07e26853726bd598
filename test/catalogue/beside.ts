// Registries with what stands beside them: pull secrets, toolboxes, external secrets, garbage collection.
import { Duration } from 'cdk8s';
import { type ISecret, Secret, ServiceAccount, ServiceType } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import {
  AccessRule,
  CertificateIssuer,
  CopyEndpoint,
  ExternalSecretStore,
  ExternalSecretVersion,
  RegistryAccess,
  RegistryAlerts,
  RegistryCache,
  RegistryCertificate,
  RegistryCollection,
  RegistryCopy,
  RegistryCredentials,
  RegistryDashboard,
  RegistryExternalSecret,
  RegistryLocalHosting,
  RegistryLogin,
  type RegistryProps,
  RegistryPullSecret,
  RegistryRetention,
  RegistrySnapshots,
  RegistryToolbox,
  RegistryVeleroBackup,
  RegistryVerification,
  RetentionRule,
  S3Credentials,
  StorageBackend,
  VeleroVolumes,
  VerificationAddress,
} from '../../lib';
import type { Kind } from './kind';

const store = ExternalSecretStore.clusterSecretStore('vault');
const external = RegistryLogin.externalSecret({
  store,
  user: 'admin',
  password: { key: 'registry', property: 'password' },
});
const on = (props: RegistryProps, beside?: Kind['beside']): Kind => ({
  props: () => ({ createNamespace: true, ...props }),
  beside,
});

export const BESIDE: Readonly<Record<string, Kind>> = {
  'pull secrets': on({}, (chart, registry) => {
    new RegistryPullSecret(chart, 'pull', {
      registry,
      namespaces: ['shop', 'blog'],
      replaceDefaultPullSecrets: true,
    });
    new RegistryPullSecret(chart, 'external', { registry, namespaces: ['wiki'], login: external });
  }),
  'a toolbox, TLS at the ingress': on(
    { ingress: {} },
    (chart, registry) => void new RegistryToolbox(chart, 'toolbox', { registry }),
  ),
  'a toolbox, TLS in the pod': on(
    {},
    (chart, registry) => void new RegistryToolbox(chart, 'toolbox', { registry, login: external }),
  ),
  'a toolbox without login or TLS, that stands still': on(
    {
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
    },
    (chart, registry) => void new RegistryToolbox(chart, 'toolbox', { registry, running: false }),
  ),
  'a verification, at the Service and through the ingress, on a schedule': on(
    { ingress: {}, storage: { deletion: true } },
    (chart, registry) =>
      void new RegistryVerification(chart, 'verification', {
        registry,
        address: VerificationAddress.BOTH,
        schedule: '@hourly',
      }),
  ),
  'a verification with a login from elsewhere, where the registry sends clients to its bucket': on(
    {
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          region: 'eu-central-1',
          credentials: S3Credentials.none(),
        }),
      },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
    },
    (chart, registry) => void new RegistryVerification(chart, 'verification', { registry, login: external }),
  ),
  'a copy from another registry': {
    ...on(
      { ingress: {} },
      (chart, registry) =>
        void new RegistryCopy(chart, 'copy', {
          source: CopyEndpoint.host('harbor.example.com:8443', {
            login: Secret.fromSecretName(chart, 'harbor', 'harbor-robot'),
            caSecret: { secret: Secret.fromSecretName(chart, 'harbor-ca', 'harbor-ca') },
            ranges: ['10.1.0.0/16'],
          }),
          target: CopyEndpoint.registry(registry),
          repositories: ['library/*', 'team/**'],
        }),
    ),
    existing: ['Secret/harbor-robot', 'Secret/harbor-ca'],
  },
  'a copy to another registry, each night': {
    ...on(
      {
        storage: {
          backend: StorageBackend.s3({
            bucket: 'images',
            region: 'eu-central-1',
            credentials: S3Credentials.none(),
          }),
        },
      },
      (chart, registry) =>
        void new RegistryCopy(chart, 'copy', {
          source: CopyEndpoint.registry(registry, { login: external }),
          target: CopyEndpoint.host('backup.example.com', {
            login: Secret.fromSecretName(chart, 'backup', 'backup-login'),
          }),
          overwrite: true,
          schedule: '0 2 * * *',
        }),
    ),
    existing: ['Secret/backup-login'],
  },
  'a collection at the start': on({ storage: { deletion: true }, garbageCollection: { onStart: true } }),
  'a collection on a schedule': on(
    { front: {}, ingress: {}, storage: { deletion: true } },
    (chart, registry) => void new RegistryCollection(chart, 'collection', { registry }),
  ),
  'a collection of a bucket by the service account': {
    props: (scope) => ({
      front: {},
      ingress: {},
      replicas: 3,
      storage: {
        backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }),
        deletion: true,
      },
      serviceAccount: ServiceAccount.fromServiceAccountName(scope, 'account', 'images'),
      podLabels: { 'azure.workload.identity/use': 'true' },
    }),
    beside: (chart, registry) =>
      void new RegistryCollection(chart, 'collection', { registry, schedule: '@weekly', suspend: true }),
    existing: ['ServiceAccount/images'],
  },
  'a collection of a native sidecar': {
    ...on(
      {
        front: { kubernetesVersion: '1.33' },
        service: { type: ServiceType.LOAD_BALANCER, port: 443 },
        storage: { deletion: true },
        metrics: {},
      },
      (chart, registry) =>
        void new RegistryCollection(chart, 'collection', {
          registry,
          apiServer: [{ to: [{ ipBlock: { cidr: '192.0.2.1/32' } }] }],
        }),
    ),
    newKubernetes: true,
  },
  'snapshots on a schedule': on(
    { front: {}, ingress: {} },
    (chart, registry) => void new RegistrySnapshots(chart, 'snapshots', { registry }),
  ),
  'snapshots beside a collection, whose schedule rests': on(
    { front: {}, ingress: {}, storage: { deletion: true }, podLabels: { team: 'a' } },
    (chart, registry) => {
      new RegistrySnapshots(chart, 'snapshots', {
        registry,
        suspend: true,
        snapshotClassName: 'csi-snapshots',
        apiServer: [{ to: [{ ipBlock: { cidr: '192.0.2.1/32' } }] }],
      });
      new RegistryCollection(chart, 'collection', { registry });
    },
  ),
  'a backup by Velero': on(
    {
      storage: {
        backend: StorageBackend.newClaim({ claimName: 'restored', snapshot: 'registry-20261128-030311' }),
      },
    },
    (chart, registry) =>
      void new RegistryVeleroBackup(chart, 'velero', { registry, moveData: true, storageLocation: 'second' }),
  ),
  'a backup of the files by Velero, whose schedule rests': on(
    { minReadySeconds: 90 },
    (chart, registry) =>
      void new RegistryVeleroBackup(chart, 'velero', {
        registry,
        suspend: true,
        volumes: VeleroVolumes.FILE_SYSTEM,
      }),
  ),
  'a retention that reports': on(
    { storage: { deletion: true }, ingress: {} },
    (chart, registry) =>
      void new RegistryRetention(chart, 'retention', {
        registry,
        rules: [RetentionRule.repositories('team/**').keepNewest(10).keepTags('v*')],
      }),
  ),
  'a retention that deletes, and spares what runs': on(
    {
      storage: { deletion: true },
      access: RegistryAccess.rules([AccessRule.pull('**').toAllUsers()], { administrators: ['admin'] }),
    },
    (chart, registry) =>
      void new RegistryRetention(chart, 'retention', {
        registry,
        login: external,
        dryRun: false,
        spareRunning: {},
        schedule: '@daily',
        timeZone: 'Europe/Berlin',
        rules: [
          RetentionRule.repositories('base/*').keepEverything(),
          RetentionRule.repositories('**').keepYoungerThan(Duration.days(30)).keepHighestVersions(3),
        ],
      }),
  ),
  'local hosting': on(
    { service: { type: ServiceType.NODE_PORT, nodePort: 30500 } },
    (chart, registry) =>
      void new RegistryLocalHosting(chart, 'hosting', { registry, help: 'https://wiki.example.com' }),
  ),
  'caches of a public and a private upstream': {
    ...on({}, (chart) => {
      new RegistryCache(chart, 'docker-hub', {
        upstream: 'docker.io',
        metrics: { serviceMonitor: {} },
        alerts: {},
        prefetch: { images: ['alpine:3.22', 'library/nginx:1.27.*'], schedule: '@hourly' },
      });
      new RegistryCache(chart, 'team', {
        upstream: 'registry.team.example.com:5000',
        login: { secret: Secret.fromSecretName(chart, 'login', 'team-login') },
        caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'team-ca') },
        upstreamRanges: ['192.0.2.0/24'],
        networkPolicy: { allowFrom: [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }] },
      });
    }),
    existing: ['Secret/team-login', 'Secret/team-ca'],
  },
  'caches on the host of a registry, TLS in the pod': {
    ...on({
      host: 'registry.example.com',
      caches: [
        { upstream: 'docker.io', login: { secret: { name: 'hub' } as ISecret, publicImagesOnly: true } },
        {
          upstream: 'registry.team.example.com:5000',
          cacheName: 'team',
          login: { secret: { name: 'team-login' } as ISecret },
          prefetch: { images: ['registry.team.example.com:5000/app:1.0'], platforms: ['linux/arm64'] },
        },
      ],
      access: RegistryAccess.rules([
        AccessRule.pull('docker.io/**').toEveryone(),
        AccessRule.pull('**').toAllUsers(),
      ]),
    }),
    existing: ['Secret/hub', 'Secret/team-login'],
  },
  'alerts about all that can be watched': on(
    {
      host: 'registry.example.com',
      ingress: {},
      ui: {},
      tls: {
        certificate: RegistryCertificate.certManager({ issuer: CertificateIssuer.clusterIssuer('ca') }),
      },
      caches: [{ upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } }],
      metrics: { serviceMonitor: {} },
    },
    (chart, registry) =>
      void new RegistryAlerts(chart, 'alerts', {
        registry,
        alertLabels: { team: 'platform' },
        blackboxInstance: 'https://registry.example.com/v2/',
      }),
  ),
  'a dashboard for the sidecar': on(
    { metrics: { serviceMonitor: {} } },
    (chart, registry) => void new RegistryDashboard(chart, 'dashboard', { registry, folder: 'Platform' }),
  ),
  'a dashboard for the Grafana operator': on(
    { metrics: { serviceMonitor: {} } },
    (chart, registry) =>
      void new RegistryDashboard(chart, 'dashboard', {
        registry,
        operatorLabels: { dashboards: 'grafana' },
        folder: 'Platform',
      }),
  ),
  'users from an external secret': externalUsers(ExternalSecretVersion.V1),
  'users from an external secret of the older version': externalUsers(ExternalSecretVersion.V1BETA1),
};

function externalUsers(version: ExternalSecretVersion): Kind {
  const values = { htpasswd: { key: 'registry', property: 'htpasswd' } };
  const secret = (scope: Construct) =>
    new RegistryExternalSecret(scope, 'users', { secretName: 'users', store, values, version }).secret;
  return {
    props: (scope) => ({
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secret(scope) }) },
    }),
  };
}
