// Health checks of the storage: `/` answers 503 while it fails, and the readiness probe asks there.
import { Duration } from 'cdk8s';
import { Check } from '../core/check';
import { goDuration } from './go-duration';

/** Health checks of the storage. */
export interface StorageHealthOptions {
  /**
   * Whether the storage is checked. While the check fails, `/` answers 503, and no requests are sent to the
   * pod.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Interval between checks, a whole number of seconds. On object stores each check is an API call, which may
   * be billed.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * Consecutive failures after which the storage counts as unhealthy, from 1 to 1000.
   *
   * @default 3
   */
  readonly threshold?: number;
}

/** The keys of config.yml. */
export function checkHealth(
  check: Check,
  given: StorageHealthOptions | undefined,
): { [key: string]: unknown } {
  const health = check.options<StorageHealthOptions>('health', given);
  const interval = goDuration(check, 'health.interval', health.interval, Duration.seconds(10));
  const threshold = check.integer('health.threshold', health.threshold, 3, 1, 1000);
  return check.boolean('health.enabled', health.enabled, true)
    ? { enabled: true, interval, threshold }
    : { enabled: false };
}
