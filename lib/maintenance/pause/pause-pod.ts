// What the containers have that turn the front's switch: the token of their ServiceAccount, and variables of the script.

import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Component, selectorLabels } from '../../core/labels';
import { COLLECTION_PORT } from '../../front/collection-switch';

/** Ten minutes: kubelets write a changed ConfigMap after up to two. */
export const LEASE_SECONDS = 600;
const RENEW_SECONDS = 60;
const MARGIN_SECONDS = 120;
const LOOK_SECONDS = 3;

/** For the undo. */
export const GRACE_SECONDS = 60;

/** The variables that pause-script.ts reads, but the name of the ConfigMap. */
export function pauseVariables(registryName: string): Record<string, string | number> {
  const pods = selectorLabels(registryName, Component.REGISTRY);
  const { 'app.kubernetes.io/component': _, ...registry } = pods;
  const kinds = [Component.COLLECTION, Component.SNAPSHOTS].join(',');
  return {
    PODS: selector(pods),
    // Both turn one switch: it is for one at a time. The blanks are those of a URL.
    RUNS: `${selector(registry)},app.kubernetes.io/component%20in%20(${kinds})`,
    PORT: COLLECTION_PORT,
    LEASE_SECONDS,
    RENEW_SECONDS,
    MARGIN_SECONDS,
    LOOK_SECONDS,
  };
}

function selector(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** What Kubernetes mounts for itself where tokens are mounted. */
export const API_SOURCES: k8s.VolumeProjection[] = [
  { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  {
    downwardApi: {
      items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
    },
  },
];

/** CPU and memory of a container that asks and waits. */
export const WATCHER_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};
