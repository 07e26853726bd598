// What the translator writes is what the chart takes: each key is one of its values.yaml, and every file
// passes its values.schema.json.
import { parse, stringify } from 'yaml';
import { CONFIG_KEYS } from '../../lib/migrate/config-keys';
import { Migrated, migrate, OLD_KEYS } from '../../lib/migrate/migration';
import { valuesText } from '../../lib/migrate/report';
import { ChartSchema } from '../chart/chart-schema';
import { OLD_CHART_KEYS } from './old-charts';
import { OLD_RELEASES } from './old-releases';

type Tree = Record<string, any>;

let schema: ChartSchema;
beforeAll(() => {
  schema = new ChartSchema();
});

function expectFit(migrated: Migrated): void {
  expect([...migrated.values.keys()].filter((path) => !schema.knows(path))).toEqual([]);
  expect(schema.problems(parse(valuesText(migrated)))).toEqual([]);
}

test("the chart's schema refuses what it does not know", () => {
  expect(schema.problems({ replicas: 1 })).toHaveLength(1);
  expect(schema.problems({ metrics: { enabled: 'yes' } })).toHaveLength(1);
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
  expect(named.filter((path) => !schema.knows(path))).toEqual([]);
});

function put(tree: Tree, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) tree[name as string] = value;
  else {
    tree[name as string] ??= {};
    put(tree[name as string], rest, value);
  }
}
