// From declarations to places and values: everything that is wrong with them is found here, at once.
import type { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { problemOf } from '../core/problem';
import { type Note, type NoteSources, notesOf } from './notes';
import { apiObjectOf, type ChartObject, isBelow, objectsOf } from './objects';
import { type Content, checkPlaces, type Place } from './places';
import { keysOf, nearestOf, valueAt } from './pointer';
import type {
  HelmChartProps,
  HelmOptionalOptions,
  HelmReferenceOptions,
  HelmSecretOptions,
  HelmTextOptions,
  HelmValueOptions,
} from './props';
import {
  checkNames,
  hasPrefix,
  lengthLeft,
  NAMESPACE,
  type Naming,
  prefixPart,
  releasePlaces,
} from './release';
import { generatedExpression } from './secrets';
import { expressionOf, type Problems, type Setting, settingsOf, typeOf, type Use } from './settings';
import { findPart, type Wanted } from './text-parts';

/** A declaration about a place. */
interface AtPointer<Options> {
  readonly construct: IConstruct;
  readonly pointer: string;
  readonly path: string;
  readonly options: Options;
}

/** What was declared, in order. */
export interface Declarations {
  readonly values: AtPointer<HelmValueOptions>[];
  readonly texts: AtPointer<HelmTextOptions>[];
  readonly secrets: AtPointer<HelmSecretOptions>[];
  readonly references: {
    readonly construct: IConstruct;
    readonly pointer: string;
    readonly to: IConstruct;
    readonly options: HelmReferenceOptions;
  }[];
  readonly namespaces: {
    readonly construct: IConstruct;
    readonly pointer: string;
    readonly options: HelmReferenceOptions;
  }[];
  readonly optionals: {
    readonly construct: IConstruct;
    readonly path: string;
    readonly options: HelmOptionalOptions;
  }[];
  readonly named: IConstruct[];
  readonly fixed: IConstruct[];
  readonly notes: Note[];
  /** Paths of values as they were declared first: the order of values.yaml. */
  readonly order: string[];
}

/** An object with what its template needs. */
export interface PlannedObject {
  readonly object: ChartObject;
  readonly places: readonly Place[];
  readonly conditions: readonly string[];
}

/** What the files are made of. */
export interface Plan {
  readonly objects: readonly PlannedObject[];
  readonly settings: readonly Setting[];
  readonly problems: Problems;
  /** Characters of a name that the release has. */
  readonly nameLength: number;
  readonly generates: boolean;
  /** NOTES.txt, if there are notes. */
  readonly notes?: string;
}

/** Plans a chart. */
export function planOf(chart: Chart, props: HelmChartProps, declarations: Declarations): Plan {
  return new Planner(chart, props, declarations).plan();
}

class Planner {
  private readonly problems: Problems = [];
  private readonly all: readonly ChartObject[];
  private readonly naming: Naming;
  private readonly uses: Use[] = [];
  private readonly places = new Map<ChartObject, Place[]>();
  private readonly conditions = new Map<ChartObject, string[]>();

  constructor(
    private readonly chart: Chart,
    props: HelmChartProps,
    private readonly declarations: Declarations,
  ) {
    this.all = objectsOf(chart);
    this.naming = {
      chart: props.name,
      prefix: props.namePrefix ?? props.name,
      namespace: chart.namespace,
      named: declarations.named.flatMap((construct) => this.below(construct)),
      all: this.all,
    };
  }

  public plan(): Plan {
    const fixed = new Set(this.declarations.fixed.flatMap((construct) => this.below(construct)));
    checkNames(this.naming, fixed, this.problems);
    for (const object of this.all) this.places.set(object, releasePlaces(object, this.naming, this.problems));
    this.addOptionals();
    this.addValues();
    this.addTexts();
    this.addReferences();
    this.addNamespaces();
    this.addSecrets();
    for (const [object, places] of this.places) checkPlaces(object.id, places, this.problems);
    const order = this.declarations.order;
    this.uses.sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path));
    const settings = settingsOf(this.uses, this.problems);
    this.writeValues(settings);
    return {
      objects: this.all.map((object) => ({
        object,
        places: this.places.get(object) ?? [],
        conditions: this.conditions.get(object) ?? [],
      })),
      settings,
      problems: this.problems,
      nameLength: lengthLeft(this.naming),
      generates: this.declarations.secrets.length > 0,
      notes: notesOf(this.declarations.notes, this.noteSources(settings), this.problems),
    };
  }

  private noteSources(settings: readonly Setting[]): NoteSources {
    const generated = this.declarations.secrets.map(({ path }) => path);
    return { chart: this.naming.chart, settings, generated };
  }

  /** All objects at or below a construct. */
  private below(construct: IConstruct): ChartObject[] {
    if (!isBelow(construct, this.chart)) {
      this.problems.push(
        problemOf('construct-not-in-chart', construct.node.path, { chart: this.chart.node.path }),
      );
      return [];
    }
    const found = this.all.filter((object) => isBelow(object.construct, construct));
    if (found.length === 0) this.problems.push(problemOf('construct-without-objects', construct.node.path));
    return found;
  }

  /** The one object of a construct. */
  private objectOf(construct: IConstruct): ChartObject | undefined {
    if (!isBelow(construct, this.chart)) {
      this.below(construct);
      return undefined;
    }
    const found: ApiObject | undefined = apiObjectOf(construct);
    if (!found) this.problems.push(problemOf('construct-without-objects', construct.node.path));
    return this.all.find((object) => object.construct === found);
  }

  /** A place that is there. */
  private placeOf(construct: IConstruct, pointer: string) {
    const object = this.objectOf(construct);
    if (!object) return undefined;
    const keys = keysOf(pointer);
    const value = keys && valueAt(object.manifest, keys);
    const { kind, metadata } = object.manifest;
    const by = `${pointer} of ${object.id}`;
    const fallback = `${pointer} of the ${kind} ${metadata.name}.`;
    if (keys && value !== undefined && value !== null) return { object, keys, value, by, fallback };
    this.problems.push(
      problemOf('pointer-to-nothing', object.id, {
        pointer: JSON.stringify(pointer),
        nearest: nearestOf(object.manifest, keys ?? []),
      }),
    );
    return undefined;
  }

  private add(object: ChartObject, keys: readonly string[], content: Content, by: string): void {
    this.places.get(object)?.push({ keys, content, by, release: false });
  }

  private addOptionals(): void {
    for (const { construct, path, options } of this.declarations.optionals) {
      const { defaultValue = true, description } = options;
      const by = `the objects of ${construct.node.path}`;
      this.uses.push({
        path,
        by,
        fallback: `Installs ${by}.`,
        type: 'boolean',
        default: defaultValue,
        description,
      });
      for (const object of this.below(construct)) {
        const conditions = this.conditions.get(object) ?? [];
        if (!conditions.includes(path)) this.conditions.set(object, [...conditions, path]);
      }
    }
  }

  private addValues(): void {
    for (const { construct, pointer, path, options } of this.declarations.values) {
      const place = this.placeOf(construct, pointer);
      if (!place) continue;
      const { object, keys, value, by, fallback } = place;
      this.uses.push({ ...options, path, by, fallback, type: typeOf(value), default: value });
      this.add(object, keys, { kind: 'scalar', pipeline: '' }, path);
    }
  }

  private addTexts(): void {
    for (const { construct, pointer, path, options } of this.declarations.texts) {
      const { inside, around, ...about } = options;
      const place = this.placeOf(construct, pointer);
      const text = place && this.stringAt(place, pointer);
      if (!place || text === undefined) continue;
      const { object, keys, by, fallback } = place;
      this.uses.push({ ...about, path, by, fallback, type: 'text', default: inside });
      const from = this.partIn(text, { inside, around }, pointer, object);
      if (from === undefined) continue;
      this.add(object, keys, { kind: 'part', from, to: from + inside.length, expression: '' }, path);
    }
  }

  private addReferences(): void {
    for (const { construct, pointer, to, options } of this.declarations.references) {
      const place = this.placeOf(construct, pointer);
      const target = this.objectOf(to);
      const text = place && this.stringAt(place, pointer);
      if (!place || !target || text === undefined) continue;
      const { name } = target.manifest.metadata;
      // Of a name that stays, or that is refused already, nothing follows.
      if (!this.naming.named.includes(target) || !hasPrefix(name, this.naming.prefix)) continue;
      const from = this.partIn(text, { ...options, inside: name, name: true }, pointer, place.object);
      if (from === undefined) continue;
      this.add(place.object, place.keys, prefixPart(this.naming, from), `the name of ${target.id}`);
    }
  }

  private addNamespaces(): void {
    const { namespace } = this.naming;
    for (const { construct, pointer, options } of this.declarations.namespaces) {
      const place = this.placeOf(construct, pointer);
      const text = place && this.stringAt(place, pointer);
      if (!place || text === undefined) continue;
      if (namespace === undefined) {
        this.problems.push(problemOf('chart-without-namespace', this.chart.node.path));
        continue;
      }
      const from = this.partIn(text, { ...options, inside: namespace, name: true }, pointer, place.object);
      if (from === undefined) continue;
      const to = from + namespace.length;
      this.add(
        place.object,
        place.keys,
        { kind: 'part', from, to, expression: NAMESPACE },
        'the namespace of the release',
      );
    }
  }

  private addSecrets(): void {
    for (const { construct, pointer, path, options } of this.declarations.secrets) {
      const { length = 32, description } = options;
      const place = this.placeOf(construct, pointer);
      if (!place) continue;
      const { object, keys, by, fallback } = place;
      if (object.manifest.kind !== 'Secret' || keys.length !== 2 || keys[0] !== 'stringData')
        this.problems.push(problemOf('secret-not-in-secret', object.id, { pointer }));
      if (!Number.isInteger(length) || length < 16 || length > 256)
        this.problems.push(problemOf('secret-length-unusable', `${object.id} ${pointer}`, { value: length }));
      this.uses.push({ path, by, fallback, type: 'generated', default: '', description });
      const pipeline = generatedExpression(this.naming, object, keys.at(-1) as string, path, length);
      this.add(object, keys, { kind: 'scalar', pipeline }, path);
    }
  }

  private stringAt(
    { object, value }: { object: ChartObject; value: unknown },
    pointer: string,
  ): string | undefined {
    if (typeof value === 'string') return value;
    this.problems.push(problemOf('pointer-not-a-string', object.id, { pointer, value }));
    return undefined;
  }

  /** Where the only occurrence begins. */
  private partIn(text: string, wanted: Wanted, pointer: string, object: ChartObject): number | undefined {
    const found = findPart(text, wanted, pointer);
    if (found.from !== undefined) return found.from;
    const { part, count, where } = found;
    this.problems.push(problemOf('text-not-once', object.id, { value: part, count, where }));
    return undefined;
  }

  /** Values are written as the type that all declarations together have. */
  private writeValues(settings: readonly Setting[]): void {
    const types = new Map(settings.map(({ path, type }) => [path, type]));
    for (const [object, places] of this.places) {
      this.places.set(
        object,
        places.map((place) => {
          const type = place.release ? undefined : types.get(place.by);
          return type === undefined ? place : { ...place, content: written(place.content, place.by, type) };
        }),
      );
    }
  }
}

function written(content: Content, path: string, type: Setting['type']): Content {
  const value = `.Values.${path}`;
  const expression = expressionOf(path, type);
  if (content.kind === 'part') return content.expression === '' ? { ...content, expression } : content;
  if (content.kind === 'block' || content.pipeline !== '') return content;
  if (type === 'object' || type === 'array') return { kind: 'block', pipeline: value };
  return { kind: 'scalar', pipeline: type === 'string' ? `${value} | quote` : expression };
}
