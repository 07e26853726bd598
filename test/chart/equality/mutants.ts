// Mutants of the chart's templates: each condition turned around, each operand of `and` and `or` left out, each
// comparison turned around, each reference to a value left out or replaced by another one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change of one template. */
export interface Mutant {
  /** Stays the same when lines around it change. */
  readonly name: string;
  /** The template, as `templates/ingress.yaml`. */
  readonly file: string;
  /** Its text with the change. */
  readonly text: string;
  /** Where its change begins. */
  readonly at: number;
  /** The action that is changed, as `reached` tells it. */
  readonly action: number;
}

/** All mutants of a chart, in the order of its files. */
export function mutantsOf(chart: string): Mutant[] {
  return templatesOf(chart).flatMap(({ file, text }, index) => mutantsIn(file, text, index * MOST_ACTIONS));
}

/** Templates of the chart, so that each action tells that it was reached. */
export function tellingTemplates(chart: string, files: ReadonlySet<string>): Record<string, string> {
  const told = templatesOf(chart).flatMap(({ file, text }, index): [string, string][] => {
    if (!files.has(file)) return [];
    const actions = actionsIn(text).map((action, at) => ({ ...action, number: index * MOST_ACTIONS + at }));
    const changed = actions.reduceRight((made, { from, to, number }) => {
      const begin = expressionIn(text, from, to)?.begin;
      if (begin === undefined) return made;
      return `${made.slice(0, begin)}reach ${number} (${made.slice(begin, to)})${made.slice(to)}`;
    }, text);
    return [[file, changed]];
  });
  return Object.fromEntries(told);
}

/** Tells the files that come out otherwise if a mutant matters: its own, or those that include what is changed. */
export function showing(chart: string): (mutant: Mutant) => readonly string[] {
  const all = templatesOf(chart).flatMap(({ file, text }) => partsOf(file, text));
  return (mutant) => {
    const reached = new Set(
      all.filter(({ file, from, to }) => file === mutant.file && from <= mutant.at && mutant.at < to),
    );
    for (const one of reached)
      for (const other of all)
        if (isFile(one.file) ? other.file === one.file : other.names.some((name) => name.test(one.define)))
          reached.add(other);
    return [...new Set([...reached].map(({ file }) => file))].filter(isFile);
  };
}

/** Is it one that Helm writes, and no `_names.tpl`? */
export function isFile(template: string): boolean {
  return !template.startsWith('templates/_');
}

interface Part extends Range {
  readonly file: string;
  /** The name by which it is included; empty for what stands before the first one of a file. */
  readonly define: string;
  /** What it includes. Where a name is computed, all that it can be. */
  readonly names: readonly RegExp[];
}

/** From each `define` to the next. */
function partsOf(file: string, text: string): Part[] {
  const begins = [...text.matchAll(/\{\{-?\s*define "([^"]+)"/g)];
  return [{ index: 0, 1: '' }, ...begins].map(({ index, 1: define = '' }, at) => {
    const to = begins[at]?.index ?? text.length;
    const named = text.slice(index, to).matchAll(/"(registry\.[\w.%-]+)"/g);
    return {
      file,
      define,
      from: index,
      to,
      names: [...new Set([...named].map(([, name]) => name as string))]
        .filter((name) => name !== define)
        .map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('%s', '[\\w-]+')}$`)),
    };
  });
}

/** In one file. */
const MOST_ACTIONS = 10_000;

function templatesOf(chart: string): { readonly file: string; readonly text: string }[] {
  const files = readdirSync(join(chart, 'templates')).sort();
  return files.map((file) => ({
    file: `templates/${file}`,
    text: readFileSync(join(chart, 'templates', file), 'utf8'),
  }));
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly what: string;
}

function mutantsIn(file: string, text: string, firstAction: number): Mutant[] {
  const seen = new Map<string, number>();
  return actionsIn(text).flatMap(({ from, to }, at) =>
    changesIn(text, from, to).map((change) => {
      const action = text.slice(from, to).replace(/\s+/g, ' ').trim();
      const plain = `${file.replace('templates/', '')}: ${action}: ${change.what}`;
      const count = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, count);
      return {
        name: count === 1 ? plain : `${plain} (${count})`,
        file,
        text: text.slice(0, change.from) + change.by + text.slice(change.to),
        at: change.from,
        action: firstAction + at,
      };
    }),
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What stands between braces, but for comments. */
function actionsIn(text: string): Range[] {
  const found: Range[] = [];
  const action = /\{\{-?\s*(\/\*[\s\S]*?\*\/|(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?)\s*-?\}\}/g;
  for (const match of text.matchAll(action)) {
    const body = match[1] ?? '';
    if (body.startsWith('/*')) continue;
    const from = match.index + match[0].indexOf(body);
    found.push({ from, to: from + body.length });
  }
  return found;
}

interface Token extends Range {
  readonly text: string;
}

function tokensIn(text: string, from: number, to: number): Token[] {
  const token = /"(?:\\.|[^"\\])*"|`[^`]*`|[()|]|[^\s()|"`]+/g;
  return [...text.slice(from, to).matchAll(token)].map((match) => ({
    text: match[0],
    from: from + match.index,
    to: from + match.index + match[0].length,
  }));
}

const START = /^(?:(if|else if|with|else with|range)\s+)?(?:\$\w+\s*(?:,\s*\$\w+\s*)?:?=\s*)?/;
const NO_EXPRESSION = /^(define|template|block|end|else|break|continue)\b(?!\s+(if|with))/;

function changesIn(text: string, from: number, to: number): Change[] {
  const expression = expressionIn(text, from, to);
  if (!expression) return [];
  const { begin, word } = expression;
  const isIf = /^(if|else if)$/.test(word);
  const by = isIf ? `not (${text.slice(begin, to)})` : 'dict';
  return [
    ...(isIf || /with$/.test(word) ? [{ from: begin, to, by, what: isIf ? 'turned around' : 'never' }] : []),
    ...changesOfPipeline(tokensIn(text, begin, to), text, word === 'range', isIf),
  ];
}

/** Where the expression of an action begins, and the word before it. */
function expressionIn(
  text: string,
  from: number,
  to: number,
): { readonly begin: number; readonly word: string } | undefined {
  const action = text.slice(from, to);
  if (NO_EXPRESSION.test(action)) return undefined;
  const [start = '', word = ''] = START.exec(action) ?? [];
  return { begin: from + start.length, word };
}

const COMPARISONS = new Set(
  'eq ne lt le gt ge not has hasKey hasPrefix hasSuffix contains regexMatch kindIs empty'.split(' '),
);
const REFERENCE = /^(\$\w*)?(\.\w+)+$/;
/** What Helm says, and values do not. */
const NOT_OF_VALUES = /^(\$\w*)?\.(Release|Chart|Capabilities|Template|Files)\b|^(\$\w*)?\.Values$/;

/** Commands with `|` between them, each with operands; an operand may be a pipeline in brackets. */
function changesOfPipeline(
  tokens: readonly Token[],
  text: string,
  isRange: boolean,
  isWholeCondition: boolean,
): Change[] {
  const commands: Operand[][] = [[]];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.text === '|') {
      commands.push([]);
    } else if (token.text === '(') {
      const close = closing(tokens, index);
      const last = tokens[close + 1];
      const end = tokens[close] as Token;
      // A field of what stands in brackets.
      const field = last?.text.startsWith('.') && last.from === end.to ? 1 : 0;
      (commands.at(-1) as Operand[]).push({
        from: token.from,
        to: field ? (last as Token).to : end.to,
        inner: tokens.slice(index + 1, close),
      });
      index = close + field;
    } else (commands.at(-1) as Operand[]).push({ ...token, word: token.text });
  }
  return commands.flatMap((operands, index) =>
    changesOfCommand(operands, text, index, isRange, isWholeCondition),
  );
}

interface Operand extends Range {
  readonly word?: string;
  readonly inner?: readonly Token[];
}

function changesOfCommand(
  operands: readonly Operand[],
  text: string,
  index: number,
  isRange: boolean,
  isWholeCondition: boolean,
): Change[] {
  const [first] = operands;
  if (!first) return [];
  const shown = (operand: Range) => text.slice(operand.from, operand.to);
  const args = operands.slice(1);
  const whole = { from: first.from, to: (operands.at(-1) as Operand).to };
  const left =
    (first.word === 'and' || first.word === 'or') && args.length > 1
      ? args.map((operand, at) => ({
          from: operand.from,
          to: operand.to,
          by: '',
          what: `${first.word} without ${shown(operand)}, operand ${at + 1}`,
        }))
      : [];
  const turned =
    index === 0 && !isWholeCondition && args.length > 0 && COMPARISONS.has(first.word ?? '')
      ? [{ ...whole, by: `not (${shown(whole)})`, what: `${shown(whole)} turned around` }]
      : [];
  const references = operands.flatMap((operand) => {
    const { word } = operand;
    if (word === undefined || !REFERENCE.test(word) || NOT_OF_VALUES.test(word)) return [];
    const range = { from: operand.from, to: operand.to };
    const [nothing, other] = isRange ? ['list', '(list "other")'] : ['""', '"other"'];
    return [
      { ...range, by: nothing as string, what: `${word} left out` },
      { ...range, by: other as string, what: `${word} is another value` },
    ];
  });
  const inner = operands.flatMap((operand) =>
    operand.inner ? changesOfPipeline(operand.inner, text, false, false) : [],
  );
  return [...left, ...turned, ...references, ...inner];
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]?.text === '(') depth++;
    if (tokens[index]?.text === ')' && --depth === 0) return index;
  }
  return tokens.length - 1;
}
