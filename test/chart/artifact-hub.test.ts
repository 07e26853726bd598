// What Artifact Hub reads in Chart.yaml: see https://artifacthub.io/docs/topics/annotations/helm/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CHART_FOLDER } from '../../scripts/chart/files';
import { registryOfValues } from './values-registry';

const { version, annotations, sources, home } = parse(readFileSync(join(CHART_FOLDER, 'Chart.yaml'), 'utf8'));
const listOf = (name: string): any[] => parse(annotations[`artifacthub.io/${name}`]);
const URL = /^https:\/\/[^\s/]+\/\S*$/;

test('it is a category, a license and a prerelease that Artifact Hub knows', () => {
  const {
    changes: _,
    images: __,
    links: ___,
    ...known
  } = Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => [name.replace('artifacthub.io/', ''), text]),
  );
  expect(known).toEqual({
    category: 'integration-delivery',
    license: 'Apache-2.0',
    prerelease: String(/^0\.|-/.test(version)),
  });
});

test('images are those of all pods, with their registry', () => {
  const { plain, problems } = registryOfValues({
    host: 'registry.example.com',
    ingress: { enabled: true },
    ui: { enabled: true },
    storage: { deletion: true },
    nodeTrust: { enabled: true },
    caches: [{ upstream: 'ghcr.io', prefetch: { images: ['ghcr.io/team/app:1.0'] } }],
    collection: { enabled: true },
    retention: { enabled: true, rules: [{ repositories: ['**'], keep: [{ newest: 10 }] }] },
    verification: { enabled: true },
  });
  expect(problems).toEqual([]);
  const qualified = (image: string) => {
    const [first = '', ...rest] = image.split('/');
    if (rest.length === 0) return `docker.io/library/${image}`;
    return first.includes('.') ? image : `docker.io/${image}`;
  };
  const images = [...JSON.stringify(plain?.objects).matchAll(/"image":"([^"]+)"/g)].map(([, image]) =>
    qualified(image as string),
  );
  expect(
    listOf('images')
      .map(({ image }) => image)
      .sort(),
  ).toEqual([...new Set(images)].sort());
  for (const { name } of listOf('images')) expect(name).toMatch(/^[a-z]+$/);
});

test('changes are of kinds that Artifact Hub has', () => {
  const kinds = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];
  expect(listOf('changes')).not.toEqual([]);
  for (const { kind, description } of listOf('changes')) {
    expect(kinds).toContain(kind);
    expect(description).toMatch(/\S/);
  }
});

test('links have names and addresses', () => {
  expect(listOf('links')).not.toEqual([]);
  for (const { name, url } of listOf('links')) {
    expect(name).toMatch(/\S/);
    expect(url).toMatch(URL);
  }
  for (const url of [home, ...sources]) expect(url).toMatch(URL);
});
