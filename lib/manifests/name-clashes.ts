// Two objects of one kind, namespace and name would overwrite each other in the cluster: an error, in any cdk8s App.
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const watched = new WeakSet<Construct>();

/** Adds the check to the app that a construct is in, once. */
export function checkNamesOnce(construct: Construct): void {
  const { root } = construct.node;
  if (watched.has(root as Construct)) return;
  watched.add(root as Construct);
  root.node.addValidation({ validate: () => nameClashes(root as Construct) });
}

function nameClashes(root: Construct): string[] {
  const owners = new Map<string, string[]>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const { kind, apiGroup, name, metadata } = construct;
    const key = [kind, apiGroup, metadata.namespace ?? '', name].join('/');
    owners.set(key, [...(owners.get(key) ?? []), construct.node.path]);
  }
  return [...owners].filter(([, paths]) => paths.length > 1).map(([key, paths]) => describe(key, paths));
}

function describe(key: string, paths: string[]): string {
  const [kind, , namespace, name] = key.split('/');
  const where = namespace ? ` in namespace "${namespace}"` : '';
  return `name: "${name}" is taken by ${paths.length} objects of kind ${kind}${where} (${paths.join(', ')}); give each registry a name or a namespace of its own`;
}
