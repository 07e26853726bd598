// What a set of values says: the chart's values as people write them, and the props of the registry that they
// mean.
import type { Chart } from 'cdk8s';
import { type ISecret, Secret } from 'cdk8s-plus-27';
import type { Registry, RegistryProps } from '../../../lib';

export { nested } from '../../../lib/chart/values/reader';

/** values.yaml, or a part of it. */
export interface Values {
  readonly [key: string]: unknown;
}

/** Values and props of the same registry. */
export interface ValueSet {
  readonly name: string;
  readonly values: Values;
  /** Written by hand, from what the values mean. Name and namespace come from the release. */
  readonly props: (chart: Chart) => RegistryProps;
  /** Constructs beside the registry. */
  readonly more?: (chart: Chart, registry: Registry) => void;
  /** Name of the release; `registry` if it is not said. */
  readonly release?: string;
  /** Name of the release's objects, where it is not the release's. */
  readonly fullname?: string;
  /** What the chart calls itself in labels, where it is told another name. */
  readonly chartName?: string;
}

/** A Secret that exists. */
export function secretNamed(chart: Chart, name: string): ISecret {
  return Secret.fromSecretName(chart, `secret-${name}`, name);
}

/** Two lines of an htpasswd file. */
export const LINES = {
  alice: 'alice:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO',
  bob: 'bob.b:$2b$10$abcdefghijklmnopqrstuuQ3fnJ0cB0yB3cJvZ1xN0TQ9eJc0bXyS',
} as const;

/** The paths of a chart's settings: what stands in values.yaml and is no group. */
export function pathsIn(values: Values, at = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${at}${key}`;
    const isGroup =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
    return isGroup ? pathsIn(value as Values, `${path}.`) : [path];
  });
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(values: Values, path: string): unknown {
  return path.split('.').reduce<any>((inside, key) => inside?.[key], values);
}
