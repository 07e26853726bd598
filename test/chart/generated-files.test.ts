// What `npm run chart` writes to chart/registry: it is up to date, and the schema suits Helm, which asks of all
// values, and editors, which ask of a file alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { registryChartFiles } from '../../lib/chart/files';
import { CHART_ENTRIES, CHART_VALUES } from '../../lib/chart/values';
import { ChartValues, DEFAULTS } from '../../lib/chart/values/reader';
import { CHART_FOLDER, generatedFiles } from '../../scripts/chart/files';
import { REFUSED_BY_SCHEMA, REFUSED_TOGETHER } from './refused-values';
import { VALUE_SETS } from './value-sets';

const FILES = generatedFiles();
const SCHEMA = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(FILES['values.schema.json'] ?? ''),
);

/** What an editor says of a values file. */
function ofFile(values: object): string[] {
  return SCHEMA(values)
    ? []
    : (SCHEMA.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What Helm says of it. */
function ofRelease(values: object): string[] {
  return ofFile(new ChartValues(values as any).merged);
}

test.each(Object.entries(FILES))('%s is what npm run chart writes', (name, text) => {
  expect(readFileSync(join(CHART_FOLDER, name), 'utf8')).toBe(text);
});

test('values.yaml has the defaults of the table', () => {
  expect(parse(FILES['values.yaml'] ?? '')).toEqual(DEFAULTS);
});

/** All schemas inside of one, without what is said of them. */
function schemasIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const said = JSON.stringify(node).includes('"description":');
  return [...(said ? [] : [JSON.stringify(node)]), ...Object.values(node).flatMap(schemasIn)];
}

test('what many values have is in the schema once, because Helm compiles all of it for each command', () => {
  const { then: _, ...schema } = JSON.parse(FILES['values.schema.json'] ?? '');
  const long = schemasIn(schema).filter((one) => one.length > 400);
  expect(long.filter((one, index) => long.indexOf(one) !== index)).toEqual([]);
  expect(Object.keys(schema.definitions)).toContain('selector');
  expect(schema.properties.networkPolicy.properties.allowTo.description).toMatch(/^Egress rules/);
});

test('comments are about values, and not about code', () => {
  expect(FILES['values.yaml']?.match(/.*\b[A-Z][a-zA-Z0-9]+\.(?:[a-z]\w*\(|[A-Z_]+\b).*/g)).toBeNull();
});

test('descriptions say what holds for a release, not for the constructs', () => {
  const ofTheLibrary = /these manifests|th(e|is) library|of the app\b|toolbox|construct/i;
  expect(FILES['values.yaml']?.split('\n').filter((line) => ofTheLibrary.test(line))).toEqual([]);
});

test('each path is in the table once, and what is in a group is no value', () => {
  const paths = CHART_ENTRIES.map(({ path }) => path);
  expect(paths).toHaveLength(new Set(paths).size);
  const values = new Set(CHART_VALUES.map(({ path }) => path));
  expect(
    paths.filter((path) =>
      path.split('.').some((_, end, keys) => end > 0 && values.has(keys.slice(0, end).join('.'))),
    ),
  ).toEqual([]);
});

test.each([...VALUE_SETS, ...REFUSED_TOGETHER])('the schema accepts $name', ({ values }) => {
  expect(ofFile(values)).toEqual([]);
  expect(ofRelease(values)).toEqual([]);
});

test.each(REFUSED_BY_SCHEMA)('the schema refuses $name', ({ values }) => {
  expect(ofFile(values)).not.toEqual([]);
  expect(ofRelease(values)).not.toEqual([]);
});

describe('null', () => {
  const set = CHART_VALUES.filter(({ default: given }) => given !== null);

  test.each(set)('for $path is refused', ({ path }) => {
    const keys = path.split('.');
    const name = keys.at(-1);
    const values = keys.reduceRight<any>((inside, key) => ({ [key]: inside }), null);
    expect(ofRelease(values)).toContain(
      `${keys
        .slice(0, -1)
        .map((key) => `/${key}`)
        .join('')} must have required property '${name}'`,
    );
  });

  test('for groups is refused, several at once', () => {
    expect(ofRelease({ service: null, storage: { s3: null }, ui: null })).toEqual([
      " must have required property 'service'",
      " must have required property 'ui'",
      "/storage must have required property 's3'",
      ' must match "then" schema',
    ]);
  });
});

test('the chart that is written has the files of the folder, in another version too', () => {
  const files = registryChartFiles();
  for (const [name, text] of Object.entries(FILES)) expect(files[name]).toBe(text);
  expect(Object.keys(files).filter((name) => name.startsWith('templates/'))).not.toEqual([]);
  const chart = parse(registryChartFiles('2.0.0')['Chart.yaml'] ?? '');
  const own = parse(FILES['Chart.yaml'] ?? '');
  const { 'artifacthub.io/changes': _, ...annotations } = own.annotations;
  expect(chart).toEqual({
    ...own,
    version: '2.0.0',
    annotations: { ...annotations, 'artifacthub.io/prerelease': 'false' },
  });
});
