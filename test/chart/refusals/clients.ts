// Refused combinations of what pods, nodes and tools are given, by the code of the message.
import type { Code } from '../../../lib/core/messages';
import { AUTHORITY } from '../authority';
import { TOKENS, VERIFIER } from './settings';

type ByPath = Readonly<Record<string, unknown>>;

const LINE = `:$2y$05$${'a'.repeat(53)}`;
const PULL_SECRET = { 'pullSecret.enabled': true };
const TRUST = { 'nodeTrust.enabled': true };
const MIRROR = { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io', 'quay.io'] };
const ADMIN = { 'nodeTrust.mirrorLogin.username': 'admin' };
const NODES = { 'nodeTrust.mirrorLogin.username': 'nodes', 'nodeTrust.mirrorLogin.password': 'secret' };
const PRIVATE = {
  'tls.certManager.enabled': true,
  'tls.certManager.issuer.name': 'ca',
  'tls.certManager.privateCa': true,
};
const PLAIN = { 'auth.enabled': false, 'tls.enabled': false };
const NODE_PORT = { 'service.type': 'NodePort' };

export const OF_CLIENTS = {
  'pull-secret-without-login': [{ ...PULL_SECRET, 'auth.enabled': false }],
  'password-unknown': [
    { ...PULL_SECRET, 'auth.htpasswd': `al${LINE}` },
    { ...PULL_SECRET, 'auth.existingSecret': 'users', 'auth.htpasswd': `al${LINE}` },
    { ...PULL_SECRET, ...TOKENS },
    { ...PULL_SECRET, ...TOKENS, 'secrets.source': 'job' },
    { ...PULL_SECRET, ...VERIFIER },
    { ...PULL_SECRET, ...VERIFIER, 'secrets.source': 'job', 'auth.htpasswd': `al${LINE}` },
  ],
  'mirror-login-without-node-trust': [
    { 'nodeTrust.mirrorLogin.password': 's3cr3t' },
    { 'nodeTrust.mirrorLogin.username': 'admin', 'nodeTrust.mirrorOf': ['docker.io'] },
    { 'nodeTrust.mirrorLogin.username': 'admin', 'nodeTrust.uninstall': true },
  ],
  'pull-secret-of-a-job': [{ 'pullSecret.enabled': true, 'secrets.source': 'job' }],
  'pull-secret-name-taken': [
    { ...PULL_SECRET, 'pullSecret.name': 'registry-login', 'pullSecret.namespaces': ['shop'] },
    { ...PULL_SECRET, 'pullSecret.name': 'registry-pulls' },
    { ...PULL_SECRET, 'pullSecret.name': 'images-auth', release: 'images', fullnameOverride: 'images' },
  ],
  'pull-secret-name-in-use': [
    { ...PULL_SECRET, 'pullSecret.name': 'a', 'tls.existingSecret': 'a' },
    {
      ...PULL_SECRET,
      'pullSecret.name': 'a',
      'pullSecret.namespaces': ['shop', 'images-of-all'],
      'httpSecret.existingSecret': 'a',
    },
    { ...PULL_SECRET, 'tls.existingSecret': 'registry-pull' },
    { ...PULL_SECRET, 'pullSecret.name': 'a', 'auth.existingSecret': 'a' },
    { ...PULL_SECRET, 'pullSecret.name': 'a', 'auth.token.jwksSecret': 'a' },
    { ...PULL_SECRET, 'pullSecret.name': 'a', 'auth.token.certificateSecret': 'a' },
    { ...PULL_SECRET, 'pullSecret.name': 'a', 'auth.verifier.caSecret': 'a' },
    ...['s3', 'gcs', 'azure', 'swift'].map((store) => ({
      ...PULL_SECRET,
      'pullSecret.name': 'a',
      [`storage.${store}.existingSecret`]: 'a',
    })),
    ...['storage.s3.caSecret', 'ui.loginSecret', 'ui.registryCaSecret', 'ui.tlsSecret'].map((path) => ({
      ...PULL_SECRET,
      'pullSecret.name': 'a',
      [path]: 'a',
    })),
  ],
  'node-port-unknown': [
    { ...PULL_SECRET, ...NODE_PORT },
    { ...TRUST, ...NODE_PORT },
    { ...NODE_PORT, 'localRegistryHosting.enabled': true },
    { ...NODE_PORT, 'localRegistryHosting.enabled': true, pullAddress: 'pull.example.com' },
  ],
  'trust-namespace-of-the-registry': [{ ...TRUST, 'nodeTrust.namespace': 'images-of-all' }],
  'trust-namespace-of-the-cluster': ['default', 'openshift', 'kube-x', 'openshift-x'].map((namespace) => ({
    ...TRUST,
    'nodeTrust.namespace': namespace,
  })),
  'endpoint-not-encrypted': [{ ...TRUST, 'nodeTrust.endpoint': 'http://10.0.0.5:30500' }],
  'help-not-a-url': [
    ...['wiki', 'ftp://wiki', 'https:///wiki', 'https://', 'me:pass@wiki', 'http://me:my pass@wiki'],
    ...[
      'https://wiki\u00a0',
      'https://\u000bwiki',
      'https://wiki/a\ufeffb',
      'https://wiki\n',
      ' https://wiki',
      'https://wiki:99999',
      'https://wiki:080/?a',
    ],
  ].map((help) => ({ 'localRegistryHosting.enabled': true, 'localRegistryHosting.help': help })),
  'help-with-password': ['https://me:pass@wiki.example.com', 'http://:p@wiki'].map((help) => ({
    'localRegistryHosting.enabled': true,
    'localRegistryHosting.help': help,
  })),
  'mirror-for-docker': [
    {
      ...TRUST,
      'nodeTrust.runtimes': ['docker'],
      'nodeTrust.mirrorOf': ['docker.io'],
      'auth.enabled': false,
    },
  ],
  'mirror-of-itself': [
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io', 'registry.localhost:5000'] },
    { ...TRUST, ...PLAIN, 'nodeTrust.mirrorOf': ['registry.localhost:5000'] },
    { ...TRUST, ...PLAIN, 'service.port': 80, 'nodeTrust.mirrorOf': ['registry.localhost'] },
    { ...TRUST, pullAddress: 'images.example.com', 'nodeTrust.mirrorOf': ['images.example.com:443'] },
    { ...TRUST, pullAddress: 'images.example.com:443', 'nodeTrust.mirrorOf': ['images.example.com'] },
  ],
  'mirror-login-of-a-job': [
    { ...MIRROR, ...ADMIN, 'secrets.source': 'job' },
    { ...TRUST, ...ADMIN, 'secrets.source': 'job', 'nodeTrust.ca': AUTHORITY },
    { ...MIRROR, ...ADMIN, 'secrets.source': 'job', 'nodeTrust.ca': AUTHORITY },
  ],
  'mirror-login-without-mirrors': [
    { ...TRUST, ...ADMIN },
    { ...TRUST, 'nodeTrust.mirrorLogin.password': 'secret' },
    { ...TRUST, ...TOKENS, ...NODES },
  ],
  'mirror-login-with-tokens': [
    { ...MIRROR, ...TOKENS, ...NODES },
    { ...MIRROR, ...TOKENS, ...ADMIN, 'secrets.source': 'job' },
  ],
  'mirror-login-not-needed': [
    { ...MIRROR, ...ADMIN, 'auth.enabled': false },
    { ...MIRROR, ...NODES, 'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }] },
    {
      ...MIRROR,
      ...NODES,
      ...VERIFIER,
      'access.rules': [{ action: 'pull', repositories: ['**'], everyone: true }],
    },
  ],
  'mirror-password-unknown': [
    { ...MIRROR, ...ADMIN, 'auth.existingSecret': 'users' },
    { ...MIRROR, ...ADMIN, ...VERIFIER },
    { ...MIRROR, 'nodeTrust.mirrorLogin.username': 'al', 'auth.htpasswd': `al${LINE}` },
    {
      ...MIRROR,
      ...ADMIN,
      'auth.enabled': false,
      'access.rules': [{ action: 'pull', repositories: ['a/**'], everyone: true }],
    },
  ],
  'node-ca-without-tls': [{ ...TRUST, ...PLAIN, 'nodeTrust.ca': AUTHORITY }],
  'uninstall-without-node-trust': [{ 'nodeTrust.uninstall': true }],
  'ca-not-pem': [
    'a',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PRIVATE KEY-----\na\n-----END PRIVATE KEY-----',
  ].map((ca) => ({ ...TRUST, 'nodeTrust.ca': ca })),
  'registry-brings-no-ca': [
    { ...TRUST, 'tls.existingSecret': 'a' },
    { ...TRUST, ...PRIVATE, 'nodeTrust.mirrorOf': ['docker.io'] },
  ],
  'node-trust-of-a-job': [{ ...TRUST, 'secrets.source': 'job' }],
  'endpoint-for-docker': [
    { ...TRUST, 'nodeTrust.runtimes': ['docker'], 'nodeTrust.endpoint': 'https://10.0.0.5:30500' },
  ],
  'docker-without-tls': [
    { ...TRUST, 'nodeTrust.runtimes': ['docker'], 'tls.enabled': false, 'auth.enabled': false },
  ],
  'runtime-retired-and-used': [
    { ...TRUST, 'nodeTrust.retiredRuntimes': ['k3s', 'containerd'] },
    { ...TRUST, 'nodeTrust.runtimes': ['k3s'], 'nodeTrust.retiredRuntimes': ['k3s'] },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };
