// Expressions of PromQL, so that each alert and each panel asks for series in the same way.

/** An expression that a label must match. */
export interface Pattern {
  readonly matches: string;
}

/** Labels of series, and what they must be. */
export type Labels = Readonly<Record<string, string | Pattern>>;

/** A selector: `series('up', { job: 'registry', code: like('5..') })` is `up{job="registry", code=~"5.."}`. */
export function series(metric: string, labels: Labels): string {
  const matchers = Object.entries(labels).map(([name, text]) =>
    typeof text === 'string' ? `${name}=${quoted(text)}` : `${name}=~${quoted(text.matches)}`,
  );
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(', ')}}`;
}

/** A pattern. */
export function like(matches: string): Pattern {
  return { matches };
}

/** One of some names, which have nothing but letters, digits, `-` and `.`. */
export function oneOf(names: readonly string[]): Pattern {
  return like(names.map((name) => name.replaceAll('.', '\\.')).join('|'));
}

/**
 * The names of the pods of Deployments. Their two endings have letters and digits that never make a word, so that pods
 * of a Deployment with a longer name are not among them.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go
 */
export function podsOf(deployments: readonly string[]): Pattern {
  const [hash, random] = ['{1,10}', '{5}'].map((length) => `[bcdfghjklmnpqrstvwxz2456789]${length}`);
  return like(`(${oneOf(deployments).matches})-${hash}-${random}`);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
