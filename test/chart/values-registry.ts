// The registry that values make, without Helm: with stand-ins for what a release generates.
import { App, Chart, Testing } from 'cdk8s';
import { registryFromValues } from '../../lib/chart/from-values';
import { problemsInValues } from '../../lib/chart/from-values/problems';
import { chartName, type Release, releaseName } from '../../lib/chart/from-values/release';
import { ChartValues } from '../../lib/chart/values/reader';
import type { Manifest } from '../support/synth';
import { AskedStore, NAMESPACE, type PlainRegistry } from './plain-registry';
import type { Values } from './value-sets/value-set';

/** What becomes of values: a registry, or messages that say why not. */
export interface ValuesRegistry {
  readonly plain?: PlainRegistry;
  readonly problems: readonly string[];
  /** The chart's name in labels. */
  readonly chartName: string;
}

/** Makes the registry of values. */
export function registryOfValues(
  values: Values,
  { name = 'registry', namespace = NAMESPACE, cluster }: Partial<Release> = {},
): ValuesRegistry {
  const app: App = Testing.app();
  const store = new AskedStore();
  store.useIn(app);
  const chart = new Chart(app, 'chart');
  const release = { name, namespace, cluster };
  registryFromValues(chart, values, release);
  const read = new ChartValues(values);
  const about = { chartName: chartName(read, release) };
  const problems = problemsInValues(app, values);
  if (problems.length > 0) return { problems, ...about };
  const objects = Testing.synth(chart) as Manifest[];
  const { user, certificate } = store;
  return {
    problems,
    ...about,
    plain: { name: releaseName(read, release), objects, user, certificate },
  };
}
