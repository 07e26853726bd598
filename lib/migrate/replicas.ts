// How many pods there are: by replicaCount, or by a HorizontalPodAutoscaler.
import { isEmpty, isSame } from './old-keys';
import { cpuOf } from './resources';
import { Translation } from './translation';

/** Whether several pods run, or may. */
export function severalPods({ values }: Translation): boolean {
  return values.has('replicaCount') || values.has('autoscaling.enabled');
}

export function translateReplicas(translation: Translation): void {
  const { old, values } = translation;
  const scaled = old.boolean('autoscaling.enabled');
  const least = old.number('autoscaling.minReplicas') ?? 1;
  const most = old.number('autoscaling.maxReplicas') ?? 2;
  const alone =
    values.get('storage.type') === undefined && values.get('persistence.accessMode') !== 'ReadWriteMany';
  const [key, wanted] = scaled
    ? (['autoscaling', Math.max(least, most)] as const)
    : (['replicaCount', old.number('replicaCount') ?? 1] as const);
  if (wanted < 1) translation.lost(key, 'at least 1 pod is installed; `kubectl scale` stops it afterwards');
  else if (wanted > 1 && alone) {
    translation.lost(
      key,
      `${wanted} pods can't share this storage (each would have images of its own, or wait for the volume): 1 it is; for more, take ReadWriteMany or a bucket`,
    );
  } else if (scaled) translateAutoscaling(translation, least, most);
  else if (wanted > 1) translation.set('replicaCount', wanted);
  const budget = old.map('podDisruptionBudget');
  if (isEmpty(budget)) return;
  const several = severalPods(translation);
  if (several && isSame(budget, { maxUnavailable: 1 })) return;
  const instead = several
    ? 'the chart makes one with maxUnavailable: 1'
    : 'with 1 pod it would only keep nodes from being drained';
  translation.lost('podDisruptionBudget', instead);
}

/** This chart scales by the CPU that pods use, and not by how much of their requests that is. */
function translateAutoscaling(translation: Translation, least: number, most: number): void {
  const { old } = translation;
  if (least < 1 || most < Math.max(2, least)) {
    translation.lost(
      'autoscaling',
      `${least} to ${most} pods scale nothing: 1 it is; set autoscaling by hand`,
    );
    return;
  }
  translation.set('autoscaling.enabled', true);
  translation.set('autoscaling.minReplicas', least);
  translation.set('autoscaling.maxReplicas', most);
  const percent = old.number('autoscaling.targetCPUUtilizationPercentage') ?? 60;
  const requested = old.map('resources.requests').cpu ?? old.map('resources.limits').cpu;
  const request = cpuOf(String(requested ?? ''));
  const millicores = request === undefined ? 0 : Math.round((millicoresOf(request) * percent) / 100);
  if (millicores > 0) translation.set('autoscaling.averageCpu', `${millicores}m`);
  else
    translation.guessed(
      'autoscaling.targetCPUUtilizationPercentage',
      `${percent} % of a request for CPU that is not given: there is another pod when they use 500m on average; set autoscaling.averageCpu`,
    );
  translation.lost(
    'autoscaling.targetMemoryUtilizationPercentage',
    "pods are added by CPU alone: a registry's memory follows the pulls that run at once, and does not shrink with more pods",
  );
  if (!isEmpty(old.map('autoscaling.behavior')))
    translation.lost('autoscaling.behavior', "Kubernetes' own: up at once, and down after 5 minutes");
}

function millicoresOf(cpu: string): number {
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000;
}
