// Retentions of images.
import { Duration, Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  RegistryAccess,
  RegistryCertificate,
  RegistryCollection,
  RegistryCredentials,
  RegistryLogin,
  RegistryRetention,
  RegistryVersion,
  RetentionRule,
  Subject,
  TlsTermination,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

export const RETENTIONS: readonly ValueSet[] = [
  {
    name: 'a retention that reports, with the generated login',
    values: {
      retention: { enabled: true, rules: [{ repositories: ['**'], keep: [{ newest: 10 }] }] },
      storage: { deletion: true },
      networkPolicy: { allowFrom: [{ podSelector: {} }] },
    },
    props: () => ({ storage: { deletion: true }, networkPolicy: { allowFrom: [{ podSelector: {} }] } }),
    more: (chart, registry) => {
      new RegistryRetention(chart, 'retain', {
        registry,
        rules: [RetentionRule.repositories('**').keepNewest(10)],
      });
    },
  },
  {
    name: 'a retention with all of its values, beside what runs',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      retention: {
        enabled: true,
        dryRun: false,
        rules: [
          { repositories: ['base/*', 'tools'], keep: [{ everything: true }] },
          {
            repositories: ['team/**'],
            keep: [
              { newest: 10 },
              { newest: 3, tags: ['pr-*'] },
              { versions: 5, tags: ['v*', 'release_*'] },
              { youngerThan: '30d' },
              { youngerThan: '90061s', tags: ['*'] },
              { tags: ['v*', 'latest'] },
            ],
          },
        ],
        spareRunning: { enabled: true, image: { registry: 'quay.io', repository: 'tools/curl', tag: '8' } },
        login: { username: 'alice', password: 'sec"ret: ä' },
        schedule: '@daily',
        timeZone: 'Europe/Berlin',
        timeLimit: '90m',
        image: { registry: 'mirror.example.com', tag: 'v0.11.6-alpine', pullPolicy: 'Always' },
        userId: 1001,
        resources: { requests: { cpu: '5m', memory: '32Mi' }, limits: { cpu: '1', memory: '1Gi' } },
        podLabels: { app: 'mine' },
        podAnnotations: { 'example.com/a': 'b' },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
      },
      auth: { htpasswd: LINES.alice },
      access: {
        rules: [
          { action: 'remove', repositories: ['**'], users: ['alice'] },
          { action: 'catalog', users: ['alice'] },
        ],
      },
      storage: { deletion: true },
      imagePullSecrets: [{ name: 'hub' }],
      tls: { termination: 'POD' },
      commonAnnotations: { 'example.com/c': 'd' },
    },
    props: (chart) => ({
      auth: { credentials: RegistryCredentials.htpasswd(LINES.alice) },
      access: RegistryAccess.rules([
        AccessRule.remove('**').to(Subject.user('alice')),
        AccessRule.catalog().to(Subject.user('alice')),
      ]),
      storage: { deletion: true },
      imagePullSecrets: [secretNamed(chart, 'hub')],
      tls: { termination: TlsTermination.POD },
      annotations: { 'example.com/c': 'd' },
    }),
    more: (chart, registry) => {
      new RegistryRetention(chart, 'retain', {
        registry,
        dryRun: false,
        rules: [
          RetentionRule.repositories('base/*', 'tools').keepEverything(),
          RetentionRule.repositories('team/**')
            .keepNewest(10)
            .keepNewest(3, { tags: ['pr-*'] })
            .keepHighestVersions(5, { tags: ['v*', 'release_*'] })
            .keepYoungerThan(Duration.days(30))
            .keepYoungerThan(Duration.seconds(90061), { tags: ['*'] })
            .keepTags('v*', 'latest'),
        ],
        spareRunning: { image: 'quay.io/tools/curl:8' },
        login: RegistryLogin.password('alice', 'sec"ret: ä'),
        schedule: '@daily',
        timeZone: 'Europe/Berlin',
        timeLimit: Duration.minutes(90),
        image: 'mirror.example.com/regclient/regbot:v0.11.6-alpine',
        imagePullPolicy: ImagePullPolicy.ALWAYS,
        imagePullSecrets: [Secret.fromSecretName(chart, 'pull-of-retention', 'hub')],
        userId: 1001,
        resources: {
          cpu: { request: Cpu.millis(5), limit: Cpu.units(1) },
          memory: { request: Size.mebibytes(32), limit: Size.gibibytes(1) },
        },
        podLabels: { app: 'mine' },
        podAnnotations: { 'example.com/a': 'b' },
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
      });
    },
  },
  {
    name: 'a retention of two repositories under a certificate of the company, as a robot, on 2.8',
    values: {
      retention: {
        enabled: true,
        rules: [
          { repositories: ['web', 'api', 'web'], keep: [{ youngerThan: '36h' }] },
          { repositories: ['docs'], keep: [{ versions: 1 }] },
        ],
        login: { existingSecret: 'robot' },
      },
      host: 'registry.example.com',
      service: { type: 'LoadBalancer', port: 443 },
      tls: { existingSecret: 'certificate' },
      image: { tag: '2.8.3' },
      auth: { existingSecret: 'users' },
      storage: { deletion: true },
      userFromPlatform: true,
    },
    props: (chart) => ({
      host: 'registry.example.com',
      service: { type: ServiceType.LOAD_BALANCER, port: 443 },
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'certificate')) },
      image: 'registry:2.8.3',
      version: RegistryVersion.V2,
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'users') }) },
      storage: { deletion: true },
      userFromPlatform: true,
    }),
    more: (chart, registry) => {
      new RegistryRetention(chart, 'retain', {
        registry,
        rules: [
          RetentionRule.repositories('web', 'api', 'web').keepYoungerThan(Duration.hours(36)),
          RetentionRule.repositories('docs').keepHighestVersions(1),
        ],
        login: RegistryLogin.existingSecret(secretNamed(chart, 'robot')),
        userFromPlatform: true,
      });
    },
  },
  {
    name: 'a retention without a login, beside a collection',
    values: {
      retention: { enabled: true, rules: [{ repositories: ['**'], keep: [{ tags: ['v*'] }] }] },
      collection: { enabled: true },
      storage: { deletion: true },
      auth: { enabled: false },
    },
    props: () => ({
      front: {},
      storage: { deletion: true },
      auth: { credentials: RegistryCredentials.anonymous() },
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collect', { registry });
      new RegistryRetention(chart, 'retain', {
        registry,
        rules: [RetentionRule.repositories('**').keepTags('v*')],
      });
    },
  },
];
