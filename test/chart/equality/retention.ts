// A retention, with the users, certificates and rules that decide how it reaches the registry.
import { LINES } from '../value-sets/value-set';
import { noneOr, Product, unsetOr } from './combinations';
import { CERTIFICATES, HOST, INGRESSES, TERMINATIONS, VERSIONS } from './product-parts';

const rule = (repositories: readonly string[], ...keep: readonly object[]) => ({ repositories, keep });

export const RETAINED = new Product('retention, users, certificate, rules', {
  host: [HOST],
  retention: [
    { 'retention.rules': [rule(['**'], { newest: 10 })] },
    {
      'retention.rules': [
        rule(['team/a', 'b'], { youngerThan: '90m', tags: ['pr-*'] }, { everything: true }),
        rule(['c'], { versions: 3 }, { tags: ['v*'] }),
      ],
      'retention.dryRun': false,
      'retention.spareRunning.enabled': true,
    },
    { 'retention.rules': [rule(['a/**', 'b'], { newest: 1 }), rule(['a/*/c', 'b', '*'], { newest: 1 })] },
  ].map((more) => ({ 'retention.enabled': true, 'storage.deletion': true, ...more })),
  users: [
    {},
    { 'auth.enabled': false },
    {
      'auth.htpasswd': LINES.alice,
      'retention.login.username': 'alice',
      'retention.login.password': 's"e: c',
    },
    { 'auth.existingSecret': 'users', 'retention.login.existingSecret': 'robot' },
    { 'auth.existingSecret': 'users' },
    { 'auth.verifier.url': 'http://auth.svc', 'retention.login.username': 'eve' },
    { 'secrets.source': 'job', 'retention.login.existingSecret': 'robot' },
  ],
  certificate: CERTIFICATES.slice(0, 4),
  termination: TERMINATIONS,
  route: noneOr(
    { ...INGRESSES[3] },
    { 'service.type': 'LoadBalancer', 'service.port': 443 },
    { 'service.type': 'NodePort', pullAddress: '192.0.2.1:30500', 'service.nodePort': 30500 },
  ),
  access: noneOr(
    { 'access.administrators': ['alice', 'admin'] },
    {
      'access.rules': [
        { action: 'remove', repositories: ['team/*', 'b'], allUsers: true },
        { action: 'catalog', users: ['alice'] },
      ],
    },
  ),
  policy: unsetOr('networkPolicy.allowFrom', [{ namespaceSelector: {} }]),
  version: VERSIONS.slice(0, 2),
  more: noneOr({
    userFromPlatform: true,
    'global.imageRegistry': 'mirror.example.com',
    imagePullSecrets: [{ name: 'hub' }],
    'retention.image.pullPolicy': 'Always',
    'retention.podLabels': { app: 'mine' },
    commonLabels: { team: 'a' },
    commonAnnotations: { 'example.com/a': 'b' },
    fullnameOverride: 'images',
    'retention.schedule': '0 0 31 2 1',
    'collection.enabled': true,
  }),
});
