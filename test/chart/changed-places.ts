// Where two renderings of a chart differ: places such as `Deployment/registry spec.replicas`, without the
// values.
import { parse } from 'yaml';
import type { Objects } from './named-objects';

/** Lists whose items are known by a name. */
type Named = { readonly name: string };

/** What is in one rendering and not, or otherwise, in the other. */
export function changedPlaces(one: Objects, other: Objects): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.flatMap((name) => {
    if (!(name in one)) return [`+ ${name}`];
    if (!(name in other)) return [`- ${name}`];
    return differences(one[name], other[name], '').map((place) => `${name} ${place}`);
  });
}

function differences(one: unknown, other: unknown, at: string): string[] {
  if (one === other) return [];
  if (one === undefined) return [`+ ${at}`];
  if (other === undefined) return [`- ${at}`];
  const [before, after] = [entriesOf(one, at), entriesOf(other, at)];
  if (!before || !after) return [at];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap((key) =>
    differences(before.get(key), after.get(key), `${at}${at === '' ? '' : '.'}${key}`),
  );
}

/**
 * A map's entries, a list's items by their names or their texts, what stands in a text that is YAML; nothing
 * for others.
 */
function entriesOf(part: unknown, at: string): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(part)) {
    return new Map(part.map((item, index) => [isNamed(item) ? item.name : String(index), item]));
  }
  if (typeof part === 'string' && at.endsWith('.yml')) return entriesOf(parse(part), '');
  if (typeof part !== 'object' || part === null) return undefined;
  return new Map(Object.entries(part));
}

function isNamed(item: unknown): item is Named {
  return typeof (item as Named | undefined)?.name === 'string';
}
