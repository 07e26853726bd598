// Which parts of several lists or maps are the same one.
import { Form, Item, textOf } from './forms';

/** Parts by what they are; equal ones are told apart by their number. */
export function numbered<P>(parts: readonly P[], idOf: (part: P, index: number) => string): Map<string, P> {
  const result = new Map<string, P>();
  parts.forEach((part, index) => {
    const id = idOf(part, index);
    let key = id;
    for (let number = 2; result.has(key); number++) key = `${id} #${number}`;
    result.set(key, part);
  });
  return result;
}

/**
 * Items of lists that all have the same length are known by their place; else by an entry, as Kubernetes and
 * people know them; else as a whole.
 */
const NAMES = ['mountPath', 'name', 'key', 'port', 'path'];

export function identity(lists: readonly (readonly Item[])[]): (item: Item, index: number) => string {
  const spreadOr =
    (otherwise: (item: Item & { value: Form }, index: number) => string) => (item: Item, index: number) =>
      'spread' in item ? `spread ${textOf(item)}` : otherwise(item as Item & { value: Form }, index);
  const length = lists[0].length;
  if (lists.every((items) => items.length === length && items.every((item) => !('spread' in item))))
    return (_, index) => String(index);
  for (const name of NAMES) {
    const unique = lists.every((items) => {
      const own = items
        .filter((item) => !('spread' in item))
        .map((item) => nameOf(item as { value: Form }, name));
      return own.every((one) => one !== undefined) && new Set(own).size === own.length;
    });
    if (unique && lists.some((items) => items.some((item) => !('spread' in item))))
      return spreadOr((item) => `${name} ${nameOf(item, name)}`);
  }
  return spreadOr((item) => textOf(item.value));
}

function nameOf({ value }: { value: Form }, name: string): string | undefined {
  if (value.kind !== 'map') return undefined;
  const entry = value.entries.find(
    (one) => 'key' in one && one.key.kind === 'constant' && one.key.value === name,
  );
  return entry && 'value' in entry ? textOf(entry.value) : undefined;
}

/**
 * All of some lists, in an order that agrees with each of them; where there is none, in the order in which
 * they came.
 */
export function ordered(lists: readonly (readonly string[])[]): string[] {
  const different = new Map(lists.map((list) => [list.join('\0'), list]));
  const after = new Map<string, Set<string>>();
  for (const list of different.values()) {
    for (const [index, id] of list.entries()) {
      const before = after.get(id) ?? new Set<string>();
      after.set(id, before);
      if (index > 0) before.add(list[index - 1] as string);
    }
  }
  const order = new Set<string>();
  const opened = new Set<string>();
  const take = (id: string): void => {
    if (opened.has(id)) return;
    opened.add(id);
    for (const before of after.get(id) ?? []) take(before);
    order.add(id);
  };
  for (const id of after.keys()) take(id);
  return [...order];
}
