// The pods: replicas, scheduling and additions.

import { MAPS, STRINGS } from '../chart/values/formats';
import { shellWord } from '../core/shell';
import { fitsIn, isEmpty, lost, moved, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { translateReplicas } from './replicas';
import { RESOURCE_KEYS, translateResources } from './resources';
import { oldName, Translation } from './translation';

const GENERAL = 'commonAnnotations and commonLabels are for all objects; none are for this one alone';

export const POD_KEYS: OldKeys = {
  replicaCount: used('number'),
  'autoscaling.enabled': used('boolean'),
  'autoscaling.minReplicas': used('number'),
  'autoscaling.maxReplicas': used('number'),
  'autoscaling.targetCPUUtilizationPercentage': used('number'),
  'autoscaling.targetMemoryUtilizationPercentage': used('number'),
  'autoscaling.behavior': used('map'),
  updateStrategy: lost(
    'map',
    'the chart chooses: pods are replaced one by one, or where only one may have the volume, the old one goes before the new one comes',
    { type: 'RollingUpdate' },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  ),
  podDisruptionBudget: used('map'),
  podAnnotations: used('map'),
  podLabels: used('map'),
  ...RESOURCE_KEYS,
  nodeSelector: moved('map', 'nodeSelector'),
  affinity: used('map'),
  tolerations: moved('list', 'tolerations'),
  priorityClassName: moved('string', 'priorityClassName', STRINGS.name),
  initContainers: used('list'),
  'deployment.annotations': lost('map', GENERAL),
  'serviceAccount.create': used('boolean'),
  'serviceAccount.name': used('string'),
  'serviceAccount.annotations': used('map'),
};

export function translatePods(translation: Translation): void {
  translateReplicas(translation);
  translateMetadata(translation);
  translateResources(translation);
  const { old } = translation;
  const affinity = old.map('affinity');
  if (!isEmpty(affinity)) {
    translation.set('affinity', affinity);
    if (/"(release|app)"/.test(JSON.stringify(affinity))) {
      translation.guessed(
        'affinity',
        "seems to name the old pods' labels `app` and `release`; the new ones have app.kubernetes.io/name and /instance",
      );
    }
  }
  translateAccount(translation);
}

function translateMetadata(translation: Translation): void {
  for (const key of ['podAnnotations', 'podLabels'] as const) {
    const schema = key === 'podLabels' ? MAPS.labels : MAPS.annotations;
    translation.set(key, textsOf(translation, key, key, schema));
  }
}

/** JSON Schema keywords for maps of strings. */
interface TextsSchema {
  readonly propertyNames: object;
  readonly additionalProperties: object;
}

/** The entries of a map that this chart's map accepts; undefined where there are none. */
export function textsOf(
  translation: Translation,
  key: string,
  path: string,
  schema: TextsSchema,
): Record<string, string> | undefined {
  const entries = Object.entries(translation.old.map(key)).flatMap(([name, value]): [string, string][] => {
    const text = String(value ?? '');
    const later = isFilledIn(text) || isFilledIn(name);
    if (later || (fitsIn(name, schema.propertyNames) && fitsIn(text, schema.additionalProperties)))
      return [[name, text]];
    translation.lost(
      `${key}."${name}"`,
      `not what \`${path}\` takes: the library's own labels can't be changed, and others must be well-formed`,
    );
    return [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** This chart runs the pods with an existing service account, and creates none. */
function translateAccount(translation: Translation): void {
  const { old } = translation;
  const given = old.string('serviceAccount.name');
  const annotations = Object.entries(old.map('serviceAccount.annotations'));
  if (!old.boolean('serviceAccount.create')) {
    translation.carry('serviceAccount.name', given, 'serviceAccount.name', STRINGS.name);
    return;
  }
  if (given === undefined && annotations.length === 0) {
    translation.lost(
      'serviceAccount.create',
      'no account is made: without annotations it would do nothing, and its token is not mounted',
    );
    return;
  }
  const name = given ?? oldName(translation) ?? 'registry';
  translation.carry('serviceAccount.name', name, 'serviceAccount.name', STRINGS.name);
  const commands = [
    `kubectl -n "$NAMESPACE" create serviceaccount ${shellWord(name)}`,
    ...annotations.map(
      ([key, value]) =>
        `kubectl -n "$NAMESPACE" annotate serviceaccount ${shellWord(name)} ${shellWord(`${key}=${value}`)}`,
    ),
  ];
  translation.lost(
    'serviceAccount.create',
    `no account is made; before you install, run: ${commands.join(' && ')}`,
  );
}
