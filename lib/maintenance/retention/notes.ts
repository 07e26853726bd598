// The notes of a retention: how to read a report, and when to delete.

import { kubectlIn } from '../../core/kubectl';
import { runNow } from '../../core/run-now';

/** What the notes name. */
export interface RetentionNotes {
  readonly registryName: string;
  readonly namespace?: string;
  readonly cronJob: string;
  readonly dryRun: boolean;
  readonly clusterRole?: string;
}

/** The notes. */
export function retentionNotes({
  registryName,
  namespace,
  cronJob,
  dryRun,
  clusterRole,
}: RetentionNotes): string {
  const title = `The retention of registry "${registryName}"`;
  const run = kubectlIn(namespace);
  return [
    title,
    '='.repeat(title.length),
    '',
    dryRun
      ? 'It deletes nothing yet: each run reports what it would delete, and why it keeps the rest. Read a report:'
      : 'IT DELETES IMAGES that no rule keeps. To run it now, and read what it does:',
    ...runNow(run, cronJob, 'retain'),
    ...(dryRun ? ['If it is right, write dryRun: false, synthesize, and apply.'] : []),
    'What is deleted takes space until garbage is collected.',
    ...(clusterRole === undefined
      ? []
      : [`The ClusterRole ${clusterRole} lets it list the pods of all namespaces, and nothing else.`]),
    '',
  ].join('\n');
}
