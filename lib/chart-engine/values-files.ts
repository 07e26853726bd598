// values.yaml, values.schema.json and the table of values in README.md: three views of the values.
import { type Document, isMap, Scalar, YAMLMap } from 'yaml';
import type { Setting } from './settings';
import { MARK } from './template';
import { documentOf, nodeOf, textOf } from './yaml-text';

const WIDTH = 100;

/** Values of every chart. */
export function nameSettings(nameLength: number): Setting[] {
  const schema = { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: nameLength };
  return [
    {
      path: 'nameOverride',
      type: 'string',
      default: '',
      description: 'Used in place of the name of the chart in names of objects.',
      schema,
    },
    {
      path: 'fullnameOverride',
      type: 'string',
      default: '',
      description:
        'What names of objects begin with, in place of what is made from the names of the release and the chart.',
      schema,
    },
  ];
}

/** values.yaml. */
export function valuesYaml(settings: readonly Setting[]): string {
  const document = documentOf({});
  document.commentBefore = ` ${MARK}`;
  for (const setting of settings) {
    const keys = setting.path.split('.');
    const last = keys.pop() as string;
    const map = keys.reduce((inside, key) => mapIn(document, inside, key), document.contents as YAMLMap);
    const key = keyOf(map, last);
    const about = wrapped(setting.description, WIDTH - 2 * keys.length - 2);
    key.commentBefore = about.map((line) => ` ${line}`).join('\n');
    map.add({ key, value: nodeOf(document, setting.default) });
  }
  (document.contents as YAMLMap).flow = false;
  return textOf(document);
}

function mapIn(document: Document, map: YAMLMap, key: string): YAMLMap {
  const known = map.get(key);
  if (isMap(known)) return known;
  const made = new YAMLMap(document.schema);
  map.add({ key: keyOf(map, key), value: made });
  return made;
}

function keyOf(map: YAMLMap, name: string): Scalar {
  const key = new Scalar(name);
  key.spaceBefore = map.items.length > 0;
  return key;
}

function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const line = lines.at(-1) as string;
      if (line === '') lines[lines.length - 1] = word;
      else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
      else lines.push(word);
    }
    return lines;
  });
}

type Schema = Record<string, any>;

/**
 * values.schema.json. Nothing is required, so that editors accept a file with some of the values; the chart's
 * templates refuse null.
 */
export function valuesSchema(settings: readonly Setting[]): string {
  const root: Schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: MARK,
    ...mapSchema(),
  };
  for (const { path, type, description, schema } of settings) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let inside = root;
    for (const key of keys) {
      inside.properties[key] ??= mapSchema();
      inside = inside.properties[key];
    }
    inside.properties[last] = { description, type, ...schema };
  }
  root.properties.global = { description: 'Values for a chart and those in it.', type: 'object' };
  return `${JSON.stringify(root, undefined, 2)}\n`;
}

function mapSchema(): Schema {
  return { type: 'object', additionalProperties: false, properties: {} };
}

/** README.md. */
export function readme(name: string, description: string, settings: readonly Setting[]): string {
  const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const rows = settings.map(
    ({ path, type, default: value, description: about }) =>
      `| \`${path}\` | ${type} | ${code(cell(JSON.stringify(value)))} | ${cell(about)} |`,
  );
  return [
    `<!-- ${MARK} -->`,
    `# ${name}`,
    '',
    description,
    '',
    '## Values',
    '',
    '| Key | Type | Default | Description |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Code in Markdown, also with backticks in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`;
}
