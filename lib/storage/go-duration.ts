// Durations in config.yml.
import { Duration } from 'cdk8s';
import { Check } from '../core/check';

/** A duration in Go's format, in the largest unit that fits. */
export function goDuration(
  check: Check,
  property: string,
  given: Duration | undefined,
  fallback: Duration,
): string {
  const example = `Duration.${fallback.toHumanString().replace(/(\d+) (\w+?)s?$/, '$2s($1)')}`;
  const duration = check.instance(property, given, Duration, fallback, example);
  const seconds = duration.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1) {
    check.report('duration-not-in-seconds', property, { value: `${seconds} s`, example });
    return '1s';
  }
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
