// The table of numbered files, by labels and kinds alone.

import { filesOf, type Manifest } from '../../lib/app/file-table';
import { Component, standardLabels } from '../../lib/core/labels';

function object(kind: string, name: string, labels?: Record<string, string>, namespace?: string): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name, ...(namespace && { namespace }), labels } };
}

const ours = (kind: string, registry = 'registry', component = Component.REGISTRY, namespace?: string) =>
  object(kind, registry, standardLabels(registry, component), namespace);

const names = (...manifests: Manifest[]) =>
  Object.fromEntries(
    [...filesOf(manifests)].map(([file, list]) => [
      file,
      list.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    ]),
  );

test.each([
  ['Namespace', Component.REGISTRY, '000-registry-namespace.yaml'],
  ['Secret', Component.REGISTRY, '100-registry-secrets.yaml'],
  ['Service', Component.REGISTRY, '200-registry-service.yaml'],
  ['ServiceAccount', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['ConfigMap', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['PersistentVolumeClaim', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['NetworkPolicy', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['PodDisruptionBudget', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['Deployment', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['Ingress', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['IngressRoute', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['ServersTransport', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['HTTPRoute', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['Gateway', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['BackendTLSPolicy', Component.REGISTRY, '400-registry-ingress.yaml'],
  ['Certificate', Component.REGISTRY, '100-registry-secrets.yaml'],
  ['Service', Component.UI, '500-registry-ui-service.yaml'],
  ['NetworkPolicy', Component.UI, '600-registry-ui-deployment.yaml'],
  ['Deployment', Component.UI, '600-registry-ui-deployment.yaml'],
  ['Ingress', Component.UI, '700-registry-ui-ingress.yaml'],
  ['IngressRoute', Component.UI, '700-registry-ui-ingress.yaml'],
  ['Middleware', Component.UI, '700-registry-ui-ingress.yaml'],
  ['HTTPRoute', Component.UI, '700-registry-ui-ingress.yaml'],
  ['Service', Component.METRICS, '840-registry-metrics.yaml'],
  ['NetworkPolicy', Component.METRICS, '840-registry-metrics.yaml'],
  ['ServiceMonitor', Component.METRICS, '840-registry-metrics.yaml'],
  ['PrometheusRule', Component.METRICS, '840-registry-metrics.yaml'],
  ['Deployment', Component.DESCRIPTOR_CACHE, '855-registry-descriptor-cache.yaml'],
  ['HorizontalPodAutoscaler', Component.REGISTRY, '300-registry-deployment.yaml'],
  ['NetworkPolicy', Component.PREFETCH, '850-registry-prefetch.yaml'],
  ['CronJob', Component.PREFETCH, '850-registry-prefetch.yaml'],
  ['Secret', Component.RETENTION, '870-registry-retention.yaml'],
  ['ServiceAccount', Component.RETENTION, '870-registry-retention.yaml'],
  ['ClusterRole', Component.RETENTION, '870-registry-retention.yaml'],
  ['ClusterRoleBinding', Component.RETENTION, '870-registry-retention.yaml'],
  ['ConfigMap', Component.RETENTION, '870-registry-retention.yaml'],
  ['NetworkPolicy', Component.RETENTION, '870-registry-retention.yaml'],
  ['CronJob', Component.RETENTION, '870-registry-retention.yaml'],
  ['Secret', Component.COPY, '890-registry-copy.yaml'],
  ['ConfigMap', Component.COPY, '890-registry-copy.yaml'],
  ['NetworkPolicy', Component.COPY, '890-registry-copy.yaml'],
  ['CronJob', Component.COPY, '890-registry-copy.yaml'],
])('%s of the %s goes to %s', (kind, component, file) => {
  expect([...filesOf([ours(kind, 'registry', component)]).keys()]).toEqual([file]);
});

test.each<[string, Manifest]>([
  ['without labels', object('Secret', 'mine')],
  [
    'of the same instance but not ours',
    object('Secret', 'mine', {
      ...standardLabels('registry', Component.REGISTRY),
      'app.kubernetes.io/managed-by': 'Helm',
    }),
  ],
  ['of a kind that the table does not know', ours('CronJob')],
  [
    'of a component that the table does not know',
    object('Secret', 'mine', {
      ...standardLabels('registry', Component.REGISTRY),
      'app.kubernetes.io/component': 'cache',
    }),
  ],
])('an object %s goes to the others', (_, manifest) => {
  expect([...filesOf([manifest]).keys()]).toEqual(['900-others.yaml']);
});

test('files are sorted, and in each the kinds are in order, and equals as they came', () => {
  const kinds = ['Deployment', 'Ingress', 'ConfigMap', 'NetworkPolicy', 'Namespace', 'Secret'];
  const manifests = kinds.map((kind) =>
    ours(kind, 'registry', Component.REGISTRY, kind === 'Namespace' ? undefined : 'registry'),
  );
  const second = {
    ...ours('Secret', 'registry', Component.REGISTRY, 'registry'),
    metadata: { ...manifests[5]?.metadata, name: 'a-second' },
  };
  expect(names(object('Pod', 'mine'), ...manifests, second as Manifest)).toEqual({
    '000-registry-namespace.yaml': ['Namespace/registry'],
    '100-registry-secrets.yaml': ['Secret/registry', 'Secret/a-second'],
    '300-registry-deployment.yaml': ['ConfigMap/registry', 'NetworkPolicy/registry', 'Deployment/registry'],
    '400-registry-ingress.yaml': ['Ingress/registry'],
    '900-others.yaml': ['Pod/mine'],
  });
});

test('the namespace stands in the name only where two registries share one', () => {
  expect(
    Object.keys(
      names(
        ours('Service', 'registry', Component.REGISTRY, 'a'),
        ours('Service', 'registry', Component.REGISTRY, 'b'),
        ours('Service', 'registry', Component.REGISTRY),
        ours('Service', 'other', Component.REGISTRY, 'a'),
      ),
    ),
  ).toEqual([
    '200-a-registry-service.yaml',
    '200-b-registry-service.yaml',
    '200-default-registry-service.yaml',
    '200-other-service.yaml',
  ]);
});

test('nothing gives no file', () => {
  expect(filesOf([]).size).toBe(0);
});

test('what is in other namespaces for a registry does not tell it from another', () => {
  expect(
    names(
      ours('Service', 'registry', Component.REGISTRY, 'registry'),
      ours('Secret', 'registry', Component.PULL_SECRET, 'shop'),
      ours('ServiceAccount', 'registry', Component.PULL_SECRET, 'blog'),
      ours('DaemonSet', 'registry', Component.NODE_TRUST, 'registry-node-trust'),
      ours('Deployment', 'registry', Component.TOOLBOX, 'registry'),
      ours('ConfigMap', 'registry', Component.LOCAL_HOSTING, 'kube-public'),
    ),
  ).toEqual({
    '200-registry-service.yaml': ['Service/registry'],
    '800-registry-pull-secrets.yaml': ['Secret/registry', 'ServiceAccount/registry'],
    '810-registry-node-trust.yaml': ['DaemonSet/registry'],
    '820-registry-toolbox.yaml': ['Deployment/registry'],
    '830-registry-local-hosting.yaml': ['ConfigMap/registry'],
  });
});

test('namespaces of the user come first, since what is in them may be ours', () => {
  expect(
    Object.keys(
      names(
        object('Pod', 'mine'),
        object('Namespace', 'shop'),
        ours('Secret', 'registry', Component.PULL_SECRET, 'shop'),
      ),
    ),
  ).toEqual(['000-namespaces.yaml', '800-registry-pull-secrets.yaml', '900-others.yaml']);
});

test('what is in the cluster for a registry does not tell it from another, and is beside it', () => {
  const labels = standardLabels('registry', Component.RETENTION);
  const role = (namespace: string) => [
    object('CronJob', 'registry-retention', labels, namespace),
    object('ClusterRole', `${namespace}.registry-retention`, labels),
    object('ClusterRoleBinding', `${namespace}.registry-retention`, labels),
  ];
  expect(Object.keys(names(ours('Service', 'registry', Component.REGISTRY, 'a'), ...role('a')))).toEqual([
    '200-registry-service.yaml',
    '870-registry-retention.yaml',
  ]);
  expect(names(...role('a'), ...role('b'))).toEqual({
    '870-a-registry-retention.yaml': [
      'ClusterRole/a.registry-retention',
      'ClusterRoleBinding/a.registry-retention',
      'CronJob/registry-retention',
    ],
    '870-b-registry-retention.yaml': [
      'ClusterRole/b.registry-retention',
      'ClusterRoleBinding/b.registry-retention',
      'CronJob/registry-retention',
    ],
  });
});
