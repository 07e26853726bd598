// Whether manifests mean the same, and where they differ.
import { Entry, Form, textOf } from './forms';

/** Where two manifests differ, or undefined. The order of a map's entries makes no difference. */
export function difference(one: Form, other: Form, at = ''): string | undefined {
  if (normal(one) === normal(other)) return undefined;
  if (one.kind === 'yaml' && other.kind === 'yaml') return difference(one.document, other.document, `${at}|`);
  if (one.kind === 'map' && other.kind === 'map') {
    const id = (entry: Entry) => ('spread' in entry ? textOf(entry) : textOf(entry.key));
    const [mine, others] = [one, other].map(
      ({ entries }) => new Map(entries.map((entry) => [id(entry), entry])),
    );
    for (const key of new Set([...mine.keys(), ...others.keys()])) {
      const [a, b] = [mine.get(key), others.get(key)];
      if (!a || !b) return `${at}/${key} (${a ? 'only foretold' : 'not foretold'})`;
      const inner = 'value' in a && 'value' in b ? difference(a.value, b.value, `${at}/${key}`) : undefined;
      if (inner) return inner;
    }
  }
  if (one.kind === 'list' && other.kind === 'list' && one.items.length === other.items.length) {
    for (const [index, item] of one.items.entries()) {
      const counterpart = other.items[index];
      const inner =
        'value' in item && 'value' in counterpart
          ? difference(item.value, counterpart.value, `${at}/${index}`)
          : undefined;
      if (inner) return inner;
    }
  }
  return `${at}: ${textOf(one).slice(0, 300)} and ${textOf(other).slice(0, 300)}`;
}

const normals = new WeakMap<object, string>();
const numbers = new Map<string, string>();
/** A text that is the same for manifests that mean the same: the number of what they look like. */
export function normal(form: Form): string {
  const known = normals.get(form);
  if (known !== undefined) return known;
  const text = looks(form);
  const number = numbers.get(text) ?? `#${numbers.size}`;
  numbers.set(text, number);
  normals.set(form, number);
  return number;
}

function looks(form: Form): string {
  switch (form.kind) {
    case 'map':
      return `{${form.entries
        .map((entry) =>
          'spread' in entry ? `*${textOf(entry)}` : `${textOf(entry.key)}:${normal(entry.value)}`,
        )
        .sort()
        .join()}}`;
    case 'list':
      return `[${form.items.map((item) => ('spread' in item ? `*${textOf(item)}` : normal(item.value))).join()}]`;
    case 'yaml':
      return `|${normal(form.document)}`;
    default:
      return textOf(form);
  }
}
