// What keeps a registry up while it is updated, drained or scaled: strategy, spreading, disruption budgets,
// scalers; and what removes finished jobs.
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import {
  list,
  type Manifest,
  type ManifestSet,
  matches,
  namespaceOf,
  type PodSource,
  whereOf,
} from './manifest-set';
import { type Findings, located, podRule, type Rule, setRule } from './rule';

function isSpread({ spec, labels }: PodSource): boolean {
  const {
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
    requiredDuringSchedulingIgnoredDuringExecution: required,
  } = spec.affinity?.podAntiAffinity ?? {};
  const terms = [
    ...list(required),
    ...list(preferred).map((it) => it.podAffinityTerm),
    ...list(spec.topologySpreadConstraints),
  ];
  return terms.some(({ labelSelector, topologyKey }) => topologyKey !== '' && matches(labelSelector, labels));
}

/** The claims of a pod that only one node, or one pod, can mount for writing. */
function singleNodeClaims(pod: PodSource, set: ManifestSet): string[] {
  return list(pod.spec.volumes).flatMap(({ persistentVolumeClaim: source }) => {
    const claim =
      source && set.find<IPersistentVolumeClaim>('PersistentVolumeClaim', pod.namespace, source.claimName);
    const shared = list(claim?.spec?.accessModes).some(
      (mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany',
    );
    return claim === undefined || shared ? [] : [claim.metadata.name];
  });
}

/** A budget's number for so many replicas; the disruption controller rounds percentages up. */
function scaled(value: string | number, replicas: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) / 100) * replicas);
}

function overBudgets(
  check: (budget: IPodDisruptionBudget & Manifest, pods: PodSource[]) => Findings,
): Rule['check'] {
  return (set) =>
    set
      .of<IPodDisruptionBudget>('PodDisruptionBudget')
      .flatMap((budget) =>
        located(whereOf(budget), check(budget, set.podsMatching(namespaceOf(budget), budget.spec?.selector))),
      );
}

const sum = (pods: readonly PodSource[]): number => pods.reduce((total, pod) => total + pod.replicas, 0);

function strategyType(set: ManifestSet, pod: PodSource): string | undefined {
  type Spec = { spec?: { strategy?: { type?: string }; updateStrategy?: { type?: string } } };
  const spec = set.find<Spec>(pod.kind, pod.namespace, pod.name)?.spec;
  return spec?.strategy?.type ?? spec?.updateStrategy?.type;
}

export const AVAILABILITY_RULES: readonly Rule[] = [
  podRule(
    'spread',
    (pod) =>
      pod.replicas >= 2 &&
      pod.kind !== 'DaemonSet' &&
      !isSpread(pod) &&
      `${pod.replicas} replicas need podAntiAffinity or topologySpreadConstraints that select their own labels`,
  ),

  podRule(
    'strategy',
    (pod, set) =>
      pod.selector !== undefined &&
      strategyType(set, pod) === undefined &&
      'the update strategy is not written: write its type',
  ),

  setRule('recreate', (set) =>
    set
      .of<IDeployment>('Deployment')
      .flatMap((deployment) =>
        located(
          whereOf(deployment),
          deployment.spec?.strategy?.type === 'Recreate' &&
            deployment.spec.strategy.rollingUpdate !== undefined &&
            'strategy Recreate takes no rollingUpdate',
        ),
      ),
  ),

  podRule(
    'single-node-claim',
    (pod, set) =>
      pod.kind === 'Deployment' &&
      singleNodeClaims(pod, set).flatMap((claim) => [
        strategyType(set, pod) !== 'Recreate' &&
          `claim ${claim} is ReadWriteOnce: the strategy must be Recreate`,
        pod.replicas > 1 && `claim ${claim} is ReadWriteOnce: ${pod.replicas} replicas cannot share it`,
      ]),
  ),

  setRule(
    'budget-selector',
    overBudgets((_, pods) => pods.length === 0 && 'selector matches no pod'),
  ),

  setRule(
    'budget-eviction',
    overBudgets(
      ({ spec }) =>
        spec?.unhealthyPodEvictionPolicy === undefined &&
        'unhealthyPodEvictionPolicy must be written: AlwaysAllow lets a node with broken pods drain',
    ),
  ),

  setRule(
    'budget-single-replica',
    overBudgets(
      (_, pods) =>
        pods.length > 0 && sum(pods) < 2 && 'a budget over one replica blocks every drain: leave it out',
    ),
  ),

  setRule(
    'budget-too-strict',
    overBudgets(({ spec }, pods) => {
      const replicas = sum(pods);
      if (replicas < 2) {
        return undefined;
      }
      const { minAvailable, maxUnavailable } = spec ?? {};
      return [
        minAvailable !== undefined &&
          scaled(minAvailable, replicas) >= replicas &&
          `minAvailable ${minAvailable} must be below the ${replicas} replicas`,
        maxUnavailable !== undefined &&
          scaled(maxUnavailable, replicas) < 1 &&
          `maxUnavailable ${maxUnavailable} must be 1 or more`,
        minAvailable === undefined &&
          maxUnavailable === undefined &&
          'maxUnavailable or minAvailable must be written',
      ];
    }),
  ),

  setRule('scaler-dangling', (set) => {
    type Scaler = { spec?: { scaleTargetRef?: { kind?: string; name?: string } } };
    return set.of<Scaler>('HorizontalPodAutoscaler').flatMap((scaler) => {
      const { kind = '', name = '' } = scaler.spec?.scaleTargetRef ?? {};
      return located(
        whereOf(scaler),
        !set.has(kind, namespaceOf(scaler), name) && `scaleTargetRef ${kind}/${name} does not exist`,
      );
    });
  }),

  setRule('cron-job-ttl', (set) =>
    set
      .of<{ spec?: Partial<ICronJob['spec']> }>('CronJob')
      .flatMap((job) =>
        located(
          whereOf(job),
          job.spec?.jobTemplate?.spec?.ttlSecondsAfterFinished !== undefined &&
            'ttlSecondsAfterFinished must be left out: the history limits of the CronJob remove its jobs',
        ),
      ),
  ),

  setRule('job-ttl', (set) =>
    set
      .of<IJob>('Job')
      .flatMap((job) =>
        located(
          whereOf(job),
          job.spec?.ttlSecondsAfterFinished === undefined &&
            'ttlSecondsAfterFinished must be set: nothing else removes the job',
        ),
      ),
  ),
];
