// CPU and memory. The old charts set no limits by default; this one has defaults, which the given values must
// be consistent with.
import { SIZE_UNITS } from '../core/formats';
import { entryOf, isEmpty, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { Translation } from './translation';

export const RESOURCE_KEYS: OldKeys = { 'resources.limits': used('map'), 'resources.requests': used('map') };

const DEFAULT_LIMIT = 512 * 1024;

/** An amount of memory in kibibytes, rounded up, from any of Kubernetes' units. */
export function kibibytesOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?(?:e\d+)?)(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const bytes =
    Number(amount) *
    (unit in SIZE_UNITS ? (SIZE_UNITS[unit] as number) * 1024 : 1000 ** ' kMGTP'.indexOf(unit || ' '));
  return bytes > 0 ? Math.ceil(bytes / 1024) : undefined;
}

/** A size in this chart's format: whole, in the largest unit that fits. */
export function sizeOf(text: string): string | undefined {
  if (/^[1-9]\d*(Ki|Mi|Gi|Ti|Pi)$/.test(text)) return text;
  const kibibytes = kibibytesOf(text);
  if (kibibytes === undefined) return undefined;
  const [unit, factor] = Object.entries(SIZE_UNITS)
    .filter(([, size]) => kibibytes % size === 0)
    .at(-1) ?? ['Ki', 1];
  return `${kibibytes / factor}${unit}`;
}

/** An amount of CPU, if it is one and not nothing: as it is, or in millicores where it has zeros that the chart takes for a mistake. */
export function cpuOf(text: string): string | undefined {
  if (!/^(\d+m|\d+(\.\d{1,3})?)$/.test(text)) return undefined;
  const millicores = text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
  if (millicores === 0) return undefined;
  return /^0\d|\.\d*0$/.test(text) ? `${millicores}m` : text;
}

export function translateResources(translation: Translation): void {
  const { old, values } = translation;
  for (const kind of ['limits', 'requests']) {
    for (const [name, value] of Object.entries(old.map(`resources.${kind}`))) {
      if (value === null) continue;
      const key = `resources.${kind}.${name}`;
      const known = entryOf({ cpu: cpuOf, memory: sizeOf }, name);
      const text = known && isFilledIn(value) ? String(value) : known?.(String(value));
      if (text !== undefined) translation.set(key, text);
      else
        translation.lost(
          key,
          known
            ? `"${value}" is not what \`${key}\` takes; write e.g. ${name === 'cpu' ? '500m' : '512Mi'}`
            : 'cpu and memory only',
        );
    }
  }
  if (isEmpty(old.map('resources.limits')) && isEmpty(old.map('resources.requests'))) {
    translation.different(
      'resources',
      'not given: this chart asks for 100m CPU and 128Mi, and limits memory to 512Mi, enough for about 50 pulls at once',
    );
    return;
  }
  // Kubernetes' own default where there is a limit and no request.
  for (const name of ['cpu', 'memory']) {
    const limit = values.get(`resources.limits.${name}`);
    if (!values.has(`resources.requests.${name}`)) translation.set(`resources.requests.${name}`, limit);
  }
  const memory = kibibytesOf(String(values.get('resources.requests.memory') ?? '0Ki')) ?? 0;
  if (values.has('resources.limits.memory') || memory < DEFAULT_LIMIT) return;
  translation.set('resources.limits.memory', sizeOf(`${memory * 2}Ki`));
  translation.guessed(
    'resources.limits.memory',
    'not given, but this chart limits memory, to 512Mi by itself: twice the request is written',
  );
}
