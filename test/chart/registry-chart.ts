// The registry's own chart, as it is in the repository.
import { join } from 'node:path';
import { ROOT } from '../support/project';

/** The folder of the chart `registry`. Nothing may be written into it. */
export function registryChart(): string {
  return join(ROOT, 'chart', 'registry');
}
