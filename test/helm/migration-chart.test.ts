// What the translator writes is what the chart takes: each key is one of its values.yaml, and every file passes its values.schema.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { CONFIG_KEYS } from '../../lib/helm/migration/config-keys';
import { Migrated, migrate, OLD_KEYS } from '../../lib/helm/migration/migration';
import { valuesText } from '../../lib/helm/migration/report';
import { OLD_CHART_KEYS } from './old-charts';
import { OLD_RELEASES } from './old-releases';
import { registryChart } from './registry-chart';

jest.setTimeout(300_000);

type Tree = Record<string, any>;

let own: Tree;
let problemsOf: (values: unknown) => unknown;

beforeAll(() => {
  const file = (name: string) => readFileSync(join(registryChart(), name), 'utf8');
  own = parse(file('values.yaml'));
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(file('values.schema.json')));
  problemsOf = (values) => (validate(values) ? [] : validate.errors);
});

/** Is it a key of the chart's values.yaml? */
function isKnown(path: string): boolean {
  const names = path.split('.');
  return names.every((name, index) =>
    Object.hasOwn(
      names.slice(0, index).reduce((inside, one) => inside[one], own),
      name,
    ),
  );
}

function expectFit(migrated: Migrated): void {
  expect([...migrated.values.keys()].filter((path) => !isKnown(path))).toEqual([]);
  expect(problemsOf(parse(valuesText(migrated)))).toEqual([]);
}

test("the chart's schema refuses what it does not know", () => {
  expect(problemsOf({ replicas: 1 })).toHaveLength(1);
  expect(problemsOf({ metrics: { enabled: 'yes' } })).toHaveLength(1);
});

test.each(OLD_RELEASES)('$title', ({ values, options }) => {
  expectFit(migrate(stringify(values), options));
});

test.each(OLD_CHART_KEYS)('$path', ({ path, other, with: besides = {} }) => {
  const old: Tree = {};
  for (const [key, value] of Object.entries({ ...besides, [path]: other })) put(old, key.split('.'), value);
  expectFit(migrate(stringify(old), { release: 'images' }));
});

test('what the tables name are keys of the chart', () => {
  const named = [...Object.values(OLD_KEYS), ...Object.values(CONFIG_KEYS)].flatMap(({ to }) => to ?? []);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !isKnown(path))).toEqual([]);
});

function put(tree: Tree, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) tree[name as string] = value;
  else {
    tree[name as string] ??= {};
    put(tree[name as string], rest, value);
  }
}
