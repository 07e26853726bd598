// The commands that run a CronJob's Job now, wait until it ends, and print its log.

/**
 * Its name has the time: a second run needs no deletion of the first one. A log before the pod starts is an error, and
 * `kubectl wait --for=condition=complete` never ends for a Job that failed.
 */
export function runNow(kubectl: string, cronJob: string, verb: string): string[] {
  return [
    `job=${verb}-$(date +%s)`,
    `${kubectl} create job $job --from=cronjob/${cronJob} &&`,
    `until ${kubectl} get job $job -o 'jsonpath={.status.conditions[*].type}' | grep -wE 'Complete|Failed'; do sleep 5; done`,
    `${kubectl} logs -l job-name=$job --all-containers --ignore-errors --tail=-1`,
  ];
}
