// What pods, nodes and tools are given.
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  NodeRuntime,
  RegistryAccess,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLocalHosting,
  RegistryLogin,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryUser,
  Subject,
} from '../../../lib';
import { AUTHORITY } from '../authority';
import { secretNamed, type ValueSet } from './value-set';

export const CLIENTS: readonly ValueSet[] = [
  {
    name: "a pull secret in the release's own namespace",
    values: { pullSecret: { enabled: true } },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['images-of-all'] });
    },
  },
  {
    name: 'pull secrets of another name in two namespaces, with the address that nodes pull from',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      host: 'registry.example.com',
      pullAddress: 'pull.example.com:8443',
      ingress: { enabled: true },
      auth: { username: 'ci$robot' },
      pullSecret: { enabled: true, namespaces: ['shop', 'billing'], name: 'regcred' },
      commonAnnotations: { 'example.com/a': 'b' },
    },
    props: () => ({
      host: 'registry.example.com',
      pullAddress: 'pull.example.com:8443',
      ingress: {},
      auth: { credentials: RegistryCredentials.users(RegistryUser.generated('ci$robot')) },
      annotations: { 'example.com/a': 'b' },
    }),
    more: (chart, registry) => {
      new RegistryPullSecret(chart, 'pull', {
        registry,
        namespaces: ['shop', 'billing'],
        secretName: 'regcred',
      });
    },
  },
  {
    name: 'a registry that tools find, with a page that explains it',
    values: {
      host: 'registry.example.com',
      pullAddress: '127.0.0.1:30500',
      auth: { enabled: false },
      localRegistryHosting: { enabled: true, help: 'https://wiki.example.com/registry#how' },
      service: { type: 'NodePort', nodePort: 30500 },
    },
    props: () => ({
      host: 'registry.example.com',
      pullAddress: '127.0.0.1:30500',
      auth: { credentials: RegistryCredentials.anonymous() },
      service: { type: ServiceType.NODE_PORT, nodePort: 30500 },
    }),
    more: (chart, registry) => {
      new RegistryLocalHosting(chart, 'hosting', { registry, help: 'https://wiki.example.com/registry#how' });
    },
  },
  {
    name: 'nodes that trust the registry',
    values: { nodeTrust: { enabled: true } },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryNodeTrust(chart, 'trust', { registry });
    },
  },
  // Of 63 characters with the namespace, of 64, and of a name that is ambiguous.
  ...[`images-${'a'.repeat(31)}`, `images-${'a'.repeat(32)}`, 'images-node-trust'].map(
    (fullname): ValueSet => ({
      name: `nodes that trust the registry ${fullname}`,
      fullname,
      values: { fullnameOverride: fullname, nodeTrust: { enabled: true } },
      props: () => ({}),
      more: (chart, registry) => {
        new RegistryNodeTrust(chart, 'trust', { registry });
      },
    }),
  ),
  {
    name: 'nodes with k3s that find a mirror at another address, under a CA of the company',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      auth: { enabled: false },
      tls: { existingSecret: 'certificate' },
      nodeTrust: {
        enabled: true,
        runtimes: ['k3s', 'containerd'],
        retiredRuntimes: ['docker'],
        uninstall: true,
        namespace: 'trust',
        endpoint: 'https://10.0.0.5:30500',
        mirrorOf: ['docker.io', 'quay.io:443'],
        ca: AUTHORITY,
        image: {
          repository: 'example.com/busybox',
          tag: '1.36',
          digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
        },
        imagePullSecrets: [{ name: 'hub' }, { name: 'quay' }],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
      },
      global: { imagePullSecrets: ['mirror', { name: 'hub' }] },
      imagePullSecrets: [{ name: 'mirror' }, { name: 'cache' }],
    },
    props: (chart) => ({
      host: 'registry.example.com',
      ingress: {},
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'certificate')) },
      imagePullSecrets: ['mirror', 'hub', 'cache'].map((name) => secretNamed(chart, name)),
    }),
    more: (chart, registry) => {
      new RegistryNodeTrust(chart, 'trust', {
        registry,
        runtimes: [NodeRuntime.K3S, NodeRuntime.CONTAINERD],
        retiredRuntimes: [NodeRuntime.DOCKER],
        uninstall: true,
        trustNamespace: 'trust',
        endpoint: 'https://10.0.0.5:30500',
        mirrorOf: ['docker.io', 'quay.io:443'],
        ca: AUTHORITY,
        image: `example.com/busybox:1.36@sha256:${'0123456789abcdef'.repeat(4)}`,
        imagePullSecrets: ['mirror', 'hub', 'quay'],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
      });
    },
  },
  {
    name: 'nodes that ask a mirror with the generated login',
    values: {
      nodeTrust: {
        enabled: true,
        runtimes: ['k3s', 'containerd'],
        mirrorOf: ['docker.io', 'quay.io'],
        mirrorLogin: { username: 'admin' },
      },
    },
    props: () => ({}),
    more: (chart, registry) => {
      new RegistryNodeTrust(chart, 'trust', {
        registry,
        runtimes: [NodeRuntime.K3S, NodeRuntime.CONTAINERD],
        mirrorOf: ['docker.io', 'quay.io'],
        mirrorLogin: RegistryLogin.ofUser({ user: 'admin' }),
      });
    },
  },
  {
    name: 'nodes that ask a mirror as a user that may pull and nothing else',
    values: {
      auth: { existingSecret: 'users' },
      access: { rules: [{ action: 'pull', repositories: ['library/**'], users: ['nodes'] }] },
      nodeTrust: {
        enabled: true,
        mirrorOf: ['docker.io'],
        mirrorLogin: { username: 'nodes', password: 'sec"ret: ä' },
      },
    },
    props: (chart) => ({
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'users') }) },
      access: RegistryAccess.rules([AccessRule.pull('library/**').to(Subject.user('nodes'))]),
    }),
    more: (chart, registry) => {
      new RegistryNodeTrust(chart, 'trust', {
        registry,
        mirrorOf: ['docker.io'],
        mirrorLogin: RegistryLogin.password('nodes', 'sec"ret: ä'),
      });
    },
  },
  {
    name: 'nodes that find caches, and a mirror under the same names',
    values: {
      auth: { enabled: false },
      caches: [{ upstream: 'docker.io' }, { upstream: 'registry.example.net:5000', name: 'own' }],
      nodeTrust: {
        enabled: true,
        runtimes: ['containerd', 'k3s'],
        mirrorOf: ['docker.io', 'registry.example.net:5000', 'quay.io'],
      },
    },
    props: () => ({
      auth: { credentials: RegistryCredentials.anonymous() },
      caches: [{ upstream: 'docker.io' }, { upstream: 'registry.example.net:5000', cacheName: 'own' }],
    }),
    more: (chart, registry) => {
      new RegistryNodeTrust(chart, 'trust', {
        registry,
        runtimes: [NodeRuntime.CONTAINERD, NodeRuntime.K3S],
        mirrorOf: ['docker.io', 'registry.example.net:5000', 'quay.io'],
      });
    },
  },
];
