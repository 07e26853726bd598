// values.schema.json: what Helm refuses before it renders anything, and what an editor says of a values file.
import { type ChartEntry, isUnset } from '../../lib/chart/values/value';
import { orEmpty, type Schema, withDefinitions } from './definitions';
import { type DescribedValue, type Group, isGroup, itemTree, tree } from './tree';

/** values.schema.json. */
export function valuesSchema(): string {
  const root = tree();
  const { properties, ...rest } = groupSchema(root);
  const { additionalProperties: _, ...global } = (properties as Record<string, Schema>).global as Schema;
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart registry',
    ...rest,
    properties: {
      ...(properties as Schema),
      // Other charts beside this one have values of their own in it.
      global,
    },
    $comment:
      'Helm asks of the values of a file laid over those of the chart, an editor of a file alone. Only the first have nearly all groups; then none may be missing, as `null` makes it.',
    if: { minProperties: root.inside.size - MAY_BE_MISSING },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: present(root),
  };
  return `${JSON.stringify(withDefinitions(schema), undefined, 2)}\n`;
}

/** So many groups may be taken away by `null` in one file, and each is named. */
const MAY_BE_MISSING = 6;

function groupSchema({ about, inside }: Group): Schema {
  const properties = [...inside].map(([key, node]) => [
    key,
    isGroup(node) ? groupSchema(node) : valueSchema(node),
  ]);
  return {
    type: 'object',
    ...(about !== undefined && { description: about }),
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

/** What values.yaml sets must be there. */
function present({ inside }: Group): Schema {
  const nodes = [...inside];
  const required = nodes.filter(([, node]) => isGroup(node) || node.default !== null).map(([key]) => key);
  const groups = nodes.flatMap(([key, node]) => (isGroup(node) ? [[key, present(node)]] : []));
  return { required, ...(groups.length > 0 && { properties: Object.fromEntries(groups) }) };
}

function valueSchema(value: DescribedValue): Schema {
  const { about, type, default: given, choices, secret, items, required } = value;
  const all = {
    ...(choices && { enum: choices }),
    ...(secret && { writeOnly: true }),
    ...(items && { items: itemSchema(items) }),
    ...value.schema,
  };
  if (required) return { description: about, type, ...all };
  const unset = isUnset(given);
  return {
    description: about,
    ...(unset ? orUnset(type, all) : { type, ...all }),
    ...(unset ? {} : { default: given }),
  };
}

/** A map of a list, with what it must say. */
function itemSchema(items: readonly ChartEntry[]): Schema {
  const required = items.filter((entry) => entry.type !== 'group' && entry.required).map(({ path }) => path);
  return { ...groupSchema(itemTree(items)), required };
}

/** The same, or what stands for nothing. */
function orUnset(type: DescribedValue['type'], schema: Schema): Schema {
  if (type === 'integer' || type === 'boolean') return { type: [type, 'null'], ...schema };
  if (type !== 'string') return { type, ...schema };
  return orEmpty({ type, ...schema });
}
