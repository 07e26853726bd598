// Objects that people add to the release.
import { ApiObject, type Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CLUSTER_SCOPED } from '../../core/duplicate-objects';
import { type Literal, LiteralObject } from '../../core/literal-object';
import { addProblems, type Problem, problemOf, problemsOf, shown } from '../../core/problem';
import type { Registry } from '../../registry';
import type { ChartValues } from '../values/reader';
import type { Release } from './release';

/** The objects of a chart by what names them: group of the API, kind, namespace and name. */
export function objectIds(chart: Chart, release: Release): string[] {
  return chart.node
    .findAll()
    .filter((one): one is ApiObject => ApiObject.isApiObject(one))
    .map(({ apiVersion, kind, name, metadata: { namespace } }) =>
      idOf({ apiVersion, kind, metadata: { name, namespace } }, release),
    );
}

/** Secrets that a release has and a store keeps otherwise, by what names them. */
export function keptIds({ auth, tls, registryName }: Registry, release: Release): string[] {
  const generated = auth.userNames.some((name) => auth.showPasswordCommand(name) !== undefined);
  const kept = [...(generated ? ['login'] : []), ...(tls._selfSigned ? ['ca'] : [])];
  return kept.map((suffix) =>
    idOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: `${registryName}-${suffix}` } }, release),
  );
}

/**
 * Adds those that are not there yet, and reports the others.
 *
 * @param own what names the release's other objects
 */
export function addExtraObjects(
  chart: Chart,
  values: ChartValues,
  release: Release,
  own: readonly string[],
): void {
  const objects = values.list<Literal>('extraObjects') ?? [];
  if (objects.length === 0) return;
  const ids = objects.map((object) => idOf(object, release));
  const extra = new Construct(chart, 'extra-objects');
  // What the release has is known only of values that can be used.
  const usable = chart.node.root.node.findAll().every((construct) => problemsOf(construct).length === 0);
  const twice: Problem[] = [];
  const taken: Problem[] = [];
  objects.forEach((object, index) => {
    const id = ids[index] as string;
    const [at, details] = [`extraObjects[${index}]`, { object: shownObject(object, release) }];
    if (ids.indexOf(id) < index) twice.push(problemOf('extra-object-twice', at, details));
    else if (own.includes(id)) taken.push(problemOf('extra-object-of-the-release', at, details));
    else new LiteralObject(extra, String(index), object);
  });
  addProblems(extra, () => (usable && twice.length === 0 ? taken : twice));
}

function idOf({ apiVersion, kind, metadata: { name, namespace } }: Literal, release: Release): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const where = CLUSTER_SCOPED.includes(kind) ? '' : (namespace ?? release.namespace);
  return [group, kind, where, name].join('/');
}

function shownObject({ kind, metadata: { name, namespace } }: Literal, release: Release): string {
  const elsewhere = namespace !== undefined && namespace !== release.namespace;
  return `${kind} ${shown(name)}${elsewhere ? ` in the namespace "${namespace}"` : ''}`;
}
