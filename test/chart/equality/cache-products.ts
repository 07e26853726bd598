// Caches beside the registry, with what follows from them elsewhere: the front, its rules, nodes, policies.
import { Product } from './combinations';
import { CERTIFICATES, HOST, INGRESSES, USERS } from './product-parts';

const HUB = { upstream: 'docker.io' };
const OWN = { upstream: 'registry.example.net:5000', name: 'own', service: { port: 80 } };
const LOGIN = { existingSecret: 'hub' };
const TRUST = { 'nodeTrust.enabled': true };

export const CACHED = new Product('caches, front, access rules, node trust', {
  host: [HOST],
  caches: [
    { 'front.enabled': true },
    { caches: [HUB] },
    { caches: [{ upstream: 'ghcr.io' }, HUB, OWN], 'front.limits.requestsPerSecond': 200 },
    { caches: [OWN], 'front.enabled': true },
    // Names that begin or end with another one's.
    {
      caches: [
        { upstream: 'io.example.com' },
        { upstream: 'example.com', name: 'io' },
        { upstream: 'docker.io:443' },
      ],
    },
    { caches: [{ ...HUB, login: LOGIN }] },
    { caches: [{ ...HUB, login: { ...LOGIN, publicImagesOnly: true } }, { upstream: 'quay.io' }] },
  ],
  users: USERS.slice(0, 3),
  access: [
    {},
    { 'access.administrators': ['admin'] },
    { 'access.rules': [{ action: 'pull', repositories: ['docker.io/**', 'own/*'], everyone: true }] },
    {
      'access.rules': [
        { action: 'pull', repositories: ['*/library/*', 'ghcr.io/**'], allUsers: true },
        { action: 'pull', repositories: ['registry.example.net_5000/**'], everyone: true },
        { action: 'push', repositories: ['**'], allUsers: true },
      ],
    },
  ],
  trust: [
    {},
    TRUST,
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io'], 'nodeTrust.endpoint': 'https://10.0.0.5:30500' },
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io', 'ghcr.io'], 'nodeTrust.runtimes': ['k3s'] },
    {
      ...TRUST,
      'nodeTrust.mirrorOf': ['docker.io', 'ghcr.io'],
      'nodeTrust.mirrorLogin.username': 'alice',
      'nodeTrust.mirrorLogin.password': 'secret',
    },
    {
      ...TRUST,
      'nodeTrust.mirrorOf': ['registry.example.net:5000', 'ghcr.io', 'docker.io', 'gcr.io'],
      'nodeTrust.runtimes': ['k3s', 'docker', 'containerd'],
    },
  ],
  certificate: [{}, CERTIFICATES[2] ?? {}],
  rest: [
    {},
    { ...INGRESSES[3], 'ui.enabled': true },
    { ...INGRESSES[3], 'networkPolicy.enabled': false, extraEnv: [{ name: 'A', value: 'b' }] },
    {
      'networkPolicy.allowFrom': [{ namespaceSelector: {} }],
      'networkPolicy.allowTo': [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
      'configuration.extra': { redis: { addr: 'redis:6379' } },
    },
    {
      'storage.readOnly': true,
      'service.type': 'NodePort',
      'service.nodePort': 30500,
      fullnameOverride: 'a-name-of-its-own',
    },
    { 'storage.deletion': true, 'pullSecret.enabled': true, 'image.tag': '2.8.3' },
    { 'image.pullPolicy': 'Always', 'global.imageRegistry': 'mirror.example.com', userId: 1000 },
  ],
});
