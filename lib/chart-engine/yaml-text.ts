// YAML that every parser reads the same: strings are quoted wherever YAML 1.1 or 1.2 might take them for
// something else.
import { Document, isScalar, type Node, Scalar, visit } from 'yaml';

/** Words that some parser takes for a boolean or null. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
const PLAIN = /^[A-Za-z/][\w./-]*(?::[\w./-]+|,? [\w(][\w()./-]*)*$/;

/** A document whose strings are quoted where necessary. */
export function documentOf(value: unknown): Document {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, { Scalar: (_, scalar) => style(scalar) });
  return document;
}

/** A value as a node of a document. */
export function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  if (isScalar(node)) style(node);
  else visit(node, { Scalar: (_, scalar) => style(scalar) });
  return node;
}

/** Breaks of lines to YAML 1.1, and what no YAML may contain; only quoted strings have them. */
const SPECIAL = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** The text of a document. */
export function textOf(document: Document): string {
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .replace(SPECIAL, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function style(scalar: Scalar): void {
  if (typeof scalar.value !== 'string') return;
  scalar.type = styleOf(scalar.value);
}

function styleOf(text: string): Scalar.Type {
  if (PLAIN.test(text) && !WORDS.test(text)) return Scalar.PLAIN;
  // A block only where no parser changes it.
  const block = text.includes('\n') && !/[^\n\x20-\x7e]|^\s| \n| $|\n\n$/.test(text);
  return block ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}
