// Reports objects of the same kind, namespace and name in any cdk8s App: one would overwrite the other in the
// cluster.

import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { addProblems, type Problem, problemOf } from './problem';

/** Cluster-scoped kinds, on which cdk8s sets the chart's namespace all the same. */
export const CLUSTER_SCOPED = [
  'Namespace',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'IngressClass',
  'GatewayClass',
  'PriorityClass',
  'ClusterIssuer',
];

const watched = new WeakSet<IConstruct>();

/** Adds the validation to a construct's app, once. */
export function checkNamesOnce(construct: Construct): void {
  const { root } = construct.node;
  if (watched.has(root)) return;
  watched.add(root);
  addProblems(root, () => nameClashes(root));
}

/** One message per set of constructs that create the same objects, not one per object. */
function nameClashes(root: IConstruct): Problem[] {
  const takers = new Map<string, ApiObject[]>();
  for (const object of root.node.findAll().filter((construct) => ApiObject.isApiObject(construct))) {
    const key = [object.kind, object.apiGroup, namespaceOf(object), object.name].join('/');
    takers.set(key, [...(takers.get(key) ?? []), object]);
  }
  const clashes = new Map<string, string[]>();
  for (const objects of [...takers.values()].filter(({ length }) => length > 1)) {
    const [object] = objects as [ApiObject];
    const namespace = namespaceOf(object);
    const what = `${object.kind} "${object.name}"${namespace ? ` in namespace "${namespace}"` : ''}`;
    const owners = ownersOf(objects);
    clashes.set(owners, [...(clashes.get(owners) ?? []), what]);
  }
  return [...clashes].map(([owners, what]) =>
    problemOf('object-written-twice', 'name', { constructs: owners, objects: what.join(', ') }),
  );
}

function namespaceOf({ kind, metadata }: ApiObject): string {
  return CLUSTER_SCOPED.includes(kind) ? '' : (metadata.namespace ?? '');
}

/**
 * The constructs at which the objects' paths diverge: those that the user created, such as two registries.
 */
export function ownersOf(objects: readonly IConstruct[]): string {
  const paths = objects.map(({ node }) => node.path.split('/'));
  const [first = []] = paths;
  const shared = first.findIndex((segment, index) => paths.some((path) => path[index] !== segment));
  return paths.map((path) => path.slice(0, shared + 1).join('/')).join(' and ');
}
