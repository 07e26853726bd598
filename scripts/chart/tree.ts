// The table of values as a tree, and what is said of each value: values.yaml, the schema and the README's table
// are views of it.

import { CHART_ENTRIES } from '../../lib/chart/values';
import { type ChartEntry, type ChartValue, isUnset } from '../../lib/chart/values/value';
import { memberDocs } from './member-docs';

/** A value as its readers see it. */
export interface DescribedValue extends ChartValue {
  /** One paragraph or more. */
  readonly about: string;
}

/** A map of values. */
export interface Group {
  readonly about?: string;
  readonly inside: ReadonlyMap<string, Group | DescribedValue>;
}

export function isGroup(node: Group | DescribedValue): node is Group {
  return 'inside' in node;
}

/** The whole of values.yaml. */
export function tree(): Group {
  return subtree('', CHART_ENTRIES);
}

/** What each item of a list may say. */
export function itemTree(items: readonly ChartEntry[]): Group {
  return subtree('', items);
}

/** All values, in order. */
export function describedValues(): DescribedValue[] {
  return CHART_ENTRIES.flatMap((entry) => (entry.type === 'group' ? [] : withItems(entry)));
}

/** A value, and those of its items, such as `caches[].upstream`. */
function withItems(value: ChartValue): DescribedValue[] {
  const inside = (value.items ?? []).flatMap((entry) => (entry.type === 'group' ? [] : [described(entry)]));
  return [described(value), ...inside.map((one) => ({ ...one, path: `${value.path}[].${one.path}` }))];
}

function subtree(at: string, entries: readonly ChartEntry[]): Group {
  const group = entries.find(({ path, type }) => type === 'group' && path === at);
  const prefix = at === '' ? '' : `${at}.`;
  const beneath = entries.filter(({ path }) => path.startsWith(prefix));
  const keys = new Set(beneath.map(({ path }) => path.slice(prefix.length).split('.')[0] as string));
  const inside = [...keys].map((key): [string, Group | DescribedValue] => {
    const path = `${prefix}${key}`;
    const value = entries.find((entry) => entry.path === path && entry.type !== 'group');
    return [key, value ? described(value as ChartValue) : subtree(path, entries)];
  });
  return { about: group?.description, inside: new Map(inside) };
}

function described(value: ChartValue): DescribedValue {
  return { ...value, about: aboutOf(value) };
}

function aboutOf({ path, default: given, member, description, choices }: ChartValue): string {
  const docs = member === undefined ? undefined : memberDocs(member);
  const text = description ?? ofChart(docs?.text);
  if (text === undefined) throw new Error(`${path} needs a member or a description`);
  const about = choices ? `${text} One of ${choices.join(', ')}.` : text;
  const otherwise = isUnset(given) && description === undefined ? ofChart(docs?.otherwise) : undefined;
  if (otherwise === undefined || otherwise === 'none') return about;
  return `${about} By default: ${inValues(otherwise, choices)}.`;
}

/** A docstring is about this library, which readers of values have as a chart. */
function ofChart(text: string | undefined): string | undefined {
  return text?.replace(/\b(the|this) library\b/gi, '$1 chart');
}

/** A default in the words of values: `auto` for `RegistryUITheme.AUTO`, `10Mi` for `Size.mebibytes(10)`. */
function inValues(text: string, choices: readonly string[] = []): string {
  const bare = (name: string) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return text
    .replace(
      /\b[A-Z]\w+\.([A-Z0-9_]+)\b/g,
      (_, member: string) => choices.find((choice) => bare(choice) === bare(member)) ?? member,
    )
    .replace(/\bSize\.mebibytes\((\d+)\)/g, '$1Mi');
}
