// The verification and the pod of `helm test`, in two products: at which addresses and with which CA the registry is
// verified, and what the verification may try there. Nothing reads both but who the users are, which is in both.
import { all, type ByPath, noneOr, Product, unsetOr } from './combinations';
import {
  ADMIN,
  BY_TOKEN,
  CERTIFICATES,
  DESTINATIONS,
  GATEWAYS,
  HOST,
  INGRESSES,
  MINIO,
  PEERS,
  S3,
  USERS,
  VERIFIERS,
} from './product-parts';

const LOGIN_SECRET = { 'verification.loginSecret': 'robot' };
const IN_CLEAR = [{ 'auth.insecurePasswordsOverHttp': true }];
const ASKED = [...USERS.slice(0, 4), BY_TOKEN, VERIFIERS[0] as ByPath];

/** Where it asks, what it trusts, as whom, and by which policies. */
export const VERIFICATION = new Product('verification, users, certificate, route, policies', {
  verification: [
    {},
    ...all(
      [{ 'verification.enabled': true }],
      [
        {},
        { ...LOGIN_SECRET, 'verification.address': 'BOTH' },
        { 'verification.address': 'HOST', 'verification.schedule': '15 * * * *' },
        {
          ...LOGIN_SECRET,
          'verification.repository': 'team/verification',
          'verification.layerSize': '1500Ki',
          'verification.timeLimit': '1h',
          'verification.timeZone': 'Europe/Berlin',
          'verification.caSecret': 'corporate-ca',
          'verification.caSecretKey': 'root.pem',
          'verification.allowTo': DESTINATIONS,
          'verification.resources.limits.memory': '16Mi',
          'verification.hostAliases': [{ ip: '192.0.2.7', hostnames: ['registry.example.com'] }],
          'verification.podLabels': { app: 'mine' },
          'networkPolicy.allowFrom': PEERS,
          userFromPlatform: true,
          userId: 1000,
        },
      ],
    ),
    { 'verification.address': 'HOST', 'verification.layerSize': '5Gi' },
  ],
  test: unsetOr('test.enabled', false),
  policies: unsetOr('networkPolicy.enabled', false),
  inClear: IN_CLEAR,
  users: ASKED,
  front: noneOr(ADMIN),
  certificate: [...CERTIFICATES.slice(0, 4), CERTIFICATES[5] as ByPath],
  route: [
    {},
    { ...HOST, ...INGRESSES[3] },
    { ...HOST, ...INGRESSES[3], 'tls.termination': 'POD' },
    { ...HOST, 'service.type': 'NodePort', 'service.nodePort': 30500, 'tls.termination': 'POD' },
    { ...HOST, 'service.type': 'LoadBalancer', 'service.port': 443 },
    { ...HOST, ...GATEWAYS[1], 'service.port': 80 },
  ],
});

/** What it pushes, pulls, lists and deletes. */
export const VERIFIED = new Product('verification, users, rules, storage', {
  verification: [
    {},
    { 'verification.enabled': true },
    { 'verification.enabled': true, ...LOGIN_SECRET, 'verification.repository': 'team/verification' },
  ],
  test: unsetOr('test.enabled', false),
  inClear: IN_CLEAR,
  users: ASKED,
  access: noneOr(
    ADMIN,
    { 'access.rules': [{ action: 'push', repositories: ['team/**'], users: ['admin'] }] },
    {
      'access.rules': [
        { action: 'remove', repositories: ['verification'], allUsers: true },
        { action: 'push', repositories: ['**'], groups: ['devs'] },
        { action: 'pull', repositories: ['*'], everyone: true },
        { action: 'catalog', users: ['admin'] },
      ],
      'access.groups': { devs: ['admin', 'alice'] },
    },
    { 'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }] },
  ),
  certificate: CERTIFICATES.slice(0, 2),
  route: [{}, { ...HOST, ...INGRESSES[3] }],
  storage: [
    {},
    { ...MINIO, 'storage.deletion': true },
    { ...S3, 'storage.redirect': false, 'storage.readOnly': true },
    { 'storage.deletion': true, 'configuration.extra': { middleware: { storage: [] } } },
    { 'configuration.extra': { storage: { maintenance: { readonly: { enabled: true } } } } },
    { ...MINIO, 'configuration.extra': { storage: { redirect: { disable: false } } } },
  ],
});
