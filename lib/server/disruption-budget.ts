// How many of the registry's pods a drain of nodes may stop at once.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';

/** How many pods voluntary disruptions, such as the drain of a node, leave running. */
export interface PodDisruptionBudgetOptions {
  /**
   * Whether there is a PodDisruptionBudget.
   *
   * @default - true with several replicas
   */
  readonly enabled?: boolean;

  /**
   * Number of pods that stay available, from 1 to one less than the replicas. Not allowed together with
   * `maxUnavailable`.
   *
   * @default - none; `maxUnavailable` applies
   */
  readonly minAvailable?: number;

  /**
   * Number of pods that may be unavailable, 1 or more.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;
}

/** The PodDisruptionBudget without metadata; undefined if there is none. */
export function disruptionBudget(
  check: Check,
  given: PodDisruptionBudgetOptions | undefined,
  replicas: number,
  matchLabels: Record<string, string>,
): ReturnType<typeof k8s.KubePodDisruptionBudget.manifest> | undefined {
  const options = check.options<PodDisruptionBudgetOptions>('podDisruptionBudget', given);
  const budget = check.at('podDisruptionBudget');
  const number = (key: 'minAvailable' | 'maxUnavailable') =>
    budget.integer(key, options[key], undefined, 1, 2 ** 31 - 1);
  const [minAvailable, maxUnavailable] = [number('minAvailable'), number('maxUnavailable')];
  if (!budget.boolean('enabled', options.enabled, replicas > 1)) {
    for (const [key, value] of Object.entries({ minAvailable, maxUnavailable }))
      if (value !== undefined) budget.report('no-disruption-budget', key, { value });
    return undefined;
  }
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    budget.report('disruption-budget-given-twice', 'minAvailable', { value: minAvailable });
  else if (minAvailable !== undefined && minAvailable >= replicas)
    budget.report('disruption-budget-blocks-drains', 'minAvailable', { value: minAvailable, replicas });
  return k8s.KubePodDisruptionBudget.manifest({
    spec: {
      ...(minAvailable === undefined
        ? { maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable ?? 1) }
        : { minAvailable: k8s.IntOrString.fromNumber(minAvailable) }),
      selector: { matchLabels },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
