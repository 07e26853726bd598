// Messages about the number of pods: replicas, autoscaling and disruption budgets.
import type { Table } from './code-messages';

/** Words by code. */
export const SCALING_WORDS = {
  'autoscaling-without-maximum': {
    says: 'is missing',
    instead: 'write e.g. maxReplicas: 4',
    why: 'Without a highest number, pods could fill the cluster.',
  },
  'cache-with-replicas': {
    says: 'is in the memory of each pod, and only one of <replicas> replicas would drop a deleted image from it',
    instead: 'write DescriptorCache.valkey(), or deletion: false, or replicas: 1 without autoscaling',
    why: "The descriptor cache is in each pod's memory: a deleted image stays visible in the others.",
    values: {
      instead:
        'write storage: { descriptorCache: { type: valkey } }, or storage: { deletion: false } or replicaCount: 1 without autoscaling',
    },
  },
  'cpu-not-above-zero': {
    says: '<value> is not above zero',
    instead: 'write e.g. Cpu.millis(500)',
    values: { instead: 'write e.g. "500m"' },
    why: 'The API server refuses the HorizontalPodAutoscaler.',
  },
  'disruption-budget-blocks-drains': {
    says: '<value> of <replicas> replicas lets no pod be stopped, so nodes could not be drained',
    instead: 'write a number below <replicas>, or maxUnavailable: 1 in its place',
    why: 'A drain waits until the budget allows it to evict the pod.',
  },
  'disruption-budget-given-twice': {
    says: '<value> conflicts with maxUnavailable',
    instead: 'leave one of them out',
    why: 'A PodDisruptionBudget has one of the two only.',
    values: { instead: 'leave minAvailable or maxUnavailable out' },
  },
  'no-disruption-budget': {
    says: '<value> has no effect without a PodDisruptionBudget',
    instead: 'add podDisruptionBudget: { enabled: true }, or leave it out',
    why: 'By default there is one for several replicas only.',
  },
  'raw-cache-with-replicas': {
    says: 'is in the memory of each pod, and only one of <replicas> replicas would drop a deleted image from it',
    instead:
      'leave it out, or write storage: { descriptorCache: DescriptorCache.valkey() }, or replicas: 1 without autoscaling',
    why: "The descriptor cache is in each pod's memory: a deleted image stays visible in the others.",
    values: {
      instead: 'leave storage.cache out of configuration.extra, or write replicaCount: 1 without autoscaling',
    },
  },
  'replicas-beside-autoscaling': {
    says: '<value> is given beside autoscaling',
    instead: 'leave one of the two out',
    values: { instead: 'leave replicaCount out, or write autoscaling: { enabled: false }' },
    why: 'With each apply, the number would be set back from what the autoscaler had found.',
  },
  'replicas-need-shared-storage': {
    says: "<value> can't share <kind> storage",
    instead:
      'write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY',
    why: 'Pods on several nodes can write to one volume only where its access mode is ReadWriteMany, or to an object store.',
    values: {
      instead: 'write replicaCount: 1 without autoscaling, or persistence: { accessMode: ReadWriteMany }',
    },
  },
} as const satisfies Table;
