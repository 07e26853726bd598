// Values of pull-through caches, with the props of the same registry.
import { Duration, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { RegistryCredentials, RegistryLogFormat, RegistryLogLevel, StorageBackend } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const HOST = { host: 'registry.example.com', ingress: { enabled: true } };
const PEERS = [{ podSelector: { matchLabels: { app: 'web' } } }];
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const RESOURCES = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '1', memory: '128Mi' } };

export const CACHES: readonly ValueSet[] = [
  {
    name: 'four caches of public registries, one with a login for the limit of pulls',
    values: {
      ...HOST,
      auth: { enabled: false },
      caches: [
        { upstream: 'docker.io', login: { existingSecret: 'docker-hub', publicImagesOnly: true } },
        {
          upstream: 'ghcr.io',
          persistence: { size: '50Gi' },
          prefetch: { images: ['ghcr.io/team/app:latest'] },
        },
        { upstream: 'quay.io', ttl: '36h' },
        { upstream: 'registry.k8s.io', persistence: { enabled: false } },
      ],
    },
    props: (chart) => ({
      host: 'registry.example.com',
      ingress: {},
      auth: { credentials: RegistryCredentials.anonymous() },
      caches: [
        {
          upstream: 'docker.io',
          login: { secret: secretNamed(chart, 'docker-hub'), publicImagesOnly: true },
        },
        {
          upstream: 'ghcr.io',
          storage: { backend: StorageBackend.newClaim({ size: Size.gibibytes(50), keepOnUninstall: false }) },
          prefetch: { images: ['ghcr.io/team/app:latest'] },
        },
        { upstream: 'quay.io', ttl: Duration.hours(36) },
        { upstream: 'registry.k8s.io', storage: { backend: StorageBackend.ephemeral() } },
      ],
    }),
  },
  {
    name: 'a cache with all settings, and one of a registry that is signed by a private CA',
    values: {
      ...HOST,
      imagePullSecrets: [{ name: 'hub' }],
      userId: 1000,
      caches: [
        {
          upstream: 'registry.team.example.com:5000',
          name: 'team',
          upstreamUrl: 'https://registry.team.svc:5443',
          upstreamRanges: ['192.0.2.0/24', 'fd00::/8'],
          login: { existingSecret: 'team', usernameKey: 'user', passwordKey: 'token' },
          caSecret: 'team-ca',
          caSecretKey: 'root.pem',
          ttl: '24h',
          prefetch: {
            images: ['registry.team.example.com:5000/app:1.*'],
            platforms: ['linux/amd64', 'linux/arm64'],
            tagsPerPattern: 5,
            schedule: '0 4 * * mon-fri',
            timeZone: 'Europe/Berlin',
            timeLimit: '1h',
            image: {
              registry: 'mirror.example.com',
              repository: 'hub/regctl',
              tag: 'mine',
              digest: DIGEST,
              pullPolicy: 'Always',
            },
            userId: 2000,
            resources: RESOURCES,
            podLabels: { team: 'b' },
            podAnnotations: { 'example.com/e': 'f' },
            nodeSelector: { disk: 'hdd' },
            tolerations: [{ key: 'b' }],
          },
          image: {
            registry: 'mirror.example.com',
            repository: 'hub/registry',
            tag: 'mine',
            pullPolicy: 'Always',
          },
          imageVersion: '3.1.1',
          persistence: { existingClaim: 'team-cache', accessMode: 'ReadWriteMany' },
          garbageCollection: { onStart: false },
          service: { port: 80, clusterIP: '10.96.0.60', annotations: { 'example.com/a': 'b' } },
          metrics: {
            enabled: true,
            allowFrom: PEERS,
            serviceMonitor: { enabled: true, labels: { release: 'prometheus' }, interval: '15s' },
          },
          networkPolicy: { allowFrom: PEERS },
          configuration: { logLevel: 'warn', logFormat: 'json', accessLog: true, drainTimeoutSeconds: 60 },
          resources: RESOURCES,
          podLabels: { team: 'a' },
          podAnnotations: { 'example.com/c': 'd' },
          nodeSelector: { disk: 'ssd' },
          tolerations: [{ operator: 'Exists' }],
          affinity: { podAntiAffinity: {} },
          priorityClassName: 'high',
          extraEnv: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
        },
      ],
    },
    props: (chart) => {
      const hub = secretNamed(chart, 'hub');
      return {
        host: 'registry.example.com',
        ingress: {},
        imagePullSecrets: [hub],
        userId: 1000,
        caches: [
          {
            upstream: 'registry.team.example.com:5000',
            cacheName: 'team',
            upstreamUrl: 'https://registry.team.svc:5443',
            upstreamRanges: ['192.0.2.0/24', 'fd00::/8'],
            login: { secret: secretNamed(chart, 'team'), usernameKey: 'user', passwordKey: 'token' },
            caSecret: { secret: secretNamed(chart, 'team-ca'), key: 'root.pem' },
            ttl: Duration.days(1),
            prefetch: {
              images: ['registry.team.example.com:5000/app:1.*'],
              platforms: ['linux/amd64', 'linux/arm64'],
              tagsPerPattern: 5,
              schedule: '0 4 * * mon-fri',
              timeZone: 'Europe/Berlin',
              timeLimit: Duration.hours(1),
              image: `mirror.example.com/hub/regctl:mine@${DIGEST}`,
              imagePullPolicy: ImagePullPolicy.ALWAYS,
              imagePullSecrets: [hub],
              userId: 2000,
              resources: {
                cpu: { request: Cpu.millis(10), limit: Cpu.units(1) },
                memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
              },
              podLabels: { team: 'b' },
              podAnnotations: { 'example.com/e': 'f' },
              nodeSelector: { disk: 'hdd' },
              tolerations: [{ key: 'b' }],
            },
            image: 'mirror.example.com/hub/registry:mine',
            imageVersion: '3.1.1',
            imagePullPolicy: ImagePullPolicy.ALWAYS,
            imagePullSecrets: [hub],
            userId: 1000,
            storage: {
              backend: StorageBackend.existingClaim(
                PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team-cache'),
                { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY },
              ),
            },
            garbageCollection: { onStart: false },
            service: { port: 80, clusterIP: '10.96.0.60', annotations: { 'example.com/a': 'b' } },
            metrics: {
              allowFrom: PEERS,
              serviceMonitor: { labels: { release: 'prometheus' }, interval: Duration.seconds(15) },
            },
            networkPolicy: { allowFrom: PEERS },
            configuration: {
              logLevel: RegistryLogLevel.WARN,
              logFormat: RegistryLogFormat.JSON,
              accessLog: true,
              drainTimeout: Duration.minutes(1),
            },
            resources: {
              cpu: { request: Cpu.millis(10), limit: Cpu.units(1) },
              memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
            },
            podLabels: { team: 'a' },
            podAnnotations: { 'example.com/c': 'd' },
            nodeSelector: { disk: 'ssd' },
            tolerations: [{ operator: 'Exists' }],
            affinity: { podAntiAffinity: {} },
            priorityClassName: 'high',
            env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
          },
        ],
      };
    },
  },
];
