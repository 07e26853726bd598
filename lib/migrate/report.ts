// Writes the result for a values file: this chart's values as YAML, and the remarks in human-readable form.
import { Document, isMap, isScalar, Pair } from 'yaml';
import type { Migrated } from './migration';
import { Matter, Remark } from './translation';

const HEADINGS: Readonly<Record<Matter, string>> = {
  [Matter.LOST]: 'Not carried over:',
  [Matter.GUESSED]: 'Please check, it had to be guessed:',
  [Matter.LATER]: 'Filled in later by another tool, which must be given these values, too:',
  [Matter.OPEN]: 'Stays as open as it was:',
  [Matter.DIFFERENT]: 'Works, but look at it:',
};

/** The order of this chart's values.yaml, as far as it helps readers. */
const ORDER = [
  'nameOverride',
  'fullnameOverride',
  'host',
  'image',
  'replicaCount',
  'autoscaling',
  'service',
  'ingress',
  'auth',
  'tls',
  'storage',
  'persistence',
  'caches',
];

/** The remarks, grouped by topic. */
export function remarkLines(remarks: readonly Remark[]): string[] {
  return Object.values(Matter).flatMap((matter) => {
    const lines = remarks
      .filter((remark) => remark.matter === matter)
      .map(({ key, text }) => `  ${key}: ${text}`);
    return lines.length === 0 ? [] : [HEADINGS[matter], ...lines];
  });
}

/** values.yaml, with the remarks at its end. */
export function valuesText({ values, remarks }: Migrated): string {
  const order = (path: string) => ORDER.indexOf(path.split('.')[0] as string);
  const rank = (path: string) => (order(path) < 0 ? ORDER.length : order(path));
  const document = new Document({});
  for (const [path, value] of [...values].sort(([one], [other]) => rank(one) - rank(other)))
    document.setIn(path.split('.'), document.createNode(value, { aliasDuplicateObjects: false }));
  for (const { key } of remarks.filter(({ matter }) => matter === Matter.OPEN)) {
    const pair = pairAt(document, key.split('.'));
    if (pair && isScalar(pair.key))
      pair.key.commentBefore = ' As open as it was, and not what this chart does by itself; see below.';
  }
  const lines = remarkLines(remarks);
  const comment = lines.map((line) => ` ${line}`.trimEnd()).join('\n');
  document.commentBefore =
    ' Translated from the values of a docker-registry chart by cdk8s-registry-migrate.';
  if (comment !== '') document.comment = comment;
  return document.toString({ lineWidth: 0 });
}

function pairAt(document: Document, path: readonly string[]): Pair | undefined {
  const inside = path.length > 1 ? document.getIn(path.slice(0, -1)) : document.contents;
  return isMap(inside)
    ? inside.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
}
