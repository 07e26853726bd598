// What the release sets in each object: names and references to them, the namespace, Helm's labels, and the
// release's name in selectors, so that two releases never select each other's pods.
import { INSTANCE_LABEL, MANAGED_BY_LABEL } from '../core/labels';
import { problemOf } from '../core/problem';
import type { ChartObject } from './objects';
import type { Content, Place } from './places';
import { pointerOf, valueAt, visit } from './pointer';
import { podTemplateOf, referencesIn } from './references';
import type { Problems } from './settings';

const CHART_LABEL = 'helm.sh/chart';

/** Kinds whose names are limited to fewer than 63 characters: names of their pods or revisions are longer. */
const NAME_LIMITS: Readonly<Record<string, number>> = { CronJob: 52, StatefulSet: 52 };
const NAME_LIMIT = 63;
/** As long as Helm lets a release's name be. */
const RELEASE_LIMIT = 53;
/** With fewer, releases with similar names would get the same. */
const RELEASE_LEAST = 20;

/** What the chart is called, and which objects are named by the release. */
export interface Naming {
  readonly chart: string;
  readonly prefix: string;
  readonly namespace: string | undefined;
  readonly named: readonly ChartObject[];
  readonly all: readonly ChartObject[];
}

/** The part of a string that is the prefix of a name. */
export function prefixPart({ chart, prefix }: Naming, from = 0): Content {
  return { kind: 'part', from, to: from + prefix.length, expression: `include "${chart}.fullname" .` };
}

/** Does a name begin with the prefix? */
export function hasPrefix(name: string, prefix: string): boolean {
  return name === prefix || name.startsWith(`${prefix}-`) || name.startsWith(`${prefix}.`);
}

/** How many characters of names are left for the release in every object. */
export function lengthLeft({ named, prefix }: Pick<Naming, 'named' | 'prefix'>): number {
  return Math.min(RELEASE_LIMIT, ...named.map((object) => leftIn(object, prefix)));
}

function leftIn({ manifest: { kind, metadata } }: ChartObject, prefix: string): number {
  return (NAME_LIMITS[kind] ?? NAME_LIMIT) - (metadata.name.length - prefix.length);
}

/** Reports names that two releases would share, or that leave no room for the release's name. */
export function checkNames(naming: Naming, fixed: ReadonlySet<ChartObject>, problems: Problems): void {
  for (const object of naming.all) {
    const { name } = object.manifest.metadata;
    const named = naming.named.includes(object);
    if (!named && !fixed.has(object))
      problems.push(problemOf('name-shared-by-releases', object.id, { value: name }));
    if (!named) continue;
    if (!hasPrefix(name, naming.prefix)) {
      problems.push(problemOf('name-without-prefix', object.id, { value: name, prefix: naming.prefix }));
      continue;
    }
    const left = leftIn(object, naming.prefix);
    if (left < RELEASE_LEAST)
      problems.push(
        problemOf('name-too-long-for-release', object.id, {
          value: name,
          left: Math.max(left, 0),
          over: RELEASE_LEAST - left,
        }),
      );
  }
}

/** What the release sets in an object. */
export function releasePlaces(object: ChartObject, naming: Naming, problems: Problems): Place[] {
  const { manifest } = object;
  const place = (keys: readonly string[], by: string, content: Content): Place => ({
    keys,
    by,
    content,
    release: true,
  });
  const scalar = (keys: readonly string[], by: string, pipeline: string) =>
    place(keys, by, { kind: 'scalar', pipeline });
  return [
    ...(naming.named.includes(object) ? [place(['metadata', 'name'], 'its name', prefixPart(naming))] : []),
    ...namespacesIn(manifest, naming.namespace).map((keys) =>
      scalar(keys, 'the namespace of the release', `${NAMESPACE} | quote`),
    ),
    ...references(object, naming).map(({ keys, to }) =>
      place(keys, `the name of ${to.id}`, prefixPart(naming)),
    ),
    scalar(['metadata', 'labels', CHART_LABEL], "Helm's label", `include "${naming.chart}.chart" .`),
    scalar(['metadata', 'labels', MANAGED_BY_LABEL], "Helm's label", '.Release.Service'),
    ...[['metadata', 'labels'], ...selectors(object, naming.all)].map((keys) => {
      const label = [...keys, INSTANCE_LABEL];
      const value = valueAt(manifest, label);
      if (value !== undefined && value !== naming.prefix)
        problems.push(problemOf('instance-label-fixed', object.id, { pointer: pointerOf(label), value }));
      return scalar(label, 'the name of the release', '.Release.Name | quote');
    }),
  ];
}

/** The release's namespace in templates. */
export const NAMESPACE = '.Release.Namespace';

/** Maps in which people choose the keys. */
const FREE_MAPS = /^(data|stringData|binaryData)\/|\/(labels|annotations|matchLabels)\//;

/** Fields called `namespace` that have the chart's: of the object itself, and of accounts that it names. */
function namespacesIn(manifest: object, namespace: string | undefined): string[][] {
  const found: string[][] = [];
  visit(manifest, (value, keys) => {
    if (keys.at(-1) === 'namespace' && value === namespace && !FREE_MAPS.test(keys.join('/')))
      found.push([...keys]);
  });
  return namespace === undefined ? [] : found;
}

function references({ manifest }: ChartObject, { named }: Naming) {
  return referencesIn(manifest).flatMap(({ keys, kind }) => {
    const to = named.find(
      (object) => object.manifest.kind === kind && object.manifest.metadata.name === valueAt(manifest, keys),
    );
    return to ? [{ keys, to }] : [];
  });
}

type Labels = Readonly<Record<string, unknown>>;

/** Labels of pods, and selectors of what is in this chart. */
function selectors(object: ChartObject, all: readonly ChartObject[]): string[][] {
  const { manifest } = object;
  const template = podTemplateOf(manifest);
  const found: string[][] = template ? [[...template, 'metadata', 'labels']] : [];
  visit(manifest, (value, keys) => {
    const matchLabels = keys.at(-1) === 'matchLabels' && !keys.includes('namespaceSelector');
    const ofService = manifest.kind === 'Service' && keys.join('/') === 'spec/selector';
    if ((matchLabels || ofService) && !isForOtherNamespaces(manifest, keys) && selectsAny(value, all))
      found.push([...keys]);
  });
  return found;
}

/** Beside a selector of namespaces, a selector of pods is not for the release's own. */
function isForOtherNamespaces(manifest: unknown, keys: readonly string[]): boolean {
  return valueAt(manifest, [...keys.slice(0, -2), 'namespaceSelector']) !== undefined;
}

function selectsAny(selector: unknown, all: readonly ChartObject[]): boolean {
  const wanted = Object.entries(selector as Labels);
  return (
    wanted.length > 0 &&
    all.some(({ manifest }) =>
      labelsIn(manifest).some((labels) => wanted.every(([key, value]) => labels[key] === value)),
    )
  );
}

/** Labels of an object and of its pods. */
function labelsIn(manifest: ChartObject['manifest']): Labels[] {
  const template = podTemplateOf(manifest);
  const pods = template && (valueAt(manifest, [...template, 'metadata', 'labels']) as Labels | undefined);
  return [manifest.metadata.labels ?? {}, pods ?? {}];
}
