// Objects that exist, by their names in values.
import { type ISecret, Secret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { PathOf } from '../values';
import type { ChartValues } from '../values/reader';

/** The Secret that a value names, if it names one. */
export function existingSecret(
  scope: Construct,
  values: ChartValues,
  path: PathOf<'string'>,
): ISecret | undefined {
  const name = values.string(path);
  return name === undefined ? undefined : Secret.fromSecretName(scope, path, name);
}
