// Whether manifests are written as they are, or used to learn a Helm chart. The chart computes everything
// that depends on values known only per release, such as digests.
import { Construct } from 'constructs';

const KEY = 'cdk8s-registry/chart';

/** Switches an app to chart mode. */
export function makeForChart(app: Construct): void {
  app.node.setContext(KEY, true);
}

/** Placeholders for strings that the notes repeat; the chart has a template for each. */
export const CHART_TEXTS = {
  clientAddress: 'zqtextclientaddress',
  nodeAddress: 'zqtextnodeaddress',
  url: 'zqtexturl',
} as const;

const texts = new WeakMap<Construct, Map<string, string>>();

/** A string, or its placeholder in chart mode. */
export function named(construct: Construct, name: keyof typeof CHART_TEXTS, text: string): string {
  if (!isForChart(construct)) return text;
  const known = texts.get(construct.node.root as Construct) ?? new Map<string, string>();
  texts.set(construct.node.root as Construct, known.set(name, text));
  return CHART_TEXTS[name];
}

/** The strings that have placeholders. */
export function namedTexts(app: Construct): ReadonlyMap<string, string> {
  return texts.get(app) ?? new Map();
}

/** Whether the app is in chart mode. */
export function isForChart(construct: Construct): boolean {
  return construct.node.tryGetContext(KEY) === true;
}
