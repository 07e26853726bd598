// Fields in which Kubernetes expects the name of another object: a name that follows the release is followed
// there too. docs/helm.md lists them.
import { valueAt } from './pointer';

/** A field with a name, and the kind of object that it names. */
export interface Reference {
  readonly keys: readonly string[];
  readonly kind: string;
}

/** `*` is any index of a list. The kind is fixed, or in a field beside the name, with a default. */
interface Field {
  readonly path: string;
  readonly kind: string;
  readonly kindBeside?: true;
}

const CONTAINERS = ['containers', 'initContainers'];

const IN_PODS: readonly Field[] = [
  { path: 'serviceAccountName', kind: 'ServiceAccount' },
  { path: 'imagePullSecrets/*/name', kind: 'Secret' },
  { path: 'volumes/*/configMap/name', kind: 'ConfigMap' },
  { path: 'volumes/*/secret/secretName', kind: 'Secret' },
  { path: 'volumes/*/persistentVolumeClaim/claimName', kind: 'PersistentVolumeClaim' },
  { path: 'volumes/*/projected/sources/*/configMap/name', kind: 'ConfigMap' },
  { path: 'volumes/*/projected/sources/*/secret/name', kind: 'Secret' },
  ...CONTAINERS.flatMap((containers): Field[] => [
    { path: `${containers}/*/env/*/valueFrom/configMapKeyRef/name`, kind: 'ConfigMap' },
    { path: `${containers}/*/env/*/valueFrom/secretKeyRef/name`, kind: 'Secret' },
    { path: `${containers}/*/envFrom/*/configMapRef/name`, kind: 'ConfigMap' },
    { path: `${containers}/*/envFrom/*/secretRef/name`, kind: 'Secret' },
  ]),
];

const TEMPLATE = 'spec/template';

/** Where kinds have their pod template, if they have one. */
const POD_TEMPLATES: Readonly<Record<string, string>> = {
  CronJob: 'spec/jobTemplate/spec/template',
  DaemonSet: TEMPLATE,
  Deployment: TEMPLATE,
  Job: TEMPLATE,
  ReplicaSet: TEMPLATE,
  StatefulSet: TEMPLATE,
};

const BY_KIND: Readonly<Record<string, readonly Field[]>> = {
  StatefulSet: [{ path: 'spec/serviceName', kind: 'Service' }],
  Ingress: [
    { path: 'spec/rules/*/http/paths/*/backend/service/name', kind: 'Service' },
    { path: 'spec/defaultBackend/service/name', kind: 'Service' },
    { path: 'spec/tls/*/secretName', kind: 'Secret' },
  ],
  HTTPRoute: [
    { path: 'spec/rules/*/backendRefs/*/name', kind: 'Service', kindBeside: true },
    { path: 'spec/parentRefs/*/name', kind: 'Gateway', kindBeside: true },
  ],
  HorizontalPodAutoscaler: [{ path: 'spec/scaleTargetRef/name', kind: 'Deployment', kindBeside: true }],
  ServiceAccount: [
    { path: 'secrets/*/name', kind: 'Secret' },
    { path: 'imagePullSecrets/*/name', kind: 'Secret' },
  ],
  RoleBinding: bindings('Role'),
  ClusterRoleBinding: bindings('ClusterRole'),
};

function bindings(role: string): readonly Field[] {
  return [
    { path: 'roleRef/name', kind: role, kindBeside: true },
    { path: 'subjects/*/name', kind: 'ServiceAccount', kindBeside: true },
  ];
}

type Manifest = { readonly kind: string };

/** Where a manifest has its pod template. */
export function podTemplateOf({ kind }: Manifest): readonly string[] | undefined {
  return POD_TEMPLATES[kind]?.split('/');
}

/** The fields of a manifest that name other objects. */
export function referencesIn(manifest: Manifest): Reference[] {
  const template = podTemplateOf(manifest);
  const pod = manifest.kind === 'Pod' ? ['spec'] : template && [...template, 'spec'];
  const fields = [
    ...(BY_KIND[manifest.kind] ?? []),
    ...(pod ? IN_PODS.map((field) => ({ ...field, path: `${pod.join('/')}/${field.path}` })) : []),
  ];
  return fields.flatMap(({ path, kind, kindBeside }) =>
    matches(manifest, path.split('/')).map((keys): Reference => {
      const beside = kindBeside && valueAt(manifest, [...keys.slice(0, -1), 'kind']);
      return { keys, kind: typeof beside === 'string' ? beside : kind };
    }),
  );
}

/** The keys that a path with `*` leads to in a manifest. */
function matches(manifest: unknown, path: readonly string[]): string[][] {
  let found: string[][] = [[]];
  for (const key of path) {
    found = found.flatMap((keys) => {
      if (key !== '*') return [[...keys, key]];
      const list = valueAt(manifest, keys);
      return Array.isArray(list) ? list.map((_, index) => [...keys, String(index)]) : [];
    });
  }
  return found.filter((keys) => typeof valueAt(manifest, keys) === 'string');
}
