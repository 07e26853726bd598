// Copies from and to other registries, with the users, certificates and rules that decide how they reach this one.
import { LINES } from '../value-sets/value-set';
import { type ByPath, noneOr, Product } from './combinations';
import { HOST, INGRESSES, S3 } from './product-parts';

type Item = Readonly<Record<string, unknown>>;

const LOGIN = { loginSecret: 'other-login' };
const ANYBODY = { anonymous: true };

/** To where, from where, and what. */
const COPIES: readonly (readonly Item[])[] = [
  [{ target: 'backup.example.com', remote: LOGIN }],
  [{ source: 'old.example.com:8443', remote: LOGIN, repositories: ['team/a', 'b'] }],
  [
    {
      name: 'a',
      target: 'backup.example.com:80',
      remote: { ...ANYBODY, plainHttp: true, ranges: ['10.0.0.0/8'] },
      repositories: ['team/*', 'b', 'b'],
    },
    {
      name: 'b',
      source: 'docker.io',
      remote: { ...LOGIN, caSecret: 'ca', caSecretKey: 'root.pem', allowTo: [{ ports: [{ port: 8443 }] }] },
      repositories: ['library/alpine'],
      schedule: '0 2 * * *',
    },
  ],
  [
    { source: 'harbor.data.svc', remote: ANYBODY },
    { name: 'c', source: '192.0.2.7', remote: { ...ANYBODY, plainHttp: true } },
    { name: 'd', target: 'other:5000', remote: { ...LOGIN, ranges: ['fd00::/8', '192.0.2.0/24'] } },
  ],
  // Refused: this registry itself, hosts that are none, logins that are missing, in clear, or beside none, and pods.
  [
    { source: 'registry.example.com', remote: ANYBODY },
    { target: 'registry.example.com:80', name: 'x', remote: { ...ANYBODY, plainHttp: true } },
    { target: 'registry:5000', name: 'y', remote: { ...ANYBODY, plainHttp: true } },
    { target: 'registry.images-of-all.svc.cluster.local:5000', name: 'y', remote: {} },
    { name: 'z', source: 'user:secret@old.example.com', remote: { ...LOGIN, ...ANYBODY } },
    { name: 'u', target: 'localhost:5000', remote: { ...LOGIN, plainHttp: true, caSecret: 'ca' } },
    { name: 'v', source: 'index.docker.io', remote: { allowTo: [{}] }, userId: 7 },
    {
      name: 'n'.repeat(40),
      source: '0.0.0.0',
      remote: ANYBODY,
      resources: { requests: { memory: '1Gi' }, limits: { memory: '10Mi' } },
      podAnnotations: { 'checksum/config': 'a' },
      repositories: ['docker.io/**'],
    },
    {},
    { source: 'a.b', target: 'c.d' },
    { name: 'e', source: 'old', remote: ANYBODY, schedule: 'daily' },
  ],
];

/** Users, and how copies log in here. */
const USERS: readonly (readonly [users: ByPath, login: Item])[] = [
  [{}, {}],
  [{ 'auth.enabled': false }, {}],
  [{ 'auth.htpasswd': LINES.alice }, { username: 'alice', password: 's"e: c' }],
  [{ 'auth.existingSecret': 'users' }, { existingSecret: 'robot' }],
  [{ 'auth.verifier.url': 'http://auth.svc' }, { username: 'eve', password: 'secret' }],
  [{ 'secrets.source': 'job' }, { existingSecret: 'robot' }],
  // Refused.
  [
    {
      'auth.token.enabled': true,
      'auth.token.realm': 'https://auth.example.com/token',
      'auth.token.service': 'registry.example.com',
      'auth.token.issuer': 'auth.example.com',
      'auth.token.jwksSecret': 'keys',
    },
    { existingSecret: 'robot', username: 'admin' },
  ],
];

/** How their pods run. */
const OWN: readonly Item[] = [
  {},
  {
    overwrite: true,
    timeLimit: '90m',
    image: { registry: '', repository: 'company/regsync', pullPolicy: 'Always' },
    compareImage: { repository: 'company/regbot' },
    resources: { requests: { memory: '1Gi' }, limits: { cpu: '10m' } },
    hostAliases: [{ ip: '192.0.2.7', hostnames: ['a.b'] }],
    podLabels: { app: 'mine' },
  },
];

export const COPIED = new Product('copies, users, route, rules, storage', {
  host: [HOST],
  copies: USERS.flatMap(([users, login]) =>
    COPIES.flatMap((items) =>
      OWN.map((own): ByPath => ({ ...users, copies: items.map((item) => ({ ...own, login, ...item })) })),
    ),
  ),
  route: [
    {},
    { 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true },
    { ...INGRESSES[3] },
    { ...INGRESSES[3], 'tls.termination': 'POD' },
    {
      'service.type': 'LoadBalancer',
      'service.port': 443,
      'tls.existingSecret': 'certificate',
      'tls.termination': 'POD',
    },
    {
      'service.type': 'NodePort',
      'tls.existingSecret': 'certificate',
      'tls.termination': 'POD',
    },
  ],
  access: noneOr(
    { 'access.administrators': ['alice', 'admin', 'eve'] },
    {
      'access.rules': [
        { action: 'push', repositories: ['team/*', 'b', 'library/*'], allUsers: true },
        { action: 'pull', repositories: ['**'], everyone: true },
        { action: 'catalog', allUsers: true },
      ],
    },
  ),
  storage: [{}, S3],
  more: noneOr({
    userFromPlatform: true,
    'global.imageRegistry': 'mirror.example.com',
    imagePullSecrets: [{ name: 'hub' }],
    commonLabels: { team: 'a' },
    commonAnnotations: { 'example.com/a': 'b' },
    fullnameOverride: 'images',
    caches: [{ upstream: 'quay.io' }],
    'alerts.enabled': true,
    'metrics.enabled': true,
    'metrics.serviceMonitor.enabled': true,
    'networkPolicy.allowFrom': [{ namespaceSelector: {} }],
  }),
});
