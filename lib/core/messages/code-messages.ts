// Messages of an error code. `<name>` stands for a detail of the problem, `<value>` for the given value.

/** The messages of one code. */
export interface Words {
  /** What is wrong. */
  readonly says: string;
  /** What to write instead. */
  readonly instead: string;
  /** Why it is refused, for docs/errors.md. */
  readonly why: string;
  /** Differing messages of the Helm chart, whose users write values.yaml instead of props. */
  readonly values?: { readonly path?: string; readonly says?: string; readonly instead?: string };
}

/** Messages by code. */
export type Table = Readonly<Record<string, Words>>;
