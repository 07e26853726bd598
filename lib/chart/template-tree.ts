// The manifests of many runs laid over each other: one tree in which each place says which settings it
// depends on, and how.
import { identity, numbered, ordered } from './alignment';
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
export type NodeEntry = { readonly when: Presence } & (
  | { readonly key: Form; readonly value: Node }
  | { readonly spread: Hole }
);
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
  /**
   * The manifests of a run like the first one, with the other's cases of these settings. Undefined where it
   * is refused.
   */
  readonly between: (one: Outcome, other: Outcome, settings: readonly number[]) => Layer | undefined;
  /** So many of the first ones are facts. */
  readonly facts: number;
  /** Decisions of earlier trees, by their places; they may still be right. */
  readonly earlier: Earlier;
}

/** Decisions by their places, and whether runs were missing for them. */
export type Earlier = Map<string, { readonly decision: Decision<number>; readonly open: boolean }>;

/** The part of a run's manifests at some place. */
type Look = (whole: Form) => Form | undefined;

/** Lays the runs' manifests over each other. */
export class Overlay {
  /** Runs that would make it more certain. */
  public readonly questions: Question[] = [];
  private readonly decided = new Map<string, Decision<number>>();
  private readonly numbers = new Map<Outcome, number>();

  constructor(private readonly settings: Settings) {}

  public tree(layers: readonly Layer[], at = '', look: Look = (whole) => whole): Node {
    const [{ form: first }] = layers;
    if (layers.every(({ form }) => form === first || (isPlain(first) && textOf(form) === textOf(first))))
      return constant(first);
    const kinds = [...new Set(layers.map(({ form }) => (isPlain(form) ? 'plain' : form.kind)))];
    if (kinds.length > 1) {
      return this.choice(layers, at, look, (form) => (isPlain(form) ? 'plain' : form.kind));
    }
    switch (kinds[0]) {
      case 'map':
        return this.map(layers, at, look);
      case 'list':
        return this.list(layers, at, look);
      case 'yaml':
        return {
          kind: 'yaml',
          document: this.tree(
            layers.map((layer) => ({ ...layer, form: (layer.form as { document: Form }).document })),
            `${at}|`,
            (whole) => {
              const form = look(whole);
              return form?.kind === 'yaml' ? form.document : undefined;
            },
          ),
        };
      default:
        return this.setting(layers) ?? this.choice(layers, at, look, textOf);
    }
  }

  private numberOf(run: Outcome): number {
    let number = this.numbers.get(run);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(run, number);
    }
    return number;
  }

  /**
   * A place that is always a setting's value, though in some runs it is known exactly and looks like a
   * constant.
   */
  private setting(layers: readonly Layer[]): Node | undefined {
    const { paths, exact, sizes, facts } = this.settings;
    for (let setting = facts; setting < paths.length; setting++) {
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
        const hole =
          form.kind === 'hole'
            ? form.hole
            : form.kind === 'text' && form.parts.length === 1
              ? form.parts[0]
              : undefined;
        return typeof hole === 'object' && hole.of === paths[setting] && hole.by === undefined;
      });
      if (fits) return node.text ? { kind: 'text', parts: [node.hole] } : { kind: 'hole', hole: node.hole };
    }
    return undefined;
  }

  private choice(layers: readonly Layer[], at: string, look: Look, groupOf: (form: Form) => string): Node {
    const names = [...new Set(layers.map(({ form }) => groupOf(form)))];
    const decision = this.decide(
      layers,
      layers.map(({ form }) => names.indexOf(groupOf(form))),
      `${at}?`,
      (whole) => {
        const form = look(whole);
        return form && names.indexOf(groupOf(form));
      },
    );
    const nodes = names.map((name) =>
      this.tree(
        layers.filter(({ form }) => groupOf(form) === name),
        at,
        (whole) => {
          const form = look(whole);
          return form && groupOf(form) === name ? form : undefined;
        },
      ),
    );
    return { kind: 'choice', decision: mapDecision(decision, (group) => nodes[group]) };
  }

  private map(layers: readonly Layer[], at: string, look: Look): Node {
    const entries = this.align(layers, at, look, entriesOf);
    return {
      kind: 'map',
      empty: layers.some(({ form }) => (form as { entries: readonly Entry[] }).entries.length === 0),
      entries: entries.map(({ when, parts, id, look }): NodeEntry => {
        const [{ part }] = parts;
        if ('spread' in part) return { when, spread: part.spread };
        const inner = parts.map((one) => ({ run: one.run, form: (one.part as { value: Form }).value }));
        return { when, key: part.key, value: this.tree(inner, `${at}/${id}`, look) };
      }),
    };
  }

  private list(layers: readonly Layer[], at: string, look: Look): Node {
    const idOf = identity(layers.map(({ form }) => (form as { items: readonly Item[] }).items));
    const items = this.align(layers, at, look, (form) =>
      form.kind === 'list' ? numbered(form.items, idOf) : undefined,
    );
    return {
      kind: 'list',
      empty: layers.some(({ form }) => (form as { items: readonly Item[] }).items.length === 0),
      items: items.map(({ when, parts, id, look }): NodeItem => {
        const [{ part }] = parts;
        if ('spread' in part) return { when, spread: part.spread };
        const inner = parts.map((one) => ({ run: one.run, form: (one.part as { value: Form }).value }));
        return { when, value: this.tree(inner, `${at}/${id}`, look) };
      }),
    };
  }

  /**
   * The parts of all layers by what they are, in an order that agrees with that of each layer, and when each
   * is there.
   */
  private align<P extends Entry | Item>(
    layers: readonly Layer[],
    at: string,
    look: Look,
    partsOf: (form: Form) => ReadonlyMap<string, P> | undefined,
  ): { id: string; when: Presence; look: Look; parts: { run: Outcome; part: P }[] }[] {
    const all = layers.map(({ run, form }) => ({ run, parts: partsOf(form) as ReadonlyMap<string, P> }));
    const order = ordered(all.map(({ parts }) => [...parts.keys()]));
    const inside = (whole: Form) => {
      const form = look(whole);
      return form && partsOf(form);
    };
    return order.map((id) => {
      const there = all.flatMap(({ run, parts }) =>
        parts.has(id) ? [{ run, part: parts.get(id) as P }] : [],
      );
      const groups = all.map(({ parts }) => (parts.has(id) ? 1 : 0));
      const probe = (whole: Form) => {
        const parts = inside(whole);
        return parts && (parts.has(id) ? 1 : 0);
      };
      return {
        id,
        when:
          there.length === all.length
            ? { take: true }
            : mapDecision(this.decide(layers, groups, `${at}/${id}`, probe), (group) => group === 1),
        look: (whole) => {
          const part = inside(whole)?.get(id);
          return part && 'value' in part ? part.value : undefined;
        },
        parts: there,
      };
    });
  }

  private decide(
    layers: readonly Layer[],
    groups: readonly number[],
    at: string,
    probe: (whole: Form) => number | undefined,
  ): Decision<number> {
    // Many places differ in the same way.
    const id = layers
      .map(({ run }, index) => `${this.numberOf(run)}${String.fromCharCode(97 + groups[index])}`)
      .join('');
    const known = this.decided.get(id);
    if (known) return known;
    const decision = this.earlierOrNew(layers, groups, at, probe, this.settings.facts);
    this.decided.set(id, decision);
    return decision;
  }

  private earlierOrNew(
    layers: readonly Layer[],
    groups: readonly number[],
    at: string,
    probe: (whole: Form) => number | undefined,
    facts: number,
  ): Decision<number> {
    const { sizes, between, earlier, facts: allFacts } = this.settings;
    const former = earlier.get(at);
    if (
      former &&
      !former.open &&
      layers.every(({ run }, index) => taken(former.decision, run.cases) === groups[index])
    )
      return former.decision;
    const questions: Question[] = [];
    try {
      const decision = decide(
        layers.map(({ run }) => run),
        groups,
        {
          sizes,
          questions,
          facts,
          allFacts,
          between: (one, other, settings) => {
            const layer = between(one, other, settings);
            const group = layer && probe(layer.form);
            return layer && group !== undefined ? { outcome: layer.run, group } : undefined;
          },
        },
      );
      this.questions.push(...questions);
      earlier.set(at, { decision, open: questions.length > 0 });
      return decision;
    } catch (error) {
      if (error instanceof Undecidable)
        throw new Error(`${at}: differs between runs that were given the same settings`);
      throw error;
    }
  }

  /** How a fact is decided by settings, and by the facts before it. */
  public fact(fact: number, layers: readonly Layer[]): Decision<number> {
    const groups = layers.map(({ run }) => run.cases[fact]);
    const probe = (word: Form) => (word.kind === 'constant' ? (word.value as number) : undefined);
    if (groups.every((group) => group === groups[0])) return { take: groups[0] as number };
    return this.earlierOrNew(layers, groups, `fact ${fact}`, probe, fact);
  }
}

const entryIds = new WeakMap<Form, ReadonlyMap<string, Entry>>();
/** The entries of a map by their keys. */
function entriesOf(form: Form): ReadonlyMap<string, Entry> | undefined {
  if (form.kind !== 'map') return undefined;
  let entries = entryIds.get(form);
  if (entries === undefined) {
    entries = numbered(form.entries, (entry) =>
      'spread' in entry ? `spread ${textOf(entry)}` : textOf(entry.key),
    );
    entryIds.set(form, entries);
  }
  return entries;
}

const constants = new WeakMap<Form, Node>();
const formsOf = new WeakMap<Node, Form>();
/** A part that is the same in all runs. */
function constant(form: Form): Node {
  let node = constants.get(form);
  if (node === undefined) {
    node = constantNode(form);
    constants.set(form, node);
    formsOf.set(node, form);
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
            'spread' in entry
              ? { when, spread: entry.spread }
              : { when, key: entry.key, value: constant(entry.value) },
        ),
      };
    case 'list':
      return {
        kind: 'list',
        empty: form.items.length === 0,
        items: form.items.map(
          (item): NodeItem =>
            'spread' in item ? { when, spread: item.spread } : { when, value: constant(item.value) },
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

/** What the tree makes of a run's settings. */
export function evaluate(node: Node, cases: Int16Array): Form {
  const same = formsOf.get(node);
  if (same) return same;
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
          .map(
            (entry): Entry =>
              'spread' in entry
                ? { spread: entry.spread }
                : { key: entry.key, value: evaluate(entry.value, cases) },
          ),
      };
    case 'list':
      return {
        kind: 'list',
        items: node.items
          .filter(({ when }) => taken(when, cases))
          .map(
            (item): Item =>
              'spread' in item ? { spread: item.spread } : { value: evaluate(item.value, cases) },
          ),
      };
    default:
      return node;
  }
}
