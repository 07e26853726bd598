// A manifest with its samples recognised: what stays the same, and where which setting's value goes.
import { parse } from 'yaml';

/**
 * What a place of a manifest takes from outside: a setting, what is computed from one, or something that Helm
 * knows.
 */
export interface Hole {
  /** Path of a setting, or `@name`, `@namespace`, … */
  readonly of: string;
  /** Name of the derivation, where it is not the value itself. */
  readonly by?: string;
}

/** For each item of a list: the text that it is in is there as often as there are items. */
export const EACH = '@each';

/** A manifest, or a part of one. */
export type Form =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  /** A text with holes. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Hole)[] }
  /** A number or a boolean. */
  | { readonly kind: 'hole'; readonly hole: Hole }
  | { readonly kind: 'map'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  /** A text that is YAML, such as config.yml. */
  | { readonly kind: 'yaml'; readonly document: Form };

/** An entry of a map, or a whole map of the user's that is merged into it. */
export type Entry = { readonly key: Form; readonly value: Form } | { readonly spread: Hole };
/** An item of a list, or a whole list of the user's in its place. */
export type Item = { readonly value: Form } | { readonly spread: Hole };

/** A text that is the same for equal parts of manifests only. */
const texts = new WeakMap<object, string>();
export function textOf(form: Form | Entry | Item): string {
  let text = texts.get(form);
  if (text === undefined) {
    text = JSON.stringify(form);
    texts.set(form, text);
  }
  return text;
}

/** A sample as it stands in manifests, and what it stands for. */
export interface Sample {
  readonly hole: Hole;
  readonly value: unknown;
}

/** The texts that a sample may be found as. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value : [];
}

function anyOf(
  words: readonly string[],
  adapt: (text: string, word: string) => string,
  flags?: string,
): RegExp {
  const escaped = words.map((word) => adapt(word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), word));
  return new RegExp(escaped.length > 0 ? escaped.join('|') : '(?!)', flags);
}

/** Most texts are the same in all runs, and need to be looked through only once. */
export class Seen {
  private readonly texts = new Map<string, boolean>();
  private readonly pattern: RegExp;

  /** @param values all samples of all settings */
  constructor(values: readonly unknown[]) {
    this.pattern = anyOf([...new Set(values.flatMap(wordsOf))], (text) => text);
  }

  /** May there be a sample in it? */
  public mayHold(text: string): boolean {
    let may = this.texts.get(text);
    if (may === undefined) {
      may = this.pattern.test(text);
      this.texts.set(text, may);
    }
    return may;
  }
}

/** Finds samples in manifests. */
export class Recogniser {
  private readonly byText = new Map<string, Hole>();
  private readonly byNumber = new Map<number, Hole>();
  private readonly byStructure = new Map<string, Hole>();
  private readonly entries = new Map<string, { hole: Hole; size: number }>();
  private readonly items = new Map<string, { hole: Hole; size: number }>();
  /** What anything must look like to be worth a closer look. */
  private readonly shapes = new Set<string>();
  private readonly pattern: RegExp;

  constructor(
    samples: readonly Sample[],
    private readonly seen: Seen,
  ) {
    for (const { hole, value } of samples) {
      const other = this.byText.get(String(value));
      if (other && other.of !== hole.of)
        throw new Error(`${other.of} and ${hole.of} have the same sample: ${value}`);
      if (typeof value === 'string') this.byText.set(value, hole);
      else if (typeof value === 'number') {
        this.byNumber.set(value, hole);
        this.byText.set(String(value), hole);
      } else if (Array.isArray(value)) {
        this.byStructure.set(canonical(value), hole);
        this.shapes.add(shape(value));
        for (const item of value) {
          this.items.set(canonical(item), { hole, size: value.length });
          this.shapes.add(shape(item));
        }
        const [only, ...more] = value;
        if (typeof only === 'string' && more.length === 0) this.byText.set(only, { of: hole.of, by: EACH });
      } else if (typeof value === 'object' && value !== null) {
        this.byStructure.set(canonical(value), hole);
        this.shapes.add(shape(value));
        const all = Object.entries(value);
        for (const [key, item] of all) {
          this.entries.set(`${key}\0${canonical(item)}`, { hole, size: all.length });
          this.shapes.add(key);
        }
      }
    }
    // Longer ones first: one sample may begin like another. No digit may stand beside a number.
    const words = [...this.byText.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    this.pattern = anyOf(words, (text, word) => (/^\d+$/.test(word) ? `(?<!\\d)${text}(?!\\d)` : text), 'g');
  }

  public recognise(value: unknown): Form {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') {
      const hole = this.byNumber.get(value);
      return hole ? { kind: 'hole', hole } : { kind: 'constant', value };
    }
    if (typeof value === 'boolean' || value === null || value === undefined)
      return { kind: 'constant', value: value ?? null };
    const whole = this.shapes.has(shape(value)) ? this.byStructure.get(canonical(value)) : undefined;
    // As if it were merged into an empty one: elsewhere it may be merged into another.
    if (whole)
      return Array.isArray(value)
        ? { kind: 'list', items: [{ spread: whole }] }
        : { kind: 'map', entries: [{ spread: whole }] };
    return Array.isArray(value) ? this.list(value) : this.map(value as Record<string, unknown>);
  }

  /** A file of YAML in a ConfigMap is looked into. */
  private entry(key: string, value: unknown): Form {
    return typeof value === 'string' && /\.ya?ml$/.test(key)
      ? { kind: 'yaml', document: this.recognise(parse(value)) }
      : this.recognise(value);
  }

  /** A text's constant parts and holes. */
  public parts(text: string): (string | Hole)[] {
    if (!this.seen.mayHold(text)) return [text];
    const parts: (string | Hole)[] = [];
    let end = 0;
    for (const match of text.matchAll(this.pattern)) {
      if (match.index > end) parts.push(text.slice(end, match.index));
      parts.push(this.byText.get(match[0]) as Hole);
      end = match.index + match[0].length;
    }
    if (end < text.length) parts.push(text.slice(end));
    return parts;
  }

  private text(text: string): Form {
    const parts = this.parts(text);
    return parts.some((part) => typeof part !== 'string')
      ? { kind: 'text', parts }
      : { kind: 'constant', value: text };
  }

  private list(values: readonly unknown[]): Form {
    return {
      kind: 'list',
      items: spreadOut(
        values,
        (value) => (this.shapes.has(shape(value)) ? this.items.get(canonical(value)) : undefined),
        (value): Item => ({ value: this.recognise(value) }),
      ),
    };
  }

  private map(value: Record<string, unknown>): Form {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return {
      kind: 'map',
      entries: spreadOut(
        entries,
        ([key, item]) => (this.shapes.has(key) ? this.entries.get(`${key}\0${canonical(item)}`) : undefined),
        ([key, item]): Entry => ({ key: this.text(key), value: this.entry(key, item) }),
      ),
    };
  }
}

/** What is the user's, taken together in one spread where it begins; the rest one by one. */
function spreadOut<T, R>(
  values: readonly T[],
  ownerOf: (value: T) => { hole: Hole; size: number } | undefined,
  single: (value: T) => R,
): (R | { spread: Hole })[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const owner = ownerOf(value);
    if (owner) counts.set(owner.hole.of, (counts.get(owner.hole.of) ?? 0) + 1);
  }
  const done = new Set<string>();
  return values.flatMap((value): (R | { spread: Hole })[] => {
    const owner = ownerOf(value);
    if (!owner || counts.get(owner.hole.of) !== owner.size) return [single(value)];
    if (done.has(owner.hole.of)) return [];
    done.add(owner.hole.of);
    return [{ spread: owner.hole }];
  });
}

/** A text that is the same for equal values only, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** A text that is the same for equal values, and quickly made. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}`;
  return typeof value === 'object' && value !== null ? `{${Object.keys(value).sort().join()}` : String(value);
}

/** Lets the manifests of many runs have their equal parts in common, since they differ in little. */
export class Sharing {
  private readonly known = new Map<string, Form>();
  private readonly ids = new WeakMap<Form, number>();

  public share(form: Form): Form {
    const shared = this.inside(form);
    const id = this.idOf(shared);
    const known = this.known.get(id);
    if (known) return known;
    this.known.set(id, shared);
    this.ids.set(shared, this.known.size);
    return shared;
  }

  private inside(form: Form): Form {
    switch (form.kind) {
      case 'map':
        return {
          kind: 'map',
          entries: form.entries.map((entry) =>
            'spread' in entry ? entry : { key: this.share(entry.key), value: this.share(entry.value) },
          ),
        };
      case 'list':
        return {
          kind: 'list',
          items: form.items.map((item) => ('spread' in item ? item : { value: this.share(item.value) })),
        };
      case 'yaml':
        return { kind: 'yaml', document: this.share(form.document) };
      default:
        return form;
    }
  }

  /** A text that is the same for equal forms whose parts are shared. */
  private idOf(form: Form): string {
    const id = (part: Form) => this.ids.get(part);
    switch (form.kind) {
      case 'map':
        return `{${form.entries.map((entry) => ('spread' in entry ? JSON.stringify(entry) : `${id(entry.key)}:${id(entry.value)}`)).join()}`;
      case 'list':
        return `[${form.items.map((item) => ('spread' in item ? JSON.stringify(item) : id(item.value))).join()}`;
      case 'yaml':
        return `|${id(form.document)}`;
      default:
        return JSON.stringify(form);
    }
  }
}
