// nginx before the registry, and who may do what.
import { Size } from 'cdk8s';
import { type ContainerResources, Cpu } from 'cdk8s-plus-27';
import { AccessRule, RegistryAccess, RegistryCredentials, RegistryUser, Subject } from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

const RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

export const FRONTS: readonly ValueSet[] = [
  {
    name: 'a front without rules, behind an Ingress, with limits and proxies',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      front: {
        enabled: true,
        image: { registry: 'mirror.example.com', repository: 'hub/nginx', tag: '1.29.5' },
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '1', memory: '64Mi' } },
        trustedProxies: ['10.42.0.0/16'],
        limits: { loginsPerSecond: 10, requestsPerSecond: 200 },
      },
    },
    props: () => ({
      host: 'registry.example.com',
      ingress: {},
      front: {
        image: 'mirror.example.com/hub/nginx:1.29.5',
        resources: RESOURCES,
        trustedProxies: ['10.42.0.0/16'],
        limits: { loginsPerSecond: 10, requestsPerSecond: 200 },
      },
    }),
  },
  {
    name: 'the registry as a native sidecar of its front, after a collection',
    values: {
      front: { enabled: true, kubernetesVersion: '1.33' },
      storage: { deletion: true },
      garbageCollection: { onStart: true },
      metrics: { enabled: true },
    },
    props: () => ({
      front: { kubernetesVersion: '1.33' },
      storage: { deletion: true },
      garbageCollection: { onStart: true },
      metrics: {},
    }),
  },
  {
    name: 'an image of the front by its digest',
    values: { front: { enabled: true, image: { digest: `sha256:${'0'.repeat(64)}` } } },
    props: () => ({ front: { image: `nginx:1.30.5@sha256:${'0'.repeat(64)}` } }),
  },
  {
    name: 'access rules for users and groups of an htpasswd file',
    values: {
      auth: { htpasswd: `${LINES.alice}\n${LINES.bob}` },
      access: {
        rules: [
          { action: 'pull', repositories: ['public/**', 'base'], everyone: true },
          { action: 'push', repositories: ['team/**'], groups: ['devs'], users: ['alice'] },
          { action: 'catalog', allUsers: true },
        ],
        groups: { devs: ['alice', 'bob.b'] },
      },
    },
    props: () => ({
      auth: { credentials: RegistryCredentials.htpasswd(`${LINES.alice}\n${LINES.bob}`) },
      access: RegistryAccess.rules(
        [
          AccessRule.pull('public/**', 'base').toEveryone(),
          AccessRule.push('team/**').to(Subject.user('alice'), Subject.group('devs')),
          AccessRule.catalog().toAllUsers(),
        ],
        { groups: { devs: ['alice', 'bob.b'] } },
      ),
    }),
  },
  {
    name: 'logins that a service elsewhere checks, with its groups',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      auth: { verifier: { url: 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' } },
      access: {
        rules: [
          { action: 'push', repositories: ['team/**'], groups: ['developers'] },
          { action: 'catalog', groups: ['developers'], users: ['anna'] },
        ],
      },
    },
    props: () => ({
      host: 'registry.example.com',
      ingress: {},
      auth: {
        credentials: RegistryCredentials.verifier({ url: 'http://oauth2-proxy.auth.svc:4180/oauth2/auth' }),
      },
      access: RegistryAccess.rules([
        AccessRule.push('team/**').to(Subject.group('developers')),
        AccessRule.catalog().to(Subject.user('anna'), Subject.group('developers')),
      ]),
    }),
  },
  {
    name: 'a verifier with other headers, and a certificate of a CA in a Secret',
    values: {
      auth: {
        verifier: {
          url: 'https://authelia.example.com',
          userHeader: 'Remote-User',
          groupsHeader: 'Remote-Groups',
          caSecret: 'auth-ca',
          caSecretKey: 'root.pem',
        },
      },
    },
    props: (chart) => ({
      auth: {
        credentials: RegistryCredentials.verifier({
          url: 'https://authelia.example.com',
          userHeader: 'Remote-User',
          groupsHeader: 'Remote-Groups',
          caSecret: { secret: secretNamed(chart, 'auth-ca'), key: 'root.pem' },
        }),
      },
    }),
  },
  {
    name: 'everybody pulls, the administrator does everything',
    values: {
      storage: { deletion: true },
      access: {
        rules: [{ action: 'pull', repositories: ['**'], everyone: true }],
        administrators: ['admin'],
      },
    },
    props: () => ({
      storage: { deletion: true },
      auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin')) },
      access: RegistryAccess.anonymousPull([], { administrators: ['admin'] }),
    }),
  },
  {
    name: 'caches, which need a front',
    values: { caches: [{ upstream: 'docker.io' }, { upstream: 'registry.example.net:5000', name: 'own' }] },
    props: () => ({
      caches: [{ upstream: 'docker.io' }, { upstream: 'registry.example.net:5000', cacheName: 'own' }],
    }),
  },
  {
    name: 'a front with caches, of which everybody pulls some',
    values: {
      front: { limits: { requestsPerSecond: 100 } },
      caches: [{ upstream: 'ghcr.io' }, { upstream: 'docker.io' }],
      access: {
        rules: [{ action: 'pull', repositories: ['docker.io/library/*', 'ghcr.io/**'], everyone: true }],
        administrators: ['admin'],
      },
    },
    props: () => ({
      auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin')) },
      front: { limits: { requestsPerSecond: 100 } },
      caches: [{ upstream: 'ghcr.io' }, { upstream: 'docker.io' }],
      access: RegistryAccess.rules([AccessRule.pull('docker.io/library/*', 'ghcr.io/**').toEveryone()], {
        administrators: ['admin'],
      }),
    }),
  },
];
