// How a rollout replaces pods: one by one, or all stopped before the next ones start.
import { k8s } from 'cdk8s-plus-27';
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
