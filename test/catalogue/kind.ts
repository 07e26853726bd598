// A kind of registry: what a row of the catalogue says, and the chart that is made of it.
import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Registry, type RegistryProps, type RegistryStore } from '../../lib';
import { type Manifest, manifestsIn, newChart } from '../support/synth';

export interface Kind {
  readonly props: (scope: Construct) => RegistryProps;
  /** What stands beside the registry, such as a toolbox. */
  readonly beside?: (chart: Chart, registry: Registry) => void;
  /** Objects that the props say exist already, as `Kind/name`. */
  readonly existing?: readonly string[];
  /** Whether it is for the newest Kubernetes, and not for the oldest that is supported. */
  readonly newKubernetes?: boolean;
}

/** A chart with a registry of this kind in an app of its own, with dummy secrets unless told otherwise. */
export function chartOf(kind: Kind, namespace = 'registry', store?: RegistryStore): Chart {
  return registryOf(kind, namespace, store).chart;
}

export function registryOf({ props, beside }: Kind, namespace = 'registry', store?: RegistryStore) {
  const chart = newChart(store, { namespace });
  const registry = new Registry(chart, 'registry', props(chart));
  beside?.(chart, registry);
  return { chart, registry };
}

export function objectsOf(kind: Kind, namespace?: string): Manifest[] {
  return manifestsIn(chartOf(kind, namespace));
}
