// Whether manifests are made to be written as they are, or to learn a Helm chart from them. What is computed from texts that only a release has, such
// as a digest, is then left to the chart.
import { Construct } from 'constructs';

const KEY = 'cdk8s-registry/chart';

/** From now on, an app's manifests are those of a chart. */
export function makeForChart(app: Construct): void {
  app.node.setContext(KEY, true);
}

/** Texts that the notes repeat: a chart has a template of its own for each. What stands in for them there. */
export const CHART_TEXTS = {
  clientAddress: 'zqtextclientaddress',
  nodeAddress: 'zqtextnodeaddress',
  url: 'zqtexturl',
} as const;

const texts = new WeakMap<Construct, Map<string, string>>();

/** A text, or in a chart what stands in for it. */
export function named(construct: Construct, name: keyof typeof CHART_TEXTS, text: string): string {
  if (!isForChart(construct)) return text;
  const known = texts.get(construct.node.root as Construct) ?? new Map<string, string>();
  texts.set(construct.node.root as Construct, known.set(name, text));
  return CHART_TEXTS[name];
}

/** The texts that something stands in for. */
export function namedTexts(app: Construct): ReadonlyMap<string, string> {
  return texts.get(app) ?? new Map();
}

/** Are the manifests those of a chart? */
export function isForChart(construct: Construct): boolean {
  return construct.node.tryGetContext(KEY) === true;
}
