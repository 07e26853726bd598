// The problems of one construct: reported by its checks, and thrown together by the app's validation, or at once where it
// is over.
import type { Construct, IConstruct } from 'constructs';
import type { Code } from './messages';
import { addProblems, type DetailsIfAny, messageOf, type Problem, problemOf } from './problem';

/** Apps that were already validated. */
const asked = new WeakSet<IConstruct>();

/** State shared by all checks of one construct. */
export interface Found {
  readonly problems: Problem[];
  /** Of the problems, each of which is reported once. */
  readonly messages: Set<string>;
  readonly questions: (() => Problem | undefined)[];
  /** How often something was reported, the same again included. */
  complaints: number;
  namespaces: readonly string[];
}

/** Where checks report. Paths are relative to `prefix`, a prop of the construct; "props" is that prop as a whole. */
export class Findings {
  constructor(
    protected readonly scope: Construct,
    protected readonly prefix: string,
    protected readonly found: Found,
  ) {}

  /** Path of this place; empty where that is the props themselves. */
  get place(): string {
    return this.prefix;
  }

  /** Whole path of a property, as messages name it. */
  public path(property: string): string {
    if (this.prefix === '') return property;
    return property === 'props' ? this.prefix : `${this.prefix}.${property}`;
  }

  /** Namespaces in which named objects must exist: those of the pods that use them, if known. */
  get namespaces(): readonly string[] {
    return this.found.namespaces;
  }

  set namespaces(namespaces: readonly string[]) {
    this.found.namespaces = namespaces;
  }

  /**
   * Throws the problems found so far for which `counts` returns true, if the app was already validated:
   * nothing would report them later.
   */
  public throwIfLate(counts: (problem: Problem) => boolean): void {
    const { path, root } = this.scope.node;
    const problems = this.found.problems.filter(counts);
    if (problems.length === 0 || !asked.has(root)) return;
    const messages = problems.map((problem) => `\n  [${path}] ${messageOf(problem)}`).join('');
    throw new Error(
      `The app was synthesized before this was asked of it, and this can't be done:${messages}`,
    );
  }

  /** Adds a check that needs the complete app. */
  public later(ask: () => Problem | undefined): void {
    this.found.questions.push(ask);
  }

  /** Whether no problem has been found so far. */
  get ok(): boolean {
    return this.found.problems.length === 0;
  }

  /** Whether a check finds no problem. */
  public passes(ask: () => void): boolean {
    const { complaints } = this.found;
    ask();
    return this.found.complaints === complaints;
  }

  /** Adds a problem: its code, the property, relative to `prefix`, and the values of its message. */
  public report<C extends Code>(code: C, property: string, ...details: DetailsIfAny<C>): void {
    this.add(problemOf(code, this.path(property), ...details));
  }

  /** Adds a problem that names its whole path, once. */
  public add(problem: Problem): void {
    const message = messageOf(problem);
    this.found.complaints++;
    if (this.found.messages.has(message)) return;
    this.found.messages.add(message);
    this.found.problems.push(problem);
  }
}

/** New lists of a construct, whose problems its validation reports. */
export function foundIn(scope: Construct): Found {
  const found: Found = { problems: [], messages: new Set(), questions: [], complaints: 0, namespaces: [] };
  addProblems(scope, () => {
    asked.add(scope.node.root);
    return [...found.problems, ...found.questions.flatMap((ask) => ask() ?? [])];
  });
  return found;
}
