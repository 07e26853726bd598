// Every kind of registry of the catalogue through every check that holds for all: its objects are what the
// APIs take, they keep the policy, they stand in their numbered files, and the same app gives them again. And
// all of them together set each field of imports/crds.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { parseAllDocuments } from 'yaml';
import { LocalStore } from '../lib';
import { filesOf, type Manifest } from '../lib/app/file-table';
import { ALL_MODELS } from '../tools/policy/custom-resources';
import { EXTERNAL_SECRET_MODELS } from '../tools/policy/external-secret';
import { policyProblems } from '../tools/policy/policy';
import { MODELS, schemaProblems } from '../tools/policy/schema';
import { CATALOGUE, REGISTRIES } from './catalogue/catalogue';
import { chartOf, objectsOf, registryOf } from './catalogue/kind';
import { newFolder } from './support/folder';
import { ROOT } from './support/project';
import { manifestsIn, problemsIn } from './support/synth';

// Where the stores of notes would be.
const before = process.cwd();
beforeAll(() => process.chdir(newFolder()));
afterAll(() => process.chdir(before));

/** Domains whose registries are made of Kubernetes' own kinds alone. */
const WITHOUT_CUSTOM_RESOURCES = ['general', 'storage'];

/** Has a shell parse each of its arguments as a command, and run none. */
const PARSE = 'for command; do eval "if false; then\n$command\nfi"; done';

describe.each(Object.entries(CATALOGUE))('%s', (domain, kinds) => {
  const models = WITHOUT_CUSTOM_RESOURCES.includes(domain)
    ? [...MODELS, HorizontalPodAutoscaler]
    : [...ALL_MODELS, ...EXTERNAL_SECRET_MODELS];

  describe.each(Object.entries(kinds))('%s', (_, kind) => {
    const chart = chartOf(kind);
    const objects = manifestsIn(chart);

    test('is valid', () => {
      expect(problemsIn(chart)).toEqual([]);
    });

    test('has only fields that the APIs know, with values that they take', () => {
      expect(schemaProblems(objects, models)).toEqual([]);
    });

    test('keeps the policy', () => {
      expect(policyProblems(objects, { existing: kind.existing ?? [] })).toEqual([]);
    });

    test('stands in numbered files', () => {
      const files = [...filesOf(objects as Manifest[]).keys()];
      expect(files.filter((file) => file.startsWith('900'))).toEqual([]);
      if (domain === 'UIs') expect(files.filter((file) => !/^[1-7]00-registry-/.test(file))).toEqual([]);
    });

    test('is the same again', () => {
      expect(objectsOf(kind)).toEqual(objects);
    });

    test('has notes whose commands a shell understands', () => {
      const { registry } = registryOf(kind, 'registry', new LocalStore());
      const commands = registry
        .notes()
        .split('\n')
        .filter((line) => /^ +(kubectl|docker|sudo|printf|head|\w+=)/.test(line));
      expect(commands.length).toBeGreaterThan(5);
      expect(spawnSync('sh', ['-c', PARSE, 'sh', ...commands], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    });
  });
});

test('each kind has a name of its own', () => {
  const names = REGISTRIES.map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
});

const CRDS = path.join(ROOT, 'imports/crds');
const all = REGISTRIES.flatMap(([, kind]) => objectsOf(kind));

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

const definitions = fs
  .readdirSync(CRDS)
  .flatMap((file) =>
    parseAllDocuments(fs.readFileSync(path.join(CRDS, file), 'utf8')).map((document) => document.toJS()),
  );

test.each(definitions.map(({ spec }) => [spec.names.kind, spec.versions[0].schema.openAPIV3Schema] as const))(
  'each field of %s that is defined is set by some registry',
  (kind, schema) => {
    const used = new Set(
      all.filter((object) => object.kind === kind).flatMap(({ spec }) => fieldsOf({ spec })),
    );
    expect(fieldsIn(schema).filter((field) => !used.has(field))).toEqual([]);
  },
);
