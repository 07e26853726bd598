// One setting of a chart: where it stands in values.yaml, which kinds of values make a difference, and sample
// values by which the writer finds out where in the manifests it goes.

/** A value that is computed from the setting's, such as a URL's port. */
export interface Derivation {
  /** Short and unique among those of the parameter. */
  readonly name: string;
  /** What the library makes of a sample. Undefined: nothing of this one. */
  readonly apply: (sample: any) => unknown;
  /** The same as a template expression. `value` is one too. */
  readonly expression: (value: string) => string;
}

/** A kind of value that the manifests may differ by. */
export interface Case {
  /** Unique among those of the parameter. `UNSET` stands for nothing given. */
  readonly key: string;
  /** What is handed to the code that makes the manifests. */
  readonly value: unknown;
  /** Does the value stand for any other of its kind? Then it is looked for in the manifests. */
  readonly sample: boolean;
  /** Is the setting of this kind, as a template expression? `value` is one too. */
  readonly test: (value: string) => string;
}

/** Nothing given. */
export const UNSET = 'unset';

/** The case of nothing given. */
export function unset(): Case {
  return { key: UNSET, value: undefined, sample: false, test: (value) => `not ${value}` };
}

/** What the values of a parameter are. */
export type ValueType = 'boolean' | 'integer' | 'string' | 'object' | 'array';

/** A setting of a chart. */
export interface Parameter {
  /** Where it stands in values.yaml, e.g. `service.port`. */
  readonly path: string;
  readonly type: ValueType;
  /** The first is the one that others are looked at with. */
  readonly cases: readonly Case[];
  readonly derivations: readonly Derivation[];
  /** Keywords of JSON Schema besides type and description. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The member of the library's API that it sets, e.g. `RegistryServiceOptions.port`. */
  readonly property?: string;
  /** What to say of it, where it is no member's own description. */
  readonly description?: string;
  /** The value in values.yaml, where the code says so; else it is looked up in the manifests. */
  readonly given?: { readonly value: unknown };
  /** Must it be given where it means anything? */
  readonly required: boolean;
  /** Do its values need no quotes anywhere, nor break a text that they stand in? */
  readonly plain: boolean;
  /** Keys of the library that a map given here may replace: all of them, or those. */
  readonly replaces: boolean | readonly string[];
  /** Is a map given here merged into what stands there key by key, maps in maps too? */
  readonly deep: boolean;
  /** Do other maps of the user's count more than it, where they are merged? */
  readonly beneath: boolean;
  /**
   * The expression for the value where that is worked out from others too: `registry.cpuRequest` of a
   * request, a limit and a default, for example.
   */
  readonly computed?: string;
  /** Does an empty text in a map mean that the key is to be left out? */
  readonly emptyRemoves: boolean;
}

/** The expression for what stands in values.yaml. */
export function valueAt(path: string): string {
  return `.Values.${path}`;
}
