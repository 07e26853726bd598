// What values mean: the registry that they make is the one whose props people write for the same purpose.

import { chartName, releaseName } from '../../lib/chart/from-values/release';
import { CHART_VALUES } from '../../lib/chart/values';
import { ChartValues } from '../../lib/chart/values/reader';
import type { Manifest } from '../support/synth';
import { nameOf } from './named-objects';
import { plainRegistry } from './plain-registry';
import { REFUSED_TOGETHER } from './refused-values';
import { ONLY_PERMITS, SINGLE_VALUES } from './single-values';
import { VALUE_SETS } from './value-sets';
import type { Values } from './value-sets/value-set';
import { registryOfValues } from './values-registry';

const isTest = (object: any) => object.podSelector?.matchLabels?.['app.kubernetes.io/component'] === 'test';

/** Without what is there for `helm test` only. */
function withoutTest(objects: readonly Manifest[], name: string): Manifest[] {
  return objects
    .filter((object) => ![`Pod/${name}-test`, `NetworkPolicy/${name}-test-pods`].includes(nameOf(object)))
    .map((object) =>
      JSON.parse(JSON.stringify(object), (_, part) =>
        Array.isArray(part) ? part.filter((item) => !isTest(item)) : part,
      ),
    );
}

test.each(VALUE_SETS)('$name', (set) => {
  const made = registryOfValues(set.values, { name: set.release });
  expect(made.problems).toEqual([]);
  const plain = plainRegistry(set);
  expect(made.chartName).toBe(set.chartName ?? 'registry');
  const { name = '', objects = [], ...generated } = made.plain ?? {};
  const { name: plainName, objects: plainObjects, ...plainGenerated } = plain;
  expect(name).toBe(plainName);
  expect(generated).toEqual(plainGenerated);
  expect(withoutTest(objects, name)).toEqual(plainObjects);
});

test.each(REFUSED_TOGETHER)('refused: $name', ({ values, says }) => {
  const { problems } = registryOfValues(values);
  expect(problems.some((problem) => problem.startsWith(says)) || problems).toBe(true);
});

describe('each value is read', () => {
  const made = (values: Values) => JSON.stringify(registryOfValues(values));

  test('all of them are tried', () => {
    const tried = new Set(SINGLE_VALUES.map(({ path }) => path));
    expect(CHART_VALUES.map(({ path }) => path).filter((path) => !tried.has(path))).toEqual([]);
  });

  test.each(SINGLE_VALUES.filter(({ path }) => !ONLY_PERMITS.includes(path)))(
    '$path',
    ({ before, after }) => {
      expect(made(after)).not.toBe(made(before));
    },
  );
});

describe('values over the defaults', () => {
  const values = new ChartValues({
    service: { port: null, type: 'NodePort', annotations: { 'example.com/a': 'b' } },
    configuration: { extra: { http: { nothing: null } } },
    ui: null,
    tolerations: [],
  });

  test('maps are merged, and null deletes what the chart has', () => {
    expect(values.integer('service.port')).toBeUndefined();
    expect(values.string('service.type')).toBe('NodePort');
    expect(values.map('service.annotations')).toEqual({ 'example.com/a': 'b' });
    expect(values.map('configuration.extra')).toEqual({ http: { nothing: null } });
    expect(values.boolean('ui.enabled')).toBeUndefined();
    expect(values.merged).not.toHaveProperty('ui');
  });

  test('what is empty is not set', () => {
    expect(values.list('tolerations')).toBeUndefined();
    expect(values.string('pullAddress')).toBeUndefined();
    expect(values.boolean('storage.redirect')).toBeUndefined();
    expect(values.boolean('storage.deletion')).toBe(false);
  });

  test('amounts are in the unit that is written', () => {
    const read = new ChartValues({
      resources: { requests: { cpu: '0.5', memory: '2Gi' }, limits: { cpu: '1500m' } },
      storage: { health: { interval: '5m' } },
    });
    expect(read.cpu('resources.requests.cpu')?.amount).toBe('0.5');
    expect(read.cpu('resources.limits.cpu')?.amount).toBe('1500m');
    expect(read.cpu('ui.resources.limits.cpu')).toBeUndefined();
    expect(read.size('resources.requests.memory')?.asString()).toBe('2Gi');
    expect(read.duration('storage.health.interval')?.toSeconds()).toBe(300);
  });
});

test.each([
  ['registry', {}, 'registry', 'registry'],
  ['team-a', {}, 'team-a-registry', 'registry'],
  ['my-registry-a', {}, 'my-registry-a', 'registry'],
  ['prod', { nameOverride: 'images' }, 'prod-images', 'images'],
  ['prod', { fullnameOverride: 'images', nameOverride: 'x' }, 'images', 'x'],
  [`${'a'.repeat(49)}-b`, {}, 'a'.repeat(49), 'registry'],
])('objects of a release called %s with %j are called %s', (name, given, objects, label) => {
  const [values, release] = [new ChartValues(given), { name, namespace: 'images' }];
  expect(releaseName(values, release)).toBe(objects);
  expect(chartName(values, release)).toBe(label);
});

test('volumes and containers come out as they are written', () => {
  const ports = [{ containerPort: 8080, hostIP: '10.0.0.1' }];
  const items = [{ path: 'cpu', resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } }];
  const extraVolumes = [
    { name: 'a', downwardAPI: { items } },
    { name: 'b', projected: { sources: [{ downwardAPI: { items } }] } },
    { name: 'c', azureDisk: { diskName: 'disk', diskURI: 'https://example.com/disk' } },
    { name: 'd', fc: { lun: 1, targetWWNs: ['500a0982991b8dc5'] } },
    { name: 'e', csi: { driver: 'disk.example.com', volumeAttributes: { volumeID: 'x', hostIP: 'y' } } },
  ];
  const { plain } = registryOfValues({ sidecars: [{ name: 'side', image: 'side:1', ports }], extraVolumes });
  const { spec } = plain?.objects.find(({ kind }) => kind === 'Deployment')?.spec.template ?? {};
  expect(spec.containers[1].ports).toEqual(ports);
  expect(spec.volumes.slice(-5)).toEqual(extraVolumes);
});
