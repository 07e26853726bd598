// What the chart makes of values that are given by path, without Helm: for tests of what writes values.
import { App, Chart, Testing } from 'cdk8s';
import { registryFromValues } from '../../lib/chart/from-values';
import { problemsInValues } from '../../lib/chart/from-values/problems';
import { ChartValues } from '../../lib/chart/values/reader';
import type { Manifest } from '../support/synth';
import { ChartSchema } from './chart-schema';
import { AskedStore } from './plain-registry';
import { nested } from './value-sets/value-set';

/** What the chart makes of values. */
export interface MadeOfValues {
  readonly manifests: readonly Manifest[];
  /** What the constructs refuse. */
  readonly problems: readonly string[];
  /** Given, but read by nothing. */
  readonly unasked: readonly string[];
  /** Given, and refused by the chart's schema. */
  readonly misfits: readonly string[];
}

/** Names are the release's business. */
const NAMES = ['nameOverride', 'fullnameOverride'];
let schema: ChartSchema | undefined;

/** Makes the registry. */
export function madeOf(given: ReadonlyMap<string, unknown>): MadeOfValues {
  schema ??= new ChartSchema();
  const values = nested(Object.fromEntries(given));
  const asked = jest.spyOn(ChartValues.prototype as any, 'get');
  const app: App = Testing.app();
  new AskedStore().useIn(app);
  const chart = new Chart(app, 'chart');
  registryFromValues(chart, values, { name: 'registry', namespace: 'registry' });
  const paths = asked.mock.calls.map(([path]) => path as string);
  asked.mockRestore();
  const problems = problemsInValues(app, values);
  const settings = [...given.keys()].filter((path) => !NAMES.includes(path));
  const misfits = new Set(schema.wrongPaths(values));
  return {
    problems,
    manifests: problems.length > 0 ? [] : (Testing.synth(chart) as Manifest[]),
    unasked: settings.filter((path) => !paths.some((one) => path === one || path.startsWith(`${one}.`))),
    misfits: [...misfits],
  };
}
