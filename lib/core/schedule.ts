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
export function checkTimeLimit(
  check: Check,
  given: unknown,
  { property = 'timeLimit', fallback, least }: TimeLimit,
): number {
  const hours = fallback.toHours({ integral: false });
  const example = Number.isInteger(hours)
    ? `Duration.hours(${hours})`
    : `Duration.minutes(${fallback.toMinutes()})`;
  const limit = check.instance(property, given, Duration, fallback, example);
  const seconds = limit.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= least && seconds <= LONGEST) return seconds;
  const value = `${seconds} s`;
  if (Number.isInteger(seconds) && seconds >= 1)
    check.report('time-limit-not-in-range', property, { value, least, most: LONGEST, example });
  else check.report('duration-not-in-seconds', property, { value, example });
  return fallback.toSeconds();
}

/** A limit, and what it may be. */
export interface TimeLimit {
  /** @default "timeLimit" */
  readonly property?: string;
  readonly fallback: Duration;
  /** In seconds. */
  readonly least: number;
}

/** 30 days. Kubernetes takes no more than 2^31 - 1 s for a pod. */
const LONGEST = 30 * 24 * 3600;
