// imports/ is what cdk8s makes of the CRD files beside it, and those define nothing that the library does not set.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Registry } from '../lib';
import { contentsOf, newFolder } from './support/folder';
import { MONITORED } from './support/monitored';
import { PAGES } from './support/pages';
import { mustRun, ROOT } from './support/project';
import { manifestsIn, newChart } from './support/synth';
import { WAYS_IN } from './support/ways-in';

jest.setTimeout(60_000);

const IMPORTS = path.join(ROOT, 'imports');

test('the committed types are those of `npm run imports`', () => {
  const folder = newFolder();
  fs.cpSync(path.join(IMPORTS, 'crds'), path.join(folder, 'imports/crds'), { recursive: true });
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  mustRun(folder, `PATH="${path.join(ROOT, 'node_modules/.bin')}:$PATH"; ${scripts.imports}`);
  expect(contentsOf(path.join(folder, 'imports'))).toEqual(contentsOf(IMPORTS));
});

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
}

/** Every field that a definition names, as `spec.routes.match`. */
function fieldsIn(schema: Schema, at = ''): string[] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const here = at === '' ? name : `${at}.${name}`;
    return [here, ...fieldsIn(child, here)];
  });
  return schema.items ? [...inner, ...fieldsIn(schema.items, at)] : inner;
}

function fieldsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, at));
  return Object.entries(value).flatMap(([name, child]) => {
    const here = at === '' ? name : `${at}.${name}`;
    return [here, ...fieldsOf(child, here)];
  });
}

const all = [...[...Object.values(WAYS_IN), MONITORED].map((props) => () => props), ...Object.values(PAGES).map(({ props }) => props)];
const objects = all.flatMap((props) => {
  const chart = newChart();
  new Registry(chart, 'registry', props(chart));
  return manifestsIn(chart);
});

const definitions = fs
  .readdirSync(path.join(IMPORTS, 'crds'))
  .flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(IMPORTS, 'crds', file), 'utf8')).map((document) => document.toJS()));

test.each(definitions.map(({ spec }) => [spec.names.kind, spec.versions[0].schema.openAPIV3Schema] as const))(
  'each field of %s that is defined is set by some registry',
  (kind, schema) => {
    const used = new Set(objects.filter((object) => object.kind === kind).flatMap(({ spec }) => fieldsOf({ spec })));
    expect(fieldsIn(schema).filter((field) => !used.has(field))).toEqual([]);
  },
);
