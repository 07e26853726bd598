// Refused objects in extraObjects, by the code of the message.
import type { Code } from '../../../lib/core/messages';

type ByPath = Readonly<Record<string, unknown>>;

/** An object without content. */
export function objectOf(apiVersion: string, kind: string, name: string, namespace?: string) {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

const LONG = `${'x'.repeat(70)}"`;
const JOB = { 'secrets.source': 'job' };

export const OF_EXTRA_OBJECTS = {
  'extra-object-of-the-release': [
    {
      extraObjects: [
        objectOf('v1', 'ConfigMap', 'mine'),
        objectOf('v1', 'Secret', 'registry-auth'),
        objectOf('apps/v1beta1', 'Deployment', 'registry', 'images-of-all'),
      ],
    },
    { extraObjects: [objectOf('v1', 'Secret', 'registry-login'), objectOf('v1', 'Secret', 'registry-ca')] },
    {
      ...JOB,
      extraObjects: [objectOf('v1', 'Secret', 'registry-ca'), objectOf('v1', 'Secret', 'registry-http')],
    },
    { ...JOB, extraObjects: [objectOf('batch/v1', 'Job', 'registry-secrets')] },
    {
      'pullSecret.enabled': true,
      'pullSecret.namespaces': ['shop', 'billing'],
      extraObjects: [objectOf('v1', 'Secret', 'registry-pull', 'billing')],
    },
    {
      'localRegistryHosting.enabled': true,
      extraObjects: [objectOf('v1', 'ConfigMap', 'local-registry-hosting', 'kube-public')],
    },
    {
      'persistence.hostPath.path': '/srv/registry',
      extraObjects: [objectOf('v1', 'PersistentVolume', 'images-of-all.registry', 'any')],
    },
    { release: 'team-a', extraObjects: [objectOf('v1', 'Service', 'team-a-registry')] },
  ],
  'extra-object-twice': [
    {
      extraObjects: [
        objectOf('v1', 'Secret', 'a'),
        objectOf('v1', 'Secret', 'a', 'images-of-all'),
        objectOf('v1', 'Secret', 'a', 'shop'),
        objectOf('v1', 'Secret', 'a', 'shop'),
      ],
    },
    {
      extraObjects: ['v1', 'v2'].map((version) => objectOf(`example.com/${version}`, 'Thing', LONG, 'shop')),
    },
    // In no namespace, whatever they say.
    ...[
      ['v1', 'Namespace'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
      ['storage.k8s.io/v1', 'StorageClass'],
      ['networking.k8s.io/v1', 'IngressClass'],
      ['gateway.networking.k8s.io/v1', 'GatewayClass'],
      ['scheduling.k8s.io/v1', 'PriorityClass'],
      ['cert-manager.io/v1', 'ClusterIssuer'],
    ].map(([apiVersion = '', kind = '']) => ({
      extraObjects: ['shop', 'billing'].map((namespace) => objectOf(apiVersion, kind, 'a', namespace)),
    })),
    // With other problems too, and of an object of the release's own.
    { replicaCount: 2, extraObjects: [1, 2].map(() => objectOf('v1', 'Service', 'registry')) },
  ],
} satisfies { readonly [code in Code]?: readonly ByPath[] };

export const ALLOWED_EXTRA_OBJECTS: readonly ByPath[] = [
  {
    extraObjects: [
      objectOf('v1', 'Secret', 'registry-auth', 'shop'),
      objectOf('v1', 'ConfigMap', 'registry-auth'),
      objectOf('example.com/v1', 'Secret', 'registry-auth'),
      objectOf('example.org/v1', 'Secret', 'registry-auth'),
      objectOf('v1', 'Ingress', 'registry'),
      objectOf('v1', 'PersistentVolume', 'images-of-all.registry'),
    ],
  },
  { 'auth.enabled': false, 'tls.external': true, extraObjects: [objectOf('v1', 'Secret', 'registry-ca')] },
  { 'httpSecret.existingSecret': 'registry-http', extraObjects: [objectOf('v1', 'Secret', 'registry-http')] },
  { extraObjects: [objectOf('batch/v1', 'Job', 'registry-secrets')] },
];
