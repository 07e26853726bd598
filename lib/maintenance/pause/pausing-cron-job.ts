// The CronJob of what turns a registry read-only for a while: a collection, and snapshots.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../../core/check';
import { checkImage } from '../../core/image';
import { checkSchedule, checkTimeZone } from '../../core/schedule';
import { RegistryFront } from '../../front/front';
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';

/** What users say about when it runs. */
export interface PausingSchedule {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly suspend?: boolean;
}

/** What its runs are. */
export interface PausingRuns {
  /** The schedule if none is given. */
  readonly usual: string;
  readonly activeDeadlineSeconds: number;
  /** Labels of its Jobs, which its pods have as well. */
  readonly labels: { [name: string]: string };
  /** Of all pods of the registry. */
  readonly pods: {
    readonly labels: { readonly [name: string]: string };
    readonly annotations: { readonly [name: string]: string };
  };
  readonly pod: k8s.PodSpec;
}

/** The CronJob. */
export function pausingCronJob(check: Check, given: PausingSchedule, runs: PausingRuns) {
  const { labels } = runs.pods;
  const annotations = withoutVelero(runs.pods.annotations);
  return k8s.KubeCronJob.manifest({
    spec: {
      schedule: checkSchedule(check, given.schedule, runs.usual),
      timeZone: checkTimeZone(check, given.timeZone),
      ...(check.boolean('suspend', given.suspend, false) && { suspend: true }),
      concurrencyPolicy: 'Forbid',
      // A run that could not start in time comes an hour late at most.
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: runs.labels },
        spec: {
          // The first act of the retry is to undo what a run that was killed has left.
          backoffLimit: 1,
          activeDeadlineSeconds: runs.activeDeadlineSeconds,
          template: {
            metadata: {
              labels: { ...labels, ...runs.labels },
              ...(Object.keys(annotations).length > 0 && { annotations }),
            },
            spec: runs.pod,
          },
        },
      },
    },
  });
}

/** Velero reads the names of volumes and containers in them, and this pod has others. */
function withoutVelero(annotations: PausingRuns['pods']['annotations']): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !/(^|\.)velero\.io\//.test(key)));
}

/** The image that talks to the API server: the front's. */
export function pausingImage(
  check: Check,
  given: string | undefined,
  front: RegistryFront | undefined,
  imageRegistry: string | undefined,
): string {
  return checkImage(check, 'image', given, front?.image ?? DEFAULT_FRONT_IMAGE, imageRegistry);
}
