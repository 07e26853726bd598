// What a row of the tables in this folder says: a wrong app, and every message that it must be refused with.
import type { Chart } from 'cdk8s';
import type { RegistryApp, RegistryProps } from '../../lib';
import type { Pem } from '../support/certificates';

/** Props with any values: these tables are what a program without a type checker may pass. */
export type AnyProps = { readonly [name in keyof RegistryProps]?: unknown };

/** Where a row's app is made. */
export interface Place {
  readonly app: RegistryApp;
  readonly chart: Chart;
  /** A folder that is the row's own; the app's store is `store` in it. */
  readonly folder: string;
  readonly pems: Pems;
}

/** Certificates to be wrong with. */
export interface Pems {
  /** Good for registry.example.com. */
  readonly good: Pem;
  /** Good for *.example.com. */
  readonly wildcard: Pem;
  /** Good for other.example.com. */
  readonly otherHost: Pem;
  /** Names registry.example.com as its common name only, which Docker and Go don't look at. */
  readonly commonNameOnly: Pem;
  /** For registry.example.com, expired on 2020-01-02. */
  readonly ended: Pem;
  /** For registry.example.com, from 2100-01-01 on. */
  readonly early: Pem;
  /**
   * CAs that have ended or not begun, with certificates by them that are good; and a chain whose middle has
   * ended.
   */
  readonly endedCa: Pem & { readonly ca: string };
  readonly earlyCa: Pem & { readonly ca: string };
  readonly endedMiddle: Pem;
}

export interface Row {
  readonly name: string;
  /** Props of a Registry `chart/registry`, … */
  readonly props?: AnyProps | ((place: Place) => AnyProps);
  /** … or a whole app. */
  readonly build?: (place: Place) => void;
  /** Files that stand in the store before. */
  readonly store?: Readonly<Record<string, string>>;
  /** Environment variables while the app is built. */
  readonly env?: Readonly<Record<string, string>>;
  /** The messages, complete and in order; the row's folder is written `<folder>`. */
  readonly says: readonly string[];
}

/** A password that no message may show. */
export const PASSWORD = 'correct-horse-battery';

/** Passes a value for what it is not. */
export function wrong(value: unknown): never {
  return value as never;
}
