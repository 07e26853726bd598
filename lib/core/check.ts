// Collects problems in a construct's props, so that one synthesis reports all mistakes of an app. Each check returns a value that is safe to continue with: an
// invalid prop never crashes a constructor before the others were checked.
import { Size } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isA, otherCopy } from './copies';
import { hostProblem, isDataKey, isDnsName, isLabelValue, isMetadataKey, SIZE_UNITS } from './formats';

type Class<T> = { prototype: T; readonly name: string };

/** Rule for the names of a list's entries. */
export interface NameRule {
  readonly accepts: (name: string) => boolean;
  readonly what: string;
  readonly example: string;
}

function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    (value.constructor === undefined || value.constructor.name === 'Object')
  );
}

/** Formats an invalid value for a message: long ones are cut, objects are shown by class. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return isPlainObject(value) ? 'an object' : `a ${value.constructor.name}`;
  return typeof value === 'function' ? 'a function' : String(value);
}

/** Message for an object whose private state only another copy of the library can read. */
export function copyProblem(property: string, value: unknown, other: string): string {
  return `${property}: ${shown(value)} of another copy, ${other}, whose insides this one can't rely on; have one copy alone (\`npm ls\` shows which packages bring one), and import it from there`;
}

/** Apps that were already validated. */
const asked = new WeakSet<IConstruct>();

/** Problems of one construct. */
export class Check {
  private readonly problems: string[] = [];

  /** Namespaces in which named objects must exist: those of the pods that use them, if known. */
  public namespaces: readonly string[] = [];

  private readonly questions: (() => string | undefined)[] = [];

  private readonly scope: Construct;

  constructor(scope: Construct) {
    this.scope = scope;
    scope.node.addValidation({
      validate: () => {
        asked.add(scope.node.root);
        return [...this.problems, ...this.questions.flatMap((ask) => ask() ?? [])];
      },
    });
  }

  /** Throws the problems found so far that `counts`, if the app was already validated: nothing would report them later. */
  public throwIfLate(counts: (problem: string) => boolean): void {
    const { path, root } = this.scope.node;
    const problems = this.problems.filter(counts);
    if (problems.length === 0 || !asked.has(root)) return;
    const mistakes = problems.map((problem) => `\n  [${path}] ${problem}`).join('');
    throw new Error(`The app was synthesized before this was asked of it, and this can't be done:${mistakes}`);
  }

  /** Adds a check that needs the complete app. */
  public later(ask: () => string | undefined): void {
    this.questions.push(ask);
  }

  /** Has no problem been found so far? */
  get ok(): boolean {
    return this.problems.length === 0;
  }

  /** Adds a problem: the property, its value, and what to write instead. */
  public add(property: string, value: unknown, what: string, instead: string): void {
    this.problem(`${property}: ${shown(value)} ${what}; ${instead}`);
  }

  /** Adds a problem that is not tied to a property. */
  public problem(message: string): void {
    if (!this.problems.includes(message)) this.problems.push(message);
  }

  /** A string that satisfies `accepts`. */
  public text(
    property: string,
    value: unknown,
    fallback: string,
    accepts: (text: string) => boolean,
    what: string,
    instead: string,
  ): string {
    if (value === undefined) return fallback;
    if (typeof value === 'string' && accepts(value)) return value;
    this.add(property, value, typeof value === 'string' ? what : 'is not a text', instead);
    return fallback;
  }

  /** A non-empty string without line breaks or other control characters. */
  public line(property: string, value: unknown, fallback: string, example: string): string {
    return this.text(
      property,
      value,
      fallback,
      (text) => /^\P{Cc}+$/u.test(text),
      'is empty or has control characters',
      `write e.g. "${example}"`,
    );
  }

  /** The name of an object or a class. */
  public objectName<T extends string | undefined>(property: string, value: unknown, fallback: T, example: string): string | T {
    if (value === undefined) return fallback;
    return this.text(
      property,
      value,
      example,
      isDnsName,
      'is not a Kubernetes name (lower case letters, digits, "-" and ".")',
      `write e.g. "${example}"`,
    );
  }

  /** A public host name, without scheme, port or path. */
  public host(property: string, value: unknown, fallback: string): string {
    if (value === undefined) return fallback;
    if (typeof value !== 'string') {
      this.add(property, value, 'is not a text', 'write e.g. "registry.example.com"');
      return fallback;
    }
    const wrong = hostProblem(value);
    if (!wrong) return value;
    this.add(property, value, wrong.what, `write "${wrong.instead}"`);
    return fallback;
  }

  /** An integer in a range. */
  public integer<T extends number | undefined>(property: string, value: unknown, fallback: T, min: number, max: number): number | T {
    if (value === undefined) return fallback;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
    this.add(property, value, `is not a whole number ${range}`, `write e.g. ${fallback ?? min}`);
    return fallback;
  }

  /** A boolean. */
  public flag(property: string, value: unknown, fallback: boolean): boolean {
    if (value === undefined || typeof value === 'boolean') return value ?? fallback;
    this.add(property, value, 'is not a boolean', 'write true or false');
    return fallback;
  }

  /** A value of an enum. */
  public choice<T extends string>(property: string, value: unknown, fallback: T, choices: readonly T[]): T {
    if (value === undefined || choices.includes(value as T)) return (value as T) ?? fallback;
    this.add(property, value, 'is not known', `write one of ${choices.join(', ')}`);
    return fallback;
  }

  /** An instance of a class. For classes of cdk8s and cdk8s-plus, another copy's instance is accepted too. */
  public instance<T, F extends T | undefined>(property: string, value: unknown, type: Class<T>, fallback: F, example: string): T | F {
    if (value === undefined) return fallback;
    if (isA(value, type)) return value as T;
    const other = otherCopy(value, type);
    if (other === undefined) this.add(property, value, `is not a ${type.name}`, `write e.g. ${example}`);
    else this.problem(copyProblem(property, value, other));
    return fallback;
  }

  /** Options of a part: a plain object or undefined. */
  public options<T extends object>(property: string, value: unknown): T {
    if (value === undefined) return {} as T;
    if (isPlainObject(value)) return value as T;
    this.add(property, value, 'is not an object', `write e.g. ${property}: {}`);
    return {} as T;
  }

  /** A list or undefined. */
  public list<T>(property: string, value: unknown): T[] {
    if (value === undefined || Array.isArray(value)) return (value as T[]) ?? [];
    this.add(property, value, 'is not a list', `write ${property}: [...]`);
    return [];
  }

  /** A list of objects. */
  public objects<T extends object>(property: string, value: unknown): T[] {
    return this.list<T>(property, value).filter((item, index) => {
      if (!isPlainObject(item)) this.add(`${property}[${index}]`, item, 'is not an object', `write ${property}: [{...}]`);
      return isPlainObject(item);
    });
  }

  /** A list of objects, each with a valid, unique name. */
  public named<T extends { readonly name: string }>(property: string, value: unknown, names: NameRule, taken: readonly string[]): T[] {
    const seen = new Set(taken);
    return this.objects<T>(property, value).filter((item, index) => {
      const at = `${property}[${index}].name`;
      if (typeof item.name !== 'string' || !names.accepts(item.name))
        this.add(at, item.name, `is not ${names.what}`, `write e.g. "${names.example}"`);
      else if (seen.has(item.name)) this.add(at, item.name, 'is used already in this pod', 'choose another name');
      else return Boolean(seen.add(item.name));
      return false;
    });
  }

  /** Labels. */
  public labels(property: string, value: unknown): Record<string, string> {
    return this.map(property, value, isLabelValue, 'is not a label value (at most 63 letters, digits, "-", "_" or ".")');
  }

  /** Annotations. */
  public annotations(property: string, value: unknown): Record<string, string> {
    return this.map(property, value, () => true, '');
  }

  /** The name of an existing Secret. */
  public secret(property: string, value: unknown): string {
    return this.existing(property, value, 'Secret', "Secret.fromSecretName(this, 'secret', 'my-secret')");
  }

  /** The name of an existing object, given by its cdk8s-plus interface. */
  public existing(property: string, value: unknown, kind: string, example: string): string {
    const name = typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : undefined;
    if (typeof name === 'string' && isDnsName(name)) {
      this.inReach(property, value, name);
      return name;
    }
    this.add(property, name ?? value, `is not ${name === undefined ? `a ${kind}` : `the name of a ${kind}`}`, `write e.g. ${example}`);
    return 'invalid';
  }

  /** Kubernetes resolves references in the user's own namespace. An object of the app knows its namespace; an imported name does not. */
  private inReach(property: string, value: unknown, name: string): void {
    const { namespace } = (value as { metadata?: { namespace?: unknown } }).metadata ?? {};
    const wanted = this.namespaces.find((other) => other !== namespace);
    if (typeof namespace !== 'string' || wanted === undefined) return;
    this.add(property, name, `is in namespace "${namespace}", where what uses it in "${wanted}" can't find it`, `make it in "${wanted}"`);
  }

  /** A key in a Secret. */
  public dataKey(property: string, value: unknown, fallback: string): string {
    return this.text(property, value, fallback, isDataKey, 'is not a key of a Secret', `write e.g. "${fallback}"`);
  }

  /** A size above zero. */
  public size<F extends Size | undefined>(property: string, value: unknown, fallback: F, example = 'Size.gibibytes(10)'): Size | F {
    const size = this.instance(property, value, Size, fallback, example);
    if (size === undefined || kibibytes(size) > 0) return size;
    this.add(property, size.asString(), 'is not above zero', `write e.g. ${example}`);
    return fallback;
  }

  private map(property: string, value: unknown, accepts: (text: string) => boolean, what: string): Record<string, string> {
    const entries = Object.entries(this.options<Record<string, string>>(property, value));
    return Object.fromEntries(
      entries.filter(([key, text]) => {
        if (!isMetadataKey(key)) this.add(property, key, 'is not a label or annotation key', 'write e.g. "example.com/team"');
        else if (typeof text !== 'string') this.add(`${property}["${key}"]`, text, 'is not a text', 'write it in quotes');
        else if (!accepts(text)) this.add(`${property}["${key}"]`, text, what, 'shorten it or change it');
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
  if (other !== undefined) throw new Error(copyProblem(property, value, other));
  throw new Error(`${property}: ${shown(value)} is not a ${type.name}; write ${property}: new ${example}(...)`);
}

/** A size in kibibytes, with fractions. */
export function kibibytes(size: Size): number {
  const [, amount, unit] = /^(-?[\d.]+)(\w+)$/.exec(size.asString()) ?? [];
  return Number(amount) * (SIZE_UNITS[unit ?? ''] ?? Number.NaN);
}
