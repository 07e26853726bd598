// The pod of a collection: the registry's own program with its configuration and storage, and beside it a container
// that talks to the API server. They share a folder.

import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { Component, selectorLabels } from '../../core/labels';
import { kubeResources, withoutEmpty } from '../../core/restricted-pod';
import { RegistryDeployment } from '../../server/deployment';
import { goMemory } from '../../server/pod';
import { STORAGE_PATH } from '../../storage/driver';
import { API_SOURCES, GRACE_SECONDS, pauseVariables, WATCHER_RESOURCES } from '../pause/pause-pod';
import { API_PATH } from '../pause/pause-script';
import { COLLECT_SCRIPT } from './collect-script';
import { cacheVariables } from './emptied-cache';
import { HANDOVER } from './handover';
import { WATCH_SCRIPT } from './watch-script';

/** For how long the containers rely on what they last said to each other. */
const TRUST_SECONDS = 60;
/** Between the last write and the second dry run: a request that a client gave up may still end. */
const SETTLE_SECONDS = 30;
/** Names that no volume of the user's has. */
const HANDOVER_VOLUME = 'collection-handover';
const API_VOLUME = 'collection-api';
/** Where an existing Secret has it, its text is in a variable of its own. */
const HTTP_SECRET = ['REGISTRY_HTTP_SECRET', 'TEXT_OF_REGISTRY_HTTP_SECRET'];

/** What it is made of. */
export interface CollectionPod {
  readonly registryName: string;
  /** Name of the ConfigMap. */
  readonly objectName: string;
  readonly serviceAccountName: string;
  readonly deployment: RegistryDeployment;
  /** With a shell and curl. */
  readonly image: string;
  readonly resources: ContainerResources;
  readonly waitSeconds: number;
}

/** The pod. Where and as whom it runs is as with the registry's pods, whose spec is checked. */
export function collectionPod(needs: CollectionPod): k8s.PodSpec {
  const { spec } = needs.deployment._pods;
  const registry = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].find(
    ({ name }) => name === 'registry',
  ) as k8s.Container;
  const collector = collectorOf(registry, needs);
  const watcher = watcherOf(registry, needs);
  const mounted = [collector, watcher].flatMap(({ volumeMounts = [] }) =>
    volumeMounts.map(({ name }) => name),
  );
  return withoutEmpty({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: needs.serviceAccountName,
    imagePullSecrets: spec.imagePullSecrets,
    securityContext: spec.securityContext,
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations,
    affinity: affinityOf(needs),
    priorityClassName: spec.priorityClassName,
    runtimeClassName: spec.runtimeClassName,
    dnsPolicy: spec.dnsPolicy,
    dnsConfig: spec.dnsConfig,
    hostAliases: spec.hostAliases,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    containers: [collector, watcher],
    volumes: [
      ...(spec.volumes ?? []).filter(({ name }) => mounted.includes(name)),
      { name: HANDOVER_VOLUME, emptyDir: {} },
      { name: API_VOLUME, projected: { sources: API_SOURCES } },
    ],
  });
}

function collectorOf(registry: k8s.Container, { deployment, resources }: CollectionPod): k8s.Container {
  const { image, imagePullPolicy, env = [], volumeMounts = [], securityContext } = registry;
  const onVolume = deployment.storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH);
  const own = [
    ...goMemory(resources.memory?.limit),
    { name: 'CONFIGURATION', value: deployment.configuration.path },
    { name: 'FOLDER', ...(onVolume && { value: `${STORAGE_PATH}/docker/registry/v2` }) },
    { name: 'SETTLE_SECONDS', value: String(SETTLE_SECONDS) },
    { name: 'TRUST_SECONDS', value: String(TRUST_SECONDS) },
  ];
  // The registry's memory is another, and the collector signs no uploads.
  // Nor does it ask the cache of descriptors.
  const { env: login = [], mounts: certificates = [] } = deployment.storage._descriptorCache ?? {};
  const others = ['GOMEMLIMIT', 'GOGC', ...HTTP_SECRET, ...[...login, ...own].map(({ name }) => name)];
  return {
    name: 'collect',
    image,
    imagePullPolicy,
    command: ['sh', '-c', COLLECT_SCRIPT, 'collect'],
    env: [...env.filter(({ name }) => !others.includes(name)), ...own],
    resources: kubeResources(resources),
    volumeMounts: [
      ...volumeMounts.filter(({ name }) => !certificates.some((mount) => mount.name === name)),
      { name: HANDOVER_VOLUME, mountPath: HANDOVER },
    ],
    securityContext,
  };
}

function watcherOf({ imagePullPolicy, securityContext }: k8s.Container, needs: CollectionPod): k8s.Container {
  const { registryName, objectName, image, waitSeconds, deployment } = needs;
  const cache = deployment.storage._descriptorCache;
  const settings = {
    REGISTRY: registryName,
    SWITCH: objectName,
    ...pauseVariables(registryName),
    WAIT_SECONDS: waitSeconds,
    TRUST_SECONDS,
  };
  return {
    name: 'watch',
    image,
    imagePullPolicy,
    command: ['sh', '-c', WATCH_SCRIPT, 'watch'],
    env: [
      ...Object.entries(settings).map(([name, value]) => ({ name, value: String(value) })),
      ...cacheVariables(cache?.server),
    ],
    resources: kubeResources(WATCHER_RESOURCES),
    volumeMounts: [
      { name: HANDOVER_VOLUME, mountPath: HANDOVER },
      // This container alone has it.
      { name: API_VOLUME, mountPath: API_PATH, readOnly: true },
      ...(cache?.mounts ?? []),
    ],
    securityContext,
  };
}

/** A volume that one node can mount is where the registry's pod is. */
function affinityOf({ registryName, deployment }: CollectionPod): k8s.Affinity {
  const { nodeAffinity } = deployment._pods.spec.affinity ?? {};
  const onClaim = deployment.storage._pod.mounts.some(({ mountPath }) => mountPath === STORAGE_PATH);
  return withoutEmpty({
    ...(nodeAffinity && { nodeAffinity }),
    ...(onClaim &&
      !deployment.storage.shared && {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: selectorLabels(registryName, Component.REGISTRY) },
              topologyKey: 'kubernetes.io/hostname',
            },
          ],
        },
      }),
  });
}
