// Reads YAML as Helm does: one document, with human-readable errors.
import { CollectionTag, Document, isCollection, parseAllDocuments, ScalarTag, Tags, visit } from 'yaml';
import { isMap } from './old-keys';

/** An error in a values file, in human-readable form. */
export class ValuesError extends Error {}

/** Helm reads YAML 1.1, but parses dates and times of day as strings. */
function asHelm(tags: Tags): Tags {
  const isTime = (one: ScalarTag | CollectionTag) =>
    one.tag.endsWith(':timestamp') || ('format' in one && one.format === 'TIME');
  return tags.filter((one) => typeof one !== 'object' || !isTime(one));
}

/** The one document of a file. `---` with nothing before or after it starts no second one. */
export function readOne(text: string): unknown {
  const parsed = parseAllDocuments(text, { version: '1.1', merge: true, customTags: asHelm });
  const documents = (Array.isArray(parsed) ? parsed : []) as Document[];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error)
    throw new ValuesError(
      `is not YAML: ${error.message.trim()}${/\{\{.*\}\}/.test(text) ? `. ${TEMPLATE}` : ''}`,
    );
  if (documents.some(hasOddKeys)) throw new ValuesError(`is not YAML with strings as keys. ${TEMPLATE}`);
  const trees = documents.map(readOut).filter((tree) => tree !== null && tree !== undefined);
  if (trees.length > 1) {
    const kinds = trees.map((tree) => (isMap(tree) && typeof tree.kind === 'string' ? tree.kind : undefined));
    const named = kinds.some((kind) => kind !== undefined)
      ? ` (${kinds.map((kind) => kind ?? 'values').join(', ')})`
      : '';
    throw new ValuesError(`holds ${trees.length} documents${named}; give one`);
  }
  return trees[0];
}

const TEMPLATE = 'It has {{…}} in it: give what the tool that fills that in makes of it';

/** For YAML, a template without quotation marks is a map within a map. */
function hasOddKeys(document: Document): boolean {
  let odd = false;
  visit(document, {
    Pair(_, { key }) {
      odd ||= isCollection(key);
    },
  });
  return odd;
}

/** Aliases are resolved only now; undefined ones, and too many of them, are errors. */
function readOut(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ValuesError(`is not YAML: ${(error as Error).message}`);
  }
}

/** The type of a value, in human-readable form. */
export function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? 'a string' : typeof value === 'number' ? 'a number' : String(value);
}
