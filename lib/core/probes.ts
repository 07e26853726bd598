// When and how often probes check a pod. What they check is the construct's.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';

/** Timings of a probe. */
export interface ProbeOptions {
  /**
   * Seconds from the start of the container to the first check, 0 or more.
   *
   * @default - see the construct
   */
  readonly initialDelaySeconds?: number;

  /**
   * Seconds between checks, 1 or more.
   *
   * @default - see the construct
   */
  readonly periodSeconds?: number;

  /**
   * Seconds that an answer may take, 1 or more.
   *
   * @default - see the construct
   */
  readonly timeoutSeconds?: number;

  /**
   * Number of checks in a row that must fail, 1 or more.
   *
   * @default - see the construct
   */
  readonly failureThreshold?: number;
}

/** The kinds of probes. */
export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
/** The lowest value of each timing. */
export const LOWEST_TIMINGS = {
  initialDelaySeconds: 0,
  periodSeconds: 1,
  timeoutSeconds: 1,
  failureThreshold: 1,
} as const;
/** The highest value of all of them. */
export const HIGHEST_TIMING = 2 ** 31 - 1;

/** A container whose probes have the user's timings. */
export function timed(
  check: Check,
  options: { readonly [kind in (typeof PROBES)[number]]?: ProbeOptions },
  container: k8s.Container,
): k8s.Container {
  const probes = PROBES.map((kind): [string, k8s.Probe | undefined] => {
    const own = container[kind];
    const given = timings(check, kind, options[kind]);
    if (own) return [kind, { ...own, ...given }];
    for (const [key, value] of Object.entries(given))
      check.report('no-such-probe', `${kind}.${key}`, { value });
    return [kind, undefined];
  });
  return { ...container, ...Object.fromEntries(probes) };
}

function timings(check: Check, kind: string, value: unknown): ProbeOptions {
  const given = check.options<ProbeOptions>(kind, value);
  const entries = Object.entries(LOWEST_TIMINGS).map(([key, lowest]) => [
    key,
    check.integer(`${kind}.${key}`, given[key as keyof ProbeOptions], undefined, lowest, HIGHEST_TIMING),
  ]);
  return Object.fromEntries(entries.filter(([, timing]) => timing !== undefined));
}
