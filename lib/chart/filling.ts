// Values in the place of holes, and the way back: which value a hole had.
import { Entry, Form, Hole, Item, textOf } from './forms';
import { Parameter } from './parameter';

/** Fills holes whose values are known. */
export function filled(form: Form, valueAt: (hole: Hole) => string | number | boolean | undefined): Form {
  switch (form.kind) {
    case 'hole': {
      const value = valueAt(form.hole);
      return value === undefined ? form : { kind: 'constant', value };
    }
    case 'text': {
      const parts = form.parts.map((part) => (typeof part === 'string' ? part : (valueAt(part) ?? part)));
      if (parts.every((part, index) => part === form.parts[index])) return form;
      const joined = parts.reduce<(string | Hole)[]>((all, part) => {
        const last = all.at(-1);
        if (typeof part === 'object') all.push(part);
        else if (typeof last === 'string') all[all.length - 1] = last + part;
        else all.push(String(part));
        return all;
      }, []);
      return joined.every((part) => typeof part === 'string')
        ? { kind: 'constant', value: joined.join('') }
        : { kind: 'text', parts: joined };
    }
    case 'yaml': {
      const document = filled(form.document, valueAt);
      return document === form.document ? form : { kind: 'yaml', document };
    }
    case 'map': {
      const entries = form.entries.map((entry): Entry => {
        if ('spread' in entry) return entry;
        const [key, value] = [filled(entry.key, valueAt), filled(entry.value, valueAt)];
        return key === entry.key && value === entry.value ? entry : { key, value };
      });
      // What stays the same stays the same object, which is known already wherever it is compared.
      return entries.every((entry, index) => entry === form.entries[index]) ? form : { kind: 'map', entries };
    }
    case 'list': {
      const items = form.items.map((item): Item => {
        if ('spread' in item) return item;
        const value = filled(item.value, valueAt);
        return value === item.value ? item : { value };
      });
      return items.every((item, index) => item === form.items[index]) ? form : { kind: 'list', items };
    }
    default:
      return form;
  }
}

/** What stands in other manifests where these have a setting's value. */
export function constantFor(
  path: string,
  manifests: Form,
  other: Form,
): string | number | boolean | undefined {
  if (manifests.kind === 'hole' && manifests.hole.of === path && !manifests.hole.by) {
    return other.kind === 'constant' && other.value !== null ? other.value : undefined;
  }
  if (manifests.kind === 'text')
    return constantIn(
      path,
      manifests.parts,
      other.kind === 'text' ? other.parts : other.kind === 'constant' ? [String(other.value)] : [],
    );
  if (manifests.kind === 'yaml' && other.kind === 'yaml')
    return constantFor(path, manifests.document, other.document);
  if (manifests.kind === 'map' && other.kind === 'map') {
    const others = new Map(
      other.entries.flatMap((entry) => ('key' in entry ? [[textOf(entry.key), entry.value] as const] : [])),
    );
    for (const entry of manifests.entries) {
      const counterpart = 'key' in entry ? others.get(textOf(entry.key)) : undefined;
      const found = 'key' in entry && counterpart ? constantFor(path, entry.value, counterpart) : undefined;
      if (found !== undefined) return found;
    }
  }
  if (manifests.kind === 'list' && other.kind === 'list' && manifests.items.length === other.items.length) {
    for (const [index, item] of manifests.items.entries()) {
      const counterpart = other.items[index];
      const found =
        'value' in item && 'value' in counterpart
          ? constantFor(path, item.value, counterpart.value)
          : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The text in one place of another text's parts: what lies between what the two begin and end with. */
function constantIn(
  path: string,
  parts: readonly (string | Hole)[],
  other: readonly (string | Hole)[],
): string | undefined {
  const index = parts.findIndex((part) => typeof part !== 'string' && part.of === path && !part.by);
  if (index < 0) return undefined;
  const write = (some: readonly (string | Hole)[]) =>
    some.map((part) => (typeof part === 'string' ? part : `\0${JSON.stringify(part)}\0`)).join('');
  const [whole, before, after] = [write(other), write(parts.slice(0, index)), write(parts.slice(index + 1))];
  if (!whole.startsWith(before) || !whole.endsWith(after) || whole.length < before.length + after.length)
    return undefined;
  const between = whole.slice(before.length, whole.length - after.length);
  return between.includes('\0') ? undefined : between;
}

/** What the library makes of a setting's value. */
export function derived(
  { derivations }: Parameter,
  name: string,
  value: string | number | boolean,
): string | number | undefined {
  return derivations.find((one) => one.name === name)?.apply(value) as string | number | undefined;
}
