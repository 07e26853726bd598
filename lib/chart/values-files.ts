// values.yaml, values.schema.json and the table of values in the README: three views of the settings.
import { memberDocs } from './member-docs';
import { Parameter, UNSET } from './parameter';
import { yamlScalar } from './template-texts';

/** A setting as its readers see it. */
export interface Setting {
  readonly parameter: Parameter;
  readonly value: unknown;
  /** One paragraph or more. */
  readonly about: string;
}

type Tree = Map<string, Tree | Setting>;

/** The settings with their values in values.yaml. */
export function settingsOf(
  parameters: readonly Parameter[],
  defaults: ReadonlyMap<string, string | number | boolean>,
): Setting[] {
  return parameters.map((parameter) => {
    const value = parameter.given
      ? parameter.given.value
      : (defaults.get(parameter.path) ?? nothing(parameter));
    return { parameter, value, about: aboutOf(parameter, isNothing(value)) };
  });
}

/** What stands in values.yaml where nothing is given. */
function nothing({ type }: Parameter): unknown {
  return { string: '', integer: null, boolean: null, object: {}, array: [] }[type];
}

function isNothing(value: unknown): boolean {
  return (
    value === null || value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0)
  );
}

function aboutOf({ path, property, description, schema }: Parameter, empty: boolean): string {
  const docs = property === undefined ? undefined : memberDocs(property);
  const text = description ?? docs?.text;
  if (text === undefined) throw new Error(`${path} needs a property or a description`);
  const otherwise = empty && description === undefined ? docs?.otherwise : undefined;
  const words = (schema as { enum?: string[] }).enum;
  const about = words ? `${text} One of ${words.join(', ')}.` : text;
  return otherwise === undefined || otherwise === 'none' ? about : `${about} By default: ${otherwise}.`;
}

function treeOf(settings: readonly Setting[]): Tree {
  const tree: Tree = new Map();
  for (const setting of settings) {
    const keys = setting.parameter.path.split('.');
    let inside = tree;
    for (const key of keys.slice(0, -1)) {
      const known = inside.get(key) ?? new Map();
      if (!(known instanceof Map)) throw new Error(`${setting.parameter.path}: ${key} is a setting itself`);
      inside.set(key, known);
      inside = known;
    }
    inside.set(keys.at(-1) as string, setting);
  }
  return tree;
}

/** Groups that a comment introduces. */
export type Groups = Readonly<Record<string, string>>;

/** values.yaml. */
export function valuesFile(settings: readonly Setting[], groups: Groups): string {
  const about = groups[''] === undefined ? [] : comment(groups[''], '');
  return `${[...about, ...valueLines(treeOf(settings), 0, '', groups)].join('\n')}\n`;
}

function valueLines(tree: Tree, indent: number, at: string, groups: Groups): string[] {
  const pad = ' '.repeat(indent);
  return [...tree].flatMap(([key, inside], index) => {
    const space = index > 0 || indent === 0 ? [''] : [];
    if (!(inside instanceof Map)) {
      return [...space, ...comment(inside.about, pad), `${pad}${key}: ${yamlValue(inside.value)}`];
    }
    const path = at === '' ? key : `${at}.${key}`;
    const about = groups[path];
    return [
      ...space,
      ...(about === undefined ? [] : comment(about, pad)),
      `${pad}${key}:`,
      ...valueLines(inside, indent + 2, path, groups),
    ];
  });
}

function yamlValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value === '' ? '""' : yamlScalar(value as string);
}

const WIDTH = 100;

function comment(text: string, pad: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && pad.length + line.length + word.length + 3 > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line].map((one) => `${pad}# ${one}`.trimEnd());
  });
}

/** values.schema.json. */
export function schemaFile(settings: readonly Setting[], groups: Groups): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...schemaOf(treeOf(settings), '', groups),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function schemaOf(tree: Tree, at: string, groups: Groups): Record<string, unknown> {
  const entries = [...tree].map(([key, inside]): [string, unknown] => {
    const path = at === '' ? key : `${at}.${key}`;
    return [key, inside instanceof Map ? schemaOf(inside, path, groups) : valueSchema(inside)];
  });
  return {
    type: 'object',
    ...(groups[at] !== undefined && { description: groups[at] }),
    additionalProperties: false,
    // What stands in values.yaml can be taken away by `null`, which nobody means.
    required: [...tree]
      .filter(([, inside]) => inside instanceof Map || inside.value !== null)
      .map(([key]) => key),
    properties: {
      ...Object.fromEntries(entries),
      // What a chart that contains this one gives to all of its charts.
      ...(at === '' && { global: { type: 'object' } }),
    },
  };
}

function valueSchema({ parameter, about, value }: Setting): Record<string, unknown> {
  const { type, schema } = parameter;
  const optional =
    isNothing(value) &&
    (parameter.required || parameter.cases.some(({ key }) => key === UNSET) || parameter.given !== undefined);
  const may = optional ? orNothing(type, schema) : { type, ...schema };
  return { description: about, ...may };
}

/** The same, or nothing. */
function orNothing(
  type: Parameter['type'],
  schema: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  switch (type) {
    case 'string': {
      const {
        enum: words,
        pattern,
        ...rest
      } = schema as { enum?: string[]; pattern?: string; minLength?: number };
      const { minLength: _, ...others } = rest;
      return {
        type,
        ...(words && { enum: ['', ...words] }),
        ...(pattern !== undefined && { pattern: `^$|${pattern}` }),
        ...others,
      };
    }
    case 'integer':
    case 'boolean':
      return { type: [type, 'null'], ...schema };
    default:
      return { type, ...schema };
  }
}

/** The table of the README. */
export function valuesTable(settings: readonly Setting[]): string {
  const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const rows = settings.map(
    ({ parameter, value, about }) =>
      `| \`${parameter.path}\` | ${parameter.type} | \`${cell(JSON.stringify(value))}\` | ${cell(about)} |`,
  );
  return ['| Key | Type | Default | Description |', '|---|---|---|---|', ...rows].join('\n');
}
