// How a rollout replaces pods: one by one, or all stopped before the next ones start.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { RegistryStorage } from '../storage/storage';

/** A new pod is ready before an old one stops. */
export const ROLLING_UPDATE: k8s.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: {
    maxSurge: k8s.IntOrString.fromNumber(1),
    maxUnavailable: k8s.IntOrString.fromNumber(0),
  },
};

/**
 * The strategy of the registry's Deployment. A volume that only one pod can mount must be released before the
 * next pod can mount it. The same applies before a garbage collection starts.
 */
export function updateStrategy(storage: RegistryStorage, collects: boolean): k8s.DeploymentStrategy {
  return storage.shared && !collects ? ROLLING_UPDATE : { type: 'Recreate' };
}

/** For how long a new pod must be ready until an old one stops. Kubernetes gives up a roll-out after 600 s without progress. */
export function minReadySeconds(check: Check, given: unknown): number | undefined {
  return check.integer('minReadySeconds', given, undefined, 0, 599) || undefined;
}

/** Annotation of pods: the volumes of which Velero saves the files. */
export const SAVED_VOLUMES = 'backup.velero.io/backup-volumes';
