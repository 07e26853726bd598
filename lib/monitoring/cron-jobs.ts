// The CronJobs that belong to a registry, and when a run of each is missing.
import { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Check } from '../core/check';
import { longestPause } from '../core/cron';
import { secondsWithin } from './alert-thresholds';
import type { WatchedCronJob } from './monitored';

/** A CronJob whose success is watched. */
export interface AlertedCronJob {
  /** Its name; it is in the registry's namespace. */
  readonly name: string;

  /**
   * For how long at most it may not succeed, 10 minutes to 3 years: the longest pause between two runs, and the time that a
   * run may take.
   */
  readonly within: Duration;
}

/** Validates what is given. */
export function checkCronJobs(check: Check, given: unknown): WatchedCronJob[] {
  const seen = new Set<string>();
  return check.list<AlertedCronJob>('cronJobs', given).map((one, index) => {
    const at = `cronJobs[${index}]`;
    const options = check.options<Partial<AlertedCronJob>>(at, one ?? null);
    const name = check.objectName(`${at}.name`, options.name ?? null, 'invalid', 'registry-backup');
    if (seen.has(name)) check.report('cron-job-given-twice', `${at}.name`, { value: name });
    seen.add(name);
    const range = { fallback: 2 * DAY, min: 600, max: LONGEST, example: 'Duration.days(2)' };
    return { name, seconds: secondsWithin(check, `${at}.within`, options.within ?? null, range) };
  });
}

/**
 * The CronJobs of an app that are parts of a registry, in order of their names. Whoever suspended one in its manifest wants no
 * runs of it.
 */
export function cronJobsIn(app: Construct, name: string, namespace: string | undefined): WatchedCronJob[] {
  return app.node
    .findAll()
    .filter((one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'CronJob')
    .map((one) => one.toJson())
    .filter(
      ({ metadata }) =>
        metadata.labels?.['app.kubernetes.io/part-of'] === name && metadata.namespace === namespace,
    )
    .flatMap(({ metadata, spec }: CronJob) => {
      const schedule = spec?.suspend !== true && spec?.schedule;
      const pause = typeof schedule === 'string' ? longestPause(schedule) : undefined;
      return pause === undefined ? [] : { name: metadata.name, seconds: pause + longestRun(spec) + SPARE };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** From when a run should begin until it has ended, as long as that is limited. */
function longestRun(spec: CronJob['spec']): number {
  return secondsOf(spec?.startingDeadlineSeconds) + secondsOf(spec?.jobTemplate?.spec?.activeDeadlineSeconds);
}

function secondsOf(given: unknown): number {
  return Number.isSafeInteger(given) ? Math.min(Math.max(0, given as number), LONGEST) : 0;
}

/** The API server has not seen it: only the metadata is known to be there. */
interface CronJob {
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly schedule?: unknown;
    readonly suspend?: unknown;
    readonly startingDeadlineSeconds?: unknown;
    readonly jobTemplate?: { readonly spec?: { readonly activeDeadlineSeconds?: unknown } };
  };
}

const DAY = 86_400;
const LONGEST = 1096 * DAY;
/** The hour of daylight saving, and one for pods that start slowly. */
const SPARE = 7200;
