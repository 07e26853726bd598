// The steps of NOTES.txt about the front: who may do what, the log, and the switch to read-only.
import { kubectlIn } from '../../core/kubectl';
import type { Registry } from '../../registry';
import type { Step } from './step';

/** The table of users and patterns. */
export function access({ front }: Registry): Step {
  if (!front?._ruled) return undefined;
  return [
    'Who may do what (* is one part of a name, ** one or more; what is not in a rule is denied)',
    ...front._table(),
  ];
}

/** What is done with a front day by day. */
export function switches({ front, registryName, namespace }: Registry): Step {
  if (!front) return undefined;
  const run = kubectlIn(namespace);
  return [
    'See who did what, and stop all writes for a while',
    'One line of JSON for each request:',
    `${run} logs deployment/${registryName} -c front --tail 20`,
    'Pushes and deletions get 405 while there is this ConfigMap, from about a minute after it is created:',
    `${run} create configmap ${front.switchName} --from-literal=readonly=`,
    `${run} delete configmap ${front.switchName}`,
  ];
}
