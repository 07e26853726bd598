// What values mean, without Helm: the objects, the notes and the refusals that are to come of them. Objects
// are given as a release has them (see as-helm.ts), so that they can be compared as they are.
import { App, Chart, Testing } from 'cdk8s';
import { registryFromValues } from '../../../lib/chart/from-values';
import { problemsInValues } from '../../../lib/chart/from-values/problems';
import { chartName, type Release } from '../../../lib/chart/from-values/release';
import { ChartValues } from '../../../lib/chart/values/reader';
import { isLiteral } from '../../../lib/core/literal-object';
import type { Manifest } from '../../support/synth';
import { notesAsHelm } from '../notes-as-helm';
import type { Values } from '../value-sets/value-set';
import { asHelm, comparable, type ReleaseFacts } from './as-helm';
import { StandInStore } from './stand-ins';

/** Either objects and notes, or problems. */
export interface Truth {
  /** By `apiVersion/Kind/namespace/name`. */
  readonly objects: Readonly<Record<string, Manifest>>;
  readonly notes: string;
  readonly problems: readonly string[];
}

/** What is to come of values. */
export function truthOf(
  values: Values,
  release: Release,
  facts: Pick<ReleaseFacts, 'chart' | 'appVersion'>,
): Truth {
  const app: App = Testing.app();
  const store = new StandInStore();
  store.useIn(app);
  const chart = new Chart(app, 'chart');
  const registry = registryFromValues(chart, values, release);
  const problems = problemsInValues(app, values);
  if (problems.length > 0) return { objects: {}, notes: '', problems };
  const objects = Testing.synth(chart) as Manifest[];
  const literals = new Set<unknown>(
    chart.node
      .findAll()
      .filter(isLiteral)
      .map((one) => one.toJson()),
  );
  const name = chartName(new ChartValues(values), release);
  const own = objects.filter((object) => !literals.has(object));
  const extra = objects.filter((object) => literals.has(object)).map(comparable);
  const helm = asHelm(own, store, registry, { ...facts, release: release.name, chartName: name });
  return { objects: byName([...helm, ...extra]), notes: notesAsHelm(registry), problems };
}

/** Objects by `apiVersion/Kind/namespace/name`; two of one name are an error. */
export function byName(objects: readonly Manifest[]): Record<string, Manifest> {
  const all: Record<string, Manifest> = {};
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const name = [apiVersion, kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
    if (name in all) throw new Error(`two objects are called ${name}`);
    all[name] = object;
  }
  return all;
}
