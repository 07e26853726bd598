// Two objects of one kind, namespace and name would overwrite each other in the cluster: an error, in any cdk8s App.

import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { addProblems, type Problem, problemOf } from './problem';

/** Kinds that are in no namespace, though cdk8s gives them the chart's. */
const CLUSTER_SCOPED = ['Namespace', 'PersistentVolume'];

const watched = new WeakSet<IConstruct>();

/** Adds the check to the app that a construct is in, once. */
export function checkNamesOnce(construct: Construct): void {
  const { root } = construct.node;
  if (watched.has(root)) return;
  watched.add(root);
  addProblems(root, () => nameClashes(root));
}

/** One message for each set of constructs that make the same objects, not one for each object. */
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
  return [...clashes].map(([owners, what]) => problemOf('object-written-twice', 'name', { constructs: owners, objects: what.join(', ') }));
}

function namespaceOf({ kind, metadata }: ApiObject): string {
  return CLUSTER_SCOPED.includes(kind) ? '' : (metadata.namespace ?? '');
}

/** Where the paths of some objects part: the constructs that a user made, such as two registries. */
export function ownersOf(objects: readonly IConstruct[]): string {
  const paths = objects.map(({ node }) => node.path.split('/'));
  const [first = []] = paths;
  const shared = first.findIndex((segment, index) => paths.some((path) => path[index] !== segment));
  return paths.map((path) => path.slice(0, shared + 1).join('/')).join(' and ');
}
