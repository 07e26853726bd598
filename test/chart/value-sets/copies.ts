// Copies from and to other registries.
import { Duration, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, k8s, Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  CopyEndpoint,
  RegistryAccess,
  RegistryCertificate,
  RegistryCopy,
  RegistryCredentials,
  RegistryLogin,
  StorageBackend,
  Subject,
  TlsTermination,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

export const COPIES: readonly ValueSet[] = [
  {
    name: 'a copy each night, and a move from elsewhere',
    values: {
      copies: [
        {
          name: 'nightly',
          target: 'backup.example.com',
          remote: { loginSecret: 'backup-login' },
          overwrite: true,
          schedule: '0 2 * * *',
        },
        { source: 'old.example.com:8443', remote: { loginSecret: 'old-login' } },
      ],
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
    },
    props: () => ({ networkPolicy: { allowFrom: [{ podSelector: {} }] } }),
    more: (chart, registry) => {
      const ours = CopyEndpoint.registry(registry);
      new RegistryCopy(chart, 'nightly', {
        copyName: 'nightly',
        source: ours,
        target: CopyEndpoint.host('backup.example.com', {
          login: Secret.fromSecretName(chart, 'backup', 'backup-login'),
        }),
        overwrite: true,
        schedule: '0 2 * * *',
      });
      new RegistryCopy(chart, 'move', {
        source: CopyEndpoint.host('old.example.com:8443', {
          login: Secret.fromSecretName(chart, 'old', 'old-login'),
        }),
        target: ours,
      });
    },
  },
  {
    name: 'a copy with all of its values',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      copies: [
        {
          name: 'move',
          source: 'harbor.example.com',
          remote: {
            loginSecret: 'robot',
            caSecret: 'company-ca',
            caSecretKey: 'root.pem',
            ranges: ['10.1.0.0/16', 'fd00::/8'],
            allowTo: [{ ports: [{ port: 8443 }] }],
          },
          login: { username: 'alice', password: 'sec"ret: ä' },
          repositories: ['team/*', 'library/alpine', 'team/*'],
          overwrite: true,
          schedule: '@weekly',
          timeZone: 'Europe/Berlin',
          timeLimit: '90m',
          image: { registry: 'mirror.example.com', tag: 'v0.11.6-alpine', pullPolicy: 'Always' },
          compareImage: { registry: 'quay.io', repository: 'tools/regbot', tag: '1' },
          userId: 1001,
          resources: { requests: { cpu: '5m', memory: '32Mi' }, limits: { cpu: '1', memory: '1Gi' } },
          hostAliases: [{ ip: '192.0.2.7', hostnames: ['harbor.example.com'] }],
          podLabels: { app: 'mine' },
          podAnnotations: { 'example.com/a': 'b' },
          nodeSelector: { disk: 'ssd' },
          tolerations: [{ operator: 'Exists' }],
        },
      ],
      auth: { htpasswd: LINES.alice },
      access: { rules: [{ action: 'push', repositories: ['team/**', 'library/*'], users: ['alice'] }] },
      imagePullSecrets: [{ name: 'hub' }],
      tls: { termination: 'POD' },
      commonLabels: { team: 'a' },
      commonAnnotations: { 'example.com/c': 'd' },
    },
    props: (chart) => ({
      auth: { credentials: RegistryCredentials.htpasswd(LINES.alice) },
      access: RegistryAccess.rules([AccessRule.push('team/**', 'library/*').to(Subject.user('alice'))]),
      imagePullSecrets: [secretNamed(chart, 'hub')],
      tls: { termination: TlsTermination.POD },
      labels: { team: 'a' },
      annotations: { 'example.com/c': 'd' },
    }),
    more: (chart, registry) => {
      new RegistryCopy(chart, 'move', {
        copyName: 'move',
        source: CopyEndpoint.host('harbor.example.com', {
          login: secretNamed(chart, 'robot'),
          caSecret: { secret: secretNamed(chart, 'company-ca'), key: 'root.pem' },
          ranges: ['10.1.0.0/16', 'fd00::/8'],
          allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(8443) }] }],
        }),
        target: CopyEndpoint.registry(registry, { login: RegistryLogin.password('alice', 'sec"ret: ä') }),
        repositories: ['team/*', 'library/alpine', 'team/*'],
        overwrite: true,
        schedule: '@weekly',
        timeZone: 'Europe/Berlin',
        timeLimit: Duration.minutes(90),
        image: 'mirror.example.com/regclient/regsync:v0.11.6-alpine',
        compareImage: 'quay.io/tools/regbot:1',
        imagePullPolicy: ImagePullPolicy.ALWAYS,
        imagePullSecrets: [Secret.fromSecretName(chart, 'pull-of-copy', 'hub')],
        userId: 1001,
        resources: {
          cpu: { request: Cpu.millis(5), limit: Cpu.units(1) },
          memory: { request: Size.mebibytes(32), limit: Size.gibibytes(1) },
        },
        hostAliases: [{ ip: '192.0.2.7', hostnames: ['harbor.example.com'] }],
        podLabels: { app: 'mine' },
        podAnnotations: { 'example.com/a': 'b' },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
      });
    },
  },
  {
    name: 'a backup of a bucket from outside, as a robot, and images of Docker Hub',
    values: {
      copies: [
        {
          name: 'out',
          target: '192.0.2.1:5000',
          remote: { anonymous: true, plainHttp: true },
          login: { existingSecret: 'robot' },
        },
        {
          name: 'hub',
          source: 'docker.io',
          remote: { loginSecret: 'hub-login' },
          login: { existingSecret: 'robot' },
          repositories: ['library/alpine'],
        },
      ],
      host: 'registry.example.com',
      service: { type: 'LoadBalancer', port: 443 },
      tls: { existingSecret: 'certificate' },
      auth: { existingSecret: 'users' },
      storage: { type: 's3', s3: { bucket: 'images', region: 'eu-central-1' } },
      userFromPlatform: true,
    },
    props: (chart) => ({
      host: 'registry.example.com',
      service: { type: ServiceType.LOAD_BALANCER, port: 443 },
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'certificate')) },
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'users') }) },
      storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }) },
      userFromPlatform: true,
    }),
    more: (chart, registry) => {
      const ours = CopyEndpoint.registry(registry, {
        login: RegistryLogin.existingSecret(secretNamed(chart, 'robot')),
      });
      new RegistryCopy(chart, 'out', {
        copyName: 'out',
        source: ours,
        target: CopyEndpoint.host('192.0.2.1:5000', { anonymous: true, plainHttp: true }),
        userFromPlatform: true,
      });
      new RegistryCopy(chart, 'hub', {
        copyName: 'hub',
        source: CopyEndpoint.host('docker.io', { login: secretNamed(chart, 'hub-login') }),
        target: ours,
        repositories: ['library/alpine'],
        userFromPlatform: true,
      });
    },
  },
];
