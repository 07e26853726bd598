// Purging of incomplete uploads.
import { Duration } from 'cdk8s';
import { Check } from '../core/check';
import { goDuration } from './go-duration';

/** How incomplete uploads are purged. */
export interface UploadPurgingOptions {
  /**
   * Whether incomplete uploads are purged.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Minimum age of an incomplete upload, a whole number of seconds. Uploads older than this are aborted.
   *
   * @default Duration.hours(24)
   */
  readonly age?: Duration;

  /**
   * Interval between purges, a whole number of seconds. On object stores each purge lists all uploads.
   *
   * @default Duration.hours(6)
   */
  readonly interval?: Duration;

  /**
   * Whether to only log the uploads that would be removed.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * The keys of config.yml; all four are required together. The default is a day, not Distribution's own week,
 * so that a volume filled by failed pushes recovers.
 */
export function checkUploadPurging(
  check: Check,
  given: UploadPurgingOptions | undefined,
): { [key: string]: unknown } {
  const purging = check.options<UploadPurgingOptions>('uploadPurging', given);
  return {
    enabled: check.boolean('uploadPurging.enabled', purging.enabled, true),
    age: goDuration(check, 'uploadPurging.age', purging.age, Duration.hours(24)),
    interval: goDuration(check, 'uploadPurging.interval', purging.interval, Duration.hours(6)),
    dryrun: check.boolean('uploadPurging.dryRun', purging.dryRun, false),
  };
}
