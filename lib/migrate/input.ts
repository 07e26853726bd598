// Finds the values in the input: a values file, or an object of a tool that installs charts.
import { nameOf, readOne, ValuesError } from './documents';
import { Input, readObject } from './objects';
import { isMap } from './old-keys';

type Tree = Readonly<Record<string, unknown>>;

const NOTHING =
  '`helm get values … > FILE` leaves such a file when it fails; with --all it never is empty, not even for a release with nothing set: write {} for that';

/**
 * Reads a file.
 *
 * @throws ValuesError where it contains no values
 */
export function readInput(text: string): Input {
  if (ONLY_HEADER.test(text)) throw new ValuesError(`holds no values. ${NOTHING}`);
  const tree = readOne(text);
  if (tree === undefined || tree === null)
    throw new ValuesError(text.trim() === '' ? `is empty. ${NOTHING}` : `holds no values. ${NOTHING}`);
  if (!isMap(tree))
    throw new ValuesError(`holds ${nameOf(tree)}, but a values file is a map, such as "replicaCount: 1"`);
  if (isMap(tree.sops)) throw new ValuesError('is encrypted by SOPS; give what `sops --decrypt` makes of it');
  if (typeof tree.kind === 'string' || typeof tree.apiVersion === 'string') return readObject(tree);
  const around = AROUND.find(({ has }) => has(tree));
  if (around) throw new ValuesError(`${around.what}; give the values in ${around.path} alone`);
  return { tree, unread: [] };
}

/** The line that `helm get values` prints above the values. */
export const HEADERS = ['USER-SUPPLIED VALUES', 'COMPUTED VALUES'];
const ONLY_HEADER = new RegExp(`^\\s*(${HEADERS.join('|')}):\\s*(null)?\\s*$`);

/** Files of other tools, which are not Kubernetes objects. */
const AROUND: readonly {
  readonly has: (tree: Tree) => boolean;
  readonly what: string;
  readonly path: string;
}[] = [
  {
    has: ({ helm }) =>
      isMap(helm) && (isMap(helm.values) || Array.isArray(helm.valuesFiles) || helm.chart !== undefined),
    what: "is a fleet.yaml of Rancher's Fleet",
    path: 'helm.values',
  },
  {
    has: ({ releases }) =>
      Array.isArray(releases) && releases.some((one) => isMap(one) && one.chart !== undefined),
    what: 'is a helmfile',
    path: "the release's values",
  },
  {
    has: ({ helmCharts }) => Array.isArray(helmCharts),
    what: 'is a kustomization',
    path: 'helmCharts[].valuesInline',
  },
];
