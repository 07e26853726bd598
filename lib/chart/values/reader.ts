// Reads values: a values file laid over the chart's defaults, asked for by path.
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { CHART_VALUES, type PathOf } from '.';
import { type ChartEntry, type ChartValue, isUnset } from './value';

/** A values file, or a map in it. */
export type ValuesTree = { readonly [key: string]: unknown };

/** Values with the chart's defaults. What is not set is undefined, whatever stands for that in values.yaml. */
export class ChartValues {
  /** All values, as templates see them. */
  public readonly merged: ValuesTree;

  /**
   * @param given what a values file says; the chart's schema has accepted it
   * @param defaults what it is laid over
   */
  constructor(given: ValuesTree = {}, defaults: ValuesTree = DEFAULTS) {
    this.merged = laidOver(defaults, given);
  }

  public boolean(path: PathOf<'boolean'>): boolean | undefined {
    return this.get(path);
  }

  public integer(path: PathOf<'integer'>): number | undefined {
    return this.get(path);
  }

  public string(path: PathOf<'string'>): string | undefined {
    return this.get(path);
  }

  /** A string of an enum; the schema accepts no other. */
  public enum<T extends string>(path: PathOf<'string'>): T | undefined {
    return this.get(path);
  }

  public list<T = any>(path: PathOf<'array'>): T[] | undefined {
    return this.get(path);
  }

  public map<T = string>(path: PathOf<'object'>): Record<string, T> | undefined {
    return this.get(path);
  }

  /** A size such as `10Gi`, in the unit that is written. */
  public size(path: PathOf<'string'>): Size | undefined {
    const [, amount, unit] = /^(\d+)(Ki|Mi|Gi|Ti|Pi)$/.exec(this.string(path) ?? '') ?? [];
    return unit === undefined ? undefined : SIZES[unit as keyof typeof SIZES](Number(amount));
  }

  /** An amount of CPU such as `100m` or `0.5`. */
  public cpu(path: PathOf<'string'>): Cpu | undefined {
    const amount = this.string(path);
    if (amount === undefined) return undefined;
    return amount.endsWith('m') ? Cpu.millis(Number(amount.slice(0, -1))) : Cpu.units(Number(amount));
  }

  /** A duration such as `30s`, `5m` or `24h`. */
  public duration(path: PathOf<'string'>): Duration | undefined {
    return durationOf(this.string(path));
  }

  private get<T>(path: string): T | undefined {
    const value = path
      .split('.')
      .reduce<any>((inside, key) => (isMap(inside) ? inside[key] : undefined), this.merged);
    return isUnset(value) ? undefined : value;
  }
}

const SIZES = {
  Ki: Size.kibibytes,
  Mi: Size.mebibytes,
  Gi: Size.gibibytes,
  Ti: Size.tebibytes,
  Pi: Size.pebibyte,
} as const;
const DURATIONS = { s: Duration.seconds, m: Duration.minutes, h: Duration.hours } as const;

/** A duration such as `30s`, `5m` or `24h`. */
export function durationOf(text: string | undefined): Duration | undefined {
  const [, amount, unit] = /^(\d+)(s|m|h)$/.exec(text ?? '') ?? [];
  return unit === undefined ? undefined : DURATIONS[unit as keyof typeof DURATIONS](Number(amount));
}

/** values.yaml as a tree. */
export const DEFAULTS: ValuesTree = defaultsOf(CHART_VALUES);

/** The defaults of a table, as a tree. */
export function defaultsOf(entries: readonly ChartEntry[]): ValuesTree {
  const values = entries.filter((entry): entry is ChartValue => entry.type !== 'group');
  return nested(Object.fromEntries(values.map(({ path, default: value }) => [path, value])));
}

/** Values by their paths, as values.yaml has them. */
export function nested(byPath: Readonly<Record<string, unknown>>): ValuesTree {
  const all: Record<string, any> = {};
  for (const [path, value] of Object.entries(byPath)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let inside = all;
    for (const key of keys) {
      inside[key] ??= {};
      inside = inside[key];
    }
    inside[last] = value;
  }
  return all;
}

/** Helm's rule: maps are merged, everything else replaces, and null deletes what the chart has. */
export function laidOver(base: ValuesTree, given: ValuesTree): ValuesTree {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(given)) {
    const below = merged[key];
    if (value === null && key in base) delete merged[key];
    else merged[key] = isMap(value) && isMap(below) ? laidOver(below, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is ValuesTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
