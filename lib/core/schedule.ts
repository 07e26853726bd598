// Checks when a CronJob runs, and for how long.
import { Duration } from 'cdk8s';
import { Check } from './check';
import { isSchedule, isTimeZone, neverComes } from './cron';

/** A schedule that Kubernetes takes, and that comes. */
export function checkSchedule(check: Check, given: unknown, fallback: string): string {
  const schedule = check.string('schedule', given, fallback, isSchedule, 'not-a-schedule');
  if (neverComes(schedule)) check.report('schedule-never-comes', 'schedule', { value: schedule });
  return schedule;
}

/** The time zone of a schedule. */
export function checkTimeZone(check: Check, given: unknown): string {
  return check.string('timeZone', given, 'Etc/UTC', isTimeZone, 'not-a-time-zone');
}

/** How long a Job may take, in whole seconds. */
export function checkTimeLimit(check: Check, given: unknown, fallback: Duration, example: string): number {
  const limit = check.instance('timeLimit', given, Duration, fallback, example);
  const seconds = limit.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= 1) return seconds;
  check.report('duration-not-in-seconds', 'timeLimit', { value: `${seconds} s`, example });
  return fallback.toSeconds();
}
