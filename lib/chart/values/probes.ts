// Values of probes: their timings. What they check is the chart's.
import { HIGHEST_TIMING, LOWEST_TIMINGS, type PROBES } from '../../core/probes';
import type { PodPrefix } from './pods';
import type { ChartEntry } from './value';

/** Timings of a probe, as far as they are not those of Kubernetes. */
interface Timings {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold?: number;
}

type Kind = (typeof PROBES)[number];

/** The timings of a pod's probes; `timings` are those of the constructs. */
export function probeValues<P extends PodPrefix>(prefix: P, timings: Readonly<Record<Kind, Timings>>) {
  return [
    ...timingValues(`${prefix}startupProbe`, timings.startupProbe, 'How long a start may take.'),
    ...timingValues(`${prefix}readinessProbe`, timings.readinessProbe, 'When a pod gets no more requests.'),
    ...timingValues(
      `${prefix}livenessProbe`,
      timings.livenessProbe,
      prefix === ''
        ? 'When a container is restarted. There is no such probe where the pod terminates TLS.'
        : 'When a container is restarted.',
    ),
  ] as const satisfies readonly ChartEntry[];
}

function timingValues<P extends `${PodPrefix}${Kind}`>(
  path: P,
  { initialDelaySeconds = 0, periodSeconds, timeoutSeconds, failureThreshold = 3 }: Timings,
  description: string,
) {
  const timing = (key: keyof typeof LOWEST_TIMINGS) =>
    ({
      type: 'integer',
      default: null,
      member: `ProbeOptions.${key}`,
      schema: { minimum: LOWEST_TIMINGS[key], maximum: HIGHEST_TIMING },
    }) as const;
  return [
    { path, type: 'group', description },
    {
      path: `${path}.initialDelaySeconds`,
      ...timing('initialDelaySeconds'),
      description: `Seconds from the start of the container to the first check. By default: ${initialDelaySeconds}.`,
    },
    {
      path: `${path}.periodSeconds`,
      ...timing('periodSeconds'),
      description: `Seconds between checks. By default: ${periodSeconds}.`,
    },
    {
      path: `${path}.timeoutSeconds`,
      ...timing('timeoutSeconds'),
      description: `Seconds that an answer may take. By default: ${timeoutSeconds}.`,
    },
    {
      path: `${path}.failureThreshold`,
      ...timing('failureThreshold'),
      description: `Number of checks in a row that must fail. By default: ${failureThreshold}.`,
    },
  ] as const satisfies readonly ChartEntry[];
}
