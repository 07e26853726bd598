// Scheduled collections of garbage.
import { Duration, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, k8s, PersistentVolumeAccessMode, ServiceAccount } from 'cdk8s-plus-27';
import { RegistryCollection, RegistryCredentials, S3Credentials, StorageBackend } from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

export const COLLECTIONS: readonly ValueSet[] = [
  {
    name: 'a collection each night',
    values: { collection: { enabled: true }, storage: { deletion: true } },
    props: () => ({ front: {}, storage: { deletion: true } }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', { registry });
    },
  },
  {
    name: 'a collection without the NetworkPolicy of the pods, whose destinations it does not share',
    values: {
      collection: { enabled: true },
      storage: { deletion: true },
      networkPolicy: { enabled: false, allowTo: [{ ports: [{ port: 8080, protocol: 'TCP' }] }] },
    },
    props: () => ({ front: {}, storage: { deletion: true }, networkPolicy: { enabled: false } }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', { registry });
    },
  },
  {
    name: 'a collection with all of its values, of pods with settings of their own',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      collection: {
        enabled: true,
        schedule: '@weekly',
        timeZone: 'Europe/Berlin',
        suspend: true,
        timeLimit: '90m',
        uploadLimit: '600s',
        apiServer: [
          { to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 6443, protocol: 'TCP' }] },
        ],
        image: { registry: 'mirror.example.com', repository: 'tools/curl', tag: '8' },
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '1', memory: '2Gi' } },
      },
      front: { enabled: true, kubernetesVersion: '1.33' },
      auth: { htpasswd: LINES.alice },
      storage: { deletion: true },
      image: { pullPolicy: 'Always' },
      imagePullSecrets: [{ name: 'hub' }],
      podLabels: { app: 'mine', team: 'a' },
      podAnnotations: { 'example.com/a': 'b' },
      commonLabels: { team: 'b' },
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'high',
      userId: 1000,
      networkPolicy: { allowTo: [{ ports: [{ port: 8080, protocol: 'TCP' }] }] },
      httpSecret: { existingSecret: 'shared' },
      extraEnv: [{ name: 'GOGC', value: '50' }],
    },
    props: (chart) => ({
      front: { kubernetesVersion: '1.33' },
      auth: { credentials: RegistryCredentials.htpasswd(LINES.alice) },
      storage: { deletion: true },
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      imagePullSecrets: [secretNamed(chart, 'hub')],
      podLabels: { app: 'mine', team: 'a' },
      podAnnotations: { 'example.com/a': 'b' },
      labels: { team: 'b' },
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'high',
      userId: 1000,
      networkPolicy: {
        allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(8080), protocol: 'TCP' }] }],
      },
      httpSecret: { secret: secretNamed(chart, 'shared'), key: 'secret' },
      env: [{ name: 'GOGC', value: '50' }],
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', {
        registry,
        schedule: '@weekly',
        timeZone: 'Europe/Berlin',
        suspend: true,
        timeLimit: Duration.minutes(90),
        uploadLimit: Duration.minutes(10),
        apiServer: [
          {
            to: [{ ipBlock: { cidr: '192.0.2.10/32' } }],
            ports: [{ port: k8s.IntOrString.fromNumber(6443), protocol: 'TCP' }],
          },
        ],
        image: 'mirror.example.com/tools/curl:8',
        resources: {
          cpu: { request: Cpu.millis(10), limit: Cpu.units(1) },
          memory: { request: Size.mebibytes(64), limit: Size.gibibytes(2) },
        },
      });
    },
  },
  {
    name: 'a collection of a bucket, with an account of the user and no policy of the pods',
    values: {
      collection: { enabled: true },
      replicaCount: 2,
      storage: {
        deletion: true,
        type: 's3',
        s3: { bucket: 'images', endpoint: 'http://minio.stores.svc:9000', existingSecret: 'minio' },
      },
      serviceAccount: { name: 'bucket' },
      networkPolicy: { enabled: false },
    },
    props: (chart) => ({
      front: {},
      replicas: 2,
      storage: {
        deletion: true,
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'http://minio.stores.svc:9000',
          credentials: S3Credentials.existingSecret({ secret: secretNamed(chart, 'minio') }),
        }),
      },
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'bucket', 'bucket'),
      networkPolicy: { enabled: false },
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', { registry });
    },
  },
  {
    name: 'a collection of a volume that all nodes mount, beside caches and metrics',
    values: {
      collection: { enabled: true },
      caches: [{ upstream: 'docker.io' }],
      storage: { deletion: true },
      persistence: { accessMode: 'ReadWriteMany' },
      metrics: { enabled: true },
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] }, podAffinity: {} },
    },
    props: () => ({
      caches: [{ upstream: 'docker.io' }],
      storage: {
        deletion: true,
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      },
      metrics: {},
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] }, podAffinity: {} },
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', { registry });
    },
  },
];
