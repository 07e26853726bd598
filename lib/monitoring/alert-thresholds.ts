// From which figures on alerts fire, with their ranges.
import { Duration } from 'cdk8s';
import type { Check } from '../core/check';

/** From which figures on alerts fire. */
export interface AlertThresholds {
  /**
   * How long no pod is available before `RegistryUnavailable` fires: 30 seconds to 1 hour, in whole seconds. More than a start
   * takes, with the collection that runs before it, if there is one.
   *
   * @default Duration.minutes(5)
   */
  readonly unavailable?: Duration;

  /**
   * Percentage of a pod's requests that may be answered with a server error, from 1 to 99.
   *
   * @default 5
   */
  readonly errorPercent?: number;

  /**
   * Within which 99 % of a pod's requests for manifests must be answered: 10 milliseconds to 30 seconds. Logins with passwords are
   * part of it.
   *
   * @default Duration.seconds(1)
   */
  readonly manifestLatency?: Duration;

  /**
   * Within which 99 % of the short actions of the storage must be answered: 10 milliseconds to 9 seconds, for the registry counts what
   * takes longer than 10 as one.
   *
   * @default Duration.seconds(1)
   */
  readonly storageLatency?: Duration;

  /**
   * Percentage of the volume that must be free, from 1 to 50.
   *
   * @default 10
   */
  readonly volumeFreePercent?: number;

  /**
   * In how many days a volume that fills as it did during the last one would be full, from 1 to 30.
   *
   * @default 4
   */
  readonly volumeFullDays?: number;

  /**
   * Days that are left of the certificate, from 1 to 365. Less than cert-manager leaves of it when it renews, which is a third of its
   * lifetime.
   *
   * @default 14
   */
  readonly certificateDays?: number;
}

/** The same, validated, as expressions have them. */
export interface Thresholds {
  /** A duration, such as `300s`. */
  readonly unavailable: string;
  readonly errorRatio: string;
  readonly manifestSeconds: string;
  readonly storageSeconds: string;
  readonly volumeFreeRatio: string;
  readonly volumeFullDays: string;
  readonly volumeFullSeconds: string;
  readonly certificateSeconds: string;
}

/** Validates thresholds, whose properties are relative to `check`. */
export function checkThresholds(check: Check, given: AlertThresholds): Thresholds {
  const thresholds = {
    unavailable: `${wholeSeconds(check, given.unavailable)}s`,
    errorRatio: check.integer('errorPercent', given.errorPercent, 5, 1, 99) / 100,
    manifestSeconds: latency(check, 'manifestLatency', given.manifestLatency, 30),
    storageSeconds: latency(check, 'storageLatency', given.storageLatency, 9),
    volumeFreeRatio: check.integer('volumeFreePercent', given.volumeFreePercent, 10, 1, 50) / 100,
    volumeFullDays: check.integer('volumeFullDays', given.volumeFullDays, 4, 1, 30),
    certificateSeconds: check.integer('certificateDays', given.certificateDays, 14, 1, 365) * DAY,
  };
  return Object.fromEntries(
    Object.entries({ ...thresholds, volumeFullSeconds: thresholds.volumeFullDays * DAY }).map(
      ([name, value]) => [name, String(value)],
    ),
  ) as unknown as Thresholds;
}

const DAY = 86_400;

function wholeSeconds(check: Check, given: unknown): number {
  const seconds = secondsWithin(check, 'unavailable', given, {
    fallback: 300,
    min: 30,
    max: 3600,
    example: 'Duration.minutes(5)',
  });
  if (Number.isInteger(seconds)) return seconds;
  check.report('duration-not-in-seconds', 'unavailable', {
    value: `${seconds} s`,
    example: 'Duration.minutes(5)',
  });
  return 300;
}

function latency(check: Check, property: string, given: unknown, max: number): number {
  const seconds = secondsWithin(check, property, given, {
    fallback: 1,
    min: 0.01,
    max,
    example: 'Duration.seconds(1)',
  });
  // Durations of milliseconds are not exact.
  return Math.round(seconds * 1e6) / 1e6;
}

interface Range {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  readonly example: string;
}

/** Seconds of a Duration within a range. */
export function secondsWithin(check: Check, property: string, given: unknown, range: Range): number {
  const { fallback, min, max, example } = range;
  const duration = check.instance<Duration, undefined>(
    property,
    given,
    Duration as { prototype: Duration; name: string },
    undefined,
    example,
  );
  const seconds = duration?.toSeconds({ integral: false }) ?? fallback;
  if (seconds >= min && seconds <= max) return seconds;
  check.report('duration-out-of-range', property, { value: `${seconds} s`, min, max, example });
  return fallback;
}
