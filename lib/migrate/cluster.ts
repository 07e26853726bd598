// Differences between this chart and the old charts.
import type { OldCache } from './cache';
import { lost, OldKeys, used } from './old-keys';
import { oldName, Translation } from './translation';

const UNTAGGED =
  'left out, because it destroys multi-platform images that have a tag (docs/day-2.md tells how); images without a tag stay until they are deleted by their digest';
const COLLECTS = 'the collection runs in the pod itself, before the registry starts';

export const CLUSTER_KEYS: OldKeys = {
  nameOverride: used('string'),
  fullnameOverride: used('string'),
  namespace: lost('string', "objects are in the release's namespace: install with -n and that name"),
  'garbageCollect.enabled': used('boolean'),
  'garbageCollect.deleteUntagged': used('boolean'),
  'garbageCollect.schedule': used('string'),
  'garbageCollect.podAnnotations': lost('map', COLLECTS),
  'garbageCollect.podLabels': lost('map', COLLECTS),
  'garbageCollect.resources': lost('map', `${COLLECTS}, with the resources of the registry`),
};

const NAME = '^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$';

/** The Service keeps its name, so that clients inside the cluster still find it. */
export function translateNames(translation: Translation): void {
  const { old } = translation;
  translation.carry('nameOverride', old.string('nameOverride'), 'nameOverride', { pattern: NAME });
  const name = oldName(translation);
  if (name !== undefined) {
    translation.carry(
      old.string('fullnameOverride') === undefined ? '--release' : 'fullnameOverride',
      name,
      'fullnameOverride',
      {
        pattern: NAME,
      },
    );
  } else {
    translation.different(
      'fullnameOverride',
      "not given: the Service gets a new name. Give the old release's name by --release to keep the old one",
    );
  }
}

export function translateCluster(translation: Translation, cache: OldCache | undefined): void {
  if (!translation.old.boolean('garbageCollect.enabled')) return;
  if (cache) translateCacheCollection(translation, cache);
  else translateCollection(translation);
}

/** A cache on a volume collects whenever its pod starts. */
function translateCacheCollection(translation: Translation, { objectName }: OldCache): void {
  translation.lost(
    'garbageCollect.schedule',
    `no CronJob collects beside a running cache: each start of its pod does. Restart it on your schedule: kubectl -n "$NAMESPACE" rollout restart deployment ${objectName}`,
  );
}

function translateCollection(translation: Translation): void {
  const { old, values } = translation;
  const why =
    (values.has('replicaCount') &&
      'several pods run, and one of them would collect what is just being pushed to another') ||
    (values.get('persistence.enabled') === false &&
      values.get('storage.type') === undefined &&
      'there is nothing to collect, since images go with the pod') ||
    (!values.has('storage.deletion') && 'no image can be deleted, so that there is nothing to collect');
  if (why) {
    translation.lost('garbageCollect.enabled', `${why}. Collect by hand, while storage.readOnly is true`);
    return;
  }
  translation.set('garbageCollection.onStart', true);
  translation.lost(
    'garbageCollect.schedule',
    `no CronJob collects beside the running registry, which breaks what is being pushed: each start of the pod collects (garbageCollection.onStart). Restart it on your schedule: kubectl -n "$NAMESPACE" rollout restart deployment ${oldName(translation) ?? '<name>'}`,
  );
  if (old.get('garbageCollect.deleteUntagged') === false)
    translation.different(
      'garbageCollect.deleteUntagged',
      'there is no such setting: images without a tag always stay',
    );
  else translation.lost('garbageCollect.deleteUntagged', UNTAGGED);
}
