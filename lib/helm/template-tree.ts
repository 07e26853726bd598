// The manifests of many runs laid over each other: one tree in which each place says which settings it depends on, and how.
import { Decision, decide, mapDecision, Outcome, Question, taken, Undecidable } from './decision';
import { Entry, Form, Hole, Item, textOf } from './forms';

/** Is it there? */
export type Presence = Decision<boolean>;

/** A manifest with decisions in it. A map or list tells whether it may be empty. */
export type Node =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'text'; readonly parts: readonly (string | Hole)[] }
  | { readonly kind: 'hole'; readonly hole: Hole }
  | { readonly kind: 'yaml'; readonly document: Node }
  | { readonly kind: 'map'; readonly entries: readonly NodeEntry[]; readonly empty: boolean }
  | { readonly kind: 'list'; readonly items: readonly NodeItem[]; readonly empty: boolean }
  | { readonly kind: 'choice'; readonly decision: Decision<Node> };
export type NodeEntry = { readonly when: Presence } & ({ readonly key: Form; readonly value: Node } | { readonly spread: Hole });
export type NodeItem = { readonly when: Presence } & ({ readonly value: Node } | { readonly spread: Hole });

/** One run's part of the manifests. */
export interface Layer {
  readonly run: Outcome;
  readonly form: Form;
}

/** What laying over needs to know of the settings. */
export interface Settings {
  readonly sizes: readonly number[];
  /** The value that a setting has in a case, where that is known exactly, and its path. */
  readonly paths: readonly string[];
  readonly exact: (setting: number, value: number) => string | number | boolean | undefined;
}

/** Lays the runs' manifests over each other. */
export class Overlay {
  /** Runs that would make it more certain. */
  public readonly questions: Question[] = [];

  constructor(private readonly settings: Settings) {}

  public tree(layers: readonly Layer[], at = ''): Node {
    const [{ form: first }] = layers;
    if (layers.every(({ form }) => form === first || (isPlain(first) && textOf(form) === textOf(first)))) return constant(first);
    const kinds = [...new Set(layers.map(({ form }) => (isPlain(form) ? 'plain' : form.kind)))];
    if (kinds.length > 1) {
      return this.choice(layers, at, ({ form }) => (isPlain(form) ? 'plain' : form.kind));
    }
    switch (kinds[0]) {
      case 'map':
        return this.map(layers, at);
      case 'list':
        return this.list(layers, at);
      case 'yaml':
        return {
          kind: 'yaml',
          document: this.tree(
            layers.map((layer) => ({ ...layer, form: (layer.form as { document: Form }).document })),
            `${at}|`,
          ),
        };
      default:
        return this.setting(layers) ?? this.choice(layers, at, ({ form }) => textOf(form));
    }
  }

  /** A place that is always a setting's value, though in some runs it is known exactly and looks like a constant. */
  private setting(layers: readonly Layer[]): Node | undefined {
    const { paths, exact, sizes } = this.settings;
    for (let setting = 0; setting < paths.length; setting++) {
      if (sizes[setting] < 2) continue;
      const node: { hole: Hole; text: boolean } = { hole: { of: paths[setting] }, text: false };
      const fits = layers.every(({ run, form }) => {
        const value = run.cases[setting];
        if (value < 0) return false;
        const known = exact(setting, value);
        if (form.kind === 'constant') {
          if (known === undefined) return false;
          if (typeof form.value === 'string') node.text = true;
          return form.value === known || (typeof form.value === 'string' && form.value === String(known));
        }
        if (form.kind === 'text') node.text = true;
        const hole = form.kind === 'hole' ? form.hole : form.kind === 'text' && form.parts.length === 1 ? form.parts[0] : undefined;
        return typeof hole === 'object' && hole.of === paths[setting] && hole.by === undefined;
      });
      if (fits) return node.text ? { kind: 'text', parts: [node.hole] } : { kind: 'hole', hole: node.hole };
    }
    return undefined;
  }

  private choice(layers: readonly Layer[], at: string, groupOf: (layer: Layer) => string): Node {
    const names = [...new Set(layers.map(groupOf))];
    const decision = this.decide(
      layers,
      layers.map((layer) => names.indexOf(groupOf(layer))),
      at,
    );
    const nodes = names.map((name) =>
      this.tree(
        layers.filter((layer) => groupOf(layer) === name),
        at,
      ),
    );
    return { kind: 'choice', decision: mapDecision(decision, (group) => nodes[group]) };
  }

  private map(layers: readonly Layer[], at: string): Node {
    const entries = this.align(layers, at, ({ form }) =>
      numbered((form as { entries: readonly Entry[] }).entries, (entry) =>
        'spread' in entry ? `spread ${textOf(entry)}` : textOf(entry.key),
      ),
    );
    return {
      kind: 'map',
      empty: layers.some(({ form }) => (form as { entries: readonly Entry[] }).entries.length === 0),
      entries: entries.map(({ when, parts, id }): NodeEntry => {
        const [{ part }] = parts;
        if ('spread' in part) return { when, spread: part.spread };
        const inner = parts.map((one) => ({ run: one.run, form: (one.part as { value: Form }).value }));
        return { when, key: part.key, value: this.tree(inner, `${at}/${id}`) };
      }),
    };
  }

  private list(layers: readonly Layer[], at: string): Node {
    const idOf = identity(layers.map(({ form }) => (form as { items: readonly Item[] }).items));
    const items = this.align(layers, at, ({ form }) => numbered((form as { items: readonly Item[] }).items, idOf));
    return {
      kind: 'list',
      empty: layers.some(({ form }) => (form as { items: readonly Item[] }).items.length === 0),
      items: items.map(({ when, parts, id }): NodeItem => {
        const [{ part }] = parts;
        if ('spread' in part) return { when, spread: part.spread };
        const inner = parts.map((one) => ({ run: one.run, form: (one.part as { value: Form }).value }));
        return { when, value: this.tree(inner, `${at}/${id}`) };
      }),
    };
  }

  /** The parts of all layers by what they are, in an order that agrees with that of each layer, and when each is there. */
  private align<P>(
    layers: readonly Layer[],
    at: string,
    partsOf: (layer: Layer) => Map<string, P>,
  ): { id: string; when: Presence; parts: { run: Outcome; part: P }[] }[] {
    const all = layers.map((layer) => ({ run: layer.run, parts: partsOf(layer) }));
    const order: string[] = [];
    for (const { parts } of all) {
      let last = -1;
      for (const id of parts.keys()) {
        const known = order.indexOf(id);
        if (known < 0) order.splice(++last, 0, id);
        else last = Math.max(last, known);
      }
    }
    return order.map((id) => {
      const inside = all.flatMap(({ run, parts }) => (parts.has(id) ? [{ run, part: parts.get(id) as P }] : []));
      const there = all.map(({ parts }) => (parts.has(id) ? 1 : 0));
      const when =
        inside.length === all.length ? { take: true } : mapDecision(this.decide(layers, there, `${at}/${id}`), (group) => group === 1);
      return { id, when, parts: inside };
    });
  }

  private decide(layers: readonly Layer[], groups: readonly number[], at: string): Decision<number> {
    try {
      return decide(
        layers.map(({ run }) => run),
        groups,
        this.settings.sizes,
        this.questions,
      );
    } catch (error) {
      if (error instanceof Undecidable) throw new Error(`${at}: differs between runs that were given the same settings`);
      throw error;
    }
  }
}

const constants = new WeakMap<Form, Node>();
/** A part that is the same in all runs. */
function constant(form: Form): Node {
  let node = constants.get(form);
  if (node === undefined) {
    node = constantNode(form);
    constants.set(form, node);
  }
  return node;
}

function constantNode(form: Form): Node {
  const when: Presence = { take: true };
  switch (form.kind) {
    case 'map':
      return {
        kind: 'map',
        empty: form.entries.length === 0,
        entries: form.entries.map(
          (entry): NodeEntry =>
            'spread' in entry ? { when, spread: entry.spread } : { when, key: entry.key, value: constant(entry.value) },
        ),
      };
    case 'list':
      return {
        kind: 'list',
        empty: form.items.length === 0,
        items: form.items.map(
          (item): NodeItem => ('spread' in item ? { when, spread: item.spread } : { when, value: constant(item.value) }),
        ),
      };
    case 'yaml':
      return { kind: 'yaml', document: constant(form.document) };
    default:
      return form;
  }
}

function isPlain({ kind }: Form): boolean {
  return kind === 'constant' || kind === 'text' || kind === 'hole';
}

/** Parts by what they are; equal ones are told apart by their number. */
function numbered<P>(parts: readonly P[], idOf: (part: P, index: number) => string): Map<string, P> {
  const result = new Map<string, P>();
  parts.forEach((part, index) => {
    const id = idOf(part, index);
    let key = id;
    for (let number = 2; result.has(key); number++) key = `${id} #${number}`;
    result.set(key, part);
  });
  return result;
}

/** Items of lists that all have the same length are known by their place; else by an entry, as Kubernetes and people know them; else as a whole. */
const NAMES = ['mountPath', 'name', 'key', 'port', 'path'];

function identity(lists: readonly (readonly Item[])[]): (item: Item, index: number) => string {
  const spreadOr = (otherwise: (item: Item & { value: Form }, index: number) => string) => (item: Item, index: number) =>
    'spread' in item ? `spread ${textOf(item)}` : otherwise(item as Item & { value: Form }, index);
  const length = lists[0].length;
  if (lists.every((items) => items.length === length && items.every((item) => !('spread' in item)))) return (_, index) => String(index);
  for (const name of NAMES) {
    const unique = lists.every((items) => {
      const own = items.filter((item) => !('spread' in item)).map((item) => nameOf(item as { value: Form }, name));
      return own.every((one) => one !== undefined) && new Set(own).size === own.length;
    });
    if (unique && lists.some((items) => items.some((item) => !('spread' in item))))
      return spreadOr((item) => `${name} ${nameOf(item, name)}`);
  }
  return spreadOr((item) => textOf(item.value));
}

function nameOf({ value }: { value: Form }, name: string): string | undefined {
  if (value.kind !== 'map') return undefined;
  const entry = value.entries.find((one) => 'key' in one && one.key.kind === 'constant' && one.key.value === name);
  return entry && 'value' in entry ? textOf(entry.value) : undefined;
}

/** What the tree makes of a run's settings. */
export function evaluate(node: Node, cases: Int16Array): Form {
  switch (node.kind) {
    case 'choice':
      return evaluate(taken(node.decision, cases), cases);
    case 'yaml':
      return { kind: 'yaml', document: evaluate(node.document, cases) };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries
          .filter(({ when }) => taken(when, cases))
          .map((entry): Entry => ('spread' in entry ? { spread: entry.spread } : { key: entry.key, value: evaluate(entry.value, cases) })),
      };
    case 'list':
      return {
        kind: 'list',
        items: node.items
          .filter(({ when }) => taken(when, cases))
          .map((item): Item => ('spread' in item ? { spread: item.spread } : { value: evaluate(item.value, cases) })),
      };
    default:
      return node;
  }
}
