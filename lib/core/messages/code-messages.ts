// Messages of an error code. `<name>` stands for a detail of the problem, `<value>` for the given value.

/** The messages of one code. */
export interface Words {
  /** The error. */
  readonly says: string;
  /** The correction. */
  readonly instead: string;
  /** Why it is an error, for docs/errors.md. */
  readonly why: string;
  /** Differing messages of the Helm chart, whose users write values.yaml instead of props. */
  readonly values?: { readonly path?: string; readonly says?: string; readonly instead?: string };
}

/** Messages by code. */
export type Table = Readonly<Record<string, Words>>;
