// Differences between this chart and the old charts.
import { isSchedule, neverComes } from '../core/cron';
import type { OldCache } from './cache';
import type { OldConfiguration } from './configuration';
import { lost, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { severalPods } from './replicas';
import { cpuOf, sizeOf } from './resources';
import { oldName, Translation } from './translation';

const UNTAGGED =
  'left out, because it destroys multi-platform images that have a tag (docs/day-2.md tells how); images without a tag stay until they are deleted by their digest, or by the rules of `retention`';
const COLLECTS = "its pods have the labels and annotations of the registry's";

export const CLUSTER_KEYS: OldKeys = {
  nameOverride: used('string'),
  fullnameOverride: used('string'),
  namespace: lost('string', "objects are in the release's namespace: install with -n and that name"),
  'garbageCollect.enabled': used('boolean'),
  'garbageCollect.deleteUntagged': used('boolean'),
  'garbageCollect.schedule': used('string'),
  'garbageCollect.podAnnotations': lost('map', COLLECTS),
  'garbageCollect.podLabels': lost('map', COLLECTS),
  'garbageCollect.resources': used('map'),
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

export function translateCluster(
  translation: Translation,
  configuration: OldConfiguration,
  cache: OldCache | undefined,
): void {
  if (!translation.old.boolean('garbageCollect.enabled')) return;
  if (cache) translateCacheCollection(translation, cache);
  else translateCollection(translation, configuration);
}

/** A cache on a volume collects whenever its pod starts. */
function translateCacheCollection(translation: Translation, { objectName }: OldCache): void {
  translation.lost(
    'garbageCollect.schedule',
    `no CronJob collects beside a running cache: each start of its pod does. Restart it on your schedule: kubectl -n "$NAMESPACE" rollout restart deployment ${objectName}`,
  );
}

function translateCollection(translation: Translation, configuration: OldConfiguration): void {
  const { old, values } = translation;
  const nothing =
    (values.get('persistence.enabled') === false &&
      values.get('storage.type') === undefined &&
      'there is nothing to collect, since images go with the pod') ||
    (values.get('storage.readOnly') === true && 'the registry is read-only') ||
    (!values.has('storage.deletion') && 'no image can be deleted, so that there is nothing to collect');
  const several =
    severalPods(translation) &&
    'several pods run, and one of them would collect what is just being pushed to another';
  const unscheduled = whyNotScheduled(translation, configuration);
  const why = nothing || (unscheduled !== undefined && several);
  if (why) {
    translation.lost('garbageCollect.enabled', `${why}. Collect by hand, while storage.readOnly is true`);
    return;
  }
  if (unscheduled === undefined) translateSchedule(translation);
  else {
    translation.set('garbageCollection.onStart', true);
    translation.lost(
      'garbageCollect.schedule',
      `no CronJob: ${unscheduled}. Each start of the pod collects (garbageCollection.onStart). Restart it on your schedule: kubectl -n "$NAMESPACE" rollout restart deployment ${oldName(translation) ?? '<name>'}`,
    );
  }
  if (old.get('garbageCollect.deleteUntagged') === false)
    translation.different(
      'garbageCollect.deleteUntagged',
      'there is no such setting: images without a tag always stay',
    );
  else translation.lost('garbageCollect.deleteUntagged', UNTAGGED);
}

/** The front, which makes the registry read-only meanwhile, does not go with everything. */
function whyNotScheduled({ values }: Translation, { tokens, rawKeys }: OldConfiguration): string | undefined {
  if (tokens || has(rawKeys, 'auth'))
    return 'the front, which refuses pushes meanwhile, does not work with such a login';
  if (has(rawKeys, 'http', 'tls')) return 'the front, which refuses pushes meanwhile, ends TLS itself';
  if (has(rawKeys, 'storage', 'cache')) return 'a cache of descriptors outlives what a collection removes';
  if (values.get('persistence.accessMode') === 'ReadWriteOncePod')
    return 'no pod but its own can mount a ReadWriteOncePod volume';
  const realm = values.get('auth.realm');
  if (typeof realm === 'string' && !isFilledIn(realm) && !/^[-._~/:A-Za-z0-9 ]+$/.test(realm))
    return 'the front, which refuses pushes meanwhile, does not support this auth.realm';
  const name = values.get('fullnameOverride');
  if (typeof name === 'string' && name.length > LONGEST_NAME)
    return `the CronJob would have a name of more than 52 characters, as "${name}" has more than ${LONGEST_NAME}`;
  return undefined;
}

function has(tree: unknown, key: string, ...rest: readonly string[]): boolean {
  const inside =
    typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>)[key] : undefined;
  const [next, ...others] = rest;
  return next === undefined ? inside !== undefined : has(inside, next, ...others);
}

/** With the old charts' own schedule where none is given. */
function translateSchedule(translation: Translation): void {
  const { old, values } = translation;
  translation.set('collection.enabled', true);
  translation.different(
    'garbageCollect.enabled',
    'a CronJob collects while nginx, which comes into the pod before the registry (front), refuses pushes and deletions for some minutes; pulls go on',
  );
  const schedule = old.string('garbageCollect.schedule') ?? OLD_SCHEDULE;
  if (isFilledIn(schedule) || (isSchedule(schedule) && !neverComes(schedule)))
    translation.set('collection.schedule', schedule);
  else
    translation.lost(
      'garbageCollect.schedule',
      `"${schedule}" is not what \`collection.schedule\` takes, which has its own default now, "0 3 * * *"; set that by hand, with a time zone in \`collection.timeZone\``,
    );
  if (values.delete('storage.descriptorCache.type'))
    translation.different(
      'storage.descriptorCache.type',
      'left out: descriptors that are cached outlive what a collection removes. Pulls ask the storage more often',
    );
  for (const kind of ['limits', 'requests']) translateResourcesOf(translation, kind);
}

function translateResourcesOf(translation: Translation, kind: string): void {
  const given = translation.old.map(`garbageCollect.resources`)[kind];
  for (const [name, value] of Object.entries((given ?? {}) as Record<string, unknown>)) {
    if (value === null) continue;
    const key = `garbageCollect.resources.${kind}.${name}`;
    const path = `collection.resources.${kind}.${name}`;
    const text =
      name === 'memory' ? sizeOf(String(value)) : name === 'cpu' ? cpuOf(String(value)) : undefined;
    if (text !== undefined || isFilledIn(value)) translation.set(path, text ?? String(value));
    else
      translation.lost(
        key,
        name === 'cpu' || name === 'memory'
          ? `"${value}" is not what \`${path}\` takes; write e.g. ${name === 'cpu' ? '500m' : '512Mi'}`
          : 'cpu and memory only',
      );
  }
}

/** That of the old charts. */
const OLD_SCHEDULE = '0 1 * * *';
/** With more, the CronJob's name would be too long. */
const LONGEST_NAME = 41;
