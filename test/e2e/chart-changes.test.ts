// Each setting of the chart changes what it says, and nothing else: the places are in
// chart-changes.expected.yaml.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../../tools/programs';
import { changedPlaces } from '../chart/changed-places';
import { HelmRender } from '../chart/helm-render';
import { byName, type Objects } from '../chart/named-objects';
import { NAMESPACE } from '../chart/plain-registry';
import { ONLY_PERMITS, SINGLE_VALUES } from '../chart/single-values';
import { pathsIn, type Values } from '../chart/value-sets/value-set';
import { ExpectedValues } from '../support/expected-values';
import { ROOT } from '../support/project';

const CHART = join(ROOT, 'chart', 'registry');

const SETTINGS = SINGLE_VALUES.map(({ path }) => path).sort();
const expected = new ExpectedValues(join(__dirname, 'chart-changes.expected.yaml'), SETTINGS);

describeWith('what each setting changes (Helm 3)', ['helmRender3'], () => {
  const helm = new HelmRender({ program: 'helmRender3', chart: CHART, standIns: true });
  afterAll(() => helm.close());

  // Many settings are looked at beside the same others.
  const rendered = new Map<string, Promise<Objects>>();
  const objects = (values: Values) => {
    const key = JSON.stringify(values);
    const known = rendered.get(key) ?? render(values);
    rendered.set(key, known);
    return known;
  };
  async function render(values: Values): Promise<Objects> {
    const { error, manifests = {} } = await helm.render({ values, namespace: NAMESPACE });
    expect(error).toBeUndefined();
    return byName(Object.values(manifests).flat());
  }

  test('the table has each of them once', () => {
    expect(SETTINGS).toEqual(pathsIn(parse(readFileSync(join(CHART, 'values.yaml'), 'utf8'))).sort());
  });

  test.each(SINGLE_VALUES)('$path', async ({ path, before, after }) => {
    const places = changedPlaces(
      withoutGenerated(await objects(before)),
      withoutGenerated(await objects(after)),
    );
    expected.expectFor(path, [...places].sort());
    expect(places.length === 0).toBe(ONLY_PERMITS.includes(path));
  });
});

// Without Helm too.
test('there are expected places for each setting, and for nothing else', () => {
  expect(expected.namesInFile()).toEqual(SETTINGS);
});

/**
 * Without the texts of Secrets that the release generates, and without digests of them: they differ from one
 * rendering to the next.
 */
function withoutGenerated(objects: Objects): Objects {
  const isGenerated = (name: string) =>
    objects[name]?.metadata.annotations?.['helm.sh/resource-policy'] === 'keep' && name.startsWith('Secret/');
  if (!Object.keys(objects).some(isGenerated)) return objects;
  return Object.fromEntries(
    Object.entries(objects).map(([name, object]) => {
      if (isGenerated(name))
        return [name, { kind: object.kind, stringData: withoutTexts(object.stringData) }];
      const template = object.spec?.template;
      if (object.kind !== 'Deployment' || !template) return [name, object];
      const { 'checksum/config': _, ...annotations } = template.metadata.annotations ?? {};
      return [
        name,
        {
          ...object,
          spec: {
            ...object.spec,
            template: { ...template, metadata: { ...template.metadata, annotations } },
          },
        },
      ];
    }),
  );
}

/** Users stay. */
function withoutTexts(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [
      key,
      key === 'username' ? text : text.replace(/^(\w+:)?.*$/s, '$1'),
    ]),
  );
}
