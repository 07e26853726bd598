// How many pods there are by how much CPU they use: a HorizontalPodAutoscaler.
import { Cpu, k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';

/** How many pods run, by their load. */
export interface AutoscalingOptions {
  /** The highest number of pods, 2 or more. */
  readonly maxReplicas: number;

  /**
   * The lowest number of pods, from 1 to `maxReplicas`.
   *
   * @default 2
   */
  readonly minReplicas?: number;

  /**
   * CPU that each pod uses on average before there are more. It does not depend on what the pods request.
   *
   * @default Cpu.millis(500)
   */
  readonly averageCpu?: Cpu;
}

/** Checked numbers of pods. */
export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  readonly manifest: ReturnType<typeof k8s.KubeHorizontalPodAutoscalerV2.manifest>;
}

/** The HorizontalPodAutoscaler of a Deployment without metadata; undefined if there is none. */
export function autoscaling(
  check: Check,
  given: AutoscalingOptions | undefined,
  { replicas, name }: { readonly replicas: number | undefined; readonly name: string },
): Autoscaling | undefined {
  if (given === undefined) return undefined;
  const options = check.options<AutoscalingOptions>('autoscaling', given);
  const scaling = check.at('autoscaling');
  if (replicas !== undefined) check.report('replicas-beside-autoscaling', 'replicas', { value: replicas });
  if (options.maxReplicas === undefined) scaling.report('autoscaling-without-maximum', 'maxReplicas');
  const max = scaling.integer('maxReplicas', options.maxReplicas, 2, 2, 2 ** 31 - 1);
  const min = scaling.integer('minReplicas', options.minReplicas, Math.min(2, max), 1, max);
  const cpu = scaling.instance('averageCpu', options.averageCpu, Cpu, DEFAULT_CPU, 'Cpu.millis(500)');
  if (Number.parseFloat(cpu.amount) <= 0)
    scaling.report('cpu-not-above-zero', 'averageCpu', { value: cpu.amount });
  return {
    min,
    max,
    manifest: k8s.KubeHorizontalPodAutoscalerV2.manifest({
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString(cpu.amount) },
            },
          },
        ],
      },
    }),
  };
}

const DEFAULT_CPU = Cpu.millis(500);
