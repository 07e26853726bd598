// Refused combinations of what pods, nodes and tools are given, by the code of the message.
import type { Code } from '../../../lib/core/messages';

type ByPath = Readonly<Record<string, unknown>>;

const LINE = `:$2y$05$${'a'.repeat(53)}`;
const PULL_SECRET = { 'pullSecret.enabled': true };
const NODE_PORT = { 'service.type': 'NodePort' };

export const OF_CLIENTS = {
  'pull-secret-without-login': [{ ...PULL_SECRET, 'auth.enabled': false }],
  'password-unknown': [
    { ...PULL_SECRET, 'auth.htpasswd': `al${LINE}` },
    { ...PULL_SECRET, 'auth.existingSecret': 'users', 'auth.htpasswd': `al${LINE}` },
  ],
  'pull-secret-of-a-job': [{ 'pullSecret.enabled': true, 'secrets.source': 'job' }],
  'pull-secret-name-taken': [
    { ...PULL_SECRET, 'pullSecret.name': 'registry-login', 'pullSecret.namespaces': ['shop'] },
    { ...PULL_SECRET, 'pullSecret.name': 'registry-pulls' },
    { ...PULL_SECRET, 'pullSecret.name': 'images-auth', release: 'images', fullnameOverride: 'images' },
  ],
  'node-port-unknown': [
    { ...PULL_SECRET, ...NODE_PORT },
    { ...NODE_PORT, 'localRegistryHosting.enabled': true },
    { ...NODE_PORT, 'localRegistryHosting.enabled': true, pullAddress: 'pull.example.com' },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };
