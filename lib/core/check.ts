// Checks of a construct's props, so that one synthesis reports all problems of an app. Each
// returns a valid value or a fallback, so that an invalid prop never crashes a constructor before the others
// were checked.
import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { isA, otherCopy } from './duplicate-packages';
import { Findings, type Found, foundIn } from './findings';
import { hostProblem, isDataKey, isLabelValue, isMetadataKey, isObjectName, SIZE_UNITS } from './formats';
import { type Code, WORDS } from './messages';
import { type Details, filled, isPlainObject, messageOf, type Problem, problemOf } from './problem';

/** Details of a string's problem besides its value. */
type StringDetails<C extends Code> = [keyof Omit<Details<C>, 'value'>] extends [never]
  ? []
  : [details: Omit<Details<C>, 'value'> & Record<string, string | number>];

type Class<T> = { prototype: T; readonly name: string };

/** Rule for the names of a list's entries. */
export interface NameRule {
  readonly accepts: (name: string) => boolean;
  readonly what: string;
  readonly example: string;
}

/** Checks of one construct's props, relative to one of them. */
export class Check extends Findings {
  constructor(scope: Construct, prefix = '', found: Found = foundIn(scope)) {
    super(scope, prefix, found);
  }

  /** The same, relative to a prop. */
  public at(property: string): Check {
    return new Check(this.scope, this.path(property), this.found);
  }

  /** Paths relative to the registry instead of this part. */
  get ofRegistry(): Check {
    return new Check(this.scope, '', this.found);
  }

  /** A string that satisfies `accepts`. */
  public string<C extends Code>(
    property: string,
    value: unknown,
    fallback: string,
    accepts: (text: string) => boolean,
    code: C,
    ...[details]: StringDetails<C>
  ): string {
    if (value === undefined) return fallback;
    if (typeof value === 'string' && accepts(value)) return value;
    const problem: Problem = {
      code,
      path: this.path(property),
      value,
      ...(details !== undefined && { details }),
    };
    if (typeof value === 'string') this.add(problem);
    else this.report('not-a-string', property, { value, instead: filled(WORDS[code].instead, problem) });
    return fallback;
  }

  /** A non-empty string without line breaks or other control characters. */
  public singleLine(property: string, value: unknown, fallback: string, example: string): string {
    return this.string(property, value, fallback, (text) => /^\P{Cc}+$/u.test(text), 'not-a-single-line', {
      example,
    });
  }

  /** The name of an object or a class. */
  public objectName<T extends string | undefined>(
    property: string,
    value: unknown,
    fallback: T,
    example: string,
  ): string | T {
    if (value === undefined) return fallback;
    return this.string(property, value, example, isObjectName, 'not-a-kubernetes-name', { example });
  }

  /** A public host name, without scheme, port or path. */
  public host(property: string, value: unknown, fallback: string): string {
    if (value === undefined) return fallback;
    if (typeof value !== 'string') {
      this.report('not-a-string', property, { value, instead: 'write e.g. "registry.example.com"' });
      return fallback;
    }
    const wrong = hostProblem(value);
    if (!wrong) return value;
    this.report('not-a-host', property, { value, ...wrong });
    return fallback;
  }

  /** An integer in a range. */
  public integer<T extends number | undefined>(
    property: string,
    value: unknown,
    fallback: T,
    min: number,
    max: number,
  ): number | T {
    if (value === undefined) return fallback;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
    this.report('not-in-range', property, { value, range, example: fallback ?? min });
    return fallback;
  }

  /** A boolean. */
  public boolean(property: string, value: unknown, fallback: boolean): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? fallback;
    this.report('not-a-boolean', property, { value });
    return fallback;
  }

  /** A value of an enum. */
  public enum<T extends string, F extends T | undefined = T>(
    property: string,
    value: unknown,
    fallback: F,
    choices: readonly T[],
  ): T | F {
    if (value === undefined) return fallback;
    if (choices.includes(value as T)) return value as T;
    this.report('not-one-of', property, { value, choices: choices.join(', ') });
    return fallback;
  }

  /** An instance of a class. For classes of cdk8s and cdk8s-plus, another copy's instance is accepted too. */
  public instance<T, F extends T | undefined>(
    property: string,
    value: unknown,
    type: Class<T>,
    fallback: F,
    example: string,
  ): T | F {
    if (value === undefined) return fallback;
    if (isA(value, type)) return value as T;
    const other = otherCopy(value, type);
    if (other === undefined && HOLDS_SECRETS.test(type.name))
      this.report('not-an-instance-with-secrets', property, { type: type.name, example });
    else if (other === undefined)
      this.report('not-an-instance', property, { value, type: type.name, example });
    else this.report('of-another-copy', property, { value, other });
    return fallback;
  }

  /** Options of a part: a plain object or undefined. */
  public options<T extends object>(property: string, value: unknown): T {
    if (value === undefined) return {} as T;
    if (isPlainObject(value)) return value as T;
    this.report('not-an-object', property, { value, example: `${this.path(property)}: {}` });
    return {} as T;
  }

  /** A list or undefined. */
  public list<T>(property: string, value: unknown): T[] {
    if (value === undefined || Array.isArray(value)) return (value as T[]) ?? [];
    this.report('not-a-list', property, { value, example: `${this.path(property)}: [...]` });
    return [];
  }

  /** A list of objects. */
  public objects<T extends object>(property: string, value: unknown): T[] {
    return this.list<T>(property, value).filter((item, index) => {
      if (!isPlainObject(item))
        this.report('not-a-list-of-objects', `${property}[${index}]`, {
          value: item,
          example: `${this.path(property)}: [{...}]`,
        });
      return isPlainObject(item);
    });
  }

  /** The fields of an object of Kubernetes: others would be left out in silence. */
  public fields(property: string, value: object, names: readonly string[]): void {
    for (const name of Object.keys(value))
      if (!names.includes(name))
        this.report('not-a-field', `${property}.${name}`, { choices: names.join(', ') });
  }

  /** A list of strings. */
  public strings(property: string, value: unknown): string[] {
    return this.list<string>(property, value).filter((item, index) => {
      if (typeof item !== 'string')
        this.report('not-a-string', `${property}[${index}]`, { value: item, instead: 'write it in quotes' });
      return typeof item === 'string';
    });
  }

  /** A list of objects, each with a valid, unique name. */
  public named<T extends { readonly name: string }>(
    property: string,
    value: unknown,
    names: NameRule,
    taken: readonly string[],
  ): T[] {
    const seen = new Set(taken);
    return this.objects<T>(property, value).filter((item, index) => {
      const at = `${property}[${index}].name`;
      if (typeof item.name !== 'string' || !names.accepts(item.name))
        this.report('not-a-name', at, { value: item.name, what: names.what, example: names.example });
      else if (seen.has(item.name)) this.report('name-taken-in-pod', at, { value: item.name });
      else return Boolean(seen.add(item.name));
      return false;
    });
  }

  /** Labels. */
  public labels(property: string, value: unknown): Record<string, string> {
    return this.map(property, value, isLabelValue);
  }

  /** Annotations. */
  public annotations(property: string, value: unknown): Record<string, string> {
    return this.map(property, value, () => true);
  }

  /** The name of an existing Secret. */
  public secret(property: string, value: unknown): string {
    return this.existing(property, value, 'Secret', "Secret.fromSecretName(this, 'secret', 'my-secret')");
  }

  /** The name of an existing object, given by its cdk8s-plus interface. */
  public existing(property: string, value: unknown, kind: string, example: string): string {
    const name = typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : undefined;
    if (typeof name === 'string' && isObjectName(name)) {
      this.inReach(property, value, name);
      return name;
    }
    if (kind === 'Secret' && name === undefined) {
      this.report('not-an-existing-secret', property, { example });
      return 'invalid';
    }
    const what = name === undefined ? `a ${kind}` : `the name of a ${kind}`;
    this.report('not-an-existing-object', property, { value: name ?? value, what, example });
    return 'invalid';
  }

  /**
   * Kubernetes resolves references in the user's own namespace. An object of the app knows its namespace; an
   * imported name does not.
   */
  private inReach(property: string, value: unknown, name: string): void {
    const { namespace } = (value as { metadata?: { namespace?: unknown } }).metadata ?? {};
    const wanted = this.namespaces.find((other) => other !== namespace);
    if (typeof namespace !== 'string' || wanted === undefined) return;
    this.report('in-another-namespace', property, { value: name, namespace, wanted });
  }

  /** A key in a Secret. */
  public dataKey(property: string, value: unknown, fallback: string): string {
    return this.string(property, value, fallback, isDataKey, 'not-a-data-key', { example: fallback });
  }

  /** A size above zero. */
  public size<F extends Size | undefined>(
    property: string,
    value: unknown,
    fallback: F,
    example = 'Size.gibibytes(10)',
  ): Size | F {
    const size = this.instance(property, value, Size, fallback, example);
    if (size === undefined || kibibytes(size) > 0) return size;
    this.report('size-not-above-zero', property, { value: size.asString(), example });
    return fallback;
  }

  private map(property: string, value: unknown, accepts: (text: string) => boolean): Record<string, string> {
    const entries = Object.entries(this.options<Record<string, string>>(property, value));
    return Object.fromEntries(
      entries.filter(([key, text]) => {
        if (!isMetadataKey(key)) this.report('not-a-metadata-key', property, { value: key });
        else if (typeof text !== 'string')
          this.report('not-a-string', `${property}["${key}"]`, {
            value: text,
            instead: 'write it in quotes',
          });
        else if (!accepts(text)) this.report('not-a-label-value', `${property}["${key}"]`, { value: text });
        else return true;
        return false;
      }),
    );
  }
}

/** A construct that another requires. Throws at once, as there is no safe value to continue with. */
export function required<T>(property: string, value: unknown, type: Class<T>, example = type.name): T {
  if (isA(value, type)) return value as T;
  const other = otherCopy(value, type);
  if (other !== undefined)
    throw new Error(messageOf(problemOf('of-another-copy', property, { value, other })));
  const missing = problemOf('not-a-construct', property, {
    value,
    type: type.name,
    example: `${property}: new ${example}(...)`,
  });
  throw new Error(messageOf(missing));
}

/** Classes in the place of which somebody may write a password or a key. */
const HOLDS_SECRETS = /(Login|Credentials|Certificate)$/;

/** A size in kibibytes, with fractions. */
export function kibibytes(size: Size): number {
  const [, amount, unit] = /^(-?[\d.]+)(\w+)$/.exec(size.asString()) ?? [];
  return Number(amount) * (SIZE_UNITS[unit ?? ''] ?? Number.NaN);
}
