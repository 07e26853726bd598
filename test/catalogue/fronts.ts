// Registries with nginx in their pod: with rules and without, behind each route, with what stands beside them.
import { PersistentVolumeAccessMode, Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  RegistryAccess,
  RegistryCredentials,
  RegistryGateway,
  RegistryLogin,
  RegistryPullSecret,
  RegistryToolbox,
  RegistryUIAccess,
  RegistryUser,
  StorageBackend,
  Subject,
  TlsTermination,
} from '../../lib';
import type { Kind } from './kind';

const auth = {
  credentials: RegistryCredentials.users(
    RegistryUser.generated('admin'),
    RegistryUser.generated('ci'),
    RegistryUser.generated('puller'),
  ),
};
const storage = { deletion: true };
const access = RegistryAccess.rules(
  [
    AccessRule.pull('**').to(Subject.user('puller')),
    AccessRule.push('team/**').to(Subject.group('builders')),
    AccessRule.pull('public/**').toEveryone(),
  ],
  { groups: { builders: ['ci'] }, administrators: ['admin'] },
);
const ruled = { host: 'registry.example.com', auth, storage, access };

export const FRONTS: Readonly<Record<string, Kind>> = {
  'rules behind an ingress': {
    props: () => ({ ...ruled, ingress: {}, ui: { deleteImages: true }, metrics: {} }),
    beside: (chart, registry) => {
      new RegistryPullSecret(chart, 'pull', {
        registry,
        namespaces: ['shop'],
        login: RegistryLogin.ofUser({ user: 'puller' }),
      });
      new RegistryToolbox(chart, 'toolbox', { registry });
    },
  },
  'rules and TLS in the pod': {
    props: () => ({
      ...ruled,
      service: { type: ServiceType.LOAD_BALANCER, port: 443 },
      front: { limits: { requestsPerSecond: 100, loginsPerSecond: 2 }, trustedProxies: ['10.0.0.0/8'] },
    }),
  },
  'rules and TLS in the pod behind a Gateway': {
    props: () => ({
      ...ruled,
      httpRoute: { gateway: RegistryGateway.newGateway({ className: 'nginx' }) },
      tls: { termination: TlsTermination.POD },
      ui: { access: RegistryUIAccess.host('images.example.com') },
    }),
  },
  'rules behind an IngressRoute, three replicas': {
    props: () => ({
      ...ruled,
      replicas: 3,
      storage: {
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      },
      ingressRoute: {},
      ui: {},
    }),
  },
  'rules for everybody, without logins': {
    props: () => ({
      host: 'registry.example.com',
      auth: { credentials: RegistryCredentials.anonymous() },
      access: RegistryAccess.rules([AccessRule.pull('public/**').toEveryone()]),
      ingress: {},
    }),
  },
  'a verifier': {
    props: (scope) => ({
      host: 'registry.example.com',
      auth: {
        credentials: RegistryCredentials.verifier({
          url: 'https://auth.example.com:9443/api/authz/auth-request',
          userHeader: 'Remote-User',
          groupsHeader: 'Remote-Groups',
          caSecret: { secret: Secret.fromSecretName(scope, 'ca', 'auth-ca') },
        }),
      },
      access: RegistryAccess.rules([AccessRule.push('team/**').to(Subject.group('Team A'))]),
      ingress: {},
    }),
    existing: ['Secret/auth-ca'],
  },
  'a front that the registry is a native sidecar of': {
    newKubernetes: true,
    props: () => ({
      ...ruled,
      service: { type: ServiceType.LOAD_BALANCER, port: 443 },
      front: { kubernetesVersion: '1.33' },
      garbageCollection: { onStart: true },
      metrics: {},
    }),
  },
  'a front without rules': {
    props: () => ({
      front: {},
      image: 'registry:2.8.3',
      ingress: {},
      storage,
      garbageCollection: { onStart: true },
      readinessProbe: { periodSeconds: 3 },
    }),
  },
};
