// Writes a tree as a template: YAML with Go's template language in it.
import { Assumptions } from './assumptions';
import { Arm, chained, inChain } from './chains';
import { and, Condition, Conditions, enclosed, not, or } from './conditions';
import { Decision } from './decision';
import { EACH, Form, Hole, textOf } from './forms';
import { Parameter, valueAt } from './parameter';
import { blockOf, escaped, goString, yamlScalar } from './template-texts';
import { Node, NodeEntry, NodeItem } from './template-tree';

/** What templates call the things that are no setting's. */
export interface BuiltIn {
  readonly expression: string;
  /** Does it need no quotes anywhere? */
  readonly plain: boolean;
}

/** An entry of a map that stands for a template of its own, such as a checksum. */
export const INCLUDE = '@include';

export class TemplateWriter {
  private readonly conditions: Conditions;
  private readonly assumptions: Assumptions;
  /** Templates of its own that a document needs: Go wants them outside of all conditions. */
  private definitions: string[] = [];
  /** Are lines written once for each item of a list? */
  private inLoop = false;
  private readonly byPath: ReadonlyMap<string, Parameter>;

  constructor(
    private readonly chart: string,
    parameters: readonly Parameter[],
    private readonly builtIns: ReadonlyMap<string, BuiltIn>,
    facts: readonly Decision<number>[],
  ) {
    this.assumptions = new Assumptions(facts);
    this.conditions = new Conditions(parameters, (path) => builtIns.get(path)?.expression ?? valueAt(path));
    this.byPath = new Map(parameters.map((parameter) => [parameter.path, parameter]));
  }

  /** A document, with its condition around it. */
  public document(when: NodeEntry['when'], node: Node): string {
    this.definitions = [];
    const lines = this.when(when, 0, () => this.block(node, 0));
    return `${[...this.definitions, ...lines].join('\n')}\n`;
  }

  /** The lines of a node that stands by itself. */
  public block(node: Node, indent: number): string[] {
    const pad = ' '.repeat(indent);
    switch (node.kind) {
      case 'map':
        return this.map(node, indent);
      case 'list':
        return this.list(node, indent);
      case 'choice':
        return this.choose(node.decision, indent, (inner) => this.block(inner, indent));
      default:
        return [`${pad}${this.scalar(node)}`];
    }
  }

  /** Lines once for each item of a list, where they name one. */
  public each(node: Node, indent: number, write: () => string[]): string[] {
    const hole =
      node.kind === 'text'
        ? node.parts.find((part) => typeof part !== 'string' && part.by === EACH)
        : undefined;
    if (typeof hole !== 'object') return write();
    const pad = ' '.repeat(indent);
    // Inside of a loop the dot is the item.
    this.inLoop = true;
    const written = write();
    this.inLoop = false;
    const lines = written.map((line) =>
      line.replace(/(\{\{[^}]*)\}\}/g, (action) =>
        action.replace(/(^|[\s(])\.(?=[A-Z]|[\s)}])/g, '$1$$.').replace(/\$\.(?=[\s)}])/g, '$$'),
      ),
    );
    return [`${pad}{{- range $item := ${this.expression({ of: hole.of })} }}`, ...lines, `${pad}{{- end }}`];
  }

  /** Lines of text for people. */
  public prose(node: Node, pad: string): string[] {
    switch (node.kind) {
      case 'choice':
        return this.choose(node.decision, 0, (inner) => this.prose(inner, pad));
      case 'constant':
        return [`${pad}${escaped(String(node.value))}`];
      case 'text':
        return [
          `${pad}${node.parts.map((part) => (typeof part === 'string' ? escaped(part) : `{{ ${this.expression(part)} }}`)).join('')}`,
        ];
      default:
        throw new Error(`a ${node.kind} is no text`);
    }
  }

  /** A text alone, as a template's whole result. */
  public alone(node: Node): string[] {
    switch (node.kind) {
      case 'choice':
        return this.choose(node.decision, 0, (inner) => this.alone(inner));
      case 'constant':
        return [`{{- ${goString(String(node.value))} }}`];
      case 'text':
        return [`{{- ${this.text(node.parts)} }}`];
      default:
        throw new Error(`a ${node.kind} is no text`);
    }
  }

  /** One of a few words; false is nothing. */
  public word(decision: Decision<string>): string[] {
    return this.choose(decision, 0, (word) => (word === 'false' ? [] : [`{{- ${goString(word)} }}`]));
  }

  /** Is it there, as a condition? */
  public condition(when: NodeEntry['when']): Condition {
    return this.conditions.of(this.assumptions.left(when));
  }

  /** An expression for a text. */
  public text(parts: readonly (string | Hole)[]): string {
    const [first] = parts;
    if (parts.length === 1 && typeof first === 'object') return this.expression(first);
    const format = parts.map((part) => (typeof part === 'string' ? part.replace(/%/g, '%%') : '%v')).join('');
    const holes = parts
      .filter((part) => typeof part !== 'string')
      .map((hole) => enclosed(this.expression(hole)));
    return `printf ${goString(format)} ${holes.join(' ')}`;
  }

  public expression({ of, by }: Hole): string {
    const builtIn = this.builtIns.get(of);
    if (builtIn) return builtIn.expression;
    if (by === EACH) {
      if (!this.inLoop)
        throw new Error(
          `${of}: an item of it stands alone; ask for the list as a whole, or declare a derivation of it`,
        );
      return '$item';
    }
    const parameter = this.byPath.get(of);
    if (!parameter) throw new Error(`there is no setting ${of}`);
    const value = parameter.computed ?? valueAt(of);
    const derivation = parameter.derivations.find(({ name }) => name === by);
    if (derivation) return derivation.expression(parameter.type === 'integer' ? `(int64 ${value})` : value);
    return parameter.type === 'integer' ? `int64 ${value}` : value;
  }

  private isPlain({ of, by }: Hole): boolean {
    return this.builtIns.get(of)?.plain ?? (!by && this.byPath.get(of)?.plain === true);
  }

  /** A node on one line. */
  private scalar(node: Node): string {
    switch (node.kind) {
      case 'constant':
        return escaped(yamlScalar(node.value));
      case 'hole':
        return `{{ ${this.expression(node.hole)} }}`;
      case 'text':
        return this.textScalar(node.parts);
      default:
        throw new Error(`a ${node.kind} is no scalar`);
    }
  }

  private textScalar(parts: readonly (string | Hole)[]): string {
    const plain = parts.every((part) =>
      typeof part === 'string' ? /^[\w./-]*$/.test(part) : this.isPlain(part),
    );
    // Where it begins with a letter, nobody takes it for a number.
    const name = parts.length > 1 || typeof parts[0] === 'string' || this.builtIns.has((parts[0] as Hole).of);
    if (plain && name)
      return parts
        .map((part) => (typeof part === 'string' ? part : `{{ ${this.expression(part)} }}`))
        .join('');
    return `{{ ${this.text(parts)} | quote }}`;
  }

  private map(node: Extract<Node, { kind: 'map' }>, indent: number): string[] {
    const { entries } = node;
    const pad = ' '.repeat(indent);
    if (entries.length === 0) return [`${pad}{}`];
    const users = entries
      .flatMap((entry) => ('spread' in entry ? [this.user(entry)] : []))
      .sort((a, b) => Number(b.parameter.beneath) - Number(a.parameter.beneath));
    const first = entries.find((entry) => 'spread' in entry);
    const lines = entries.flatMap((entry) => {
      if ('spread' in entry) return entry === first ? this.spread(users, indent) : [];
      const given = this.replaced(entry.key, users);
      return this.when(entry.when, indent, () => this.entry(entry.key, entry.value, indent), given);
    });
    return node.empty ? [...this.whenEmpty(entries, `${pad}{}`), ...lines] : lines;
  }

  private user({ when, spread }: { readonly when: NodeEntry['when']; readonly spread: Hole }): UsersMap {
    const value = this.expression(spread);
    const there = this.condition(when);
    // An empty one changes nothing.
    return {
      value,
      there,
      always: there === true || there === value,
      parameter: this.byPath.get(spread.of) as Parameter,
    };
  }

  /** Users' maps that are merged into one of the library's; of two keys the later one's value is taken. */
  private spread(users: readonly UsersMap[], indent: number): string[] {
    const pad = ' '.repeat(indent);
    const simple = users.every(({ always }) => always);
    const before = simple
      ? []
      : [
          `${pad}{{- $given := dict }}`,
          ...users.flatMap(({ value, there, always }) => {
            const merge = `${pad}{{- $given = mergeOverwrite $given ${enclosed(value)} }}`;
            return always ? [merge] : [`${pad}{{- if ${there} }}`, merge, `${pad}{{- end }}`];
          }),
        ];
    const given = simple ? merged(users.map(({ value }) => value)) : '$given';
    if (users.some(({ parameter }) => parameter.emptyRemoves)) {
      return [
        ...before,
        `${pad}{{- range $key, $value := ${given} }}`,
        `${pad}{{- if $value }}`,
        `${pad}{{ $key }}: {{ $value | quote }}`,
        `${pad}{{- end }}`,
        `${pad}{{- end }}`,
      ];
    }
    const there = simple ? users.reduce<Condition>((all, user) => or(all, user.there), false) : given;
    const lines = [`${pad}{{- toYaml ${enclosed(given)} | nindent ${indent} }}`];
    return [
      ...before,
      ...(there === true ? lines : [`${pad}{{- if ${there} }}`, ...lines, `${pad}{{- end }}`]),
    ];
  }

  /**
   * A text that is YAML. What is merged into it is merged as Helm does that, which takes the comments and the
   * order from it.
   */
  private embedded(document: Node, indent: number): string[] {
    const pad = ' '.repeat(indent);
    if (document.kind !== 'map') return this.block(document, indent);
    const deep = document.entries.find(
      (entry) => 'spread' in entry && this.byPath.get(entry.spread.of)?.deep,
    );
    if (!deep || !('spread' in deep)) return this.block(document, indent);
    const own = { ...document, entries: document.entries.filter((entry) => entry !== deep) };
    const over = this.expression(deep.spread);
    const template = `${this.chart}.under.${deep.spread.of}`;
    this.definitions.push(`{{- define "${template}" }}`, ...this.block(own, indent), '{{- end }}');
    return [
      `${pad}{{- if ${over} }}`,
      `${pad}{{- mergeOverwrite (include "${template}" . | fromYaml) ${enclosed(over)} | toYaml | nindent ${indent} }}`,
      `${pad}{{- else }}`,
      `${pad}{{- include "${template}" . }}`,
      `${pad}{{- end }}`,
    ];
  }

  /** A key of the library that a user's map may replace. */
  private replaced(key: Form, users: readonly UsersMap[]): Condition {
    if (key.kind !== 'constant') return true;
    const tests = users
      .filter(
        ({ parameter: { replaces } }) =>
          replaces === true || (Array.isArray(replaces) && replaces.includes(key.value)),
      )
      .map(({ value, there, always }) => {
        const has = `hasKey ${enclosed(value)} ${goString(String(key.value))}`;
        return always ? has : String(and(there, has));
      });
    if (tests.length === 0) return true;
    return tests.length === 1 ? `not (${tests[0]})` : `not (or ${tests.map(enclosed).join(' ')})`;
  }

  private entry(key: Form, node: Node, indent: number): string[] {
    const pad = ' '.repeat(indent);
    const name =
      key.kind === 'constant'
        ? escaped(yamlScalar(key.value))
        : key.kind === 'text'
          ? this.textScalar(key.parts)
          : '';
    if (name === '') throw new Error(`a key can't be ${textOf(key)}`);
    switch (node.kind) {
      case 'choice':
        return this.choose(node.decision, indent, (inner) => this.entry(key, inner, indent));
      case 'yaml':
        return [`${pad}${name}: |`, ...this.embedded(node.document, indent + 2)];
      case 'map': {
        const include = node.entries.find(
          (entry) => 'key' in entry && entry.key.kind === 'constant' && entry.key.value === INCLUDE,
        );
        if (include && 'value' in include && include.value.kind === 'constant')
          return [`${pad}${name}: {{ include ${goString(String(include.value.value))} . | quote }}`];
        return node.entries.length === 0
          ? [`${pad}${name}: {}`]
          : [`${pad}${name}:`, ...this.map(node, indent + 2)];
      }
      case 'list':
        return node.items.length === 0
          ? [`${pad}${name}: []`]
          : [`${pad}${name}:`, ...this.list(node, indent + 2)];
      case 'hole':
        return [`${pad}${name}: ${this.scalar(node)}`];
      case 'constant': {
        const block = typeof node.value === 'string' && blockOf(node.value);
        if (block)
          return [
            `${pad}${name}: ${block.header}`,
            ...block.lines.map((line) => (line === '' ? '' : `${pad}  ${escaped(line)}`)),
          ];
        return [`${pad}${name}: ${this.scalar(node)}`];
      }
      default:
        return [`${pad}${name}: ${this.scalar(node)}`];
    }
  }

  private list(node: Extract<Node, { kind: 'list' }>, indent: number): string[] {
    const { items } = node;
    const pad = ' '.repeat(indent);
    if (items.length === 0) return [`${pad}[]`];
    const lines = items.flatMap((item) => {
      if (!('spread' in item)) return this.when(item.when, indent, () => this.item(item.value, indent));
      return this.when(item.when, indent, () => [
        `${pad}{{- toYaml ${this.expression(item.spread)} | nindent ${indent} }}`,
      ]);
    });
    return node.empty ? [...this.whenEmpty(items, `${pad}[]`), ...lines] : lines;
  }

  private item(node: Node, indent: number): string[] {
    const pad = ' '.repeat(indent);
    if (node.kind === 'choice')
      return this.choose(node.decision, indent, (inner) => this.item(inner, indent));
    if (node.kind === 'map' || node.kind === 'list') {
      const lines = this.block(node, indent + 2);
      const [first] = lines;
      if (first !== undefined && !first.trimStart().startsWith('{{-'))
        return [`${pad}- ${first.trimStart()}`, ...lines.slice(1)];
      return [`${pad}-`, ...lines];
    }
    if (node.kind === 'constant' && typeof node.value === 'string') {
      const block = blockOf(node.value);
      if (block)
        return [
          `${pad}- ${block.header}`,
          ...block.lines.map((line) => (line === '' ? '' : `${pad}  ${escaped(line)}`)),
        ];
    }
    return [`${pad}- ${this.scalar(node)}`];
  }

  /** Lines, with their condition around them. */
  public when(
    when: NodeEntry['when'],
    indent: number,
    write: () => string[],
    besides: Condition = true,
  ): string[] {
    const condition = and(this.condition(when), besides);
    if (condition === false) return [];
    const lines = this.assumptions.when(when, (there) => there, write);
    const pad = ' '.repeat(indent);
    return condition === true ? lines : [`${pad}{{- if ${condition} }}`, ...lines, `${pad}{{- end }}`];
  }

  /** Where everything in it may be absent, something has to say that it is empty. */
  private whenEmpty(parts: readonly (NodeEntry | NodeItem)[], empty: string): string[] {
    const any = parts.reduce<Condition>((all, { when }) => or(all, this.condition(when)), false);
    if (typeof any === 'boolean') return [];
    return [
      `${' '.repeat(empty.length - 2)}{{- if ${not(any)} }}`,
      empty,
      `${' '.repeat(empty.length - 2)}{{- end }}`,
    ];
  }

  private choose<T>(decision: Decision<T>, indent: number, write: (take: T) => string[]): string[] {
    const pad = ' '.repeat(indent);
    return chained(this.arms(this.assumptions.left(decision), pad, write), pad);
  }

  /** The branches of a decision, in one chain as far as that goes. */
  private arms<T>(decision: Decision<T>, pad: string, write: (take: T) => string[]): Arm[] {
    if ('take' in decision) return [{ lines: write(decision.take) }];
    const { setting } = decision;
    const branches = inChain(decision);
    return branches.flatMap(({ cases, next }, index) => {
      const arms = this.assumptions.of(setting, cases, () =>
        this.arms(this.assumptions.left(next), pad, write),
      );
      if (index === branches.length - 1) return arms;
      return [{ condition: this.conditions.test(setting, cases), lines: chained(arms, pad) }];
    });
  }
}

/** A map of the user's that is merged into one of the library's. */
interface UsersMap {
  readonly value: string;
  readonly there: Condition;
  /** Is it there wherever it is not empty? */
  readonly always: boolean;
  readonly parameter: Parameter;
}

function merged(values: readonly string[]): string {
  return values.length === 1
    ? (values[0] as string)
    : `mergeOverwrite (dict) ${values.map(enclosed).join(' ')}`;
}
