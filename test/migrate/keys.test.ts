// No key of the old charts gets lost in silence: each is carried over, or named.
import { Document } from 'yaml';
import { Migrated, migrate, OLD_KEYS } from '../../lib/migrate/migration';
import { Matter } from '../../lib/migrate/translation';
import { OLD_CHART_KEYS } from './old-charts';

function fileOf(values: Readonly<Record<string, unknown>>): string {
  const document = new Document({});
  for (const [path, value] of Object.entries(values))
    document.setIn(path.split('.'), document.createNode(value));
  return String(document);
}

const plain = ({ values, remarks }: Migrated) => ({ values: Object.fromEntries(values), remarks });

test('the table has the keys of the charts, and no others', () => {
  expect(Object.keys(OLD_KEYS).sort()).toEqual(OLD_CHART_KEYS.map(({ path }) => path).sort());
});

test.each(OLD_CHART_KEYS)('$path is carried over or named', ({ path, other, with: besides = {} }) => {
  const { [path]: _, ...without } = besides;
  const given = plain(migrate(fileOf({ ...without, [path]: other })));
  const missing = plain(migrate(fileOf(without)));
  const named = given.remarks.some(
    ({ key }) => key === path || key.startsWith(`${path}.`) || key === path.split('.')[0],
  );
  expect(named || JSON.stringify(given.values) !== JSON.stringify(missing.values)).toBe(true);
});

test('of the values that the newest chart has by itself, nothing is lost', () => {
  const own = OLD_CHART_KEYS.filter((key) => key.own !== undefined).map(({ path, own }) => [path, own]);
  const { values, remarks } = migrate(fileOf(Object.fromEntries(own)));
  expect(remarks.filter(({ matter }) => matter === Matter.LOST || matter === Matter.GUESSED)).toEqual([]);
  expect(Object.fromEntries(values)).toEqual({
    'auth.enabled': false,
    'tls.enabled': false,
    'persistence.enabled': false,
    'image.tag': '3.0.0',
    userId: 1000,
  });
});

test.each(OLD_CHART_KEYS)('null for $path is nothing', ({ path }) => {
  expect(plain(migrate(fileOf({ [path]: null })))).toEqual(plain(migrate('{}')));
});

test.each([
  'replicas',
  'image.tags',
  'persistence.storageClassName',
  'ingress.host',
  'secrets.s3.key',
  'service.externalPort',
  'global',
])('%s is named, since the charts know no such key', (path) => {
  expect(migrate(fileOf({ [path]: 'x' })).remarks.filter(({ matter }) => matter === Matter.LOST)).toEqual([
    {
      matter: Matter.LOST,
      key: path,
      text: 'the old charts have no such key either, so it never had an effect',
    },
  ]);
});
