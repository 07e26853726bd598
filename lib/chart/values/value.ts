// What an entry in the table of the chart's values says. The table is the one source of values.yaml,
// values.schema.json, the README's table, and the types by which from-values reads values.

/** What a value is in YAML and in JSON Schema. */
export type ValueType = 'string' | 'integer' | 'boolean' | 'object' | 'array';

/** One value. */
export interface ChartValue {
  /** Where it is in values.yaml, e.g. `service.port`. */
  readonly path: string;
  readonly type: ValueType;
  /** What values.yaml has. `""`, null, `{}` and `[]` mean: not set; then that is valid whatever `schema` says. */
  readonly default: string | number | boolean | null | Readonly<Record<string, never>> | readonly never[];
  /** The member of this library that it sets, e.g. `RegistryServiceOptions.port`; its docstring describes the value. */
  readonly member?: string;
  /** What it is for, where that is not the docstring of `member`. */
  readonly description?: string;
  /** The valid strings, if it is an enum. */
  readonly choices?: readonly string[];
  /**
   * Whether no message may show it: a password, a key, or what people may take for one. The chart's rules check
   * it, since messages of a schema show the value.
   */
  readonly secret?: boolean;
  /** Further keywords of JSON Schema: `pattern`, `minimum`, `items`, … */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** What each item of a list of maps says, with its own defaults; nothing else is valid there. */
  readonly items?: readonly ChartEntry[];
  /** Whether an item must say it. */
  readonly required?: boolean;
}

/** A map of values, for the comment above it in values.yaml. */
export interface ChartGroup {
  readonly path: string;
  readonly type: 'group';
  readonly description: string;
}

export type ChartEntry = ChartValue | ChartGroup;

/** Does this default mean that nothing is set? */
export function isUnset(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === '';
}
