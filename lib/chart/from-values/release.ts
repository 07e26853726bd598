// How a release names its objects.
import { isDnsLabel } from '../../core/formats';
import type { ChartValues } from '../values/reader';

/** A Helm release. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** The chart's name in Chart.yaml. */
  readonly chart?: string;
  /** The version of the cluster that Helm speaks to, such as `v1.33.1`, if it speaks to one. */
  readonly cluster?: string;
}

/** Names of Services are made from it, with a suffix. */
const MAX_LENGTH = 50;

/** The chart's name in labels. */
export function chartName(values: ChartValues, { chart = 'registry' }: Release): string {
  return cut(values.string('nameOverride') ?? chart);
}

/** The name of the release's objects, as charts made by `helm create` have it. */
export function releaseName(values: ChartValues, release: Release): string {
  const override = values.string('fullnameOverride');
  if (override !== undefined) return cut(override);
  const name = values.string('nameOverride') ?? release.chart ?? 'registry';
  return cut(release.name.includes(name) ? release.name : `${release.name}-${name}`);
}

/** Can objects have this name? Names of releases may begin with a digit, and hold dots. */
export function isUsableName(name: string): boolean {
  return /^[a-z]/.test(name) && isDnsLabel(name);
}

function cut(name: string): string {
  return name.slice(0, MAX_LENGTH).replace(/-$/, '');
}
