// Whether manifests are made to be written as they are, or to learn a Helm chart from them. What is computed from texts that only a release has, such
// as a digest, is then left to the chart.
import { Construct } from 'constructs';

const KEY = 'cdk8s-registry/chart';

/** From now on, an app's manifests are those of a chart. */
export function makeForChart(app: Construct): void {
  app.node.setContext(KEY, true);
}

/** Are the manifests those of a chart? */
export function isForChart(construct: Construct): boolean {
  return construct.node.tryGetContext(KEY) === true;
}
