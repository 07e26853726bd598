// A registry as alerts and dashboards see it: the names and labels that its series have.
import type { RegistryVersion } from '../distribution/version';
import { type Labels, series } from './promql';

/** What is watched. */
export interface Monitored {
  readonly name: string;
  readonly namespace: string;
  /** The label `job` of the registry's own metrics. */
  readonly job: string;
  readonly version: RegistryVersion;
  /** Deployments that belong to it besides its own: of the UI and of caches. */
  readonly others: readonly string[];
  /** The claim of the images, if they are in one. */
  readonly claim?: string;
  /** Whether its pods cache descriptors of layers. */
  readonly descriptorCache: boolean;
  /** cert-manager's Certificate, if there is one. */
  readonly certificate?: string;
  /** The label `instance` of a probe of the blackbox exporter, if there is one. */
  readonly probe?: string;
  /** Caches with metrics. */
  readonly caches: readonly { readonly name: string; readonly job: string }[];
}

/** A CronJob that must succeed from time to time. */
export interface WatchedCronJob {
  readonly name: string;
  /** Seconds since its last success after which a run is missing. */
  readonly seconds: number;
}

/** Series of the registry itself. */
export function own({ job, namespace }: Monitored, metric: string, labels: Labels = {}): string {
  return series(metric, { job, namespace, ...labels });
}

/** Series of objects in its namespace. */
export function inNamespace({ namespace }: Monitored, metric: string, labels: Labels = {}): string {
  return series(metric, { namespace, ...labels });
}

/** All Deployments of a registry. */
export function deploymentsOf({ name, others }: Monitored): string[] {
  return [name, ...others];
}

/** One process; `instance` where a Prometheus doesn't add the pod's name. */
export const BY_POD = 'namespace, pod, instance';
