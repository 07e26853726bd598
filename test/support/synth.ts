// Short forms for making constructs in a chart and looking at the objects that come of it.

import * as path from 'node:path';
import { Chart, type ChartProps, Testing } from 'cdk8s';
import { FixedStore, LocalStore, type RegistryStore } from '../../lib';
import { newFolder } from './folder';
import { withoutCode } from './messages';

/** A synthesized object, as far as tests look into it. */
export type Manifest = Record<string, any>;

/** A chart in an app of its own, with dummy secrets unless told otherwise. */
export function newChart(
  store: RegistryStore = new FixedStore(),
  props: ChartProps = { namespace: 'registry' },
): Chart {
  const app = Testing.app();
  store.useIn(app);
  return new Chart(app, 'chart', props);
}

/** A chart whose secrets are real and stay in a new folder. */
export function newChartWithStore(): { readonly chart: Chart; readonly folder: string } {
  const folder = path.join(newFolder(), 'store');
  return { chart: newChart(new LocalStore({ directory: folder })), folder };
}

/** `Kind/name` of each object of a chart, sorted. */
export function namesIn(chart: Chart): string[] {
  return manifestsIn(chart)
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();
}

export function manifestsIn(chart: Chart): Manifest[] {
  return Testing.synth(chart) as Manifest[];
}

/** The one object of a kind and name. */
export function manifest(chart: Chart, name: string): Manifest {
  const found = manifestsIn(chart).filter((object) => `${object.kind}/${object.metadata.name}` === name);
  if (found.length !== 1)
    throw new Error(`${found.length} objects are called ${name}; there are ${namesIn(chart).join(', ')}`);
  return found[0] as Manifest;
}

/** Everything that is wrong with a chart's constructs. */
export function problemsIn(chart: Chart): string[] {
  return chart.node.root.node.findAll().flatMap((construct) => construct.node.validate().map(withoutCode));
}

/** What a Secret holds, by its keys, as a pod reads it. */
export function textsOf({ data, stringData }: Manifest = {}): Record<string, string> {
  const decoded = Object.entries<string>(data ?? {}).map(([key, text]) => [
    key,
    Buffer.from(text, 'base64').toString(),
  ]);
  return { ...Object.fromEntries(decoded), ...stringData };
}

/** An object as people read it: what a Secret holds stands in `stringData`, whichever way it was written. */
export function readable<T>(object: T): T {
  const { data, stringData, ...rest } = object as Manifest;
  if (rest.kind !== 'Secret') return object;
  return { ...rest, stringData: textsOf({ data, stringData }) } as unknown as T;
}
