// Objects of tools that install charts, such as Argo CD and Flux: where they hold the values of the old
// chart, and other fields that affect the release.
import { nameOf, readOne, ValuesError } from './documents';
import { isMap } from './old-keys';

/** Something beside the values that could not be read. */
export interface Unread {
  readonly key: string;
  readonly text: string;
}

/** The values, and where they were found. */
export interface Input {
  readonly tree: Readonly<Record<string, unknown>>;
  /** Their path in the file, unless they are the file. */
  readonly path?: string;
  /** The kind of object in the file, unless it is a values file. */
  readonly object?: string;
  /** The release's name, if the object contains it. */
  readonly release?: string;
  /** Other fields that affect the release. */
  readonly unread: readonly Unread[];
}

type Tree = Readonly<Record<string, unknown>>;

/** An object's data for the old chart. */
interface Found {
  /** The values, by their path; the first existing ones apply. */
  readonly values: readonly (readonly [path: string, value: unknown])[];
  /** Single values of higher precedence, as for helm --set. */
  readonly single?: readonly (readonly [path: string, name: unknown, value: unknown, asText: boolean])[];
  readonly release?: unknown;
  readonly unread: readonly Unread[];
}

/** Objects that hold values. */
const OBJECTS: readonly {
  readonly group: RegExp;
  readonly kind: string;
  readonly what: string;
  readonly read: (spec: Tree, metadata: Tree) => Found;
}[] = [
  { group: /^argoproj\.io\//, kind: 'Application', what: 'an Argo CD Application', read: readApplication },
  {
    group: /^helm\.(toolkit\.)?fluxcd\.io\//,
    kind: 'HelmRelease',
    what: 'a Flux HelmRelease',
    read: readHelmRelease,
  },
  { group: /^helm\.cattle\.io\//, kind: 'HelmChart', what: 'a k3s HelmChart', read: readHelmChart },
  {
    group: /^helm\.cattle\.io\//,
    kind: 'HelmChartConfig',
    what: 'a k3s HelmChartConfig',
    read: readHelmChartConfig,
  },
];

/** Objects whose values are stored elsewhere, and can't be read from here. */
const NAMED: Readonly<Record<string, string>> = {
  ApplicationSet: 'in spec.template.spec.source.helm, for each Application that it makes',
  Kustomization: 'in helmCharts[].valuesInline, or in what it names',
  List: 'in one of its items, if in any',
};

/** Reads the values in an object. */
export function readObject(tree: Tree): Input {
  const kind = String(tree.kind ?? 'Chart.yaml');
  const known = OBJECTS.find((one) => one.kind === kind && one.group.test(String(tree.apiVersion)));
  if (!known) {
    const article = /^[AEIOU]/.test(kind) ? 'an' : 'a';
    const where = NAMED[kind] === undefined ? '' : `; values are ${NAMED[kind]}`;
    throw new ValuesError(
      `is ${article} ${kind}, and no values file${where}. \`helm get values RELEASE --all -o yaml\` prints one, and these are read as they are: ${OBJECTS.map(({ what }) => what).join(', ')}`,
    );
  }
  const metadata = isMap(tree.metadata) ? tree.metadata : {};
  const { values, single = [], release, unread } = known.read(isMap(tree.spec) ? tree.spec : {}, metadata);
  const [found, ...ignored] = values.filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const left = [
    ...ignored.map(([key]) => ({ key, text: `does not count, since ${found?.[0]} is there` })),
    ...unread,
  ];
  const paths = values.map(([path]) => path);
  const inside = found === undefined ? {} : valuesAt(known.what, found);
  const set = single.filter(([, name, value]) => name !== undefined && value !== undefined);
  if (found === undefined && set.length === 0) {
    const others =
      unread.length === 0
        ? ''
        : `; those of ${unread.map(({ key }) => key).join(', ')} can't be read from here`;
    throw new ValuesError(
      `is ${known.what} with nothing in ${paths.join(' or ') || 'spec'}, where values would be${others}. \`helm get values RELEASE --all -o yaml\` prints all values of a release`,
    );
  }
  const merged = structuredClone(inside) as Record<string, unknown>;
  for (const [path, name, value, asText] of set) {
    if (!setSingle(merged, String(name), asText ? String(value) : typed(value))) {
      left.push({ key: path, text: `${String(name)} is not read: write it into the values` });
    }
  }
  const at = [...(found === undefined ? [] : [found[0]]), ...new Set(set.map(([path]) => path))].join(
    ' and ',
  );
  return {
    tree: merged,
    path: at,
    object: known.what,
    unread: left,
    ...(typeof release === 'string' && RELEASE.test(release) && { release }),
  };
}

/** Values as a map, or as a string that holds one. */
function valuesAt(what: string, [path, value]: readonly [string, unknown]): Tree {
  const fail = (problem: string) => new ValuesError(`${path} of ${what}: ${problem}`);
  let inside = value;
  if (typeof value === 'string') {
    try {
      inside = readOne(value);
    } catch (error) {
      throw fail((error as Error).message);
    }
  }
  if (inside === null || inside === undefined) return {};
  if (!isMap(inside)) throw fail(`holds ${nameOf(inside)}, but values are a map, such as "replicaCount: 1"`);
  return inside;
}

/** Sets one value as `helm --set` does; returns whether the name is simple enough. */
function setSingle(tree: Record<string, unknown>, name: string, value: unknown): boolean {
  if (!/^[\w-]+(\.[\w-]+)*$/.test(name) || (typeof value === 'string' && /^\{.*\}$|[,\\]/.test(value)))
    return false;
  const path = name.split('.');
  let inside = tree;
  for (const key of path.slice(0, -1)) {
    if (!isMap(inside[key])) inside[key] = {};
    inside = inside[key] as Record<string, unknown>;
  }
  inside[path.at(-1) as string] = value;
  return true;
}

function typed(value: unknown): unknown {
  const text = String(value);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** The name of a release. */
export const RELEASE = /^[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?$/;

const BY_HAND = 'is not read: look up what it holds for the old chart, and write it into the values';

/** Those of these keys that exist. */
function unreadIn(tree: Tree, at: string, ...names: string[]): Unread[] {
  const given = names.filter(
    (name) => tree[name] !== undefined && tree[name] !== null && Object.keys(tree[name] as object).length > 0,
  );
  return given.map((name) => ({ key: `${at}.${name}`, text: BY_HAND }));
}

function readApplication(spec: Tree, metadata: Tree): Found {
  const one = isMap(spec.source) ? [['spec.source', spec.source] as const] : [];
  const several = Array.isArray(spec.sources)
    ? spec.sources.map((source, index) => [`spec.sources[${index}]`, source] as const)
    : [];
  // Argo CD ignores `source` where there are `sources`.
  const sources = (several.length > 0 ? several : one).flatMap(([at, source]) =>
    isMap(source) ? [{ at, source }] : [],
  );
  const helms = sources.filter(({ source }) => isMap(source.helm));
  const ours = helms.filter(({ source }) =>
    /docker-registry/.test(`${source.chart ?? ''} ${source.path ?? ''}`),
  );
  const chosen = helms.length > 1 ? ours : helms;
  if (helms.length > 1 && chosen.length !== 1) {
    throw new ValuesError(
      `is an Argo CD Application with values in ${helms.map(({ at }) => `${at}.helm`).join(', ')}; give those of the old registry alone`,
    );
  }
  const [{ at, source } = { at: several.length > 0 ? 'spec.sources[]' : 'spec.source', source: {} as Tree }] =
    chosen;
  const helm = isMap(source.helm) ? source.helm : {};
  const parameters = Array.isArray(helm.parameters) ? helm.parameters.filter(isMap) : [];
  return {
    values: [
      [`${at}.helm.valuesObject`, helm.valuesObject],
      [`${at}.helm.values`, helm.values],
    ],
    single: parameters.map(({ name, value, forceString }) => [
      `${at}.helm.parameters`,
      name,
      value,
      forceString === true,
    ]),
    release: helm.releaseName ?? metadata.name,
    unread: unreadIn(helm, `${at}.helm`, 'valueFiles', 'fileParameters'),
  };
}

function readHelmRelease(spec: Tree, metadata: Tree): Found {
  const name = metadata.name;
  const chart = isMap(spec.chart) ? spec.chart : {};
  return {
    values: [['spec.values', spec.values]],
    release:
      spec.releaseName ?? (spec.targetNamespace === undefined ? name : `${spec.targetNamespace}-${name}`),
    unread: [
      ...unreadIn(spec, 'spec', 'valuesFrom', 'postRenderers', 'valueFileSecrets'),
      ...unreadIn(isMap(chart.spec) ? chart.spec : {}, 'spec.chart.spec', 'valuesFiles'),
    ],
  };
}

function readHelmChart(spec: Tree, metadata: Tree): Found {
  return {
    values: [
      ['spec.valuesContent', spec.valuesContent],
      ['spec.values', spec.values],
    ],
    single: Object.entries(isMap(spec.set) ? spec.set : {}).map(([name, value]) => [
      'spec.set',
      name,
      value,
      false,
    ]),
    release: metadata.name,
    unread: unreadIn(spec, 'spec', 'valuesSecrets', 'chartContent'),
  };
}

/** It overrides the HelmChart of the same name, which is in another file. */
function readHelmChartConfig(spec: Tree, metadata: Tree): Found {
  const found = readHelmChart(spec, metadata);
  const beneath = `its values count where those of this HelmChartConfig say nothing, and are not read: give both in one file`;
  return { ...found, unread: [{ key: `HelmChart ${metadata.name}`, text: beneath }, ...found.unread] };
}
