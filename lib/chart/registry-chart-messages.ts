// The constructs' problems in the words of values.yaml: their paths name props, which a chart does not have.
import { type Problem } from '../core/problem';
import * as values from './from-values/problems';
import { HelmValues } from './helm-values';

/** A problem of props as one of values. */
export function messageInValues(problem: Problem, { _asked }: HelmValues): string {
  const type = _asked.get('storage.type') ?? 'filesystem';
  return values.messageInValues(problem, type === 'filesystem' ? 'persistence' : `storage.${type}`);
}
